/* Constraints of tables: checks, primary keys, unique and exclusion constraints; names as the
 * server chooses them. Foreign keys are made in foreign_key.c. */
#include "postgres/interpret/table/table.h"
#include "postgres/interpret/base/base.h"

#include <string.h>

#include "core/buffer.h"
#include "postgres/sql/parse.h"
#include "postgres/sql/quote.h"

/* --- names ------------------------------------------------------------------------------------ */

static bool has_constraint_name(enum kind kind)
{
    switch (kind) {
    case KIND_CHECK:
    case KIND_DOMAIN_CHECK:
    case KIND_PRIMARY_KEY:
    case KIND_UNIQUE:
    case KIND_EXCLUSION:
    case KIND_FOREIGN_KEY:
        return true;
    default:
        return false;
    }
}

static void remember_name(struct interpreter *interpreter, struct object *object)
{
    struct map *names = &table_family(interpreter)->constraints;
    struct pointer_list *list = map_get(names, object->name);

    if (!list) {
        list = ARENA_NEW(interpreter->arena, struct pointer_list);
        map_set(names, object->name, list);
    }
    pointer_list_add(list, interpreter->arena, object);
}

void interpret_constraint_renamed(struct interpreter *interpreter, struct object *constraint)
{
    remember_name(interpreter, constraint);
}

/* Objects are only ever appended to the model, so those seen before need no second look. */
static void look_at_new_objects(struct interpreter *interpreter)
{
    struct table_family *family = table_family(interpreter);
    const struct model *model = interpreter->model;

    for (; family->constraints_seen < model->count; family->constraints_seen++) {
        struct object *object = model->objects[family->constraints_seen];

        if (has_constraint_name(object->kind))
            remember_name(interpreter, object);
    }
}

bool constraint_name_taken(struct interpreter *interpreter, const struct object *schema,
                           const char *name)
{
    const struct pointer_list *list;

    look_at_new_objects(interpreter);
    list = map_get(&table_family(interpreter)->constraints, name);
    for (size_t i = 0; list && i < list->count; i++) {
        const struct object *object = list->items[i];

        if (!object->removed && strcmp(object->name, name) == 0 && table_schema(object) == schema)
            return true;
    }
    return false;
}

static bool check_name_taken(struct interpreter *interpreter, const char *name, void *schema)
{
    return constraint_name_taken(interpreter, schema, name);
}

static struct object *find_not_null(struct interpreter *interpreter, const struct object *table,
                                    const char *name)
{
    struct object *column = NULL;

    while ((column = object_next_child(table, KIND_COLUMN, column)) != NULL) {
        struct object *not_null = object_child(column, KIND_NOT_NULL, "");

        if (not_null && strcmp(column_not_null_name(interpreter, not_null), name) == 0)
            return not_null;
    }
    return NULL;
}

struct object *constraint_find(struct interpreter *interpreter, const struct object *table,
                               const char *name)
{
    for (struct object *child = table->first_child; child; child = child->next_sibling)
        if (has_constraint_name(child->kind) && strcmp(child->name, name) == 0)
            return child;
    return find_not_null(interpreter, table, name);
}

/* --- the columns that an expression uses ------------------------------------------------------ */

struct usage {
    struct interpreter *interpreter;
    const struct object *table;
    struct text_list columns;
    const ColumnRef *unknown; /* the first */
};

static const char *const system_columns[] = {"tableoid", "ctid", "xmin", "xmax", "cmin", "cmax"};

static bool is_system_column(const char *name)
{
    for (size_t i = 0; i < sizeof(system_columns) / sizeof(*system_columns); i++)
        if (strcmp(system_columns[i], name) == 0)
            return true;
    return false;
}

static void use_column(struct usage *usage, const ColumnRef *reference)
{
    const char *name = strVal(llast(reference->fields));

    if (text_list_contains(&usage->columns, name))
        return;
    if (usage->table && !table_column(usage->table, name) && !is_system_column(name)) {
        if (!usage->unknown && strcmp(usage->table->name, name) != 0)
            usage->unknown = reference;
        return;
    }
    text_list_add(&usage->columns, usage->interpreter->arena, table_keep(usage->interpreter, name));
}

static bool walk_columns(Node *node, void *context)
{
    struct usage *usage = context;

    if (!node || IsA(node, TypeName)) /* its modifiers look like columns: geometry(point) */
        return false;
    if (IsA(node, ColumnRef)) {
        List *fields = castNode(ColumnRef, node)->fields;

        if (IsA(llast(fields), String))
            use_column(usage, castNode(ColumnRef, node));
        return false;
    }
    return raw_expression_tree_walker(node, walk_columns, context);
}

struct walk {
    Node *node;
    struct usage *usage;
};

static void run_walk(void *argument)
{
    struct walk *walk = argument;

    walk_columns(walk->node, walk->usage);
}

struct text_list constraint_columns_used(struct interpreter *interpreter,
                                         const struct object *table, Node *expression,
                                         const ColumnRef **unknown)
{
    struct usage usage = {.interpreter = interpreter, .table = table};
    struct walk walk = {.node = expression, .usage = &usage};
    struct error ignored = {0};

    /* A node that the walker does not know ends the walk: what was found so far is used. */
    pg_parse_guard(run_walk, &walk, &ignored);
    if (unknown)
        *unknown = usage.unknown;
    return usage.columns;
}

bool constraint_text_mentions(struct interpreter *interpreter, const char *text, const char *column)
{
    void *context;
    List *statements;
    struct error ignored = {0};
    struct text_list used = {0};
    char *query;

    if (!text || !strstr(text, column))
        return false;
    context = pg_parse_enter();
    query = arena_printf(interpreter->arena, "SELECT %s", text);
    if (pg_parse(query, &statements, &ignored) && statements)
        used = constraint_columns_used(interpreter, NULL, linitial_node(RawStmt, statements)->stmt,
                                       NULL);
    pg_parse_leave(context);
    return text_list_contains(&used, column);
}

/* --- collecting ------------------------------------------------------------------------------- */

static struct constraint_item *new_item(struct interpreter *interpreter, Constraint *node,
                                        const char *column)
{
    struct constraint_item *item = ARENA_NEW(interpreter->arena, struct constraint_item);

    item->node = node;
    item->column = column;
    item->deferrable = node->deferrable;
    item->deferred = node->initdeferred;
#if PLUMB_PG_QUERY_VERSION >= 18
    /* The parser sets is_enforced in the constraints of tables only. */
    item->not_enforced = !column && !node->is_enforced &&
                         (node->contype == CONSTR_CHECK || node->contype == CONSTR_FOREIGN);
#endif
    return item;
}

struct constraint_item *constraint_collect(struct interpreter *interpreter,
                                           struct constraint_queue *queue, Constraint *node,
                                           const char *column)
{
    struct constraint_item *item = new_item(interpreter, node, column);

    switch (node->contype) {
    case CONSTR_CHECK:
        pointer_list_add(&queue->checks, interpreter->arena, item);
        break;
    case CONSTR_FOREIGN:
        pointer_list_add(&queue->foreign_keys, interpreter->arena, item);
        break;
    case CONSTR_PRIMARY:
    case CONSTR_UNIQUE:
    case CONSTR_EXCLUSION:
        pointer_list_add(&queue->indexes, interpreter->arena, item);
        break;
    default:
        break;
    }
    return item;
}

bool constraint_attribute(struct constraint_item *item, const Constraint *node)
{
    struct constraint_item ignored;

    if (!item)
        item = &ignored;
    switch (node->contype) {
    case CONSTR_ATTR_DEFERRABLE:
        item->deferrable = true;
        return true;
    case CONSTR_ATTR_NOT_DEFERRABLE:
        item->deferrable = false;
        return true;
    case CONSTR_ATTR_DEFERRED:
        item->deferred = item->deferrable = true;
        return true;
    case CONSTR_ATTR_IMMEDIATE:
        item->deferred = false;
        return true;
#if PLUMB_PG_QUERY_VERSION >= 18
    case CONSTR_ATTR_ENFORCED:
        item->not_enforced = false;
        return true;
    case CONSTR_ATTR_NOT_ENFORCED:
        item->not_enforced = true;
        return true;
#endif
    default:
        return false;
    }
}

/* --- checks ----------------------------------------------------------------------------------- */

/* The name is table_column_check where the expression uses one column of the table only. */
static const char *choose_check_name(struct interpreter *interpreter, const struct object *table,
                                     const struct text_list *columns)
{
    const char *column = NULL;

    if (columns->count == 1 && table_column(table, columns->items[0]))
        column = columns->items[0];
    return interpret_choose_name(interpreter, table->name, column, "check", check_name_taken,
                                 table_schema(table));
}

/* A check of the same name that the table inherited becomes its own, too. */
static bool merge_check(struct object *table, const char *name)
{
    struct object *existing = name ? object_child(table, KIND_CHECK, name) : NULL;

    if (!existing || !as_check_constraint(existing)->inherited)
        return false;
    if (!table_is_partition(table)) {
        as_check_constraint(existing)->inherited = false;
        existing->implied = false;
    }
    return true;
}

static void hand_down_check(struct interpreter *interpreter, const struct object *table,
                            const struct object *check)
{
    struct pointer_list children = table_children(interpreter, table);

    for (size_t i = 0; i < children.count; i++) {
        struct object *copy = table_inherit_check(interpreter, children.items[i], check, -1);

        as_check_constraint(copy)->not_valid = as_check_constraint(check)->not_valid;
        hand_down_check(interpreter, children.items[i], copy);
    }
}

static enum outcome make_check(struct interpreter *interpreter, struct object *table,
                               const struct constraint_item *item, bool new_table, bool recurse)
{
    const Constraint *node = item->node;
    const ColumnRef *unknown = NULL;
    struct text_list columns =
        constraint_columns_used(interpreter, table, node->raw_expr, &unknown);
    const char *text;
    struct object *object;
    struct check_constraint *check;

    if (unknown)
        return interpret_no_child(interpreter, table, KIND_COLUMN, strVal(llast(unknown->fields)),
                                  unknown->location);
    text = interpret_expression(interpreter, node->raw_expr);
    if (!text)
        return OUTCOME_FAILED;
    if (merge_check(table, node->conname))
        return OUTCOME_DONE;
    object = interpret_add(interpreter, KIND_CHECK, table,
                           node->conname ? node->conname
                                         : choose_check_name(interpreter, table, &columns),
                           NULL, node->location);
    if (!object)
        return OUTCOME_FAILED;
    check = as_check_constraint(object);
    object->name_chosen = !node->conname;
    check->expression.written = text;
    check->no_inherit = node->is_no_inherit;
    check->not_enforced = item->not_enforced;
    check->not_valid = !new_table && node->skip_validation && !item->not_enforced;
    if (recurse && !check->no_inherit)
        hand_down_check(interpreter, table, object);
    return OUTCOME_DONE;
}

enum outcome constraint_queue_make_checks(struct interpreter *interpreter, struct object *table,
                                          struct constraint_queue *queue, bool recurse)
{
    enum outcome outcome = OUTCOME_DONE;

    for (size_t i = 0; i < queue->checks.count && outcome == OUTCOME_DONE; i++)
        outcome = make_check(interpreter, table, queue->checks.items[i], queue->new_table, recurse);
    return outcome;
}

/* --- primary keys, unique and exclusion constraints ------------------------------------------- */

struct index_parts constraint_parts(const struct object *constraint)
{
    struct primary_key *primary;
    struct unique_constraint *unique;
    struct exclusion *exclusion;

    switch (constraint->kind) {
    case KIND_PRIMARY_KEY:
        primary = as_primary_key(constraint);
        return (struct index_parts){&primary->columns,    &primary->include,    &primary->options,
                                    &primary->tablespace, &primary->deferrable, &primary->deferred,
                                    &primary->attached_to};
    case KIND_UNIQUE:
        unique = as_unique_constraint(constraint);
        return (struct index_parts){&unique->columns,    &unique->include,    &unique->options,
                                    &unique->tablespace, &unique->deferrable, &unique->deferred,
                                    &unique->attached_to};
    default:
        exclusion = as_exclusion(constraint);
        return (struct index_parts){NULL,
                                    &exclusion->include,
                                    &exclusion->options,
                                    &exclusion->tablespace,
                                    &exclusion->deferrable,
                                    &exclusion->deferred,
                                    &exclusion->attached_to};
    }
}

/* One index constraint with its names resolved, before it is compared with the others. */
struct index_draft {
    const struct constraint_item *item;
    const char *name;
    struct text_list columns; /* of keys; the names of an exclusion's elements */
    struct text_list include;
    struct expression_list keys; /* of an exclusion */
    struct text_list operators;
    const char *predicate;
    bool primary;
    bool merged; /* into an earlier one */
};

static bool check_columns(struct interpreter *interpreter, const struct object *table,
                          const struct text_list *names, int location)
{
    for (size_t i = 0; i < names->count; i++)
        if (!table_need_column(interpreter, table, names->items[i], location))
            return false;
    return true;
}

/* "=", "OPERATOR(public.&&)" */
static const char *operator_text(struct interpreter *interpreter, List *names)
{
    const char *schema;
    const char *name;

    interpret_name(names, &schema, &name);
    if (!schema || strcmp(schema, "pg_catalog") == 0)
        return table_keep(interpreter, name);
    return arena_printf(interpreter->arena, "OPERATOR(%s.%s)",
                        pg_quote_name(interpreter->arena, schema), name);
}

static enum outcome draft_exclusion(struct interpreter *interpreter, const struct object *table,
                                    struct index_draft *draft)
{
    const Constraint *node = draft->item->node;
    List *elements = NIL;
    ListCell *cell;

    foreach (cell, node->exclusions) {
        List *pair = lfirst(cell);
        struct expression key = {0};

        elements = lappend(elements, linitial(pair));
        if (!index_key(interpreter, table, linitial(pair), &key))
            return interpret_failed(interpreter);
        expression_list_add(&draft->keys, interpreter->arena, key);
        text_list_add(&draft->operators, interpreter->arena,
                      operator_text(interpreter, lsecond(pair)));
    }
    index_element_names(interpreter, elements, &draft->columns);
    if (node->where_clause) {
        draft->predicate = interpret_expression(interpreter, node->where_clause);
        if (!draft->predicate)
            return OUTCOME_FAILED;
    }
    return OUTCOME_DONE;
}

/* The columns of an index that becomes the constraint's own: its keys are plain columns. */
static enum outcome draft_existing(struct interpreter *interpreter, const struct object *table,
                                   struct index_draft *draft)
{
    const Constraint *node = draft->item->node;
    const struct object *object = object_child(table, KIND_INDEX, node->indexname);
    const struct index *index;

    if (!object)
        return interpret_no_child(interpreter, table, KIND_INDEX, node->indexname, node->location);
    index = as_index(object);
    for (size_t i = 0; i < index->keys.count; i++) {
        const char *key = index->keys.items[i].written;
        struct object *column = NULL;

        while ((column = object_next_child(table, KIND_COLUMN, column)) != NULL)
            if (strcmp(pg_quote_name(interpreter->arena, column->name), key) == 0)
                break;
        if (!column)
            return interpret_fail(interpreter, node->location,
                                  "index %s has a key that is no plain column", node->indexname);
        text_list_add(&draft->columns, interpreter->arena, column->name);
    }
    draft->include = index->include;
    if (!draft->name)
        draft->name = object->name;
    return OUTCOME_DONE;
}

static enum outcome draft_index(struct interpreter *interpreter, const struct object *table,
                                const struct constraint_item *item, struct index_draft *draft)
{
    const Constraint *node = item->node;

    *draft = (struct index_draft){.item = item, .primary = node->contype == CONSTR_PRIMARY};
    draft->name = table_keep(interpreter, node->conname);
    if (node->indexname)
        return draft_existing(interpreter, table, draft);
    if (node->contype == CONSTR_EXCLUSION) {
        enum outcome outcome = draft_exclusion(interpreter, table, draft);

        if (outcome != OUTCOME_DONE)
            return outcome;
    } else if (node->keys) {
        draft->columns = table_names(interpreter, node->keys);
    } else if (item->column) {
        text_list_add(&draft->columns, interpreter->arena, item->column);
    }
    draft->include = table_names(interpreter, node->including);
    if ((node->contype != CONSTR_EXCLUSION &&
         !check_columns(interpreter, table, &draft->columns, node->location)) ||
        !check_columns(interpreter, table, &draft->include, node->location))
        return interpret_failed(interpreter);
    return OUTCOME_DONE;
}

static bool same_expressions(const struct expression_list *a, const struct expression_list *b)
{
    for (size_t i = 0; i < a->count && i < b->count; i++)
        if (strcmp(a->items[i].written, b->items[i].written) != 0)
            return false;
    return a->count == b->count;
}

static const char *method_of(const struct index_draft *draft)
{
    const char *method = draft->item->node->access_method;

    return method ? method : "btree";
}

static bool same_exclusion(const struct index_draft *a, const struct index_draft *b)
{
    return strcmp(method_of(a), method_of(b)) == 0 && same_expressions(&a->keys, &b->keys) &&
           text_list_equal(&a->operators, &b->operators) &&
           (a->predicate && b->predicate ? strcmp(a->predicate, b->predicate) == 0
                                         : a->predicate == b->predicate);
}

static bool same_index(const struct index_draft *a, const struct index_draft *b)
{
    bool excludes = a->item->node->contype == CONSTR_EXCLUSION;

    return excludes == (b->item->node->contype == CONSTR_EXCLUSION) &&
           (!excludes || same_exclusion(a, b)) && text_list_equal(&a->columns, &b->columns) &&
           text_list_equal(&a->include, &b->include) &&
           a->item->node->nulls_not_distinct == b->item->node->nulls_not_distinct &&
           a->item->deferrable == b->item->deferrable && a->item->deferred == b->item->deferred;
}

static const char *draft_name(struct interpreter *interpreter, const struct object *table,
                              const struct index_draft *draft)
{
    struct text_list names = {0};

    if (draft->name)
        return draft->name;
    if (draft->primary)
        return index_choose_name(interpreter, table, NULL, "pkey");
    for (size_t i = 0; i < draft->columns.count; i++)
        text_list_add(&names, interpreter->arena, draft->columns.items[i]);
    for (size_t i = 0; i < draft->include.count; i++)
        text_list_add(&names, interpreter->arena, draft->include.items[i]);
    return index_choose_name(interpreter, table, &names,
                             draft->item->node->contype == CONSTR_UNIQUE ? "key" : "excl");
}

static void fill_exclusion(struct interpreter *interpreter, const struct index_draft *draft,
                           struct exclusion *exclusion)
{
    const char *method = draft->item->node->access_method;

    exclusion->method = method ? table_keep(interpreter, method) : "btree";
    exclusion->keys = draft->keys;
    exclusion->operators = draft->operators;
    exclusion->predicate.written = draft->predicate;
}

static void fill_index_constraint(struct interpreter *interpreter, struct object *object,
                                  const struct index_draft *draft)
{
    const Constraint *node = draft->item->node;
    struct index_parts parts = constraint_parts(object);

    if (parts.columns)
        *parts.columns = draft->columns;
    *parts.include = draft->include;
    *parts.options = interpret_options(interpreter, node->options);
    *parts.tablespace = interpret_tablespace(interpreter, node->indexspace);
    *parts.deferrable = draft->item->deferrable;
    *parts.deferred = draft->item->deferred;
    object->name_chosen = !draft->name;
    if (object->kind == KIND_UNIQUE)
        as_unique_constraint(object)->nulls_not_distinct = node->nulls_not_distinct;
    else if (object->kind == KIND_EXCLUSION)
        fill_exclusion(interpreter, draft, as_exclusion(object));
#if PLUMB_PG_QUERY_VERSION >= 18
    if (object->kind == KIND_UNIQUE)
        as_unique_constraint(object)->without_overlaps = node->without_overlaps;
    else if (object->kind == KIND_PRIMARY_KEY)
        as_primary_key(object)->without_overlaps = node->without_overlaps;
#endif
}

static enum kind constraint_kind(const struct index_draft *draft)
{
    if (draft->primary)
        return KIND_PRIMARY_KEY;
    return draft->item->node->contype == CONSTR_UNIQUE ? KIND_UNIQUE : KIND_EXCLUSION;
}

/* USING INDEX: what the index had comes over, with the marks that point to it. The index itself was
 * taken out of the model before its name was given away. */
static void take_over_index(struct object *object, const struct object *index)
{
    struct object *table = object->parent;
    struct object *cluster = object_child(table, KIND_CLUSTER, "");
    struct object *identity = object_child(table, KIND_REPLICA_IDENTITY, "");

    *constraint_parts(object).options = as_index(index)->options;
    *constraint_parts(object).tablespace = as_index(index)->tablespace;
    *constraint_parts(object).attached_to = as_index(index)->attached_to;
    if (object->kind == KIND_UNIQUE)
        as_unique_constraint(object)->nulls_not_distinct = as_index(index)->nulls_not_distinct;
    if (cluster && as_cluster(cluster)->index == index)
        as_cluster(cluster)->index = object;
    if (identity && as_replica_identity(identity)->index == index)
        as_replica_identity(identity)->index = object;
}

static void set_not_nulls(struct interpreter *interpreter, struct object *table,
                          const struct text_list *columns, int location)
{
    for (size_t i = 0; i < columns->count; i++) {
        struct object *column = table_column(table, columns->items[i]);

        if (!object_child(column, KIND_NOT_NULL, "") ||
            table_family(interpreter)->creating == table)
            column_declare_not_null(interpreter, column, NULL, false, location);
    }
}

/* The copy that a partition has from the partitioned table's constraint already, where the statement
 * can only mean that one: it was written to come before the partition was attached. */
static struct object *find_copy(const struct object *table, const struct index_draft *draft)
{
    struct object *copy = draft->primary ? object_next_child(table, KIND_PRIMARY_KEY, NULL)
                          : draft->name  ? object_child(table, constraint_kind(draft), draft->name)
                                         : NULL;
    const struct text_list *columns;

    if (!copy || !copy->implied || !*constraint_parts(copy).attached_to)
        return NULL;
    columns = constraint_parts(copy).columns;
    return !columns || text_list_equal(columns, &draft->columns) ? copy : NULL;
}

static enum outcome own_copy(struct interpreter *interpreter, struct object *copy,
                             const struct index_draft *draft)
{
    if (draft->name && strcmp(draft->name, copy->name) != 0 &&
        !interpret_move(interpreter, copy, copy->parent, draft->name, NULL))
        return OUTCOME_FAILED;
    copy->implied = false;
    fill_index_constraint(interpreter, copy, draft);
    interpret_annotate(interpreter, copy, draft->item->node->location);
    return OUTCOME_DONE;
}

static enum outcome make_index(struct interpreter *interpreter, struct object *table,
                               const struct index_draft *draft, bool recurse)
{
    const Constraint *node = draft->item->node;
    struct object *index =
        node->indexname ? object_child(table, KIND_INDEX, node->indexname) : NULL;
    struct object *copy = find_copy(table, draft);
    struct pointer_list children = {0};
    struct object *object;

    if (copy)
        return own_copy(interpreter, copy, draft);
    if (draft->primary && object_next_child(table, KIND_PRIMARY_KEY, NULL)) {
        interpreter->exists = true;
        return interpret_fail(interpreter, node->location, "multiple primary keys for table \"%s\"",
                              table->name);
    }
    if (index)
        interpret_remove(interpreter, index);
    object = interpret_add(interpreter, constraint_kind(draft), table,
                           draft_name(interpreter, table, draft), NULL, node->location);
    if (!object)
        return OUTCOME_FAILED;
    fill_index_constraint(interpreter, object, draft);
    if (index)
        take_over_index(object, index);
    if (draft->primary)
        set_not_nulls(interpreter, table, &draft->columns, node->location);
    if (recurse && table_is_partitioned(table))
        children = table_children(interpreter, table);
    for (size_t i = 0; i < children.count; i++)
        index_copy_to_partition(interpreter, children.items[i], object, node->location);
    return OUTCOME_DONE;
}

/* What equals an earlier one is left out, as the server does; an unnamed one takes its name. */
static void merge_equal(struct index_draft *drafts, size_t count)
{
    for (size_t i = 1; i < count; i++)
        for (size_t j = 0; j < i && !drafts[i].merged; j++) {
            if (drafts[j].merged || !same_index(&drafts[j], &drafts[i]))
                continue;
            if (!drafts[j].name)
                drafts[j].name = drafts[i].name;
            drafts[i].merged = true;
        }
}

enum outcome constraint_queue_make_indexes(struct interpreter *interpreter, struct object *table,
                                           struct constraint_queue *queue, bool recurse)
{
    size_t count = queue->indexes.count;
    struct index_draft *drafts;
    enum outcome outcome = OUTCOME_DONE;

    if (count == 0)
        return OUTCOME_DONE;
    drafts = ARENA_ARRAY(interpreter->arena, struct index_draft, count);
    for (size_t i = 0; i < count; i++) {
        outcome = draft_index(interpreter, table, queue->indexes.items[i], &drafts[i]);
        if (outcome != OUTCOME_DONE)
            return outcome;
        if (drafts[i].primary && !drafts[0].primary) { /* the primary key comes first */
            struct index_draft primary = drafts[i];

            memmove(&drafts[1], &drafts[0], i * sizeof(*drafts));
            drafts[0] = primary;
        }
    }
    merge_equal(drafts, count);
    for (size_t i = 0; i < count && outcome == OUTCOME_DONE; i++)
        if (!drafts[i].merged)
            outcome = make_index(interpreter, table, &drafts[i], recurse);
    return outcome;
}
