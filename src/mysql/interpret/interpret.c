/* The interpreter's driver: takes statements from the grammar, gives each to the function for its
 * kind, and tries those again that came before what they name. */
#include "mysql/interpret/interpret.h"

#include <string.h>

#include "core/buffer.h"
#include "core/operation.h"
#include "core/text/word.h"
#include "model/lending.h"
#include "mysql/interpret/internal.h"

/* --- one statement ---------------------------------------------------------------------------- */

static enum outcome set(struct my_interpreter *interpreter)
{
    (void)interpreter; /* was done when it was read */
    return OUTCOME_DONE;
}

typedef enum outcome statement_function(struct my_interpreter *interpreter);

static statement_function *const functions[] = {
    [MY_CREATE_DATABASE] = my_create_database,
    [MY_ALTER_DATABASE] = my_alter_database,
    [MY_DROP_DATABASE] = my_drop_database,
    [MY_USE] = my_use,
    [MY_CREATE_TABLE] = my_create_table,
    [MY_ALTER_TABLE] = my_alter_table,
    [MY_DROP_TABLE] = my_drop_tables,
    [MY_RENAME_TABLES] = my_rename_tables,
    [MY_CREATE_VIEW] = my_create_view,
    [MY_DROP_VIEW] = my_drop_views,
    [MY_CREATE_TRIGGER] = my_create_trigger,
    [MY_DROP_TRIGGER] = my_drop_trigger,
    [MY_CREATE_ROUTINE] = my_create_routine,
    [MY_ALTER_ROUTINE] = my_alter_routine,
    [MY_DROP_ROUTINE] = my_drop_routine,
    [MY_CREATE_EVENT] = my_create_event,
    [MY_ALTER_EVENT] = my_alter_event,
    [MY_DROP_EVENT] = my_drop_event,
    [MY_CREATE_SEQUENCE] = my_create_sequence,
    [MY_ALTER_SEQUENCE] = my_alter_sequence,
    [MY_DROP_SEQUENCE] = my_drop_sequences,
    [MY_SET] = set,
    [MY_DATA] = my_skip,
    [MY_NO_EFFECT] = my_skip,
    [MY_PRIVILEGES] = my_skip,
    [MY_UNMODELLED] = my_unmodelled,
};

/* Where nobody has said which word is wrong, it is the one that the message names. */
static void place_error(struct my_interpreter *interpreter, const struct my_pending *pending)
{
    const struct my_file *file = pending->file;
    size_t offset = interpreter->error_offset;

    if (!file->name || interpreter->error->line)
        return;
    if (offset == pending->statement->offset && pending->attempt.text)
        offset += place_of_message(pending->attempt.text, pending->attempt.length,
                                   interpreter->error->message);
    error_place(interpreter->error, file->name, file->text, file->length, offset);
}

static enum outcome run(void *context, struct attempt *attempt)
{
    struct my_interpreter *interpreter = context;
    struct my_pending *pending = (struct my_pending *)attempt;
    enum outcome outcome;

    interpreter->statement = pending->statement;
    interpreter->file = pending->file;
    interpreter->session = &pending->session;
    interpreter->outcome = OUTCOME_FAILED;
    interpreter->error_offset = pending->statement->offset;
    interpreter->exists = false;
    error_clear(interpreter->error);
    outcome = functions[pending->statement->kind](interpreter);
    if (outcome == OUTCOME_FAILED && interpreter->exists && attempt->forgives_existing) {
        error_clear(interpreter->error);
        outcome = OUTCOME_DONE;
    }
    if (outcome == OUTCOME_FAILED || (outcome == OUTCOME_MISSING && interpreter->rounds.reporting))
        place_error(interpreter, pending);
    return outcome;
}

static bool first_try(struct my_interpreter *interpreter, struct my_file *file,
                      struct my_statement *statement, const struct attempt *nested)
{
    struct my_pending *pending = ARENA_NEW(interpreter->arena, struct my_pending);

    *pending = (struct my_pending){
        .attempt = *nested, .statement = statement, .file = file, .session = interpreter->live};
    if (interpreter->keeps_errors) {
        pending->attempt.text = file->text + statement->offset;
        pending->attempt.length = statement->end - statement->offset;
    }
    interpreter->session = &pending->session;
    if (statement->kind == MY_SET)
        my_set(interpreter, statement);
    return rounds_first_try(&interpreter->rounds, interpreter->arena, &pending->attempt) ||
           (interpreter->keeps_errors && rounds_keep_error(&interpreter->rounds, interpreter->arena,
                                                           &pending->attempt, interpreter->error));
}

/* --- texts ------------------------------------------------------------------------------------ */

/* A statement of a file does not parse: what stands behind it is read all the same, as long as that gets on. */
static bool goes_on_behind(struct my_interpreter *interpreter, int *line, struct error *error)
{
    bool got_on = error->line > *line;

    *line = error->line;
    return interpreter->keeps_errors && got_on &&
           rounds_keep_error(&interpreter->rounds, interpreter->arena, NULL, error);
}

static bool read_text(struct my_interpreter *interpreter, struct my_file *file, uint64_t sql_mode,
                      const struct attempt *nested, struct error *error)
{
    struct my_parser *parser =
        my_parser_new(interpreter->arena, interpreter->flavor, sql_mode,
                      file->name ? file->name : "", file->text, file->length);
    struct my_statement *statement;
    int line = 0; /* of the last one that did not parse */

    interpreter->error = error;
    for (;;) {
        if (!my_parser_next(parser, &statement, error)) {
            if (!goes_on_behind(interpreter, &line, error))
                return false;
            continue;
        }
        if (!statement)
            return true;
        if (!first_try(interpreter, file, statement, nested))
            return false;
        error_clear(error);
        if (!operation_goes_on(error))
            return false;
    }
}

static struct my_file *new_file(struct my_interpreter *interpreter, const char *name,
                                const char *text, size_t length)
{
    struct my_file *file = ARENA_NEW(interpreter->arena, struct my_file);

    *file = (struct my_file){.name = name, .text = text, .length = length};
    return file;
}

/* What a statement made of pieces of others says has no place of its own: it gets the caller's line. */
static struct my_file *file_at_caller(struct my_interpreter *interpreter, const char *text)
{
    struct location place = my_location(interpreter, interpreter->statement->offset);
    struct buffer moved = BUFFER_EMPTY;
    size_t length;

    for (int i = 1; i < place.line; i++)
        buffer_append_char(&moved, '\n');
    buffer_append(&moved, text);
    length = moved.length;
    return new_file(interpreter, interpreter->file->name, buffer_take(&moved, interpreter->arena),
                    length);
}

bool my_run_nested(struct my_interpreter *interpreter, const char *text,
                   const struct attempt *nested)
{
    struct my_statement *statement = interpreter->statement;
    struct my_file *file = interpreter->file;
    struct my_session *session = interpreter->session;
    struct my_session live = interpreter->live;
    bool done;

    interpreter->live = *session;
    interpreter->keeps_errors = false;
    done = read_text(interpreter, file_at_caller(interpreter, text), statement->sql_mode, nested,
                     interpreter->error);
    interpreter->live = live;
    interpreter->statement = statement;
    interpreter->file = file;
    interpreter->session = session;
    return done;
}

/* --- the end ---------------------------------------------------------------------------------- */

/* plumb's own objects are no part of a schema. */
static void remove_own_objects(struct model *model)
{
    for (size_t i = 0; i < model->count; i++) {
        struct object *object = model->objects[i];

        if (!object->removed && object->parent && object->parent->kind == KIND_SCHEMA &&
            strncmp(object->name, "plumb_", strlen("plumb_")) == 0)
            model_remove(model, object);
    }
}

/* What the database has and is lent. */
static bool adopt_lent(void *context)
{
    return lending_adopt(((struct my_interpreter *)context)->model);
}

/* --- the door --------------------------------------------------------------------------------- */

struct my_interpreter *my_interpreter_begin(struct model *model, bool from_server)
{
    struct my_interpreter *interpreter = ARENA_NEW(model->arena, struct my_interpreter);
    bool everything;

    interpreter->model = model;
    interpreter->arena = model->arena;
    interpreter->flavor = my_flavor_of(model);
    interpreter->from_server = from_server;
    interpreter->target = my_setting(model, "database", NULL);
    interpreter->user_variables = map_new(model->arena);
    interpreter->guard_variables = map_new(model->arena);
    interpreter->prepared = map_new(model->arena);
    interpreter->temporary = map_new(model->arena);
    interpreter->notes = notes_new(model->arena);
    interpreter->rounds =
        (struct rounds){.run = run, .interpreter = interpreter, .adopt = adopt_lent};
    interpreter->constraint_names = map_new(model->arena);
    interpreter->unbound = map_new(model->arena);
    everything = interpreter->target && !*interpreter->target;
    if (!everything) {
        my_interpreter_schema(interpreter, "", NULL);
        interpreter->live.database = "";
    }
    return interpreter;
}

struct object *my_interpreter_schema(struct my_interpreter *interpreter, const char *name,
                                     const char *collation)
{
    struct object *schema;

    if (interpreter->target && strcmp(name, interpreter->target) == 0)
        name = "";
    schema = model_find(interpreter->model, KIND_SCHEMA, NULL, name, NULL);
    if (!schema) {
        schema = model_add(interpreter->model, KIND_SCHEMA, NULL, name, NULL);
        as_schema(schema)->collation = my_default_collation(interpreter->model);
    }
    if (collation)
        as_schema(schema)->collation = collation;
    return schema;
}

bool my_interpreter_statement(struct my_interpreter *interpreter, const char *schema,
                              const struct my_program_settings *settings, const char *source_name,
                              const char *text, size_t length, struct error *error)
{
    struct my_file *file = new_file(interpreter, source_name, text, length);
    const char *mode = settings ? settings->sql_mode : NULL;

    interpreter->live = (struct my_session){
        .database = interpreter->target && strcmp(schema, interpreter->target) == 0 ? "" : schema};
    if (settings) {
        interpreter->live.values[MY_SQL_MODE] = mode;
        interpreter->live.values[MY_CHARACTER_SET_CLIENT] = settings->character_set_client;
        interpreter->live.values[MY_COLLATION_CONNECTION] = settings->collation_connection;
        interpreter->live.values[MY_TIME_ZONE] = settings->time_zone;
    }
    return read_text(interpreter, file, mode ? my_sql_mode_parse(mode) : 0, &(struct attempt){0},
                     error);
}

bool my_interpreter_finish(struct my_interpreter *interpreter, struct error *error)
{
    interpreter->error = error;
    if (!rounds_finish(&interpreter->rounds, interpreter->arena, error))
        return false;
    adopt_lent(interpreter);
    if (!my_finish_foreign_keys(interpreter, error) ||
        !annotations_check(&interpreter->annotated, error))
        return false;
    error_clear(error);
    remove_own_objects(interpreter->model);
    notes_write(&interpreter->notes, interpreter->model);
    model_note_not_run(interpreter->model);
    return true;
}

static bool read_source(struct my_interpreter *interpreter, const struct source_text *source,
                        struct error *error)
{
    struct arena *arena = interpreter->arena;
    struct my_file *file =
        new_file(interpreter, arena_strdup(arena, source->file ? source->file : ""),
                 arena_strndup(arena, source->text, source->length), source->length);
    const char *mode = my_setting(interpreter->model, "sql_mode", "");
    bool everything = interpreter->target && !*interpreter->target;
    bool ok;

    interpreter->live = (struct my_session){.database = everything ? NULL : ""};
    if (!my_read_annotations(interpreter, file, error))
        return false;
    interpreter->keeps_errors = true;
    ok = read_text(interpreter, file, my_sql_mode_parse(mode), &(struct attempt){0}, error);
    interpreter->keeps_errors = false;
    return ok;
}

bool my_interpret(const struct source_text *sources, size_t count, struct model *model,
                  struct error *error)
{
    struct my_interpreter *interpreter = my_interpreter_begin(model, false);

    for (size_t i = 0; i < count; i++)
        if (!operation_proceeds(PHASE_READING, i + 1, count, sources[i].file, error) ||
            !read_source(interpreter, &sources[i], error))
            return false;
    return my_interpreter_finish(interpreter, error);
}
