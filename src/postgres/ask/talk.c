/* The conversation of asking. Everything happens in one transaction that is rolled back, or under a
 * savepoint of the one that is open. All questions go out at once in pipeline mode; a sync after each
 * keeps the failure of one (its expression names what is not there yet, say) from ending the others.
 *
 *   BEGIN; SAVEPOINT plumb_ask; settings; SAVEPOINT plumb_ask_twin
 *       CREATE TEMPORARY TABLE twin (LIKE relation); SAVEPOINT plumb_ask_one
 *           the temporary object; SELECT its text and the present object's
 *           ROLLBACK TO plumb_ask_one
 *       ROLLBACK TO plumb_ask_twin
 *   ROLLBACK */
#include "postgres/ask/ask.h"

#include <string.h>

#include "core/buffer.h"
#include "core/operation.h"
#include "postgres/ask/permission.h"
#include "postgres/session/session.h"
#include "postgres/sql/quote.h"

/* Questions in a round trip: answers wait in memory until all are sent. */
enum { batch_size = 1000 };

/* pg_temp is searched first unless the path says where: a twin must not hide the table it stands
 * for, nor its row type a built-in type. */
#define READING_PATH PG_OWN_PATH

static const char settings[] =
    "SELECT pg_catalog.set_config(name, value, true) FROM (VALUES"
    " ('lock_timeout', '100ms'),"
    " ('statement_timeout', '3s'),"
    " ('client_min_messages', 'error'),"
    " ('check_function_bodies', 'off'),"
    " ('default_table_access_method', 'heap'),"
    " ('plumb.ask_until', (extract(epoch FROM pg_catalog.clock_timestamp()) + 5)::text)"
    ") AS settings (name, value)";

/* A column that fails once the time (seconds) is over, so that the server itself skips the rest of
 * what was sent. What was not asked by then stays different. */
#define UNLESS_LATE                                                                                \
    "1 / (extract(epoch FROM pg_catalog.clock_timestamp())"                                        \
    " < pg_catalog.current_setting('plumb.ask_until')::float8)::int"

struct talk {
    struct connection *connection;
    PGconn *handle;
    struct arena *arena;
    const char *quiet; /* the statement that keeps event triggers still, or NULL */
    struct error *error;
    struct pointer_list awaited; /* for each result to come: sync_mark, no_question or a question */
    bool own;                    /* the transaction is ours */
};

/* What no question waits for. */
static struct question sync_mark;
static struct question no_question;

/* --- sending and receiving ----------------------------------------------------------------------- */

static bool lost(struct talk *talk)
{
    return connection_fail(talk->connection, NULL, NULL, talk->error);
}

static bool say_for(struct talk *talk, const char *sql, struct question *question)
{
    if (!PQsendQueryParams(talk->handle, sql, 0, NULL, NULL, NULL, NULL, 0))
        return lost(talk);
    pointer_list_add(&talk->awaited, talk->arena, question);
    return true;
}

static bool say(struct talk *talk, const char *sql)
{
    return say_for(talk, sql, &no_question);
}

static bool mark(struct talk *talk)
{
    if (!PQpipelineSync(talk->handle))
        return lost(talk);
    pointer_list_add(&talk->awaited, talk->arena, &sync_mark);
    return true;
}

/* True when both texts are there and the same. An error is an answer too: not equal. */
static bool says_equal(const PGresult *result)
{
    return PQresultStatus(result) == PGRES_TUPLES_OK && PQntuples(result) == 1 &&
           !PQgetisnull(result, 0, 0) && !PQgetisnull(result, 0, 1) &&
           strcmp(PQgetvalue(result, 0, 0), PQgetvalue(result, 0, 1)) == 0;
}

static bool receive_one(struct talk *talk, struct question *question)
{
    PGresult *result = PQgetResult(talk->handle);

    if (!result || PQstatus(talk->handle) != CONNECTION_OK) {
        connection_clear(result);
        return lost(talk);
    }
    if (question != &sync_mark && question != &no_question)
        question->equal = says_equal(result);
    connection_clear(result);
    if (question == &sync_mark) /* the one result without a NULL behind */
        return true;
    while ((result = PQgetResult(talk->handle)) != NULL)
        connection_clear(result);
    return true;
}

/* One round trip: takes in all results. */
static bool receive(struct talk *talk)
{
    talk->connection->round_trips++;
    for (size_t i = 0; i < talk->awaited.count; i++)
        if (!receive_one(talk, talk->awaited.items[i]))
            return false;
    talk->awaited.count = 0;
    return true;
}

/* --- the course of it ---------------------------------------------------------------------------- */

static bool open_talk(struct talk *talk)
{
    return (!talk->own || say(talk, "BEGIN")) && say(talk, "SAVEPOINT plumb_ask") &&
           say(talk, "SET LOCAL search_path = " READING_PATH) && say(talk, settings) &&
           (!talk->quiet || say(talk, talk->quiet)) && say(talk, "SAVEPOINT plumb_ask_twin") &&
           mark(talk) && receive(talk);
}

static bool close_talk(struct talk *talk)
{
    if (talk->own)
        return say(talk, "ROLLBACK") && mark(talk) && receive(talk);
    return say(talk, "ROLLBACK TO SAVEPOINT plumb_ask") &&
           say(talk, "RELEASE SAVEPOINT plumb_ask") && mark(talk) && receive(talk);
}

/* Makes the twin for the questions that follow, if they need one. */
static bool begin_relation(struct talk *talk, const struct question *question)
{
    const char *twin;

    if (!say(talk, "ROLLBACK TO SAVEPOINT plumb_ask_twin") || !mark(talk))
        return false;
    if (question->relation) {
        if (!say(talk, "SELECT " UNLESS_LATE))
            return false;
        twin = arena_printf(talk->arena, "CREATE TEMPORARY TABLE %s (LIKE %s)", question->twin,
                            question->relation);
        if (!say(talk, twin))
            return false;
    }
    return say(talk, "SAVEPOINT plumb_ask_one") && mark(talk);
}

/* The path under which the author wrote it. */
static const char *author_path(struct arena *arena, const struct text_list *path)
{
    struct buffer text = BUFFER_EMPTY;

    if (!path || path->count == 0)
        return READING_PATH;
    for (size_t i = 0; i < path->count; i++) {
        if (strcmp(path->items[i], "pg_catalog") == 0)
            continue; /* it is the first in any case */
        buffer_separate(&text, 0, ", ");
        buffer_append(&text, pg_quote_name(arena, path->items[i]));
    }
    if (!text_list_contains(path, "pg_temp"))
        buffer_printf(&text, "%spg_temp", text.length ? ", " : "");
    return buffer_take(&text, arena);
}

static bool say_question(struct talk *talk, struct question *question)
{
    const char *path = author_path(talk->arena, question->after->search_path);
    const char *begin = arena_printf(
        talk->arena, "SELECT pg_catalog.set_config('search_path', %s, true), " UNLESS_LATE,
        pg_quote_literal(talk->arena, path));
    const char *read =
        arena_printf(talk->arena, "SELECT %s, %s", question->present, question->wanted);

    return say(talk, begin) && say(talk, question->create) &&
           say(talk, "SET LOCAL search_path = " READING_PATH) && say_for(talk, read, question) &&
           mark(talk) && say(talk, "ROLLBACK TO SAVEPOINT plumb_ask_one") && mark(talk);
}

static bool same_relation(const struct question *a, const struct question *b)
{
    if (!a->relation || !b->relation)
        return a->relation == b->relation;
    return strcmp(a->relation, b->relation) == 0;
}

static bool say_questions(struct talk *talk, const struct pointer_list *questions)
{
    const struct question *last = NULL;

    for (size_t i = 0; i < questions->count; i++) {
        struct question *question = questions->items[i];

        if (i > 0 && i % batch_size == 0 && !receive(talk))
            return false;
        if (!operation_proceeds(PHASE_ASKING, i + 1, questions->count, NULL, talk->error))
            return true; /* to the end of the transaction */
        if ((!last || !same_relation(last, question)) && !begin_relation(talk, question))
            return false;
        if (!say_question(talk, question))
            return false;
        last = question;
    }
    return true;
}

/* Asks only once the savepoints are there: without them the first temporary object would stay. */
static bool converse(struct talk *talk, const struct pointer_list *questions)
{
    if (!open_talk(talk))
        return false;
    if (PQtransactionStatus(talk->handle) == PQTRANS_INTRANS && !say_questions(talk, questions))
        return false;
    return close_talk(talk);
}

/* Where memory ran out meanwhile: nothing that was made stays, and the connection can be used again. */
static void abandon(void *held)
{
    const struct talk *talk = held;
    struct error ignored = {0};

    PQpipelineSync(talk->handle);
    connection_leave_pipeline(talk->connection);
    if (connection_in_transaction(talk->connection))
        connection_control(talk->connection,
                           talk->own ? "ROLLBACK" : "ROLLBACK TO SAVEPOINT plumb_ask", &ignored);
}

bool ask_server(struct connection *connection, const struct ask_permission *permission,
                const struct pointer_list *questions, struct error *error)
{
    struct talk talk = {.connection = connection,
                        .handle = connection->handle,
                        .quiet = permission->quiet,
                        .error = error};
    PGTransactionStatusType status = PQtransactionStatus(talk.handle);
    bool done;

    if ((status != PQTRANS_IDLE && status != PQTRANS_INTRANS) || !PQenterPipelineMode(talk.handle))
        return true;
    talk.own = status == PQTRANS_IDLE;
    operation_hold(&talk, abandon);
    talk.arena = arena_new();
    done = converse(&talk, questions);
    operation_drop(&talk);
    arena_free(talk.arena);
    if (done && (!PQexitPipelineMode(talk.handle) || PQtransactionStatus(talk.handle) != status))
        done = error_set(error, ERROR_SERVER,
                         "asking \"%s\" about expressions left the "
                         "transaction in another state",
                         connection->shown);
    return done;
}
