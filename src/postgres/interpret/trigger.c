/* Triggers and policies. */
#include "postgres/interpret/base/interpreter.h"

#include <string.h>

#include "core/text/letter_case.h"
#include "postgres/interpret/base/base.h"
#include "postgres/interpret/table/table.h"

/* The bits of pg_trigger.tgtype in the parse tree. */
enum {
    TRIGGER_BEFORE = 1 << 1,
    TRIGGER_INSERT = 1 << 2,
    TRIGGER_DELETE = 1 << 3,
    TRIGGER_UPDATE = 1 << 4,
    TRIGGER_TRUNCATE = 1 << 5,
    TRIGGER_INSTEAD = 1 << 6
};

static const enum kind trigger_parents[] = {KIND_TABLE, KIND_VIEW, KIND_NONE};

/* --- triggers --------------------------------------------------------------------------------- */

static const char *timing_of(int timing)
{
    if (timing & TRIGGER_BEFORE)
        return "BEFORE";
    return timing & TRIGGER_INSTEAD ? "INSTEAD OF" : "AFTER";
}

static struct text_list events_of(struct interpreter *interpreter, int events)
{
    struct text_list list = {0};

    if (events & TRIGGER_DELETE)
        text_list_add(&list, interpreter->arena, "DELETE");
    if (events & TRIGGER_INSERT)
        text_list_add(&list, interpreter->arena, "INSERT");
    if (events & TRIGGER_TRUNCATE)
        text_list_add(&list, interpreter->arena, "TRUNCATE");
    if (events & TRIGGER_UPDATE)
        text_list_add(&list, interpreter->arena, "UPDATE");
    return list;
}

static void read_transitions(struct interpreter *interpreter, List *transitions,
                             struct trigger *trigger)
{
    ListCell *cell;

    foreach (cell, transitions) {
        const TriggerTransition *transition = lfirst_node(TriggerTransition, cell);
        const char *name = arena_strdup(interpreter->arena, transition->name);

        if (transition->isNew)
            trigger->new_table = name;
        else
            trigger->old_table = name;
    }
}

/* UPDATE OF: a view's columns are not known yet. */
static enum outcome check_columns(struct interpreter *interpreter, const struct object *relation,
                                  const struct text_list *columns)
{
    for (size_t i = 0; relation->kind == KIND_TABLE && i < columns->count; i++)
        if (!object_child(relation, KIND_COLUMN, columns->items[i]))
            return interpret_no_child(interpreter, relation, KIND_COLUMN, columns->items[i], -1);
    return OUTCOME_DONE;
}

static enum outcome read_trigger(struct interpreter *interpreter, const CreateTrigStmt *statement,
                                 const struct object *relation, struct trigger *trigger,
                                 struct object **function)
{
    trigger->timing = timing_of(statement->timing);
    trigger->events = events_of(interpreter, statement->events);
    trigger->columns = interpret_names(interpreter, statement->columns);
    trigger->each_row = statement->row;
    trigger->condition = interpret_written(interpreter, statement->whenClause);
    trigger->arguments = interpret_names(interpreter, statement->args);
    read_transitions(interpreter, statement->transitionRels, trigger);
    trigger->constraint = statement->isconstraint;
    trigger->deferrable = statement->deferrable;
    trigger->deferred = statement->initdeferred;
    trigger->enabled = "origin";
    if (statement->whenClause && !trigger->condition.written)
        return interpret_failed(interpreter);
    if (statement->constrrel) {
        trigger->from_table =
            interpret_find_relation(interpreter, statement->constrrel->schemaname,
                                    statement->constrrel->relname, interpret_table_kinds);
        if (!trigger->from_table)
            return interpret_no_relation(interpreter, statement->constrrel, interpret_table_kinds);
    }
    trigger->function = interpret_function_name(interpreter, statement->funcname, "", function, -1);
    if (!trigger->function)
        return interpret_failed(interpreter);
    return check_columns(interpreter, relation, &trigger->columns);
}

enum outcome interpret_create_trigger(struct interpreter *interpreter, CreateTrigStmt *statement)
{
    struct object *relation =
        interpret_find_relation(interpreter, statement->relation->schemaname,
                                statement->relation->relname, trigger_parents);
    struct trigger fields = {0};
    struct object *function = NULL;
    struct object *object;
    enum outcome outcome;

    if (!relation)
        return interpret_no_relation(interpreter, statement->relation, trigger_parents);
    outcome = read_trigger(interpreter, statement, relation, &fields, &function);
    if (outcome != OUTCOME_DONE)
        return outcome;
    object = interpret_replace_or_add(interpreter, KIND_TRIGGER, statement->replace, relation,
                                      statement->trigname, NULL);
    if (!object)
        return interpret_failed(interpreter);
    fields.object = *object;
    *as_trigger(object) = fields;
    model_need(interpreter->model, object, function);
    trigger_copy_to_partitions(interpreter, object, -1);
    return OUTCOME_DONE;
}

/* --- policies --------------------------------------------------------------------------------- */

/* No roles where PUBLIC is among them. */
static struct text_list read_roles(struct interpreter *interpreter, List *roles)
{
    struct text_list list = {0};
    ListCell *cell;

    foreach (cell, roles) {
        const RoleSpec *role = lfirst_node(RoleSpec, cell);
        const char *name = interpret_role(role);

        if (role->roletype == ROLESPEC_PUBLIC)
            return (struct text_list){0};
        text_list_add(&list, interpreter->arena,
                      name ? arena_strdup(interpreter->arena, name) : "current_user");
    }
    text_list_sort(&list);
    return list;
}

enum outcome interpret_create_policy(struct interpreter *interpreter, CreatePolicyStmt *statement)
{
    struct object *table =
        interpret_find_relation(interpreter, statement->table->schemaname,
                                statement->table->relname, interpret_table_kinds);
    struct expression using_expression = interpret_written(interpreter, statement->qual);
    struct expression check_expression = interpret_written(interpreter, statement->with_check);
    struct object *object;
    struct policy *policy;

    if (!table)
        return interpret_no_relation(interpreter, statement->table, interpret_table_kinds);
    if ((statement->qual && !using_expression.written) ||
        (statement->with_check && !check_expression.written))
        return interpret_failed(interpreter);
    object = interpret_add(interpreter, KIND_POLICY, table, statement->policy_name, NULL, -1);
    if (!object)
        return interpret_failed(interpreter);
    policy = as_policy(object);
    policy->command =
        text_upper(interpreter->arena, statement->cmd_name ? statement->cmd_name : "all");
    policy->restrictive = !statement->permissive;
    policy->roles = read_roles(interpreter, statement->roles);
    policy->using_expression = using_expression;
    policy->check_expression = check_expression;
    return OUTCOME_DONE;
}

enum outcome interpret_alter_policy(struct interpreter *interpreter, AlterPolicyStmt *statement)
{
    struct object *table =
        interpret_find_relation(interpreter, statement->table->schemaname,
                                statement->table->relname, interpret_table_kinds);
    struct object *object;
    struct policy *policy;

    if (!table)
        return interpret_no_relation(interpreter, statement->table, interpret_table_kinds);
    object = object_child(table, KIND_POLICY, statement->policy_name);
    if (!object)
        return interpret_no_child(interpreter, table, KIND_POLICY, statement->policy_name, -1);
    policy = as_policy(object);
    if (statement->roles)
        policy->roles = read_roles(interpreter, statement->roles);
    if (statement->qual)
        policy->using_expression = interpret_written(interpreter, statement->qual);
    if (statement->with_check)
        policy->check_expression = interpret_written(interpreter, statement->with_check);
    object->search_path = interpreter->search_path;
    return OUTCOME_DONE;
}
