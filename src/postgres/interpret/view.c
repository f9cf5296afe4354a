/* Views and materialized views. The query stays the author's text; what it means is found when the
 * model is resolved. */
#include "postgres/interpret/base/interpreter.h"

#include <string.h>
#include <strings.h>

#include "postgres/interpret/base/base.h"
#include "postgres/sql/parse.h"
#include "postgres/sql/scan.h"

/* --- the query's text ------------------------------------------------------------------------- */

/* Reads the statement's tokens from its end: true when the last ones are these words. */
struct tail {
    size_t starts[8]; /* of the last tokens, the last one first */
    size_t ends[8];
    size_t count;
};

static bool tail_is(const char *text, const struct tail *tail, size_t back, const char *word)
{
    struct pg_token token = {.kind = PG_TOKEN_WORD};

    if (back >= tail->count)
        return false;
    token.start = tail->starts[back];
    token.end = tail->ends[back];
    return pg_token_is(text, &token, word);
}

static void push_tail(struct tail *tail, const struct pg_token *token)
{
    size_t room = sizeof(tail->starts) / sizeof(*tail->starts);

    for (size_t i = room - 1; i > 0; i--) {
        tail->starts[i] = tail->starts[i - 1];
        tail->ends[i] = tail->ends[i - 1];
    }
    tail->starts[0] = token->start;
    tail->ends[0] = token->end;
    if (tail->count < room)
        tail->count++;
}

/* How many tokens at the end belong to the statement and not to its query: WITH [LOCAL | CASCADED]
 * CHECK OPTION, WITH [NO] DATA. */
static size_t count_suffix(const char *text, const struct tail *tail)
{
    if (tail_is(text, tail, 0, "option") && tail_is(text, tail, 1, "check"))
        return tail_is(text, tail, 2, "with") ? 3 : 4;
    if (tail_is(text, tail, 0, "data")) {
        if (tail_is(text, tail, 1, "with"))
            return 2;
        if (tail_is(text, tail, 1, "no") && tail_is(text, tail, 2, "with"))
            return 3;
    }
    return 0;
}

/* Where the query begins: behind the first AS outside of parentheses; 0 when there is none. */
static size_t find_query(const char *text, size_t from, size_t end)
{
    struct pg_token token = {.end = from};
    int depth = 0;

    while (pg_scan_code(text, end, token.end, &token)) {
        depth += pg_token_is(text, &token, "(");
        depth -= pg_token_is(text, &token, ")");
        if (depth == 0 && pg_token_is(text, &token, "as"))
            return token.end;
    }
    return 0;
}

/* Where the query ends. Only a text that ends in OPTION or DATA can have more than the query. */
static size_t find_query_end(const char *text, size_t start, size_t end)
{
    struct pg_token token = {.end = start};
    struct tail tail = {0};
    size_t suffix;

    if (end - start < 6 || (strncasecmp(text + end - 6, "option", 6) != 0 &&
                            strncasecmp(text + end - 4, "data", 4) != 0))
        return end;
    while (pg_scan_code(text, end, token.end, &token))
        push_tail(&tail, &token);
    suffix = count_suffix(text, &tail);
    return suffix < tail.count ? tail.ends[suffix] : end;
}

/* The query as the author wrote it; NULL when the text does not show it so. */
static const char *query_text(struct interpreter *interpreter)
{
    const char *text = interpreter->file->text;
    size_t from = (size_t)interpreter->statement->offset;
    size_t end = from + (size_t)interpreter->statement->length;
    size_t start = find_query(text, from, end);

    if (!start)
        return NULL;
    end = find_query_end(text, start, end);
    while (start < end && strchr(" \t\r\n", text[start]))
        start++;
    return arena_strndup(interpreter->arena, text + start, end - start);
}

static bool is_recursive(struct interpreter *interpreter)
{
    const char *text = interpreter->file->text;
    size_t end = (size_t)(interpreter->statement->offset + interpreter->statement->length);
    struct pg_token token = {.end = (size_t)interpreter->statement->offset};

    while (pg_scan_code(text, end, token.end, &token) && token.kind == PG_TOKEN_WORD) {
        if (pg_token_is(text, &token, "recursive"))
            return true;
        if (pg_token_is(text, &token, "view"))
            return false;
    }
    return false;
}

/* CREATE RECURSIVE VIEW and elements of CREATE SCHEMA have no text that could be cut out: the
 * tree is printed. */
static struct expression read_query(struct interpreter *interpreter, Node *query)
{
    struct expression written = {0};
    struct error error = {0};

    if (interpreter->statement->from_file && !is_recursive(interpreter))
        written.written = query_text(interpreter);
    if (!written.written)
        written.written = pg_deparse_statement(query, interpreter->arena, &error);
    if (!written.written)
        interpret_fail(interpreter, -1, "%s", error.message);
    return written;
}

/* --- views ------------------------------------------------------------------------------------ */

static struct text_list view_options(struct interpreter *interpreter, const ViewStmt *statement)
{
    struct text_list list = interpret_options(interpreter, statement->options);

    if (statement->withCheckOption == LOCAL_CHECK_OPTION)
        text_list_add(&list, interpreter->arena, "check_option=local");
    else if (statement->withCheckOption == CASCADED_CHECK_OPTION)
        text_list_add(&list, interpreter->arena, "check_option=cascaded");
    return list;
}

/* What a replaced view keeps: its comment, owner, privileges, triggers and column defaults. */
static struct object *replace_or_add(struct interpreter *interpreter, const ViewStmt *statement,
                                     struct object *schema)
{
    const char *name = statement->view->relname;
    struct object *existing = model_find(interpreter->model, KIND_VIEW, schema, name, NULL);

    if (!existing || !statement->replace)
        return interpret_add(interpreter, KIND_VIEW, schema, name, NULL, -1);
    existing->location = interpret_location(interpreter, -1);
    existing->search_path = interpreter->search_path;
    interpret_annotate(interpreter, existing, -1);
    return existing;
}

enum outcome interpret_create_view(struct interpreter *interpreter, ViewStmt *statement)
{
    struct object *schema = interpret_creation_schema(interpreter, statement->view->schemaname,
                                                      statement->view->location);
    struct expression query;
    struct expression former;
    struct object *object;
    struct view *view;

    if (!schema)
        return interpret_failed(interpreter);
    query = read_query(interpreter, statement->query);
    object = query.written ? replace_or_add(interpreter, statement, schema) : NULL;
    if (!object)
        return interpret_failed(interpreter);
    view = as_view(object);
    former = view->stand_in.written ? view->stand_in : view->query;
    view->query = query;
    if (!former.written || !interpret_mentions(interpreter, object, object, NULL))
        former = (struct expression){0};
    view->stand_in = former;
    view->options = view_options(interpreter, statement);
    view->columns = interpret_names(interpreter, statement->aliases);
    view->column_types = (struct text_list){0};
    return OUTCOME_DONE;
}

/* --- materialized views ----------------------------------------------------------------------- */

enum outcome interpret_create_table_as(struct interpreter *interpreter,
                                       CreateTableAsStmt *statement)
{
    const IntoClause *into = statement->into;
    struct object *schema;
    struct expression query;
    struct object *object;
    struct materialized_view *view;

    if (statement->objtype != OBJECT_MATVIEW)
        return interpret_table_as(interpreter, statement);
    schema = interpret_creation_schema(interpreter, into->rel->schemaname, into->rel->location);
    if (!schema)
        return interpret_failed(interpreter);
    if (statement->if_not_exists &&
        interpret_relation_name_taken(interpreter, schema, into->rel->relname))
        return OUTCOME_DONE;
    query = read_query(interpreter, statement->query);
    object = query.written ? interpret_add(interpreter, KIND_MATERIALIZED_VIEW, schema,
                                           into->rel->relname, NULL, -1)
                           : NULL;
    if (!object)
        return interpret_failed(interpreter);
    view = as_materialized_view(object);
    view->query = query;
    view->options = interpret_options(interpreter, into->options);
    view->columns = interpret_names(interpreter, into->colNames);
    view->tablespace = interpret_tablespace(interpreter, into->tableSpaceName);
    view->access_method = interpret_access_method(interpreter, into->accessMethod);
    view->no_data = into->skipData;
    return OUTCOME_DONE;
}
