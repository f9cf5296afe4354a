/* CREATE TABLE: columns, parents, partitions and typed tables. First all that the statement
 * names is looked up, so that a statement which comes too early changes nothing; then the table
 * is made in the order in which the server would do it, which decides about chosen names. */
#include "postgres/interpret/table/table.h"
#include "postgres/interpret/base/base.h"

#include <string.h>

/* --- what the family shares ------------------------------------------------------------------- */

struct table_family *table_family(struct interpreter *interpreter)
{
    if (!interpreter->tables) {
        interpreter->tables = ARENA_NEW(interpreter->arena, struct table_family);
        interpreter->tables->children = map_new(interpreter->arena);
        interpreter->tables->constraints = map_new(interpreter->arena);
    }
    return interpreter->tables;
}

const char *table_keep(struct interpreter *interpreter, const char *text)
{
    return arena_strdup(interpreter->arena, text);
}

struct object *table_column(const struct object *table, const char *name)
{
    return object_child(table, KIND_COLUMN, name);
}

struct object *table_need_column(struct interpreter *interpreter, const struct object *table,
                                 const char *name, int location)
{
    struct object *column = table_column(table, name);

    if (!column)
        interpret_no_child(interpreter, table, KIND_COLUMN, name, location);
    return column;
}

struct object *table_schema(const struct object *table)
{
    return object_ancestor(table, KIND_SCHEMA);
}

struct text_list table_names(struct interpreter *interpreter, List *strings)
{
    struct text_list names = {0};
    ListCell *cell;

    foreach (cell, strings)
        text_list_add(&names, interpreter->arena, table_keep(interpreter, strVal(lfirst(cell))));
    return names;
}

bool table_is_partitioned(const struct object *table)
{
    return table->kind == KIND_TABLE && as_table(table)->partition_strategy != NULL;
}

bool table_is_partition(const struct object *table)
{
    return object_child(table, KIND_ATTACHMENT, "") != NULL;
}

static int compare_positions(const void *a, const void *b)
{
    const struct column *x = *(struct column *const *)a;
    const struct column *y = *(struct column *const *)b;

    return x->position < y->position ? -1 : x->position > y->position;
}

struct pointer_list interpret_table_columns(struct interpreter *interpreter,
                                            const struct object *table)
{
    struct pointer_list columns = {0};
    struct object *column = NULL;
    bool sorted = true;
    int64_t last = 0;

    while ((column = object_next_child(table, KIND_COLUMN, column)) != NULL) {
        sorted = sorted && as_column(column)->position > last;
        last = as_column(column)->position;
        pointer_list_add(&columns, interpreter->arena, as_column(column));
    }
    if (!sorted)
        qsort(columns.items, columns.count, sizeof(*columns.items), compare_positions);
    return columns;
}

int64_t table_next_position(const struct object *table)
{
    int64_t position = 1;
    struct object *column = NULL;

    while ((column = object_next_child(table, KIND_COLUMN, column)) != NULL)
        position++;
    return position;
}

void table_renumber(struct interpreter *interpreter, struct object *table)
{
    struct pointer_list columns = interpret_table_columns(interpreter, table);

    for (size_t i = 0; i < columns.count; i++)
        ((struct column *)columns.items[i])->position = (int64_t)i + 1;
}

void table_tidy_marks(struct interpreter *interpreter, struct object *table)
{
    struct object *cluster = object_child(table, KIND_CLUSTER, "");
    struct object *identity = object_child(table, KIND_REPLICA_IDENTITY, "");

    if (cluster && as_cluster(cluster)->index->removed)
        interpret_remove(interpreter, cluster);
    if (identity && as_replica_identity(identity)->index &&
        as_replica_identity(identity)->index->removed)
        interpret_remove(interpreter, identity);
}

/* --- parents and children --------------------------------------------------------------------- */

static const char *address_key(struct interpreter *interpreter, const struct object *table)
{
    return arena_printf(interpreter->arena, "%p", (const void *)table);
}

void table_add_child(struct interpreter *interpreter, struct object *table, struct object *child)
{
    struct table_family *family = table_family(interpreter);
    const char *key = address_key(interpreter, table);
    struct pointer_list *children = map_get(&family->children, key);

    if (!children) {
        children = ARENA_NEW(interpreter->arena, struct pointer_list);
        map_set(&family->children, key, children);
    }
    pointer_list_add(children, interpreter->arena, child);
}

/* True while child is a partition of, or inherits from, the table. */
static bool is_child(const struct object *child, const struct object *table)
{
    const struct object *attachment;
    const struct pointer_list *parents;

    if (child->removed)
        return false;
    attachment = object_child(child, KIND_ATTACHMENT, "");
    if (attachment && as_attachment(attachment)->table == table)
        return true;
    parents = &as_table(child)->inherits;
    for (size_t i = 0; i < parents->count; i++)
        if (parents->items[i] == table)
            return true;
    return false;
}

struct pointer_list table_children(struct interpreter *interpreter, const struct object *table)
{
    struct table_family *family = table_family(interpreter);
    const struct pointer_list *candidates;
    struct pointer_list children = {0};

    if (family->children.count == 0)
        return children;
    candidates = map_get(&family->children, address_key(interpreter, table));
    for (size_t i = 0; candidates && i < candidates->count; i++)
        if (is_child(candidates->items[i], table) &&
            !pointer_list_contains(&children, candidates->items[i]))
            pointer_list_add(&children, interpreter->arena, candidates->items[i]);
    return children;
}

bool table_inherits_column(const struct object *table, const char *name)
{
    const struct object *attachment = object_child(table, KIND_ATTACHMENT, "");
    const struct pointer_list *parents = &as_table(table)->inherits;

    if (attachment && table_column(as_attachment(attachment)->table, name))
        return true;
    for (size_t i = 0; i < parents->count; i++)
        if (table_column(parents->items[i], name))
            return true;
    return false;
}

/* --- looking everything up -------------------------------------------------------------------- */

struct creation {
    struct interpreter *interpreter;
    CreateStmt *statement;
    struct object *schema;
    struct object *table;
    struct pointer_list parents; /* tables, in order; the partitioned table of a partition */
    struct pointer_list sources; /* of the LIKE clauses, in order */
    struct object *type;         /* of a typed table: a composite type */
    const char *type_text;
    struct column_spec *columns; /* of the column definitions, in order */
    struct constraint_queue queue;
};

static const enum kind like_kinds[] = {KIND_TABLE, KIND_VIEW, KIND_MATERIALIZED_VIEW,
                                       KIND_COMPOSITE, KIND_NONE};

/* Finds a relation and puts it into the list. */
static enum outcome find_into(struct creation *creation, const RangeVar *name,
                              const enum kind *kinds, struct pointer_list *list)
{
    struct interpreter *interpreter = creation->interpreter;
    struct object *object =
        interpret_find_relation(interpreter, name->schemaname, name->relname, kinds);

    if (!object)
        return interpret_no_relation(interpreter, name, kinds);
    pointer_list_add(list, interpreter->arena, object);
    return OUTCOME_DONE;
}

static enum outcome prepare_elements(struct creation *creation)
{
    struct interpreter *interpreter = creation->interpreter;
    List *elements = creation->statement->tableElts;
    enum outcome outcome = OUTCOME_DONE;
    size_t count = 0;
    ListCell *cell;

    creation->columns =
        ARENA_ARRAY(interpreter->arena, struct column_spec, (size_t)list_length(elements) + 1);
    foreach (cell, elements) {
        Node *element = lfirst(cell);

        if (IsA(element, ColumnDef))
            outcome = column_prepare(interpreter, castNode(ColumnDef, element),
                                     &creation->columns[count++]);
        else if (IsA(element, TableLikeClause))
            outcome = find_into(creation, castNode(TableLikeClause, element)->relation, like_kinds,
                                &creation->sources);
        if (outcome != OUTCOME_DONE)
            return outcome;
    }
    return OUTCOME_DONE;
}

static enum outcome prepare_type(struct creation *creation)
{
    struct interpreter *interpreter = creation->interpreter;
    TypeName *name = creation->statement->ofTypename;
    const char *schema;
    const char *bare;

    creation->type_text = interpret_type(interpreter, name);
    if (!creation->type_text)
        return interpret_failed(interpreter);
    interpret_name(name->names, &schema, &bare);
    creation->type = interpret_find(interpreter, KIND_COMPOSITE, schema, bare, NULL);
    if (!creation->type)
        return interpret_fail(interpreter, name->location, "type %s is not a composite type",
                              creation->type_text);
    return OUTCOME_DONE;
}

static enum outcome prepare(struct creation *creation)
{
    struct interpreter *interpreter = creation->interpreter;
    CreateStmt *statement = creation->statement;
    enum outcome outcome = OUTCOME_DONE;
    ListCell *cell;

    creation->schema = interpret_creation_schema(interpreter, statement->relation->schemaname,
                                                 statement->relation->location);
    if (!creation->schema)
        return interpret_failed(interpreter);
    foreach (cell, statement->inhRelations) {
        outcome = find_into(creation, lfirst(cell), interpret_table_kinds, &creation->parents);
        if (outcome != OUTCOME_DONE)
            return outcome;
    }
    if (statement->ofTypename)
        outcome = prepare_type(creation);
    if (statement->partbound && !table_is_partitioned(creation->parents.items[0]))
        return interpret_missing(interpreter, statement->relation->location,
                                 "table %s is not partitioned",
                                 ((struct object *)creation->parents.items[0])->name);
    return outcome == OUTCOME_DONE ? prepare_elements(creation) : outcome;
}

/* --- making ----------------------------------------------------------------------------------- */

/* "oids=false" is taken by the server and forgotten. */
static struct text_list storage_options(struct interpreter *interpreter, List *options)
{
    struct text_list all = interpret_options(interpreter, options);
    struct text_list kept = {0};

    for (size_t i = 0; i < all.count; i++)
        if (strncmp(all.items[i], "oids=", strlen("oids=")) != 0)
            text_list_add(&kept, interpreter->arena, all.items[i]);
    return kept;
}

static bool wants_oids(struct interpreter *interpreter, List *options)
{
    struct text_list all = interpret_options(interpreter, options);

    for (size_t i = 0; i < all.count; i++)
        if (strncmp(all.items[i], "oids=", strlen("oids=")) == 0)
            return !interpret_is_off(all.items[i] + strlen("oids="));
    return false;
}

static void set_table_fields(struct creation *creation)
{
    struct interpreter *interpreter = creation->interpreter;
    CreateStmt *statement = creation->statement;
    struct table *table = as_table(creation->table);
    const struct table *parent = statement->partbound ? as_table(creation->parents.items[0]) : NULL;

    table->unlogged = statement->relation->relpersistence == TABLE_UNLOGGED;
    if (statement->accessMethod ||
        (!statement->partspec && !IsA(statement, CreateForeignTableStmt)))
        table->access_method = statement->accessMethod || !parent || !parent->access_method
                                   ? interpret_access_method(interpreter, statement->accessMethod)
                                   : parent->access_method;
    if (!IsA(statement, CreateForeignTableStmt))
        table->tablespace = statement->tablespacename || !parent || !parent->tablespace
                                ? interpret_tablespace(interpreter, statement->tablespacename)
                                : parent->tablespace;
    table->options = storage_options(interpreter, statement->options);
    table->of_type = creation->type_text;
}

/* The columns of a typed table. */
static void make_type_columns(struct creation *creation)
{
    struct object *attribute = NULL;

    while ((attribute = object_next_child(creation->type, KIND_ATTRIBUTE, attribute)) != NULL) {
        struct object *object = interpret_add_implied(creation->interpreter, KIND_COLUMN,
                                                      creation->table, attribute->name, NULL, -1);

        as_column(object)->type = as_attribute(attribute)->type;
        as_column(object)->collation = as_attribute(attribute)->collation;
        as_column(object)->statistics = -1;
        as_column(object)->position = as_attribute(attribute)->position;
    }
    table_renumber(creation->interpreter, creation->table);
}

/* Columns and LIKE clauses in the order written; table constraints are collected. */
static enum outcome make_elements(struct creation *creation)
{
    struct interpreter *interpreter = creation->interpreter;
    enum outcome outcome = OUTCOME_DONE;
    size_t columns = 0;
    size_t sources = 0;
    ListCell *cell;

    foreach (cell, creation->statement->tableElts) {
        Node *element = lfirst(cell);

        if (IsA(element, ColumnDef))
            outcome = column_make(interpreter, creation->table, &creation->columns[columns++],
                                  &creation->queue);
        else if (IsA(element, TableLikeClause))
            outcome =
                table_copy_columns(interpreter, creation->table, creation->sources.items[sources++],
                                   castNode(TableLikeClause, element));
        else if (castNode(Constraint, element)->contype != CONSTR_NOTNULL)
            constraint_collect(interpreter, &creation->queue, castNode(Constraint, element), NULL);
        if (outcome != OUTCOME_DONE)
            return outcome;
    }
    return OUTCOME_DONE;
}

/* CONSTRAINT name NOT NULL column, among the table's constraints. */
static enum outcome make_table_not_nulls(struct creation *creation)
{
    struct interpreter *interpreter = creation->interpreter;
    ListCell *cell;

    foreach (cell, creation->statement->tableElts) {
        Constraint *node = lfirst(cell);
        struct object *column;

        if (!IsA(node, Constraint) || node->contype != CONSTR_NOTNULL)
            continue;
        column = table_need_column(interpreter, creation->table, strVal(linitial(node->keys)),
                                   node->location);
        if (!column)
            return OUTCOME_FAILED;
        column_declare_not_null(interpreter, column, node->conname, node->is_no_inherit,
                                node->location);
    }
    return OUTCOME_DONE;
}

static enum outcome make_like_rest(struct creation *creation)
{
    enum outcome outcome = OUTCOME_DONE;
    size_t sources = 0;
    ListCell *cell;

    foreach (cell, creation->statement->tableElts) {
        Node *element = lfirst(cell);

        if (IsA(element, TableLikeClause))
            outcome = table_copy_rest(creation->interpreter, creation->table,
                                      creation->sources.items[sources++],
                                      castNode(TableLikeClause, element));
        if (outcome != OUTCOME_DONE)
            return outcome;
    }
    return OUTCOME_DONE;
}

static void make_parents(struct creation *creation)
{
    struct interpreter *interpreter = creation->interpreter;
    bool partition = creation->statement->partbound != NULL;

    for (size_t i = 0; i < creation->parents.count; i++) {
        struct object *parent = creation->parents.items[i];

        if (!partition) {
            pointer_list_add(&as_table(creation->table)->inherits, interpreter->arena, parent);
            table_add_child(interpreter, parent, creation->table);
        }
        table_inherit_columns(interpreter, creation->table, parent, -1);
    }
}

static enum outcome make_partition(struct creation *creation)
{
    CreateStmt *statement = creation->statement;
    int location = statement->relation->location;
    struct object *parent = creation->parents.items[0];
    enum outcome outcome = partition_attach(creation->interpreter, creation->table, parent,
                                            statement->partbound, location);

    if (outcome != OUTCOME_DONE)
        return outcome;
    if (IsA(statement, CreateForeignTableStmt))
        return OUTCOME_DONE; /* has neither indexes nor keys */
    index_copy_all(creation->interpreter, creation->table, parent, location);
    trigger_copy_all(creation->interpreter, creation->table, parent, location);
    constraint_copy_foreign_keys(creation->interpreter, creation->table, parent, location);
    return OUTCOME_DONE;
}

static enum outcome make_contents(struct creation *creation)
{
    struct interpreter *interpreter = creation->interpreter;
    CreateStmt *statement = creation->statement;
    enum outcome outcome;

    make_parents(creation);
    if (creation->type)
        make_type_columns(creation);
    outcome = make_elements(creation);
    if (outcome == OUTCOME_DONE)
        outcome = make_table_not_nulls(creation);
    for (size_t i = 0; outcome == OUTCOME_DONE && i < creation->parents.count; i++)
        table_inherit_constraints(interpreter, creation->table, creation->parents.items[i], -1);
    if (outcome == OUTCOME_DONE && statement->partspec)
        outcome = partition_set_keys(interpreter, creation->table, statement->partspec);
    if (outcome == OUTCOME_DONE && statement->partbound)
        outcome = make_partition(creation);
    if (outcome == OUTCOME_DONE)
        outcome =
            constraint_queue_make_checks(interpreter, creation->table, &creation->queue, false);
    if (outcome == OUTCOME_DONE)
        outcome =
            constraint_queue_make_indexes(interpreter, creation->table, &creation->queue, false);
    if (outcome == OUTCOME_DONE)
        outcome = make_like_rest(creation);
    if (outcome == OUTCOME_DONE)
        outcome = constraint_queue_make_foreign_keys(interpreter, creation->table, &creation->queue,
                                                     false);
    return outcome;
}

void table_undo(struct interpreter *interpreter, size_t before)
{
    const struct model *model = interpreter->model;

    for (size_t i = model->count; i > before; i--)
        if (!model->objects[i - 1]->removed)
            interpret_remove(interpreter, model->objects[i - 1]);
}

enum outcome interpret_create_table(struct interpreter *interpreter, CreateStmt *statement)
{
    const RangeVar *name = statement->relation;
    struct creation creation = {.interpreter = interpreter, .statement = statement};
    size_t before = interpreter->model->count;
    enum outcome outcome;

    if (wants_oids(interpreter, statement->options))
        return interpret_refuse_oids(interpreter);
    outcome = prepare(&creation);
    if (outcome != OUTCOME_DONE)
        return outcome;
    if (statement->if_not_exists &&
        interpret_relation_name_taken(interpreter, creation.schema, name->relname))
        return OUTCOME_DONE;
    creation.queue.new_table = true;
    creation.table = interpret_add(interpreter, KIND_TABLE, creation.schema, name->relname, NULL,
                                   name->location);
    if (!creation.table)
        return OUTCOME_FAILED;
    set_table_fields(&creation);
    table_family(interpreter)->creating = creation.table;
    outcome = make_contents(&creation);
    table_family(interpreter)->creating = NULL;
    if (outcome == OUTCOME_MISSING)
        table_undo(interpreter, before);
    return outcome;
}
