/* What the session is set to: for the plan as a whole, and around the making of programs and views, which keep
 * the sql_mode and the character set that they were made under. */
#include "mysql/write.h"

#include <string.h>


/* The mode of the plan's own statements. Values that do not fit are errors, not cut; zero dates, which old tables
 * have as defaults, are no errors; and a zero in an AUTO_INCREMENT column stays one. */
#define PLAN_MODE "STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION,NO_AUTO_VALUE_ON_ZERO"

/* True for a versioned table that is not dropped: the server alters none unless it is told what becomes of the
 * history. */
static bool keeps_versioned(const struct model *from, const struct model *to)
{
    for (size_t i = 0; i < from->count; i++)
        if (from->objects[i]->kind == KIND_TABLE && !from->objects[i]->removed &&
            my_is_system_versioned(from->objects[i]) && model_find_key(to, from->objects[i]->key))
            return true;
    return false;
}

static void set(struct step_sink *sink, const char *text)
{
    sink_statement(sink, "SET %s", text)->transaction = TRANSACTION_NEVER;
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

static bool is_off(const struct model *model, const char *variable)
{
    return strcmp(my_setting(model, variable, "ON"), "OFF") == 0;
}

void my_session(struct step_sink *before, struct step_sink *after, const struct model *from,
                const struct model *to)
{
    bool unchecked = is_off(from, "foreign_key_checks");

    set(before, "SESSION sql_mode = '" PLAN_MODE "'");
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
    return sink->from && my_same_text(my_setting(sink->from, name, NULL), value);
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

/* Of the object, or of what belongs to it. */
static const char *find_mode(const struct object *object)
{
    if (object->search_path && object->search_path->count && *object->search_path->items[0])
        return object->search_path->items[0];
    for (const struct object *child = object->first_child; child; child = child->next_sibling) {
        const char *mode = child->kind == KIND_TRIGGER ? NULL : find_mode(child);

        if (mode)
            return mode;
    }
    return NULL;
}

const char *my_written_mode(const struct step_sink *sink, const struct object *object)
{
    const char *mode = find_mode(object);

    return mode ? arena_printf(sink->arena, "'%s,%s'", PLAN_MODE, mode) : NULL;
}

static void append_characters(const struct step_sink *sink, struct buffer *sql,
                              const struct text_list *settings, const char *text)
{
    const char *charset = client_charset(settings, text);
    const char *collation = my_option(settings, "collation_connection");

    if (charset && !is_usual(sink, "character_set_client", charset))
        append_setting(sql, "character_set_client", charset);
    if (collation && !is_usual(sink, "collation_connection", collation))
        append_setting(sql, "collation_connection", collation);
}

void my_settings_begin(struct step_sink *sink, const struct text_list *settings, const char *mode,
                       const char *text)
{
    static const struct text_list none = {0};
    const char *zone = my_option(settings ? settings : &none, "time_zone");
    struct buffer sql = BUFFER_EMPTY;

    append_characters(sink, &sql, settings ? settings : &none, text);
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

void my_settings_end(struct step_sink *sink, const struct text_list *settings, const char *mode,
                     const char *text)
{
    static const struct text_list none = {0};
    struct buffer sql = BUFFER_EMPTY;

    append_characters(sink, &sql, settings ? settings : &none, text);
    if (sql.length) {
        buffer_truncate(&sql, 0);
        append_setting(&sql, "character_set_client", "@plumb_client");
        append_setting(&sql, "collation_connection", "@plumb_connection");
    }
    if (mode)
        append_setting(&sql, "sql_mode", "'" PLAN_MODE "'");
    if (settings && my_option(settings, "time_zone"))
        append_setting(&sql, "time_zone", "DEFAULT");
    if (sql.length)
        set(sink, buffer_text(&sql));
    buffer_free(&sql);
}
