/* The conversation of asking, in a session of its own: the temporary tables hide those whose names they have,
 * and a transaction of the caller's is none of their business. Nothing has to be cleaned up, for temporary
 * tables end with their session. Each question is a few statements, many questions a round trip; the
 * server ends a string of statements at the first that it refuses, and then the next question begins
 * another. */
#include "mysql/ask/ask.h"

#include <string.h>
#include <time.h>

#include "core/buffer.h"
#include "core/operation.h"
#include "mysql/sql/quote.h"

enum { BATCH_COUNT = 100, MOST_SECONDS = 5 };

/* The statements of a question: sql_mode as when anybody makes a table, none there yet, the table; sql_mode
 * as when the catalog is read, and the text. */
enum { STATEMENTS_BEFORE = 4 };

/* Temporary tables cannot be made in a read-only transaction; on a read-only server they can. */
static const char settings[] =
    "SET SESSION TRANSACTION READ WRITE; SET SESSION sql_quote_show_create = 1, "
    "foreign_key_checks = 0, lock_wait_timeout = 1; SET @plumb_sql_mode = @@SESSION.sql_mode";

struct talk {
    struct connection session;
    struct arena *arena;
};

static const char *table_name(struct talk *talk, const struct question *question)
{
    return my_quote_path(talk->arena, question->table);
}

static void append_question(struct talk *talk, struct buffer *sql, const struct question *question)
{
    buffer_separate(sql, 0, "; ");
    buffer_printf(sql,
                  "SET SESSION sql_mode = @plumb_sql_mode; DROP TEMPORARY TABLE IF EXISTS %s; %s; "
                  "SET SESSION sql_mode = ''; SHOW CREATE TABLE %s",
                  table_name(talk, question), question->create, table_name(talk, question));
}

/* The text as if the table were an ordinary one: only then is it read as one. */
static void take_answer(struct talk *talk, struct question *question, MYSQL_RES *result)
{
    static const char temporary[] = "CREATE TEMPORARY TABLE ";
    MYSQL_ROW row = mysql_fetch_row(result);
    const unsigned long *lengths = mysql_fetch_lengths(result);
    struct buffer text = BUFFER_EMPTY;
    size_t skip = sizeof(temporary) - 1;

    if (!row || !row[1] || strncmp(row[1], temporary, skip) != 0)
        return;
    buffer_append(&text, "CREATE TABLE ");
    buffer_append_bytes(&text, row[1] + skip, lengths[1] - skip);
    question->length = text.length;
    question->answer = arena_strndup(talk->arena, text.text, text.length);
    buffer_free(&text);
}

/* False when the server refused one of the question's statements. */
static bool hear(struct talk *talk, struct question *question, bool first)
{
    struct error ignored = {0};
    MYSQL_RES *result = NULL;

    for (size_t i = 0; i <= STATEMENTS_BEFORE; i++) {
        bool next = i > 0 || !first;

        if (my_connection_answer(&talk->session, next, &result, &ignored) == MY_ANSWER_FAILED)
            return false;
        if (i < STATEMENTS_BEFORE)
            my_result_free(result);
    }
    if (result)
        take_answer(talk, question, result);
    my_result_free(result);
    return true;
}

/* One round trip for the questions from there on; the number of those that were heard, of which the last may have
 * failed. */
static size_t ask_batch(struct talk *talk, const struct pointer_list *questions, size_t at)
{
    size_t rest = questions->count - at;
    size_t count = rest < BATCH_COUNT ? rest : BATCH_COUNT;
    struct buffer sql = BUFFER_EMPTY;
    struct error ignored = {0};
    size_t heard = 0;
    bool sent;

    for (size_t i = 0; i < count; i++)
        append_question(talk, &sql, questions->items[at + i]);
    sent = my_connection_send(&talk->session, buffer_text(&sql), sql.length, &ignored);
    buffer_free(&sql);
    while (sent && heard < count && hear(talk, questions->items[at + heard], heard == 0))
        heard++;
    return heard < count ? heard + 1 : heard;
}

static void release_session(void *handle)
{
    mysql_close(handle);
}

static void close_talk(struct talk *talk)
{
    operation_drop(talk->session.handle);
    mysql_close(talk->session.handle);
}

static bool open_talk(struct talk *talk, const struct connection *connection)
{
    struct error ignored = {0};

    talk->session = *connection;
    talk->session.canceller = NULL;
    talk->session.handle = my_connection_open(&connection->url, connection->shown, &ignored);
    if (!talk->session.handle)
        return false;
    operation_hold(talk->session.handle, release_session);
    if (my_connection_execute(&talk->session, settings, &ignored)) {
        /* What is only asked is nothing for replicas; not everybody may say so, or needs to. */
        my_connection_execute(&talk->session, "SET SESSION sql_log_bin = 0", &ignored);
        return true;
    }
    close_talk(talk);
    return false;
}

void my_ask_server(struct connection *connection, struct arena *arena,
                   const struct pointer_list *questions)
{
    struct talk talk = {.arena = arena};
    time_t start = time(NULL);

    if (!open_talk(&talk, connection))
        return;
    for (size_t at = 0; at < questions->count && time(NULL) - start <= MOST_SECONDS;) {
        struct error ignored = {0}; /* whoever asks looks whether it goes on */

        if (!operation_proceeds(PHASE_ASKING, at, questions->count, NULL, &ignored))
            break;
        at += ask_batch(&talk, questions, at);
    }
    close_talk(&talk);
}
