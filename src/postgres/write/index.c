/* Indexes that stand for themselves (not those behind constraints). */
#include "postgres/write/write.h"

#include <string.h>

#include "model/fields.h"

/* "ALTER INDEX i ALTER COLUMN 2 SET STATISTICS 100" for each "2=100". */
static void set_statistics(struct step_sink *sink, const struct object *object,
                           const struct text_list *before, const struct text_list *after)
{
    for (size_t i = 0; before && i < before->count; i++) {
        const char *target = before->items[i];
        bool kept = false;

        for (size_t j = 0; j < after->count; j++)
            kept = kept || strcspn(after->items[j], "=") == strcspn(target, "=");
        if (!kept)
            write_statement(sink, LOCK_SHARE_UPDATE_EXCLUSIVE,
                            "ALTER INDEX %s ALTER COLUMN %.*s SET STATISTICS -1",
                            write_path(sink, object), (int)strcspn(target, "="), target);
    }
    for (size_t i = 0; i < after->count; i++) {
        const char *target = after->items[i];
        size_t length = strcspn(target, "=");

        if (target[length] && !(before && text_list_contains(before, target)))
            write_statement(sink, LOCK_SHARE_UPDATE_EXCLUSIVE,
                            "ALTER INDEX %s ALTER COLUMN %.*s SET STATISTICS %s",
                            write_path(sink, object), (int)length, target, target + length + 1);
    }
}

/* True when partitions bring their own indexes for this one: it is then made for the partitioned
 * table alone, and theirs are attached. */
static bool is_only(const struct step_sink *sink, const struct object *object)
{
    if (as_index(object)->only)
        return true;
    for (size_t i = model_first_of(sink->to, KIND_INDEX); sink->to && i < sink->to->count; i++) {
        const struct object *other = sink->to->objects[i];

        if (other->kind > KIND_INDEX && sink->to->sealed)
            return false;
        if (other->kind == KIND_INDEX && !other->implied && !other->removed &&
            as_index(other)->attached_to == object)
            return true;
    }
    return false;
}

static bool is_partitioned(const struct object *table)
{
    return table->kind == KIND_TABLE && as_table(table)->partition_strategy;
}

static const char *index_text(const struct step_sink *sink, const struct object *object)
{
    const struct index *index = as_index(object);
    struct buffer sql = BUFFER_EMPTY;

    buffer_printf(&sql, "CREATE %sINDEX %s ON %s%s USING %s (%s)", index->unique ? "UNIQUE " : "",
                  write_name(sink, object->name),
                  is_partitioned(object->parent) && is_only(sink, object) ? "ONLY " : "",
                  write_path(sink, object->parent),
                  index->method ? write_name(sink, index->method) : "btree",
                  write_expressions(sink, &index->keys));
    if (index->include.count)
        buffer_printf(&sql, " INCLUDE (%s)", clause_names(sink, write_name, &index->include));
    if (index->nulls_not_distinct)
        buffer_append(&sql, " NULLS NOT DISTINCT");
    if (index->options.count)
        buffer_printf(&sql, " WITH (%s)", write_options(sink, &index->options));
    if (index->tablespace)
        buffer_printf(&sql, " TABLESPACE %s", write_name(sink, index->tablespace));
    if (write_expression(&index->predicate))
        buffer_printf(&sql, " WHERE %s", write_expression(&index->predicate));
    return buffer_take(&sql, sink->arena);
}

static void attach_index(struct step_sink *sink, const struct object *object)
{
    if (as_index(object)->attached_to)
        write_statement(sink, LOCK_ACCESS_EXCLUSIVE, "ALTER INDEX %s ATTACH PARTITION %s",
                        write_path(sink, as_index(object)->attached_to), write_path(sink, object));
}

static void create_index(struct step_sink *sink, const struct object *object,
                         const struct pointer_list *folded)
{
    const struct index *index = as_index(object);
    struct step *step = write_statement(sink, LOCK_SHARE, "%s", index_text(sink, object));

    (void)folded;
    write_scans(sink, step);
    if (index->unique || write_expressions_may_fail(&index->keys) ||
        write_expression_may_fail(&index->predicate))
        write_hazard(sink, step, HAZARD_MAY_FAIL);
    if (index->unique)
        write_ask_for_duplicates(sink, step, object);
    set_statistics(sink, object, NULL, &index->statistics);
    attach_index(sink, object);
}

/* The attachment of a partition that has a key of its own under the index: such keys are among what the index needs. */
static const struct object *attachment_held(const struct object *index, const struct object *key)
{
    bool is_key =
        key->kind == KIND_PRIMARY_KEY || key->kind == KIND_UNIQUE || key->kind == KIND_EXCLUSION;

    return is_key && key->parent != index->parent ? object_child(key->parent, KIND_ATTACHMENT, "")
                                                  : NULL;
}

/* An index of a partitioned table cannot be dropped while constraints of partitions stand under it, nor they before it:
 * the partitions are detached meanwhile. */
static void drop_index(struct step_sink *sink, const struct object *object)
{
    struct pointer_list held = {0};
    struct step *step;

    for (size_t i = 0; i < object->needs.count; i++) {
        const struct object *attachment = attachment_held(object, object->needs.items[i]);

        if (attachment && !pointer_list_contains(&held, attachment))
            pointer_list_add(&held, sink->arena, (void *)(uintptr_t)attachment);
    }
    for (size_t i = 0; i < held.count; i++)
        write_detach(sink, held.items[i]);
    step = write_statement(sink, LOCK_ACCESS_EXCLUSIVE, "DROP INDEX %s", write_path(sink, object));
    write_hazard(sink, step, HAZARD_DROP_INDEX);
    for (size_t i = 0; i < held.count; i++)
        write_attach_again(sink, held.items[i]);
}

static void alter_index(struct step_sink *sink, const struct object *before,
                        const struct object *after, uint64_t changed)
{
    const struct index *index = as_index(after);
    const char *alter = arena_printf(sink->arena, "ALTER INDEX %s", write_path(sink, after));

    if (fields_has(changed, field_index_options))
        write_option_changes(sink, LOCK_SHARE_UPDATE_EXCLUSIVE, alter, &as_index(before)->options,
                             &index->options);
    if (fields_has(changed, field_index_tablespace)) {
        struct step *step =
            write_statement(sink, LOCK_ACCESS_EXCLUSIVE, "%s SET TABLESPACE %s", alter,
                            index->tablespace ? write_name(sink, index->tablespace) : "pg_default");

        write_rewrites(sink, step);
    }
    if (fields_has(changed, field_index_statistics))
        set_statistics(sink, after, &as_index(before)->statistics, &index->statistics);
    if (fields_has(changed, field_index_attached_to) && !after->implied)
        attach_index(sink, after);
}

static void rename_index(struct step_sink *sink, const struct object *object)
{
    write_statement(sink, LOCK_SHARE_UPDATE_EXCLUSIVE, "ALTER INDEX %s RENAME TO %s",
                    write_sibling_path(sink, object, object->former_name),
                    write_name(sink, object->name));
}

const struct writer write_index_writer = {
    .create = create_index,
    .drop = drop_index,
    .alter = alter_index,
    .rename = rename_index,
};
