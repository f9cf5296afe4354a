/* Foreign keys, with the indexes that they make for themselves, and checks. A foreign key may name a
 * table that does not exist yet: it is bound when that table is made, at the latest at the end. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/text/letter_case.h"
#include "dialect/declaration.h"
#include "model/identity.h"
#include "mysql/interpret/internal.h"
#include "mysql/sql/quote.h"

/* A foreign key and what it names. */
struct named_key {
    struct foreign_key *key;
    const char *schema; /* of a SCHEMA object; of another database, its name with is_outside */
    const char *table;
    bool is_outside; /* cannot be in this model */
    bool may_lack;   /* foreign_key_checks was off: the table need not be there */
    struct my_file *file;
    size_t offset;
};

/* --- names ------------------------------------------------------------------------------------ */

/* The number behind table and mark, "t_ibfk_3": 3; 0 where the name is no such one. */
static long chosen_number(const char *name, const char *table, const char *mark)
{
    size_t length = strlen(table);

    if (strncasecmp(name, table, length) != 0 || strncmp(name + length, mark, strlen(mark)) != 0)
        return 0;
    name += length + strlen(mark);
    return *name && strspn(name, "0123456789") == strlen(name) ? strtol(name, NULL, 10) : 0;
}

/* In a CREATE TABLE those without a name are counted; later ones go on after the highest number. */
static const char *numbered_name(struct my_interpreter *interpreter, const struct object *table,
                                 enum kind kind, const char *mark)
{
    bool created = interpreter->statement->kind == MY_CREATE_TABLE;
    long highest = 0;

    for (const struct object *child = table->first_child; child; child = child->next_sibling) {
        long number = child->kind == kind && (!created || child->name_chosen)
                          ? chosen_number(child->name, table->name, mark)
                          : 0;

        if (number > highest)
            highest = number;
    }
    return arena_printf(interpreter->arena, "%s%s%ld", table->name, mark, highest + 1);
}

const char *my_check_name(struct my_interpreter *interpreter, const struct object *table)
{
    if (my_can(interpreter->flavor, MY_CAN_CHECK_NAMES_IN_SCHEMA))
        return numbered_name(interpreter, table, KIND_CHECK, "_chk_");
    for (int number = 1;; number++) {
        const char *name = arena_printf(interpreter->arena, "CONSTRAINT_%d", number);

        if (!my_child(table, KIND_CHECK, name))
            return name;
    }
}

/* Names of foreign keys, and MySQL's of checks, are unique in their database. */
static bool claim_name(struct my_interpreter *interpreter, struct object *object, size_t offset)
{
    const struct object *schema = object->parent->parent;
    const char *key = text_lower(interpreter->arena,
                                 arena_printf(interpreter->arena, "%s/%s/%s",
                                              kind_word(object->kind), schema->name, object->name));
    const struct object *holder = map_get(&interpreter->constraint_names, key);

    map_set(&interpreter->constraint_names, key, object);
    if (!holder || holder == object || holder->removed ||
        strcasecmp(holder->name, object->name) != 0)
        return true;
    my_fail_existing(interpreter, offset, "%s is declared twice in the database: also %s",
                     identity_print(interpreter->arena, object),
                     identity_print(interpreter->arena, holder));
    declaration_hint(interpreter->error, "The other declaration is", holder);
    return false;
}

void my_rename_chosen(struct my_interpreter *interpreter, struct object *table,
                      const char *former_name)
{
    static const struct {
        enum kind kind;
        const char *mark;
    } kinds[] = {{KIND_FOREIGN_KEY, "_ibfk_"}, {KIND_CHECK, "_chk_"}};

    for (struct object *child = table->first_child; child; child = child->next_sibling)
        for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
            long number = child->kind == kinds[i].kind
                              ? chosen_number(child->name, former_name, kinds[i].mark)
                              : 0;

            if (number)
                model_rename(
                    interpreter->model, child, table,
                    arena_printf(interpreter->arena, "%s%s%ld", table->name, kinds[i].mark, number),
                    NULL);
        }
}

/* --- binding ---------------------------------------------------------------------------------- */

static bool bind_key(struct my_interpreter *interpreter, const struct named_key *named)
{
    const struct model *model = interpreter->model;
    struct object *schema;

    if (named->is_outside)
        return false;
    schema = model_find(model, KIND_SCHEMA, NULL, named->schema, NULL);
    named->key->table = schema ? model_find(model, KIND_TABLE, schema, named->table, NULL) : NULL;
    return named->key->table != NULL;
}

/* Those that wait for a table are kept by its name. */
static void wait_for_table(struct my_interpreter *interpreter, struct named_key *named)
{
    struct pointer_list *list = map_get(&interpreter->unbound, named->table);

    if (!list) {
        list = ARENA_NEW(interpreter->arena, struct pointer_list);
        map_set(&interpreter->unbound, named->table, list);
    }
    pointer_list_add(list, interpreter->arena, named);
}

void my_bind_foreign_keys(struct my_interpreter *interpreter, struct object *table)
{
    struct pointer_list *list = map_get(&interpreter->unbound, table->name);

    for (size_t i = 0; list && i < list->count;) {
        if (bind_key(interpreter, list->items[i]))
            list->items[i] = list->items[--list->count];
        else
            i++;
    }
}

void my_unbind_foreign_keys(struct my_interpreter *interpreter, struct object *table)
{
    for (size_t i = 0; i < interpreter->foreign_keys.count; i++) {
        struct named_key *named = interpreter->foreign_keys.items[i];

        if (named->key->table != table || named->key->object.removed)
            continue;
        named->key->table = NULL;
        named->schema = table->parent->name;
        named->table = table->name;
        wait_for_table(interpreter, named);
    }
}

/* Without a list the primary key is meant; names are spelled as the table spells them. */
static bool settle_columns(struct my_interpreter *interpreter, const struct named_key *named)
{
    struct foreign_key *key = named->key;
    const struct object *primary = my_primary_key(key->table);
    struct text_list columns = {0};

    if (!key->referenced_columns.count && primary) {
        struct text_list parts = my_key_parts(interpreter->arena, primary);

        for (size_t i = 0; i < parts.count; i++)
            text_list_add(&columns, interpreter->arena,
                          my_part_column(interpreter->arena, parts.items[i]));
    }
    for (size_t i = 0; i < key->referenced_columns.count; i++) {
        const char *name = key->referenced_columns.items[i];
        const struct object *column = my_child(key->table, KIND_COLUMN, name);

        if (!column && !named->may_lack)
            return my_column(interpreter, key->table, name, named->offset) != NULL;
        text_list_add(&columns, interpreter->arena, column ? column->name : name);
    }
    key->referenced_columns = columns;
    if (columns.count == key->columns.count || named->may_lack)
        return true;
    my_fail(interpreter, named->offset, "%s has %zu columns and refers to %zu",
            identity_print(interpreter->arena, &key->object), key->columns.count, columns.count);
    return false;
}

static bool settle_key(struct my_interpreter *interpreter, struct named_key *named)
{
    struct arena *arena = interpreter->arena;
    struct foreign_key *key = named->key;

    interpreter->file = named->file;
    if (key->table || bind_key(interpreter, named))
        return settle_columns(interpreter, named);
    if (!named->is_outside && !named->may_lack) {
        my_missing(interpreter, named->offset, "table %s does not exist", named->table);
        my_hint_nearest(interpreter, key->object.parent->parent, KIND_TABLE, named->table);
        error_hint(interpreter->error,
                   "A foreign key refers to it: declare it, or SET foreign_key_checks = 0 before.");
        return false;
    }
    key->outside_table = *named->schema
                             ? arena_printf(arena, "%s.%s", my_quote_name(arena, named->schema),
                                            my_quote_name(arena, named->table))
                             : my_quote_name(arena, named->table);
    return true;
}

bool my_finish_foreign_keys(struct my_interpreter *interpreter, struct error *error)
{
    interpreter->rounds.reporting = true;
    for (size_t i = 0; i < interpreter->foreign_keys.count; i++) {
        struct named_key *named = interpreter->foreign_keys.items[i];

        if (named->key->object.removed)
            continue;
        if (!settle_key(interpreter, named) ||
            !my_check_foreign_key(interpreter, named->key, named->offset)) {
            if (named->file->name)
                error_place(error, named->file->name, named->file->text, named->file->length,
                            interpreter->error_offset);
            return false;
        }
    }
    interpreter->rounds.reporting = false;
    return true;
}

/* --- the index that a foreign key needs ------------------------------------------------------- */

bool my_serves_foreign_keys(const struct object *index)
{
    return index->kind == KIND_PRIMARY_KEY ||
           (index->kind == KIND_INDEX &&
            (!as_index(index)->method || strcmp(as_index(index)->method, "btree") == 0));
}

static bool is_served(struct my_interpreter *interpreter, const struct object *table,
                      const struct text_list *parts, const struct object *except)
{
    for (const struct object *index = table->first_child; index; index = index->next_sibling) {
        struct text_list own;

        if (index == except || !my_serves_foreign_keys(index))
            continue;
        own = my_key_parts(interpreter->arena, index);
        if (my_is_prefix(interpreter->arena, parts, &own))
            return true;
    }
    return false;
}

void my_settle_foreign_indexes(struct my_interpreter *interpreter, struct object *table)
{
    for (struct object *index = table->first_child; index;) {
        struct object *next = index->next_sibling;

        if (index->kind == KIND_INDEX && index->implied) {
            struct text_list parts = my_key_parts(interpreter->arena, index);

            if (is_served(interpreter, table, &parts, index))
                model_remove(interpreter->model, index);
        }
        index = next;
    }
}

static enum outcome add_implied_index(struct my_interpreter *interpreter, struct object *table,
                                      const struct text_list *columns, const char *name,
                                      bool implied)
{
    struct text_list parts = {0};
    struct object *index;

    for (size_t i = 0; i < columns->count; i++)
        text_list_add(&parts, interpreter->arena,
                      my_quote_name(interpreter->arena, columns->items[i]));
    if (interpreter->from_server || is_served(interpreter, table, &parts, NULL))
        return OUTCOME_DONE;
    index = my_add_implied(interpreter, KIND_INDEX, table,
                           name ? name : my_free_key_name(interpreter, table, columns->items[0]));
    if (!index)
        return interpreter->outcome;
    index->implied = implied;
    index->name_chosen = true;
    my_set_key_parts(interpreter->arena, index, &parts);
    return OUTCOME_DONE;
}

void my_keep_implied_index(struct my_interpreter *interpreter, struct object *table,
                           const struct object *key)
{
    const struct text_list *columns = &as_foreign_key(key)->columns;

    for (struct object *index = table->first_child; index; index = index->next_sibling) {
        struct text_list parts;

        if (index->kind != KIND_INDEX || !index->implied)
            continue;
        parts = my_key_parts(interpreter->arena, index);
        if (parts.count == columns->count &&
            strcasecmp(my_part_column(interpreter->arena, parts.items[0]), columns->items[0]) == 0)
            index->implied = false;
    }
}

void my_rename_referenced(struct my_interpreter *interpreter, const struct object *table,
                          void (*function)(struct arena *arena, const struct renamings *renamings,
                                           struct text_list *list),
                          const struct renamings *renamings)
{
    for (size_t i = 0; i < interpreter->foreign_keys.count; i++) {
        const struct named_key *named = interpreter->foreign_keys.items[i];

        if (named->key->table == table)
            function(interpreter->arena, renamings, &named->key->referenced_columns);
    }
}

/* --- foreign keys ----------------------------------------------------------------------------- */

/* MariaDB reads SET DEFAULT, and does nothing. */
static const char *action(const struct my_interpreter *interpreter, const char *written)
{
    if (!written || strcmp(written, "RESTRICT") == 0 || strcmp(written, "NO ACTION") == 0 ||
        (interpreter->flavor.vendor == MY_MARIADB && strcmp(written, "SET DEFAULT") == 0))
        return NULL;
    return written;
}

static bool checks_are_off(const struct my_interpreter *interpreter)
{
    const char *value = interpreter->session->values[MY_FOREIGN_KEY_CHECKS];

    return interpreter->from_server ||
           (value && (strcmp(value, "0") == 0 || strcasecmp(value, "OFF") == 0));
}

static void remember(struct my_interpreter *interpreter, struct object *object,
                     const struct my_foreign_key *declared)
{
    struct named_key *named = ARENA_NEW(interpreter->arena, struct named_key);
    const char *target = interpreter->target;
    const char *schema = declared->table.schema;

    named->key = as_foreign_key(object);
    named->schema = object->parent->parent->name;
    if (schema) {
        named->schema = my_table_name(interpreter, schema);
        if (target && strcmp(named->schema, target) == 0)
            named->schema = "";
        named->is_outside = target && *target && *named->schema;
    }
    named->table = my_table_name(interpreter, declared->table.name);
    named->may_lack = checks_are_off(interpreter);
    named->file = interpreter->file;
    named->offset = declared->offset;
    pointer_list_add(&interpreter->foreign_keys, interpreter->arena, named);
    if (!bind_key(interpreter, named))
        wait_for_table(interpreter, named);
}

/* The columns as the table spells them. */
static enum outcome read_columns(struct my_interpreter *interpreter, struct object *table,
                                 const struct my_foreign_key *declared, const char *inline_column,
                                 struct text_list *columns)
{
    size_t count = inline_column ? 1 : declared->columns.count;

    for (size_t i = 0; i < count; i++) {
        const struct object *column =
            my_column(interpreter, table,
                      inline_column ? inline_column : declared->columns.items[i], declared->offset);

        if (!column)
            return interpreter->outcome;
        text_list_add(columns, interpreter->arena, column->name);
    }
    return OUTCOME_DONE;
}

static bool engine_has_foreign_keys(const struct object *table)
{
    const char *engine = as_table(table)->access_method;

    return strcmp(engine, "InnoDB") == 0 || strcmp(engine, "ndbcluster") == 0;
}

static struct object *add_key(struct my_interpreter *interpreter, struct object *table,
                              const struct my_foreign_key *declared, const char *name)
{
    struct object *object =
        my_add(interpreter, KIND_FOREIGN_KEY, table,
               name ? name : numbered_name(interpreter, table, KIND_FOREIGN_KEY, "_ibfk_"),
               declared->offset);

    if (!object)
        return NULL;
    object->name_chosen = !name;
    return claim_name(interpreter, object, declared->offset) ? object : NULL;
}

static const char *unless_empty(const char *name)
{
    return name && *name ? name : NULL;
}

enum outcome my_add_foreign_key(struct my_interpreter *interpreter, struct object *table,
                                const struct my_foreign_key *declared, const char *inline_column)
{
    const char *name = unless_empty(declared->constraint);
    const char *index_name = name ? name : unless_empty(declared->index_name);
    struct text_list columns = {0};
    struct object *object;
    struct foreign_key *key;
    bool real = engine_has_foreign_keys(table);

    if (!name && my_can(interpreter->flavor, MY_CAN_NAMED_KEY_NAMES_FOREIGN_KEY))
        name = index_name;
    if (declared->if_not_exists && name && my_child(table, KIND_FOREIGN_KEY, name))
        return OUTCOME_DONE;
    if (read_columns(interpreter, table, declared, inline_column, &columns) != OUTCOME_DONE ||
        add_implied_index(interpreter, table, &columns, index_name, real) != OUTCOME_DONE)
        return interpreter->outcome;
    if (!real)
        return OUTCOME_DONE;
    object = add_key(interpreter, table, declared, name);
    if (!object)
        return interpreter->outcome;
    key = as_foreign_key(object);
    key->columns = columns;
    key->referenced_columns = text_list_copy(&declared->referenced, interpreter->arena);
    key->on_delete = action(interpreter, declared->on_delete);
    key->on_update = action(interpreter, declared->on_update);
    remember(interpreter, object, declared);
    return OUTCOME_DONE;
}

/* --- checks ----------------------------------------------------------------------------------- */

static enum outcome add_column_check(struct my_interpreter *interpreter, struct object *column,
                                     const struct my_check *check)
{
    struct object *object = object_child(column, KIND_CHECK, "");

    if (!object)
        object = my_add_implied(interpreter, KIND_CHECK, column, "");
    as_check_constraint(object)->expression =
        (struct expression){.written = my_written(interpreter, check->expression)};
    return OUTCOME_DONE;
}

enum outcome my_add_check(struct my_interpreter *interpreter, struct object *table,
                          const struct my_check *check, const char *column)
{
    const char *name = unless_empty(check->constraint);
    struct object *object;

    if (interpreter->flavor.vendor == MY_MYSQL &&
        !my_can(interpreter->flavor, MY_CAN_CHECK_NOT_ENFORCED))
        return OUTCOME_DONE; /* parsed and forgotten */
    if (column && !name && my_can(interpreter->flavor, MY_CAN_COLUMN_CHECK_STAYS))
        return add_column_check(interpreter, my_child(table, KIND_COLUMN, column), check);
    if (check->if_not_exists && name && my_child(table, KIND_CHECK, name))
        return OUTCOME_DONE;
    object = my_add(interpreter, KIND_CHECK, table, name ? name : my_check_name(interpreter, table),
                    check->offset);
    if (!object)
        return interpreter->outcome;
    object->name_chosen = !name;
    if (my_can(interpreter->flavor, MY_CAN_CHECK_NAMES_IN_SCHEMA) &&
        !claim_name(interpreter, object, check->offset))
        return interpreter->outcome;
    as_check_constraint(object)->expression.written = my_written(interpreter, check->expression);
    as_check_constraint(object)->not_enforced = check->not_enforced;
    return OUTCOME_DONE;
}
