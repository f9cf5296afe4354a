/* Events: their schedules as the server prints them, and what ALTER EVENT leaves. */
#include <string.h>

#include "model/identity.h"
#include "mysql/canon/canon.h"
#include "mysql/interpret/internal.h"
#include "mysql/types/interval.h"
#include "mysql/types/literal.h"
#include "mysql/sql/quote.h"

/* A point in time: a literal as the server prints it, else what was written; NULL for now. */
static const char *moment(struct my_interpreter *interpreter, const struct my_node *node)
{
    struct arena *arena = interpreter->arena;

    if (my_current_timestamp(arena, node))
        return NULL;
    if (node->kind == MY_STRING || node->kind == MY_TEMPORAL)
        return my_quote_text(arena, my_print_datetime(arena, node->text, 0));
    return my_written(interpreter, node);
}

static const char *interval(struct my_interpreter *interpreter)
{
    const struct my_statement *statement = interpreter->statement;
    const struct my_node *value = statement->every;
    struct arena *arena = interpreter->arena;
    bool literal = value->kind == MY_STRING || value->kind == MY_NUMBER;
    const char *text = literal ? my_print_interval(arena, value->text, value->kind == MY_NUMBER,
                                                   statement->every_unit)
                               : my_canon_constant(arena, interpreter->flavor, value);

    return arena_printf(arena, "EVERY %s %s", *text == '\'' ? text : my_quote_text(arena, text),
                        statement->every_unit);
}

static void set_schedule(struct my_interpreter *interpreter, struct event *event)
{
    const struct my_statement *statement = interpreter->statement;

    if (statement->at) {
        const char *at = moment(interpreter, statement->at);

        event->schedule = arena_printf(interpreter->arena, "AT %s", at ? at : "CURRENT_TIMESTAMP");
        event->starts = event->ends = NULL;
    }
    if (statement->every) {
        event->schedule = interval(interpreter);
        event->starts = statement->starts ? moment(interpreter, statement->starts) : NULL;
        event->ends = statement->ends ? moment(interpreter, statement->ends) : NULL;
    }
}

static const char *status_of(const char *word)
{
    if (strcmp(word, "ENABLE") == 0)
        return "enabled";
    return strcmp(word, "DISABLE") == 0 ? "disabled" : "disabled on replica";
}

/* What the statement says; the rest stays. */
static void fill(struct my_interpreter *interpreter, struct object *object)
{
    const struct my_statement *statement = interpreter->statement;
    struct event *event = as_event(object);

    set_schedule(interpreter, event);
    if (statement->completion)
        event->preserve = strcmp(statement->completion, "PRESERVE") == 0;
    if (statement->status)
        event->status = status_of(statement->status);
    if (statement->body)
        event->body = statement->body;
    my_set_program_comment(interpreter, object);
    if (statement->definer.user)
        my_set_owner(interpreter, object, &statement->definer);
    event->settings = my_program_session(interpreter, true);
}

enum outcome my_create_event(struct my_interpreter *interpreter)
{
    const struct my_statement *statement = interpreter->statement;
    struct object *schema = my_schema(interpreter, statement->name.schema, statement->name.offset);
    struct object *event;

    if (!schema)
        return interpreter->outcome;
    event = model_find(interpreter->model, KIND_EVENT, schema, statement->name.name, NULL);
    if (event && statement->if_not_exists)
        return OUTCOME_DONE;
    if (event && statement->or_replace)
        model_remove(interpreter->model, event);
    event = my_add(interpreter, KIND_EVENT, schema, statement->name.name, statement->offset);
    if (!event)
        return interpreter->outcome;
    as_event(event)->status = "enabled";
    fill(interpreter, event);
    event->verbatim = statement->text;
    return OUTCOME_DONE;
}

enum outcome my_alter_event(struct my_interpreter *interpreter)
{
    const struct my_statement *statement = interpreter->statement;
    struct object *event = my_named(interpreter, KIND_EVENT, &statement->name);
    struct object *schema;

    if (!event)
        return interpreter->outcome;
    fill(interpreter, event);
    event->verbatim = NULL;
    if (!statement->new_name.name)
        return OUTCOME_DONE;
    schema = my_schema(interpreter, statement->new_name.schema, statement->new_name.offset);
    if (!schema)
        return interpreter->outcome;
    if (!model_rename(interpreter->model, event, schema, statement->new_name.name, NULL))
        return my_fail_existing(interpreter, statement->new_name.offset,
                                "event %s is there already", statement->new_name.name);
    return OUTCOME_DONE;
}

enum outcome my_drop_event(struct my_interpreter *interpreter)
{
    const struct my_statement *statement = interpreter->statement;
    struct object *schema = my_schema(interpreter, statement->name.schema, statement->name.offset);
    struct object *event;

    if (!schema)
        return interpreter->outcome;
    event = model_find(interpreter->model, KIND_EVENT, schema, statement->name.name, NULL);
    if (event)
        model_remove(interpreter->model, event);
    else if (!statement->if_exists && !my_named(interpreter, KIND_EVENT, &statement->name))
        return interpreter->outcome;
    return OUTCOME_DONE;
}
