/* The one place where libpg_query's parser is entered and its longjmp caught. Nothing here looks into
 * the trees. */
#include "postgres/tree.h"

#include <stdlib.h>
#include <string.h>

#include "pg_query.h"
#include "pg_query_internal.h"

#include "nodes/memnodes.h"

#include "postgres/parse.h"
#include "postgres/print.h"

void deparseRawStmt(StringInfo text, struct RawStmt *statement);

void *pg_parse_enter(void)
{
    MemoryContext context;

    /* The first call starts libpg_query's memory management; later ones nest below the current. */
    if (!CurrentMemoryContext)
        return pg_query_enter_memory_context();
    context = AllocSetContextCreate(CurrentMemoryContext, "plumb", ALLOCSET_DEFAULT_SIZES);
    MemoryContextSwitchTo(context);
    return context;
}

void pg_parse_leave(void *context)
{
    MemoryContext left = context;

    MemoryContextSwitchTo(left->parent);
    MemoryContextDelete(left);
}

size_t pg_parse_offset(const char *text, int character)
{
    size_t offset = 0;

    for (int seen = 1; text[offset] && seen < character; seen++) {
        offset++;
        while (((unsigned char)text[offset] & 0xC0) == 0x80)
            offset++;
    }
    return offset;
}

bool pg_parse(const char *text, struct List **statements, struct error *error)
{
    PgQueryInternalParsetreeAndError result = pg_query_raw_parse(text, PG_QUERY_PARSE_DEFAULT);

    free(result.stderr_buffer);
    *statements = result.tree;
    if (!result.error)
        return true;
    *statements = NULL;
    error_set(error, ERROR_SYNTAX, "%s", result.error->message);
    if (result.error->cursorpos > 0)
        error_place(error, "", text, strlen(text), pg_parse_offset(text, result.error->cursorpos));
    pg_query_free_error(result.error);
    return false;
}

bool pg_parse_guard(void (*function)(void *argument), void *argument, struct error *error)
{
    MemoryContext context = CurrentMemoryContext;
    volatile bool done = false;

    PG_TRY();
    {
        function(argument);
        done = true;
    }
    PG_CATCH();
    {
        ErrorData *data;

        MemoryContextSwitchTo(context);
        data = CopyErrorData();
        error_set(error, ERROR_INTERNAL, "%s", data->message ? data->message : "unknown error");
        FlushErrorState();
    }
    PG_END_TRY();
    return done;
}

struct printing {
    Node *node;
    StringInfoData text;
};

static void print_statement(void *argument)
{
    struct printing *printing = argument;
    RawStmt raw = {.type = T_RawStmt, .stmt = printing->node};

    deparseRawStmt(&printing->text, &raw);
}

char *pg_deparse_foreign(struct Node *statement, struct arena *arena, struct error *error)
{
    struct printing printing = {.node = statement};
    char *text = NULL;

    initStringInfo(&printing.text);
    if (pg_parse_guard(print_statement, &printing, error))
        text = arena_strndup(arena, printing.text.data, (size_t)printing.text.len);
    pfree(printing.text.data);
    return text;
}

char *pg_deparse_statement(struct Node *statement, struct arena *arena, struct error *error)
{
    if (IsA(statement, RawStmt))
        statement = ((RawStmt *)statement)->stmt;
    if (IsA(statement, SelectStmt)) {
        char *text = pg_print_query(statement, arena);

        if (text)
            return text;
    }
    return pg_deparse_foreign(statement, arena, error);
}

char *pg_deparse_expression(struct Node *expression, struct arena *arena, struct error *error)
{
    char *text = pg_print_expression(expression, arena);

    if (!text)
        error_set(error, ERROR_INTERNAL, "an expression of kind %d cannot be printed",
                  (int)nodeTag(expression));
    return text;
}
