/* Procedures and functions. */
#include <string.h>
#include <strings.h>

#include "core/text/letter_case.h"
#include "model/identity.h"
#include "mysql/facts/charset.h"
#include "mysql/interpret/internal.h"

/* --- types ------------------------------------------------------------------------------------ */

/* The type as stored, its character set where it is not the database's. What is no type of a column
 * (TYPE OF, ROW) stays as it was written. */
static const char *type_text(struct my_interpreter *interpreter, const struct object *schema,
                             const struct my_type *type)
{
    struct arena *arena = interpreter->arena;
    struct my_type_context context = {
        .model = interpreter->model, .collation = as_schema(schema)->collation, .strict = false};
    struct my_stored_type stored;
    struct error error = {0};

    if (!my_type_store(arena, &context, type, &stored, &error))
        return type->end > type->offset
                   ? arena_strndup(arena, interpreter->file->text + type->offset,
                                   type->end - type->offset)
                   : type->name;
    if (!stored.collation || strcmp(stored.collation, context.collation) == 0)
        return stored.text;
    return arena_printf(arena, "%s CHARACTER SET %s COLLATE %s", stored.text,
                        my_collation_charset(arena, stored.collation), stored.collation);
}

static void set_parameters(struct my_interpreter *interpreter, const struct object *schema,
                           struct function *function)
{
    const struct my_statement *statement = interpreter->statement;
    struct arena *arena = interpreter->arena;

    for (size_t i = 0; i < statement->parameters.count; i++) {
        const struct my_parameter *parameter = statement->parameters.items[i];

        text_list_add(&function->argument_modes, arena,
                      parameter->mode && *parameter->mode ? text_lower(arena, parameter->mode)
                                                          : "in");
        text_list_add(&function->argument_names, arena, parameter->name);
        text_list_add(&function->argument_types, arena,
                      type_text(interpreter, schema, &parameter->type));
        if (parameter->default_value)
            expression_list_add(
                &function->defaults, arena,
                (struct expression){.written = my_written(interpreter, parameter->default_value)});
    }
}

/* --- characteristics -------------------------------------------------------------------------- */

/* Those that the statement says; others stay. */
static void set_characteristics(struct my_interpreter *interpreter, struct object *object)
{
    const struct my_statement *statement = interpreter->statement;
    struct function *function = as_function(object);

    if (statement->language)
        function->language = statement->language;
    if (statement->deterministic)
        function->volatility = text_lower(interpreter->arena, statement->deterministic);
    if (statement->data_access)
        function->data_access = strcmp(statement->data_access, "CONTAINS SQL") == 0
                                    ? NULL
                                    : text_lower(interpreter->arena, statement->data_access);
    if (statement->security)
        function->security_definer = strcmp(statement->security, "INVOKER") != 0;
    my_set_program_comment(interpreter, object);
}

static void fill(struct my_interpreter *interpreter, struct object *object)
{
    const struct my_statement *statement = interpreter->statement;
    struct arena *arena = interpreter->arena;
    struct function *function = as_function(object);

    function->routine =
        statement->aggregate ? "aggregate function" : text_lower(arena, statement->routine);
    set_parameters(interpreter, object->parent, function);
    if (statement->returns.name)
        function->returns = type_text(interpreter, object->parent, &statement->returns);
    function->language = "SQL";
    function->volatility = "not deterministic";
    function->security_definer = true;
    function->body = statement->body;
    function->settings = my_program_session(interpreter, false);
    set_characteristics(interpreter, object);
    my_set_owner(interpreter, object, &statement->definer);
    object->verbatim = statement->text;
}

/* --- names: a procedure and a function may share one ------------------------------------------ */

static bool is_procedure(const struct object *object)
{
    return strcmp(as_function(object)->routine, "procedure") == 0;
}

static struct object *find_routine(struct my_interpreter *interpreter, const struct object *schema,
                                   const char *name, bool procedure)
{
    for (struct object *child = schema->first_child; child; child = child->next_sibling)
        if (child->kind == KIND_FUNCTION && strcasecmp(child->name, name) == 0 &&
            is_procedure(child) == procedure)
            return child;
    (void)interpreter;
    return NULL;
}

/* Of two that share a name, the procedure has a signature. */
static struct object *add_routine(struct my_interpreter *interpreter, struct object *schema,
                                  bool procedure)
{
    const struct my_statement *statement = interpreter->statement;
    struct object *other = find_routine(interpreter, schema, statement->name.name, !procedure);
    struct object *object;

    if (other && !procedure)
        model_rename(interpreter->model, other, schema, other->name, "procedure");
    object = model_add(interpreter->model, KIND_FUNCTION, schema, statement->name.name,
                       other && procedure ? "procedure" : NULL);
    if (!object)
        return NULL;
    object->location = my_location(interpreter, statement->offset);
    my_annotate(interpreter, object, statement->offset);
    return object;
}

static bool says_procedure(const struct my_statement *statement)
{
    return strcmp(statement->routine, "PROCEDURE") == 0;
}

enum outcome my_create_routine(struct my_interpreter *interpreter)
{
    const struct my_statement *statement = interpreter->statement;
    struct object *schema = my_schema(interpreter, statement->name.schema, statement->name.offset);
    struct object *object;

    if (!schema)
        return interpreter->outcome;
    object = find_routine(interpreter, schema, statement->name.name, says_procedure(statement));
    if (object && statement->if_not_exists)
        return OUTCOME_DONE;
    if (object && statement->or_replace)
        model_remove(interpreter->model, object);
    else if (object)
        return my_fail_existing(interpreter, statement->offset, "%s is declared twice",
                                identity_print(interpreter->arena, object));
    object = add_routine(interpreter, schema, says_procedure(statement));
    if (!object)
        return my_fail_existing(interpreter, statement->offset, "%s is declared twice",
                                statement->name.name);
    fill(interpreter, object);
    return OUTCOME_DONE;
}

static enum outcome no_routine(struct my_interpreter *interpreter)
{
    const struct my_statement *statement = interpreter->statement;

    return my_missing(interpreter, statement->name.offset, "%s %s does not exist",
                      text_lower(interpreter->arena, statement->routine), statement->name.name);
}

enum outcome my_alter_routine(struct my_interpreter *interpreter)
{
    const struct my_statement *statement = interpreter->statement;
    struct object *schema = my_schema(interpreter, statement->name.schema, statement->name.offset);
    struct object *object;

    if (!schema)
        return interpreter->outcome;
    object = find_routine(interpreter, schema, statement->name.name, says_procedure(statement));
    if (!object)
        return no_routine(interpreter);
    set_characteristics(interpreter, object);
    return OUTCOME_DONE;
}

enum outcome my_drop_routine(struct my_interpreter *interpreter)
{
    const struct my_statement *statement = interpreter->statement;
    struct object *schema = my_schema(interpreter, statement->name.schema, statement->name.offset);
    struct object *object;

    if (!schema)
        return interpreter->outcome;
    object = find_routine(interpreter, schema, statement->name.name, says_procedure(statement));
    if (!object)
        return statement->if_exists ? OUTCOME_DONE : no_routine(interpreter);
    model_remove(interpreter->model, object);
    return OUTCOME_DONE;
}
