/* Domains, composite types and ranges. */
#include "postgres/write/write.h"

#include <stdlib.h>
#include <string.h>

#include "model/fields.h"

void write_rename_type(struct step_sink *sink, const struct object *object)
{
    const char *word = object->kind == KIND_DOMAIN ? "DOMAIN" : "TYPE";

    write_move(sink, LOCK_NONE, word, object, "");
    write_rename(sink, LOCK_NONE, word, object, "");
}

static void drop_type(struct step_sink *sink, const struct object *object)
{
    struct step *step =
        write_statement(sink, LOCK_NONE, "DROP %s %s",
                        object->kind == KIND_DOMAIN ? "DOMAIN" : "TYPE", write_path(sink, object));

    if (!write_wanted(sink, object))
        write_hazard(sink, step, HAZARD_DROP_TYPE);
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

static void alter_domain(struct step_sink *sink, const struct object *before,
                         const struct object *after, uint64_t changed)
{
    const struct domain *domain = as_domain(after);
    const char *path = write_path(sink, after);
    struct step *step;

    if (write_type_is_rebuilt(sink, after)) {
        if (write_type_rebuilds(sink, after))
            write_rebuild_type(sink, before);
        return;
    }
    if (fields_has(changed, field_domain_default_value)) {
        if (write_expression(&domain->default_value))
            write_statement(sink, LOCK_NONE, "ALTER DOMAIN %s SET DEFAULT %s", path,
                            write_expression(&domain->default_value));
        else
            write_statement(sink, LOCK_NONE, "ALTER DOMAIN %s DROP DEFAULT", path);
    }
    if (fields_has(changed, field_domain_not_null)) {
        step = write_statement(sink, LOCK_NONE, "ALTER DOMAIN %s %s NOT NULL", path,
                               domain->not_null ? "SET" : "DROP");
        if (domain->not_null) {
            write_hazard(sink, step, HAZARD_MAY_FAIL);
            write_ask_domain_for_nulls(sink, step, after);
        }
    }
}

const struct writer write_domain_writer = {
    .create = create_domain,
    .drop = drop_type,
    .alter = alter_domain,
    .rename = write_rename_type,
};

/* True when the check comes with its domain, which is built anew; here, if nowhere else. */
static bool rebuilds_domain(struct step_sink *sink, const struct object *check)
{
    if (!write_type_is_rebuilt(sink, check->parent))
        return false;
    if (write_part_rebuilds(sink, check))
        write_rebuild_type(sink, write_present(sink, check->parent));
    return true;
}

static void create_domain_check(struct step_sink *sink, const struct object *object,
                                const struct pointer_list *folded)
{
    const struct domain_check *check = as_domain_check(object);
    struct step *step;

    (void)folded;
    if (rebuilds_domain(sink, object))
        return;
    step = write_statement(sink, LOCK_NONE, "ALTER DOMAIN %s ADD CONSTRAINT %s CHECK %s%s",
                           write_path(sink, object->parent), write_name(sink, object->name),
                           write_parenthesized(sink, write_expression(&check->expression)),
                           check->not_valid ? " NOT VALID" : "");
    if (check->not_valid)
        return;
    write_hazard(sink, step, HAZARD_MAY_FAIL);
    write_ask_for_violations(sink, step, object);
}

static void drop_domain_check(struct step_sink *sink, const struct object *object)
{
    struct step *step;

    if (write_type_is_rebuilt(sink, object->parent))
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
    if (!rebuilds_domain(sink, after) && !as_domain_check(after)->not_valid) {
        struct step *step =
            write_statement(sink, LOCK_NONE, "ALTER DOMAIN %s VALIDATE CONSTRAINT %s",
                            write_path(sink, after->parent), write_name(sink, after->name));

        write_hazard(sink, step, HAZARD_MAY_FAIL);
        write_ask_for_violations(sink, step, after);
    }
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

static int compare_numbers(int64_t p, int64_t q)
{
    return p == q ? 0 : p < q ? -1 : 1;
}

static int compare_positions(const void *a, const void *b)
{
    const struct object *x = *(struct object *const *)a;
    const struct object *y = *(struct object *const *)b;
    int order = compare_numbers(as_attribute(x)->position, as_attribute(y)->position);

    return order ? order : strcmp(x->name, y->name);
}

static void append_attribute(const struct step_sink *sink, struct buffer *sql,
                             const struct object *object)
{
    const struct attribute *attribute = as_attribute(object);

    buffer_printf(sql, "%s %s", write_name(sink, object->name), attribute->type);
    if (attribute->collation)
        buffer_printf(sql, " COLLATE %s", attribute->collation);
}

static void write_composite(struct step_sink *sink, const struct object *object,
                            const struct pointer_list *attributes)
{
    struct buffer sql = BUFFER_EMPTY;

    buffer_printf(&sql, "CREATE TYPE %s AS (", write_path(sink, object));
    for (size_t i = 0; i < attributes->count; i++) {
        buffer_append(&sql, i ? ",\n    " : "\n    ");
        append_attribute(sink, &sql, attributes->items[i]);
    }
    buffer_append(&sql, attributes->count ? "\n)" : ")");
    write_buffer(sink, LOCK_NONE, &sql);
}

static void sort_attributes(struct pointer_list *attributes)
{
    if (attributes->count)
        qsort(attributes->items, attributes->count, sizeof(*attributes->items), compare_positions);
}

static void create_composite(struct step_sink *sink, const struct object *object,
                             const struct pointer_list *folded)
{
    struct pointer_list attributes = {0};

    for (size_t i = 0; i < folded->count; i++) {
        struct object *attribute = folded->items[i];

        if (attribute->kind == KIND_ATTRIBUTE)
            pointer_list_add(&attributes, sink->arena, attribute);
    }
    sort_attributes(&attributes);
    write_composite(sink, object, &attributes);
}

/* The attributes of one object that the other has, or has not, in their order. */
static struct pointer_list shared_attributes(struct step_sink *sink, const struct object *object,
                                             const struct object *other, bool shared)
{
    struct pointer_list attributes = {0};

    for (struct object *child = NULL; (child = object_next_child(object, KIND_ATTRIBUTE, child));)
        if (!object_child(other, KIND_ATTRIBUTE, child->name) != shared)
            pointer_list_add(&attributes, sink->arena, child);
    sort_attributes(&attributes);
    return attributes;
}

/* As the old type has them after new ones were added at the end. */
static void rebuild_composite(struct step_sink *sink, const struct object *before,
                              const struct object *after)
{
    struct pointer_list old = shared_attributes(sink, before, after, true);
    struct pointer_list new = shared_attributes(sink, after, before, false);
    struct pointer_list all = {0};

    for (size_t i = 0; i < old.count; i++)
        pointer_list_add(
            &all, sink->arena,
            object_child(after, KIND_ATTRIBUTE, ((struct object *)old.items[i])->name));
    for (size_t i = 0; i < new.count; i++)
        pointer_list_add(&all, sink->arena, new.items[i]);
    write_composite(sink, after, &all);
}

void write_whole_type(struct step_sink *sink, const struct object *before,
                      const struct object *after)
{
    if (after->kind == KIND_ENUM)
        write_create_enum(sink, after);
    else if (after->kind == KIND_DOMAIN)
        create_rebuilt_domain(sink, after);
    else
        rebuild_composite(sink, before, after);
}

const struct writer write_composite_writer = {
    .create = create_composite,
    .drop = drop_type,
    .rename = write_rename_type,
};

/* Tables of the type follow it. */
static const char *cascade(const struct step_sink *sink, const struct object *attribute)
{
    return write_has_tables(sink, attribute->parent) ? " CASCADE" : "";
}

void write_add_attribute(struct step_sink *sink, const struct object *object)
{
    struct buffer sql = BUFFER_EMPTY;

    buffer_printf(&sql, "ALTER TYPE %s ADD ATTRIBUTE ", write_path(sink, object->parent));
    append_attribute(sink, &sql, object);
    buffer_append(&sql, cascade(sink, object));
    write_buffer(sink, LOCK_NONE, &sql);
}

void write_drop_attribute(struct step_sink *sink, const struct object *object)
{
    struct step *step = write_statement(sink, LOCK_NONE, "ALTER TYPE %s DROP ATTRIBUTE %s%s",
                                        write_path(sink, object->parent),
                                        write_name(sink, object->name), cascade(sink, object));

    if (as_composite(object->parent)->in_columns)
        write_hazard(sink, step, HAZARD_DROP_COLUMN);
}

static void create_attribute(struct step_sink *sink, const struct object *object,
                             const struct pointer_list *folded)
{
    (void)folded;
    if (!write_type_is_rebuilt(sink, object->parent))
        write_add_attribute(sink, object);
}

static void drop_attribute(struct step_sink *sink, const struct object *object)
{
    if (!write_type_is_rebuilt(sink, object->parent))
        write_drop_attribute(sink, object);
}

static void alter_attribute(struct step_sink *sink, const struct object *before,
                            const struct object *after, uint64_t changed)
{
    const struct attribute *attribute = as_attribute(after);
    struct buffer sql = BUFFER_EMPTY;

    (void)changed;
    if (write_type_is_rebuilt(sink, after->parent)) {
        if (write_part_rebuilds(sink, after))
            write_rebuild_type(sink, before->parent);
        return;
    }
    buffer_printf(&sql, "ALTER TYPE %s ALTER ATTRIBUTE %s TYPE %s", write_path(sink, after->parent),
                  write_name(sink, after->name), attribute->type);
    if (attribute->collation)
        buffer_printf(&sql, " COLLATE %s", attribute->collation);
    write_buffer(sink, LOCK_NONE, &sql);
}

static void rename_attribute(struct step_sink *sink, const struct object *object)
{
    write_statement(sink, LOCK_NONE, "ALTER TYPE %s RENAME ATTRIBUTE %s TO %s%s",
                    write_path(sink, object->parent), write_name(sink, object->former_name),
                    write_name(sink, object->name), cascade(sink, object));
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
    if (range->multirange)
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
