/* Foreign tables are tables of a server: their columns, checks and triggers are those of tables; here is
 * what only they have. */
#include "postgres/interpret/table/alter.h"

#include <string.h>

#include "postgres/interpret/base/base.h"

static size_t find_option(const struct text_list *options, const char *name)
{
    size_t length = strlen(name);
    size_t i = 0;

    while (i < options->count &&
           !(strncmp(options->items[i], name, length) == 0 && options->items[i][length] == '='))
        i++;
    return i;
}

void interpret_server_options(struct interpreter *interpreter, struct text_list *options,
                              List *changes)
{
    ListCell *cell;

    foreach (cell, changes) {
        const DefElem *change = lfirst_node(DefElem, cell);
        size_t at = find_option(options, change->defname);
        const char *text;

        if (change->defaction == DEFELEM_DROP) {
            if (at < options->count)
                options->items[at] = options->items[--options->count];
            continue;
        }
        text = arena_printf(interpreter->arena, "%s=%s", change->defname,
                            change->arg ? strVal(change->arg) : "");
        if (at < options->count)
            options->items[at] = text;
        else
            text_list_add(options, interpreter->arena, text);
    }
}

enum outcome interpret_create_foreign_table(struct interpreter *interpreter,
                                            CreateForeignTableStmt *statement)
{
    size_t before = interpreter->model->count;
    enum outcome outcome = interpret_create_table(interpreter, &statement->base);
    struct object *object;
    struct table *table;

    if (outcome != OUTCOME_DONE || interpreter->model->count == before)
        return outcome; /* IF NOT EXISTS, and it does */
    object = interpret_find_relation(interpreter, statement->base.relation->schemaname,
                                     statement->base.relation->relname, interpret_table_kinds);
    if (!object)
        return outcome;
    table = as_table(object);
    table->server = arena_strdup(interpreter->arena, statement->servername);
    interpret_server_options(interpreter, &table->server_options, statement->options);
    return OUTCOME_DONE;
}

enum outcome alter_server_options(struct alteration *alteration, struct object *object,
                                  AlterTableCmd *command)
{
    if (object->kind != KIND_TABLE || !as_table(object)->server)
        return interpret_fail(alteration->interpreter, -1, "\"%s\" is not a foreign table",
                              object->name);
    interpret_server_options(alteration->interpreter, &as_table(object)->server_options,
                             (List *)command->def);
    return OUTCOME_DONE;
}

enum outcome alter_column_server_options(struct alteration *alteration, struct object *object,
                                         AlterTableCmd *command)
{
    struct object *column = object_child(object, KIND_COLUMN, command->name);

    if (!column)
        return interpret_no_child(alteration->interpreter, object, KIND_COLUMN, command->name, -1);
    interpret_server_options(alteration->interpreter, &as_column(column)->server_options,
                             (List *)command->def);
    return OUTCOME_DONE;
}
