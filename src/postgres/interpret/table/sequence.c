/* CREATE SEQUENCE and ALTER SEQUENCE, the sequences of serial columns, and the values of identity
 * columns: defaults are resolved here as the server does, so that the model holds plain numbers. */
#include "postgres/interpret/table/table.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

static int64_t type_maximum(const char *type)
{
    if (strcmp(type, "smallint") == 0)
        return INT16_MAX;
    return strcmp(type, "integer") == 0 ? INT32_MAX : INT64_MAX;
}

static int64_t type_minimum(const char *type)
{
    return -type_maximum(type) - 1;
}

/* The last option of that name; NULL when there is none. */
static DefElem *find_option(List *options, const char *name)
{
    DefElem *found = NULL;
    ListCell *cell;

    foreach (cell, options) {
        DefElem *option = lfirst(cell);

        if (strcmp(option->defname, name) == 0)
            found = option;
    }
    return found;
}

/* The number an option gives. False (reported) when it is none. */
static bool option_number(struct interpreter *interpreter, DefElem *option, int64_t *value)
{
    char *end = NULL;

    if (option->arg && IsA(option->arg, Integer)) {
        *value = intVal(option->arg);
        return true;
    }
    if (option->arg && IsA(option->arg, Float)) {
        errno = 0;
        *value = strtoll(castNode(Float, option->arg)->fval, &end, 10);
        if (errno == 0 && *end == '\0')
            return true;
    }
    interpret_fail(interpreter, option->location, "%s needs a whole number of at most 64 bits",
                   option->defname);
    return false;
}

/* Sets the value where the option is given with a number. */
static bool set_number(struct interpreter *interpreter, DefElem *option, int64_t *value)
{
    return !option || !option->arg || option_number(interpreter, option, value);
}

/* Minimum and maximum: given, or NO MINVALUE/MAXVALUE and a new sequence's defaults. */
static bool set_bounds(struct interpreter *interpreter, List *options,
                       struct sequence_values *values, bool is_new, bool reset_minimum,
                       bool reset_maximum)
{
    DefElem *minimum = find_option(options, "minvalue");
    DefElem *maximum = find_option(options, "maxvalue");
    bool ascending = values->increment > 0;

    if (!(maximum && maximum->arg) && (is_new || maximum || reset_maximum))
        values->maximum = ascending || reset_maximum ? type_maximum(values->type) : -1;
    if (!(minimum && minimum->arg) && (is_new || minimum || reset_minimum))
        values->minimum = !ascending || reset_minimum ? type_minimum(values->type) : 1;
    return set_number(interpreter, minimum, &values->minimum) &&
           set_number(interpreter, maximum, &values->maximum);
}

static bool set_values(struct interpreter *interpreter, List *options,
                       struct sequence_values *values, bool is_new, bool reset_minimum,
                       bool reset_maximum)
{
    DefElem *increment = find_option(options, "increment");
    DefElem *start = find_option(options, "start");
    DefElem *cache = find_option(options, "cache");
    DefElem *cycle = find_option(options, "cycle");
    DefElem *owned_by = find_option(options, "owned_by");
    DefElem *name = find_option(options, "sequence_name");

    if (!set_number(interpreter, increment, &values->increment) ||
        !set_number(interpreter, cache, &values->cache) ||
        !set_bounds(interpreter, options, values, is_new, reset_minimum, reset_maximum))
        return false;
    if (is_new)
        values->start = values->increment > 0 ? values->minimum : values->maximum;
    if (!set_number(interpreter, start, &values->start))
        return false;
    if (cycle)
        values->cycle = boolVal(cycle->arg);
    if (owned_by)
        values->owned_by = (List *)owned_by->arg;
    if (name)
        values->name = (List *)name->arg;
    values->logged = find_option(options, "logged") != NULL;
    values->unlogged = find_option(options, "unlogged") != NULL;
    if (values->increment == 0)
        interpret_fail(interpreter, increment ? increment->location : -1,
                       "a sequence's increment must not be zero");
    else if (values->minimum >= values->maximum)
        interpret_fail(interpreter, -1, "a sequence's minimum must be less than its maximum");
    else
        return true;
    return false;
}

bool sequence_new_values(struct interpreter *interpreter, List *options, const char *type,
                         struct sequence_values *values)
{
    DefElem *as = find_option(options, "as");

    *values = (struct sequence_values){.type = type ? type : "bigint", .increment = 1, .cache = 1};
    if (as) {
        values->type = interpret_type(interpreter, castNode(TypeName, as->arg));
        if (!values->type)
            return false;
    }
    return set_values(interpreter, options, values, true, false, false);
}

void sequence_change_type(struct sequence_values *values, const char *type)
{
    if (values->maximum == type_maximum(values->type))
        values->maximum = type_maximum(type);
    if (values->minimum == type_minimum(values->type))
        values->minimum = type_minimum(type);
    values->type = type;
}

bool sequence_change_values(struct interpreter *interpreter, List *options,
                            struct sequence_values *values)
{
    DefElem *as = find_option(options, "as");
    bool reset_minimum = false;
    bool reset_maximum = false;

    if (as) {
        const char *type = interpret_type(interpreter, castNode(TypeName, as->arg));

        if (!type)
            return false;
        if (strcmp(type, values->type) != 0) {
            reset_maximum = values->maximum == type_maximum(values->type);
            reset_minimum = values->minimum == type_minimum(values->type);
            values->type = type;
        }
    }
    return set_values(interpreter, options, values, false, reset_minimum, reset_maximum);
}

/* --- between the values and the model's objects ----------------------------------------------- */

static void values_to_sequence(const struct sequence_values *values, struct sequence *sequence)
{
    sequence->type = values->type;
    sequence->start = values->start;
    sequence->increment = values->increment;
    sequence->minimum = values->minimum;
    sequence->maximum = values->maximum;
    sequence->cache = values->cache;
    sequence->cycle = values->cycle;
}

static struct sequence_values values_of_sequence(const struct sequence *sequence)
{
    return (struct sequence_values){.type = sequence->type,
                                    .start = sequence->start,
                                    .increment = sequence->increment,
                                    .minimum = sequence->minimum,
                                    .maximum = sequence->maximum,
                                    .cache = sequence->cache,
                                    .cycle = sequence->cycle};
}

void sequence_values_to_identity(const struct sequence_values *values, struct identity *identity)
{
    identity->start = values->start;
    identity->increment = values->increment;
    identity->minimum = values->minimum;
    identity->maximum = values->maximum;
    identity->cache = values->cache;
    identity->cycle = values->cycle;
}

struct sequence_values sequence_values_of_identity(const struct identity *identity,
                                                   const char *type)
{
    return (struct sequence_values){.type = type,
                                    .start = identity->start,
                                    .increment = identity->increment,
                                    .minimum = identity->minimum,
                                    .maximum = identity->maximum,
                                    .cache = identity->cache,
                                    .cycle = identity->cycle};
}

/* --- owners of sequences ---------------------------------------------------------------------- */

void sequence_set_owner_column(struct interpreter *interpreter, struct object *sequence,
                               struct object *column, int location)
{
    struct object *owned = object_child(sequence, KIND_OWNED_BY, "");

    if (!column) {
        if (owned)
            interpret_remove(interpreter, owned);
        return;
    }
    if (!owned)
        owned = interpret_add_implied(interpreter, KIND_OWNED_BY, sequence, "", NULL, location);
    if (owned)
        as_owned_by(owned)->column = column;
}

/* What OWNED BY names; *column stays NULL for NONE. */
static enum outcome find_owner_column(struct interpreter *interpreter, List *names,
                                      struct object **column)
{
    RangeVar table = {.type = T_RangeVar, .location = -1};
    int count = list_length(names);
    struct object *found;

    *column = NULL;
    if (count == 1)
        return strcmp(strVal(linitial(names)), "none") == 0
                   ? OUTCOME_DONE
                   : interpret_fail(interpreter, -1, "OWNED BY needs a table and a column");
    table.relname = strVal(list_nth(names, count - 2));
    table.schemaname = count > 2 ? strVal(list_nth(names, count - 3)) : NULL;
    found = interpret_find_relation(interpreter, table.schemaname, table.relname,
                                    interpret_table_kinds);
    if (!found)
        return interpret_no_relation(interpreter, &table, interpret_table_kinds);
    *column = table_need_column(interpreter, found, strVal(llast(names)), -1);
    return *column ? OUTCOME_DONE : OUTCOME_MISSING;
}

/* --- statements ------------------------------------------------------------------------------- */

enum outcome interpret_create_sequence(struct interpreter *interpreter, CreateSeqStmt *statement)
{
    const RangeVar *name = statement->sequence;
    struct object *column = NULL;
    struct sequence_values values;
    struct object *schema;
    struct object *object;

    schema = interpret_creation_schema(interpreter, name->schemaname, name->location);
    if (!schema)
        return interpret_failed(interpreter);
    if (statement->if_not_exists &&
        model_find(interpreter->model, KIND_SEQUENCE, schema, name->relname, NULL))
        return OUTCOME_DONE;
    if (!sequence_new_values(interpreter, statement->options, NULL, &values))
        return interpret_failed(interpreter);
    if (values.owned_by) {
        enum outcome outcome = find_owner_column(interpreter, values.owned_by, &column);

        if (outcome != OUTCOME_DONE)
            return outcome;
    }
    object = interpret_add(interpreter, KIND_SEQUENCE, schema, name->relname, NULL, name->location);
    if (!object)
        return OUTCOME_FAILED;
    values_to_sequence(&values, as_sequence(object));
    as_sequence(object)->unlogged = name->relpersistence == TABLE_UNLOGGED;
    sequence_set_owner_column(interpreter, object, column, name->location);
    return OUTCOME_DONE;
}

static enum outcome alter_identity(struct interpreter *interpreter, List *options,
                                   struct object *object)
{
    struct identity *identity = as_identity(object);
    struct sequence_values values =
        sequence_values_of_identity(identity, as_column(object->parent)->type);

    if (!sequence_change_values(interpreter, options, &values))
        return interpret_failed(interpreter);
    sequence_values_to_identity(&values, identity);
    return OUTCOME_DONE;
}

enum outcome interpret_alter_sequence(struct interpreter *interpreter, AlterSeqStmt *statement)
{
    const RangeVar *name = statement->sequence;
    struct object *object = interpret_find_relation(interpreter, name->schemaname, name->relname,
                                                    interpret_sequence_kinds);
    struct object *column = NULL;
    struct sequence_values values;

    if (!object)
        return statement->missing_ok
                   ? OUTCOME_DONE
                   : interpret_no_relation(interpreter, name, interpret_sequence_kinds);
    if (object->kind == KIND_IDENTITY)
        return alter_identity(interpreter, statement->options, object);
    values = values_of_sequence(as_sequence(object));
    if (!sequence_change_values(interpreter, statement->options, &values))
        return interpret_failed(interpreter);
    if (values.owned_by) {
        enum outcome outcome = find_owner_column(interpreter, values.owned_by, &column);

        if (outcome != OUTCOME_DONE)
            return outcome;
        sequence_set_owner_column(interpreter, object, column, name->location);
    }
    values_to_sequence(&values, as_sequence(object));
    return OUTCOME_DONE;
}

/* --- serial columns --------------------------------------------------------------------------- */

static bool relation_taken(struct interpreter *interpreter, const char *name, void *schema)
{
    return interpret_relation_name_taken(interpreter, schema, name);
}

struct object *sequence_make_serial(struct interpreter *interpreter, struct object *table,
                                    const char *column, const char *type, int location)
{
    struct object *schema = table_schema(table);
    struct sequence_values values;
    struct object *object;
    const char *name =
        interpret_choose_name(interpreter, table->name, column, "seq", relation_taken, schema);

    if (!sequence_new_values(interpreter, NIL, type, &values))
        return NULL;
    object = interpret_add_implied(interpreter, KIND_SEQUENCE, schema, name, NULL, location);
    if (!object)
        return NULL;
    object->name_chosen = true;
    values_to_sequence(&values, as_sequence(object));
    as_sequence(object)->unlogged = as_table(table)->unlogged;
    return object;
}
