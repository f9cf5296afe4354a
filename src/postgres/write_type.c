/* Domains, composite types and ranges. */
#include "postgres/write.h"

#include <stdlib.h>
#include <string.h>

#include "model/fields.h"

void write_rename_type(struct step_sink *sink, const struct object *object)
{
    const char *word = object->kind == KIND_DOMAIN ? "DOMAIN" : "TYPE";
    const char *name = object->former_name ? object->former_name : object->name;

    if (object->former_schema)
        write_statement(sink, LOCK_NONE, "ALTER %s %s SET SCHEMA %s", word,
                        pg_qualify(sink->arena, object->former_schema, name),
                        write_name(sink, object->parent->name));
    if (strcmp(name, object->name) != 0)
        write_statement(sink, LOCK_NONE, "ALTER %s %s RENAME TO %s", word,
                        write_sibling_path(sink, object, name), write_name(sink, object->name));
}

static void drop_type(struct step_sink *sink, const struct object *object)
{
    struct step *step =
        write_statement(sink, LOCK_NONE, "DROP %s %s",
                        object->kind == KIND_DOMAIN ? "DOMAIN" : "TYPE", write_path(sink, object));

    if (!write_wanted(sink, object))
        write_hazard(sink, step, HAZARD_DROP_TYPE);
}

/* --- building a type anew -------------------------------------------------------------------------- */

/* A name that nothing has yet, at most 63 bytes long. */
static const char *spare_name(const struct step_sink *sink, const struct object *object)
{
    size_t length = strlen(object->name);

    while (length > 58 || (length && ((unsigned char)object->name[length] & 0xC0) == 0x80))
        length--;
    return arena_printf(sink->arena, "%.*s__old", (int)length, object->name);
}

static bool needs(const struct object *object, const struct object *other)
{
    for (size_t i = 0; i < object->needs.count; i++)
        if (object->needs.items[i] == other)
            return true;
    return false;
}

static bool is_of_type(const struct step_sink *sink, const char *type, const char *path)
{
    return type && strcmp(write_type_base(sink->arena, type), path) == 0;
}

/* A column that has the type now and is to keep it. */
static void carry_column(struct step_sink *sink, const struct object *column, const char *path)
{
    const struct object *wanted = write_wanted(sink, column);
    const char *type = as_column(column)->type;
    const char *name = write_name(sink, column->name);
    const char *alter = write_alter_relation(sink, column);
    struct step *step;

    if (as_column(column)->inherited || as_column(column)->generated || !wanted ||
        !is_of_type(sink, as_column(wanted)->type, path))
        return;
    step = write_statement(sink, LOCK_ACCESS_EXCLUSIVE,
                           "%s ALTER COLUMN %s TYPE %s USING %s::text%s::%s", alter, name, type,
                           name, strchr(type, '[') ? "[]" : "", type);
    step->locked = column->parent;
    write_rewrites(sink, step);
    write_hazard(sink, step, HAZARD_MAY_FAIL);
}

static void carry_columns(struct step_sink *sink, const struct object *before)
{
    const char *path = write_path(sink, before);

    for (size_t i = 0; sink->from && i < sink->from->count; i++) {
        const struct object *object = sink->from->objects[i];

        if (object->kind == KIND_COLUMN && object->parent->kind == KIND_TABLE &&
            is_of_type(sink, as_column(object)->type, path))
            carry_column(sink, object, path);
        else if (object->kind == KIND_ATTRIBUTE && needs(object, before) &&
                 is_of_type(sink, as_attribute(object)->type, path))
            write_statement(sink, LOCK_NONE, "ALTER TYPE %s ALTER ATTRIBUTE %s TYPE %s",
                            write_path(sink, object->parent), write_name(sink, object->name),
                            as_attribute(object)->type);
    }
}

void write_rebuilt_type(struct step_sink *sink, const struct object *before,
                        const struct object *after,
                        void (*create_type)(struct step_sink *sink, const struct object *object))
{
    const char *word = after->kind == KIND_DOMAIN ? "DOMAIN" : "TYPE";
    const char *spare = spare_name(sink, after);

    write_statement(sink, LOCK_NONE, "ALTER %s %s RENAME TO %s", word, write_path(sink, after),
                    write_name(sink, spare));
    create_type(sink, after);
    /* Its owner, privileges and comment were those of the old one. */
    for (const struct object *child = after->first_child; child; child = child->next_sibling)
        if (child->kind == KIND_OWNER || child->kind == KIND_PRIVILEGE ||
            child->kind == KIND_COMMENT)
            pg_create(sink, child, NULL);
    carry_columns(sink, before);
    write_statement(sink, LOCK_NONE, "DROP %s %s", word, write_sibling_path(sink, after, spare));
}

/* --- domains --------------------------------------------------------------------------------------- */

static void append_domain_check(const struct step_sink *sink, struct buffer *sql,
                                const struct object *check)
{
    buffer_printf(sql, "\n    CONSTRAINT %s CHECK %s", write_name(sink, check->name),
                  write_parenthesized(sink, write_expression(&as_domain_check(check)->expression)));
}

static void append_domain(const struct step_sink *sink, struct buffer *sql,
                          const struct object *object)
{
    const struct domain *domain = as_domain(object);

    buffer_printf(sql, "CREATE DOMAIN %s AS %s", write_path(sink, object), domain->type);
    if (domain->collation)
        buffer_printf(sql, " COLLATE %s", domain->collation);
    if (write_expression(&domain->default_value))
        buffer_printf(sql, " DEFAULT %s", write_default_text(sink, &domain->default_value));
    if (domain->not_null)
        buffer_append(sql, " NOT NULL");
}

static void create_domain(struct step_sink *sink, const struct object *object,
                          const struct pointer_list *folded)
{
    struct buffer sql = BUFFER_EMPTY;

    append_domain(sink, &sql, object);
    for (size_t i = 0; i < folded->count; i++) {
        const struct object *check = folded->items[i];

        if (check->kind == KIND_DOMAIN_CHECK)
            append_domain_check(sink, &sql, check);
    }
    write_buffer(sink, LOCK_NONE, &sql);
}

/* With all its checks: where a column has an array of the domain none could be added later. */
static void create_rebuilt_domain(struct step_sink *sink, const struct object *object)
{
    struct buffer sql = BUFFER_EMPTY;
    const struct object *check = NULL;

    append_domain(sink, &sql, object);
    while ((check = object_next_child(object, KIND_DOMAIN_CHECK, check)))
        append_domain_check(sink, &sql, check);
    write_buffer(sink, LOCK_NONE, &sql);
}

bool write_domain_is_rebuilt(const struct step_sink *sink, const struct object *domain)
{
    const struct object *before = write_present(sink, domain);
    const struct object *after = write_wanted(sink, domain);

    return before && after &&
           !(write_same_text(as_domain(before)->type, as_domain(after)->type) &&
             write_same_text(as_domain(before)->collation, as_domain(after)->collation));
}

static void alter_domain(struct step_sink *sink, const struct object *before,
                         const struct object *after, uint64_t changed)
{
    const struct domain *domain = as_domain(after);
    const char *path = write_path(sink, after);
    struct step *step;

    if (fields_has(KIND_DOMAIN, changed, "type") || fields_has(KIND_DOMAIN, changed, "collation")) {
        write_rebuilt_type(sink, before, after, create_rebuilt_domain);
        return;
    }
    if (fields_has(KIND_DOMAIN, changed, "default_value")) {
        if (write_expression(&domain->default_value))
            write_statement(sink, LOCK_NONE, "ALTER DOMAIN %s SET DEFAULT %s", path,
                            write_expression(&domain->default_value));
        else
            write_statement(sink, LOCK_NONE, "ALTER DOMAIN %s DROP DEFAULT", path);
    }
    if (fields_has(KIND_DOMAIN, changed, "not_null")) {
        step = write_statement(sink, LOCK_NONE, "ALTER DOMAIN %s %s NOT NULL", path,
                               domain->not_null ? "SET" : "DROP");
        if (domain->not_null)
            write_hazard(sink, step, HAZARD_MAY_FAIL);
    }
}

const struct writer write_domain_writer = {
    .create = create_domain,
    .drop = drop_type,
    .alter = alter_domain,
    .rename = write_rename_type,
};

static void create_domain_check(struct step_sink *sink, const struct object *object,
                                const struct pointer_list *folded)
{
    const struct domain_check *check = as_domain_check(object);
    struct step *step;

    (void)folded;
    if (write_domain_is_rebuilt(sink, object->parent))
        return;
    step = write_statement(sink, LOCK_NONE, "ALTER DOMAIN %s ADD CONSTRAINT %s CHECK %s%s",
                           write_path(sink, object->parent), write_name(sink, object->name),
                           write_parenthesized(sink, write_expression(&check->expression)),
                           check->not_valid ? " NOT VALID" : "");
    if (!check->not_valid)
        write_hazard(sink, step, HAZARD_MAY_FAIL);
}

static void drop_domain_check(struct step_sink *sink, const struct object *object)
{
    struct step *step;

    if (write_domain_is_rebuilt(sink, object->parent))
        return;
    step = write_statement(sink, LOCK_NONE, "ALTER DOMAIN %s DROP CONSTRAINT %s",
                           write_path(sink, object->parent), write_name(sink, object->name));
    write_hazard(sink, step, HAZARD_DROP_CONSTRAINT);
}

static void alter_domain_check(struct step_sink *sink, const struct object *before,
                               const struct object *after, uint64_t changed)
{
    (void)before;
    (void)changed;
    if (!as_domain_check(after)->not_valid && !write_domain_is_rebuilt(sink, after->parent))
        write_hazard(sink,
                     write_statement(sink, LOCK_NONE, "ALTER DOMAIN %s VALIDATE CONSTRAINT %s",
                                     write_path(sink, after->parent),
                                     write_name(sink, after->name)),
                     HAZARD_MAY_FAIL);
}

static void rename_domain_check(struct step_sink *sink, const struct object *object)
{
    write_statement(sink, LOCK_NONE, "ALTER DOMAIN %s RENAME CONSTRAINT %s TO %s",
                    write_path(sink, object->parent), write_name(sink, object->former_name),
                    write_name(sink, object->name));
}

const struct writer write_domain_check_writer = {
    .create = create_domain_check,
    .drop = drop_domain_check,
    .alter = alter_domain_check,
    .rename = rename_domain_check,
};

/* --- composite types ------------------------------------------------------------------------------- */

static int compare_positions(const void *a, const void *b)
{
    const struct object *x = *(struct object *const *)a;
    const struct object *y = *(struct object *const *)b;
    int64_t p = as_attribute(x)->position;
    int64_t q = as_attribute(y)->position;

    return p != q ? (p < q ? -1 : 1) : strcmp(x->name, y->name);
}

static void append_attribute(const struct step_sink *sink, struct buffer *sql,
                             const struct object *object)
{
    const struct attribute *attribute = as_attribute(object);

    buffer_printf(sql, "%s %s", write_name(sink, object->name), attribute->type);
    if (attribute->collation)
        buffer_printf(sql, " COLLATE %s", attribute->collation);
}

static void create_composite(struct step_sink *sink, const struct object *object,
                             const struct pointer_list *folded)
{
    struct pointer_list attributes = {0};
    struct buffer sql = BUFFER_EMPTY;

    for (size_t i = 0; i < folded->count; i++) {
        struct object *attribute = folded->items[i];

        if (attribute->kind == KIND_ATTRIBUTE)
            pointer_list_add(&attributes, sink->arena, attribute);
    }
    if (attributes.count)
        qsort(attributes.items, attributes.count, sizeof(*attributes.items), compare_positions);
    buffer_printf(&sql, "CREATE TYPE %s AS (", write_path(sink, object));
    for (size_t i = 0; i < attributes.count; i++) {
        buffer_append(&sql, i ? ",\n    " : "\n    ");
        append_attribute(sink, &sql, attributes.items[i]);
    }
    buffer_append(&sql, attributes.count ? "\n)" : ")");
    write_buffer(sink, LOCK_NONE, &sql);
}

const struct writer write_composite_writer = {
    .create = create_composite,
    .drop = drop_type,
    .rename = write_rename_type,
};

static void create_attribute(struct step_sink *sink, const struct object *object,
                             const struct pointer_list *folded)
{
    struct buffer sql = BUFFER_EMPTY;

    (void)folded;
    buffer_printf(&sql, "ALTER TYPE %s ADD ATTRIBUTE ", write_path(sink, object->parent));
    append_attribute(sink, &sql, object);
    write_buffer(sink, LOCK_NONE, &sql);
}

static void drop_attribute(struct step_sink *sink, const struct object *object)
{
    struct step *step =
        write_statement(sink, LOCK_NONE, "ALTER TYPE %s DROP ATTRIBUTE %s",
                        write_path(sink, object->parent), write_name(sink, object->name));

    write_hazard(sink, step, HAZARD_DROP_COLUMN);
}

static void alter_attribute(struct step_sink *sink, const struct object *before,
                            const struct object *after, uint64_t changed)
{
    const struct attribute *attribute = as_attribute(after);
    struct buffer sql = BUFFER_EMPTY;
    struct step *step;

    (void)changed;
    buffer_printf(&sql, "ALTER TYPE %s ALTER ATTRIBUTE %s TYPE %s", write_path(sink, after->parent),
                  write_name(sink, after->name), attribute->type);
    if (attribute->collation)
        buffer_printf(&sql, " COLLATE %s", attribute->collation);
    step = write_buffer(sink, LOCK_NONE, &sql);
    if (write_type_change(sink, as_attribute(before)->type, attribute->type).narrows)
        write_hazard(sink, step, HAZARD_NARROW_TYPE);
}

static void rename_attribute(struct step_sink *sink, const struct object *object)
{
    write_statement(sink, LOCK_NONE, "ALTER TYPE %s RENAME ATTRIBUTE %s TO %s",
                    write_path(sink, object->parent), write_name(sink, object->former_name),
                    write_name(sink, object->name));
}

const struct writer write_attribute_writer = {
    .create = create_attribute,
    .drop = drop_attribute,
    .alter = alter_attribute,
    .rename = rename_attribute,
};

/* --- ranges ---------------------------------------------------------------------------------------- */

static void create_range(struct step_sink *sink, const struct object *object,
                         const struct pointer_list *folded)
{
    const struct range *range = as_range(object);
    struct buffer sql = BUFFER_EMPTY;

    (void)folded;
    buffer_printf(&sql, "CREATE TYPE %s AS RANGE (\n    subtype = %s", write_path(sink, object),
                  range->subtype);
    if (range->operator_class)
        buffer_printf(&sql, ",\n    subtype_opclass = %s", range->operator_class);
    if (range->collation)
        buffer_printf(&sql, ",\n    collation = %s", range->collation);
    if (range->canonical)
        buffer_printf(&sql, ",\n    canonical = %s", range->canonical);
    if (range->difference)
        buffer_printf(&sql, ",\n    subtype_diff = %s", range->difference);
    if (range->multirange && write_at_least(sink, 140000))
        buffer_printf(&sql, ",\n    multirange_type_name = %s",
                      write_sibling_path(sink, object, range->multirange));
    buffer_append(&sql, "\n)");
    write_buffer(sink, LOCK_NONE, &sql);
}

const struct writer write_range_writer = {
    .create = create_range,
    .drop = drop_type,
    .rename = write_rename_type,
};
