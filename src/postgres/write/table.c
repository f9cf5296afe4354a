/* Tables as a whole: CREATE TABLE with all that is part of it, and the settings of a table. */
#include "postgres/write/write.h"

#include <stdlib.h>
#include <string.h>

#include "model/fields.h"

/* --- create ---------------------------------------------------------------------------------------- */

/* The lines between the parentheses. */
struct lines {
    struct buffer text;
    size_t count;
};

static void begin_line(struct lines *lines)
{
    buffer_append(&lines->text, lines->count++ ? ",\n    " : "\n    ");
}

static int compare_positions(const void *a, const void *b)
{
    const struct object *x = *(struct object *const *)a;
    const struct object *y = *(struct object *const *)b;
    int64_t p = as_column(x)->position;
    int64_t q = as_column(y)->position;

    return p != q ? (p < q ? -1 : 1) : strcmp(x->name, y->name);
}

/* The columns that are part of the statement, in their order. */
static struct pointer_list folded_columns(struct arena *arena, const struct pointer_list *folded)
{
    struct pointer_list columns = {0};

    for (size_t i = 0; i < folded->count; i++) {
        struct object *object = folded->items[i];

        if (object->kind == KIND_COLUMN)
            pointer_list_add(&columns, arena, object);
    }
    if (columns.count)
        qsort(columns.items, columns.count, sizeof(*columns.items), compare_positions);
    return columns;
}

/* A column that the table has by its type, its parent or its partitioned table: only what is its own
 * is said, if anything. */
static void append_given_column(const struct step_sink *sink, struct lines *lines,
                                const struct object *column, const char *words,
                                const struct pointer_list *folded)
{
    struct buffer constraints = BUFFER_EMPTY;

    write_column_constraints(sink, &constraints, column, folded);
    if (constraints.length) {
        begin_line(lines);
        buffer_printf(&lines->text, "%s%s%s", write_name(sink, column->name), words,
                      buffer_text(&constraints));
    }
    buffer_free(&constraints);
}

static void append_copied_not_null(const struct step_sink *sink, struct lines *lines,
                                   const struct object *column)
{
    const struct object *own = object_child(column, KIND_NOT_NULL, "");

    if (!own && !write_parent_is_not_null(column))
        return;
    if (own && !own->implied && as_not_null(own)->constraint_name)
        buffer_printf(&lines->text, " CONSTRAINT %s",
                      write_name(sink, as_not_null(own)->constraint_name));
    buffer_append(&lines->text, " NOT NULL");
}

/* A partition that is made alone and attached afterwards needs all that the partitioned table has,
 * although both then count it as inherited. */
static void append_copied_column(const struct step_sink *sink, struct lines *lines,
                                 const struct object *column, const struct pointer_list *folded)
{
    const struct object *own = object_child(column, KIND_DEFAULT, "");
    const struct column *fields = as_column(column);

    begin_line(lines);
    buffer_printf(&lines->text, "%s %s", write_name(sink, column->name), fields->type);
    if (fields->collation)
        buffer_printf(&lines->text, " COLLATE %s", fields->collation);
    if (fields->generated)
        buffer_printf(&lines->text, " GENERATED ALWAYS AS %s %s",
                      write_parenthesized(sink, write_expression(&fields->generation)),
                      strcmp(fields->generated, "virtual") == 0 ? "VIRTUAL" : "STORED");
    append_copied_not_null(sink, lines, column);
    if (own && pointer_list_contains(folded, own))
        buffer_printf(&lines->text, " DEFAULT %s",
                      write_default_text(sink, &as_default_value(own)->expression));
}

static void append_copied_checks(const struct step_sink *sink, struct lines *lines,
                                 const struct object *parent)
{
    const struct object *attachment = object_child(parent, KIND_ATTACHMENT, "");

    if (attachment && as_attachment(attachment)->table)
        append_copied_checks(sink, lines, as_attachment(attachment)->table);
    for (struct object *check = NULL; (check = object_next_child(parent, KIND_CHECK, check));) {
        if (as_check_constraint(check)->no_inherit || as_check_constraint(check)->inherited)
            continue;
        begin_line(lines);
        buffer_append(&lines->text, write_constraint_clause(sink, check));
    }
}

static void append_columns(const struct step_sink *sink, struct lines *lines,
                           const struct object *table, const struct pointer_list *columns,
                           const struct pointer_list *folded, bool partition)
{
    const struct object *attachment = object_child(table, KIND_ATTACHMENT, "");
    bool alone = attachment && !partition;

    for (size_t i = 0; i < columns->count; i++) {
        const struct object *column = columns->items[i];

        if (as_table(table)->of_type) {
            append_given_column(sink, lines, column, " WITH OPTIONS", folded);
        } else if (as_column(column)->inherited) {
            if (partition)
                append_given_column(sink, lines, column, "", folded);
            else if (alone)
                append_copied_column(sink, lines, column, folded);
        } else {
            begin_line(lines);
            write_column_definition(sink, &lines->text, column, folded);
        }
    }
    if (alone && as_attachment(attachment)->table)
        append_copied_checks(sink, lines, as_attachment(attachment)->table);
}

static void append_constraints(const struct step_sink *sink, struct lines *lines,
                               const struct pointer_list *folded)
{
    for (size_t i = 0; i < folded->count; i++) {
        const struct object *object = folded->items[i];

        switch (object->kind) {
        case KIND_CHECK:
            if (as_check_constraint(object)->inherited)
                continue;
            break;
        case KIND_PRIMARY_KEY:
        case KIND_UNIQUE:
        case KIND_EXCLUSION:
            break;
        default:
            continue;
        }
        if (object->implied)
            continue;
        begin_line(lines);
        buffer_append(&lines->text, write_constraint_clause(sink, object));
    }
}

static const char *parent_names(const struct step_sink *sink, const struct pointer_list *parents)
{
    struct buffer names = BUFFER_EMPTY;

    for (size_t i = 0; i < parents->count; i++) {
        buffer_separate(&names, 0, ", ");
        buffer_append(&names, write_path(sink, parents->items[i]));
    }
    return buffer_take(&names, sink->arena);
}

static void append_storage(const struct step_sink *sink, struct buffer *sql,
                           const struct table *table)
{
    if (table->inherits.count)
        buffer_printf(sql, "\nINHERITS (%s)", parent_names(sink, &table->inherits));
    if (table->partition_strategy)
        buffer_printf(sql, "\nPARTITION BY %s (%s)", table->partition_strategy,
                      write_expressions(sink, &table->partition_keys));
    if (table->access_method)
        buffer_printf(sql, "\nUSING %s", write_name(sink, table->access_method));
    if (table->options.count)
        buffer_printf(sql, "\nWITH (%s)", write_options(sink, &table->options));
    if (table->tablespace)
        buffer_printf(sql, "\nTABLESPACE %s", write_name(sink, table->tablespace));
}

/* The attachment, where it is part of the statement: CREATE TABLE ... PARTITION OF. */
static const struct attachment *folded_attachment(const struct object *table,
                                                  const struct pointer_list *folded)
{
    const struct object *object = object_child(table, KIND_ATTACHMENT, "");

    return object && pointer_list_contains(folded, object) ? as_attachment(object) : NULL;
}

/* Defaults of inherited columns that INHERITS alone would not bring. */
static void write_inherited_defaults(struct step_sink *sink, const struct pointer_list *columns,
                                     const struct pointer_list *folded)
{
    for (size_t i = 0; i < columns->count; i++) {
        const struct object *column = columns->items[i];
        const struct object *parent = write_parent_column(column);
        const struct object *own = object_child(column, KIND_DEFAULT, "");
        const struct object *not_null = object_child(column, KIND_NOT_NULL, "");
        const struct object *given = parent ? object_child(parent, KIND_DEFAULT, "") : NULL;

        if (!as_column(column)->inherited)
            continue;
        if (own && pointer_list_contains(folded, own) &&
            !(given &&
              field_equal(own, given,
                          &kind_fields(KIND_DEFAULT).items[field_default_value_expression])))
            pg_create(sink, own, NULL);
        if (not_null && pointer_list_contains(folded, not_null))
            pg_create(sink, not_null, NULL);
    }
}

static void create_table(struct step_sink *sink, const struct object *object,
                         const struct pointer_list *folded)
{
    const struct table *table = as_table(object);
    const struct attachment *attachment = folded_attachment(object, folded);
    struct pointer_list columns = folded_columns(sink->arena, folded);
    struct lines lines = {.text = BUFFER_EMPTY};
    struct buffer sql = BUFFER_EMPTY;
    struct step *step;

    buffer_printf(&sql, "CREATE %s%s %s", table->unlogged ? "UNLOGGED " : "",
                  write_relation_word(object), write_path(sink, object));
    if (attachment)
        buffer_printf(&sql, " PARTITION OF %s", write_path(sink, attachment->table));
    else if (table->of_type)
        buffer_printf(&sql, " OF %s", table->of_type);
    append_columns(sink, &lines, object, &columns, folded, attachment != NULL);
    append_constraints(sink, &lines, folded);
    if (lines.count)
        buffer_printf(&sql, " (%s\n)", buffer_text(&lines.text));
    else if (!attachment && !table->of_type)
        buffer_append(&sql, " ()");
    buffer_free(&lines.text);
    if (attachment)
        buffer_printf(&sql, "\n%s", attachment->bound);
    append_storage(sink, &sql, table);
    if (table->server)
        buffer_printf(&sql, "\nSERVER %s%s", write_name(sink, table->server),
                      write_server_options(sink, &table->server_options));
    step = write_buffer(sink, LOCK_NONE, &sql);
    if (attachment && write_present(sink, attachment->table)) {
        step->lock = LOCK_ACCESS_EXCLUSIVE;
        step->locked = attachment->table;
        write_beside_default(sink, step, attachment);
    }
    if (!attachment && !object_child(object, KIND_ATTACHMENT, ""))
        write_inherited_defaults(sink, &columns, folded);
    write_serial_rest(sink, folded);
    for (size_t i = 0; i < columns.count; i++)
        write_column_extras(sink, columns.items[i]);
}

/* --- drop ------------------------------------------------------------------------------------------ */

static bool has_numbering(const struct object *table)
{
    for (const struct object *column = NULL;
         (column = object_next_child(table, KIND_COLUMN, column));)
        if (object_child(column, KIND_IDENTITY, ""))
            return true;
    return false;
}

/* True when the table has no rows of its own, and all its partitions stay as something else. */
static bool is_emptied(const struct step_sink *sink, const struct object *table)
{
    const struct model *from = sink->from;

    if (!as_table(table)->partition_strategy || has_numbering(table))
        return false;
    for (size_t i = model_first_of(from, KIND_ATTACHMENT); from && i < from->count; i++) {
        const struct object *object = from->objects[i];

        if (object->kind != KIND_ATTACHMENT)
            break;
        if (!object->removed && as_attachment(object)->table == table &&
            !write_wanted(sink, object->parent))
            return false;
    }
    return true;
}

static void drop_table(struct step_sink *sink, const struct object *object)
{
    struct step *step;

    if (sink->carried) {
        write_put_aside(sink, object);
        return;
    }
    if (write_is_referenced(sink, object))
        write_statement(
            sink, LOCK_ACCESS_EXCLUSIVE, "ALTER TABLE %s DETACH PARTITION %s",
            write_path(sink, as_attachment(object_child(object, KIND_ATTACHMENT, ""))->table),
            write_path(sink, object));
    step = write_statement(sink, LOCK_ACCESS_EXCLUSIVE, "DROP %s %s", write_relation_word(object),
                           write_path(sink, object));

    if (as_table(object)->server && write_wanted(sink, object))
        return; /* its rows are elsewhere */
    if (write_wanted(sink, object))
        write_hazard(sink, step, HAZARD_RECREATE_TABLE);
    else if (object_child(object, KIND_ATTACHMENT, ""))
        write_hazard(sink, step, HAZARD_DROP_PARTITION);
    else if (!is_emptied(sink, object))
        write_hazard(sink, step, HAZARD_DROP_TABLE);
}

/* --- alter ----------------------------------------------------------------------------------------- */

static bool has_parent(const struct pointer_list *parents, const struct object *table)
{
    for (size_t i = 0; i < parents->count; i++) {
        const struct object *parent = parents->items[i];

        if (strcmp(parent->key, table->key) == 0)
            return true;
    }
    return false;
}

/* What the parent has in the place of the table's column, check, or column's NOT NULL. */
static const struct object *same_in(const struct object *parent, const struct object *object)
{
    if (object->kind == KIND_NOT_NULL)
        parent = object_child(parent, KIND_COLUMN, object->parent->name);
    return parent ? object_child(parent, object->kind, object->name) : NULL;
}

bool write_goes_with_parent(const struct step_sink *sink, const struct object *object)
{
    const struct object *table = write_relation(object);
    const struct object *wanted = write_wanted(sink, table);

    if (table->kind != KIND_TABLE || !wanted || write_wanted(sink, object) ||
        (object->kind == KIND_NOT_NULL && !write_wanted(sink, object->parent)))
        return false;
    for (size_t i = 0; i < as_table(table)->inherits.count; i++) {
        const struct object *parent = as_table(table)->inherits.items[i];

        if (!has_parent(&as_table(wanted)->inherits, parent) && same_in(parent, object))
            return true;
    }
    return false;
}

/* What came from a parent that the table has left, and is not wanted. */
static void drop_left(struct step_sink *sink, const struct object *before)
{
    for (const struct object *child = before->first_child; child; child = child->next_sibling) {
        const struct object *not_null =
            child->kind == KIND_COLUMN ? object_child(child, KIND_NOT_NULL, "") : NULL;

        if (not_null && write_goes_with_parent(sink, not_null))
            write_drop_not_null(sink, not_null);
        if (child->kind == KIND_CHECK && write_goes_with_parent(sink, child))
            write_drop_constraint(sink, child);
    }
    for (const struct object *column = NULL;
         (column = object_next_child(before, KIND_COLUMN, column)) != NULL;)
        if (write_goes_with_parent(sink, column))
            write_drop_column(sink, column);
}

/* New parents come first: what they have as the old ones have stays inherited. */
static void alter_inheritance(struct step_sink *sink, const struct object *before,
                              const struct object *after)
{
    const struct pointer_list *old = &as_table(before)->inherits;
    const struct pointer_list *new = &as_table(after)->inherits;
    const char *alter = write_alter_relation(sink, after);

    for (size_t i = 0; i < new->count; i++) {
        if (has_parent(old, new->items[i]))
            continue;
        write_begin_inheriting(sink, before, after, new->items[i]);
    }
    for (size_t i = 0; i < old->count; i++)
        if (!has_parent(new, old->items[i]))
            write_statement(sink, LOCK_ACCESS_EXCLUSIVE, "%s NO INHERIT %s", alter,
                            write_path(sink, old->items[i]));
    drop_left(sink, before);
}

/* The sequences of identity columns have become what the table is: those that stay something else. */
static void keep_persistence(struct step_sink *sink, const struct object *table)
{
    for (const struct object *column = NULL;
         (column = object_next_child(table, KIND_COLUMN, column)) != NULL;) {
        const struct object *identity = object_child(column, KIND_IDENTITY, "");
        const struct object *before = identity ? write_present(sink, identity) : NULL;

        if (before && as_identity(before)->own_persistence &&
            as_identity(identity)->own_persistence)
            write_identity_persistence(sink, identity);
    }
}

static void alter_storage(struct step_sink *sink, const struct object *after, uint64_t changed)
{
    const struct table *table = as_table(after);
    const char *alter = write_alter_relation(sink, after);

    if (fields_has(changed, field_table_unlogged)) {
        write_rewrites(sink, write_statement(sink, LOCK_ACCESS_EXCLUSIVE, "%s SET %s", alter,
                                             table->unlogged ? "UNLOGGED" : "LOGGED"));
        keep_persistence(sink, after);
    }
    if (fields_has(changed, field_table_access_method))
        write_rewrites(sink,
                       write_statement(
                           sink, LOCK_ACCESS_EXCLUSIVE, "%s SET ACCESS METHOD %s", alter,
                           table->access_method ? write_name(sink, table->access_method) : "heap"));
    if (fields_has(changed, field_table_tablespace))
        write_rewrites(sink,
                       write_statement(sink, LOCK_ACCESS_EXCLUSIVE, "%s SET TABLESPACE %s", alter,
                                       table->tablespace ? write_name(sink, table->tablespace)
                                                         : "pg_default"));
}

/* Most storage parameters need a weak lock; a few change how queries are planned or read. */
static enum step_lock options_lock(const struct text_list *before, const struct text_list *after)
{
    const struct text_list *lists[] = {before, after};

    for (size_t i = 0; i < 2; i++)
        for (size_t j = 0; j < lists[i]->count; j++)
            if (strncmp(lists[i]->items[j], "user_catalog_table", 18) == 0 &&
                !text_list_contains(lists[1 - i], lists[i]->items[j]))
                return LOCK_ACCESS_EXCLUSIVE;
    return LOCK_SHARE_UPDATE_EXCLUSIVE;
}

static void alter_table(struct step_sink *sink, const struct object *before,
                        const struct object *after, uint64_t changed)
{
    const struct table *old = as_table(before);
    const struct table *table = as_table(after);
    const char *alter = write_alter_relation(sink, after);

    if (fields_has(changed, field_table_inherits))
        alter_inheritance(sink, before, after);
    if (fields_has(changed, field_table_of_type) && table->of_type)
        write_statement(sink, LOCK_ACCESS_EXCLUSIVE, "%s OF %s", alter, table->of_type);
    else if (fields_has(changed, field_table_of_type))
        write_statement(sink, LOCK_ACCESS_EXCLUSIVE, "%s NOT OF", alter);
    alter_storage(sink, after, changed);
    if (fields_has(changed, field_table_options))
        write_option_changes(sink, options_lock(&old->options, &table->options), alter,
                             &old->options, &table->options);
    if (fields_has(changed, field_table_server_options))
        write_statement(
            sink, LOCK_ACCESS_EXCLUSIVE, "%s%s", alter,
            write_server_option_changes(sink, &old->server_options, &table->server_options));
}

static void rename_table(struct step_sink *sink, const struct object *object)
{
    const char *name = object_present_name(object);

    write_move(sink, LOCK_ACCESS_EXCLUSIVE, "TABLE", object, "");
    if (object->former_schema)
        write_rename_moved_sequences(sink, object);
    write_rename(sink, LOCK_ACCESS_EXCLUSIVE, "TABLE", object, "");
    if (strcmp(name, object->name) == 0)
        return;
    for (const struct object *column = object->first_child; column; column = column->next_sibling)
        if (column->kind == KIND_COLUMN)
            write_rename_chosen(sink, column, name, object_present_name(column));
}

const struct writer write_table_writer = {
    .create = create_table,
    .drop = drop_table,
    .alter = alter_table,
    .rename = rename_table,
};

/* --- the options that a foreign table and its columns have for their server ------------------------ */

/* The part before "=", and what follows it as a literal. */
static const char *name_in(const struct step_sink *sink, const char *option)
{
    return write_name(sink, arena_strndup(sink->arena, option, strcspn(option, "=")));
}

static const char *value_in(const struct step_sink *sink, const char *option)
{
    const char *mark = strchr(option, '=');

    return write_literal(sink, mark ? mark + 1 : "");
}

/* True when the list has an option of that name. */
static bool has_name(const struct text_list *options, const char *option)
{
    size_t length = strcspn(option, "=") + 1;

    for (size_t i = 0; i < options->count; i++)
        if (strncmp(options->items[i], option, length) == 0)
            return true;
    return false;
}

const char *write_server_options(const struct step_sink *sink, const struct text_list *options)
{
    struct buffer text = BUFFER_EMPTY;

    for (size_t i = 0; i < options->count; i++)
        buffer_printf(&text, "%s%s %s", i ? ", " : " OPTIONS (", name_in(sink, options->items[i]),
                      value_in(sink, options->items[i]));
    if (options->count)
        buffer_append(&text, ")");
    return buffer_take(&text, sink->arena);
}

const char *write_server_option_changes(const struct step_sink *sink,
                                        const struct text_list *before,
                                        const struct text_list *after)
{
    struct buffer text = BUFFER_EMPTY;

    buffer_append(&text, " OPTIONS (");
    for (size_t i = 0; i < before->count; i++)
        if (!has_name(after, before->items[i])) {
            buffer_separate(&text, strlen(" OPTIONS ("), ", ");
            buffer_printf(&text, "DROP %s", name_in(sink, before->items[i]));
        }
    for (size_t i = 0; i < after->count; i++)
        if (!text_list_contains(before, after->items[i])) {
            buffer_separate(&text, strlen(" OPTIONS ("), ", ");
            buffer_printf(&text, "%s %s %s", has_name(before, after->items[i]) ? "SET" : "ADD",
                          name_in(sink, after->items[i]), value_in(sink, after->items[i]));
        }
    buffer_append(&text, ")");
    return buffer_take(&text, sink->arena);
}
