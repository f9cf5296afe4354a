/* Foreign keys. What one refers to may be declared later in the files (two tables may refer to each
 * other), so it is made at once, under the name the server would choose, and linked as soon as its
 * target is there: at the latest after the last statement. */
#include "postgres/interpret/table/table.h"

#include <string.h>

#include "model/identity.h"
#include "postgres/sql/quote.h"

static bool name_taken(struct interpreter *interpreter, const char *name, void *schema)
{
    return constraint_name_taken(interpreter, schema, name);
}

static const char *choose_name(struct interpreter *interpreter, const struct object *table,
                               const struct text_list *columns)
{
    return interpret_choose_name(interpreter, table->name, index_join_names(interpreter, columns),
                                 "fkey", name_taken, table_schema(table));
}

/* --- linking ---------------------------------------------------------------------------------- */

/* Fills in the table's primary key where no columns were named; false when it has none (yet). */
static bool fill_columns(struct foreign_key *key)
{
    const struct object *primary;

    if (key->referenced_columns.count > 0)
        return true;
    primary = object_next_child(key->table, KIND_PRIMARY_KEY, NULL);
    if (!primary)
        return false;
    key->referenced_columns = as_primary_key(primary)->columns;
    return true;
}

/* Links the key if what it refers to is there. */
static bool link_key(struct interpreter *interpreter, const struct pending_foreign_key *pending)
{
    struct foreign_key *key = as_foreign_key(pending->object);

    if (key->attached_to && !pending->table) { /* a partition's copy */
        const struct foreign_key *parent = as_foreign_key(key->attached_to);

        key->table = parent->table;
        key->referenced_columns = parent->referenced_columns;
        return key->table && key->referenced_columns.count > 0;
    }
    if (!key->table)
        key->table = interpret_find_relation(interpreter, pending->schema, pending->table,
                                             interpret_table_kinds);
    return key->table && fill_columns(key);
}

static void put_back(struct interpreter *interpreter, struct pending_foreign_key pending)
{
    struct pending_foreign_key *kept = ARENA_NEW(interpreter->arena, struct pending_foreign_key);

    *kept = pending;
    kept->schema = table_keep(interpreter, pending.schema);
    kept->table = table_keep(interpreter, pending.table);
    kept->search_path = interpreter->search_path;
    kept->statement = interpreter->statement;
    pointer_list_add(&table_family(interpreter)->foreign_keys, interpreter->arena, kept);
}

static void report_dangling(struct interpreter *interpreter,
                            const struct pending_foreign_key *pending)
{
    const struct foreign_key *key = as_foreign_key(pending->object);
    RangeVar name = {.type = T_RangeVar, .location = pending->location};
    char *schema = arena_strdup(interpreter->arena, pending->schema);
    char *table = arena_strdup(interpreter->arena, pending->table);

    if (key->table || !table) {
        interpret_fail(interpreter, pending->location,
                       "the table that foreign key \"%s\" refers to has no primary key",
                       pending->object->name);
        error_hint(interpreter->error, "Name the referenced columns: REFERENCES table (column).");
        return;
    }
    name.schemaname = schema;
    name.relname = table;
    interpret_no_relation(interpreter, &name, interpret_table_kinds);
}

/* --- what they refer to ------------------------------------------------------------------------ */

/* The columns of a key, in whatever order. */
static bool same_columns(const struct text_list *columns, const struct text_list *wanted)
{
    return columns->count == wanted->count && text_list_contains_all(columns, wanted);
}

/* An index's keys are columns, alone or with more behind the name. */
static bool indexes_columns(struct interpreter *interpreter, const struct index *index,
                            const struct text_list *wanted)
{
    struct text_list names = {0};

    if (!index->unique || index->predicate.written)
        return false;
    for (size_t i = 0; i < index->keys.count; i++) {
        const char *text = index->keys.items[i].written;

        text_list_add(&names, interpreter->arena, pg_take_name(interpreter->arena, &text, " ("));
    }
    return same_columns(&names, wanted);
}

static bool has_unique_key(struct interpreter *interpreter, const struct object *table,
                           const struct text_list *columns)
{
    const struct object *child = NULL;

    while ((child = object_next_child(table, KIND_PRIMARY_KEY, child)) != NULL)
        if (same_columns(&as_primary_key(child)->columns, columns))
            return true;
    while ((child = object_next_child(table, KIND_UNIQUE, child)) != NULL)
        if (same_columns(&as_unique_constraint(child)->columns, columns))
            return true;
    while ((child = object_next_child(table, KIND_INDEX, child)) != NULL)
        if (indexes_columns(interpreter, as_index(child), columns))
            return true;
    return false;
}

/* Checks what the files alone can tell of the key: the referenced columns are there, and unique together. A partition may
 * have its keys from its parent, and what is not run may make any. False with an error. */
static bool check_key(struct interpreter *interpreter, const struct pending_foreign_key *pending)
{
    const struct foreign_key *key = as_foreign_key(pending->object);

    if (key->attached_to || key->period || !key->table->location.file ||
        table_is_partition(key->table) || interpreter->model->not_run.count)
        return true;
    for (size_t i = 0; i < key->referenced_columns.count; i++)
        if (!table_column(key->table, key->referenced_columns.items[i])) {
            interpret_no_child(interpreter, key->table, KIND_COLUMN,
                               key->referenced_columns.items[i], pending->location);
            return false;
        }
    if (has_unique_key(interpreter, key->table, &key->referenced_columns))
        return true;
    interpret_fail(interpreter, pending->location,
                   "the columns that foreign key \"%s\" refers to, %s (%s), are not unique",
                   pending->object->name, identity_print(interpreter->arena, key->table),
                   text_list_join(&key->referenced_columns, interpreter->arena, ", "));
    error_hint(interpreter->error, "Give the table a PRIMARY KEY or UNIQUE constraint on them, or "
                                   "a unique index without WHERE.");
    return false;
}

/* While the files are read an inherited NOT NULL carries its name, which it keeps when it
 * becomes the table's own; in the model it has none, since nobody can choose it. */
static void forget_inherited_names(const struct model *model)
{
    for (size_t i = 0; i < model->count; i++)
        if (model->objects[i]->kind == KIND_NOT_NULL && as_not_null(model->objects[i])->inherited)
            as_not_null(model->objects[i])->constraint_name = NULL;
}

bool interpret_finish_tables(struct interpreter *interpreter)
{
    const struct pointer_list *list = &table_family(interpreter)->foreign_keys;
    const struct text_list *search_path = interpreter->search_path;

    for (size_t i = 0; i < list->count; i++) {
        const struct pending_foreign_key *pending = list->items[i];

        if (pending->object->removed)
            continue;
        interpreter->statement = pending->statement;
        interpreter->file = pending->statement->file;
        interpreter->search_path = pending->search_path;
        interpreter->rounds.reporting = true;
        if (!link_key(interpreter, pending))
            report_dangling(interpreter, pending);
        else if (check_key(interpreter, pending))
            continue;
        interpret_place_error(interpreter->error, interpreter->file,
                              (size_t)interpreter->error_offset);
        interpreter->search_path = search_path;
        return false;
    }
    interpreter->search_path = search_path;
    forget_inherited_names(interpreter->model);
    return true;
}

/* --- copies on partitions --------------------------------------------------------------------- */

static bool same_key(const struct foreign_key *a, const struct foreign_key *b)
{
    return a->table == b->table && text_list_equal(&a->columns, &b->columns) &&
           text_list_equal(&a->referenced_columns, &b->referenced_columns) &&
           text_equal(a->match, b->match) && text_equal(a->on_update, b->on_update) &&
           text_equal(a->on_delete, b->on_delete) && a->deferrable == b->deferrable &&
           a->deferred == b->deferred && a->not_enforced == b->not_enforced;
}

static struct object *equal_key(const struct object *table, const struct foreign_key *wanted)
{
    struct object *object = NULL;

    while ((object = object_next_child(table, KIND_FOREIGN_KEY, object)) != NULL)
        if (!as_foreign_key(object)->attached_to && same_key(as_foreign_key(object), wanted))
            return object;
    return NULL;
}

static struct object *copy_key(struct interpreter *interpreter, struct object *table,
                               const struct object *source, int location)
{
    const struct foreign_key *other = as_foreign_key(source);
    bool used = constraint_find(interpreter, table, source->name) != NULL;
    const char *name = used ? choose_name(interpreter, table, &other->columns) : source->name;
    struct object *object =
        interpret_add_implied(interpreter, KIND_FOREIGN_KEY, table, name, NULL, location);
    struct foreign_key *key = as_foreign_key(object);

    key->columns = other->columns;
    key->table = other->table;
    key->referenced_columns = other->referenced_columns;
    key->period = other->period;
    key->match = other->match;
    key->on_update = other->on_update;
    key->on_delete = other->on_delete;
    key->set_columns = other->set_columns;
    key->deferrable = other->deferrable;
    key->deferred = other->deferred;
    key->not_valid = other->not_valid;
    key->not_enforced = other->not_enforced;
    object->name_chosen = source->name_chosen;
    return object;
}

/* The parent's key on a partition, and on the partitions of that. */
static void hand_down(struct interpreter *interpreter, struct object *partition,
                      struct object *parent_key, int location)
{
    struct object *object = equal_key(partition, as_foreign_key(parent_key));
    struct pointer_list children = table_children(interpreter, partition);

    if (!object)
        object = copy_key(interpreter, partition, parent_key, location);
    object->implied = true;
    as_foreign_key(object)->attached_to = parent_key;
    if (!as_foreign_key(object)->table || as_foreign_key(object)->referenced_columns.count == 0)
        put_back(interpreter, (struct pending_foreign_key){.object = object, .location = location});
    for (size_t i = 0; table_is_partitioned(partition) && i < children.count; i++)
        hand_down(interpreter, children.items[i], object, location);
}

void constraint_copy_foreign_keys(struct interpreter *interpreter, struct object *partition,
                                  const struct object *parent, int location)
{
    struct object *key = NULL;

    while ((key = object_next_child(parent, KIND_FOREIGN_KEY, key)) != NULL)
        hand_down(interpreter, partition, key, location);
}

/* --- making ----------------------------------------------------------------------------------- */

static const char *action_text(char action)
{
    switch (action) {
    case FKCONSTR_ACTION_RESTRICT:
        return "RESTRICT";
    case FKCONSTR_ACTION_CASCADE:
        return "CASCADE";
    case FKCONSTR_ACTION_SETNULL:
        return "SET NULL";
    case FKCONSTR_ACTION_SETDEFAULT:
        return "SET DEFAULT";
    default:
        return NULL;
    }
}

static void fill_key(struct interpreter *interpreter, struct object *object,
                     const struct constraint_item *item, bool new_table)
{
    const Constraint *node = item->node;
    struct foreign_key *key = as_foreign_key(object);

    key->referenced_columns = table_names(interpreter, node->pk_attrs);
    key->match = node->fk_matchtype == FKCONSTR_MATCH_FULL ? "FULL" : NULL;
    key->on_update = action_text(node->fk_upd_action);
    key->on_delete = action_text(node->fk_del_action);
    key->set_columns = table_names(interpreter, node->fk_del_set_cols);
    key->deferrable = item->deferrable;
    key->deferred = item->deferred;
    key->not_enforced = item->not_enforced;
    key->not_valid = !new_table && node->skip_validation && !item->not_enforced;
#if PLUMB_PG_QUERY_VERSION >= 18
    key->period = node->fk_with_period;
#endif
}

enum outcome constraint_make_foreign_key(struct interpreter *interpreter, struct object *table,
                                         struct constraint_item *item, bool new_table, bool recurse)
{
    const Constraint *node = item->node;
    struct text_list columns = table_names(interpreter, node->fk_attrs);
    struct pending_foreign_key pending = {.schema = node->pktable->schemaname,
                                          .table = node->pktable->relname,
                                          .location = node->pktable->location};
    struct pointer_list children = {0};

    if (item->column && columns.count == 0)
        text_list_add(&columns, interpreter->arena, item->column);
    for (size_t i = 0; i < columns.count; i++)
        if (!table_need_column(interpreter, table, columns.items[i], node->location))
            return interpret_failed(interpreter);
    pending.object =
        interpret_add(interpreter, KIND_FOREIGN_KEY, table,
                      node->conname ? node->conname : choose_name(interpreter, table, &columns),
                      NULL, node->location);
    if (!pending.object)
        return OUTCOME_FAILED;
    pending.object->name_chosen = !node->conname;
    as_foreign_key(pending.object)->columns = columns;
    fill_key(interpreter, pending.object, item, new_table);
    link_key(interpreter, &pending);
    put_back(interpreter, pending);
    if (recurse && table_is_partitioned(table))
        children = table_children(interpreter, table);
    for (size_t i = 0; i < children.count; i++)
        hand_down(interpreter, children.items[i], pending.object, node->location);
    return OUTCOME_DONE;
}

enum outcome constraint_queue_make_foreign_keys(struct interpreter *interpreter,
                                                struct object *table,
                                                struct constraint_queue *queue, bool recurse)
{
    enum outcome outcome = OUTCOME_DONE;

    for (size_t i = 0; i < queue->foreign_keys.count && outcome == OUTCOME_DONE; i++)
        outcome = constraint_make_foreign_key(interpreter, table, queue->foreign_keys.items[i],
                                              queue->new_table, recurse);
    return outcome;
}
