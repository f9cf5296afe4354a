/* Objects that no kind covers: they are made by the author's own text, and dropped by their class and
 * identity as the server prints them. */
#include "core/text/trim.h"
#include "postgres/write/described.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

struct class_word {
    const char *class_name; /* as pg_identify_object says */
    const char *word;       /* as DROP says */
};

static const struct class_word class_words[] = {
    {"access method", "ACCESS METHOD"},
    {"aggregate", "AGGREGATE"},
    {"cast", "CAST"},
    {"collation", "COLLATION"},
    {"conversion", "CONVERSION"},
    {"event trigger", "EVENT TRIGGER"},
    {"foreign-data wrapper", "FOREIGN DATA WRAPPER"},
    {"function", "FUNCTION"},
    {"language", "LANGUAGE"},
    {"operator class", "OPERATOR CLASS"},
    {"operator family", "OPERATOR FAMILY"},
    {"operator", "OPERATOR"},
    {"procedure", "PROCEDURE"},
    {"publication", "PUBLICATION"},
    {"rule", "RULE"},
    {"server", "SERVER"},
    {"statistics object", "STATISTICS"},
    {"statistics", "STATISTICS"},
    {"subscription", "SUBSCRIPTION"},
    {"text search configuration", "TEXT SEARCH CONFIGURATION"},
    {"text search dictionary", "TEXT SEARCH DICTIONARY"},
    {"text search parser", "TEXT SEARCH PARSER"},
    {"text search template", "TEXT SEARCH TEMPLATE"},
    {"transform", "TRANSFORM"},
    {"type", "TYPE"},
    {"user mapping", "USER MAPPING"},
};

/* What SQL wants otherwise than the server's identity has it. */
static const char *identity_in_sql(const struct step_sink *sink, const char *word,
                                   const char *identity)
{
    const char *mark;

    if (strcmp(word, "OPERATOR") == 0 && (mark = strstr(identity, "(-,")))
        return arena_printf(sink->arena, "%.*s(NONE,%s", (int)(mark - identity), identity,
                            mark + 3);
    if (strcmp(word, "USER MAPPING") == 0 && (mark = strstr(identity, " on server ")))
        return arena_printf(sink->arena, "FOR %.*s SERVER %s", (int)(mark - identity), identity,
                            mark + 11);
    if (strcmp(word, "TRANSFORM") == 0 && (mark = strstr(identity, " on language ")))
        return arena_printf(sink->arena, "FOR %.*s LANGUAGE %s", (int)(mark - identity), identity,
                            mark + 13);
    return identity;
}

bool write_unmodelled_reference(const struct step_sink *sink, const struct object *object,
                                const char **class_word, const char **identity)
{
    for (size_t i = 0; i < sizeof(class_words) / sizeof(*class_words); i++) {
        size_t length = strlen(class_words[i].class_name);

        if (strncmp(object->name, class_words[i].class_name, length) != 0 ||
            object->name[length] != ' ')
            continue;
        *class_word = class_words[i].word;
        *identity = identity_in_sql(sink, class_words[i].word, object->name + length + 1);
        return true;
    }
    return false;
}

/* True for SQL, as opposed to a row of the catalog. */
static bool is_statement(const char *text)
{
    return strncasecmp(text, "create ", 7) == 0 || strncasecmp(text, "alter ", 6) == 0;
}

/* The text without what follows its statement. */
static const char *statement_text(const struct step_sink *sink, const char *text)
{
    return arena_strndup(sink->arena, text, trim_statement(text, strlen(text)));
}

bool write_unmodelled_can_create(const struct object *object)
{
    const struct unmodelled *fields = as_unmodelled(object);

    return object->verbatim || fields->facts.count ||
           (fields->definition && is_statement(fields->definition));
}

static void create_unmodelled(struct step_sink *sink, const struct object *object,
                              const struct pointer_list *folded)
{
    const char *definition = as_unmodelled(object)->definition;
    const char *text = object->verbatim;

    (void)folded;
    if (write_described_create(sink, object))
        return;
    if (!text && definition && is_statement(definition))
        text = definition;
    if (text)
        write_statement(sink, LOCK_NONE, "%s", statement_text(sink, text));
}

static void drop_unmodelled(struct step_sink *sink, const struct object *object)
{
    const char *word;
    const char *identity;
    struct step *step;

    if (!write_unmodelled_reference(sink, object, &word, &identity))
        return;
    step = write_statement(sink, LOCK_ACCESS_EXCLUSIVE, "DROP %s %s", word, identity);
    if (!write_wanted(sink, object))
        write_hazard(sink, step, HAZARD_DROP_UNMODELLED);
}

static void alter_unmodelled(struct step_sink *sink, const struct object *before,
                             const struct object *after, uint64_t changed)
{
    (void)changed;
    write_described_alter(sink, before, after);
}

const struct writer write_unmodelled_writer = {
    .create = create_unmodelled,
    .drop = drop_unmodelled,
    .alter = alter_unmodelled,
};
