/* Triggers: children of their tables, one behind the other where they share an event. */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "model/identity.h"
#include "mysql/interpret/internal.h"

/* --- names: unique in a database, though triggers stand under tables ---------------------------- */

static const char *name_key(struct my_interpreter *interpreter, const struct object *schema,
                            const char *name)
{
    return arena_printf(interpreter->arena, "trigger/%s/%s", schema->name, name);
}

static struct object *find_trigger(struct my_interpreter *interpreter, const struct object *schema,
                                   const char *name)
{
    struct object *trigger =
        map_get(&interpreter->constraint_names, name_key(interpreter, schema, name));

    return trigger && !trigger->removed ? trigger : NULL;
}

/* --- order ------------------------------------------------------------------------------------ */

static bool share_event(const struct trigger *a, const struct trigger *b)
{
    if (strcmp(a->timing, b->timing) != 0)
        return false;
    for (size_t i = 0; i < a->events.count; i++)
        if (text_list_contains(&b->events, a->events.items[i]))
            return true;
    return false;
}

/* The one of the same event that follows `name` (NULL: that follows none); NULL when there is none. */
static struct object *follower(const struct trigger *of, const char *name)
{
    const struct object *table = of->object.parent;

    for (struct object *other = table->first_child; other; other = other->next_sibling) {
        const char *follows;

        if (other->kind != KIND_TRIGGER || other == &of->object || !as_trigger(other)->timing ||
            !share_event(of, as_trigger(other)))
            continue;
        follows = as_trigger(other)->follows;
        if (name ? follows && strcmp(follows, name) == 0 : !follows)
            return other;
    }
    return NULL;
}

static const char *last_in_line(const struct trigger *of)
{
    const char *name = NULL;
    const struct object *next;

    while ((next = follower(of, name)) != NULL)
        name = next->name;
    return name;
}

static enum outcome set_place(struct my_interpreter *interpreter, struct trigger *trigger)
{
    const struct my_statement *statement = interpreter->statement;
    struct object *other = NULL;

    if (!statement->order) {
        trigger->follows = last_in_line(trigger);
        return OUTCOME_DONE;
    }
    other = object_child(trigger->object.parent, KIND_TRIGGER, statement->order_trigger);
    if (strcmp(statement->order, "FOLLOWS") == 0) {
        struct object *behind = follower(trigger, other->name);

        if (behind)
            as_trigger(behind)->follows = trigger->object.name;
        trigger->follows = other->name;
    } else {
        trigger->follows = as_trigger(other)->follows;
        as_trigger(other)->follows = trigger->object.name;
    }
    return OUTCOME_DONE;
}

static void remove_trigger(struct my_interpreter *interpreter, struct object *trigger)
{
    struct object *behind = follower(as_trigger(trigger), trigger->name);

    if (behind)
        as_trigger(behind)->follows = as_trigger(trigger)->follows;
    model_remove(interpreter->model, trigger);
}

/* --- statements ------------------------------------------------------------------------------- */

static void fill(struct my_interpreter *interpreter, struct object *object)
{
    const struct my_statement *statement = interpreter->statement;
    struct trigger *trigger = as_trigger(object);

    trigger->timing = statement->timing;
    trigger->events = text_list_copy(&statement->events, interpreter->arena);
    trigger->each_row = true;
    trigger->body = statement->body;
    trigger->settings = my_program_session(interpreter, false);
    my_set_owner(interpreter, object, &statement->definer);
    object->verbatim = statement->text;
}

/* The table, and the trigger that the new one is to stand beside, are there. */
static struct object *needed_table(struct my_interpreter *interpreter)
{
    const struct my_statement *statement = interpreter->statement;
    struct my_name name = statement->on_table;
    struct object *table;

    if (!name.schema)
        name.schema = statement->name.schema;
    table = my_table(interpreter, &name);
    if (table && statement->order && !object_child(table, KIND_TRIGGER, statement->order_trigger)) {
        my_missing(interpreter, statement->offset, "%s has no trigger %s",
                   identity_print(interpreter->arena, table), statement->order_trigger);
        return NULL;
    }
    return table;
}

enum outcome my_create_trigger(struct my_interpreter *interpreter)
{
    const struct my_statement *statement = interpreter->statement;
    struct object *table = needed_table(interpreter);
    struct object *existing;
    struct object *trigger;

    if (!table)
        return interpreter->outcome;
    existing = find_trigger(interpreter, table->parent, statement->name.name);
    if (existing && statement->if_not_exists)
        return OUTCOME_DONE;
    if (existing && statement->or_replace)
        remove_trigger(interpreter, existing);
    else if (existing)
        return my_fail_existing(interpreter, statement->offset, "%s is declared twice",
                                identity_print(interpreter->arena, existing));
    trigger = my_add(interpreter, KIND_TRIGGER, table, statement->name.name, statement->offset);
    if (!trigger)
        return interpreter->outcome;
    map_set(&interpreter->constraint_names,
            name_key(interpreter, table->parent, statement->name.name), trigger);
    fill(interpreter, trigger);
    return set_place(interpreter, as_trigger(trigger));
}

enum outcome my_drop_trigger(struct my_interpreter *interpreter)
{
    const struct my_statement *statement = interpreter->statement;
    struct object *schema = my_schema(interpreter, statement->name.schema, statement->name.offset);
    struct object *trigger;

    if (!schema)
        return interpreter->outcome;
    trigger = find_trigger(interpreter, schema, statement->name.name);
    if (trigger)
        remove_trigger(interpreter, trigger);
    else if (!statement->if_exists)
        return my_missing(interpreter, statement->name.offset, "trigger %s does not exist",
                          statement->name.name);
    return OUTCOME_DONE;
}
