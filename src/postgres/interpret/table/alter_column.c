/* ALTER TABLE: what it does to columns, with all that the server changes along: children,
 * indexes and constraints on the column, sequences. */
#include "postgres/interpret/table/alter.h"

#include <string.h>

#include "postgres/interpret/base/base.h"

/* --- finding ---------------------------------------------------------------------------------- */

static const struct text_list *view_columns(const struct object *view)
{
    return view->kind == KIND_VIEW ? &as_view(view)->columns : &as_materialized_view(view)->columns;
}

/* Columns of views are objects only where they carry something. */
static struct object *view_column(struct alteration *alteration, struct object *view,
                                  const char *name)
{
    struct interpreter *interpreter = alteration->interpreter;
    const struct text_list *columns = view_columns(view);
    struct object *column = table_column(view, name);

    if (column)
        return column;
    if (columns->count > 0 && !text_list_contains(columns, name)) {
        interpret_no_child(interpreter, view, KIND_COLUMN, name, -1);
        return NULL;
    }
    column = interpret_add_implied(interpreter, KIND_COLUMN, view, name, NULL, -1);
    if (!column)
        return NULL;
    as_column(column)->statistics = -1;
    for (size_t i = 0; i < columns->count; i++)
        if (strcmp(columns->items[i], name) == 0)
            as_column(column)->position = (int64_t)i + 1;
    return column;
}

static struct object *find_column(struct alteration *alteration, struct object *object,
                                  const AlterTableCmd *command)
{
    if (object->kind == KIND_VIEW || object->kind == KIND_MATERIALIZED_VIEW)
        return view_column(alteration, object, command->name);
    return table_need_column(alteration->interpreter, object, command->name, -1);
}

/* Takes a view's column out again when it carries nothing. */
static void tidy_column(struct alteration *alteration, struct object *column)
{
    const struct column *fields = as_column(column);

    if (column->parent->kind == KIND_TABLE || column->first_child || fields->storage ||
        fields->compression || fields->statistics >= 0 || fields->options.count > 0)
        return;
    interpret_remove(alteration->interpreter, column);
}

/* The universe reads a relation's columns once: they are others now. */
static void columns_changed(struct interpreter *interpreter, const struct object *table)
{
    struct pg_relation *relation;

    if (!interpreter->universe)
        return;
    relation = pg_universe_relation(interpreter->universe, table_schema(table)->name, table->name);
    if (relation && relation->fill) {
        relation->columns = NULL;
        relation->column_count = 0;
    }
}

/* --- ADD COLUMN ------------------------------------------------------------------------------- */

/* A child gets the column, or has one of that name and type. */
static void hand_down_column(struct interpreter *interpreter, const struct object *table,
                             const struct column *column)
{
    struct pointer_list children = table_children(interpreter, table);

    for (size_t i = 0; i < children.count; i++) {
        struct object *same = table_inherit_column(interpreter, children.items[i], column, -1);

        columns_changed(interpreter, children.items[i]);
        hand_down_column(interpreter, children.items[i], as_column(same));
    }
}

enum outcome alter_add_column(struct alteration *alteration, struct object *object,
                              AlterTableCmd *command)
{
    struct interpreter *interpreter = alteration->interpreter;
    ColumnDef *definition = castNode(ColumnDef, command->def);
    size_t before = interpreter->model->count;
    struct constraint_queue queue = {0};
    struct column_spec spec;
    enum outcome outcome;

    if (table_column(object, definition->colname)) {
        interpreter->exists = true;
        return command->missing_ok ? OUTCOME_DONE
                                   : interpret_fail(interpreter, definition->location,
                                                    "column \"%s\" of table %s exists already",
                                                    definition->colname, object->name);
    }
    outcome = column_prepare(interpreter, definition, &spec);
    if (outcome == OUTCOME_DONE)
        outcome = column_make(interpreter, object, &spec, &queue);
    if (outcome == OUTCOME_DONE && !alteration->only)
        hand_down_column(interpreter, object, as_column(table_column(object, definition->colname)));
    if (outcome == OUTCOME_DONE)
        outcome = constraint_queue_make_checks(interpreter, object, &queue, !alteration->only);
    if (outcome == OUTCOME_DONE)
        outcome = constraint_queue_make_indexes(interpreter, object, &queue, !alteration->only);
    if (outcome == OUTCOME_DONE)
        outcome =
            constraint_queue_make_foreign_keys(interpreter, object, &queue, !alteration->only);
    if (outcome == OUTCOME_MISSING)
        table_undo(interpreter, before);
    columns_changed(interpreter, object);
    return outcome;
}

/* --- DROP COLUMN ------------------------------------------------------------------------------ */

static bool expressions_mention(struct interpreter *interpreter,
                                const struct expression_list *expressions, const char *column)
{
    for (size_t i = 0; i < expressions->count; i++)
        if (constraint_text_mentions(interpreter, expressions->items[i].written, column))
            return true;
    return false;
}

/* True for an index or constraint of the table that goes with the column. */
static bool goes_with(struct interpreter *interpreter, const struct object *object,
                      const char *column)
{
    switch (object->kind) {
    case KIND_CHECK:
        return constraint_text_mentions(interpreter,
                                        as_check_constraint(object)->expression.written, column);
    case KIND_PRIMARY_KEY:
    case KIND_UNIQUE:
        return text_list_contains(constraint_parts(object).columns, column) ||
               text_list_contains(constraint_parts(object).include, column);
    case KIND_EXCLUSION:
        return expressions_mention(interpreter, &as_exclusion(object)->keys, column) ||
               text_list_contains(&as_exclusion(object)->include, column) ||
               constraint_text_mentions(interpreter, as_exclusion(object)->predicate.written,
                                        column);
    case KIND_INDEX:
        return expressions_mention(interpreter, &as_index(object)->keys, column) ||
               text_list_contains(&as_index(object)->include, column) ||
               constraint_text_mentions(interpreter, as_index(object)->predicate.written, column);
    case KIND_FOREIGN_KEY:
        return text_list_contains(&as_foreign_key(object)->columns, column);
    default:
        return false;
    }
}

/* Other tables' foreign keys to the column go with CASCADE; all of this table's own. */
static void drop_incoming_keys(struct interpreter *interpreter, const struct object *table,
                               const char *column, bool cascade)
{
    const struct model *model = interpreter->model;

    for (size_t i = 0; i < model->count; i++) {
        struct object *object = model->objects[i];

        if (object->removed || object->kind != KIND_FOREIGN_KEY ||
            as_foreign_key(object)->table != table ||
            !text_list_contains(&as_foreign_key(object)->referenced_columns, column))
            continue;
        if (cascade || object->parent == table)
            interpret_remove(interpreter, object);
    }
}

static void drop_owned_sequences(struct interpreter *interpreter, const struct object *column)
{
    const struct model *model = interpreter->model;

    for (size_t i = 0; i < model->count; i++) {
        struct object *object = model->objects[i];

        if (!object->removed && object->kind == KIND_OWNED_BY &&
            as_owned_by(object)->column == column)
            interpret_remove(interpreter, object->parent);
    }
}

/* What else of the table uses the column, and goes with CASCADE. */
static bool depends_on(struct interpreter *interpreter, const struct object *object,
                       const struct object *column)
{
    const char *name = column->name;

    switch (object->kind) {
    case KIND_TRIGGER:
        return text_list_contains(&as_trigger(object)->columns, name) ||
               constraint_text_mentions(interpreter, as_trigger(object)->condition.written, name);
    case KIND_POLICY:
        return constraint_text_mentions(interpreter, as_policy(object)->using_expression.written,
                                        name) ||
               constraint_text_mentions(interpreter, as_policy(object)->check_expression.written,
                                        name);
    case KIND_COLUMN:
        return object != column && as_column(object)->generated &&
               constraint_text_mentions(interpreter, as_column(object)->generation.written, name);
    default:
        return false;
    }
}

static void drop_column(struct interpreter *interpreter, struct object *column, bool cascade);

static void drop_dependents(struct interpreter *interpreter, const struct object *column)
{
    const struct model *model = interpreter->model;
    struct object *table = column->parent;
    struct object *next;

    for (struct object *child = table->first_child; child; child = next) {
        next = child->next_sibling;
        if (!depends_on(interpreter, child, column))
            continue;
        if (child->kind == KIND_COLUMN) {
            drop_column(interpreter, child, true);
            next = table->first_child; /* more than one may be gone */
        } else {
            interpret_remove(interpreter, child);
        }
    }
    for (size_t i = 0; i < model->count; i++) {
        struct object *view = model->objects[i];

        if (!view->removed && (view->kind == KIND_VIEW || view->kind == KIND_MATERIALIZED_VIEW) &&
            interpret_mentions(interpreter, view, table, column->name))
            interpret_drop_object(interpreter, view, true);
    }
}

static void drop_column(struct interpreter *interpreter, struct object *column, bool cascade)
{
    struct object *table = column->parent;
    struct object *next;

    if (cascade)
        drop_dependents(interpreter, column);
    for (struct object *child = table->first_child; child; child = next) {
        next = child->next_sibling;
        if (goes_with(interpreter, child, column->name))
            interpret_remove(interpreter, child);
    }
    table_tidy_marks(interpreter, table);
    drop_incoming_keys(interpreter, table, column->name, cascade);
    drop_owned_sequences(interpreter, column);
    interpret_remove(interpreter, column);
    table_renumber(interpreter, table);
    columns_changed(interpreter, table);
}

enum outcome alter_drop_column(struct alteration *alteration, struct object *object,
                               AlterTableCmd *command)
{
    struct interpreter *interpreter = alteration->interpreter;
    struct object *column = table_column(object, command->name);
    struct pointer_list children = table_children(interpreter, object);

    if (!column)
        return command->missing_ok
                   ? OUTCOME_DONE
                   : interpret_no_child(interpreter, object, KIND_COLUMN, command->name, -1);
    if (!alteration->recursing && table_inherits_column(object, command->name))
        return interpret_fail(interpreter, -1, "cannot drop inherited column \"%s\"",
                              command->name);
    drop_column(interpreter, column, command->behavior == DROP_CASCADE);
    for (size_t i = 0; i < children.count; i++) {
        struct object *same = table_column(children.items[i], command->name);

        if (!same || table_inherits_column(children.items[i], command->name))
            continue; /* still there from another parent */
        if (alteration->only) {
            as_column(same)->inherited = false;
        } else if (as_column(same)->inherited) {
            struct alteration below = *alteration;

            below.recursing = true;
            alter_drop_column(&below, children.items[i], command);
        }
    }
    return OUTCOME_DONE;
}

/* --- defaults, not null, generation ----------------------------------------------------------- */

enum outcome alter_column_default(struct alteration *alteration, struct object *object,
                                  AlterTableCmd *command)
{
    struct object *column = find_column(alteration, object, command);
    enum outcome outcome;

    if (!column)
        return interpret_failed(alteration->interpreter);
    outcome = column_set_default(alteration->interpreter, column, command->def, -1);
    tidy_column(alteration, column);
    if (outcome == OUTCOME_DONE && object->kind == KIND_TABLE)
        outcome = alter_children(alteration, object, command, alter_column_default);
    return outcome;
}

enum outcome alter_drop_not_null(struct alteration *alteration, struct object *object,
                                 AlterTableCmd *command)
{
    struct interpreter *interpreter = alteration->interpreter;
    struct object *column = find_column(alteration, object, command);
    struct object *not_null = column ? object_child(column, KIND_NOT_NULL, "") : NULL;

    if (!column)
        return interpret_failed(interpreter);
    if (!not_null || (alteration->recursing && !as_not_null(not_null)->inherited))
        return OUTCOME_DONE;
    interpret_remove(interpreter, not_null);
    return alter_children(alteration, object, command, alter_drop_not_null);
}

enum outcome alter_set_not_null(struct alteration *alteration, struct object *object,
                                AlterTableCmd *command)
{
    struct interpreter *interpreter = alteration->interpreter;
    struct object *column = find_column(alteration, object, command);

    if (!column)
        return interpret_failed(interpreter);
    if (alteration->only)
        column_set_not_null(interpreter, column, NULL, false, false, -1);
    else
        column_declare_not_null(interpreter, column, NULL, false, -1);
    return OUTCOME_DONE;
}

enum outcome alter_set_expression(struct alteration *alteration, struct object *object,
                                  AlterTableCmd *command)
{
    struct interpreter *interpreter = alteration->interpreter;
    struct object *column = find_column(alteration, object, command);
    const char *text;

    if (!column)
        return interpret_failed(interpreter);
    text = interpret_expression(interpreter, command->def);
    if (!text)
        return OUTCOME_FAILED;
    as_column(column)->generation = (struct expression){.written = text};
    column->search_path = interpreter->search_path;
    return alter_children(alteration, object, command, alter_set_expression);
}

enum outcome alter_drop_expression(struct alteration *alteration, struct object *object,
                                   AlterTableCmd *command)
{
    struct object *column = find_column(alteration, object, command);

    if (!column)
        return interpret_failed(alteration->interpreter);
    if (!as_column(column)->generated && !command->missing_ok)
        return interpret_fail(alteration->interpreter, -1,
                              "column \"%s\" is not a generated column", command->name);
    as_column(column)->generated = NULL;
    as_column(column)->generation = (struct expression){0};
    return alter_children(alteration, object, command, alter_drop_expression);
}

/* --- statistics, options, storage ------------------------------------------------------------- */

/* "3=100": the target of an index's third key, replacing an earlier one; -1 takes it out. */
static void set_index_statistics(struct interpreter *interpreter, struct index *index, int number,
                                 int target)
{
    const char *prefix = arena_printf(interpreter->arena, "%d=", number);
    struct text_list kept = {0};

    for (size_t i = 0; i < index->statistics.count; i++)
        if (strncmp(index->statistics.items[i], prefix, strlen(prefix)) != 0)
            text_list_add(&kept, interpreter->arena, index->statistics.items[i]);
    if (target >= 0)
        text_list_add(&kept, interpreter->arena,
                      arena_printf(interpreter->arena, "%s%d", prefix, target));
    text_list_sort(&kept);
    index->statistics = kept;
}

enum outcome alter_column_statistics(struct alteration *alteration, struct object *object,
                                     AlterTableCmd *command)
{
    int target = command->def && IsA(command->def, Integer) ? intVal(command->def) : -1;
    struct object *column;

    if (object->kind == KIND_INDEX) {
        set_index_statistics(alteration->interpreter, as_index(object), command->num, target);
        return OUTCOME_DONE;
    }
    if (!command->name)
        return interpret_fail(alteration->interpreter, -1,
                              "a column's number can be used for indexes only");
    column = find_column(alteration, object, command);
    if (!column)
        return interpret_failed(alteration->interpreter);
    as_column(column)->statistics = target;
    tidy_column(alteration, column);
    return alter_children(alteration, object, command, alter_column_statistics);
}

static enum outcome change_column_options(struct alteration *alteration, struct object *object,
                                          AlterTableCmd *command, bool reset)
{
    struct object *column = find_column(alteration, object, command);

    if (!column)
        return interpret_failed(alteration->interpreter);
    alter_options(alteration->interpreter, &as_column(column)->options, (List *)command->def,
                  reset);
    tidy_column(alteration, column);
    return OUTCOME_DONE;
}

enum outcome alter_set_column_options(struct alteration *alteration, struct object *object,
                                      AlterTableCmd *command)
{
    return change_column_options(alteration, object, command, false);
}

enum outcome alter_reset_column_options(struct alteration *alteration, struct object *object,
                                        AlterTableCmd *command)
{
    return change_column_options(alteration, object, command, true);
}

/* The type of a column; of a view's where it is known. */
static const char *column_type(const struct object *column)
{
    return as_column(column)->type ? as_column(column)->type : "text";
}

enum outcome alter_column_storage(struct alteration *alteration, struct object *object,
                                  AlterTableCmd *command)
{
    struct object *column = find_column(alteration, object, command);

    if (!column)
        return interpret_failed(alteration->interpreter);
    as_column(column)->storage =
        column_storage(alteration->interpreter, column_type(column), strVal(command->def));
    tidy_column(alteration, column);
    return alter_children(alteration, object, command, alter_column_storage);
}

enum outcome alter_column_compression(struct alteration *alteration, struct object *object,
                                      AlterTableCmd *command)
{
    struct object *column = find_column(alteration, object, command);

    if (!column)
        return interpret_failed(alteration->interpreter);
    as_column(column)->compression =
        column_compression(alteration->interpreter, strVal(command->def));
    tidy_column(alteration, column);
    return OUTCOME_DONE;
}

/* --- type ------------------------------------------------------------------------------------- */

static void change_identity_type(struct object *column, const char *from, const char *to)
{
    struct object *identity = object_child(column, KIND_IDENTITY, "");
    struct sequence_values values;

    if (!identity)
        return;
    values = sequence_values_of_identity(as_identity(identity), from);
    sequence_change_type(&values, to);
    sequence_values_to_identity(&values, as_identity(identity));
}

/* A string constant and nothing more. */
static bool is_literal(const char *text)
{
    size_t length = strlen(text);

    if (length < 2 || text[0] != '\'' || text[length - 1] != '\'')
        return false;
    for (size_t i = 1; i + 1 < length; i++)
        if (text[i] == '\'' && text[++i] != '\'')
            return false;
    return true;
}

/* The type without its modifier: a constant of it has none. */
static const char *bare_type(struct interpreter *interpreter, const char *type)
{
    const char *open = strchr(type, '(');
    const char *close = open ? strchr(open, ')') : NULL;

    if (strncmp(type, "character(", strlen("character(")) == 0)
        return arena_printf(interpreter->arena, "bpchar%s", close + 1);
    if (!close || strchr(type, '"'))
        return type;
    return arena_printf(interpreter->arena, "%.*s%s", (int)(open - type), type, close + 1);
}

/* The server converts the default it has: a constant of the old type. Other expressions have a type of
 * their own, and are converted to the new one as they were to the old. */
static void change_default_type(struct interpreter *interpreter, struct object *column,
                                const char *from)
{
    struct object *object = object_child(column, KIND_DEFAULT, "");
    struct expression *expression;

    if (!object || !is_literal(as_default_value(object)->expression.written))
        return;
    expression = &as_default_value(object)->expression;
    expression->written = arena_printf(interpreter->arena, "CAST(%s AS %s)", expression->written,
                                       bare_type(interpreter, from));
}

enum outcome alter_column_type(struct alteration *alteration, struct object *object,
                               AlterTableCmd *command)
{
    struct interpreter *interpreter = alteration->interpreter;
    ColumnDef *definition = castNode(ColumnDef, command->def);
    struct object *column = find_column(alteration, object, command);
    struct column_spec spec;
    enum outcome outcome;

    if (!column)
        return interpret_failed(interpreter);
    outcome = column_prepare(interpreter, definition, &spec);
    if (outcome != OUTCOME_DONE)
        return outcome;
    change_identity_type(column, as_column(column)->type, spec.type);
    if (strcmp(as_column(column)->type, spec.type) != 0)
        change_default_type(interpreter, column, as_column(column)->type);
    as_column(column)->type = spec.type;
    as_column(column)->collation = spec.collation;
    as_column(column)->storage = NULL; /* the server takes the new type's */
    as_column(column)->compression = NULL;
    columns_changed(interpreter, object);
    return alter_children(alteration, object, command, alter_column_type);
}

/* --- identity --------------------------------------------------------------------------------- */

enum outcome alter_add_identity(struct alteration *alteration, struct object *object,
                                AlterTableCmd *command)
{
    struct interpreter *interpreter = alteration->interpreter;
    struct object *column = find_column(alteration, object, command);
    const Constraint *definition = castNode(Constraint, command->def);

    if (!column)
        return interpret_failed(interpreter);
    return column_set_identity(interpreter, column, definition->generated_when, definition->options,
                               -1);
}

enum outcome alter_set_identity(struct alteration *alteration, struct object *object,
                                AlterTableCmd *command)
{
    struct interpreter *interpreter = alteration->interpreter;
    struct object *column = find_column(alteration, object, command);
    struct object *identity = column ? object_child(column, KIND_IDENTITY, "") : NULL;
    struct sequence_values values;
    ListCell *cell;

    if (!column)
        return interpret_failed(interpreter);
    if (!identity)
        return command->missing_ok
                   ? OUTCOME_DONE
                   : interpret_missing(interpreter, -1, "column \"%s\" is not an identity column",
                                       command->name);
    values = sequence_values_of_identity(as_identity(identity), as_column(column)->type);
    if (!sequence_change_values(interpreter, (List *)command->def, &values))
        return interpret_failed(interpreter);
    sequence_values_to_identity(&values, as_identity(identity));
    foreach (cell, (List *)command->def) {
        const DefElem *option = lfirst(cell);

        if (strcmp(option->defname, "generated") == 0)
            as_identity(identity)->mode =
                option->arg && intVal(option->arg) == 'a' ? "always" : "by default";
    }
    return OUTCOME_DONE;
}

enum outcome alter_drop_identity(struct alteration *alteration, struct object *object,
                                 AlterTableCmd *command)
{
    struct object *column = find_column(alteration, object, command);
    struct object *identity = column ? object_child(column, KIND_IDENTITY, "") : NULL;

    if (!column)
        return interpret_failed(alteration->interpreter);
    if (identity)
        interpret_remove(alteration->interpreter, identity);
    else if (!command->missing_ok)
        return interpret_missing(alteration->interpreter, -1,
                                 "column \"%s\" is not an identity column", command->name);
    return OUTCOME_DONE;
}
