/* Schemas and extensions. */
#include "postgres/interpret/base/interpreter.h"

#include <string.h>

#include "postgres/facts/extension.h"
#include "postgres/interpret/base/base.h"

/* --- schemas ---------------------------------------------------------------------------------- */

/* The elements of CREATE SCHEMA run as statements of their own, with the new schema in front. */
static enum outcome run_elements(struct interpreter *interpreter, const CreateSchemaStmt *statement,
                                 const char *name)
{
    struct text_list *path = ARENA_NEW(interpreter->arena, struct text_list);
    ListCell *cell;

    text_list_add(path, interpreter->arena, arena_strdup(interpreter->arena, name));
    for (size_t i = 0; i < interpreter->search_path->count; i++)
        text_list_add(path, interpreter->arena, interpreter->search_path->items[i]);
    foreach (cell, statement->schemaElts)
        if (interpret_element(interpreter, lfirst(cell), path) != OUTCOME_DONE)
            return OUTCOME_FAILED;
    return OUTCOME_DONE;
}

enum outcome interpret_create_schema(struct interpreter *interpreter, CreateSchemaStmt *statement)
{
    const char *name = statement->schemaname;
    struct object *existing;
    struct object *schema;

    if (!name)
        name = statement->authrole ? interpret_role(statement->authrole) : NULL;
    if (!name) {
        interpret_fail(interpreter, -1, "the schema's name is that of the current user");
        error_hint(interpreter->error, "Write the name: CREATE SCHEMA name AUTHORIZATION role.");
        return OUTCOME_FAILED;
    }
    if (strncmp(name, "pg_", 3) == 0) {
        interpret_fail(interpreter, -1, "the schema name %s is not acceptable", name);
        error_hint(interpreter->error, "Names that begin with pg_ belong to the server.");
        return OUTCOME_FAILED;
    }
    existing = interpret_schema(interpreter, name);
    if (existing && statement->if_not_exists && existing->location.file)
        return OUTCOME_DONE;
    /* The schema public, and those of the target, are there without being declared. */
    if (existing && !existing->location.file) {
        existing->location = interpret_location(interpreter, -1);
        if (strcmp(name, "public") != 0)
            interpret_made(interpreter, existing);
        schema = existing;
    } else {
        schema = interpret_add(interpreter, KIND_SCHEMA, NULL, name, NULL, -1);
    }
    if (!schema)
        return interpret_failed(interpreter);
    if (statement->authrole)
        interpret_set_owner(interpreter, schema, statement->authrole);
    return run_elements(interpreter, statement, name);
}

/* --- extensions ------------------------------------------------------------------------------- */

/* The options schema and version; the others do not stay. */
static void read_options(struct interpreter *interpreter, List *options, const char **schema,
                         const char **version)
{
    ListCell *cell;

    foreach (cell, options) {
        const DefElem *option = lfirst_node(DefElem, cell);

        if (strcmp(option->defname, "schema") == 0)
            *schema = interpret_option_value(interpreter, option);
        else if (strcmp(option->defname, "new_version") == 0)
            *version = interpret_option_value(interpreter, option);
    }
}

/* The schema is an extension's own where nobody declares it. */
static bool find_extension_schema(struct interpreter *interpreter, const char *extension,
                                  const char **schema)
{
    struct object *found;

    if (*schema) {
        if (strcmp(*schema, "pg_catalog") == 0)
            return true;
        found = interpret_creation_schema(interpreter, *schema, -1);
    } else if (pg_extension_has_fixed_schema(extension)) {
        return true;
    } else if (interpreter->search_path->count == 0) {
        *schema = "public";
        return true;
    } else {
        found = interpret_creation_schema(interpreter, NULL, -1);
    }
    if (found)
        *schema = found->name;
    return found != NULL;
}

enum outcome interpret_create_extension(struct interpreter *interpreter,
                                        CreateExtensionStmt *statement)
{
    const char *schema = NULL;
    const char *version = NULL;
    struct object *object;

    if (strcmp(statement->extname, "plpgsql") == 0)
        return OUTCOME_DONE;
    if (statement->if_not_exists &&
        model_find(interpreter->model, KIND_EXTENSION, NULL, statement->extname, NULL))
        return OUTCOME_DONE;
    read_options(interpreter, statement->options, &schema, &version);
    if (!find_extension_schema(interpreter, statement->extname, &schema))
        return interpret_failed(interpreter);
    object = interpret_add(interpreter, KIND_EXTENSION, NULL, statement->extname, NULL, -1);
    if (!object)
        return interpret_failed(interpreter);
    as_extension(object)->schema = schema;
    as_extension(object)->version = version;
    if (schema)
        model_need(interpreter->model, object, interpret_schema(interpreter, schema));
    interpret_register(interpreter, object);
    return OUTCOME_DONE;
}

enum outcome interpret_alter_extension(struct interpreter *interpreter,
                                       AlterExtensionStmt *statement)
{
    struct object *object =
        model_find(interpreter->model, KIND_EXTENSION, NULL, statement->extname, NULL);
    const char *ignored = NULL;

    if (strcmp(statement->extname, "plpgsql") == 0)
        return OUTCOME_DONE;
    if (!object)
        return interpret_no_object(interpreter, KIND_EXTENSION,
                                   list_make1(makeString(statement->extname)), -1);
    read_options(interpreter, statement->options, &ignored, &as_extension(object)->version);
    return OUTCOME_DONE;
}
