/* CREATE TABLE AS and SELECT INTO: a table that has the columns of a query's result, and no more of what the query's
 * tables have. Its rows are data. The query is analyzed where the statement stands, since what it reads may change
 * afterwards; where a column's type cannot be told, no table is made. */
#include <string.h>

#include "core/buffer.h"
#include "postgres/canon/canon.h"
#include "postgres/interpret/base/base.h"
#include "postgres/interpret/table/table.h"
#include "postgres/sql/parse.h"
#include "postgres/sql/quote.h"
#include "postgres/types/types.h"

/* A table from a query, as both statements say it. */
struct table_as {
    Node *query;
    IntoClause *into;
    bool if_not_exists;
};

static enum outcome cannot_know(struct interpreter *interpreter, const char *name,
                                const char *reason)
{
    enum outcome outcome =
        interpret_missing(interpreter, -1, "the columns of table %s cannot be known%s%s", name,
                          reason ? ": " : "", reason ? reason : "");

    error_hint(interpreter->error, "Write CREATE TABLE with its columns, or a materialized view.");
    return outcome;
}

static bool analyze(struct interpreter *interpreter, Node *query, struct text_list *names,
                    struct pg_analysis *analysis, const char **reason)
{
    struct error *error = interpret_scratch_error(interpreter);
    const char *text = pg_deparse_statement(query, interpreter->arena, error);

    /* What was altered since has other columns now. */
    interpreter->universe_stale = true;
    if (!text ||
        !pg_analyze_query(interpret_universe(interpreter), text, names->count ? names : NULL, NULL,
                          interpreter->arena, analysis, error)) {
        *reason = error->message;
        return false;
    }
    *reason = analysis->reason;
    return analysis->complete;
}

/* "name type COLLATE collation, ..."; NULL where a type is not known: *unknown is its column. */
static const char *print_columns(struct interpreter *interpreter,
                                 const struct pg_analysis *analysis, const char **unknown)
{
    struct arena *arena = interpreter->arena;
    struct buffer text = BUFFER_EMPTY;

    for (int i = 0; i < analysis->column_count; i++) {
        const struct pg_column *column = &analysis->columns[i];

        if (!column->type) {
            *unknown = column->name;
            buffer_free(&text);
            return NULL;
        }
        buffer_separate(&text, 0, ", ");
        buffer_printf(&text, "%s %s", pg_quote_name(arena, column->name),
                      pg_type_format(column->type, column->typmod, arena));
        if (column->collation)
            buffer_printf(&text, " COLLATE %s", column->collation);
    }
    return buffer_take(&text, arena);
}

/* What was not written stands at the statement. */
static void forget_places(CreateStmt *statement)
{
    ListCell *cell;

    foreach (cell, statement->tableElts) {
        ColumnDef *column = lfirst_node(ColumnDef, cell);

        column->location = -1;
        column->typeName->location = -1;
        if (column->collClause)
            column->collClause->location = -1;
    }
}

static CreateStmt *make_statement(struct interpreter *interpreter, const struct table_as *made,
                                  const char *columns)
{
    List *statements = NIL;
    CreateStmt *statement;

    if (!pg_parse(arena_printf(interpreter->arena, "CREATE TABLE t (%s)", columns), &statements,
                  interpret_scratch_error(interpreter)))
        return NULL;
    statement = castNode(CreateStmt, linitial_node(RawStmt, statements)->stmt);
    statement->relation = made->into->rel;
    statement->options = made->into->options;
    statement->tablespacename = made->into->tableSpaceName;
    statement->accessMethod = made->into->accessMethod;
    statement->if_not_exists = made->if_not_exists;
    forget_places(statement);
    return statement;
}

static enum outcome make_table(struct interpreter *interpreter, const struct table_as *made)
{
    const char *name = made->into->rel->relname;
    struct text_list names = interpret_names(interpreter, made->into->colNames);
    struct pg_analysis analysis = {0};
    const char *reason = NULL;
    const char *columns;
    CreateStmt *statement;
    enum outcome outcome;

    if (!IsA(made->query, SelectStmt))
        return cannot_know(interpreter, name, "only a prepared statement says what they are");
    if (!analyze(interpreter, made->query, &names, &analysis, &reason))
        return cannot_know(interpreter, name, reason);
    if ((size_t)analysis.column_count < names.count)
        return interpret_fail(interpreter, -1, "too many column names were specified for table %s",
                              name);
    columns = print_columns(interpreter, &analysis, &reason);
    statement = columns ? make_statement(interpreter, made, columns) : NULL;
    if (!statement)
        return cannot_know(interpreter, name, reason);
    outcome = interpret_create_table(interpreter, statement);
    if (outcome == OUTCOME_DONE && !made->into->skipData)
        interpret_note(interpreter, "data statement skipped", "data statements skipped");
    return outcome;
}

enum outcome interpret_table_as(struct interpreter *interpreter, CreateTableAsStmt *statement)
{
    return make_table(interpreter, &(struct table_as){.query = statement->query,
                                                      .into = statement->into,
                                                      .if_not_exists = statement->if_not_exists});
}

/* INTO stands in the leftmost query of set operations. */
static SelectStmt *leftmost(SelectStmt *statement)
{
    while (statement->op != SETOP_NONE)
        statement = statement->larg;
    return statement;
}

RangeVar *interpret_into_name(SelectStmt *statement)
{
    const IntoClause *into = leftmost(statement)->intoClause;

    return into ? into->rel : NULL;
}

enum outcome interpret_select_into(struct interpreter *interpreter, SelectStmt *statement)
{
    SelectStmt *first = leftmost(statement);
    IntoClause *into = first->intoClause;
    enum outcome outcome;

    first->intoClause = NULL;
    outcome = make_table(interpreter, &(struct table_as){.query = (Node *)statement, .into = into});
    first->intoClause = into;
    return outcome;
}
