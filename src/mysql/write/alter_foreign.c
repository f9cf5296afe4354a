/* The foreign keys of an alteration. The servers refuse to drop and add one under the same name in a statement, and
 * whoever drops it in a statement of its own has none if the new one is refused. So the new one takes the place of the
 * old one under a passing name, in the statement that does everything else; its rows have been looked at then, and
 * it gets its own name without another look. */
#include "mysql/write/alter.h"

#include <string.h>
#include <strings.h>

#include "model/fields.h"

/* --- which come and go how ------------------------------------------------------------------------- */

/* Such tables have no foreign keys on one side of the change. */
static bool keys_stand_apart(const struct my_alteration *alteration)
{
    return alteration->partitions.clause ||
           fields_has(alteration->changed, field_table_access_method);
}

/* The key that the action is about, where it does that; else NULL. */
static const struct object *key_of(const struct joined_action *action, enum step_action done)
{
    const struct object *object = action->after ? action->after : action->before;

    return action->action == done && object->kind == KIND_FOREIGN_KEY ? object : NULL;
}

/* The key of that name which the alteration makes or drops; NULL. */
static const struct object *find_key(const struct my_alteration *alteration, const char *name,
                                     enum step_action done)
{
    for (size_t i = 0; i < alteration->count; i++) {
        const struct object *key = key_of(&alteration->actions[i], done);

        if (key && strcasecmp(key->name, name) == 0)
            return key;
    }
    return NULL;
}

/* True for the only new key where the server is asked whether the table that it refers to is there. */
static bool stands_alone(const struct my_alteration *alteration, const struct object *key)
{
    return alteration->added_keys.count == 1 && my_may_be_loose_key(alteration->sink, key);
}

/* True where no new key is one whose rows are to be looked at. */
static bool is_unchecked(const struct my_alteration *alteration)
{
    bool any = false;

    for (size_t i = 0; i < alteration->count; i++) {
        const struct object *key = key_of(&alteration->actions[i], ACTION_CREATE);

        if (key && !my_is_loose_key(alteration->sink, key))
            return false;
        any = any || key;
    }
    return any;
}

static bool changes_column(const struct my_alteration *alteration, const char *name)
{
    for (size_t i = 0; i < alteration->column_count; i++)
        if (strcasecmp(alteration->columns[i].name, name) == 0)
            return alteration->columns[i].touched;
    return false;
}

/* The servers look for the columns of a key to the table itself, or for their values, as they were before the
 * statement. */
static bool waits_for_columns(const struct my_alteration *alteration, const struct object *object)
{
    const struct foreign_key *key = as_foreign_key(object);

    if (key->table != object->parent)
        return false;
    for (size_t i = 0; i < key->referenced_columns.count; i++)
        if (changes_column(alteration, key->referenced_columns.items[i]))
            return true;
    return false;
}

/* True for a new key that is part of the main statement. */
static bool comes_along(const struct my_alteration *alteration, const struct object *key)
{
    if (keys_stand_apart(alteration) || waits_for_columns(alteration, key))
        return false;
    if (my_may_be_loose_key(alteration->sink, key))
        return stands_alone(alteration, key);
    return !my_is_loose_key(alteration->sink, key) || is_unchecked(alteration);
}

bool my_key_is_exchanged(const struct my_alteration *alteration, const struct object *key)
{
    return find_key(alteration, key->name, ACTION_DROP) &&
           find_key(alteration, key->name, ACTION_CREATE) && comes_along(alteration, key);
}

/* True for an old key that has to be gone before all else. */
static bool leaves_first(const struct my_alteration *alteration, const struct object *key)
{
    const struct object *after = find_key(alteration, key->name, ACTION_CREATE);

    return keys_stand_apart(alteration) || (after && !comes_along(alteration, after));
}

/* --- clauses --------------------------------------------------------------------------------------- */

/* At most 64 characters, like any name. */
static const char *passing_name(const struct step_sink *sink, const char *name)
{
    size_t length = strlen(name);

    if (length > 58)
        for (length = 58; length && ((unsigned char)name[length] & 0xC0) == 0x80;)
            length--;
    return arena_printf(sink->arena, "plumb_%.*s", (int)length, name);
}

static void add_drop(const struct my_alteration *alteration, struct text_list *clauses,
                     const char *name)
{
    text_list_add(clauses, alteration->sink->arena,
                  arena_printf(alteration->sink->arena, "DROP FOREIGN KEY %s",
                               my_write_name(alteration->sink, name)));
}

static void add_key(const struct my_alteration *alteration, struct text_list *clauses,
                    const struct object *key, const char *name)
{
    text_list_add(clauses, alteration->sink->arena,
                  arena_printf(alteration->sink->arena, "ADD %s",
                               my_foreign_key_clause(alteration->sink, key, name)));
}

/* --- statements ------------------------------------------------------------------------------------ */

static void note_coming_back(const struct my_alteration *alteration, struct step *step, bool first)
{
    for (size_t i = 0; step && i < alteration->dropped_keys.count; i++) {
        const struct object *key = alteration->dropped_keys.items[i];
        struct object *after = write_wanted(alteration->sink, key);

        if (after && leaves_first(alteration, key) == first &&
            !my_key_is_exchanged(alteration, after))
            pointer_list_add(&step->comes_back, alteration->sink->arena, after);
    }
}

void my_foreign_keys_away(struct my_alteration *alteration)
{
    struct text_list first = {0};
    struct text_list clauses = {0};

    for (size_t i = 0; i < alteration->dropped_keys.count; i++) {
        const struct object *key = alteration->dropped_keys.items[i];

        add_drop(alteration, leaves_first(alteration, key) ? &first : &clauses, key->name);
    }
    note_coming_back(
        alteration,
        my_alteration_write(alteration, &first, MY_INPLACE,
                            alteration->hazards & UINT64_C(1) << HAZARD_DROP_CONSTRAINT, NULL),
        true);
    if (clauses.count)
        alteration->algorithm = my_algorithm_together(alteration->algorithm, MY_INPLACE);
    for (size_t i = 0; i < alteration->clauses.count; i++)
        text_list_add(&clauses, alteration->sink->arena, alteration->clauses.items[i]);
    alteration->clauses = clauses;
}

/* --- what others ask ------------------------------------------------------------------------------- */

static bool has_column(const struct text_list *columns, const char *name)
{
    for (size_t i = 0; i < columns->count; i++)
        if (strcasecmp(columns->items[i], name) == 0)
            return true;
    return false;
}

bool my_key_holds_column(const struct my_alteration *alteration, const struct object *column)
{
    const struct model *from = alteration->sink->from;

    for (size_t i = 0; from && i < from->count; i++) {
        const struct object *object = from->objects[i];
        const struct foreign_key *key;

        if (object->kind != KIND_FOREIGN_KEY || object->removed)
            continue;
        key = as_foreign_key(object);
        if ((object->parent == column->parent && has_column(&key->columns, column->name)) ||
            (key->table == column->parent && has_column(&key->referenced_columns, column->name)))
            return !find_key(alteration, object->name, ACTION_DROP);
    }
    return false;
}

bool my_key_comes_along(const struct my_alteration *alteration)
{
    for (size_t i = 0; i < alteration->added_keys.count; i++)
        if (comes_along(alteration, alteration->added_keys.items[i]))
            return true;
    return false;
}

static bool is_index_of(const struct step_sink *sink, const struct object *index,
                        const struct foreign_key *key)
{
    const struct expression_list *parts = &as_index(index)->keys;

    if (parts->count != key->columns.count)
        return false;
    for (size_t i = 0; i < parts->count; i++)
        if (strcmp(write_expression(&parts->items[i]),
                   my_write_name(sink, key->columns.items[i])) != 0)
            return false;
    return true;
}

/* An index that the server made for a key goes with it, and the new key gets one of its own under the key's passing
 * name. Once somebody has named the index, be it as it was called before, it is nobody's, and stays. */
static void keep_index(struct my_alteration *alteration, const struct object *key)
{
    for (const struct object *index = key->parent->first_child; index;
         index = index->next_sibling) {
        const char *name;

        if (index->kind != KIND_INDEX || !index->name_chosen ||
            strcasecmp(index->name, key->name) == 0 ||
            !object_child(alteration->before, KIND_INDEX, index->name) ||
            !is_index_of(alteration->sink, index, as_foreign_key(key)))
            continue;
        name = my_write_name(alteration->sink, index->name);
        my_alteration_clause(alteration, MY_INPLACE, "RENAME INDEX %s TO %s", name, name);
    }
}

/* Of the keys that the step brings back: along with all else, or after it. */
static void ask_for_orphans(const struct my_alteration *alteration, struct step *step, bool along)
{
    for (size_t i = 0; step && i < alteration->added_keys.count; i++) {
        const struct object *key = alteration->added_keys.items[i];

        if (comes_along(alteration, key) == along && !my_is_loose_key(alteration->sink, key))
            my_ask_for_orphans(alteration->sink, step, key);
    }
}

/* --- the main statement ---------------------------------------------------------------------------- */

void my_foreign_keys_main(struct my_alteration *alteration)
{
    bool unchecked = is_unchecked(alteration);
    uint64_t hazards = alteration->hazards | alteration->partitions.clause_hazards;
    const struct object *asked = NULL;
    bool any = false;
    struct step *step;

    for (size_t i = 0; i < alteration->added_keys.count; i++) {
        const struct object *key = alteration->added_keys.items[i];

        if (!comes_along(alteration, key))
            continue;
        add_key(alteration, &alteration->clauses, key,
                my_key_is_exchanged(alteration, key) ? passing_name(alteration->sink, key->name)
                                                     : key->name);
        if (my_key_is_exchanged(alteration, key))
            keep_index(alteration, key);
        alteration->algorithm = MY_COPY;
        any = true;
        if (stands_alone(alteration, key))
            asked = key;
    }
    unchecked = unchecked && any;
    if (asked)
        my_foreign_key_checks_if_there(alteration->sink, asked);
    else if (unchecked)
        my_foreign_key_checks(alteration->sink, false);
    step = my_alteration_write(alteration, &alteration->clauses,
                               alteration->partitions.clause ? MY_COPY : alteration->algorithm,
                               hazards, alteration->partitions.clause);
    note_coming_back(alteration, step, false);
    ask_for_orphans(alteration, step, true);
    if (asked || unchecked)
        my_foreign_key_checks(alteration->sink, true);
}

/* Where nobody looks at rows: those of a table that is not there, or that have been looked at. */
static void write_unchecked(struct my_alteration *alteration, const struct text_list *clauses,
                            enum my_algorithm algorithm)
{
    if (!clauses->count)
        return;
    my_foreign_key_checks(alteration->sink, false);
    my_alteration_write(alteration, clauses, algorithm, 0, NULL);
    my_foreign_key_checks(alteration->sink, true);
}

/* A key to a table of which the server alone can say whether it is there: its rows are looked at if it is. */
static void write_if_there(struct my_alteration *alteration, const struct object *key)
{
    struct text_list clauses = {0};

    add_key(alteration, &clauses, key, key->name);
    my_foreign_key_checks_if_there(alteration->sink, key);
    my_alteration_write(alteration, &clauses, MY_UNSURE, UINT64_C(1) << HAZARD_MAY_FAIL, NULL);
    my_foreign_key_checks(alteration->sink, true);
}

void my_foreign_keys_rest(struct my_alteration *alteration)
{
    struct text_list late = {0};
    struct text_list loose = {0};
    struct text_list renamed = {0};

    for (size_t i = 0; i < alteration->added_keys.count; i++) {
        const struct object *key = alteration->added_keys.items[i];

        if (my_key_is_exchanged(alteration, key)) {
            add_drop(alteration, &renamed, passing_name(alteration->sink, key->name));
            add_key(alteration, &renamed, key, key->name);
        } else if (!comes_along(alteration, key) && my_may_be_loose_key(alteration->sink, key)) {
            write_if_there(alteration, key);
        } else if (!comes_along(alteration, key)) {
            add_key(alteration, my_is_loose_key(alteration->sink, key) ? &loose : &late, key,
                    key->name);
        }
    }
    ask_for_orphans(
        alteration,
        my_alteration_write(alteration, &late, MY_COPY, UINT64_C(1) << HAZARD_MAY_FAIL, NULL),
        false);
    write_unchecked(alteration, &loose, MY_UNSURE);
    write_unchecked(alteration, &renamed, MY_INPLACE);
}
