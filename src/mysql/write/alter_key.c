/* What happens to a table's keys and constraints, as clauses of ALTER TABLE. */
#include "mysql/write/alter.h"

#include <string.h>
#include <strings.h>

#include "model/fields.h"

static bool is_mariadb(const struct my_alteration *alteration)
{
    return my_write_flavor(alteration->sink).vendor == MY_MARIADB;
}

/* The table's own key or constraint that the action is about: itself, or what its comment belongs to. NULL for
 * anything else, and for checks that are part of a column. */
static const struct object *key_of(const struct object *object)
{
    if (object && object->kind == KIND_COMMENT)
        object = object->parent;
    if (!object || !object->parent || object->parent->kind != KIND_TABLE)
        return NULL;
    switch (object->kind) {
    case KIND_PRIMARY_KEY:
    case KIND_INDEX:
    case KIND_CHECK:
    case KIND_FOREIGN_KEY:
        return object;
    default:
        return NULL;
    }
}

/* Of what is said about one key by several actions (its own, its comment's), the first counts. */
static bool is_first(const struct my_alteration *alteration, size_t number)
{
    const struct joined_action *actions = alteration->actions;
    const struct object *key =
        key_of(actions[number].after ? actions[number].after : actions[number].before);

    for (size_t i = 0; i < number; i++) {
        const struct object *other =
            key_of(actions[i].after ? actions[i].after : actions[i].before);

        if (other && other->kind == key->kind && strcmp(other->name, key->name) == 0)
            return false;
    }
    return true;
}

struct key_change {
    const struct object *before; /* NULL: it was not there */
    const struct object *after;  /* NULL: it goes */
    bool made;
    bool dropped;
    uint64_t changed;
};

/* All that the actions say of the key of that action. */
static struct key_change change_of(const struct my_alteration *alteration, size_t number)
{
    const struct joined_action *actions = alteration->actions;
    const struct object *key =
        key_of(actions[number].after ? actions[number].after : actions[number].before);
    struct key_change change = {.before = object_child(alteration->before, key->kind, key->name),
                                .after = object_child(alteration->after, key->kind, key->name)};

    for (size_t i = number; i < alteration->count; i++) {
        const struct object *object = actions[i].after ? actions[i].after : actions[i].before;
        const struct object *other = key_of(object);

        if (!other || other->kind != key->kind || strcmp(other->name, key->name) != 0)
            continue;
        if (object != other) { /* a comment can only be changed by making its key anew */
            change.changed |= UINT64_MAX;
            continue;
        }
        change.made = change.made || actions[i].action == ACTION_CREATE;
        change.dropped = change.dropped || actions[i].action == ACTION_DROP;
        change.changed |= actions[i].changed;
    }
    return change;
}

/* True when all that is changed is whether the optimizer sees the index. */
static bool only_visibility(const struct key_change *change)
{
    return change->before && change->after && change->after->kind == KIND_INDEX && !change->made &&
           !change->dropped && change->changed == field_bit(field_index_invisible);
}

static bool only_enforcement(const struct key_change *change)
{
    return change->before && change->after && change->after->kind == KIND_CHECK && !change->made &&
           !change->dropped && change->changed == field_bit(field_check_constraint_not_enforced);
}

/* The server makes the index of a foreign key together with that, under its name: too late for a column that counts
 * by it, and under another name where the key has a passing one. */
static bool comes_with_key(const struct my_alteration *alteration, const struct object *index)
{
    const struct object *key = my_implying_key(index);

    if (!key || my_key_is_exchanged(alteration, key))
        return false;
    for (size_t i = 0; i < alteration->count; i++)
        if (alteration->actions[i].action == ACTION_CREATE && alteration->actions[i].after == key)
            return true;
    return !object_child(alteration->before, KIND_FOREIGN_KEY, index->name);
}

/* --- what goes ---------------------------------------------------------------------------------------- */

static bool has_expression(const struct object *index)
{
    for (size_t i = 0; i < as_index(index)->keys.count; i++)
        if (write_expression(&as_index(index)->keys.items[i])[0] == '(')
            return true;
    return false;
}

static bool is_of_method(const struct object *index, const char *method)
{
    return as_index(index)->method && strcmp(as_index(index)->method, method) == 0;
}

/* True for a key on a column that is computed at each reading. */
static bool has_virtual_column(const struct object *index)
{
    const struct object *table = index->parent;
    struct arena *arena = arena_new();
    bool found = false;

    for (const struct object *child = table->first_child; child; child = child->next_sibling) {
        const char *name;

        if (child->kind != KIND_COLUMN || !as_column(child)->generated)
            continue;
        name = my_quote_name(arena, child->name);
        for (size_t i = 0; i < as_index(index)->keys.count; i++)
            found = found || strstr(write_expression(&as_index(index)->keys.items[i]), name);
    }
    arena_free(arena);
    return found;
}

/* Without a primary key the rows lie in the order of the first unique one. */
static bool may_be_clustered(const struct object *index)
{
    return as_index(index)->unique && !object_child(index->parent, KIND_PRIMARY_KEY, "PRIMARY");
}

static enum my_algorithm drop_algorithm(const struct my_alteration *alteration,
                                        const struct object *key)
{
    switch (key->kind) {
    case KIND_PRIMARY_KEY:
        return object_child(alteration->after, KIND_PRIMARY_KEY, key->name) ? MY_REBUILD
                                                                            : MY_UNSURE;
    case KIND_CHECK:
        return MY_INSTANT;
    case KIND_INDEX:
        return has_expression(key) || has_virtual_column(key) || may_be_clustered(key) ||
                       (as_index(key)->method && !is_of_method(key, "btree"))
                   ? MY_UNSURE
                   : MY_INPLACE;
    default:
        return MY_INPLACE;
    }
}

static void note_drop(struct my_alteration *alteration, const struct object *key, bool wanted)
{
    if (wanted || key->implied)
        return;
    if (key->kind != KIND_INDEX || as_index(key)->unique)
        my_alteration_hazard(alteration, HAZARD_DROP_CONSTRAINT);
    if (key->kind == KIND_INDEX)
        my_alteration_hazard(alteration, HAZARD_DROP_INDEX);
}

static void drop_key(struct my_alteration *alteration, const struct key_change *change)
{
    note_drop(alteration, change->before, change->after != NULL);
    if (change->before->kind == KIND_FOREIGN_KEY)
        pointer_list_add(&alteration->dropped_keys, alteration->sink->arena,
                         object_child(alteration->before, KIND_FOREIGN_KEY, change->before->name));
    else
        my_alteration_clause(alteration, drop_algorithm(alteration, change->before), "DROP %s",
                             my_key_drop_clause(alteration->sink, change->before));
}

/* MariaDB: a table's KEY_BLOCK_SIZE is that of each key that was made under it, and stays so when the table gets
 * another: then SHOW CREATE TABLE says it for each key. */
static bool keeps_block_size(const struct my_alteration *alteration)
{
    const char *before = my_option(&as_table(alteration->before)->options, "key_block_size");
    const char *after = my_option(&as_table(alteration->after)->options, "key_block_size");

    return is_mariadb(alteration) && !alteration->is_new && before && !text_equal(before, after);
}

static bool is_concerned(const struct my_alteration *alteration, const struct object *key)
{
    for (size_t i = 0; i < alteration->count; i++) {
        const struct joined_action *action = &alteration->actions[i];
        const struct object *other = key_of(action->after ? action->after : action->before);

        if (other && other->kind == key->kind && strcmp(other->name, key->name) == 0)
            return true;
    }
    return false;
}

/* The wanted key that has to be made anew for its block size alone; NULL where the object is none. */
static const struct object *of_old_block_size(const struct my_alteration *alteration,
                                              const struct object *object)
{
    if (object->kind != KIND_PRIMARY_KEY && object->kind != KIND_INDEX)
        return NULL;
    return is_concerned(alteration, object)
               ? NULL
               : object_child(alteration->after, object->kind, object->name);
}

static void drop_old_block_sizes(struct my_alteration *alteration)
{
    for (const struct object *key = alteration->before->first_child; key; key = key->next_sibling)
        if (of_old_block_size(alteration, key))
            my_alteration_clause(alteration, MY_UNSURE, "DROP %s",
                                 my_key_drop_clause(alteration->sink, key));
}

void my_alter_keys_away(struct my_alteration *alteration)
{
    for (size_t i = 0; i < alteration->count; i++) {
        const struct joined_action *action = &alteration->actions[i];
        struct key_change change;

        if (!key_of(action->after ? action->after : action->before) || !is_first(alteration, i))
            continue;
        change = change_of(alteration, i);
        if (alteration->is_new && !change.dropped)
            continue;
        if (change.before && (change.dropped || (!change.made && !only_visibility(&change) &&
                                                 !only_enforcement(&change))))
            drop_key(alteration, &change);
    }
    if (keeps_block_size(alteration))
        drop_old_block_sizes(alteration);
}

/* --- what comes --------------------------------------------------------------------------------------- */

static enum my_algorithm index_algorithm(const struct object *key)
{
    if (is_of_method(key, "fulltext") || is_of_method(key, "spatial"))
        return MY_SHARED;
    if (as_index(key)->method || has_expression(key) || has_virtual_column(key) ||
        may_be_clustered(key))
        return MY_UNSURE;
    return MY_INPLACE;
}

static enum my_algorithm add_algorithm(const struct object *key)
{
    switch (key->kind) {
    case KIND_PRIMARY_KEY:
        return MY_REBUILD;
    case KIND_CHECK:
        return as_check_constraint(key)->not_enforced ? MY_INSTANT : MY_COPY;
    default:
        return index_algorithm(key);
    }
}

static void note_add(struct my_alteration *alteration, const struct key_change *change)
{
    const struct object *key = change->after;
    bool was_unique = change->before && change->before->kind == KIND_INDEX &&
                      as_index(change->before)->unique && !change->made &&
                      !fields_has(change->changed, field_index_keys);

    if (key->kind == KIND_INDEX
            ? (as_index(key)->unique && !was_unique) || has_expression(key)
            : key->kind != KIND_CHECK || !as_check_constraint(key)->not_enforced)
        my_alteration_hazard(alteration, HAZARD_MAY_FAIL);
}

static bool is_fulltext(const struct object *key)
{
    return key->kind == KIND_INDEX && is_of_method(key, "fulltext");
}

/* InnoDB makes one FULLTEXT index in a statement; MySQL has all engines do so. */
static bool must_wait(const struct my_alteration *alteration, const struct object *key)
{
    if (!is_fulltext(key) || (is_mariadb(alteration) && !my_is_innodb(alteration->after)))
        return false;
    for (size_t i = 0; i < alteration->clauses.count; i++)
        if (strncmp(alteration->clauses.items[i], "ADD FULLTEXT", 12) == 0)
            return true;
    return false;
}

static void add_key(struct my_alteration *alteration, const struct key_change *change)
{
    struct arena *arena = alteration->sink->arena;
    const char *clause;

    if (comes_with_key(alteration, change->after))
        return;
    note_add(alteration, change);
    if (change->after->kind == KIND_FOREIGN_KEY) {
        pointer_list_add(&alteration->added_keys, arena,
                         object_child(alteration->after, KIND_FOREIGN_KEY, change->after->name));
        return;
    }
    clause = arena_printf(arena, "ADD %s", my_key_clause(alteration->sink, change->after));
    if (must_wait(alteration, change->after))
        text_list_add(&alteration->fulltext, arena, clause);
    else
        my_alteration_clause(alteration, add_algorithm(change->after), "%s", clause);
}

static void alter_visibility(struct my_alteration *alteration, const struct object *index)
{
    const char *name = my_write_name(alteration->sink, index->name);
    bool hidden = as_index(index)->invisible;

    if (is_mariadb(alteration))
        my_alteration_clause(alteration, MY_INPLACE, "ALTER INDEX %s %s", name,
                             hidden ? "IGNORED" : "NOT IGNORED");
    else
        my_alteration_clause(alteration, MY_INPLACE, "ALTER INDEX %s %s", name,
                             hidden ? "INVISIBLE" : "VISIBLE");
}

static void alter_enforcement(struct my_alteration *alteration, const struct object *check)
{
    bool off = as_check_constraint(check)->not_enforced;

    my_alteration_clause(alteration, off ? MY_INSTANT : MY_COPY, "ALTER CHECK %s %sENFORCED",
                         my_write_name(alteration->sink, check->name), off ? "NOT " : "");
    if (!off)
        my_alteration_hazard(alteration, HAZARD_MAY_FAIL);
}

/* Which keys are named first: the server keeps that order among keys of one sort. */
static int rank_of(const struct object *key)
{
    if (key->kind == KIND_PRIMARY_KEY)
        return 0;
    if (key->kind == KIND_INDEX)
        return as_index(key)->unique ? 1 : is_fulltext(key) ? 3 : 2;
    return 4;
}

static void alter_key(struct my_alteration *alteration, const struct key_change *change)
{
    if (!change->after || (change->dropped && !change->made))
        return;
    if (only_visibility(change))
        alter_visibility(alteration, change->after);
    else if (only_enforcement(change))
        alter_enforcement(alteration, change->after);
    else
        add_key(alteration, change);
}

static void add_new_block_sizes(struct my_alteration *alteration, int rank)
{
    for (const struct object *child = alteration->before->first_child; child;
         child = child->next_sibling) {
        const struct object *key = of_old_block_size(alteration, child);

        if (key && rank_of(key) == rank)
            my_alteration_clause(alteration, MY_UNSURE, "ADD %s",
                                 my_key_clause(alteration->sink, key));
    }
}

void my_alter_keys(struct my_alteration *alteration)
{
    for (int rank = 0; rank <= 4; rank++) {
        for (size_t i = 0; i < alteration->count; i++) {
            const struct joined_action *action = &alteration->actions[i];
            const struct object *key = key_of(action->after ? action->after : action->before);
            struct key_change change;

            if (!key || !is_first(alteration, i) || rank_of(key) != rank)
                continue;
            change = change_of(alteration, i);
            alter_key(alteration, &change);
        }
        if (keeps_block_size(alteration))
            add_new_block_sizes(alteration, rank);
    }
}
