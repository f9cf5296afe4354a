/* Constraints of tables: checks, keys, exclusions and foreign keys. */
#include "postgres/write/write.h"

#include <string.h>

#include "model/fields.h"

/* --- clauses --------------------------------------------------------------------------------------- */

static void append_deferrable(struct buffer *sql, bool deferrable, bool deferred)
{
    if (deferrable)
        buffer_append(sql, " DEFERRABLE");
    if (deferred)
        buffer_append(sql, " INITIALLY DEFERRED");
}

/* What the index behind a constraint can be given. */
static void append_index_parameters(const struct step_sink *sink, struct buffer *sql,
                                    const struct text_list *include,
                                    const struct text_list *options, const char *tablespace)
{
    if (include->count)
        buffer_printf(sql, " INCLUDE (%s)", clause_names(sink, write_name, include));
    if (options->count)
        buffer_printf(sql, " WITH (%s)", write_options(sink, options));
    if (tablespace)
        buffer_printf(sql, " USING INDEX TABLESPACE %s", write_name(sink, tablespace));
}

static void append_check(const struct step_sink *sink, struct buffer *sql,
                         const struct object *object)
{
    const struct check_constraint *check = as_check_constraint(object);

    buffer_printf(sql, "CHECK %s", write_parenthesized(sink, write_expression(&check->expression)));
    if (check->no_inherit)
        buffer_append(sql, " NO INHERIT");
    if (check->not_enforced)
        buffer_append(sql, " NOT ENFORCED");
    else if (check->not_valid)
        buffer_append(sql, " NOT VALID");
}

static void append_primary_key(const struct step_sink *sink, struct buffer *sql,
                               const struct object *object)
{
    const struct primary_key *key = as_primary_key(object);

    buffer_printf(sql, "PRIMARY KEY (%s%s)", clause_names(sink, write_name, &key->columns),
                  key->without_overlaps ? " WITHOUT OVERLAPS" : "");
    append_index_parameters(sink, sql, &key->include, &key->options, key->tablespace);
    append_deferrable(sql, key->deferrable, key->deferred);
}

static void append_unique(const struct step_sink *sink, struct buffer *sql,
                          const struct object *object)
{
    const struct unique_constraint *key = as_unique_constraint(object);

    buffer_printf(sql, "UNIQUE %s(%s%s)", key->nulls_not_distinct ? "NULLS NOT DISTINCT " : "",
                  clause_names(sink, write_name, &key->columns),
                  key->without_overlaps ? " WITHOUT OVERLAPS" : "");
    append_index_parameters(sink, sql, &key->include, &key->options, key->tablespace);
    append_deferrable(sql, key->deferrable, key->deferred);
}

static void append_exclusion(const struct step_sink *sink, struct buffer *sql,
                             const struct object *object)
{
    const struct exclusion *exclusion = as_exclusion(object);

    buffer_printf(sql, "EXCLUDE USING %s (",
                  exclusion->method ? write_name(sink, exclusion->method) : "btree");
    for (size_t i = 0; i < exclusion->keys.count; i++)
        buffer_printf(sql, "%s%s WITH %s", i ? ", " : "",
                      write_expression(&exclusion->keys.items[i]),
                      i < exclusion->operators.count ? exclusion->operators.items[i] : "=");
    buffer_append(sql, ")");
    append_index_parameters(sink, sql, &exclusion->include, &exclusion->options,
                            exclusion->tablespace);
    if (write_expression(&exclusion->predicate))
        buffer_printf(sql, " WHERE %s",
                      write_parenthesized(sink, write_expression(&exclusion->predicate)));
    append_deferrable(sql, exclusion->deferrable, exclusion->deferred);
}

/* "a, b": with PERIOD before the last one where the key has a period. */
static const char *key_columns(const struct step_sink *sink, const struct text_list *columns,
                               bool period)
{
    struct text_list first = *columns;

    if (!period || !columns->count)
        return clause_names(sink, write_name, columns);
    first.count--;
    return arena_printf(sink->arena, "%s%sPERIOD %s", clause_names(sink, write_name, &first),
                        first.count ? ", " : "",
                        write_name(sink, columns->items[columns->count - 1]));
}

static void append_foreign_key(const struct step_sink *sink, struct buffer *sql,
                               const struct object *object)
{
    const struct foreign_key *key = as_foreign_key(object);

    buffer_printf(sql, "FOREIGN KEY (%s) REFERENCES %s (%s)",
                  key_columns(sink, &key->columns, key->period), write_path(sink, key->table),
                  key_columns(sink, &key->referenced_columns, key->period));
    if (key->match)
        buffer_printf(sql, " MATCH %s", key->match);
    if (key->on_update)
        buffer_printf(sql, " ON UPDATE %s", key->on_update);
    if (key->on_delete)
        buffer_printf(sql, " ON DELETE %s", key->on_delete);
    if (key->set_columns.count)
        buffer_printf(sql, " (%s)", clause_names(sink, write_name, &key->set_columns));
    append_deferrable(sql, key->deferrable, key->deferred);
    if (key->not_enforced)
        buffer_append(sql, " NOT ENFORCED");
    else if (key->not_valid)
        buffer_append(sql, " NOT VALID");
}

const char *write_constraint_clause(const struct step_sink *sink, const struct object *object)
{
    struct buffer sql = BUFFER_EMPTY;

    buffer_printf(&sql, "CONSTRAINT %s ", write_name(sink, object->name));
    switch (object->kind) {
    case KIND_CHECK:
        append_check(sink, &sql, object);
        break;
    case KIND_PRIMARY_KEY:
        append_primary_key(sink, &sql, object);
        break;
    case KIND_UNIQUE:
        append_unique(sink, &sql, object);
        break;
    case KIND_EXCLUSION:
        append_exclusion(sink, &sql, object);
        break;
    default:
        append_foreign_key(sink, &sql, object);
        break;
    }
    return buffer_take(&sql, sink->arena);
}

/* --- what all have in common ----------------------------------------------------------------------- */

static struct step *add_constraint(struct step_sink *sink, const struct object *object,
                                   enum step_lock lock)
{
    return write_statement(sink, lock, "%s ADD %s", write_alter_relation(sink, object),
                           write_constraint_clause(sink, object));
}

void write_drop_constraint(struct step_sink *sink, const struct object *object)
{
    struct step *step =
        write_statement(sink, LOCK_ACCESS_EXCLUSIVE, "%s DROP CONSTRAINT %s",
                        write_alter_relation(sink, object), write_name(sink, object->name));

    write_hazard(sink, step, HAZARD_DROP_CONSTRAINT);
}

static void validate_constraint(struct step_sink *sink, const struct object *object)
{
    struct step *step =
        write_statement(sink, LOCK_SHARE_UPDATE_EXCLUSIVE, "%s VALIDATE CONSTRAINT %s",
                        write_alter_relation(sink, object), write_name(sink, object->name));

    write_scans(sink, step);
    write_hazard(sink, step, HAZARD_MAY_FAIL);
    if (object->kind == KIND_CHECK)
        write_ask_for_violations(sink, step, object);
    else
        write_ask_for_orphans(sink, step, object);
}

static void rename_constraint(struct step_sink *sink, const struct object *object)
{
    write_statement(sink, LOCK_ACCESS_EXCLUSIVE, "%s RENAME CONSTRAINT %s TO %s",
                    write_alter_relation(sink, object), write_name(sink, object->former_name),
                    write_name(sink, object->name));
}

/* --- checks ---------------------------------------------------------------------------------------- */

/* The parent's statements reach it: it is never made or dropped on its own. */
static bool is_inherited(const struct step_sink *sink, const struct object *object)
{
    return as_check_constraint(object)->inherited && write_follows_parent(sink, object->parent);
}

static void create_check(struct step_sink *sink, const struct object *object,
                         const struct pointer_list *folded)
{
    const struct check_constraint *check = as_check_constraint(object);
    struct step *step;

    (void)folded;
    if (is_inherited(sink, object) || write_check_is_brought(sink, object))
        return;
    step = add_constraint(sink, object, LOCK_ACCESS_EXCLUSIVE);
    if (check->not_valid || check->not_enforced)
        return;
    write_scans(sink, step);
    write_hazard(sink, step, HAZARD_MAY_FAIL);
    write_ask_for_violations(sink, step, object);
}

static void drop_check(struct step_sink *sink, const struct object *object)
{
    if (!is_inherited(sink, object) && !write_goes_with_parent(sink, object))
        write_drop_constraint(sink, object);
}

static void alter_check(struct step_sink *sink, const struct object *before,
                        const struct object *after, uint64_t changed)
{
    (void)before;
    if (fields_has(changed, field_check_constraint_not_valid) && !is_inherited(sink, after))
        validate_constraint(sink, after);
}

static void rename_check(struct step_sink *sink, const struct object *object)
{
    if (!as_check_constraint(object)->inherited)
        rename_constraint(sink, object);
}

const struct writer write_check_writer = {
    .create = create_check,
    .drop = drop_check,
    .alter = alter_check,
    .rename = rename_check,
};

/* --- keys and exclusions --------------------------------------------------------------------------- */

static void attach(struct step_sink *sink, const struct object *object,
                   const struct object *attached_to)
{
    if (attached_to)
        write_statement(sink, LOCK_ACCESS_EXCLUSIVE, "ALTER INDEX %s ATTACH PARTITION %s",
                        write_path(sink, attached_to), write_path(sink, object));
}

static void create_key(struct step_sink *sink, const struct object *object,
                       const struct pointer_list *folded)
{
    struct step *step = add_constraint(sink, object, LOCK_ACCESS_EXCLUSIVE);

    (void)folded;
    write_scans(sink, step);
    write_hazard(sink, step, HAZARD_MAY_FAIL);
    if (object->kind != KIND_EXCLUSION)
        write_ask_for_duplicates(sink, step, object);
}

static void create_primary_key(struct step_sink *sink, const struct object *object,
                               const struct pointer_list *folded)
{
    create_key(sink, object, folded);
    attach(sink, object, as_primary_key(object)->attached_to);
}

static void create_unique(struct step_sink *sink, const struct object *object,
                          const struct pointer_list *folded)
{
    create_key(sink, object, folded);
    attach(sink, object, as_unique_constraint(object)->attached_to);
}

static void create_exclusion(struct step_sink *sink, const struct object *object,
                             const struct pointer_list *folded)
{
    create_key(sink, object, folded);
    attach(sink, object, as_exclusion(object)->attached_to);
}

/* The parts of an index that can change under its constraint. */
struct index_parts {
    const struct text_list *options;
    const char *tablespace;
    const struct object *attached_to;
    int numbers[3]; /* of these fields */
};

#define INDEX_PARTS(kind, key)                                                                     \
    {                                                                                              \
        &(key)->options, (key)->tablespace, (key)->attached_to,                                    \
        {                                                                                          \
            field_##kind##_options, field_##kind##_tablespace, field_##kind##_attached_to          \
        }                                                                                          \
    }

static struct index_parts index_parts(const struct object *object)
{
    const struct unique_constraint *unique;
    const struct exclusion *exclusion;
    const struct primary_key *key;

    switch (object->kind) {
    case KIND_UNIQUE:
        unique = as_unique_constraint(object);
        return (struct index_parts)INDEX_PARTS(unique_constraint, unique);
    case KIND_EXCLUSION:
        exclusion = as_exclusion(object);
        return (struct index_parts)INDEX_PARTS(exclusion, exclusion);
    default:
        key = as_primary_key(object);
        return (struct index_parts)INDEX_PARTS(primary_key, key);
    }
}

static void alter_key(struct step_sink *sink, const struct object *before,
                      const struct object *after, uint64_t changed)
{
    struct index_parts old = index_parts(before);
    struct index_parts new = index_parts(after);
    const char *alter = arena_printf(sink->arena, "ALTER INDEX %s", write_path(sink, after));

    if (fields_has(changed, new.numbers[0]))
        write_option_changes(sink, LOCK_SHARE_UPDATE_EXCLUSIVE, alter, old.options, new.options);
    if (fields_has(changed, new.numbers[1])) {
        struct step *step =
            write_statement(sink, LOCK_ACCESS_EXCLUSIVE, "%s SET TABLESPACE %s", alter,
                            new.tablespace ? write_name(sink, new.tablespace) : "pg_default");

        write_rewrites(sink, step);
    }
    if (fields_has(changed, new.numbers[2]) && !after->implied)
        attach(sink, after, new.attached_to);
}

const struct writer write_primary_key_writer = {
    .create = create_primary_key,
    .drop = write_drop_constraint,
    .alter = alter_key,
    .rename = rename_constraint,
};

const struct writer write_unique_writer = {
    .create = create_unique,
    .drop = write_drop_constraint,
    .alter = alter_key,
    .rename = rename_constraint,
};

const struct writer write_exclusion_writer = {
    .create = create_exclusion,
    .drop = write_drop_constraint,
    .alter = alter_key,
    .rename = rename_constraint,
};

/* --- foreign keys ---------------------------------------------------------------------------------- */

static void create_foreign_key(struct step_sink *sink, const struct object *object,
                               const struct pointer_list *folded)
{
    const struct foreign_key *key = as_foreign_key(object);
    struct step *step = add_constraint(sink, object, LOCK_SHARE_ROW_EXCLUSIVE);

    (void)folded;
    /* The referenced table is locked too, which matters even where the referencing one is new. */
    if (sink->table_is_new && sink->from && model_find_key(sink->from, key->table->key)) {
        step->lock = LOCK_SHARE_ROW_EXCLUSIVE;
        step->locked = key->table;
    }
    if (key->not_valid || key->not_enforced)
        return;
    write_scans(sink, step);
    write_hazard(sink, step, HAZARD_MAY_FAIL);
    write_ask_for_orphans(sink, step, object);
}

static void alter_foreign_key(struct step_sink *sink, const struct object *before,
                              const struct object *after, uint64_t changed)
{
    const struct foreign_key *key = as_foreign_key(after);
    struct buffer sql = BUFFER_EMPTY;
    struct step *step;
    size_t start;

    (void)before;
    buffer_printf(&sql, "%s ALTER CONSTRAINT %s", write_alter_relation(sink, after),
                  write_name(sink, after->name));
    start = sql.length;
    if (fields_has(changed, field_foreign_key_deferrable) ||
        fields_has(changed, field_foreign_key_deferred)) {
        buffer_append(&sql, key->deferrable ? " DEFERRABLE" : " NOT DEFERRABLE");
        if (key->deferrable)
            buffer_append(&sql, key->deferred ? " INITIALLY DEFERRED" : " INITIALLY IMMEDIATE");
    }
    if (fields_has(changed, field_foreign_key_not_enforced))
        buffer_append(&sql, key->not_enforced ? " NOT ENFORCED" : " ENFORCED");
    if (sql.length == start) {
        buffer_free(&sql);
    } else {
        step = write_buffer(sink, LOCK_SHARE_ROW_EXCLUSIVE, &sql);
        if (fields_has(changed, field_foreign_key_not_enforced) && !key->not_enforced) {
            write_scans(sink, step);
            write_hazard(sink, step, HAZARD_MAY_FAIL);
            write_ask_for_orphans(sink, step, after);
        }
    }
    if (fields_has(changed, field_foreign_key_not_valid) && !key->not_valid && !key->not_enforced)
        validate_constraint(sink, after);
}

const struct writer write_foreign_key_writer = {
    .create = create_foreign_key,
    .drop = write_drop_constraint,
    .alter = alter_foreign_key,
    .rename = rename_constraint,
};
