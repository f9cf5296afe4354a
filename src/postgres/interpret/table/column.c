/* Columns of tables: types, serial and identity columns with their sequences, defaults, generation
 * expressions, not null, collation, storage and compression. */
#include "postgres/interpret/base/base.h"
#include "postgres/interpret/table/table.h"

#include <string.h>

#include "core/text/letter_case.h"
#include "postgres/canon/canon.h"
#include "postgres/sql/quote.h"
#include "postgres/types/types.h"

/* pg_attribute.attidentity, as the parser writes it. */
enum { IDENTITY_ALWAYS = 'a' };

/* --- what types have by themselves ------------------------------------------------------------ */

static const struct pg_type *type_of_text(struct interpreter *interpreter, const char *text)
{
    struct error ignored = {0};
    int32_t typmod;

    return pg_resolve_type(interpret_universe(interpreter), text, &typmod, &ignored);
}

/* typstorage of base types whose values vary in length; all others are plain. */
static const char *const extended_types[] = {
    "text",   "varchar", "bpchar", "bytea",       "json",          "jsonb",     "xml",
    "bit",    "varbit",  "path",   "polygon",     "tsvector",      "refcursor", "jsonpath",
    "citext", "hstore",  "ltree",  "pg_snapshot", "txid_snapshot", NULL,
};
static const char *const main_types[] = {"numeric", "inet", "cidr", "geometry", "geography", NULL};
static const char *const external_types[] = {"vector", "halfvec", "sparsevec", NULL};

static const char *type_storage(const struct pg_type *type)
{
    while (type && type->type_class == PG_TYPE_DOMAIN)
        type = type->base;
    if (!type || type->element || type->type_class == PG_TYPE_COMPOSITE ||
        type->type_class == PG_TYPE_RANGE || type->type_class == PG_TYPE_MULTIRANGE)
        return "extended";
    if (text_is_among(type->name, main_types))
        return "main";
    if (text_is_among(type->name, external_types))
        return "external";
    return text_is_among(type->name, extended_types) ? "extended" : "plain";
}

const char *column_storage(struct interpreter *interpreter, const char *type, const char *storage)
{
    if (!storage)
        return NULL;
    storage = text_lower(interpreter->arena, storage);
    if (strcmp(storage, "default") == 0 ||
        strcmp(storage, type_storage(type_of_text(interpreter, type))) == 0)
        return NULL;
    return storage;
}

const char *column_compression(struct interpreter *interpreter, const char *method)
{
    if (!method)
        return NULL;
    method = text_lower(interpreter->arena, method);
    return strcmp(method, "default") == 0 ? NULL : method;
}

const char *column_collation(struct interpreter *interpreter, const char *type,
                             const char *collation)
{
    const struct pg_type *resolved;
    const struct object *domain = NULL;
    const char *own = NULL;

    if (!collation)
        return NULL;
    resolved = type_of_text(interpreter, type);
    if (resolved && resolved->type_class == PG_TYPE_DOMAIN)
        domain = interpret_find(interpreter, KIND_DOMAIN, resolved->schema, resolved->name, NULL);
    if (domain)
        own = as_domain(domain)->collation;
    else if (strcmp(type, "name") == 0)
        own = "\"C\"";
    return own && strcmp(own, collation) == 0 ? NULL : collation;
}

/* --- resolving a definition ------------------------------------------------------------------- */

struct serial_type {
    const char *name;
    const char *type;
};

static const struct serial_type serial_types[] = {
    {"serial", "integer"}, {"serial4", "integer"},      {"bigserial", "bigint"},
    {"serial8", "bigint"}, {"smallserial", "smallint"}, {"serial2", "smallint"},
};

static const char *serial_type(const TypeName *name)
{
    if (list_length(name->names) != 1 || name->pct_type)
        return NULL;
    for (size_t i = 0; i < sizeof(serial_types) / sizeof(*serial_types); i++)
        if (strcmp(serial_types[i].name, strVal(linitial(name->names))) == 0)
            return serial_types[i].type;
    return NULL;
}

enum outcome column_prepare(struct interpreter *interpreter, ColumnDef *definition,
                            struct column_spec *spec)
{
    *spec = (struct column_spec){.definition = definition};
    if (!definition->typeName)
        return OUTCOME_DONE;
    spec->type = serial_type(definition->typeName);
    spec->serial = spec->type != NULL;
    if (spec->serial && definition->typeName->arrayBounds)
        return interpret_fail(interpreter, definition->typeName->location,
                              "an array of serial is not possible");
    if (!spec->serial)
        spec->type = interpret_type(interpreter, definition->typeName);
    if (!spec->type)
        return interpret_failed(interpreter);
    if (definition->collClause)
        spec->collation = column_collation(
            interpreter, spec->type, interpret_collation(interpreter, definition->collClause));
    return OUTCOME_DONE;
}

/* --- not null --------------------------------------------------------------------------------- */

static const char *default_not_null_name(struct interpreter *interpreter,
                                         const struct object *column)
{
    return interpret_choose_name(interpreter, column->parent->name, column->name, "not_null", NULL,
                                 NULL);
}

const char *column_not_null_name(struct interpreter *interpreter, const struct object *not_null)
{
    const char *name = as_not_null(not_null)->constraint_name;

    return name ? name : default_not_null_name(interpreter, not_null->parent);
}

/* An inherited constraint becomes the table's own, too. Declared by CREATE TABLE, it gets a name
 * of its own; later it keeps the parent's. */
static void make_own(struct interpreter *interpreter, struct object *object)
{
    if (!as_not_null(object)->inherited)
        return;
    as_not_null(object)->inherited = false;
    object->implied = false;
    if (table_family(interpreter)->creating == object->parent->parent)
        as_not_null(object)->constraint_name = NULL;
}

struct object *column_set_not_null(struct interpreter *interpreter, struct object *column,
                                   const char *name, bool no_inherit, bool inherited, int location)
{
    struct object *object = object_child(column, KIND_NOT_NULL, "");

    if (object) {
        if (!inherited)
            make_own(interpreter, object);
    } else {
        object = interpret_add_implied(interpreter, KIND_NOT_NULL, column, "", NULL, location);
        as_not_null(object)->inherited = inherited;
        as_not_null(object)->no_inherit = no_inherit;
        object->implied = inherited;
    }
    if (name && !as_not_null(object)->constraint_name &&
        strcmp(name, default_not_null_name(interpreter, column)) != 0)
        as_not_null(object)->constraint_name = table_keep(interpreter, name);
    return object;
}

struct object *column_declare_not_null(struct interpreter *interpreter, struct object *column,
                                       const char *name, bool no_inherit, int location)
{
    struct object *object =
        column_set_not_null(interpreter, column, name, no_inherit, false, location);
    struct pointer_list children = {0};

    if (!no_inherit)
        children = table_children(interpreter, column->parent);
    for (size_t i = 0; i < children.count; i++) {
        struct object *same = table_column(children.items[i], column->name);
        struct object *inherited;

        if (!same || object_child(same, KIND_NOT_NULL, ""))
            continue;
        inherited = column_declare_not_null(
            interpreter, same, column_not_null_name(interpreter, object), false, location);
        as_not_null(inherited)->inherited = true;
        inherited->implied = true;
    }
    return object;
}

/* --- defaults --------------------------------------------------------------------------------- */

static bool is_null_constant(Node *expression)
{
    return IsA(expression, A_Const) && castNode(A_Const, expression)->isnull;
}

/* True when the server calls a function to give values of the type their length. A literal of an interval
 * has its fields and digits from the start. */
static bool has_length(const char *type)
{
    size_t length = strlen(type);
    bool array = length > 2 && strcmp(type + length - 2, "[]") == 0;

    return strchr(type, '(') && (array || strncmp(type, "interval", strlen("interval")) != 0);
}

/* DEFAULT NULL is no default at all, unless a cast of the NULL to the column's type remains: the
 * type has a length, or is a domain, or the NULL is written with another type. */
static bool is_no_default(struct interpreter *interpreter, const struct object *column,
                          Node *expression)
{
    const char *type = as_column(column)->type;
    const struct pg_type *resolved;

    if (IsA(expression, TypeCast) && is_null_constant(castNode(TypeCast, expression)->arg)) {
        const char *written = interpret_type(interpreter, castNode(TypeCast, expression)->typeName);

        if (!written || strcmp(written, type) != 0)
            return false;
    } else if (!is_null_constant(expression)) {
        return false;
    }
    if (has_length(type) || strcmp(type, "\"char\"") == 0)
        return false;
    resolved = type_of_text(interpreter, type);
    return !resolved || resolved->type_class != PG_TYPE_DOMAIN;
}

/* The DEFAULT child with that text, made or changed. */
static struct object *put_default(struct interpreter *interpreter, struct object *column,
                                  const char *text, int location)
{
    struct object *object = object_child(column, KIND_DEFAULT, "");

    if (!object)
        object = interpret_add_implied(interpreter, KIND_DEFAULT, column, "", NULL, location);
    object->search_path = interpreter->search_path;
    as_default_value(object)->expression = (struct expression){.written = text};
    return object;
}

enum outcome column_set_default(struct interpreter *interpreter, struct object *column,
                                Node *expression, int location)
{
    struct object *object = object_child(column, KIND_DEFAULT, "");
    const char *text;

    if (!expression || is_no_default(interpreter, column, expression)) {
        if (object)
            interpret_remove(interpreter, object);
        return OUTCOME_DONE;
    }
    text = interpret_expression(interpreter, expression);
    if (!text)
        return OUTCOME_FAILED;
    put_default(interpreter, column, text, location);
    return OUTCOME_DONE;
}

void column_copy_default(struct interpreter *interpreter, struct object *column,
                         const struct object *source)
{
    const struct object *other = object_child(source, KIND_DEFAULT, "");
    struct object *copy;

    if (!other || object_child(column, KIND_DEFAULT, ""))
        return;
    copy = put_default(interpreter, column, as_default_value(other)->expression.written, -1);
    copy->search_path = other->search_path;
}

static enum outcome make_serial(struct interpreter *interpreter, struct object *column,
                                int location)
{
    struct object *table = column->parent;
    struct object *sequence =
        sequence_make_serial(interpreter, table, column->name, as_column(column)->type, location);
    struct arena *arena = interpreter->arena;
    const char *name;

    if (!sequence)
        return OUTCOME_FAILED;
    sequence_set_owner_column(interpreter, sequence, column, location);
    name = pg_qualify(arena, sequence->parent->name, sequence->name);
    put_default(interpreter, column,
                arena_printf(arena, "nextval(%s::regclass)", pg_quote_literal(arena, name)),
                location);
    column_declare_not_null(interpreter, column, NULL, false, location);
    return OUTCOME_DONE;
}

/* --- identity --------------------------------------------------------------------------------- */

static bool relation_taken(struct interpreter *interpreter, const char *name, void *schema)
{
    return interpret_relation_name_taken(interpreter, schema, name);
}

enum outcome column_set_identity(struct interpreter *interpreter, struct object *column, char when,
                                 List *options, int location)
{
    struct object *table = column->parent;
    struct object *schema = table_schema(table);
    struct sequence_values values;
    struct object *object;
    const char *name_schema;
    const char *name;
    const char *usual;

    if (!sequence_new_values(interpreter, options, as_column(column)->type, &values))
        return interpret_failed(interpreter);
    usual = interpret_choose_name(interpreter, table->name, column->name, "seq", NULL, NULL);
    if (values.name)
        interpret_name(values.name, &name_schema, &name);
    else
        name = interpret_choose_name(interpreter, table->name, column->name, "seq", relation_taken,
                                     schema);
    object = interpret_add_implied(interpreter, KIND_IDENTITY, column, "", NULL, location);
    if (!object)
        return OUTCOME_FAILED;
    as_identity(object)->mode = when == IDENTITY_ALWAYS ? "always" : "by default";
    as_identity(object)->sequence = strcmp(name, usual) == 0 ? NULL : table_keep(interpreter, name);
    sequence_values_to_identity(&values, as_identity(object));
    as_identity(object)->own_persistence =
        as_table(table)->unlogged ? values.logged : values.unlogged;
    interpret_claim_name(interpreter, schema, table_keep(interpreter, name), object);
    column_declare_not_null(interpreter, column, NULL, false, location);
    return OUTCOME_DONE;
}

/* --- making ----------------------------------------------------------------------------------- */

static enum outcome set_generated(struct interpreter *interpreter, struct object *object,
                                  Constraint *constraint)
{
    struct column *column = as_column(object);
    const char *text = interpret_expression(interpreter, constraint->raw_expr);

    if (!text)
        return OUTCOME_FAILED;
#if PLUMB_PG_QUERY_VERSION >= 18
    column->generated = constraint->generated_kind == 'v' ? "virtual" : "stored";
#else
    column->generated = "stored";
#endif
    column->generation = (struct expression){.written = text};
    return OUTCOME_DONE;
}

enum outcome column_constrain(struct interpreter *interpreter, struct object *column,
                              List *constraints, struct constraint_queue *queue)
{
    struct constraint_item *last = NULL;
    enum outcome outcome = OUTCOME_DONE;
    ListCell *cell;

    foreach (cell, constraints) {
        Constraint *node = lfirst_node(Constraint, cell);

        switch (node->contype) {
        case CONSTR_NULL:
            break;
        case CONSTR_NOTNULL:
            column_declare_not_null(interpreter, column, node->conname, node->is_no_inherit,
                                    node->location);
            break;
        case CONSTR_DEFAULT:
            outcome = column_set_default(interpreter, column, node->raw_expr, node->location);
            break;
        case CONSTR_IDENTITY:
            outcome = column_set_identity(interpreter, column, node->generated_when, node->options,
                                          node->location);
            break;
        case CONSTR_GENERATED:
            outcome = set_generated(interpreter, column, node);
            break;
        default:
            if (!constraint_attribute(last, node))
                last = constraint_collect(interpreter, queue, node, column->name);
        }
        if (outcome != OUTCOME_DONE)
            return outcome;
    }
    return OUTCOME_DONE;
}

/* A new column at the table's end; NULL: reported. */
static struct object *add_column(struct interpreter *interpreter, struct object *table,
                                 const struct column_spec *spec)
{
    const ColumnDef *definition = spec->definition;
    int64_t position = table_next_position(table);
    struct object *object = interpret_add(interpreter, KIND_COLUMN, table, definition->colname,
                                          NULL, definition->location);
    struct column *column;

    if (!object)
        return NULL;
    column = as_column(object);
    column->type = spec->type;
    column->collation = spec->collation;
    column->statistics = -1;
    column->position = position;
    object->search_path = interpreter->search_path;
    return object;
}

/* The inherited column that a definition of the same name is merged into. */
static struct object *merge_column(struct interpreter *interpreter, struct object *column,
                                   const struct column_spec *spec)
{
    if (spec->type && strcmp(spec->type, as_column(column)->type) != 0) {
        interpret_fail(interpreter, spec->definition->location,
                       "column \"%s\" has type %s here and %s in the parent table", column->name,
                       spec->type, as_column(column)->type);
        return NULL;
    }
    if (spec->type && !table_is_partition(column->parent))
        as_column(column)->inherited = false;
    interpret_annotate(interpreter, column, spec->definition->location);
    return column;
}

enum outcome column_make(struct interpreter *interpreter, struct object *table,
                         const struct column_spec *spec, struct constraint_queue *queue)
{
    const ColumnDef *definition = spec->definition;
    struct object *object = table_column(table, definition->colname);
    enum outcome outcome = OUTCOME_DONE;

    if (object && (as_column(object)->inherited || !spec->type))
        object = merge_column(interpreter, object, spec);
    else if (!object && !spec->type)
        return interpret_no_child(interpreter, table, KIND_COLUMN, definition->colname,
                                  definition->location);
    else
        object = add_column(interpreter, table, spec);
    if (!object)
        return OUTCOME_FAILED;
    if (definition->storage_name)
        as_column(object)->storage =
            column_storage(interpreter, as_column(object)->type, definition->storage_name);
    if (definition->compression)
        as_column(object)->compression = column_compression(interpreter, definition->compression);
    interpret_server_options(interpreter, &as_column(object)->server_options,
                             definition->fdwoptions);
    if (spec->serial)
        outcome = make_serial(interpreter, object, definition->location);
    if (outcome == OUTCOME_DONE)
        outcome = column_constrain(interpreter, object, definition->constraints, queue);
    return outcome;
}
