/* What ALTER TABLE does to columns, and what follows from it for keys, foreign keys and checks. */
#include <string.h>
#include <strings.h>

#include "core/buffer.h"
#include "model/identity.h"
#include "mysql/interpret/alter.h"
#include "mysql/sql/quote.h"

/* --- other names ------------------------------------------------------------------------------ */

struct renaming {
    struct object *column;
    const char *old_name;
    const char *new_name;
};

struct renamings {
    struct renaming *items;
    size_t count;
};

static const char *new_name(const struct renamings *renamings, const char *name)
{
    for (size_t i = 0; i < renamings->count; i++)
        if (strcasecmp(renamings->items[i].old_name, name) == 0)
            return renamings->items[i].new_name;
    return name;
}

static void rename_in_list(struct arena *arena, const struct renamings *renamings,
                           struct text_list *list)
{
    struct text_list changed = {0};

    for (size_t i = 0; i < list->count; i++)
        text_list_add(&changed, arena, new_name(renamings, list->items[i]));
    *list = changed;
}

/* "`a`(10) DESC" with another column. */
static const char *rename_part(struct arena *arena, const struct renamings *renamings,
                               const char *part)
{
    const char *name = my_part_column(arena, part);

    if (!name)
        return part;
    return arena_printf(arena, "%s%s", my_quote_name(arena, new_name(renamings, name)),
                        part + strlen(my_quote_name(arena, name)));
}

static void rename_in_key(struct arena *arena, const struct renamings *renamings,
                          struct object *key)
{
    struct text_list parts = my_key_parts(arena, key);
    struct text_list changed = {0};

    for (size_t i = 0; i < parts.count; i++)
        text_list_add(&changed, arena, rename_part(arena, renamings, parts.items[i]));
    my_set_key_parts(arena, key, &changed);
}

static void rename_partition_keys(struct arena *arena, const struct renamings *renamings,
                                  struct table *table)
{
    struct expression_list keys = {0};

    for (size_t i = 0; i < table->partition_keys.count; i++) {
        struct expression key = table->partition_keys.items[i];

        key.written = rename_part(arena, renamings, key.written);
        expression_list_add(&keys, arena, key);
    }
    table->partition_keys = keys;
}

static void rename_in_table(struct my_interpreter *interpreter, const struct renamings *renamings,
                            struct object *table)
{
    struct arena *arena = interpreter->arena;

    rename_in_list(arena, renamings, &as_table(table)->column_order);
    rename_partition_keys(arena, renamings, as_table(table));
    for (struct object *child = table->first_child; child; child = child->next_sibling) {
        if (child->kind == KIND_INDEX || child->kind == KIND_PRIMARY_KEY)
            rename_in_key(arena, renamings, child);
        else if (child->kind == KIND_FOREIGN_KEY)
            rename_in_list(arena, renamings, &as_foreign_key(child)->columns);
    }
    my_rename_referenced(interpreter, table, rename_in_list, renamings);
}

static bool collect(const struct my_change *change, const char **old, const char **new)
{
    if (change->kind == MY_RENAME_COLUMN)
        *new = change->new_name;
    else if (change->kind == MY_CHANGE_COLUMN)
        *new = change->element.column->name;
    else
        return false;
    *old = change->name;
    return strcmp(*old, *new) != 0;
}

/* Two steps, so that columns can change names among each other. */
static enum outcome rename_columns(const struct my_alter *alter)
{
    struct my_interpreter *interpreter = alter->interpreter;
    struct renamings renamings = {
        .items = ARENA_ARRAY(interpreter->arena, struct renaming, alter->changes->count + 1)};

    for (size_t i = 0; i < alter->changes->count; i++) {
        struct renaming *renaming = &renamings.items[renamings.count];

        if (!collect(alter->changes->items[i], &renaming->old_name, &renaming->new_name))
            continue;
        renaming->column = my_child(alter->table, KIND_COLUMN, renaming->old_name);
        if (!renaming->column || strcmp(renaming->column->name, renaming->new_name) == 0)
            continue;
        renaming->old_name = renaming->column->name;
        renamings.count++;
    }
    if (!renamings.count)
        return OUTCOME_DONE;
    for (size_t i = 0; i < renamings.count; i++)
        model_rename(interpreter->model, renamings.items[i].column, alter->table,
                     arena_printf(interpreter->arena, "\1%zu", i), NULL);
    for (size_t i = 0; i < renamings.count; i++) {
        const struct renaming *renaming = &renamings.items[i];

        if (my_child(alter->table, KIND_COLUMN, renaming->new_name))
            return my_fail_existing(
                interpreter, interpreter->statement->offset, "%s has a column %s already",
                identity_print(interpreter->arena, alter->table), renaming->new_name);
        model_rename(interpreter->model, renaming->column, alter->table, renaming->new_name, NULL);
    }
    rename_in_table(interpreter, &renamings, alter->table);
    return OUTCOME_DONE;
}

/* --- DROP COLUMN ------------------------------------------------------------------------------ */

static void drop_from_key(struct my_interpreter *interpreter, struct object *key,
                          const char *column)
{
    struct text_list parts = my_key_parts(interpreter->arena, key);
    struct text_list left = {0};

    for (size_t i = 0; i < parts.count; i++) {
        const char *name = my_part_column(interpreter->arena, parts.items[i]);

        if (!name || strcasecmp(name, column) != 0)
            text_list_add(&left, interpreter->arena, parts.items[i]);
    }
    if (left.count == parts.count)
        return;
    if (left.count)
        my_set_key_parts(interpreter->arena, key, &left);
    else
        model_remove(interpreter->model, key);
}

/* How often the expression names the column, and others. */
static void count_columns(const struct my_node *node, const char *column, int *own, int *others)
{
    if (!node)
        return;
    if (node->kind == MY_COLUMN)
        ++*(strcasecmp(node->text, column) == 0 ? own : others);
    for (size_t i = 0; i < node->children.count; i++)
        count_columns(node->children.items[i], column, own, others);
}

/* A check that speaks of the column alone goes with it. */
static bool goes_with(struct my_interpreter *interpreter, const struct object *check,
                      const char *column)
{
    struct error error = {0};
    const struct my_node *node =
        my_parse_expression(interpreter->arena, interpreter->flavor, 0,
                            as_check_constraint(check)->expression.written, &error);
    int own = 0;
    int others = 0;

    count_columns(node, column, &own, &others);
    return own && !others;
}

static enum outcome drop_column(const struct my_alter *alter, const struct my_change *change)
{
    struct my_interpreter *interpreter = alter->interpreter;
    struct object *column = my_child(alter->table, KIND_COLUMN, change->name);

    if (!column)
        return OUTCOME_DONE; /* IF EXISTS */
    for (struct object *child = alter->table->first_child; child;) {
        struct object *next = child->next_sibling;

        if (child->kind == KIND_INDEX || child->kind == KIND_PRIMARY_KEY)
            drop_from_key(interpreter, child, column->name);
        else if (child->kind == KIND_CHECK && goes_with(interpreter, child, column->name))
            model_remove(interpreter->model, child);
        else if (child->kind == KIND_FOREIGN_KEY &&
                 text_list_contains(&as_foreign_key(child)->columns, column->name))
            return my_fail(interpreter, change->offset, "column %s is dropped, but %s needs it",
                           column->name, identity_print(interpreter->arena, child));
        child = next;
    }
    my_unplace_column(interpreter, alter->table, column->name);
    model_remove(interpreter->model, column);
    return OUTCOME_DONE;
}

/* --- declarations ----------------------------------------------------------------------------- */

bool my_declares_column(const struct my_alter *alter, const struct my_change *change)
{
    const struct my_column *declared =
        change->element.kind == MY_ELEMENT_COLUMN ? change->element.column : NULL;

    switch (change->kind) {
    case MY_ADD_ELEMENT:
        return declared && !text_list_contains(&alter->skipped, declared->name);
    case MY_MODIFY_COLUMN:
    case MY_CHANGE_COLUMN:
        return declared && my_child(alter->table, KIND_COLUMN, declared->name);
    default:
        return false;
    }
}

/* Columns that are there already and that IF NOT EXISTS leaves alone. */
static void note_skipped(struct my_alter *alter)
{
    for (size_t i = 0; i < alter->changes->count; i++) {
        const struct my_change *change = alter->changes->items[i];

        if (change->kind == MY_ADD_ELEMENT && change->element.kind == MY_ELEMENT_COLUMN &&
            change->element.column->if_not_exists &&
            my_child(alter->table, KIND_COLUMN, change->element.column->name))
            text_list_add(&alter->skipped, alter->interpreter->arena, change->element.column->name);
    }
}

static enum outcome redeclare(const struct my_alter *alter, const struct my_change *change)
{
    const struct my_column *declared = change->element.column;
    struct object *column;

    if (change->kind == MY_ADD_ELEMENT || !my_declares_column(alter, change))
        return OUTCOME_DONE;
    column = my_child(alter->table, KIND_COLUMN, declared->name);
    if (!my_declare_column(alter->interpreter, alter->table, column, declared))
        return alter->interpreter->outcome;
    my_annotate(alter->interpreter, column, declared->offset);
    return OUTCOME_DONE;
}

static enum outcome add_and_place(const struct my_alter *alter, const struct my_change *change)
{
    struct my_interpreter *interpreter = alter->interpreter;
    const struct my_column *declared = change->element.column;

    if (!my_declares_column(alter, change))
        return OUTCOME_DONE;
    if (change->kind == MY_ADD_ELEMENT) {
        if (!my_declare_column(interpreter, alter->table, NULL, declared))
            return interpreter->outcome;
    } else if (declared->place) {
        my_unplace_column(interpreter, alter->table, declared->name);
    } else {
        return OUTCOME_DONE;
    }
    my_place_column(interpreter, alter->table, declared->name, declared->place,
                    declared->place_after);
    return OUTCOME_DONE;
}

static enum outcome alter_column(const struct my_alter *alter, const struct my_change *change)
{
    struct my_interpreter *interpreter = alter->interpreter;
    struct object *column;
    struct object *value;
    struct my_stored_type stored;

    if (change->kind != MY_ALTER_DEFAULT && change->kind != MY_ALTER_VISIBLE)
        return OUTCOME_DONE;
    column = my_child(alter->table, KIND_COLUMN, change->name);
    if (!column)
        return OUTCOME_DONE;
    if (change->kind == MY_ALTER_VISIBLE) {
        as_column(column)->invisible = strcmp(change->value, "1") != 0;
        return OUTCOME_DONE;
    }
    value = object_child(column, KIND_DEFAULT, "");
    if (value)
        model_remove(interpreter->model, value);
    my_option_set(interpreter->arena, &as_column(column)->options, "no_default", NULL);
    if (change->node) {
        if (!my_stored_type_of(interpreter, column, &stored))
            return my_failed_at(interpreter, change->offset);
        return my_set_default(interpreter, column, &stored, change->node, change->offset);
    }
    my_set_no_default(interpreter, column);
    return OUTCOME_DONE;
}

static void keep_primary_not_null(const struct my_alter *alter)
{
    const struct object *primary = my_primary_key(alter->table);
    struct text_list parts;

    if (!primary)
        return;
    parts = my_key_parts(alter->interpreter->arena, primary);
    for (size_t i = 0; i < parts.count; i++) {
        const char *name = my_part_column(alter->interpreter->arena, parts.items[i]);
        struct object *column = name ? my_child(alter->table, KIND_COLUMN, name) : NULL;

        if (column)
            my_set_not_null(alter->interpreter, column);
    }
}

/* --- all -------------------------------------------------------------------------------------- */

static enum outcome each(const struct my_alter *alter, enum my_change_kind only, bool all,
                         enum outcome (*function)(const struct my_alter *alter,
                                                  const struct my_change *change))
{
    enum outcome outcome = OUTCOME_DONE;

    for (size_t i = 0; outcome == OUTCOME_DONE && i < alter->changes->count; i++) {
        const struct my_change *change = alter->changes->items[i];

        if (all || change->kind == only)
            outcome = function(alter, change);
    }
    return outcome;
}

enum outcome my_change_columns(struct my_alter *alter)
{
    enum outcome outcome = each(alter, MY_DROP_COLUMN, false, drop_column);

    note_skipped(alter);
    if (outcome == OUTCOME_DONE)
        outcome = rename_columns(alter);
    if (outcome == OUTCOME_DONE)
        outcome = each(alter, MY_MODIFY_COLUMN, true, redeclare);
    if (outcome == OUTCOME_DONE)
        outcome = each(alter, MY_ADD_ELEMENT, true, add_and_place);
    if (outcome == OUTCOME_DONE)
        outcome = each(alter, MY_ALTER_DEFAULT, true, alter_column);
    keep_primary_not_null(alter);
    my_number_columns(alter->table);
    return outcome;
}

void my_drop_period(const struct my_alter *alter, const char *name)
{
    struct table *table = as_table(alter->table);
    struct text_list left = {0};

    for (size_t i = 0; i < table->periods.count; i++) {
        const char *period = table->periods.items[i];
        const char *own = my_part_column(alter->interpreter->arena, period);
        size_t length = strcspn(period, " ");

        if (own ? strcasecmp(own, name) != 0 : strncasecmp(period, name, length) != 0)
            text_list_add(&left, alter->interpreter->arena, period);
    }
    table->periods = left;
}
