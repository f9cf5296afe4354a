/* From actions on objects to SQL statements: leads each kind to its family's functions, and holds what all
 * families share. */
#include "mysql/write/write.h"

#include <ctype.h>
#include <stdarg.h>
#include <string.h>

#include "mysql/facts/charset.h"
#include "mysql/resolve/unmodelled.h"
#include "mysql/sql/quote.h"

static writer_table writers = {
    [KIND_SCHEMA] = &my_schema_writer,    [KIND_SEQUENCE] = &my_sequence_writer,
    [KIND_FUNCTION] = &my_routine_writer, [KIND_TABLE] = &my_table_writer,
    [KIND_PARTITION] = &my_part_writer,   [KIND_COLUMN] = &my_part_writer,
    [KIND_NOT_NULL] = &my_part_writer,    [KIND_DEFAULT] = &my_part_writer,
    [KIND_CHECK] = &my_part_writer,       [KIND_PRIMARY_KEY] = &my_part_writer,
    [KIND_VIEW] = &my_view_writer,        [KIND_INDEX] = &my_part_writer,
    [KIND_FOREIGN_KEY] = &my_part_writer, [KIND_TRIGGER] = &my_trigger_writer,
    [KIND_EVENT] = &my_event_writer,      [KIND_OWNER] = &my_mark_writer,
    [KIND_COMMENT] = &my_mark_writer,     [KIND_UNMODELLED] = &my_unmodelled_writer,
};

void my_create(struct step_sink *sink, const struct object *object,
               const struct pointer_list *folded)
{
    writer_create(writers, sink, object, folded);
}

void my_drop(struct step_sink *sink, const struct object *object)
{
    writer_drop(writers, sink, object);
}

/* What the reader found of a table and the model does not hold, a statement could undo. */
static void guard_unmodelled(struct step_sink *sink, const struct object *before, size_t first)
{
    const struct object *table = before ? my_table_of(before) : NULL;

    if (!table || !sink->from || first == sink->steps.count ||
        !my_has_unmodelled_part(sink->from, table))
        return;
    for (size_t i = first; i < sink->steps.count; i++)
        write_hazard(sink, &sink->steps.items[i], HAZARD_DROP_UNMODELLED);
}

void my_alter_joined(struct step_sink *sink, const struct object *before,
                     const struct object *after, uint64_t changed,
                     const struct joined_action *actions, size_t count)
{
    size_t first = sink->steps.count;

    writer_alter_joined(writers, sink, before, after, changed, actions, count);
    guard_unmodelled(sink, before, first);
}

void my_alter(struct step_sink *sink, const struct object *before, const struct object *after,
              uint64_t changed)
{
    my_alter_joined(sink, before, after, changed, NULL, 0);
}

void my_rename(struct step_sink *sink, const struct object *object)
{
    writer_rename(writers, sink, object);
}

/* --- texts --------------------------------------------------------------------------------------- */

const char *my_write_name(const struct step_sink *sink, const char *name)
{
    return my_quote_name(sink->arena, name);
}

const char *my_write_text(const struct step_sink *sink, const char *text)
{
    return my_quote_text(sink->arena, text);
}

const char *my_write_path(const struct step_sink *sink, const struct object *object)
{
    return my_write_sibling(sink, object, object->name);
}

const char *my_write_sibling(const struct step_sink *sink, const struct object *object,
                             const char *name)
{
    const struct object *schema = object_ancestor(object, KIND_SCHEMA);
    const char *quoted = my_write_name(sink, name);

    if (!schema || schema == object || !*schema->name)
        return quoted;
    return arena_printf(sink->arena, "%s.%s", my_quote_name(sink->arena, schema->name), quoted);
}

const char *my_write_former(const struct step_sink *sink, const struct object *object)
{
    const char *name = object_present_name(object);

    if (!object->former_schema)
        return my_write_sibling(sink, object, name);
    if (!*object->former_schema)
        return my_write_name(sink, name);
    return arena_printf(sink->arena, "%s.%s", my_quote_name(sink->arena, object->former_schema),
                        my_quote_name(sink->arena, name));
}

const char *my_write_parenthesized(const struct step_sink *sink, const char *text)
{
    static const struct quoting quoting = {.quotes = "'\"`", .escaping = "'\""};

    return clause_parenthesized(sink->arena, &quoting, text);
}

const char *my_write_comment(const struct step_sink *sink, const struct object *object,
                             const char *equals)
{
    const struct object *comment = object_child(object, KIND_COMMENT, "");

    if (!comment || !as_comment(comment)->text || !*as_comment(comment)->text)
        return "";
    return arena_printf(sink->arena, " COMMENT%s%s", equals,
                        my_write_text(sink, as_comment(comment)->text));
}

const char *my_write_program_comment(const struct step_sink *sink, const struct object *object,
                                     const char *mode)
{
    const struct object *comment = object_child(object, KIND_COMMENT, "");

    if (!comment || !mode || !strstr(mode, "NO_BACKSLASH_ESCAPES"))
        return my_write_comment(sink, object, " ");
    return arena_printf(sink->arena, " COMMENT %s",
                        my_quote_plain(sink->arena, as_comment(comment)->text));
}

const char *my_write_definer(const struct step_sink *sink, const struct object *object)
{
    const struct object *owner = object_child(object, KIND_OWNER, "");
    const char *role = owner ? as_owner(owner)->role : NULL;
    const char *at = role ? strrchr(role, '@') : NULL;

    if (!role || (sink->from && text_equal(role, sink->from->current_user)))
        return "";
    if (!at)
        return arena_printf(sink->arena, "DEFINER=%s ", my_write_name(sink, role));
    return arena_printf(sink->arena, "DEFINER=%s@%s ",
                        my_write_name(sink, arena_strndup(sink->arena, role, (size_t)(at - role))),
                        my_write_name(sink, at + 1));
}

const char *my_write_collation(const struct step_sink *sink, const char *collation)
{
    return arena_printf(sink->arena, "CHARACTER SET %s COLLATE %s",
                        my_collation_charset(sink->arena, collation), collation);
}

/* --- what holds ----------------------------------------------------------------------------------- */

struct my_flavor my_write_flavor(const struct step_sink *sink)
{
    if (sink->server_version)
        return my_flavor_of_version(sink->server_version);
    return sink->to ? my_flavor_of(sink->to) : my_flavor_of_version(0);
}

bool my_write_can(const struct step_sink *sink, enum my_capability capability)
{
    return my_can(my_write_flavor(sink), capability);
}

const char *my_option(const struct text_list *options, const char *name)
{
    size_t length = strlen(name);

    for (size_t i = 0; i < options->count; i++)
        if (strncmp(options->items[i], name, length) == 0 && options->items[i][length] == '=')
            return options->items[i] + length + 1;
    return NULL;
}

const struct object *my_table_of(const struct object *object)
{
    return object ? object_ancestor(object, KIND_TABLE) : NULL;
}

bool my_is_system_versioned(const struct object *table)
{
    return my_option(&as_table(table)->options, "system_versioning") != NULL;
}

bool my_joins_kind(const struct joined_action *actions, size_t count, enum kind kind)
{
    for (size_t i = 0; i < count; i++) {
        const struct object *object = actions[i].after ? actions[i].after : actions[i].before;

        if (object->kind == kind)
            return true;
    }
    return false;
}

/* --- steps ---------------------------------------------------------------------------------------- */

/* Each statement that defines something commits what came before it, and itself. */
struct step *my_write_buffer(struct step_sink *sink, enum step_lock lock, struct buffer *sql)
{
    struct step *step = write_buffer(sink, lock, sql);

    step->transaction = TRANSACTION_NEVER;
    return step;
}

struct step *my_write_statement(struct step_sink *sink, enum step_lock lock, const char *format,
                                ...)
{
    va_list arguments;
    struct step *step;

    va_start(arguments, format);
    step = write_formatted(sink, lock, format, arguments);
    va_end(arguments);
    step->transaction = TRANSACTION_NEVER;
    return step;
}

/* Programs may be blocks, and hold statements that end in semicolons. */
bool my_is_compound(const struct step *step)
{
    bool program =
        step->object && (step->object->kind == KIND_TRIGGER ||
                         step->object->kind == KIND_FUNCTION || step->object->kind == KIND_EVENT);

    return program && strchr(step->sql, ';');
}
