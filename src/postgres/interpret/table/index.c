/* CREATE INDEX, the texts of index keys, the names the server chooses for indexes, and their
 * copies: for LIKE and for partitions. */
#include "postgres/interpret/table/table.h"
#include "postgres/interpret/base/base.h"
#include "postgres/facts/label.h"

#include <stdio.h>
#include <string.h>

#include "core/buffer.h"
#include "postgres/facts/name.h"
#include "postgres/sql/parse.h"
#include "postgres/sql/quote.h"
#include "postgres/sql/print.h"

/* --- names ------------------------------------------------------------------------------------ */

static bool relation_taken(struct interpreter *interpreter, const char *name, void *schema)
{
    return interpret_relation_name_taken(interpreter, schema, name);
}

static bool relation_or_constraint_taken(struct interpreter *interpreter, const char *name,
                                         void *schema)
{
    return interpret_relation_name_taken(interpreter, schema, name) ||
           constraint_name_taken(interpreter, schema, name);
}

const char *index_join_names(struct interpreter *interpreter, const struct text_list *names)
{
    struct buffer joined = BUFFER_EMPTY;

    for (size_t i = 0; i < names->count && joined.length <= PG_NAME_BYTES; i++) {
        buffer_separate(&joined, 0, "_");
        buffer_append(&joined, names->items[i]);
    }
    return buffer_take(&joined, interpreter->arena);
}

const char *index_choose_name(struct interpreter *interpreter, const struct object *table,
                              const struct text_list *columns, const char *label)
{
    bool constraint = strcmp(label, "idx") != 0;

    return interpret_choose_name(
        interpreter, table->name, columns ? index_join_names(interpreter, columns) : NULL, label,
        constraint ? relation_or_constraint_taken : relation_taken, table_schema(table));
}

/* The name with a number behind where an earlier one is equal. */
const char *index_unique_name(struct interpreter *interpreter, const struct text_list *names,
                              const char *name)
{
    const char *candidate = name;

    for (int number = 1; text_list_contains(names, candidate); number++) {
        char digits[16];
        int length = snprintf(digits, sizeof(digits), "%d", number);
        size_t kept = pg_clip_name(name, (size_t)(PG_NAME_BYTES - length));

        candidate = arena_printf(interpreter->arena, "%.*s%s", (int)kept, name, digits);
    }
    return candidate;
}

void index_element_names(struct interpreter *interpreter, List *elements, struct text_list *names)
{
    ListCell *cell;

    foreach (cell, elements) {
        const IndexElem *element = lfirst(cell);
        const char *name = element->indexcolname ? element->indexcolname : element->name;

        if (!name)
            name = pg_label(element->expr);
        text_list_add(
            names, interpreter->arena,
            index_unique_name(interpreter, names, table_keep(interpreter, name ? name : "expr")));
    }
}

const char *index_key_name(struct interpreter *interpreter, const char *key)
{
    void *context = pg_parse_enter();
    const char *name = "expr";
    struct error ignored = {0};
    List *statements;

    if (pg_parse(arena_printf(interpreter->arena, "CREATE INDEX ON t (%s)", key), &statements,
                 &ignored) &&
        statements) {
        const IndexStmt *statement = castNode(IndexStmt, linitial_node(RawStmt, statements)->stmt);
        struct text_list names = {0};

        index_element_names(interpreter, statement->indexParams, &names);
        name = names.items[0];
    }
    pg_parse_leave(context);
    return name;
}

/* --- keys ------------------------------------------------------------------------------------- */

/* True for what the server prints without parentheses in an index definition. */
static bool looks_like_function(Node *node)
{
    switch (nodeTag(node)) {
    case T_FuncCall: /* not "a AT TIME ZONE b", which is one, too */
        return pg_print_is_atom(node);
    case T_CoalesceExpr:
    case T_MinMaxExpr:
    case T_SQLValueFunction:
    case T_XmlExpr:
        return true;
    case T_A_Expr:
        return castNode(A_Expr, node)->kind == AEXPR_NULLIF;
    default:
        return false;
    }
}

/* The column that an element names, be it in parentheses; NULL for an expression. */
static const char *plain_column(const IndexElem *element, CollateClause **collation)
{
    Node *node = element->expr;

    *collation = NULL;
    if (element->name)
        return element->name;
    while (IsA(node, CollateClause)) {
        if (!*collation)
            *collation = castNode(CollateClause, node);
        node = castNode(CollateClause, node)->arg;
    }
    if (!IsA(node, ColumnRef) || list_length(castNode(ColumnRef, node)->fields) != 1 ||
        !IsA(linitial(castNode(ColumnRef, node)->fields), String))
        return NULL;
    return strVal(linitial(castNode(ColumnRef, node)->fields));
}

/* " COLLATE x", where it is not the column's own. */
static void append_collation(struct interpreter *interpreter, struct buffer *text,
                             const struct object *column, CollateClause *clause)
{
    const char *collation = interpret_collation(interpreter, clause);
    const char *own = column ? as_column(column)->collation : NULL;

    if (!clause)
        return;
    if (!collation)
        collation = own || !column ? "\"default\"" : NULL;
    if (collation && (!own || strcmp(own, collation) != 0) &&
        !(column && !own && as_column(column)->type &&
          !column_collation(interpreter, as_column(column)->type, collation)))
        buffer_printf(text, " COLLATE %s", collation);
}

/* Operator classes of extensions that are no type's default: those, which nobody resolves later, have
 * to be qualified by the extension's schema. A name that ends with "_" stands for all that begin so. */
static const char *const extension_opclasses[][2] = {
    {"citext_pattern_ops", "citext"}, {"gin__int_ops", "intarray"},
    {"gist__intbig_ops", "intarray"}, {"gin_trgm_ops", "pg_trgm"},
    {"gist_trgm_ops", "pg_trgm"},     {"vector_", "vector"},
    {"halfvec_", "vector"},           {"sparsevec_", "vector"},
    {"bit_hamming_", "vector"},       {"bit_jaccard_", "vector"},
    {"gist_geometry_", "postgis"},    {"gist_geography_", "postgis"},
    {"spgist_geometry_", "postgis"},  {"spgist_geography_", "postgis"},
    {"brin_geometry_", "postgis"},    {"brin_geography_", "postgis"},
    {"pgroonga_", "pgroonga"},
};

static bool is_named_so(const char *name, const char *pattern)
{
    size_t length = strlen(pattern);

    return pattern[length - 1] == '_' ? strncmp(name, pattern, length) == 0
                                      : strcmp(name, pattern) == 0;
}

/* The schema of an operator class that was written without one; NULL for pg_catalog, or unknown. */
static const char *opclass_schema(struct interpreter *interpreter, const char *name)
{
    static const char *const methods[] = {"btree", "hash", "gist", "gin", "spgist", "brin"};
    const struct text_list *path = interpreter->search_path;
    struct arena *arena = interpreter->arena;

    for (size_t i = 0; i < sizeof(extension_opclasses) / sizeof(*extension_opclasses); i++) {
        const struct object *extension;

        if (!is_named_so(name, extension_opclasses[i][0]))
            continue;
        extension =
            model_find(interpreter->model, KIND_EXTENSION, NULL, extension_opclasses[i][1], NULL);
        if (extension)
            return as_extension(extension)->schema;
    }
    for (size_t i = 0; i < path->count; i++)
        for (size_t j = 0; j < sizeof(methods) / sizeof(*methods); j++)
            if (model_find(interpreter->model, KIND_UNMODELLED, NULL,
                           arena_printf(arena, "operator class %s USING %s",
                                        pg_qualify(arena, path->items[i], name), methods[j]),
                           NULL))
                return path->items[i];
    return NULL;
}

/* " opclass (parameter='value')" */
static void append_opclass(struct interpreter *interpreter, struct buffer *text,
                           const IndexElem *element)
{
    struct arena *arena = interpreter->arena;
    const char *schema;
    const char *name;
    size_t start;
    ListCell *cell;

    if (element->opclass) {
        interpret_name(element->opclass, &schema, &name);
        if (!schema)
            schema = opclass_schema(interpreter, name);
        if (schema && strcmp(schema, "pg_catalog") == 0)
            schema = NULL;
        buffer_printf(text, " %s", pg_qualify(arena, schema, name));
    }
    if (!element->opclassopts)
        return;
    buffer_append(text, " (");
    start = text->length;
    foreach (cell, element->opclassopts) {
        const DefElem *option = lfirst(cell);

        buffer_separate(text, start, ", ");
        buffer_printf(text, "%s=%s", pg_quote_name(arena, option->defname),
                      pg_quote_literal(arena, interpret_option_value(interpreter, option)));
    }
    buffer_append_char(text, ')');
}

static void append_order(struct buffer *text, const IndexElem *element)
{
    bool descending = element->ordering == SORTBY_DESC;

    if (descending)
        buffer_append(text, " DESC");
    if (descending && element->nulls_ordering == SORTBY_NULLS_LAST)
        buffer_append(text, " NULLS LAST");
    if (!descending && element->nulls_ordering == SORTBY_NULLS_FIRST)
        buffer_append(text, " NULLS FIRST");
}

/* The expression itself, or its column. */
static bool append_key(struct interpreter *interpreter, const struct object *relation,
                       const IndexElem *element, const char *column, struct buffer *text)
{
    const ColumnRef *unknown = NULL;
    const char *expression;

    if (column) {
        buffer_append(text, pg_quote_name(interpreter->arena, column));
        return true;
    }
    if (relation->kind == KIND_TABLE)
        constraint_columns_used(interpreter, relation, element->expr, &unknown);
    if (unknown) {
        interpret_no_child(interpreter, relation, KIND_COLUMN, strVal(llast(unknown->fields)),
                           unknown->location);
        return false;
    }
    expression = interpret_expression(interpreter, element->expr);
    if (!expression)
        return false;
    buffer_printf(text, looks_like_function(element->expr) ? "%s" : "(%s)", expression);
    return true;
}

bool index_key(struct interpreter *interpreter, const struct object *relation, IndexElem *element,
               struct expression *key)
{
    struct buffer text = BUFFER_EMPTY;
    CollateClause own = {.type = T_CollateClause, .collname = element->collation, .location = -1};
    CollateClause *inner = NULL;
    const char *name = plain_column(element, &inner);
    const struct object *column = NULL;

    if (name && relation->kind == KIND_TABLE) {
        column = table_need_column(interpreter, relation, name, exprLocation((Node *)element));
        if (!column)
            return false;
    }
    if (!append_key(interpreter, relation, element, name, &text)) {
        buffer_free(&text);
        return false;
    }
    append_collation(interpreter, &text, column, element->collation ? &own : inner);
    append_opclass(interpreter, &text, element);
    append_order(&text, element);
    *key = (struct expression){.written = buffer_take(&text, interpreter->arena)};
    return true;
}

/* --- CREATE INDEX ----------------------------------------------------------------------------- */

static const enum kind indexed_kinds[] = {KIND_TABLE, KIND_MATERIALIZED_VIEW, KIND_NONE};

/* Fills in an index's fields; the object may be a scratch one. */
static enum outcome fill_index(struct interpreter *interpreter, const struct object *relation,
                               const IndexStmt *statement, struct index *index)
{
    ListCell *cell;

    foreach (cell, statement->indexParams) {
        struct expression key;

        if (!index_key(interpreter, relation, lfirst(cell), &key))
            return interpret_failed(interpreter);
        expression_list_add(&index->keys, interpreter->arena, key);
    }
    foreach (cell, statement->indexIncludingParams) {
        const char *name = ((IndexElem *)lfirst(cell))->name;

        if (relation->kind == KIND_TABLE && !table_need_column(interpreter, relation, name, -1))
            return interpret_failed(interpreter);
        text_list_add(&index->include, interpreter->arena, table_keep(interpreter, name));
    }
    index->predicate = interpret_written(interpreter, statement->whereClause);
    if (statement->whereClause && !index->predicate.written)
        return OUTCOME_FAILED;
    index->unique = statement->unique;
    index->method =
        statement->accessMethod ? table_keep(interpreter, statement->accessMethod) : "btree";
    if (strcmp(index->method, "rtree") == 0)
        index->method = "gist";
    index->nulls_not_distinct = statement->nulls_not_distinct;
    index->options = interpret_options(interpreter, statement->options);
    index->tablespace = interpret_tablespace(interpreter, statement->tableSpace);
    index->only = !statement->relation->inh;
    return OUTCOME_DONE;
}

static const char *statement_index_name(struct interpreter *interpreter,
                                        const struct object *relation, const IndexStmt *statement)
{
    struct text_list names = {0};

    if (statement->idxname)
        return statement->idxname;
    index_element_names(interpreter, statement->indexParams, &names);
    index_element_names(interpreter, statement->indexIncludingParams, &names);
    return index_choose_name(interpreter, relation, &names, "idx");
}

enum outcome interpret_create_index(struct interpreter *interpreter, IndexStmt *statement)
{
    const RangeVar *name = statement->relation;
    struct object *relation =
        interpret_find_relation(interpreter, name->schemaname, name->relname, indexed_kinds);
    struct index draft = {0};
    struct pointer_list children = {0};
    struct object *object;
    enum outcome outcome;

    if (!relation)
        return interpret_no_relation(interpreter, name, indexed_kinds);
    if (statement->if_not_exists && statement->idxname &&
        interpret_relation_name_taken(interpreter, table_schema(relation), statement->idxname))
        return OUTCOME_DONE;
    outcome = fill_index(interpreter, relation, statement, &draft);
    if (outcome != OUTCOME_DONE)
        return outcome;
    object = statement->idxname ? object_child(relation, KIND_INDEX, statement->idxname) : NULL;
    if (object && object->implied && index_equal(as_index(object), &draft)) {
        object->implied = false; /* written to come before the partition was attached */
        interpret_annotate(interpreter, object, -1);
        return OUTCOME_DONE;
    }
    object = interpret_add(interpreter, KIND_INDEX, relation,
                           statement_index_name(interpreter, relation, statement), NULL, -1);
    if (!object)
        return OUTCOME_FAILED;
    object->name_chosen = !statement->idxname;
    index_copy_fields(as_index(object), &draft);
    as_index(object)->only = draft.only && table_is_partitioned(relation);
    if (table_is_partitioned(relation))
        children = table_children(interpreter, relation);
    as_index(object)->invalid = draft.only && children.count > 0;
    for (size_t i = 0; i < children.count && !draft.only; i++)
        index_copy_to_partition(interpreter, children.items[i], object, -1);
    return OUTCOME_DONE;
}
