/* CREATE TABLE ... (LIKE other INCLUDING ...): columns first; checks, indexes and their comments
 * once the table stands. */
#include "postgres/interpret/table/table.h"

#include <string.h>

static bool includes(const TableLikeClause *like, bits32 option)
{
    return (like->options & option) != 0;
}

static void copy_comment(struct interpreter *interpreter, struct object *object,
                         const struct object *source)
{
    const struct object *comment = object_child(source, KIND_COMMENT, "");

    if (comment)
        interpret_set_comment(interpreter, object, as_comment(comment)->text);
}

/* --- columns ---------------------------------------------------------------------------------- */

static struct object *add_column(struct interpreter *interpreter, struct object *table,
                                 const char *name, const char *type, const char *collation,
                                 int location)
{
    int64_t position = table_next_position(table);
    struct object *column =
        interpret_add_implied(interpreter, KIND_COLUMN, table, name, NULL, location);

    if (!column)
        return NULL;
    as_column(column)->type = type;
    as_column(column)->collation = collation;
    as_column(column)->statistics = -1;
    as_column(column)->position = position;
    return column;
}

static void copy_identity(struct interpreter *interpreter, struct object *column,
                          const struct object *source, int location)
{
    const struct identity *identity;
    struct sequence_values values;
    struct object *copy;

    source = object_child(source, KIND_IDENTITY, "");
    if (!source)
        return;
    identity = as_identity(source);
    values = sequence_values_of_identity(identity, as_column(column)->type);
    if (column_set_identity(interpreter, column, identity->mode[0], NIL, location) != OUTCOME_DONE)
        return;
    copy = object_child(column, KIND_IDENTITY, "");
    sequence_values_to_identity(&values, as_identity(copy));
}

static void copy_column_parts(struct interpreter *interpreter, struct object *object,
                              const struct column *source, const TableLikeClause *like)
{
    const struct object *not_null = object_child(&source->object, KIND_NOT_NULL, "");
    struct column *column = as_column(object);
    int location = like->relation->location;

    if (not_null)
        column_set_not_null(interpreter, object, column_not_null_name(interpreter, not_null),
                            as_not_null(not_null)->no_inherit, false, location);
    if (source->generated && includes(like, CREATE_TABLE_LIKE_GENERATED)) {
        column->generated = source->generated;
        column->generation = source->generation;
        object->search_path = source->object.search_path;
    }
    if (includes(like, CREATE_TABLE_LIKE_DEFAULTS))
        column_copy_default(interpreter, object, &source->object);
    if (includes(like, CREATE_TABLE_LIKE_IDENTITY))
        copy_identity(interpreter, object, &source->object, location);
    if (includes(like, CREATE_TABLE_LIKE_STORAGE))
        column->storage = source->storage;
    if (includes(like, CREATE_TABLE_LIKE_COMPRESSION))
        column->compression = source->compression;
    if (includes(like, CREATE_TABLE_LIKE_COMMENTS))
        copy_comment(interpreter, object, &source->object);
}

static enum outcome copy_table_columns(struct interpreter *interpreter, struct object *table,
                                       const struct object *source, const TableLikeClause *like)
{
    struct pointer_list columns = interpret_table_columns(interpreter, source);

    for (size_t i = 0; i < columns.count; i++) {
        const struct column *other = columns.items[i];
        struct object *column = add_column(interpreter, table, other->object.name, other->type,
                                           other->collation, like->relation->location);

        if (!column)
            return OUTCOME_FAILED;
        copy_column_parts(interpreter, column, other, like);
    }
    return OUTCOME_DONE;
}

static enum outcome copy_view_columns(struct interpreter *interpreter, struct object *table,
                                      const struct object *source, const struct text_list *names,
                                      const struct text_list *types, int location)
{
    for (size_t i = 0; i < names->count; i++) {
        if (i >= types->count || !types->items[i][0])
            return interpret_fail(interpreter, location,
                                  "the type of column \"%s\" of %s is not known", names->items[i],
                                  source->name);
        if (!add_column(interpreter, table, names->items[i], types->items[i], NULL, location))
            return OUTCOME_FAILED;
    }
    return OUTCOME_DONE;
}

static enum outcome copy_attributes(struct interpreter *interpreter, struct object *table,
                                    const struct object *source, int location)
{
    struct object *attribute = NULL;

    while ((attribute = object_next_child(source, KIND_ATTRIBUTE, attribute)) != NULL)
        if (!add_column(interpreter, table, attribute->name, as_attribute(attribute)->type,
                        as_attribute(attribute)->collation, location))
            return OUTCOME_FAILED;
    return OUTCOME_DONE;
}

enum outcome table_copy_columns(struct interpreter *interpreter, struct object *table,
                                const struct object *source, TableLikeClause *like)
{
    int location = like->relation->location;

    switch (source->kind) {
    case KIND_TABLE:
        return copy_table_columns(interpreter, table, source, like);
    case KIND_COMPOSITE:
        return copy_attributes(interpreter, table, source, location);
    case KIND_VIEW:
        return copy_view_columns(interpreter, table, source, &as_view(source)->columns,
                                 &as_view(source)->column_types, location);
    default:
        return copy_view_columns(interpreter, table, source, &as_materialized_view(source)->columns,
                                 &as_materialized_view(source)->column_types, location);
    }
}

/* --- checks and indexes ----------------------------------------------------------------------- */

static enum outcome copy_check(struct interpreter *interpreter, struct object *table,
                               const struct object *source, const TableLikeClause *like)
{
    const struct check_constraint *other = as_check_constraint(source);
    struct object *copy = interpret_add_implied(interpreter, KIND_CHECK, table, source->name, NULL,
                                                like->relation->location);

    if (!copy)
        return OUTCOME_FAILED;
    as_check_constraint(copy)->expression = other->expression;
    as_check_constraint(copy)->no_inherit = other->no_inherit;
    as_check_constraint(copy)->not_enforced = other->not_enforced;
    copy->search_path = source->search_path;
    if (includes(like, CREATE_TABLE_LIKE_COMMENTS))
        copy_comment(interpreter, copy, source);
    return OUTCOME_DONE;
}

static enum outcome copy_index(struct interpreter *interpreter, struct object *table,
                               struct object *source, const TableLikeClause *like)
{
    struct object *copy = index_copy(interpreter, table, source, like->relation->location);

    if (!copy)
        return OUTCOME_FAILED;
    if (includes(like, CREATE_TABLE_LIKE_COMMENTS))
        copy_comment(interpreter, copy, source);
    return OUTCOME_DONE;
}

enum outcome table_copy_rest(struct interpreter *interpreter, struct object *table,
                             const struct object *source, TableLikeClause *like)
{
    enum outcome outcome = OUTCOME_DONE;

    for (struct object *child = source->first_child; child && outcome == OUTCOME_DONE;
         child = child->next_sibling)
        if (child->kind == KIND_CHECK && includes(like, CREATE_TABLE_LIKE_CONSTRAINTS))
            outcome = copy_check(interpreter, table, child, like);
    for (struct object *child = source->first_child; child && outcome == OUTCOME_DONE;
         child = child->next_sibling)
        if ((child->kind == KIND_INDEX || child->kind == KIND_PRIMARY_KEY ||
             child->kind == KIND_UNIQUE || child->kind == KIND_EXCLUSION) &&
            includes(like, CREATE_TABLE_LIKE_INDEXES))
            outcome = copy_index(interpreter, table, child, like);
    return outcome;
}
