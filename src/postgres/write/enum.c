/* Enums: labels are added in place; where one is removed or moved the type is built anew. */
#include "postgres/write/write.h"

#include <string.h>

#include "model/fields.h"

bool write_enum_is_rebuilt(const struct object *before, const struct object *after)
{
    const struct text_list *old = &as_enumeration(before)->labels;
    const struct text_list *new = &as_enumeration(after)->labels;
    size_t next = 0;

    for (size_t i = 0; i < new->count &&next < old->count; i++)
        if (strcmp(new->items[i], old->items[next]) == 0)
            next++;
    return next < old->count;
}

void write_create_enum(struct step_sink *sink, const struct object *object)
{
    const struct text_list *labels = &as_enumeration(object)->labels;
    struct buffer sql = BUFFER_EMPTY;

    buffer_printf(&sql, "CREATE TYPE %s AS ENUM (", write_path(sink, object));
    for (size_t i = 0; i < labels->count; i++)
        buffer_printf(&sql, "%s%s", i ? ",\n    " : "\n    ",
                      write_literal(sink, labels->items[i]));
    buffer_append(&sql, labels->count ? "\n)" : ")");
    write_buffer(sink, LOCK_NONE, &sql);
}

static void create_enum(struct step_sink *sink, const struct object *object,
                        const struct pointer_list *folded)
{
    (void)folded;
    write_create_enum(sink, object);
}

static void drop_enum(struct step_sink *sink, const struct object *object)
{
    struct step *step = write_statement(sink, LOCK_NONE, "DROP TYPE %s", write_path(sink, object));

    write_hazard(sink, step, HAZARD_DROP_TYPE);
}

/* Each new label after the one before it, which exists by then; the first ones before the first that
 * stays. */
static void add_labels(struct step_sink *sink, const struct object *before,
                       const struct object *after)
{
    const struct text_list *old = &as_enumeration(before)->labels;
    const struct text_list *new = &as_enumeration(after)->labels;
    struct map known = map_new(sink->arena);

    for (size_t i = 0; i < old->count; i++)
        map_add(&known, old->items[i]);
    for (size_t i = 0; i < new->count; i++) {
        struct buffer sql = BUFFER_EMPTY;

        if (map_get(&known, new->items[i]))
            continue;
        buffer_printf(&sql, "ALTER TYPE %s ADD VALUE %s", write_path(sink, after),
                      write_literal(sink, new->items[i]));
        if (i > 0)
            buffer_printf(&sql, " AFTER %s", write_literal(sink, new->items[i - 1]));
        else if (old->count)
            buffer_printf(&sql, " BEFORE %s", write_literal(sink, old->items[0]));
        write_buffer(sink, LOCK_NONE, &sql)->transaction = TRANSACTION_COMMIT_AFTER;
    }
}

static bool loses_label(const struct object *before, const struct object *after)
{
    return !text_list_contains_all(&as_enumeration(after)->labels, &as_enumeration(before)->labels);
}

static void alter_enum(struct step_sink *sink, const struct object *before,
                       const struct object *after, uint64_t changed)
{
    size_t first = sink->steps.count;

    (void)changed;
    if (!write_enum_is_rebuilt(before, after)) {
        add_labels(sink, before, after);
        return;
    }
    write_rebuild_type(sink, before);
    if (loses_label(before, after))
        write_hazard(sink, &sink->steps.items[first], HAZARD_REMOVE_ENUM_VALUE);
}

void pg_rename_label(struct step_sink *sink, const struct object *object, const char *former,
                     const char *label)
{
    write_statement(sink, LOCK_NONE, "ALTER TYPE %s RENAME VALUE %s TO %s",
                    write_path(sink, object), write_literal(sink, former),
                    write_literal(sink, label));
}

const struct writer write_enum_writer = {
    .create = create_enum,
    .drop = drop_enum,
    .alter = alter_enum,
    .rename = write_rename_type,
};
