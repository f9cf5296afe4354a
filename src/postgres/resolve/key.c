/* One key of an index, an exclusion constraint or a partitioned table: a column or an expression with
 * its collation, operator class and order, each part kept only where it is not what the server would
 * take by itself. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "core/buffer.h"
#include "postgres/sql/keyword.h"
#include "postgres/sql/parse.h"
#include "postgres/resolve/resolve.h"
#include "postgres/sql/quote.h"
#include "postgres/sql/tree.h"

struct key {
    const char *column; /* NULL: an expression */
    const char *expression;
    const char *collation_schema;
    const char *collation; /* NULL: none written */
    const char *opclass_schema;
    const char *opclass;
    struct text_list parameters;
    bool descending;
    bool nulls_first;
};

static void read_names(struct arena *arena, List *names, const char **schema, const char **name)
{
    ListCell *cell;

    foreach (cell, names) {
        *schema = *name;
        *name = arena_strdup(arena, strVal(lfirst(cell)));
    }
}

static const char *parameter_value(struct arena *arena, Node *value)
{
    if (!value)
        return "true";
    if (IsA(value, Integer))
        return arena_printf(arena, "%d", intVal(value));
    if (IsA(value, Float))
        return arena_strdup(arena, castNode(Float, value)->fval);
    if (IsA(value, Boolean))
        return boolVal(value) ? "true" : "false";
    if (IsA(value, String))
        return arena_strdup(arena, strVal(value));
    if (IsA(value, TypeName)) { /* an unquoted word is read as a type name */
        const char *schema = NULL;
        const char *name = NULL;

        read_names(arena, castNode(TypeName, value)->names, &schema, &name);
        return name;
    }
    return "";
}

static void read_parameters(struct arena *arena, struct key *key, List *options)
{
    ListCell *cell;

    foreach (cell, options) {
        DefElem *option = lfirst_node(DefElem, cell);

        text_list_add(&key->parameters, arena,
                      arena_printf(arena, "%s=%s", pg_quote_name(arena, option->defname),
                                   pg_quote_literal(arena, parameter_value(arena, option->arg))));
    }
    text_list_sort(&key->parameters);
}

static bool read_key(struct arena *arena, const char *text, int version, struct key *key,
                     struct error *error)
{
    const char *statement = arena_printf(arena, "CREATE INDEX ON t (%s)", text);
    void *context = pg_parse_enter();
    List *statements = NIL;
    bool done = pg_parse(pg_quote_later_keywords(arena, statement, version), &statements, error);

    if (done) {
        IndexStmt *index = castNode(IndexStmt, linitial_node(RawStmt, statements)->stmt);
        IndexElem *element = linitial_node(IndexElem, index->indexParams);

        key->column = arena_strdup(arena, element->name);
        if (element->expr)
            key->expression = pg_deparse_expression(element->expr, arena, error);
        read_names(arena, element->collation, &key->collation_schema, &key->collation);
        read_names(arena, element->opclass, &key->opclass_schema, &key->opclass);
        read_parameters(arena, key, element->opclassopts);
        key->descending = element->ordering == SORTBY_DESC;
        key->nulls_first = element->nulls_ordering == SORTBY_NULLS_DEFAULT
                               ? key->descending
                               : element->nulls_ordering == SORTBY_NULLS_FIRST;
        done = key->column || key->expression;
    }
    pg_parse_leave(context);
    return done;
}

static bool is_catalog(const char *schema)
{
    return !schema || strcmp(schema, "pg_catalog") == 0;
}

static const char *canonical_name(struct arena *arena, const char *schema, const char *name)
{
    return pg_qualify(arena, is_catalog(schema) ? NULL : schema, name);
}

/* What is indexed, as far as it decides about collation and operator class. */
struct keyed {
    const struct pg_type *type;
    const char *collation; /* NULL: the type's own */
};

static const struct pg_column *find_column(const struct pg_relation *relation, const char *name)
{
    for (int i = 0; relation && i < relation->column_count; i++)
        if (strcmp(relation->columns[i].name, name) == 0)
            return &relation->columns[i];
    return NULL;
}

static bool is_own_collation(struct arena *arena, const struct key *key, struct keyed keyed)
{
    const char *own = keyed.collation ? keyed.collation : "\"default\"";
    const char *schema;
    const char *name;

    resolver_split(arena, own, &schema, &name);
    return strcmp(name, key->collation) == 0 &&
           (is_catalog(schema)
                ? is_catalog(key->collation_schema)
                : key->collation_schema && strcmp(schema, key->collation_schema) == 0);
}

static bool is_own_opclass(struct resolver *resolver, const char *method, const struct key *key,
                           struct keyed keyed)
{
    const char *own =
        keyed.type ? pg_universe_default_opclass(resolver->universe, method, keyed.type) : NULL;
    const char *schema;
    const char *name;

    if (!own)
        return false;
    resolver_split(resolver->scratch, own, &schema, &name);
    /* an unqualified class of a schema that is not pg_catalog's was found along the path */
    return strcmp(name, key->opclass) == 0 &&
           (!key->opclass_schema || is_catalog(schema) == is_catalog(key->opclass_schema));
}

static void append_details(struct resolver *resolver, struct buffer *text, const char *method,
                           const struct key *key, struct keyed keyed)
{
    struct arena *arena = resolver->scratch;

    if (key->collation && !is_own_collation(arena, key, keyed))
        buffer_printf(text, " COLLATE %s",
                      canonical_name(arena, key->collation_schema, key->collation));
    if (key->opclass && (key->parameters.count || !is_own_opclass(resolver, method, key, keyed)))
        buffer_printf(text, " %s", canonical_name(arena, key->opclass_schema, key->opclass));
    if (key->parameters.count)
        buffer_printf(text, " (%s)", text_list_join(&key->parameters, arena, ", "));
    if (key->descending)
        buffer_append(text, " DESC");
    if (key->nulls_first != key->descending)
        buffer_append(text, key->nulls_first ? " NULLS FIRST" : " NULLS LAST");
}

/* Collation and operator class are looked up now: other sessions have other paths. */
static void settle_names(struct resolver *resolver, struct object *object, struct key *key)
{
    const char *schema;

    resolver_enter(resolver, object);
    if (key->collation) {
        schema = resolver_need_named(resolver, object, "collation", key->collation_schema,
                                     key->collation);
        key->collation_schema = schema ? schema : key->collation_schema;
    }
    if (key->opclass) {
        schema = resolver_need_named(resolver, object, "operator class", key->opclass_schema,
                                     key->opclass);
        key->opclass_schema = schema ? schema : key->opclass_schema;
    }
}

static void finish_column(struct resolver *resolver, struct object *object, struct object *table,
                          const char *method, const struct key *key, struct expression *expression)
{
    const struct pg_relation *relation = resolver_relation(resolver, table);
    const struct pg_column *column;
    struct keyed keyed = {0};
    const char *name = key->column;
    struct buffer text = BUFFER_EMPTY;

    if (relation && !relation->columns && relation->fill) {
        struct pg_relation *fillable = resolver_relation(resolver, table);

        fillable->fill(fillable, fillable->fill_context);
    }
    column = find_column(relation, key->column);
    if (column) {
        keyed = (struct keyed){column->type, column->collation};
        if (column->print_name)
            name = column->print_name;
    }
    for (struct object *child = NULL; (child = object_next_child(table, KIND_COLUMN, child));)
        if (strcmp(child->name, name) == 0 && table != object)
            model_need(resolver->model, object, child);
    buffer_append(&text, pg_quote_name(resolver->scratch, name));
    append_details(resolver, &text, method, key, keyed);
    expression->canonical = expression->written = buffer_take(&text, resolver->arena);
}

static bool finish_expression(struct resolver *resolver, struct object *object,
                              struct object *table, const char *method, const struct key *key,
                              struct expression *expression)
{
    struct pg_analysis analysis = {0};
    struct pg_scope scope = {.relation = resolver_relation(resolver, table), .index = true};
    struct buffer text = BUFFER_EMPTY;
    struct keyed keyed;

    resolver_enter(resolver, object);
    if (!pg_analyze_expression(resolver->universe, key->expression, &scope, resolver->arena,
                               &analysis, resolver->error))
        return false;
    keyed = (struct keyed){analysis.type, analysis.collation};
    buffer_printf(&text, "(%s)", analysis.canonical);
    append_details(resolver, &text, method, key, keyed);
    expression->canonical = buffer_take(&text, resolver->arena);
    buffer_printf(&text, "(%s)", analysis.written ? analysis.written : key->expression);
    append_details(resolver, &text, method, key, keyed);
    expression->written = buffer_take(&text, resolver->arena);
    expression->incomplete = !analysis.complete;
    resolver_note_needs(resolver, object, &analysis);
    return resolver_accepts(resolver, object, &analysis);
}

bool resolver_key(struct resolver *resolver, struct object *object, struct object *table,
                  const char *method, struct expression *expression)
{
    struct key key = {0};

    if (!read_key(resolver->scratch, expression->written, pg_universe_version(resolver->universe),
                  &key, resolver->error))
        return false;
    settle_names(resolver, object, &key);
    if (key.column) {
        finish_column(resolver, object, table, method, &key, expression);
        return true;
    }
    return finish_expression(resolver, object, table, method, &key, expression);
}
