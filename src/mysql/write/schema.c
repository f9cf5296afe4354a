/* Databases, and what plumb does not model. */
#include "mysql/write/write.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "core/text/trim.h"
#include "model/fields.h"

/* --- databases ------------------------------------------------------------------------------------- */

static void append_options(const struct step_sink *sink, struct buffer *sql,
                           const struct object *object)
{
    const struct schema *schema = as_schema(object);
    const char *encryption = my_option(&schema->options, "encryption");
    const char *read_only = my_option(&schema->options, "read_only");

    if (schema->collation)
        buffer_printf(sql, " DEFAULT %s", my_write_collation(sink, schema->collation));
    if (encryption)
        buffer_printf(sql, " DEFAULT ENCRYPTION=%s", my_write_text(sink, encryption));
    if (read_only)
        buffer_printf(sql, " READ ONLY=%s", read_only);
    buffer_append(sql, my_write_comment(sink, object, "="));
}

static void create_schema(struct step_sink *sink, const struct object *object,
                          const struct pointer_list *folded)
{
    struct buffer sql = BUFFER_EMPTY;

    (void)folded;
    if (!*object->name)
        return;
    buffer_printf(&sql, "CREATE DATABASE %s", my_write_name(sink, object->name));
    append_options(sink, &sql, object);
    my_write_buffer(sink, LOCK_NONE, &sql);
}

static void drop_schema(struct step_sink *sink, const struct object *object)
{
    if (*object->name)
        write_hazard(sink,
                     my_write_statement(sink, LOCK_ACCESS_EXCLUSIVE, "DROP DATABASE %s",
                                        my_write_name(sink, object->name)),
                     HAZARD_DROP_SCHEMA);
}

/* What is not there any more goes back to what a database has by itself. */
static void alter_schema(struct step_sink *sink, const struct object *before,
                         const struct object *after, uint64_t changed,
                         const struct joined_action *actions, size_t count)
{
    const struct text_list *old = &as_schema(before)->options;
    const struct schema *schema = as_schema(after);
    struct buffer sql = BUFFER_EMPTY;

    buffer_append(&sql, "ALTER DATABASE");
    if (*after->name)
        buffer_printf(&sql, " %s", my_write_name(sink, after->name));
    if (fields_has(changed, field_schema_collation) && schema->collation)
        buffer_printf(&sql, " DEFAULT %s", my_write_collation(sink, schema->collation));
    if (my_option(&schema->options, "encryption"))
        buffer_printf(&sql, " DEFAULT ENCRYPTION=%s",
                      my_write_text(sink, my_option(&schema->options, "encryption")));
    else if (my_option(old, "encryption"))
        buffer_append(&sql, " DEFAULT ENCRYPTION='N'");
    if (my_joins_kind(actions, count, KIND_COMMENT)) {
        const char *comment = my_write_comment(sink, after, "=");

        buffer_append(&sql, *comment ? comment : " COMMENT=''");
    }
    my_write_buffer(sink, LOCK_NONE, &sql);
}

const struct writer my_schema_writer = {
    .create = create_schema,
    .drop = drop_schema,
    .alter_joined = alter_schema,
};

/* --- what is not modelled ---------------------------------------------------------------------------- */

static bool is_statement(const char *text)
{
    return text && strncasecmp(text, "create ", 7) == 0;
}

static void create_unmodelled(struct step_sink *sink, const struct object *object,
                              const struct pointer_list *folded)
{
    const char *text = object->verbatim ? object->verbatim : as_unmodelled(object)->definition;
    size_t length;

    (void)folded;
    if (!is_statement(text))
        return;
    length = trim_statement(text, strlen(text));
    my_write_statement(sink, LOCK_NONE, "%.*s", (int)length, text);
}

/* The words that can follow DROP, as the object's name begins with them ("package app.p"). */
static const char *const droppable[] = {
    "package body", "package", "server", "tablespace", "logfile group", "spatial reference system"};

static void drop_unmodelled(struct step_sink *sink, const struct object *object)
{
    for (size_t i = 0; i < sizeof(droppable) / sizeof(*droppable); i++) {
        size_t length = strlen(droppable[i]);
        const char *name = object->name + length + 1;
        struct step *step;

        if (strncasecmp(object->name, droppable[i], length) != 0 || object->name[length] != ' ')
            continue;
        step = my_write_statement(sink, LOCK_ACCESS_EXCLUSIVE, "DROP %s %s", droppable[i],
                                  strchr(name, '`') ? name : my_write_name(sink, name));
        if (!write_wanted(sink, object))
            write_hazard(sink, step, HAZARD_DROP_UNMODELLED);
        return;
    }
}

const struct writer my_unmodelled_writer = {
    .create = create_unmodelled,
    .drop = drop_unmodelled,
};
