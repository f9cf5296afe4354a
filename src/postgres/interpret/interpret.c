/* The interpreter's driver: cuts sources into statements, gives each to the function for its
 * kind, and tries those again that came before what they name. */
#include "postgres/interpret/base/interpreter.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/text/word.h"
#include "dialect/annotation.h"
#include "core/buffer.h"
#include "core/operation.h"
#include "model/lending.h"
#include "postgres/interpret/base/base.h"
#include "postgres/interpret/users.h"
#include "postgres/sql/keyword.h"
#include "postgres/sql/parse.h"
#include "postgres/sql/quote.h"
#include "postgres/sql/scan.h"
#include "postgres/interpret/interpret.h"

enum { longest_name = 63 };

/* --- one statement ---------------------------------------------------------------------------- */

typedef enum outcome statement_function(struct interpreter *interpreter, Node *statement);

#define STATEMENT(function, type)                                                                  \
    static enum outcome run_##function(struct interpreter *interpreter, Node *statement)           \
    {                                                                                              \
        return interpret_##function(interpreter, castNode(type, statement));                       \
    }
#include "postgres/interpret/statements.def"
#undef STATEMENT

static const struct {
    NodeTag tag;
    statement_function *function;
} statement_functions[] = {
#define STATEMENT(function, type) {T_##type, run_##function},
#include "postgres/interpret/statements.def"
#undef STATEMENT
};

static statement_function *find_function(NodeTag tag)
{
    size_t count = sizeof(statement_functions) / sizeof(*statement_functions);

    for (size_t i = 0; i < count; i++)
        if (statement_functions[i].tag == tag)
            return statement_functions[i].function;
    return NULL;
}

static enum outcome dispatch(struct interpreter *interpreter, Node *node)
{
    statement_function *function;

    interpreter->other_count += nodeTag(node) != T_DropStmt;
    if (interpret_is_temporary(interpreter, node))
        return OUTCOME_DONE;
    if (nodeTag(node) == T_DefineStmt && castNode(DefineStmt, node)->kind == OBJECT_AGGREGATE)
        return interpret_create_aggregate(interpreter, castNode(DefineStmt, node));
    function = find_function(nodeTag(node));
    if (function)
        return function(interpreter, node);
    if (interpret_is_unmodelled(node))
        return interpret_unmodelled(interpreter, node);
    return interpret_skip(interpreter, node);
}

/* Where nobody has said which word is wrong, it is the one that the message names. */
static void place_error(struct interpreter *interpreter,
                        const struct interpret_statement *statement)
{
    const struct interpret_file *file = statement->file;
    int offset = interpreter->error_offset;

    if (offset == statement->offset && statement->attempt.text)
        offset += (int)place_of_message(statement->attempt.text, statement->attempt.length,
                                        interpreter->error->message);
    interpret_place_error(interpreter->error, file, (size_t)offset);
}

static enum outcome run(void *context, struct attempt *attempt)
{
    struct interpreter *interpreter = context;
    struct interpret_statement *statement = (struct interpret_statement *)attempt;
    const struct interpret_statement *outer = interpreter->statement;
    enum outcome outcome;

    interpreter->statement = statement;
    interpreter->file = statement->file;
    interpreter->search_path = statement->search_path;
    interpreter->outcome = OUTCOME_FAILED;
    interpreter->error_offset = statement->offset;
    interpreter->exists = false;
    error_clear(interpreter->error);
    outcome = dispatch(interpreter, statement->node);
    if (outcome == OUTCOME_FAILED && interpreter->exists && attempt->forgives_existing) {
        error_clear(interpreter->error);
        outcome = OUTCOME_DONE;
    }
    if ((outcome == OUTCOME_FAILED ||
         (outcome == OUTCOME_MISSING && interpreter->rounds.reporting)) &&
        !interpreter->error->line)
        place_error(interpreter, statement);
    if (outer) {
        interpreter->statement = outer;
        interpreter->file = outer->file;
        interpreter->search_path = outer->search_path;
    }
    return outcome;
}

static bool first_try(struct interpreter *interpreter, struct interpret_statement *statement)
{
    return rounds_first_try(&interpreter->rounds, interpreter->arena, &statement->attempt);
}

enum outcome interpret_element(struct interpreter *interpreter, Node *node,
                               const struct text_list *search_path)
{
    struct interpret_statement *statement =
        ARENA_NEW(interpreter->arena, struct interpret_statement);

    *statement = *interpreter->statement;
    statement->node = node;
    statement->from_file = false;
    statement->search_path = search_path;
    return first_try(interpreter, statement) ? OUTCOME_DONE : OUTCOME_FAILED;
}

bool interpret_nested(struct interpreter *interpreter, const struct interpret_statement *statement)
{
    struct interpret_statement *copy = ARENA_NEW(interpreter->arena, struct interpret_statement);

    *copy = *statement;
    return first_try(interpreter, copy);
}

static bool can_be_renamed(const struct interpreter *interpreter, const struct object *object)
{
    switch (object->kind) {
    case KIND_SEQUENCE:
        return nodeTag(interpreter->statement->node) == T_CreateSeqStmt;
    case KIND_EXTENSION:
    case KIND_NOT_NULL:
    case KIND_IDENTITY:
    case KIND_DEFAULT:
    case KIND_OWNED_BY:
    case KIND_ATTACHMENT:
    case KIND_REPLICA_IDENTITY:
    case KIND_CLUSTER:
    case KIND_ROW_SECURITY:
    case KIND_OWNER:
    case KIND_PRIVILEGE:
    case KIND_DEFAULT_PRIVILEGE:
    case KIND_COMMENT:
        return false;
    default:
        return !object->implied;
    }
}

/* Where an annotation can only mean this object: its statement has no elements that could be renamed, or
 * is an ALTER TABLE that adds it. */
static enum annotation_reach reach_of(const struct interpreter *interpreter,
                                      const struct object *object)
{
    switch (nodeTag(interpreter->statement->node)) {
    case T_AlterTableStmt:
        return REACH_HEAD;
    case T_CreateStmt:
    case T_CreateForeignTableStmt:
    case T_CompositeTypeStmt:
    case T_CreateEnumStmt:
    case T_CreateDomainStmt:
        return object->parent && object->parent->kind == KIND_SCHEMA ? REACH_HEAD : REACH_ELEMENT;
    default:
        return object->kind != KIND_COLUMN ? REACH_STATEMENT : REACH_ELEMENT;
    }
}

void interpret_annotate(struct interpreter *interpreter, struct object *object, int location)
{
    size_t statement = (size_t)interpreter->statement->offset;
    size_t target = location >= 0 ? (size_t)location : statement;
    struct annotation *annotation = can_be_renamed(interpreter, object)
                                        ? annotation_take(&interpreter->file->annotated, target,
                                                          statement, reach_of(interpreter, object))
                                        : NULL;

    if (annotation)
        model_request_rename(interpreter->model,
                             (struct rename_request){.object = object,
                                                     .former_name = annotation->former_name,
                                                     .location = interpret_location(
                                                         interpreter, (int)annotation->offset)});
}

/* --- one file --------------------------------------------------------------------------------- */

static bool run_file(struct interpreter *interpreter, struct interpret_file *file,
                     struct error *error);

static bool scan_token(const char *text, size_t length, size_t from, struct annotation_token *token)
{
    struct pg_token scanned;

    if (!pg_scan(text, length, from, &scanned))
        return false;
    *token = (struct annotation_token){
        .comment = scanned.kind == PG_TOKEN_COMMENT, .start = scanned.start, .end = scanned.end};
    return true;
}

/* What -- @renamed comments say, by place. */
static bool read_annotations(struct interpreter *interpreter, struct interpret_file *file,
                             struct error *error)
{
    file->annotated =
        (struct annotated_text){.file = file->name, .text = file->text, .length = file->length};
    return annotations_read(scan_token, &file->annotated, &interpreter->annotated,
                            interpreter->model->arena, &interpreter->model->notes, error);
}

void interpret_place_statement(const struct interpret_file *file, const RawStmt *raw,
                               struct interpret_statement *statement)
{
    size_t start = raw->stmt_location > 0 ? (size_t)raw->stmt_location : 0;
    size_t end = raw->stmt_len > 0 ? start + (size_t)raw->stmt_len : file->length;
    struct pg_token token;

    if (pg_scan_code(file->text, file->length, start, &token))
        start = token.start;
    while (end > start && strchr(" \t\r\n\f\v", file->text[end - 1]))
        end--;
    statement->offset = (int)start;
    statement->length = (int)(end - start);
}

static bool run_statements(struct interpreter *interpreter, struct interpret_file *file,
                           List *trees, struct error *error)
{
    const struct interpret_include_list *includes = &file->includes;
    size_t next = 0;
    ListCell *cell;

    foreach (cell, trees) {
        RawStmt *raw = lfirst_node(RawStmt, cell);
        struct interpret_statement *statement =
            ARENA_NEW(interpreter->arena, struct interpret_statement);

        statement->node = raw->stmt;
        statement->file = file;
        statement->from_file = true;
        interpret_place_statement(file, raw, statement);
        for (; next < includes->count && includes->items[next].offset < (size_t)statement->offset;
             next++)
            if (!run_file(interpreter, includes->items[next].file, error))
                return false;
        statement->search_path = interpreter->session_path;
        statement->role = interpreter->session_role;
        statement->unchecked = interpreter->session_unchecked;
        statement->access_method = interpreter->session_access_method;
        statement->tablespace = interpreter->session_tablespace;
        statement->ordinal = ++interpreter->statement_count;
        statement->attempt.text = file->text + statement->offset;
        statement->attempt.length = (size_t)statement->length;
        if (!operation_goes_on(error))
            return false;
        if (!first_try(interpreter, statement) &&
            !rounds_keep_error(&interpreter->rounds, interpreter->arena, &statement->attempt,
                               error))
            return false;
    }
    for (; next < includes->count; next++)
        if (!run_file(interpreter, includes->items[next].file, error))
            return false;
    return true;
}

static void hint_syntax(struct error *error, const struct interpret_file *file)
{
    if (strstr(error->message, "near \"OIDS\""))
        error_hint(error, "Tables have had no OIDs since PostgreSQL 12: take WITH OIDS out.");
    if (strncmp(file->text, "DELIMITER ", 10) == 0 || strstr(file->text, "\nDELIMITER ") ||
        strstr(file->text, "ENGINE=") || strchr(file->text, '`'))
        error_hint(error, "The file looks like MySQL's; the target is a PostgreSQL database.");
}

/* Where the parser placed its error in the file's text. */
static size_t error_offset(const struct error *error, const struct interpret_file *file)
{
    const char *at = file->text;

    for (int line = 1; error->line && line < error->line; line++) {
        const char *newline = strchr(at, '\n');

        if (!newline)
            break;
        at = newline + 1;
    }
    return error->line ? (size_t)(at - file->text) + (size_t)error->column - 1 : file->length;
}

/* The parser's error as one of the author's file. */
static void place_syntax(struct error *error, struct arena *arena,
                         const struct interpret_file *file)
{
    size_t offset = error_offset(error, file);

    interpret_name_variable(error, arena, file, offset);
    error->line = 0;
    interpret_place_error(error, file, offset);
    snprintf(error->file, sizeof(error->file), "%s", file->name);
    hint_syntax(error, file);
}

/* A backslash that does not begin a line is looked at only where the text does not parse. */
static bool parse_newest(struct interpreter *interpreter, struct interpret_file *file, List **trees,
                         struct error *error)
{
    if (pg_parse(file->text, trees, error))
        return true;
    if (!strchr(file->text, '\\') || file->taken_out)
        return false;
    error_clear(error);
    return interpret_take_out(interpreter, file, error) && pg_parse(file->text, trees, error);
}

/* The text as servers of that version read it, where that makes a difference and it can be parsed. */
static bool parse_as_of(struct interpreter *interpreter, struct interpret_file **file, int version,
                        List **trees)
{
    struct interpret_file *read = interpret_as_of(interpreter, *file, version);

    if (read == *file || !pg_parse(read->text, trees, interpret_scratch_error(interpreter)))
        return false;
    *file = read;
    return true;
}

/* As the target's version reads the text. Where that is not known: as the newest does, and what that cannot read as
 * the youngest that can. */
static bool parse(struct interpreter *interpreter, struct interpret_file **file, List **trees,
                  struct error *error)
{
    const struct model *model = interpreter->model;
    int version = model->server_version ? model->server_version : model->target_version;

    if (version && parse_as_of(interpreter, file, version, trees))
        return true;
    if (parse_newest(interpreter, *file, trees, error))
        return true;
    for (int earlier = version ? 0 : pg_earlier_reading(0); earlier;
         earlier = pg_earlier_reading(earlier))
        if (parse_as_of(interpreter, file, earlier, trees))
            return true;
    return false;
}

/* The statement that does not parse at that place, and what stands before it, as blanks. False where nothing is behind it. */
static bool blank_until_next(char *text, size_t length, size_t at)
{
    struct pg_token token = {0};

    while (pg_scan_code(text, length, at, &token) &&
           !(token.end == token.start + 1 && text[token.start] == ';'))
        at = token.end;
    if (at >= length || token.end <= token.start || text[token.start] != ';')
        return false;
    for (size_t i = 0; i < token.end; i++)
        if (text[i] != '\n')
            text[i] = ' ';
    return true;
}

/* Looks for further syntax errors in what comes behind one. False as soon as there are too many. */
static bool keep_syntax_errors(struct interpreter *interpreter, const struct interpret_file *file,
                               struct error *error)
{
    char *text = arena_strndup(interpreter->arena, file->text, file->length);
    List *trees;

    for (;;) {
        size_t offset = error_offset(error, file);

        place_syntax(error, interpreter->arena, file);
        if (!rounds_keep_error(&interpreter->rounds, interpreter->arena, NULL, error))
            return false;
        if (!blank_until_next(text, file->length, offset) || pg_parse(text, &trees, error))
            return true;
    }
}

/* A word or a name in quotes, as the server has it before it cuts it. */
static const char *name_of_token(struct arena *arena, const char *text,
                                 const struct pg_token *token)
{
    const char *at = text + token->start;
    char *name;

    if (token->kind == PG_TOKEN_NAME)
        return *at == '"' ? pg_take_name(arena, &at, "") : "";
    name = arena_strndup(arena, at, token->end - token->start);
    for (char *letter = name; *letter; letter++)
        if ((unsigned char)*letter < 0x80)
            *letter = (char)tolower((unsigned char)*letter);
    return name;
}

/* Names that are too long for the server, which cuts them: each is named once. */
static void note_long_names(struct interpreter *interpreter, struct interpret_file *file)
{
    struct map seen = map_new(interpreter->arena);
    struct pg_token token = {0};

    while (pg_scan_code(file->text, file->length, token.end, &token)) {
        const char *name;

        if (token.end - token.start <= longest_name ||
            (token.kind != PG_TOKEN_WORD && token.kind != PG_TOKEN_NAME))
            continue;
        name = name_of_token(interpreter->arena, file->text, &token);
        if (strlen(name) <= longest_name || !map_add(&seen, name))
            continue;
        interpreter->file = file;
        text_list_add(
            &interpreter->model->notes, interpreter->arena,
            arena_printf(interpreter->arena,
                         "%s:%d: a name of more than 63 bytes, which the server cuts to %s",
                         file->name, interpret_location(interpreter, (int)token.start).line,
                         interpret_cut_name(interpreter, name)));
    }
}

static bool run_file(struct interpreter *interpreter, struct interpret_file *file,
                     struct error *error)
{
    List *trees;

    error_clear(error);
    if (!parse(interpreter, &file, &trees, error))
        return keep_syntax_errors(interpreter, file, error);
    error_clear(error);
    interpret_note_used(interpreter, file);
    note_long_names(interpreter, file);
    return read_annotations(interpreter, file, error) &&
           run_statements(interpreter, file, trees, error);
}

static bool read_file(struct interpreter *interpreter, const struct source_text *source,
                      struct error *error)
{
    struct interpret_file *file;

    error_clear(error);
    interpreter->variables = psql_variables_new(interpreter->arena);
    file = interpret_prepare(interpreter, source, error);
    return file && run_file(interpreter, file, error);
}

/* --- all files -------------------------------------------------------------------------------- */

/* The path of the database that the files are meant for, else the usual one. */
static const struct text_list *default_path(struct interpreter *interpreter)
{
    struct text_list *path = ARENA_NEW(interpreter->arena, struct text_list);

    if (interpreter->model->default_path.count)
        return &interpreter->model->default_path;
    text_list_add(path, interpreter->arena, "public");
    return path;
}

/* Schemas that the database has need no declaration: those that were put in use are kept. */
static void add_known_schemas(struct model *model)
{
    for (size_t i = 0; i < model->known_schemas.count; i++)
        model_add(model, KIND_SCHEMA, NULL, model->known_schemas.items[i], NULL);
}

static void drop_unused_schemas(struct model *model)
{
    for (size_t i = 0; i < model->known_schemas.count; i++) {
        const char *name = model->known_schemas.items[i];
        struct object *schema = model_find(model, KIND_SCHEMA, NULL, name, NULL);

        if (schema && !schema->location.file && !schema->first_child && !schema->adopted &&
            strcmp(name, "public") != 0)
            model_remove(model, schema);
    }
}

/* What the database has and is lent. */
static bool adopt_lent(void *context)
{
    struct interpreter *interpreter = context;

    if (!lending_adopt(interpreter->model))
        return false;
    interpret_renew_names(interpreter);
    interpreter->universe_stale = true;
    return true;
}

/* Links what only the whole of the files can tell: foreign keys to tables declared later. */
static bool finish_tables(struct interpreter *interpreter, struct error *error)
{
    const struct interpret_file *file;

    adopt_lent(interpreter);
    if (interpret_finish_tables(interpreter))
        return true;
    file = interpreter->file;
    interpret_place_error(error, file, (size_t)interpreter->error_offset);
    return false;
}

static bool interpret_all(struct interpreter *interpreter, const struct source_text *sources,
                          size_t count, struct error *error)
{
    const struct text_list *path = default_path(interpreter);

    if (!model_find(interpreter->model, KIND_SCHEMA, NULL, "public", NULL))
        model_add(interpreter->model, KIND_SCHEMA, NULL, "public", NULL);
    add_known_schemas(interpreter->model);
    for (size_t i = 0; i < count; i++) {
        interpreter->session_path = path;
        interpreter->session_role = "";
        interpreter->session_unchecked = false;
        interpreter->session_access_method = NULL;
        interpreter->session_tablespace = NULL;
        if (!operation_proceeds(PHASE_READING, i + 1, count, sources[i].file, error) ||
            !read_file(interpreter, &sources[i], error))
            return false;
    }
    interpret_adopt_schemas(interpreter);
    return rounds_finish(&interpreter->rounds, interpreter->arena, error) &&
           finish_tables(interpreter, error) && annotations_check(&interpreter->annotated, error);
}

bool pg_interpret(const struct source_text *sources, size_t count, struct model *model,
                  struct error *error)
{
    void *context = pg_parse_enter();
    struct interpreter interpreter = {.model = model, .arena = model->arena, .error = error};
    bool done;

    interpreter.relations = map_new(model->arena);
    interpreter.temporary = map_new(model->arena);
    interpreter.notes = notes_new(model->arena);
    interpreter.rounds =
        (struct rounds){.run = run, .interpreter = &interpreter, .adopt = adopt_lent};
    done = interpret_all(&interpreter, sources, count, error);
    if (done) {
        interpret_finish_adoption(&interpreter);
        drop_unused_schemas(model);
        error_clear(error);
        notes_write(&interpreter.notes, model);
        model_note_not_run(model);
    }
    users_forget(&interpreter);
    pg_parse_leave(context);
    return done;
}
