/* Columns of tables, with their NOT NULL marks and defaults. */
#include "postgres/write/write.h"

#include <inttypes.h>
#include <string.h>

#include "model/fields.h"
#include "postgres/facts/name.h"

/* --- definitions ----------------------------------------------------------------------------------- */

/* A table that is made while the one that it replaces is put aside: that one still has the name, and the server would
 * choose another. */
static bool is_beside_old(const struct step_sink *sink, const struct object *not_null)
{
    return sink->action == ACTION_CREATE && sink->object && sink->object->kind == KIND_TABLE &&
           write_present(sink, not_null);
}

static void append_not_null(const struct step_sink *sink, struct buffer *sql,
                            const struct object *object)
{
    const struct not_null *not_null = as_not_null(object);

    if (write_can(sink, PG_CAN_NOT_NULL_CONSTRAINT) &&
        (not_null->constraint_name || is_beside_old(sink, object)))
        buffer_printf(sql, " CONSTRAINT %s", write_not_null_name(sink, object));
    buffer_append(sql, " NOT NULL");
    if (not_null->no_inherit)
        buffer_append(sql, " NO INHERIT");
}

bool write_not_null_is_inherited(const struct step_sink *sink, const struct object *object)
{
    const struct object *parent;
    const struct object *other;

    if (!write_follows_parent(sink, object->parent->parent))
        return false;
    if (as_not_null(object)->inherited || object->implied)
        return true;
    if (!as_column(object->parent)->inherited)
        return false;
    if (write_can(sink, PG_CAN_NOT_NULL_CONSTRAINT) && !write_present(sink, object->parent->parent))
        return false; /* a new partition declares it by itself, and has a name for it */
    /* Before version 18 nothing says so: it follows from the parent. */
    parent = write_parent_column(object->parent);
    other = parent ? object_child(parent, KIND_NOT_NULL, "") : NULL;
    return other && !as_not_null(other)->no_inherit;
}

static bool same_expression(const struct expression *a, const struct expression *b)
{
    if (a->canonical && b->canonical)
        return strcmp(a->canonical, b->canonical) == 0;
    return text_equal(a->written, b->written);
}

/* True when the column gets this default from its parent's column by itself. */
static bool default_is_inherited(const struct object *column, const struct object *default_value)
{
    const struct object *parent = as_column(column)->inherited ? write_parent_column(column) : NULL;
    const struct object *other = parent ? object_child(parent, KIND_DEFAULT, "") : NULL;

    return other && same_expression(&as_default_value(other)->expression,
                                    &as_default_value(default_value)->expression);
}

/* A column that is added to a table before that is attached has to be what the parent's is, under the name that a
 * partition gets from there. */
static void append_parents_not_null(const struct step_sink *sink, struct buffer *sql,
                                    const struct object *column)
{
    const struct object *not_null = NULL;

    if (!as_column(column)->inherited || write_follows_parent(sink, column->parent))
        return;
    while (!not_null && (column = write_parent_column(column)) != NULL)
        not_null = object_child(column, KIND_NOT_NULL, "");
    if (!not_null)
        return;
    if (write_can(sink, PG_CAN_NOT_NULL_CONSTRAINT))
        buffer_printf(sql, " CONSTRAINT %s", write_not_null_name(sink, not_null));
    buffer_append(sql, " NOT NULL");
}

void write_column_constraints(const struct step_sink *sink, struct buffer *sql,
                              const struct object *column, const struct pointer_list *folded)
{
    const struct column *fields = as_column(column);
    const struct object *child;

    if (fields->generated && !fields->inherited)
        buffer_printf(sql, " GENERATED ALWAYS AS %s %s",
                      write_parenthesized(sink, write_expression(&fields->generation)),
                      strcmp(fields->generated, "virtual") == 0 ? "VIRTUAL" : "STORED");
    child = object_child(column, KIND_NOT_NULL, "");
    if (child && pointer_list_contains(folded, child) && !write_not_null_is_inherited(sink, child))
        append_not_null(sink, sql, child);
    else if (!child)
        append_parents_not_null(sink, sql, column);
    child = object_child(column, KIND_IDENTITY, "");
    if (child && pointer_list_contains(folded, child) && !fields->inherited)
        buffer_printf(sql, " %s", write_identity_clause(sink, child));
    child = object_child(column, KIND_DEFAULT, "");
    if (child && pointer_list_contains(folded, child) &&
        !(default_is_inherited(column, child) && write_follows_parent(sink, column->parent)))
        buffer_printf(sql, " DEFAULT %s",
                      write_default_text(sink, &as_default_value(child)->expression));
}

void write_column_definition(const struct step_sink *sink, struct buffer *sql,
                             const struct object *column, const struct pointer_list *folded)
{
    const struct column *fields = as_column(column);
    const char *serial = write_serial_word(column, folded);

    buffer_printf(sql, "%s %s", write_name(sink, column->name), serial ? serial : fields->type);
    buffer_append(sql, write_server_options(sink, &fields->server_options));
    if (fields->compression)
        buffer_printf(sql, " COMPRESSION %s", fields->compression);
    if (fields->collation)
        buffer_printf(sql, " COLLATE %s", fields->collation);
    if (!serial)
        write_column_constraints(sink, sql, column, folded);
}

/* --- what a definition cannot say ------------------------------------------------------------------ */

/* "ALTER TABLE [ONLY] app.t": ONLY keeps a change from spreading to tables that inherit and have
 * their own say. */
static const char *alter_only(const struct step_sink *sink, const struct object *object)
{
    const struct object *relation = write_relation(object);

    if (!write_has_children(sink, relation))
        return write_alter_relation(sink, object);
    return arena_printf(sink->arena, "ALTER %s ONLY %s", write_relation_word(relation),
                        write_path(sink, relation));
}

static const char *alter_column(const struct step_sink *sink, const struct object *column)
{
    return arena_printf(sink->arena, "%s ALTER COLUMN %s", alter_only(sink, column),
                        write_name(sink, column->name));
}

/* The storage that columns of a built-in type have by themselves, for servers that do not know the
 * word DEFAULT here. */
static const char *own_storage(const struct step_sink *sink, const char *type)
{
    if (write_can(sink, PG_CAN_STORAGE_DEFAULT))
        return "DEFAULT";
    if (strncmp(type, "numeric", 7) == 0 || strcmp(type, "inet") == 0 || strcmp(type, "cidr") == 0)
        return "main";
    return "extended";
}

static void set_storage(struct step_sink *sink, const struct object *column)
{
    const char *storage = as_column(column)->storage;
    const char *type = as_column(column)->type;

    write_statement(sink, LOCK_ACCESS_EXCLUSIVE, "%s SET STORAGE %s", alter_column(sink, column),
                    storage ? storage : own_storage(sink, type ? type : ""));
}

static void set_statistics(struct step_sink *sink, const struct object *column)
{
    write_statement(sink, LOCK_SHARE_UPDATE_EXCLUSIVE, "%s SET STATISTICS %" PRId64,
                    alter_column(sink, column), as_column(column)->statistics);
}

/* An inherited column starts with the parent's default; its own may be another one, or none. */
static void write_own_default(struct step_sink *sink, const struct object *column)
{
    const struct object *parent = write_parent_column(column);
    const struct object *own = object_child(column, KIND_DEFAULT, "");

    if (!own && parent && object_child(parent, KIND_DEFAULT, ""))
        write_statement(sink, LOCK_ACCESS_EXCLUSIVE, "%s DROP DEFAULT", alter_column(sink, column));
}

/* -1 is the server's own target. A materialized view's columns exist only to carry what is set. */
static bool has_statistics(const struct column *column)
{
    return column->object.parent->kind == KIND_TABLE ? column->statistics >= 0
                                                     : column->statistics > 0;
}

void write_column_extras(struct step_sink *sink, const struct object *column)
{
    const struct column *fields = as_column(column);
    const struct object *parent = fields->inherited ? write_parent_column(column) : NULL;

    if (fields->inherited)
        write_own_default(sink, column);
    if (fields->storage && (!parent || !text_equal(as_column(parent)->storage, fields->storage)))
        set_storage(sink, column);
    if (has_statistics(fields))
        set_statistics(sink, column);
    if (fields->options.count)
        write_statement(sink, LOCK_SHARE_UPDATE_EXCLUSIVE, "%s SET (%s)",
                        alter_column(sink, column), write_options(sink, &fields->options));
}

/* --- create ---------------------------------------------------------------------------------------- */

/* Built-in functions that give another value in each row. */
static bool names_volatile_function(const char *text)
{
    static const char *const names[] = {"nextval(",   "random(",           "clock_timestamp(",
                                        "timeofday(", "gen_random_uuid(",  "uuid_generate_",
                                        "setval(",    "gen_random_bytes(", "uuidv4(",
                                        "uuidv7(",    "currval(",          "lastval("};

    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
        if (strstr(text, names[i]))
            return true;
    return false;
}

static bool is_volatile(const struct object *default_value)
{
    const struct expression *expression = &as_default_value(default_value)->expression;
    const char *text = expression->canonical ? expression->canonical : expression->written;

    for (size_t i = 0; i < default_value->needs.count; i++) {
        const struct object *needed = default_value->needs.items[i];

        if (needed->kind == KIND_FUNCTION &&
            text_equal(as_function(needed)->volatility, "volatile"))
            return true;
    }
    return text && names_volatile_function(text);
}

/* What adding the column does to the rows that are there. */
void write_judge_new_column(const struct step_sink *sink, struct step *step,
                            const struct object *column, const struct pointer_list *folded)
{
    const struct object *default_value = object_child(column, KIND_DEFAULT, "");
    const struct object *not_null = object_child(column, KIND_NOT_NULL, "");
    const struct object *identity = object_child(column, KIND_IDENTITY, "");
    const char *generated = as_column(column)->generated;

    if ((default_value && pointer_list_contains(folded, default_value) &&
         is_volatile(default_value)) ||
        (identity && pointer_list_contains(folded, identity)) ||
        (generated && strcmp(generated, "stored") == 0))
        write_rewrites(sink, step);
    if (not_null && pointer_list_contains(folded, not_null) && !generated && !identity &&
        !(default_value && pointer_list_contains(folded, default_value))) {
        write_hazard(sink, step, HAZARD_MAY_FAIL);
        write_ask_for_rows(sink, step, column);
    }
    if (generated && write_expression_may_fail(&as_column(column)->generation))
        write_hazard(sink, step, HAZARD_MAY_FAIL);
    if (write_type_has_conditions(sink, as_column(column)->type)) {
        write_rewrites(sink, step);
        write_hazard(sink, step, HAZARD_MAY_FAIL);
    }
}

/* True when the column comes, goes and changes with that of a parent or of the table's type. */
static bool follows_table(const struct step_sink *sink, const struct object *column)
{
    return (as_column(column)->inherited && write_follows_parent(sink, column->parent)) ||
           write_follows_type(sink, column->parent) ||
           (column->parent->kind == KIND_TABLE && write_column_is_brought(sink, column));
}

static void create_column(struct step_sink *sink, const struct object *object,
                          const struct pointer_list *folded)
{
    struct buffer sql = BUFFER_EMPTY;
    struct step *step;

    if (write_relation(object)->kind != KIND_TABLE) {
        write_column_extras(sink, object);
        return;
    }
    if (!follows_table(sink, object)) {
        buffer_printf(&sql, "%s ADD COLUMN ", write_alter_relation(sink, object));
        write_column_definition(sink, &sql, object, folded);
        step = write_buffer(sink, LOCK_ACCESS_EXCLUSIVE, &sql);
        write_judge_new_column(sink, step, object, folded);
        write_may_join(sink, step, write_alter_relation(sink, object));
    } else {
        const struct object *own = object_child(object, KIND_DEFAULT, "");
        const struct object *not_null = object_child(object, KIND_NOT_NULL, "");

        if (own && pointer_list_contains(folded, own) && !default_is_inherited(object, own))
            pg_create(sink, own, NULL);
        if (not_null && pointer_list_contains(folded, not_null))
            pg_create(sink, not_null, NULL);
    }
    write_serial_rest(sink, folded);
    write_column_extras(sink, object);
}

/* --- drop ------------------------------------------------------------------------------------------ */

/* A view's column is there only to carry what is said of it: that is unsaid. */
static void drop_settings(struct step_sink *sink, const struct object *column)
{
    const struct object *child = column->first_child;

    for (; child; child = child->next_sibling)
        pg_drop(sink, child);
    if (has_statistics(as_column(column)))
        write_statement(sink, LOCK_SHARE_UPDATE_EXCLUSIVE, "%s SET STATISTICS -1",
                        alter_column(sink, column));
}

void write_drop_column(struct step_sink *sink, const struct object *object)
{
    const struct object *wanted = write_wanted(sink, object);
    struct step *step =
        write_statement(sink, LOCK_ACCESS_EXCLUSIVE, "%s DROP COLUMN %s",
                        write_alter_relation(sink, object), write_name(sink, object->name));
    /* What is computed from other columns is not lost when it is computed anew. */
    if (!(as_column(object)->generated && wanted && as_column(wanted)->generated))
        write_hazard(sink, step, HAZARD_DROP_COLUMN);
    write_may_join(sink, step, write_alter_relation(sink, object));
}

static void drop_column(struct step_sink *sink, const struct object *object)
{
    if (write_relation(object)->kind != KIND_TABLE)
        drop_settings(sink, object);
    else if (!follows_table(sink, object) && !write_goes_with_parent(sink, object))
        write_drop_column(sink, object);
}

/* --- alter ----------------------------------------------------------------------------------------- */

static void alter_type(struct step_sink *sink, const struct object *before,
                       const struct object *after)
{
    const struct column *column = as_column(after);
    const char *name = write_name(sink, after->name);
    struct type_change change = write_type_change(sink, as_column(before)->type, column->type);
    bool collation = !text_equal(as_column(before)->collation, column->collation);
    struct buffer sql = BUFFER_EMPTY;
    struct step *step;

    buffer_printf(&sql, "%s ALTER COLUMN %s TYPE %s", write_alter_relation(sink, after), name,
                  column->type);
    if (column->collation)
        buffer_printf(&sql, " COLLATE %s", column->collation);
    if (change.cast && !column->generated)
        buffer_printf(&sql, " USING %s", write_cast_of(sink, &change, name));
    step = write_buffer(sink, LOCK_ACCESS_EXCLUSIVE, &sql);
    write_type_hazards(sink, step, &change);
    if (collation && !change.rewrites)
        write_scans(sink, step);
    if (write_comparison_may_fail(sink, before, after, column->type))
        write_hazard(sink, step, HAZARD_MAY_FAIL);
    if (!change.cast)
        write_ask_for_misfits(sink, step, after);
    write_may_join(sink, step, write_alter_relation(sink, after));
}

static void alter_generation(struct step_sink *sink, const struct object *after)
{
    const struct column *column = as_column(after);
    struct step *step;

    if (!column->generated) {
        write_statement(sink, LOCK_ACCESS_EXCLUSIVE, "%s ALTER COLUMN %s DROP EXPRESSION",
                        write_alter_relation(sink, after), write_name(sink, after->name));
        return;
    }
    step = write_statement(sink, LOCK_ACCESS_EXCLUSIVE, "%s ALTER COLUMN %s SET EXPRESSION AS %s",
                           write_alter_relation(sink, after), write_name(sink, after->name),
                           write_parenthesized(sink, write_expression(&column->generation)));
    if (strcmp(column->generated, "stored") != 0)
        return;
    write_rewrites(sink, step);
    if (write_expression_may_fail(&column->generation))
        write_hazard(sink, step, HAZARD_MAY_FAIL);
}

static void alter_settings(struct step_sink *sink, const struct object *before,
                           const struct object *after, uint64_t changed)
{
    const struct column *column = as_column(after);

    if (fields_has(changed, field_column_storage))
        set_storage(sink, after);
    if (fields_has(changed, field_column_compression))
        write_statement(sink, LOCK_ACCESS_EXCLUSIVE, "%s SET COMPRESSION %s",
                        alter_column(sink, after),
                        column->compression ? column->compression : "DEFAULT");
    if (fields_has(changed, field_column_statistics))
        set_statistics(sink, after);
    if (fields_has(changed, field_column_options))
        write_option_changes(sink, LOCK_SHARE_UPDATE_EXCLUSIVE, alter_column(sink, after),
                             &as_column(before)->options, &column->options);
    if (fields_has(changed, field_column_server_options))
        write_statement(sink, LOCK_ACCESS_EXCLUSIVE, "%s%s", alter_column(sink, after),
                        write_server_option_changes(sink, &as_column(before)->server_options,
                                                    &column->server_options));
}

/* A column that the table declares, and has from a parent as well: its type is the parent's. */
static bool is_merged(const struct step_sink *sink, const struct object *column)
{
    const struct object *present = write_present(sink, column);

    return write_follows_parent(sink, column->parent) && write_parent_column(column) && present &&
           write_parent_column(present);
}

static void alter_column_fields(struct step_sink *sink, const struct object *before,
                                const struct object *after, uint64_t changed)
{
    bool follows = follows_table(sink, before) && follows_table(sink, after);

    if (write_relation(after)->kind == KIND_TABLE && !follows) {
        /* A new expression is to be computed with the new type, an old one dropped before it. */
        if (fields_has(changed, field_column_generated))
            alter_generation(sink, after);
        if ((fields_has(changed, field_column_type) ||
             fields_has(changed, field_column_collation)) &&
            !is_merged(sink, after))
            alter_type(sink, before, after);
        if (fields_has(changed, field_column_generation) && as_column(after)->generated)
            alter_generation(sink, after);
    }
    alter_settings(sink, before, after, changed);
}

static void rename_not_null(struct step_sink *sink, const struct object *column,
                            const char *former_table, const char *former_column)
{
    const struct object *not_null = object_child(column, KIND_NOT_NULL, "");

    if (!not_null || as_not_null(not_null)->constraint_name ||
        !write_can(sink, PG_CAN_NOT_NULL_CONSTRAINT) || write_not_null_is_inherited(sink, not_null))
        return;
    write_statement(
        sink, LOCK_ACCESS_EXCLUSIVE, "%s RENAME CONSTRAINT %s TO %s",
        write_alter_relation(sink, column),
        write_name(sink, pg_chosen_name(sink->arena, former_table, former_column, "not_null")),
        write_name(sink,
                   pg_chosen_name(sink->arena, column->parent->name, column->name, "not_null")));
}

static void rename_identity(struct step_sink *sink, const struct object *column,
                            const char *former_table, const char *former_column)
{
    const struct object *identity = object_child(column, KIND_IDENTITY, "");

    if (!identity || as_identity(identity)->sequence || as_column(column)->inherited)
        return;
    write_statement(
        sink, LOCK_ACCESS_EXCLUSIVE, "ALTER SEQUENCE %s RENAME TO %s",
        write_sibling_path(sink, column,
                           pg_chosen_name(sink->arena, former_table, former_column, "seq")),
        write_name(sink, pg_chosen_name(sink->arena, column->parent->name, column->name, "seq")));
}

void write_rename_chosen(struct step_sink *sink, const struct object *column,
                         const char *former_table, const char *former_column)
{
    rename_not_null(sink, column, former_table, former_column);
    rename_identity(sink, column, former_table, former_column);
}

/* Then the table's own step has seen to its columns. */
static bool is_renamed(const struct object *table)
{
    return table->former_name && strcmp(table->former_name, table->name) != 0;
}

static void rename_column(struct step_sink *sink, const struct object *object)
{
    if (as_column(object)->inherited || write_follows_type(sink, object->parent))
        return;
    write_statement(sink, LOCK_ACCESS_EXCLUSIVE, "%s RENAME COLUMN %s TO %s",
                    write_alter_relation(sink, object), write_name(sink, object->former_name),
                    write_name(sink, object->name));
    if (object->parent->kind == KIND_TABLE && !is_renamed(object->parent))
        write_rename_chosen(sink, object, object->parent->name, object->former_name);
}

const struct writer write_column_writer = {
    .create = create_column,
    .drop = drop_column,
    .alter = alter_column_fields,
    .rename = rename_column,
};

/* --- NOT NULL -------------------------------------------------------------------------------------- */

const char *write_not_null_name(const struct step_sink *sink, const struct object *object)
{
    const char *name = as_not_null(object)->constraint_name;

    if (!name)
        name = pg_chosen_name(sink->arena, object->parent->parent->name, object->parent->name,
                              "not_null");
    return write_name(sink, name);
}

static void create_not_null(struct step_sink *sink, const struct object *object,
                            const struct pointer_list *folded)
{
    const struct not_null *not_null = as_not_null(object);
    const char *column = write_name(sink, object->parent->name);
    bool named = write_can(sink, PG_CAN_NOT_NULL_CONSTRAINT) &&
                 (not_null->constraint_name || not_null->no_inherit || not_null->not_valid);
    struct buffer sql = BUFFER_EMPTY;
    struct step *step;

    (void)folded;
    if (write_not_null_is_inherited(sink, object) || write_not_null_is_brought(sink, object))
        return;
    if (!named) {
        buffer_printf(&sql, "%s ALTER COLUMN %s SET NOT NULL", write_alter_relation(sink, object),
                      column);
    } else {
        buffer_printf(&sql, "%s ADD ", write_alter_relation(sink, object));
        if (not_null->constraint_name)
            buffer_printf(&sql, "CONSTRAINT %s ", write_name(sink, not_null->constraint_name));
        buffer_printf(&sql, "NOT NULL %s%s%s", column, not_null->no_inherit ? " NO INHERIT" : "",
                      not_null->not_valid ? " NOT VALID" : "");
    }
    step = write_buffer(sink, LOCK_ACCESS_EXCLUSIVE, &sql);
    if (not_null->not_valid)
        return;
    write_scans(sink, step);
    write_hazard(sink, step, HAZARD_MAY_FAIL);
    write_ask_for_nulls(sink, step, object);
}

void write_drop_not_null(struct step_sink *sink, const struct object *object)
{
    write_statement(sink, LOCK_ACCESS_EXCLUSIVE, "%s ALTER COLUMN %s DROP NOT NULL",
                    write_alter_relation(sink, object), write_name(sink, object->parent->name));
}

static void drop_not_null(struct step_sink *sink, const struct object *object)
{
    if (!write_not_null_is_inherited(sink, object) && !write_goes_with_parent(sink, object))
        write_drop_not_null(sink, object);
}

static void alter_not_null(struct step_sink *sink, const struct object *before,
                           const struct object *after, uint64_t changed)
{
    const struct not_null *not_null = as_not_null(after);
    const char *alter = write_alter_relation(sink, after);

    if (write_not_null_is_inherited(sink, after) || !write_can(sink, PG_CAN_NOT_NULL_CONSTRAINT))
        return;
    if (fields_has(changed, field_not_null_constraint_name))
        write_statement(sink, LOCK_ACCESS_EXCLUSIVE, "%s RENAME CONSTRAINT %s TO %s", alter,
                        write_not_null_name(sink, before), write_not_null_name(sink, after));
    if (fields_has(changed, field_not_null_no_inherit))
        write_statement(sink, LOCK_ACCESS_EXCLUSIVE, "%s ALTER CONSTRAINT %s %sINHERIT", alter,
                        write_not_null_name(sink, after), not_null->no_inherit ? "NO " : "");
    if (fields_has(changed, field_not_null_not_valid) && !not_null->not_valid) {
        struct step *step =
            write_statement(sink, LOCK_SHARE_UPDATE_EXCLUSIVE, "%s VALIDATE CONSTRAINT %s", alter,
                            write_not_null_name(sink, after));

        write_scans(sink, step);
        write_hazard(sink, step, HAZARD_MAY_FAIL);
        write_ask_for_nulls(sink, step, after);
    }
}

const struct writer write_not_null_writer = {
    .create = create_not_null,
    .drop = drop_not_null,
    .alter = alter_not_null,
};

/* --- DEFAULT --------------------------------------------------------------------------------------- */

static void create_default(struct step_sink *sink, const struct object *object,
                           const struct pointer_list *folded)
{
    const char *alter = sink->table_is_new ? write_alter_relation(sink, object) : NULL;

    (void)folded;
    /* New tables that inherit from a new one count on getting its default. */
    write_statement(sink, LOCK_ACCESS_EXCLUSIVE, "%s SET DEFAULT %s",
                    alter ? arena_printf(sink->arena, "%s ALTER COLUMN %s", alter,
                                         write_name(sink, object->parent->name))
                          : alter_column(sink, object->parent),
                    write_expression(&as_default_value(object)->expression));
    write_take_over_by_default(sink, object);
}

static void drop_default(struct step_sink *sink, const struct object *object)
{
    write_statement(sink, LOCK_ACCESS_EXCLUSIVE, "%s DROP DEFAULT",
                    alter_column(sink, object->parent));
}

static void alter_default(struct step_sink *sink, const struct object *before,
                          const struct object *after, uint64_t changed)
{
    (void)before;
    (void)changed;
    create_default(sink, after, NULL);
}

const struct writer write_default_writer = {
    .create = create_default,
    .drop = drop_default,
    .alter = alter_default,
};
