/* What the session is set to: for the plan as a whole, and around the making of programs and views, which keep
 * the sql_mode and the character set that they were made under. */
#include "mysql/write.h"

#include <string.h>

#include "mysql/charset.h"

/* The mode of the plan's own statements. Values that do not fit are errors, not cut; zero dates, which old tables
 * have as defaults, are no errors; and a zero in an AUTO_INCREMENT column stays one. */
#define PLAN_MODE "STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION,NO_AUTO_VALUE_ON_ZERO"

static bool is_versioned_somewhere(const struct model *model)
{
    for (size_t i = 0; model && i < model->count; i++)
        if (model->objects[i]->kind == KIND_TABLE && !model->objects[i]->removed &&
            my_is_system_versioned(model->objects[i]))
            return true;
    return false;
}

static void set(struct step_sink *sink, const char *text)
{
    sink_statement(sink, "SET %s", text)->transaction = TRANSACTION_NEVER;
}

void my_session(struct step_sink *before, struct step_sink *after, const struct model *from,
                const struct model *to)
{
    (void)after;
    set(before, "NAMES utf8mb4");
    set(before, "SESSION sql_mode = '" PLAN_MODE "'");
    if (is_versioned_somewhere(from) && is_versioned_somewhere(to))
        set(before, "SESSION system_versioning_alter_history = KEEP");
    set(after, "SESSION sql_mode = DEFAULT");
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

    if (!charset || strcmp(charset, "utf8mb4") == 0)
        return NULL;
    return is_ascii(text) || strncmp(charset, "utf8", 4) == 0 ? charset : NULL;
}

static const char *connection_collation(const struct step_sink *sink,
                                        const struct text_list *settings)
{
    const char *collation = my_option(settings, "collation_connection");
    const struct model *model = sink->from ? sink->from : sink->to;

    if (!collation ||
        (model && strcmp(collation, my_charset_collation(model, "utf8mb4")) == 0))
        return NULL;
    return collation;
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

void my_settings_begin(struct step_sink *sink, const struct text_list *settings, const char *mode,
                       const char *text)
{
    static const struct text_list none = {0};
    const char *charset = client_charset(settings ? settings : &none, text);
    const char *collation = connection_collation(sink, settings ? settings : &none);
    const char *zone = my_option(settings ? settings : &none, "time_zone");
    struct buffer sql = BUFFER_EMPTY;

    if (mode)
        append_setting(&sql, "sql_mode", mode);
    if (charset)
        append_setting(&sql, "character_set_client", charset);
    if (collation)
        append_setting(&sql, "collation_connection", collation);
    if (zone)
        append_setting(&sql, "time_zone", my_write_text(sink, zone));
    if (sql.length)
        set(sink, buffer_text(&sql));
    buffer_free(&sql);
}

void my_settings_end(struct step_sink *sink, const struct text_list *settings, const char *mode,
                     const char *text)
{
    if (settings && (client_charset(settings, text) || connection_collation(sink, settings)))
        set(sink, "NAMES utf8mb4");
    if (mode)
        set(sink, "SESSION sql_mode = '" PLAN_MODE "'");
    if (settings && my_option(settings, "time_zone"))
        set(sink, "SESSION time_zone = DEFAULT");
}
