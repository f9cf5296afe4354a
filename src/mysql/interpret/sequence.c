/* MariaDB's sequences. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "model/identity.h"
#include "mysql/interpret/internal.h"

static const struct my_option *find_option(const struct my_statement *statement, const char *name)
{
    const struct my_option *found = NULL;

    for (size_t i = 0; i < statement->options.count; i++) {
        const struct my_option *option = statement->options.items[i];

        if (strcmp(option->name, name) == 0)
            found = option;
    }
    return found;
}

/* The number that the option says; fallback where it is not there or says NO. */
static int64_t number(const struct my_statement *statement, const char *name, int64_t fallback)
{
    const struct my_option *option = find_option(statement, name);

    return option && option->value ? strtoll(option->value, NULL, 10) : fallback;
}

/* Values of the type, without those that the server keeps for itself at both ends. */
static void find_limits(const char *type, int64_t *least, int64_t *most)
{
    static const struct {
        const char *type;
        int64_t most;
    } types[] = {
        {"tinyint", 126}, {"smallint", 32766}, {"mediumint", 8388606}, {"int", 2147483646}};

    *most = 9223372036854775806;
    for (size_t i = 0; type && i < sizeof(types) / sizeof(*types); i++)
        if (my_type_is(type, types[i].type))
            *most = types[i].most;
    *least = -*most;
}

static const char *type_of(struct my_interpreter *interpreter)
{
    const struct my_option *option = find_option(interpreter->statement, "AS");
    const char *type =
        option && option->value ? my_option_name(interpreter->arena, option->value) : NULL;

    return type && my_type_is(type, "bigint") && !strstr(type, "unsigned") ? NULL : type;
}

static void set_options(struct my_interpreter *interpreter, struct object *object)
{
    const struct my_statement *statement = interpreter->statement;
    const struct my_option *engine = find_option(statement, "ENGINE");
    const struct my_option *comment = find_option(statement, "COMMENT");
    const char *usual =
        my_engine(interpreter->arena, my_session_value(interpreter, MY_DEFAULT_STORAGE_ENGINE,
                                                       "default_storage_engine", "InnoDB"));
    const char *name = engine ? my_engine(interpreter->arena, engine->value) : usual;

    my_option_set(interpreter->arena, &as_sequence(object)->options, "engine",
                  strcmp(name, "InnoDB") == 0 ? NULL : name);
    if (comment)
        my_set_comment(interpreter, object, comment->value, 2048);
}

static void fill(struct my_interpreter *interpreter, struct object *object)
{
    const struct my_statement *statement = interpreter->statement;
    struct sequence *sequence = as_sequence(object);
    const struct my_option *cycle = find_option(statement, "CYCLE");
    int64_t least;
    int64_t most;

    sequence->type = type_of(interpreter);
    find_limits(sequence->type, &least, &most);
    sequence->increment = number(statement, "INCREMENT", 1);
    sequence->minimum = number(statement, "MINVALUE", sequence->increment < 0 ? least : 1);
    sequence->maximum = number(statement, "MAXVALUE", sequence->increment < 0 ? -1 : most);
    sequence->start =
        number(statement, "START", sequence->increment < 0 ? sequence->maximum : sequence->minimum);
    sequence->cache = number(statement, "CACHE", 1000);
    sequence->cycle = cycle && cycle->value && strcmp(cycle->value, "1") == 0;
    set_options(interpreter, object);
}

enum outcome my_create_sequence(struct my_interpreter *interpreter)
{
    const struct my_statement *statement = interpreter->statement;
    struct object *schema = my_schema(interpreter, statement->name.schema, statement->name.offset);
    const char *name = my_table_name(interpreter, statement->name.name);
    struct object *sequence;

    if (statement->temporary)
        return OUTCOME_DONE;
    if (!my_can(interpreter->flavor, MY_CAN_SEQUENCE))
        return my_fail(interpreter, statement->offset, "MySQL has no sequences");
    if (!schema)
        return interpreter->outcome;
    sequence = my_find_relation(interpreter, schema, name);
    if (sequence && statement->if_not_exists)
        return OUTCOME_DONE;
    if (sequence && statement->or_replace && sequence->kind == KIND_SEQUENCE)
        model_remove(interpreter->model, sequence);
    sequence = my_add(interpreter, KIND_SEQUENCE, schema, name, statement->offset);
    if (!sequence)
        return interpreter->outcome;
    fill(interpreter, sequence);
    return OUTCOME_DONE;
}

enum outcome my_alter_sequence(struct my_interpreter *interpreter)
{
    const struct my_statement *statement = interpreter->statement;
    const struct my_option *cycle = find_option(statement, "CYCLE");
    struct object *object;
    struct sequence *sequence;

    if (statement->if_exists &&
        !my_find_relation(interpreter,
                          my_schema(interpreter, statement->name.schema, statement->name.offset),
                          statement->name.name))
        return OUTCOME_DONE;
    object = my_named(interpreter, KIND_SEQUENCE, &statement->name);
    if (!object)
        return interpreter->outcome;
    sequence = as_sequence(object);
    sequence->increment = number(statement, "INCREMENT", sequence->increment);
    sequence->minimum = number(statement, "MINVALUE", sequence->minimum);
    sequence->maximum = number(statement, "MAXVALUE", sequence->maximum);
    sequence->start = number(statement, "START", sequence->start);
    sequence->cache = number(statement, "CACHE", sequence->cache);
    if (cycle)
        sequence->cycle = cycle->value && strcmp(cycle->value, "1") == 0;
    return OUTCOME_DONE;
}

enum outcome my_drop_sequences(struct my_interpreter *interpreter)
{
    const struct my_statement *statement = interpreter->statement;

    for (size_t i = 0; i < statement->names.count; i++) {
        const struct my_name *name = statement->names.items[i];
        struct object *schema = my_schema(interpreter, name->schema, name->offset);
        struct object *sequence;

        if (!schema)
            return interpreter->outcome;
        sequence = model_find(interpreter->model, KIND_SEQUENCE, schema,
                              my_table_name(interpreter, name->name), NULL);
        if (sequence)
            model_remove(interpreter->model, sequence);
        else if (!statement->if_exists && !my_named(interpreter, KIND_SEQUENCE, name))
            return interpreter->outcome;
    }
    return OUTCOME_DONE;
}
