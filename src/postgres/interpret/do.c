/* DO blocks: their control flow is followed as far as the model can tell it, and the statements that
 * are reached are interpreted as if they stood in the file. What cannot be followed and may make something is
 * named; nothing is guessed.
 *
 * libpg_query gives PL/pgSQL as JSON; SQL in it is parsed by itself, put at its own place in a copy of the
 * file's text that is otherwise blank, so that places in messages are the author's. */
#include <jansson.h>
#include <string.h>

#include "core/list.h"
#include "core/operation.h"
#include "postgres/interpret/guard.h"
#include "postgres/interpret/base/base.h"
#include "postgres/sql/parse.h"
#include "postgres/sql/scan.h"

enum { most_rounds = 10000 }; /* of loops */

/* What an EXCEPTION clause around takes care of. */
struct forgiven {
    bool existing;
    bool missing;
};

/* Where things go on: after RETURN and an exception nowhere. */
enum flow { FLOW_ON, FLOW_RETURNED, FLOW_EXITED, FLOW_CONTINUED };

struct block {
    struct interpreter *interpreter;
    struct guard guard;
    const char *body;
    int start; /* of the body in the file; -1: it stands there with its quotes doubled */
    const struct text_list *search_path;
    json_t *datums; /* variables by number */
    struct forgiven forgiven;
    bool guarded; /* inside an IF */
    size_t rounds;
    bool acted;    /* something was interpreted already: the block cannot begin anew */
    json_t *doubt; /* a statement that may have ended this */
    enum flow flow;
    const char
        *label;  /* of the loop or block that EXIT or CONTINUE is about; NULL: the innermost loop */
    bool failed; /* the interpreter has an error */
};

static void run_list(struct block *block, json_t *list);

/* True once a name is asked for that is not there yet: the whole block is tried again later, unless part of it
 * was done already or nothing more will come. */
static bool waits(const struct block *block)
{
    return block->guard.missing && !block->acted && !block->interpreter->rounds.lenient &&
           !block->interpreter->rounds.reporting;
}

/* --- JSON ---------------------------------------------------------------------------------------- */

/* A node is an object with one member; its name. */
static const char *node_name(json_t *node)
{
    void *iterator = json_object_iter(node);

    return iterator ? json_object_iter_key(iterator) : "";
}

static json_t *node_value(json_t *node)
{
    void *iterator = json_object_iter(node);

    return iterator ? json_object_iter_value(iterator) : NULL;
}

static const char *query_of(json_t *expression)
{
    const char *query = json_string_value(json_object_get(node_value(expression), "query"));

    return query ? query : "";
}

/* --- places -------------------------------------------------------------------------------------- */

/* Where that line of the body (from 1) begins in it. */
static size_t line_start(const char *body, json_int_t line)
{
    const char *at = body;

    for (; line > 1; line--) {
        const char *newline = strchr(at, '\n');

        if (!newline)
            break;
        at = newline + 1;
    }
    return (size_t)(at - body);
}

/* The place in the file of a line, and of the text that is to be found from there on. */
static int place_of(const struct block *block, json_t *statement, const char *text)
{
    size_t from = line_start(block->body, json_integer_value(json_object_get(statement, "lineno")));
    const char *found = text ? strstr(block->body + from, text) : NULL;

    if (block->start < 0)
        return block->interpreter->statement->offset;
    if (found)
        return block->start + (int)(found - block->body);
    return block->start + (int)(from + strspn(block->body + from, " \t\r\n"));
}

static void name_not_run(struct block *block, json_t *statement, const char *what)
{
    interpret_not_run(block->interpreter, place_of(block, statement, NULL), what);
}

/* --- SQL ----------------------------------------------------------------------------------------- */

/* Blank but for its lines. */
static void copy_lines(char *text, const char *from, size_t length)
{
    for (size_t i = 0; i < length; i++)
        text[i] = from[i] == '\n' ? '\n' : ' ';
}

/* The file's lines up to the place, and then the statement. */
static void copy_with(char *text, const struct interpret_file *around, int place, const char *sql)
{
    copy_lines(text, around->text, (size_t)place);
    memcpy(text + place, sql, strlen(sql) + 1);
}

static struct interpret_file *new_file(struct block *block, const struct interpret_file *around,
                                       const char *text)
{
    struct interpret_file *file = ARENA_NEW(block->guard.arena, struct interpret_file);

    *file = (struct interpret_file){
        .name = around->name, .text = text, .length = strlen(text), .source = around->source};
    return file;
}

/* The file that the statement stands in: one for all that stand in the author's file as they are, at
 * their own places; a text that was put together has one of its own. */
static struct interpret_file *file_with(struct block *block, int place, const char *sql)
{
    struct interpret_file *around = block->interpreter->file;
    size_t length = strlen(sql);
    struct arena *arena = block->guard.arena;

    if ((size_t)place + length > around->length || memcmp(around->text + place, sql, length) != 0) {
        char *text = arena_alloc(arena, (size_t)place + length + 1);

        copy_with(text, around, place, sql);
        return new_file(block, around, text);
    }
    if (!around->inner) {
        around->inner_text = arena_strdup(arena, around->text);
        copy_lines(around->inner_text, around->text, around->length);
        around->inner = new_file(block, around, around->inner_text);
    }
    memcpy(around->inner_text + place, sql, length);
    return around->inner;
}

/* The statements of the text, with offsets as in the file. */
static bool parse_at(struct block *block, int place, const char *sql, List **statements)
{
    char *text = memory_alloc((size_t)place + strlen(sql) + 1);
    bool parsed;

    copy_with(text, block->interpreter->file, place, sql);
    parsed = pg_parse(text, statements, interpret_scratch_error(block->interpreter));
    memory_free(text);
    return parsed;
}

/* An expression as plpgsql has it: what follows SELECT. NULL where it does not parse. */
static Node *parse_expression(struct block *block, const char *text)
{
    List *statements = NIL;
    SelectStmt *select;

    if (!pg_parse(arena_printf(block->guard.arena, "SELECT %s", text), &statements,
                  interpret_scratch_error(block->interpreter)) ||
        list_length(statements) != 1)
        return NULL;
    select = (SelectStmt *)linitial_node(RawStmt, statements)->stmt;
    if (!IsA(select, SelectStmt) || list_length(select->targetList) != 1 || select->fromClause)
        return NULL;
    return linitial_node(ResTarget, select->targetList)->val;
}

static struct guard_value evaluate(struct block *block, const char *text)
{
    Node *expression = parse_expression(block, text);

    return expression ? guard_evaluate(&block->guard, expression) : guard_unknown();
}

static SelectStmt *parse_select(struct block *block, const char *text)
{
    List *statements = NIL;
    Node *node;

    if (!pg_parse(text, &statements, interpret_scratch_error(block->interpreter)) ||
        list_length(statements) != 1)
        return NULL;
    node = linitial_node(RawStmt, statements)->stmt;
    return IsA(node, SelectStmt) ? (SelectStmt *)node : NULL;
}

/* Puts the statement into the interpreter as one of the file's, under the block's path. */
static void interpret_statement_at(struct block *block, struct interpret_file *file, RawStmt *raw)
{
    struct interpret_statement statement = *block->interpreter->statement;

    statement.node = raw->stmt;
    statement.file = file;
    statement.search_path = block->search_path;
    statement.attempt.guarded = block->guarded;
    statement.attempt.forgives_existing = block->forgiven.existing;
    statement.attempt.forgives_missing = block->forgiven.missing;
    interpret_place_statement(file, raw, &statement);
    if (block->doubt && !interpret_is_harmless(block->interpreter, raw->stmt)) {
        name_not_run(block, block->doubt, "IF with a condition that plumb cannot tell");
        block->doubt = NULL;
    }
    block->acted = true;
    if (!interpret_nested(block->interpreter, &statement))
        block->failed = true;
}

static void run_sql(struct block *block, const char *sql, int place)
{
    struct interpret_file *file;
    List *statements = NIL;
    ListCell *cell;

    if (!parse_at(block, place, sql, &statements)) {
        interpret_not_run(block->interpreter, place, "a statement that does not parse");
        return;
    }
    file = file_with(block, place, sql);
    foreach (cell, statements) {
        RawStmt *raw = lfirst_node(RawStmt, cell);

        if (IsA(raw->stmt, VariableSetStmt) &&
            strcmp(((VariableSetStmt *)raw->stmt)->name ? ((VariableSetStmt *)raw->stmt)->name : "",
                   "search_path") == 0)
            interpret_not_run(block->interpreter, place, "SET search_path in a DO block");
        else if (!block->failed)
            interpret_statement_at(block, file, raw);
    }
}

/* --- variables ----------------------------------------------------------------------------------- */

static void set_variable(struct block *block, const char *name, struct guard_value value)
{
    struct guard_value *copy = ARENA_NEW(block->guard.arena, struct guard_value);

    *copy = value;
    map_set(&block->guard.variables, arena_strdup(block->guard.arena, name), copy);
}

static const char *variable_name(struct block *block, json_t *number)
{
    json_t *datum = json_array_get(block->datums, (size_t)json_integer_value(number));

    return json_string_value(json_object_get(node_value(datum), "refname"));
}

/* The value that a variable of an array's type is given may be written as text. */
static struct guard_value as_declared(struct block *block, json_t *variable,
                                      struct guard_value value)
{
    const char *type = json_string_value(
        json_object_get(node_value(json_object_get(variable, "datatype")), "typname"));

    return type && *type == '_' && value.kind == GUARD_TEXT ? guard_array(&block->guard, value.text)
                                                            : value;
}

static void declare_one(struct block *block, json_t *datum)
{
    json_t *value = node_value(datum);
    const char *name = json_string_value(json_object_get(value, "refname"));
    json_t *initial = json_object_get(value, "default_val");

    if (name && strcmp(node_name(datum), "PLpgSQL_var") == 0)
        set_variable(block, name,
                     initial ? as_declared(block, value, evaluate(block, query_of(initial)))
                             : guard_null());
    else if (name)
        set_variable(block, name, guard_unknown());
}

/* Those of blocks inside come first, as long as the others are unknown: what they are set to from others has no value
 * before the block is entered. */
static void declare(struct block *block, json_int_t outermost)
{
    json_t *datum;
    size_t index;

    json_array_foreach(block->datums, index,
                       datum) if (json_string_value(json_object_get(node_value(datum), "refname")))
        set_variable(block, json_string_value(json_object_get(node_value(datum), "refname")),
                     guard_unknown());
    for (int inside = 1; inside >= 0; inside--)
        json_array_foreach(block->datums, index, datum)
        {
            json_int_t line = json_integer_value(json_object_get(node_value(datum), "lineno"));

            if ((line > outermost) == (inside == 1))
                declare_one(block, datum);
        }
}

/* The query's value goes into the target's only variable; others become unknown. */
static void assign_target(struct block *block, json_t *target, struct guard_value value)
{
    json_t *fields = json_object_get(node_value(target), "fields");
    json_t *field;
    size_t index;

    if (!fields) {
        const char *name = json_string_value(json_object_get(node_value(target), "refname"));

        if (name)
            set_variable(block, name, guard_unknown());
        return;
    }
    json_array_foreach(fields, index, field)
    {
        const char *name = json_string_value(json_object_get(field, "name"));

        if (name)
            set_variable(block, name, json_array_size(fields) == 1 ? value : guard_unknown());
    }
}

/* "name := expression" */
static void run_assign(struct block *block, json_t *statement)
{
    const char *text = query_of(json_object_get(statement, "expr"));
    const char *name = variable_name(block, json_object_get(statement, "varno"));
    const char *colon = strstr(text, ":=");
    const char *equals = colon ? colon + 2 : strchr(text, '=') ? strchr(text, '=') + 1 : NULL;

    if (name)
        set_variable(block, name,
                     equals && !strchr(name, '.') && !memchr(text, '[', (size_t)(equals - text))
                         ? evaluate(block, equals)
                         : guard_unknown());
}

/* --- queries ------------------------------------------------------------------------------------- */

/* A query whose rows nobody sees, or that go into variables. */
static void run_query(struct block *block, json_t *statement, const char *text)
{
    SelectStmt *select = parse_select(block, text);
    struct guard_value found = guard_unknown();
    struct guard_value value = guard_unknown();

    if (select && !interpret_may_make(block->interpreter, (Node *)select))
        value = guard_query(&block->guard, select, &found);
    else
        name_not_run(block, statement, "a call in a DO block");
    set_variable(block, "found", found);
    if (json_object_get(statement, "into"))
        assign_target(block, json_object_get(statement, "target"), value);
}

static void run_static(struct block *block, json_t *statement)
{
    const char *text = query_of(json_object_get(statement, "sqlstmt"));

    if (parse_select(block, text)) {
        run_query(block, statement, text);
        return;
    }
    if (json_object_get(statement, "into"))
        assign_target(block, json_object_get(statement, "target"), guard_unknown());
    run_sql(block, text, place_of(block, statement, text));
}

/* True for statements on the database itself, whatever it is called: plumb leaves all of them alone. */
static bool is_about_database(struct block *block, const char *text)
{
    List *statements = NIL;
    ListCell *cell;

    if (!pg_parse(text, &statements, interpret_scratch_error(block->interpreter)))
        return false;
    foreach (cell, statements)
        if (!interpret_is_about_database(lfirst_node(RawStmt, cell)->stmt))
            return false;
    return true;
}

static void run_dynamic(struct block *block, json_t *statement)
{
    struct guard_value text = evaluate(block, query_of(json_object_get(statement, "query")));

    if (!json_object_get(statement, "params") &&
        (text.kind == GUARD_TEXT ||
         (text.kind == GUARD_HOLED && is_about_database(block, text.text))))
        run_sql(block, text.text, place_of(block, statement, NULL));
    else
        name_not_run(block, statement, "EXECUTE of a text that plumb cannot tell");
    if (json_object_get(statement, "into"))
        assign_target(block, json_object_get(statement, "target"), guard_unknown());
}

/* --- branches ------------------------------------------------------------------------------------ */

static bool ends(const char *name)
{
    return strcmp(name, "PLpgSQL_stmt_return") == 0 || strcmp(name, "PLpgSQL_stmt_exit") == 0;
}

/* True when the list may end more than itself. */
static bool may_end(json_t *list)
{
    json_t *node;
    size_t index;

    json_array_foreach(list, index, node) if (ends(node_name(node))) return true;
    return false;
}

/* True when nothing in the list can make an object that a model has. */
static bool is_harmless(struct block *block, json_t *list)
{
    json_t *node;
    size_t index;

    json_array_foreach(list, index, node)
    {
        const char *name = node_name(node);
        json_t *value = node_value(node);

        if (strcmp(name, "PLpgSQL_stmt_raise") == 0 || ends(name))
            continue;
        if (strcmp(name, "PLpgSQL_stmt_execsql") == 0) {
            List *statements = NIL;

            if (pg_parse(query_of(json_object_get(value, "sqlstmt")), &statements,
                         interpret_scratch_error(block->interpreter)) &&
                list_length(statements) == 1 &&
                interpret_is_harmless(block->interpreter, linitial_node(RawStmt, statements)->stmt))
                continue;
        }
        if (strcmp(name, "PLpgSQL_stmt_block") == 0 &&
            is_harmless(block, json_object_get(value, "body")))
            continue;
        return false;
    }
    return true;
}

/* The branch that the conditions lead to; *known is false where they cannot be told. */
static json_t *choose_branch(struct block *block, json_t *statement, bool *known)
{
    struct guard_value condition = evaluate(block, query_of(json_object_get(statement, "cond")));
    json_t *other;
    size_t index;

    *known = condition.kind != GUARD_UNKNOWN;
    if (!*known || guard_is_true(condition))
        return json_object_get(statement, "then_body");
    json_array_foreach(json_object_get(statement, "elsif_list"), index, other)
    {
        condition = evaluate(block, query_of(json_object_get(node_value(other), "cond")));
        *known = condition.kind != GUARD_UNKNOWN;
        if (!*known || guard_is_true(condition))
            return json_object_get(node_value(other), "stmts");
    }
    return json_object_get(statement, "else_body");
}

/* True when that holds for all branches (every), or for one. */
static bool branches_are(struct block *block, json_t *statement, bool every,
                         bool (*are)(struct block *block, json_t *list))
{
    json_t *other;
    size_t index;

    json_array_foreach(json_object_get(statement, "elsif_list"), index,
                       other) if (are(block, json_object_get(node_value(other), "stmts")) !=
                                  every) return !every;
    if (are(block, json_object_get(statement, "then_body")) != every)
        return !every;
    return are(block, json_object_get(statement, "else_body"));
}

static bool list_may_end(struct block *block, json_t *list)
{
    (void)block;
    return may_end(list);
}

static void run_if(struct block *block, json_t *statement)
{
    bool known;
    bool outer = block->guarded;
    json_t *branch = choose_branch(block, statement, &known);

    if (waits(block))
        return;
    block->guarded = true;
    if (known)
        run_list(block, branch);
    else if (!branches_are(block, statement, true, is_harmless))
        name_not_run(block, statement, "IF with a condition that plumb cannot tell");
    else if (branches_are(block, statement, false, list_may_end))
        block->doubt = statement;
    block->guarded = outer;
}

/* --- exceptions ---------------------------------------------------------------------------------- */

static struct forgiven read_handlers(json_t *handlers)
{
    static const char *const existing[] = {"others",
                                           "duplicate_object",
                                           "duplicate_table",
                                           "duplicate_column",
                                           "duplicate_schema",
                                           "duplicate_function",
                                           "duplicate_alias",
                                           "unique_violation",
                                           "invalid_table_definition",
                                           "42710",
                                           "42P07",
                                           "42701",
                                           "42P06",
                                           "42723",
                                           "23505",
                                           "42P16",
                                           NULL};
    static const char *const missing[] = {"others",
                                          "undefined_object",
                                          "undefined_table",
                                          "undefined_column",
                                          "undefined_function",
                                          "invalid_schema_name",
                                          "42704",
                                          "42P01",
                                          "42703",
                                          "42883",
                                          "3F000",
                                          NULL};
    struct forgiven forgiven = {0};
    json_t *handler;
    json_t *condition;
    size_t i;
    size_t j;

    json_array_foreach(handlers, i, handler)
        json_array_foreach(json_object_get(node_value(handler), "conditions"), j, condition)
    {
        const char *name = json_string_value(json_object_get(node_value(condition), "condname"));

        forgiven.existing |= text_is_among(name, existing);
        forgiven.missing |= text_is_among(name, missing);
    }
    return forgiven;
}

/* A handler that does more than to say so is not followed: whether it runs is not known. */
static void name_handlers(struct block *block, json_t *handlers)
{
    json_t *handler;
    size_t index;

    json_array_foreach(handlers, index, handler)
    {
        json_t *action = json_object_get(node_value(handler), "action");

        if (!is_harmless(block, action))
            name_not_run(block, node_value(json_array_get(action, 0)),
                         "a statement in an EXCEPTION clause");
    }
}

static bool is_called(json_t *statement, const char *label)
{
    const char *own = json_string_value(json_object_get(statement, "label"));

    return own && strcmp(own, label) == 0;
}

static void run_block(struct block *block, json_t *statement)
{
    json_t *exceptions = node_value(json_object_get(statement, "exceptions"));
    json_t *handlers = json_object_get(exceptions, "exc_list");
    struct forgiven outer = block->forgiven;

    if (handlers)
        block->forgiven = read_handlers(handlers);
    run_list(block, json_object_get(statement, "body"));
    if (handlers && !block->failed)
        name_handlers(block, handlers);
    if (block->flow == FLOW_EXITED && block->label && is_called(statement, block->label))
        block->flow = FLOW_ON;
    block->forgiven = outer;
}

/* --- loops --------------------------------------------------------------------------------------- */

static bool read_number(struct guard_value value, long *number)
{
    char *end;

    if (value.kind != GUARD_TEXT)
        return false;
    *number = strtol(value.text, &end, 10);
    return end > value.text && !*end;
}

/* True when the loop has another round to come, or would have. */
static bool goes_on(struct block *block, json_t *loop)
{
    bool continued = block->flow == FLOW_CONTINUED;

    if (block->failed || waits(block) || block->flow == FLOW_RETURNED)
        return false;
    if (block->flow == FLOW_ON)
        return true;
    if (block->label && !is_called(loop, block->label))
        return false;
    block->flow = FLOW_ON;
    block->label = NULL;
    return continued;
}

/* Runs the body once; true when there may be another round. */
static bool run_round(struct block *block, json_t *loop)
{
    if (block->rounds++ >= most_rounds) {
        name_not_run(block, loop, "a loop of too many rounds");
        return false;
    }
    run_list(block, json_object_get(loop, "body"));
    return goes_on(block, loop);
}

static void run_unknown_loop(struct block *block, json_t *statement, const char *what)
{
    if (!is_harmless(block, json_object_get(statement, "body")))
        name_not_run(block, statement, what);
}

static void run_for_numbers(struct block *block, json_t *statement)
{
    const char *name = json_string_value(
        json_object_get(node_value(json_object_get(statement, "var")), "refname"));
    json_t *step = json_object_get(statement, "step");
    bool reverse = json_is_true(json_object_get(statement, "reverse"));
    bool more = true;
    long from;
    long to;
    long by = 1;
    bool known =
        read_number(evaluate(block, query_of(json_object_get(statement, "lower"))), &from) &&
        read_number(evaluate(block, query_of(json_object_get(statement, "upper"))), &to) &&
        (!step || read_number(evaluate(block, query_of(step)), &by)) && by > 0;

    if (!known || !name) {
        run_unknown_loop(block, statement, "a loop with bounds that plumb cannot tell");
        return;
    }
    for (; more && (reverse ? from >= to : from <= to); from += reverse ? -by : by) {
        set_variable(block, name, guard_text(arena_printf(block->guard.arena, "%ld", from)));
        more = run_round(block, statement);
    }
}

static void run_for_items(struct block *block, json_t *statement)
{
    struct guard_value list = evaluate(block, query_of(json_object_get(statement, "expr")));
    const char *name = variable_name(block, json_object_get(statement, "varno"));
    bool more = true;

    if (list.kind == GUARD_TEXT)
        list = guard_array(&block->guard, list.text);
    if (list.kind != GUARD_LIST || !name || json_object_get(statement, "slice")) {
        run_unknown_loop(block, statement, "a loop over a list that plumb cannot tell");
        return;
    }
    for (size_t i = 0; more && i < list.count; i++) {
        set_variable(block, name, list.items[i]);
        more = run_round(block, statement);
    }
}

/* Puts a row into a record's fields, or into the variables in their order. */
static void assign_row(struct block *block, json_t *target, const struct guard_rows *rows,
                       const struct guard_value *row)
{
    const char *record = json_string_value(json_object_get(node_value(target), "refname"));
    json_t *fields = json_object_get(node_value(target), "fields");

    for (size_t i = 0; i < rows->names.count; i++) {
        const char *name =
            fields ? json_string_value(json_object_get(json_array_get(fields, i), "name"))
                   : arena_printf(block->guard.arena, "%s\x1f%s", record, rows->names.items[i]);

        if (name)
            set_variable(block, name, row[i]);
    }
}

static void run_for_query(struct block *block, json_t *statement, const char *text)
{
    SelectStmt *select = text ? parse_select(block, text) : NULL;
    json_t *target = json_object_get(statement, "var");
    struct guard_rows rows = {0};
    bool more = true;

    if (!select || interpret_may_make(block->interpreter, (Node *)select)) {
        name_not_run(block, statement, "a loop over a query that plumb cannot follow");
        return;
    }
    if (is_harmless(block, json_object_get(statement, "body")))
        return;
    if (!guard_query_rows(&block->guard, select, &rows)) {
        name_not_run(block, statement, "a loop over a query that plumb cannot tell");
        return;
    }
    set_variable(block, "found", guard_truth(rows.count > 0));
    for (size_t i = 0; more && i < rows.count; i++) {
        assign_row(block, target, &rows, rows.values + i * rows.names.count);
        more = run_round(block, statement);
    }
}

static void run_for_rows(struct block *block, json_t *statement)
{
    run_for_query(block, statement, query_of(json_object_get(statement, "query")));
}

static void run_for_dynamic(struct block *block, json_t *statement)
{
    struct guard_value text = evaluate(block, query_of(json_object_get(statement, "query")));
    bool known = text.kind == GUARD_TEXT && !json_object_get(statement, "params");

    run_for_query(block, statement, known ? text.text : NULL);
}

static void run_while(struct block *block, json_t *statement)
{
    const char *condition = query_of(json_object_get(statement, "cond"));
    struct guard_value holds = evaluate(block, condition);

    while (guard_is_true(holds) && run_round(block, statement))
        holds = evaluate(block, condition);
    if (holds.kind == GUARD_UNKNOWN && !waits(block))
        run_unknown_loop(block, statement, "a loop with a condition that plumb cannot tell");
}

static void run_loop(struct block *block, json_t *statement)
{
    while (run_round(block, statement))
        ;
}

static void run_not_known(struct block *block, json_t *statement)
{
    run_unknown_loop(block, statement, "a statement that plumb cannot follow");
}

/* EXIT and CONTINUE, with a condition or without. */
static void run_exit(struct block *block, json_t *statement)
{
    json_t *condition = json_object_get(statement, "cond");
    struct guard_value holds = condition ? evaluate(block, query_of(condition)) : guard_truth(true);

    if (holds.kind == GUARD_UNKNOWN)
        name_not_run(block, statement, "EXIT or CONTINUE with a condition that plumb cannot tell");
    if (holds.kind == GUARD_UNKNOWN || guard_is_true(holds)) {
        block->flow =
            json_is_true(json_object_get(statement, "is_exit")) ? FLOW_EXITED : FLOW_CONTINUED;
        block->label = json_string_value(json_object_get(statement, "label"));
    }
}

static void run_return(struct block *block, json_t *statement)
{
    (void)statement;
    block->flow = FLOW_RETURNED;
}

static void run_perform(struct block *block, json_t *statement)
{
    run_query(block, statement, query_of(json_object_get(statement, "expr")));
}

static void run_call(struct block *block, json_t *statement)
{
    name_not_run(block, statement, "CALL");
}

/* An exception ends the block: what stands behind it is not reached. */
static void run_raise(struct block *block, json_t *statement)
{
    enum { level_of_exceptions = 21 };

    if (json_integer_value(json_object_get(statement, "elog_level")) >= level_of_exceptions)
        block->flow = FLOW_RETURNED;
}

static void ignore(struct block *block, json_t *statement)
{
    (void)block;
    (void)statement;
}

/* --- all ----------------------------------------------------------------------------------------- */

static const struct {
    const char *name;
    void (*run)(struct block *block, json_t *statement);
} statements[] = {{"PLpgSQL_stmt_block", run_block},
                  {"PLpgSQL_stmt_assign", run_assign},
                  {"PLpgSQL_stmt_if", run_if},
                  {"PLpgSQL_stmt_fori", run_for_numbers},
                  {"PLpgSQL_stmt_foreach_a", run_for_items},
                  {"PLpgSQL_stmt_fors", run_for_rows},
                  {"PLpgSQL_stmt_dynfors", run_for_dynamic},
                  {"PLpgSQL_stmt_while", run_while},
                  {"PLpgSQL_stmt_loop", run_loop},
                  {"PLpgSQL_stmt_execsql", run_static},
                  {"PLpgSQL_stmt_dynexecute", run_dynamic},
                  {"PLpgSQL_stmt_perform", run_perform},
                  {"PLpgSQL_stmt_call", run_call},
                  {"PLpgSQL_stmt_raise", run_raise},
                  {"PLpgSQL_stmt_assert", ignore},
                  {"PLpgSQL_stmt_return", run_return},
                  {"PLpgSQL_stmt_exit", run_exit}};

static void run_one(struct block *block, json_t *node)
{
    for (size_t i = 0; i < sizeof(statements) / sizeof(*statements); i++)
        if (strcmp(statements[i].name, node_name(node)) == 0) {
            statements[i].run(block, node_value(node));
            return;
        }
    run_not_known(block, node_value(node));
}

static void run_list(struct block *block, json_t *list)
{
    json_t *node;
    size_t index;

    json_array_foreach(list, index, node)
    {
        if (block->failed || block->flow != FLOW_ON || waits(block))
            return;
        run_one(block, node);
    }
}

/* Where the body stands in the file, if it stands there as it is. */
static int find_body(const struct interpreter *interpreter, const char *body)
{
    const struct interpret_statement *statement = interpreter->statement;
    size_t end = (size_t)(statement->offset + statement->length);
    size_t length = strlen(body);
    struct pg_token token;

    for (size_t at = (size_t)statement->offset;
         pg_scan_code(statement->file->text, end, at, &token); at = token.end) {
        size_t size = token.end - token.start;
        size_t quotes = size >= length ? (size - length) / 2 : 0;

        if (token.kind == PG_TOKEN_STRING && size >= length && (size - length) % 2 == 0 &&
            memcmp(statement->file->text + token.start + quotes, body, length) == 0)
            return (int)(token.start + quotes);
    }
    return -1;
}

static const char *option(const DoStmt *statement, const char *name)
{
    ListCell *cell;

    foreach (cell, statement->args) {
        const DefElem *element = lfirst_node(DefElem, cell);

        if (strcmp(element->defname, name) == 0)
            return strVal(element->arg);
    }
    return NULL;
}

/* True for a loop over what the catalog has, somewhere below. */
static bool goes_over_catalog(json_t *node)
{
    json_t *query = json_object_get(json_object_get(node, "PLpgSQL_stmt_fors"), "query");
    const char *text = query ? query_of(query) : "";
    const char *key;
    json_t *value;
    size_t index;

    if (strstr(text, "pg_") || strstr(text, "information_schema") ||
        json_object_get(node, "PLpgSQL_stmt_dynfors"))
        return true;
    json_object_foreach(node, key, value) if (goes_over_catalog(value)) return true;
    json_array_foreach(node, index, value) if (goes_over_catalog(value)) return true;
    return false;
}

static enum outcome follow(struct interpreter *interpreter, const char *body, json_t *tree)
{
    json_t *function = node_value(json_array_get(tree, 0));
    struct block block = {.interpreter = interpreter,
                          .guard = {.interpreter = interpreter,
                                    .arena = interpreter->arena,
                                    .variables = map_new(interpreter->arena)},
                          .body = body,
                          .start = find_body(interpreter, body),
                          .search_path = interpreter->search_path,
                          .datums = json_object_get(function, "datums")};
    json_t *action;

    /* What is declared before the block may still wait for something. */
    if (interpreter->rounds.waiting.count && !interpreter->rounds.lenient &&
        goes_over_catalog(function))
        return interpret_missing(interpreter, -1, "a name in the DO block does not exist");
    action = node_value(json_object_get(function, "action"));
    declare(&block, json_integer_value(json_object_get(action, "lineno")));
    run_block(&block, action);
    if (block.failed)
        return OUTCOME_FAILED;
    if (waits(&block))
        return interpret_missing(interpreter, -1, "a name in the DO block does not exist");
    return OUTCOME_DONE;
}

static void release_tree(void *tree)
{
    json_decref(tree);
}

enum outcome interpret_do(struct interpreter *interpreter, DoStmt *statement)
{
    const char *language = option(statement, "language");
    const char *body = option(statement, "as");
    enum outcome outcome = OUTCOME_DONE;
    char *text;
    json_t *tree;

    if (!body || (language && strcmp(language, "plpgsql") != 0)) {
        interpret_not_run(interpreter, interpreter->statement->offset, "DO in another language");
        return OUTCOME_DONE;
    }
    text = pg_parse_body(interpret_statement_text(interpreter), interpreter->arena,
                         interpret_scratch_error(interpreter));
    tree = text ? operation_hold(json_loads(text, 0, NULL), release_tree) : NULL;
    if (tree)
        outcome = follow(interpreter, body, tree);
    else
        interpret_not_run(interpreter, interpreter->statement->offset,
                          "a DO block that does not parse");
    operation_drop(tree);
    json_decref(tree);
    return outcome;
}
