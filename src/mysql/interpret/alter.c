/* ALTER TABLE, CREATE INDEX and DROP INDEX. As on the server the changes of one statement are made
 * together: what is dropped goes first, then columns change, then what is new comes; names in the
 * statement mean what they meant before it. First it is looked whether everything named is there. */
#include <string.h>
#include <strings.h>

#include "model/identity.h"
#include "mysql/facts/charset.h"
#include "mysql/interpret/alter.h"
#include "mysql/interpret/internal.h"
#include "mysql/sql/quote.h"

/* --- is everything there ---------------------------------------------------------------------- */

/* True for a column that the table has or gets by this statement. */
static bool will_have_column(const struct my_alter *alter, const char *name)
{
    if (my_child(alter->table, KIND_COLUMN, name))
        return true;
    for (size_t i = 0; i < alter->changes->count; i++) {
        const struct my_change *change = alter->changes->items[i];
        const struct my_column *column =
            change->element.kind == MY_ELEMENT_COLUMN ? change->element.column : NULL;

        if ((change->kind == MY_ADD_ELEMENT || change->kind == MY_CHANGE_COLUMN) && column &&
            strcasecmp(column->name, name) == 0)
            return true;
        if (change->kind == MY_RENAME_COLUMN && strcasecmp(change->new_name, name) == 0)
            return true;
    }
    return false;
}

static enum outcome need_column(const struct my_alter *alter, const char *name, size_t offset)
{
    if (will_have_column(alter, name))
        return OUTCOME_DONE;
    my_column(alter->interpreter, alter->table, name, offset);
    return alter->interpreter->outcome;
}

static enum outcome need_old_column(const struct my_alter *alter, const struct my_change *change)
{
    const char *name = change->name ? change->name : change->element.column->name;

    if (change->if_exists || my_column(alter->interpreter, alter->table, name, change->offset))
        return OUTCOME_DONE;
    return alter->interpreter->outcome;
}

static enum outcome need_element(const struct my_alter *alter, const struct my_change *change)
{
    const struct my_element *element = &change->element;
    enum outcome outcome = OUTCOME_DONE;

    if (element->kind == MY_ELEMENT_KEY)
        for (size_t i = 0; outcome == OUTCOME_DONE && i < element->key->parts.count; i++) {
            const struct my_key_part *part = element->key->parts.items[i];

            if (part->column && !part->without_overlaps)
                outcome = need_column(alter, part->column, part->offset);
        }
    if (element->kind == MY_ELEMENT_FOREIGN_KEY)
        for (size_t i = 0; outcome == OUTCOME_DONE && i < element->foreign_key->columns.count; i++)
            outcome = need_column(alter, element->foreign_key->columns.items[i],
                                  element->foreign_key->offset);
    if (element->kind == MY_ELEMENT_COLUMN && element->column->place_after)
        outcome = need_column(alter, element->column->place_after, element->column->offset);
    return outcome;
}

/* What DROP and its kin name among the table's children. */
struct object *my_alter_find(const struct my_alter *alter, const struct my_change *change)
{
    const struct object *table = alter->table;
    struct object *found = NULL;

    switch (change->kind) {
    case MY_DROP_PRIMARY_KEY:
        return my_primary_key(table);
    case MY_DROP_FOREIGN_KEY:
        return my_child(table, KIND_FOREIGN_KEY, change->name);
    case MY_DROP_CHECK:
    case MY_ALTER_CHECK:
        return my_child(table, KIND_CHECK, change->name);
    case MY_DROP_CONSTRAINT:
        found = my_child(table, KIND_FOREIGN_KEY, change->name);
        if (!found)
            found = my_child(table, KIND_CHECK, change->name);
        break;
    default:
        break;
    }
    if (!found && strcasecmp(change->name, "PRIMARY") == 0)
        found = my_primary_key(table);
    return found ? found : my_find_key(table, change->name);
}

static enum outcome need_child(const struct my_alter *alter, const struct my_change *change)
{
    if (change->if_exists || my_alter_find(alter, change))
        return OUTCOME_DONE;
    return my_missing(alter->interpreter, change->offset, "%s has no %s %s",
                      identity_print(alter->interpreter->arena, alter->table),
                      change->kind == MY_DROP_FOREIGN_KEY  ? "foreign key"
                      : change->kind == MY_DROP_CHECK      ? "check"
                      : change->kind == MY_DROP_CONSTRAINT ? "constraint"
                                                           : "key",
                      change->name ? change->name : "PRIMARY");
}

static enum outcome check_change(const struct my_alter *alter, const struct my_change *change)
{
    enum outcome outcome;

    switch (change->kind) {
    case MY_ADD_ELEMENT:
        return need_element(alter, change);
    case MY_MODIFY_COLUMN:
    case MY_CHANGE_COLUMN:
        outcome = need_element(alter, change);
        return outcome == OUTCOME_DONE ? need_old_column(alter, change) : outcome;
    case MY_ALTER_DEFAULT:
    case MY_ALTER_VISIBLE:
    case MY_DROP_COLUMN:
    case MY_RENAME_COLUMN:
        return need_old_column(alter, change);
    case MY_DROP_PRIMARY_KEY:
    case MY_DROP_KEY:
    case MY_RENAME_KEY:
    case MY_ALTER_KEY:
    case MY_DROP_FOREIGN_KEY:
    case MY_DROP_CHECK:
    case MY_DROP_CONSTRAINT:
    case MY_ALTER_CHECK:
        return need_child(alter, change);
    default:
        return OUTCOME_DONE;
    }
}

/* --- character sets --------------------------------------------------------------------------- */

/* How many bytes a text column of that type holds; 0: it is no text. */
static double text_room(const char *type)
{
    static const struct {
        const char *type;
        double room;
    } texts[] = {
        {"tinytext", 255}, {"text", 65535}, {"mediumtext", 16777215}, {"longtext", 4294967295.0}};

    for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
        if (my_type_is(type, texts[i].type))
            return texts[i].room;
    return 0;
}

/* A text that holds as many characters in the new set. */
static const char *converted_type(struct my_interpreter *interpreter, const struct object *column,
                                  const char *collation)
{
    struct arena *arena = interpreter->arena;
    const char *type = as_column(column)->type;
    int before = my_charset_width(my_collation_charset(arena, as_column(column)->collation));
    int after = my_charset_width(my_collation_charset(arena, collation));
    double room = text_room(type) / before * after;

    if (room == 0 || before == after)
        return type;
    return room < 256        ? "tinytext"
           : room < 65536    ? "text"
           : room < 16777216 ? "mediumtext"
                             : "longtext";
}

static enum outcome convert(const struct my_alter *alter, const struct my_change *change)
{
    struct my_interpreter *interpreter = alter->interpreter;
    const char *collation =
        my_resolve_collation(interpreter->arena, interpreter->model, change->name, change->value,
                             as_schema(alter->table->parent)->collation, interpreter->error);

    if (!collation)
        return my_failed_at(interpreter, change->offset);
    as_table(alter->table)->collation = collation;
    for (struct object *child = alter->table->first_child; child; child = child->next_sibling) {
        if (child->kind != KIND_COLUMN || !as_column(child)->collation ||
            strcmp(as_column(child)->collation, "binary") == 0)
            continue;
        as_column(child)->type = converted_type(interpreter, child, collation);
        as_column(child)->collation = collation;
    }
    return OUTCOME_DONE;
}

static bool is_charset_option(const struct my_change *change)
{
    return change->kind == MY_SET_OPTION && (strcmp(change->option->name, "CHARSET") == 0 ||
                                             strcmp(change->option->name, "COLLATE") == 0);
}

/* The table's own collation, of which columns that are there know nothing. */
static enum outcome set_collation(const struct my_alter *alter)
{
    struct my_interpreter *interpreter = alter->interpreter;
    struct table *table = as_table(alter->table);
    const char *charset = NULL;
    const char *collation = NULL;
    const char *found;
    size_t offset = 0;

    for (size_t i = 0; i < alter->changes->count; i++) {
        const struct my_change *change = alter->changes->items[i];

        if (!is_charset_option(change))
            continue;
        offset = change->offset;
        if (strcmp(change->option->name, "CHARSET") == 0)
            charset = change->option->value;
        else
            collation = change->option->value;
    }
    if (!charset && !collation)
        return OUTCOME_DONE;
    found = my_resolve_collation(interpreter->arena, interpreter->model, charset, collation,
                                 table->collation, interpreter->error);
    if (!found)
        return my_failed_at(interpreter, offset);
    table->collation = found;
    return OUTCOME_DONE;
}

static enum outcome change_charset(const struct my_alter *alter, const struct my_change *change)
{
    return change->kind == MY_CONVERT_CHARSET ? convert(alter, change) : OUTCOME_DONE;
}

/* --- keys and options ------------------------------------------------------------------------- */

static enum outcome drop_child(const struct my_alter *alter, const struct my_change *change)
{
    struct my_interpreter *interpreter = alter->interpreter;
    struct object *child;

    switch (change->kind) {
    case MY_DROP_PRIMARY_KEY:
    case MY_DROP_KEY:
    case MY_DROP_FOREIGN_KEY:
    case MY_DROP_CHECK:
    case MY_DROP_CONSTRAINT:
        child = my_alter_find(alter, change);
        if (child && child->kind == KIND_FOREIGN_KEY)
            my_keep_implied_index(interpreter, alter->table, child);
        if (child)
            model_remove(interpreter->model, child);
        return OUTCOME_DONE;
    case MY_DROP_PERIOD:
        my_drop_period(alter, change->name);
        return OUTCOME_DONE;
    default:
        return OUTCOME_DONE;
    }
}

static bool is_yes(const struct my_change *change)
{
    return change->value && strcmp(change->value, "1") == 0;
}

static enum outcome change_key(const struct my_alter *alter, const struct my_change *change)
{
    struct my_interpreter *interpreter = alter->interpreter;
    struct object *child;

    if (change->kind != MY_RENAME_KEY && change->kind != MY_ALTER_KEY &&
        change->kind != MY_ALTER_CHECK)
        return OUTCOME_DONE;
    child = my_alter_find(alter, change);
    if (!child)
        return OUTCOME_DONE;
    if (change->kind == MY_ALTER_CHECK) {
        as_check_constraint(child)->not_enforced = !is_yes(change);
    } else if (change->kind == MY_ALTER_KEY) {
        if (child->kind == KIND_INDEX)
            as_index(child)->invisible = !is_yes(change);
    } else {
        const struct object *taken = my_find_key(alter->table, change->new_name);

        if (taken && taken != child)
            return my_fail_existing(interpreter, change->offset, "%s is there already",
                                    identity_print(interpreter->arena, taken));
        model_rename(interpreter->model, child, alter->table, change->new_name, NULL);
        child->name_chosen = false;
        child->implied = false;
    }
    return OUTCOME_DONE;
}

static enum outcome add_element(const struct my_alter *alter, const struct my_change *change)
{
    if (change->kind == MY_ADD_PERIOD ||
        (change->kind == MY_ADD_ELEMENT && change->element.kind != MY_ELEMENT_COLUMN))
        return my_add_element(alter->interpreter, alter->table, &change->element);
    if (my_declares_column(alter, change))
        return my_add_element(alter->interpreter, alter->table, &change->element);
    return OUTCOME_DONE;
}

static enum outcome change_option(const struct my_alter *alter, const struct my_change *change)
{
    struct my_interpreter *interpreter = alter->interpreter;
    struct text_list *options = &as_table(alter->table)->options;

    if (change->kind == MY_SET_OPTION && !is_charset_option(change))
        return my_interpret_table_option(interpreter, alter->table, change->option);
    if (change->kind == MY_ADD_VERSIONING)
        my_option_set(interpreter->arena, options, "system_versioning", "1");
    else if (change->kind == MY_DROP_VERSIONING)
        my_option_set(interpreter->arena, options, "system_versioning", NULL);
    return OUTCOME_DONE;
}

/* Once the engine is known that the table is to have. */
static enum outcome check_option(const struct my_alter *alter, const struct my_change *change)
{
    return change->kind == MY_SET_OPTION
               ? my_check_table_option(alter->interpreter, alter->table, change->option)
               : OUTCOME_DONE;
}

static enum outcome change_partitioning(const struct my_alter *alter,
                                        const struct my_change *change)
{
    struct my_interpreter *interpreter = alter->interpreter;

    switch (change->kind) {
    case MY_PARTITION_BY:
        return my_set_partitioning(interpreter, alter->table, change->partitioning);
    case MY_REMOVE_PARTITIONING:
        my_remove_partitioning(interpreter, alter->table);
        return OUTCOME_DONE;
    case MY_ADD_PARTITION:
    case MY_DROP_PARTITION:
    case MY_COALESCE_PARTITION:
    case MY_REORGANIZE_PARTITION:
        return my_interpret_partition_change(interpreter, alter->table, change);
    case MY_RENAME_TABLE:
        return my_interpret_rename(interpreter, alter->table, &change->table_name);
    default:
        return OUTCOME_DONE;
    }
}

/* --- all -------------------------------------------------------------------------------------- */

typedef enum outcome step(const struct my_alter *alter, const struct my_change *change);

static enum outcome each(const struct my_alter *alter, step *function)
{
    enum outcome outcome = OUTCOME_DONE;

    for (size_t i = 0; outcome == OUTCOME_DONE && i < alter->changes->count; i++)
        outcome = function(alter, alter->changes->items[i]);
    return outcome;
}

static enum outcome apply(struct my_alter *alter)
{
    enum outcome outcome = each(alter, change_charset);

    if (outcome == OUTCOME_DONE)
        outcome = set_collation(alter);
    if (outcome == OUTCOME_DONE)
        outcome = each(alter, drop_child);
    if (outcome == OUTCOME_DONE)
        outcome = my_change_columns(alter);
    if (outcome == OUTCOME_DONE)
        outcome = each(alter, change_key);
    if (outcome == OUTCOME_DONE)
        outcome = each(alter, add_element);
    if (outcome == OUTCOME_DONE)
        outcome = each(alter, change_option);
    if (outcome == OUTCOME_DONE)
        outcome = each(alter, check_option);
    if (outcome == OUTCOME_DONE)
        outcome = each(alter, change_partitioning);
    return outcome;
}

enum outcome my_alter_table(struct my_interpreter *interpreter)
{
    const struct my_statement *statement = interpreter->statement;
    struct my_alter alter = {.interpreter = interpreter, .changes = &statement->changes};
    bool reporting = interpreter->rounds.reporting;
    enum outcome outcome;

    if (my_is_temporary(interpreter, &statement->name))
        return OUTCOME_DONE;
    alter.table = my_table(interpreter, &statement->name);
    if (!alter.table)
        return statement->if_exists && interpreter->outcome == OUTCOME_MISSING
                   ? OUTCOME_DONE
                   : interpreter->outcome;
    outcome = each(&alter, check_change);
    if (outcome != OUTCOME_DONE)
        return outcome;
    interpreter->rounds.reporting = true;
    outcome = apply(&alter);
    if (outcome == OUTCOME_DONE)
        outcome = my_check_auto_increment(interpreter, alter.table);
    interpreter->rounds.reporting = reporting;
    if (outcome != OUTCOME_DONE)
        return OUTCOME_FAILED;
    my_settle_prefixes(interpreter, alter.table);
    my_settle_foreign_indexes(interpreter, alter.table);
    my_bind_foreign_keys(interpreter, alter.table);
    return OUTCOME_DONE;
}
