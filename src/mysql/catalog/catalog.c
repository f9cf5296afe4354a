/* Reads a database, or all of them, into a model: lists what there is, fetches the server's texts, and has
 * them interpreted. What cannot be read or understood becomes an unmodelled object, with a note. */
#include "mysql/catalog/catalog.h"

#include <stdlib.h>
#include <string.h>

#include "core/operation.h"
#include "mysql/catalog/check.h"
#include "mysql/resolve/unmodelled.h"
#include "mysql/sql/quote.h"

/* --- what is left alone -------------------------------------------------------------------------- */

/* "trigger t", or, where several databases are read, "trigger `shop`.`t`". */
static const char *identity_of(const struct my_catalog *catalog, const struct my_catalog_text *text)
{
    if (catalog->connection->database)
        return arena_printf(catalog->arena, "%s %s", text->class->name, text->name);
    return arena_printf(catalog->arena, "%s %s", text->class->name,
                        my_quote_qualified(catalog->arena, text->schema, text->name));
}

static void add_unmodelled(struct my_catalog *catalog, const char *identity, const char *class,
                           const char *definition, const char *why)
{
    struct object *object = model_add(catalog->model, KIND_UNMODELLED, NULL, identity, NULL);

    if (object) {
        as_unmodelled(object)->object_class = class;
        as_unmodelled(object)->definition = arena_strdup(catalog->arena, definition);
    }
    text_list_add(&catalog->model->notes, catalog->arena,
                  arena_printf(catalog->arena, "%s is left alone: %s", identity, why));
}

static void leave_alone(struct my_catalog *catalog, const struct my_catalog_text *text,
                        const char *why)
{
    add_unmodelled(catalog, identity_of(catalog, text), text->class->name, text->text, why);
}

/* True for a trigger whose table was left alone. */
static bool is_on_unmodelled(const struct my_catalog *catalog, const struct my_catalog_text *text)
{
    struct my_catalog_text table = *text;
    static const struct my_catalog_class class_table = {.name = "table"};

    if (!text->table)
        return false;
    table.class = &class_table;
    table.name = text->table;
    return model_find(catalog->model, KIND_UNMODELLED, NULL, identity_of(catalog, &table), NULL);
}

/* --- the self-check ------------------------------------------------------------------------------ */

/* A part of a table that the model has no place for is an object beside it: who alters the table is
 * told. */
static void check_table(struct my_catalog *catalog, const struct my_catalog_text *text)
{
    const char *schema = catalog->connection->database ? "" : text->schema;
    const struct object *parent = model_find(catalog->model, KIND_SCHEMA, NULL, schema, NULL);
    struct object *table =
        parent ? model_find(catalog->model, KIND_TABLE, parent, text->name, NULL) : NULL;
    const char *words =
        table ? my_check_table(catalog->scratch, catalog->model, table, text->text, text->length)
              : NULL;

    if (table)
        table->size = text->size;
    if (words)
        add_unmodelled(catalog, my_unmodelled_part(catalog->arena, table), MY_UNMODELLED_PART,
                       words, arena_printf(catalog->scratch, "plumb does not model %s", words));
}

static void check_tables(struct my_catalog *catalog)
{
    for (size_t i = 0; i < catalog->text_count; i++)
        if (catalog->texts[i].text && strcmp(catalog->texts[i].class->name, "table") == 0)
            check_table(catalog, &catalog->texts[i]);
}

/* --- interpretation ------------------------------------------------------------------------------ */

static void interpret_schema(struct my_catalog *catalog, struct my_interpreter *interpreter,
                             const struct my_catalog_schema *schema)
{
    struct object *object = my_interpreter_schema(interpreter, schema->name, schema->collation);
    struct object *comment;

    text_list_add(&catalog->model->schema_names, catalog->arena, schema->name);
    if (catalog->connection->database) /* a file says nothing of the database that it is for */
        return;
    if (schema->encrypted)
        text_list_add(&as_schema(object)->options, catalog->arena, "encryption=Y");
    comment = schema->comment ? model_add(catalog->model, KIND_COMMENT, object, "", NULL) : NULL;
    if (comment)
        as_comment(comment)->text = schema->comment;
}

/* A text that is not understood is no reason to read nothing, but a reason to touch nothing of it. */
static void interpret_text(struct my_catalog *catalog, struct my_interpreter *interpreter,
                           const struct my_catalog_text *text)
{
    const struct my_program_settings *settings =
        text->class->character_set ? &text->settings : NULL;
    struct error error = {0};

    if (!text->text)
        leave_alone(catalog, text, text->fault);
    else if (strncmp(text->class->name, "package", strlen("package")) == 0)
        leave_alone(catalog, text, "plumb does not model packages");
    else if (is_on_unmodelled(catalog, text))
        leave_alone(catalog, text, "so is its table");
    else if (!my_interpreter_statement(interpreter, text->schema, settings, NULL, text->text,
                                       text->length, &error))
        leave_alone(catalog, text, error.message);
    else if (text->fault)
        text_list_add(
            &catalog->model->notes, catalog->arena,
            arena_printf(catalog->arena, "%s: %s", identity_of(catalog, text), text->fault));
}

static bool interpret_all(struct my_catalog *catalog)
{
    struct my_interpreter *interpreter = my_interpreter_begin(catalog->model, true);

    for (size_t i = 0; i < catalog->schema_count; i++)
        interpret_schema(catalog, interpreter, &catalog->schemas[i]);
    for (size_t i = 0; i < catalog->text_count; i++)
        interpret_text(catalog, interpreter, &catalog->texts[i]);
    return my_interpreter_finish(interpreter, catalog->error);
}

/* Where memory ran out meanwhile: the session is as it was before. */
static void abandon(void *held)
{
    struct connection *connection = ((struct my_catalog *)held)->connection;
    struct error ignored = {0};

    my_connection_drain(connection);
    my_connection_execute(connection,
                          "SET SESSION sql_mode = COALESCE(@plumb_sql_mode, @@SESSION.sql_mode)",
                          &ignored);
}

bool my_read(struct connection *connection, struct model *model, struct error *error)
{
    struct my_catalog catalog = {.connection = connection,
                                 .model = model,
                                 .arena = model->arena,
                                 .scratch = arena_new(),
                                 .error = error};
    bool done;

    model->knows_sizes = true;
    operation_hold(&catalog, abandon);
    done = my_catalog_list(&catalog) && my_catalog_show(&catalog) && my_catalog_reread(&catalog) &&
           interpret_all(&catalog) && my_catalog_reference_systems(&catalog);
    if (done)
        check_tables(&catalog);
    operation_drop(&catalog);
    memory_free(catalog.schemas);
    memory_free(catalog.texts);
    arena_free(catalog.scratch);
    return done;
}
