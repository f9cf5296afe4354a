/* The one place where libpg_query's parser is entered and its longjmp caught. Nothing here looks into
 * the trees. What libpg_query reports while nobody catches would end the process: it ends the operation
 * instead. So does running out of memory, wherever it happens. */
#include "postgres/sql/tree.h"

#include <string.h>

#include "pg_query.h"
#include "pg_query_internal.h"

#include "nodes/memnodes.h"
#include "parser/parser.h"

#include "core/operation.h"
#include "postgres/sql/parse.h"
#include "postgres/sql/print.h"

void deparseRawStmt(StringInfo text, struct RawStmt *statement);

/* --- ways out of libpg_query ------------------------------------------------------------------- */

/* Ends the operation with what libpg_query has reported, which is forgotten there. */
_Noreturn static void fail_with(int sqlstate, const char *told)
{
    char message[sizeof(((struct error *)NULL)->message)];

    snprintf(message, sizeof(message), "%s", told ? told : "unknown error");
    FlushErrorState();
    if (sqlstate == ERRCODE_OUT_OF_MEMORY)
        operation_fail_memory(0);
    operation_fail(ERROR_INTERNAL, message);
}

/* libpg_query calls this with what nobody catches, before it ends the process. */
static void end_operation(ErrorData *data)
{
    if (data->elevel >= FATAL)
        fail_with(data->sqlerrcode, data->message);
}

/* --- memory ------------------------------------------------------------------------------------ */

/* More than libpg_query takes when it begins in a thread: it would not survive finding less. */
enum { first_memory = 1 << 16 };

static void leave(void *context)
{
    MemoryContext left = context;

    MemoryContextSwitchTo(left->parent);
    MemoryContextDelete(left);
}

void *pg_parse_enter(void)
{
    MemoryContext context;

    emit_log_hook = end_operation;
    /* The first call starts libpg_query's memory management; later ones nest below the current. */
    if (!CurrentMemoryContext) {
        memory_free(memory_alloc(first_memory));
        context = pg_query_enter_memory_context();
    } else {
        context = AllocSetContextCreate(CurrentMemoryContext, "plumb", ALLOCSET_DEFAULT_SIZES);
        MemoryContextSwitchTo(context);
    }
    return operation_hold(context, leave);
}

void pg_parse_leave(void *context)
{
    operation_drop(context);
    leave(context);
}

/* --- calls ------------------------------------------------------------------------------------- */

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

struct guarded {
    void (*function)(void *argument);
    void *argument;
    MemoryContext context;
    int cursor; /* where the fault is, in characters from 1; 0: not told */
};

/* What libpg_query reports by its longjmp becomes the failure of a part of the operation. */
static void run_guarded(void *argument)
{
    struct guarded *guarded = argument;

    PG_TRY();
    {
        guarded->function(guarded->argument);
    }
    PG_CATCH();
    {
        ErrorData *data;

        MemoryContextSwitchTo(guarded->context);
        if (geterrcode() == ERRCODE_OUT_OF_MEMORY)
            fail_with(ERRCODE_OUT_OF_MEMORY, NULL);
        data = CopyErrorData();
        guarded->cursor = data->cursorpos;
        fail_with(data->sqlerrcode, data->message);
    }
    PG_END_TRY();
}

/* A jump of ours leaves what libpg_query notes of its own as it was further in. */
static bool run(struct guarded *guarded, struct error *error)
{
    sigjmp_buf *handler = PG_exception_stack;
    ErrorContextCallback *callbacks = error_context_stack;

    guarded->context = CurrentMemoryContext;
    if (operation_try(run_guarded, guarded, error))
        return true;
    PG_exception_stack = handler;
    error_context_stack = callbacks;
    MemoryContextSwitchTo(guarded->context);
    if (error->code == ERROR_MEMORY)
        operation_fail(ERROR_MEMORY, error->message);
    return false;
}

bool pg_parse_guard(void (*function)(void *argument), void *argument, struct error *error)
{
    struct guarded guarded = {.function = function, .argument = argument};
    struct error problem;

    return run(&guarded, &problem) || error_set(error, problem.code, "%s", problem.message);
}

struct parsing {
    const char *text;
    RawParseMode mode;
    List *trees;
};

static void parse(void *argument)
{
    struct parsing *parsing = argument;

    parsing->trees = raw_parser(parsing->text, parsing->mode);
}

bool pg_parse_as(const char *text, int mode, struct List **trees, struct error *error)
{
    struct parsing parsing = {.text = text, .mode = (RawParseMode)mode};
    struct guarded guarded = {.function = parse, .argument = &parsing};
    struct error problem;
    bool done = run(&guarded, &problem);

    *trees = parsing.trees;
    if (done)
        return true;
    *trees = NULL;
    error_set(error, ERROR_SYNTAX, "%s", problem.message);
    if (guarded.cursor > 0)
        error_place(error, "", text, strlen(text), pg_parse_offset(text, guarded.cursor));
    return false;
}

bool pg_parse(const char *text, struct List **statements, struct error *error)
{
    return pg_parse_as(text, RAW_PARSE_DEFAULT, statements, error);
}

/* --- bodies of programs -------------------------------------------------------------------------- */

PgQueryInternalParsetreeAndError __real_pg_query_raw_parse(const char *input, int mode);
PgQueryInternalParsetreeAndError __wrap_pg_query_raw_parse(const char *input, int mode);

/* The linker puts this before libpg_query's own (--wrap). pg_query_parse_plpgsql frees the text of what was
 * written to stderr only where all bodies parse; nothing reads it, so nobody gets it. */
PgQueryInternalParsetreeAndError __wrap_pg_query_raw_parse(const char *input, int mode)
{
    PgQueryInternalParsetreeAndError parsed = __real_pg_query_raw_parse(input, mode);

    pg_query_free_parse_result((PgQueryParseResult){.stderr_buffer = parsed.stderr_buffer});
    parsed.stderr_buffer = NULL;
    return parsed;
}

static void release_body(void *result)
{
    pg_query_free_plpgsql_parse_result(*(PgQueryPlpgsqlParseResult *)result);
}

char *pg_parse_body(const char *statement, struct arena *arena, struct error *error)
{
    MemoryContext context = CurrentMemoryContext;
    PgQueryPlpgsqlParseResult result;
    char *tree = NULL;

    /* It makes a context of its own, and leaves the outermost one as the current. */
    MemoryContextSwitchTo(TopMemoryContext);
    result = pg_query_parse_plpgsql(statement);
    MemoryContextSwitchTo(context);
    operation_hold(&result, release_body);
    if (result.error)
        error_set(error, ERROR_SYNTAX, "%s", result.error->message);
    else
        tree = arena_strdup(arena, result.plpgsql_funcs);
    operation_drop(&result);
    release_body(&result);
    return tree;
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
    bool too_deep;
    char *text = pg_print_expression(expression, arena, &too_deep);

    if (!text && too_deep)
        error_set(error, ERROR_SCHEMA, "an expression is nested too deeply");
    else if (!text)
        error_set(error, ERROR_INTERNAL, "an expression of kind %d cannot be printed",
                  (int)nodeTag(expression));
    return text;
}
