/* Types that cannot be altered in place, though tables hold their values: an enum that loses or moves
 * a label, a domain with another base type, a composite type with another type of an attribute. The
 * old one gets another name, a new one is made, the columns are carried over, and the old one is
 * dropped; and so for the types that are made of it. */
#include "postgres/write/write.h"

#include <stdlib.h>
#include <string.h>

#include "model/fields.h"
#include "postgres/types/cast.h"

struct rebuild {
    struct step_sink *sink;
    struct pointer_list types; /* struct object * of the old model, each after what it is made of */
    struct pointer_list attributes; /* of composite types that no table holds */
};

/* --- which types ----------------------------------------------------------------------------------- */

static bool is_of_type(const struct step_sink *sink, const char *type, const struct object *object)
{
    return type && strcmp(write_type_base(sink->arena, type), write_path(sink, object)) == 0;
}

static bool attribute_differs(const struct object *before, const struct object *after)
{
    return before && after &&
           !(text_equal(as_attribute(before)->type, as_attribute(after)->type) &&
             text_equal(as_attribute(before)->collation, as_attribute(after)->collation));
}

/* The first attribute that has another type; NULL when there is none. */
static const struct object *changed_attribute(const struct object *before,
                                              const struct object *after)
{
    for (const struct object *new = NULL; (new = object_next_child(after, KIND_ATTRIBUTE, new));)
        if (attribute_differs(object_child(before, KIND_ATTRIBUTE, new->name), new))
            return new;
    return NULL;
}

/* True when the type has the domain inside: as element of an array, say. */
static bool contains_domain(const struct step_sink *sink, const char *type,
                            const struct object *domain, bool inside)
{
    struct type_text parts = type_text_split(sink->arena, type);
    const struct object *object = type_text_find(sink->arena, sink->from, parts.base);

    inside = inside || parts.array;
    if (object == domain)
        return inside;
    return object && object->kind == KIND_DOMAIN &&
           contains_domain(sink, as_domain(object)->type, domain, inside);
}

/* The server adds no condition to a domain that a table has inside of something else. */
static bool is_inside_columns(const struct step_sink *sink, const struct object *domain)
{
    const struct model *from = sink->from;

    for (size_t i = model_first_of(from, KIND_DOMAIN); i < from->count; i++) {
        const struct object *object = from->objects[i];

        if (object->removed)
            continue;
        if (object->kind == KIND_COLUMN && object->parent->kind == KIND_TABLE &&
            contains_domain(sink, as_column(object)->type, domain, false))
            return true;
        if (object->kind == KIND_ATTRIBUTE && as_composite(object->parent)->in_columns &&
            contains_domain(sink, as_attribute(object)->type, domain, true))
            return true;
    }
    return false;
}

static bool domain_is_rebuilt(const struct step_sink *sink, const struct object *before,
                              const struct object *after)
{
    return !text_equal(as_domain(before)->type, as_domain(after)->type) ||
           !text_equal(as_domain(before)->collation, as_domain(after)->collation) ||
           (write_domain_adds_conditions(before, after) && is_inside_columns(sink, before));
}

/* True when the type's own definition asks for it. */
static bool changes_itself(const struct step_sink *sink, const struct object *before,
                           const struct object *after)
{
    switch (before->kind) {
    case KIND_ENUM:
        return write_enum_is_rebuilt(before, after);
    case KIND_DOMAIN:
        return domain_is_rebuilt(sink, before, after);
    case KIND_COMPOSITE:
        return as_composite(before)->in_columns && changed_attribute(before, after);
    default:
        return false;
    }
}

static bool type_is_rebuilt(const struct step_sink *sink, const char *type)
{
    const struct object *object =
        type_text_find(sink->arena, sink->from, write_type_base(sink->arena, type));

    return object && write_type_is_rebuilt(sink, object);
}

/* True when something that the type is made of is rebuilt, and the type with it. */
static bool is_made_of_rebuilt(const struct step_sink *sink, const struct object *before)
{
    if (before->kind == KIND_DOMAIN)
        return type_is_rebuilt(sink, as_domain(before)->type);
    if (before->kind != KIND_COMPOSITE || !as_composite(before)->in_columns)
        return false;
    for (const struct object *attribute = NULL;
         (attribute = object_next_child(before, KIND_ATTRIBUTE, attribute));)
        if (type_is_rebuilt(sink, as_attribute(attribute)->type))
            return true;
    return false;
}

bool write_type_is_rebuilt(const struct step_sink *sink, const struct object *object)
{
    const struct object *before = write_present(sink, object);
    const struct object *after = write_wanted(sink, object);

    return before && after &&
           (changes_itself(sink, before, after) || is_made_of_rebuilt(sink, before));
}

/* The first check that makes the domain ask for more. */
static const struct object *changed_check(const struct object *before, const struct object *after)
{
    for (const struct object *new = NULL;
         (new = object_next_child(after, KIND_DOMAIN_CHECK, new));) {
        const struct object *old = object_child(before, KIND_DOMAIN_CHECK, new->name);

        if (!old || fields_changed(old, new))
            return new;
    }
    return NULL;
}

bool write_part_rebuilds(const struct step_sink *sink, const struct object *part)
{
    const struct object *before = write_present(sink, part->parent);
    const struct object *after = write_wanted(sink, part->parent);

    if (!before || !after || is_made_of_rebuilt(sink, before))
        return false;
    return part == (part->kind == KIND_ATTRIBUTE ? changed_attribute(before, after)
                                                 : changed_check(before, after)) &&
           !fields_changed(before, after); /* else it is for that */
}

bool write_type_rebuilds(const struct step_sink *sink, const struct object *object)
{
    return !is_made_of_rebuilt(sink, write_present(sink, object));
}

static void add_type(struct rebuild *rebuild, const struct object *before);

/* The types that are made of this one. */
static void add_dependents(struct rebuild *rebuild, const struct object *before)
{
    const struct model *from = rebuild->sink->from;

    for (size_t i = model_first_of(from, KIND_DOMAIN); from && i < from->count; i++) {
        struct object *object = from->objects[i];

        if (object->removed)
            continue;
        if (object->kind == KIND_DOMAIN &&
            is_of_type(rebuild->sink, as_domain(object)->type, before))
            add_type(rebuild, object);
        if (object->kind != KIND_ATTRIBUTE ||
            !is_of_type(rebuild->sink, as_attribute(object)->type, before))
            continue;
        if (as_composite(object->parent)->in_columns)
            add_type(rebuild, object->parent);
        else
            pointer_list_add(&rebuild->attributes, rebuild->sink->arena, object);
    }
}

static void add_type(struct rebuild *rebuild, const struct object *before)
{
    if (!write_wanted(rebuild->sink, before) || pointer_list_contains(&rebuild->types, before))
        return;
    pointer_list_add(&rebuild->types, rebuild->sink->arena, (void *)(uintptr_t)before);
    add_dependents(rebuild, before);
}

/* --- their statements ------------------------------------------------------------------------------ */

static const char *type_word(const struct object *type)
{
    return type->kind == KIND_DOMAIN ? "DOMAIN" : "TYPE";
}

/* Owner, privileges and comments were those of the old one. */
static void create_marks(struct step_sink *sink, const struct object *object)
{
    for (const struct object *child = object->first_child; child; child = child->next_sibling) {
        if (child->kind == KIND_OWNER || child->kind == KIND_PRIVILEGE ||
            child->kind == KIND_COMMENT)
            pg_create(sink, child, NULL);
        else
            create_marks(sink, child);
    }
}

static void replace_type(struct step_sink *sink, const struct object *before)
{
    const struct object *after = write_wanted(sink, before);

    write_statement(sink, LOCK_NONE, "ALTER %s %s RENAME TO %s", type_word(after),
                    write_path(sink, after), write_name(sink, write_spare_name(sink, after->name)));
    write_whole_type(sink, before, after);
    create_marks(sink, after);
}

/* Values are carried over by their texts: both types then have to have the same attributes. */
static void match_attributes(struct step_sink *sink, const struct object *before)
{
    const struct object *after = write_wanted(sink, before);

    for (const struct object *old = NULL; (old = object_next_child(before, KIND_ATTRIBUTE, old));)
        if (!object_child(after, KIND_ATTRIBUTE, old->name))
            write_drop_attribute(sink, old);
    for (const struct object *new = NULL; (new = object_next_child(after, KIND_ATTRIBUTE, new));)
        if (!object_child(before, KIND_ATTRIBUTE, new->name))
            write_add_attribute(sink, new);
}

/* Tables of the type: they are released, altered as others are, and bound to the new one. */
static void bind_tables(struct rebuild *rebuild, const struct object *type, bool bind)
{
    struct step_sink *sink = rebuild->sink;
    const struct model *from = sink->from;

    for (size_t i = model_first_of(from, KIND_TABLE); i < from->count; i++) {
        const struct object *table = from->objects[i];
        struct step *step;

        if (table->kind != KIND_TABLE || !write_follows_type(sink, table) ||
            !is_of_type(sink, as_table(table)->of_type, type))
            continue;
        step = write_statement(sink, LOCK_ACCESS_EXCLUSIVE,
                               bind ? "ALTER TABLE %s OF %s" : "ALTER TABLE %s NOT OF",
                               write_path(sink, table), write_path(sink, type));
        step->locked = table;
    }
}

/* --- their values ---------------------------------------------------------------------------------- */

static bool has_rebuilt_type(const struct rebuild *rebuild, const char *type)
{
    for (size_t i = 0; type && i < rebuild->types.count; i++)
        if (is_of_type(rebuild->sink, type, rebuild->types.items[i]))
            return true;
    return false;
}

/* True when the column belongs to a table of one of the types, and gets its type from there. */
static bool follows_rebuilt_type(const struct rebuild *rebuild, const struct object *column)
{
    return write_follows_type(rebuild->sink, column->parent) &&
           has_rebuilt_type(rebuild, as_table(column->parent)->of_type);
}

static void carry_column(struct rebuild *rebuild, const struct object *column)
{
    struct step_sink *sink = rebuild->sink;
    const struct object *wanted = write_wanted(sink, column);
    const char *before = as_column(column)->type;
    const char *name = write_name(sink, column->name);
    const char *collation = as_column(column)->collation; /* the type alone would reset it */
    const char *after;
    struct type_change change;
    struct buffer sql = BUFFER_EMPTY;
    struct step *step;

    if (!wanted || as_column(column)->generated || write_parent_column(column))
        return;
    after = as_column(wanted)->type;
    if (follows_rebuilt_type(rebuild, column)) {
        collation = as_column(wanted)->collation;
        if (text_equal(before, after) && text_equal(as_column(column)->collation, collation) &&
            !has_rebuilt_type(rebuild, before))
            return;
    } else if (!has_rebuilt_type(rebuild, before) ||
               strcmp(write_type_base(sink->arena, before), write_type_base(sink->arena, after)) !=
                   0) {
        return;
    } else {
        after = before;
    }
    change = write_type_change(sink, before, after);
    buffer_printf(&sql, "%s ALTER COLUMN %s TYPE %s", write_alter_relation(sink, column), name,
                  after);
    if (collation)
        buffer_printf(&sql, " COLLATE %s", collation);
    if (change.cast)
        buffer_printf(&sql, " USING %s", write_cast_of(sink, &change, name));
    step = write_buffer(sink, LOCK_ACCESS_EXCLUSIVE, &sql);
    step->locked = column->parent;
    write_type_hazards(sink, step, &change);
    if (write_comparison_may_fail(sink, column, wanted, after)) {
        if (!change.rewrites)
            write_scans(sink, step);
        write_hazard(sink, step, HAZARD_MAY_FAIL);
    }
}

static void carry_columns(struct rebuild *rebuild)
{
    const struct model *from = rebuild->sink->from;

    for (size_t i = model_first_of(from, KIND_COLUMN); i < from->count; i++) {
        const struct object *object = from->objects[i];

        if (object->kind == KIND_COLUMN && object->parent->kind == KIND_TABLE && !object->removed)
            carry_column(rebuild, object);
    }
    for (size_t i = 0; i < rebuild->attributes.count; i++) {
        const struct object *object = rebuild->attributes.items[i];

        if (write_wanted(rebuild->sink, object))
            write_statement(rebuild->sink, LOCK_NONE, "ALTER TYPE %s ALTER ATTRIBUTE %s TYPE %s",
                            write_path(rebuild->sink, object->parent),
                            write_name(rebuild->sink, object->name), as_attribute(object)->type);
    }
}

void write_rebuild_type(struct step_sink *sink, const struct object *before)
{
    struct rebuild rebuild = {.sink = sink};

    add_type(&rebuild, before);
    for (size_t i = 0; i < rebuild.types.count; i++) {
        const struct object *type = rebuild.types.items[i];

        if (type->kind != KIND_COMPOSITE)
            continue;
        match_attributes(sink, type);
        bind_tables(&rebuild, type, false);
    }
    for (size_t i = 0; i < rebuild.types.count; i++)
        replace_type(sink, rebuild.types.items[i]);
    carry_columns(&rebuild);
    for (size_t i = 0; i < rebuild.types.count; i++)
        bind_tables(&rebuild, rebuild.types.items[i], true);
    for (size_t i = rebuild.types.count; i-- > 0;) {
        const struct object *type = rebuild.types.items[i];

        write_statement(sink, LOCK_NONE, "DROP %s %s", type_word(type),
                        write_sibling_path(sink, type, write_spare_name(sink, type->name)));
    }
}
