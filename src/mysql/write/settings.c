/* What the session is set to: for the plan as a whole, and around the making of programs and views, which keep
 * the sql_mode and the character set that they were made under. */
#include "mysql/write/write.h"

#include <string.h>

#include "mysql/facts/charset.h"
#include "mysql/sql/quote.h"
#include "mysql/sql/scan.h"

/* The mode of the plan's own statements. Values that do not fit are errors, not cut; zero dates, which old tables
 * have as defaults, are no errors; and a zero in an AUTO_INCREMENT column stays one. */
#define PLAN_MODE "STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION,NO_AUTO_VALUE_ON_ZERO"

/* True for a table that stays, and is versioned, or is to be: the server alters none unless it is told what becomes of the
 * history. */
static bool keeps_versioned(const struct model *from, const struct model *to)
{
    for (size_t i = 0; i < from->count; i++) {
        const struct object *before = from->objects[i];
        const struct object *after =
            before->kind == KIND_TABLE && !before->removed ? model_find_key(to, before->key) : NULL;

        if (after && (my_is_system_versioned(before) || my_is_system_versioned(after)))
            return true;
    }
    return false;
}

static void set(struct step_sink *sink, const char *text)
{
    struct step *step = sink_statement(sink, "SET %s", text);

    step->transaction = TRANSACTION_NEVER;
    step->setting = true;
}

/* Off and on in turn is not at all. */
void my_foreign_key_checks(struct step_sink *sink, bool on)
{
    static const char *const texts[] = {"SESSION foreign_key_checks = 0",
                                        "SESSION foreign_key_checks = 1"};
    struct step_list *steps = &sink->steps;

    if (!on && steps->count && strcmp(steps->items[steps->count - 1].sql + 4, texts[1]) == 0)
        steps->count--;
    else
        set(sink, texts[on]);
}

/* Tables of other databases we do not know: where the key's own table is new as well, there are no rows that should be
 * looked at. */
bool my_is_loose_key(const struct step_sink *sink, const struct object *key)
{
    const char *outside = as_foreign_key(key)->outside_table;

    return outside && sink->from &&
           (!strstr(outside, "`.`") || !model_find_key(sink->from, key->parent->key));
}

bool my_may_be_loose_key(const struct step_sink *sink, const struct object *key)
{
    return as_foreign_key(key)->outside_table && sink->from && !my_is_loose_key(sink, key);
}

void my_foreign_key_checks_if_there(struct step_sink *sink, const struct object *key)
{
    const char *schema = as_foreign_key(key)->outside_table;
    const char *between = strstr(schema, "`.`");
    const char *table = between + 3;
    size_t length;

    schema =
        my_unquote(sink->arena, schema + 1, (size_t)(between - schema - 1), '`', false, &length);
    table = my_unquote(sink->arena, table, strlen(table) - 1, '`', false, &length);
    set(sink, arena_printf(sink->arena,
                           "SESSION foreign_key_checks = EXISTS (SELECT 1 FROM "
                           "information_schema.tables WHERE table_schema = %s AND table_name = %s)",
                           my_quote_text(sink->arena, schema), my_quote_text(sink->arena, table)));
}

static bool is_off(const struct model *model, const char *variable)
{
    return strcmp(my_setting(model, variable, "ON"), "OFF") == 0;
}

static bool is_program(const struct object *object)
{
    return object->kind == KIND_VIEW || object->kind == KIND_TRIGGER ||
           object->kind == KIND_FUNCTION || object->kind == KIND_EVENT;
}

/* True where the plan may make views or programs. */
static bool makes_programs(const struct model *from, const struct model *to)
{
    for (size_t i = 0; i < to->count; i++) {
        const struct object *before =
            is_program(to->objects[i]) ? model_find_key(from, to->objects[i]->key) : NULL;

        if (is_program(to->objects[i]) &&
            (!before || !digest_equal(before->digest, to->objects[i]->digest)))
            return true;
    }
    return false;
}

/* The collation of the connection as an apply has it, from its client library, which views and programs keep: a script
 * says SET NAMES, by which some servers come to another. */
static const char *own_collation(const struct model *from)
{
    const char *collation = my_setting(from, "collation_connection", NULL);

    return collation && strcmp(collation, my_charset_collation(from, "utf8mb4")) != 0 ? collation
                                                                                      : NULL;
}

void my_session(struct step_sink *before, struct step_sink *after, const struct model *from,
                const struct model *to)
{
    bool unchecked = is_off(from, "foreign_key_checks");

    set(before, "SESSION sql_mode = '" PLAN_MODE "'");
    if (own_collation(from) && makes_programs(from, to))
        set(before, arena_printf(before->arena, "SESSION collation_connection = '%s'",
                                 own_collation(from)));
    if (unchecked)
        set(before, "SESSION foreign_key_checks = 1");
    if (is_off(from, "check_constraint_checks"))
        set(before, "SESSION check_constraint_checks = 1");
    if (keeps_versioned(from, to))
        set(before, "SESSION system_versioning_alter_history = KEEP");
    set(after, "SESSION sql_mode = DEFAULT");
    if (unchecked)
        set(after, "SESSION foreign_key_checks = DEFAULT");
}

/* --- of programs and views --------------------------------------------------------------------------- */

static bool is_ascii(const char *text)
{
    for (; *text; text++)
        if ((unsigned char)*text >= 128)
            return false;
    return true;
}

/* What is written here is UTF-8: where more than ASCII is in it, the server cannot be told that it is something
 * else. */
static const char *client_charset(const struct text_list *settings, const char *text)
{
    const char *charset = my_option(settings, "character_set_client");

    if (!charset)
        return NULL;
    return is_ascii(text) || strncmp(charset, "utf8", 4) == 0 ? charset : NULL;
}

/* True where the setting is what the session has anyway, as the database was read. */
static bool is_usual(const struct step_sink *sink, const char *name, const char *value)
{
    return sink->from && text_equal(my_setting(sink->from, name, NULL), value);
}

static const char *connection_collation(const struct step_sink *sink, const struct object *object,
                                        const struct text_list *settings)
{
    const char *collation = my_option(settings, "collation_connection");

    if (!collation && sink->from && my_setting(sink->from, "collation_connection", NULL))
        collation = my_meant_collation(sink->from, object);
    return collation && !is_usual(sink, "collation_connection", collation) ? collation : NULL;
}

/* SET SESSION takes no comma-less list: "a = 1, b = 2". */
static void append_setting(struct buffer *sql, const char *name, const char *value)
{
    buffer_printf(sql, "%s%s = %s", sql->length ? ", " : "SESSION ", name, value);
}

/* The mode that the program has, or that the server gives to whoever says nothing. */
const char *my_program_mode(const struct step_sink *sink, const struct text_list *settings)
{
    const char *mode = my_option(settings, "sql_mode");

    if (!mode && sink->from)
        mode = my_setting(sink->from, "sql_mode", NULL);
    return mode ? my_write_text(sink, mode) : "DEFAULT";
}

const char *my_written_mode(const struct step_sink *sink, const struct object *view)
{
    return view->search_path && view->search_path->count
               ? my_write_text(sink, view->search_path->items[0])
               : NULL;
}

static void append_characters(const struct step_sink *sink, struct buffer *sql,
                              const struct object *object, const struct text_list *settings,
                              const char *text)
{
    const char *charset = client_charset(settings, text);
    const char *collation = connection_collation(sink, object, settings);

    if (charset && !is_usual(sink, "character_set_client", charset))
        append_setting(sql, "character_set_client", charset);
    if (collation)
        append_setting(sql, "collation_connection", collation);
}

/* Names in its text are of its own database, whichever the connection is in. */
static void use_database(struct step_sink *sink, const struct object *object)
{
    const struct object *schema = object_ancestor(object, KIND_SCHEMA);

    struct step *step;

    if (!schema || !*schema->name)
        return;
    step = sink_statement(sink, "USE %s", my_quote_name(sink->arena, schema->name));
    step->transaction = TRANSACTION_NEVER;
    step->setting = true;
}

void my_settings_begin(struct step_sink *sink, const struct object *object,
                       const struct text_list *settings, const char *mode, const char *text)
{
    const char *zone = my_option(settings, "time_zone");
    struct buffer sql = BUFFER_EMPTY;

    use_database(sink, object);
    append_characters(sink, &sql, object, settings, text);
    if (sql.length)
        set(sink, "@plumb_client = @@character_set_client, "
                  "@plumb_connection = @@collation_connection");
    if (mode)
        append_setting(&sql, "sql_mode", mode);
    if (zone)
        append_setting(&sql, "time_zone", my_write_text(sink, zone));
    if (sql.length)
        set(sink, buffer_text(&sql));
    buffer_free(&sql);
}

void my_settings_end(struct step_sink *sink, const struct object *object,
                     const struct text_list *settings, const char *mode, const char *text)
{
    struct buffer sql = BUFFER_EMPTY;

    append_characters(sink, &sql, object, settings, text);
    if (sql.length) {
        buffer_truncate(&sql, 0);
        append_setting(&sql, "character_set_client", "@plumb_client");
        append_setting(&sql, "collation_connection", "@plumb_connection");
    }
    if (mode)
        append_setting(&sql, "sql_mode", "'" PLAN_MODE "'");
    if (my_option(settings, "time_zone"))
        append_setting(&sql, "time_zone", "DEFAULT");
    if (sql.length)
        set(sink, buffer_text(&sql));
    buffer_free(&sql);
}
