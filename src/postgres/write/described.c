/* Objects that no kind covers, written from their facts: a template for the CREATE statement of each
 * class, and for some classes what ALTER can change. Everything else is dropped and made anew. */
#include "postgres/write/described.h"

#include <string.h>

#include "postgres/resolve/facts.h"

/* A template is SQL in which {before|key|behind} stands for a fact and the texts around it, all left out
 * where there is none; $ for the object's name, @ for its options in OPTIONS (), # for those of a
 * dictionary. */
struct described_class {
    const char *name; /* as pg_identify_object says */
    const char *create;
    const char
        *alterable; /* the keys that ALTER can change, between blanks; "option" for all options */
    const char *later; /* of these: what CREATE cannot say */
};

static const struct described_class classes[] = {
    {"foreign-data wrapper",
     "CREATE FOREIGN DATA WRAPPER ${ HANDLER |handler|}{ VALIDATOR |validator|}@",
     " handler validator option ", ""},
    {"server",
     "CREATE SERVER ${ TYPE |type|}{ VERSION |version|} FOREIGN DATA WRAPPER {|wrapper|}@",
     " version option ", ""},
    {"user mapping", "CREATE USER MAPPING $@", " option ", ""},
    {"event trigger",
     "CREATE EVENT TRIGGER $ ON {|event|}{ WHEN TAG IN (|tags|)} EXECUTE FUNCTION {|function|()}",
     " enabled ", " enabled "},
    {"rule",
     "CREATE RULE {|name|} AS ON {|event|} TO {|table|}{ WHERE |where|} DO {|instead|}{|actions|}",
     " enabled ", " enabled "},
    {"statistics object", "CREATE STATISTICS ${ (|kinds|)} ON {|items|} FROM {|table|}", " target ",
     " target "},
    {"publication", "CREATE PUBLICATION $%",
     " table schema publish publish_via_partition_root "
     "publish_generated_columns ",
     ""},
    {"collation",
     "CREATE COLLATION $ (PROVIDER = {|provider|}{, LOCALE = |locale|}{, LC_COLLATE = |lc_collate|}"
     "{, LC_CTYPE = |lc_ctype|}{, DETERMINISTIC = |deterministic|}{, RULES = |rules|})",
     "", ""},
    {"text search configuration", "CREATE TEXT SEARCH CONFIGURATION $ (PARSER = {|parser|})",
     " mapping ", " mapping "},
    {"text search dictionary", "CREATE TEXT SEARCH DICTIONARY $ (TEMPLATE = {|template|}#)",
     " option ", ""},
    {"text search parser",
     "CREATE TEXT SEARCH PARSER $ (START = {|start|}, GETTOKEN = {|gettoken|}, END = {|end|}"
     "{, HEADLINE = |headline|}, LEXTYPES = {|lextypes|})",
     "", ""},
    {"text search template", "CREATE TEXT SEARCH TEMPLATE $ ({INIT = |init|, }LEXIZE = {|lexize|})",
     "", ""},
    {"cast", "CREATE CAST {|types|} {|method|}{ |context|}", "", ""},
    {"operator",
     "CREATE OPERATOR {|name|} (FUNCTION = {|function|}{, LEFTARG = |leftarg|}{, RIGHTARG = |rightarg|}"
     "{, COMMUTATOR = |commutator|}{, NEGATOR = |negator|}{, RESTRICT = |restrict|}{, JOIN = |join|}"
     "{, HASHES = |hashes|}{, MERGES = |merges|})",
     " restrict join ", ""},
    {"language",
     "CREATE {|trusted|}LANGUAGE $ HANDLER {|handler|}{ INLINE |inline|}{ VALIDATOR |validator|}",
     "", ""},
    {"access method", "CREATE ACCESS METHOD $ TYPE {|type|} HANDLER {|handler|}", "", ""},
    {"conversion", "CREATE {|default|}CONVERSION $ FOR {|for|} TO {|to|} FROM {|function|}", "",
     ""},
};

static const struct described_class *class_of(const struct object *object)
{
    for (size_t i = 0; i < sizeof(classes) / sizeof(*classes); i++) {
        size_t length = strlen(classes[i].name);

        if (strncmp(object->name, classes[i].name, length) == 0 && object->name[length] == ' ')
            return &classes[i];
    }
    return NULL;
}

static const struct text_list *facts_of(const struct object *object)
{
    return &as_unmodelled(object)->facts;
}

static const char *name_of(const struct step_sink *sink, const struct object *object)
{
    const char *word;
    const char *name;

    return write_unmodelled_reference(sink, object, &word, &name) ? name : "";
}

/* The fact's value as DDL is to have it. */
static const char *wording(const struct object *object, const char *key)
{
    const char *text = facts_get(&as_unmodelled(object)->wording, key);

    return text ? text : facts_get(facts_of(object), key);
}

/* "CREATE SERVER name", of whatever class, with ALTER. */
static void append_alter(const struct step_sink *sink, struct buffer *sql,
                         const struct object *object)
{
    const char *word = "";
    const char *name = "";

    write_unmodelled_reference(sink, object, &word, &name);
    buffer_printf(sql, "ALTER %s %s", word, name);
}

/* --- CREATE --------------------------------------------------------------------------------------- */

static void append_options(const struct step_sink *sink, struct buffer *sql,
                           const struct text_list *facts)
{
    const char *name;
    const char *value;
    size_t at = 0;
    bool first = true;

    while (facts_next(facts, sink->arena, "option", &at, &name, &value)) {
        if (facts_is_hidden(name, value)) /* only the database knows it */
            continue;
        buffer_printf(sql, "%s%s %s", first ? " OPTIONS (" : ", ", name, value);
        first = false;
    }
    if (!first)
        buffer_append(sql, ")");
}

static void append_dictionary_options(const struct step_sink *sink, struct buffer *sql,
                                      const struct text_list *facts)
{
    const char *name;
    const char *value;
    size_t at = 0;

    while (facts_next(facts, sink->arena, "option", &at, &name, &value))
        buffer_printf(sql, ", %s = %s", name, value);
}

/* One table or schema after the other: "FOR TABLE a, b" would do as well, but not before version 15
 * together with schemas. */
static void append_members(const struct step_sink *sink, struct buffer *sql,
                           const struct object *object)
{
    const struct text_list *facts = facts_of(object);
    static const char *const options[] = {"publish", "publish_via_partition_root",
                                          "publish_generated_columns"};
    const char *all = facts_get(facts, "all tables");
    const char *separator = " FOR ";
    const char *name;
    const char *value;
    size_t at = 0;

    if (all && strcmp(all, "yes") == 0)
        buffer_append(sql, " FOR ALL TABLES");
    while (facts_next(facts, sink->arena, "table", &at, &name, &value)) {
        buffer_printf(sql, "%sTABLE ONLY %s%s", separator, name,
                      wording(object, arena_printf(sink->arena, "table %s", name)));
        separator = ", ";
    }
    at = 0;
    while (facts_next(facts, sink->arena, "schema", &at, &name, &value)) {
        buffer_printf(sql, "%sTABLES IN SCHEMA %s", separator, name);
        separator = ", ";
    }
    separator = " WITH (";
    for (size_t i = 0; i < sizeof(options) / sizeof(*options); i++) {
        value = facts_get(facts, options[i]);
        if (!value)
            continue;
        buffer_printf(sql, "%s%s = %s", separator, options[i], value);
        separator = ", ";
    }
    if (*separator == ',')
        buffer_append(sql, ")");
}

/* "{before|key|behind}": returns where it ends. */
static const char *append_fact(const struct step_sink *sink, struct buffer *sql, const char *at,
                               const struct object *object)
{
    const char *first = strchr(at, '|');
    const char *second = strchr(first + 1, '|');
    const char *end = strchr(second, '}');
    const char *key = arena_strndup(sink->arena, first + 1, (size_t)(second - first) - 1);
    const char *value = wording(object, key);

    if (value) {
        buffer_append_bytes(sql, at + 1, (size_t)(first - at) - 1);
        buffer_append(sql, value);
        buffer_append_bytes(sql, second + 1, (size_t)(end - second) - 1);
    }
    return end;
}

static void fill_template(const struct step_sink *sink, struct buffer *sql, const char *template,
                          const struct object *object)
{
    const struct text_list *facts = facts_of(object);

    for (const char *at = template; *at; at++) {
        if (*at == '{')
            at = append_fact(sink, sql, at, object);
        else if (*at == '$')
            buffer_append(sql, name_of(sink, object));
        else if (*at == '@')
            append_options(sink, sql, facts);
        else if (*at == '#')
            append_dictionary_options(sink, sql, facts);
        else if (*at == '%')
            append_members(sink, sql, object);
        else
            buffer_append_char(sql, *at);
    }
}

/* --- ALTER ---------------------------------------------------------------------------------------- */

static void write_state(struct step_sink *sink, const struct object *object)
{
    const char *state = facts_get(facts_of(object), "enabled");
    const char *table = facts_get(facts_of(object), "table");

    if (!state)
        state = "ENABLE";
    if (table)
        write_statement(sink, LOCK_ACCESS_EXCLUSIVE, "ALTER TABLE %s %s RULE %s", table, state,
                        facts_get(facts_of(object), "name"));
    else
        write_statement(sink, LOCK_NONE, "ALTER EVENT TRIGGER %s %s", name_of(sink, object), state);
}

static void write_target(struct step_sink *sink, const struct object *object)
{
    const char *target = facts_get(facts_of(object), "target");

    write_statement(sink, LOCK_NONE, "ALTER STATISTICS %s SET STATISTICS %s", name_of(sink, object),
                    target ? target : "-1");
}

/* " OPTIONS (ADD a '1', SET b '2', DROP c)". */
static void append_option_changes(const struct step_sink *sink, struct buffer *sql,
                                  const struct text_list *before, const struct text_list *after)
{
    const char *separator = " OPTIONS (";
    const char *name;
    const char *value;
    size_t at = 0;

    while (facts_next(before, sink->arena, "option", &at, &name, &value))
        if (!facts_get_named(after, "option", name)) {
            buffer_printf(sql, "%sDROP %s", separator, name);
            separator = ", ";
        }
    at = 0;
    while (facts_next(after, sink->arena, "option", &at, &name, &value)) {
        const char *former = facts_get_named(before, "option", name);

        if (text_equal(former, value))
            continue;
        buffer_printf(sql, "%s%s %s %s", separator, former ? "SET" : "ADD", name, value);
        separator = ", ";
    }
    if (*separator == ',')
        buffer_append(sql, ")");
}

/* Wrappers, servers, user mappings: what ALTER can say of them stands in one statement. */
static void write_foreign_changes(struct step_sink *sink, const struct object *object,
                                  const struct text_list *before, const struct text_list *after)
{
    static const struct {
        const char *key;
        const char *set;
        const char *unset;
    } words[] = {{"handler", "HANDLER ", "NO HANDLER"},
                 {"validator", "VALIDATOR ", "NO VALIDATOR"},
                 {"version", "VERSION ", "VERSION NULL"}};
    struct buffer sql = BUFFER_EMPTY;

    append_alter(sink, &sql, object);
    for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
        const char *value = facts_get(after, words[i].key);

        if (!text_equal(facts_get(before, words[i].key), value))
            buffer_printf(&sql, " %s%s", value ? words[i].set : words[i].unset, value ? value : "");
    }
    append_option_changes(sink, &sql, before, after);
    write_buffer(sink, LOCK_NONE, &sql);
}

static void write_dictionary_changes(struct step_sink *sink, const struct object *object,
                                     const struct text_list *before, const struct text_list *after)
{
    const char *separator = " (";
    const char *name;
    const char *value;
    size_t at = 0;
    struct buffer sql = BUFFER_EMPTY;

    append_alter(sink, &sql, object);
    while (facts_next(before, sink->arena, "option", &at, &name, &value))
        if (!facts_get_named(after, "option", name)) {
            buffer_printf(&sql, "%s%s", separator, name);
            separator = ", ";
        }
    at = 0;
    while (facts_next(after, sink->arena, "option", &at, &name, &value))
        if (!text_equal(facts_get_named(before, "option", name), value)) {
            buffer_printf(&sql, "%s%s = %s", separator, name, value);
            separator = ", ";
        }
    buffer_append(&sql, ")");
    write_buffer(sink, LOCK_NONE, &sql);
}

static void write_mapping_changes(struct step_sink *sink, const struct object *object,
                                  const struct text_list *before, const struct text_list *after)
{
    const char *path = name_of(sink, object);
    const char *name;
    const char *value;
    size_t at = 0;

    while (facts_next(before, sink->arena, "mapping", &at, &name, &value))
        if (!facts_get_named(after, "mapping", name))
            write_statement(sink, LOCK_NONE,
                            "ALTER TEXT SEARCH CONFIGURATION %s DROP MAPPING FOR %s", path, name);
    at = 0;
    while (facts_next(after, sink->arena, "mapping", &at, &name, &value)) {
        const char *former = facts_get_named(before, "mapping", name);

        if (!text_equal(former, value))
            write_statement(sink, LOCK_NONE,
                            "ALTER TEXT SEARCH CONFIGURATION %s %s MAPPING FOR %s WITH %s", path,
                            former ? "ALTER" : "ADD", name, value);
    }
}

static void write_members(struct step_sink *sink, const struct object *object, const char *prefix,
                          const struct text_list *before, const struct text_list *after)
{
    const char *word = strcmp(prefix, "table") == 0 ? "TABLE ONLY" : "TABLES IN SCHEMA";
    const char *publication = name_of(sink, object);
    const char *name;
    const char *value;
    size_t at = 0;

    while (facts_next(before, sink->arena, prefix, &at, &name, &value))
        if (!text_equal(facts_get_named(after, prefix, name), value))
            write_statement(sink, LOCK_NONE, "ALTER PUBLICATION %s DROP %s %s", publication, word,
                            name);
    at = 0;
    while (facts_next(after, sink->arena, prefix, &at, &name, &value))
        if (!text_equal(facts_get_named(before, prefix, name), value))
            write_statement(sink, LOCK_NONE, "ALTER PUBLICATION %s ADD %s %s%s", publication, word,
                            name,
                            strcmp(prefix, "table") == 0
                                ? wording(object, arena_printf(sink->arena, "table %s", name))
                                : "");
}

static void write_publication_changes(struct step_sink *sink, const struct object *object,
                                      const struct text_list *before, const struct text_list *after)
{
    static const char *const options[][2] = {{"publish", "'insert, update, delete, truncate'"},
                                             {"publish_via_partition_root", "false"},
                                             {"publish_generated_columns", "none"}};

    write_members(sink, object, "table", before, after);
    write_members(sink, object, "schema", before, after);
    for (size_t i = 0; i < sizeof(options) / sizeof(*options); i++) {
        const char *value = facts_get(after, options[i][0]);

        if (!text_equal(facts_get(before, options[i][0]), value))
            write_statement(sink, LOCK_NONE, "ALTER PUBLICATION %s SET (%s = %s)",
                            name_of(sink, object), options[i][0], value ? value : options[i][1]);
    }
}

static void write_operator_changes(struct step_sink *sink, const struct object *object,
                                   const struct text_list *after)
{
    const char *restricts = facts_get(after, "restrict");
    const char *join = facts_get(after, "join");
    struct buffer sql = BUFFER_EMPTY;

    append_alter(sink, &sql, object);
    buffer_printf(&sql, " SET (RESTRICT = %s, JOIN = %s)", restricts ? restricts : "NONE",
                  join ? join : "NONE");
    write_buffer(sink, LOCK_NONE, &sql);
}

static void write_changes(struct step_sink *sink, const struct object *object,
                          const struct text_list *before, const struct text_list *after)
{
    const char *class_name = class_of(object)->name;

    if (strcmp(class_name, "event trigger") == 0 || strcmp(class_name, "rule") == 0)
        write_state(sink, object);
    else if (strcmp(class_name, "statistics object") == 0)
        write_target(sink, object);
    else if (strcmp(class_name, "publication") == 0)
        write_publication_changes(sink, object, before, after);
    else if (strcmp(class_name, "text search configuration") == 0)
        write_mapping_changes(sink, object, before, after);
    else if (strcmp(class_name, "text search dictionary") == 0)
        write_dictionary_changes(sink, object, before, after);
    else if (strcmp(class_name, "operator") == 0)
        write_operator_changes(sink, object, after);
    else
        write_foreign_changes(sink, object, before, after);
}

/* --- which way ------------------------------------------------------------------------------------ */

/* The key's first word, as the lists of a class have it. */
static bool is_listed(const char *fact, const char *list)
{
    struct arena *scratch = arena_new();
    const char *word = arena_printf(scratch, " %.*s ", (int)strcspn(fact, " :"), fact);
    bool listed = strstr(list, word) != NULL;

    arena_free(scratch);
    return listed;
}

static bool lacks_unlisted(const struct text_list *facts, const struct text_list *others,
                           const char *list)
{
    for (size_t i = 0; i < facts->count; i++)
        if (!text_list_contains(others, facts->items[i]) && !is_listed(facts->items[i], list))
            return true;
    return false;
}

bool write_described_alters(const struct object *before, const struct object *after)
{
    const struct described_class *class = class_of(after);
    const struct text_list *have = facts_of(before);
    const struct text_list *want = facts_of(after);

    return class && have->count && want->count && !lacks_unlisted(have, want, class->alterable) &&
           !lacks_unlisted(want, have, class->alterable);
}

void write_described_alter(struct step_sink *sink, const struct object *before,
                           const struct object *after)
{
    write_changes(sink, after, facts_of(before), facts_of(after));
}

bool write_described_create(struct step_sink *sink, const struct object *object)
{
    const struct described_class *class = class_of(object);
    const struct text_list *facts = facts_of(object);
    struct text_list created = {0};
    struct buffer sql = BUFFER_EMPTY;

    if (!class || !facts->count)
        return false;
    fill_template(sink, &sql, class->create, object);
    write_buffer(sink, LOCK_NONE, &sql);
    for (size_t i = 0; i < facts->count; i++)
        if (!is_listed(facts->items[i], class->later))
            text_list_add(&created, sink->arena, facts->items[i]);
    if (created.count < facts->count)
        write_changes(sink, object, &created, facts);
    return true;
}
