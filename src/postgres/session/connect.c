/* Connecting, and running statements one at a time. Nothing is printed: notices are collected, and
 * errors become values that say what the server said, with no secret in them. */
#include "postgres/session/connect.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buffer.h"
#include "core/clock.h"
#include "core/operation.h"
#include "core/url.h"
#include "postgres/facts/flavor.h"
#include "postgres/session/session.h"

/* --- connecting ---------------------------------------------------------------------------------- */

/* What the server or libpq says when it refuses, and what to do about it. The first that fits. */
static const struct {
    const char *part;
    const char *hint;
} refusals[] = {
    {"password authentication failed",
     "Check the user and the password: in the URL, PGPASSWORD, or the password file."},
    {"no password supplied", "Give the password in PGPASSWORD, the password file or the URL."},
    {"authentication failed", "Check the user and how the server wants it to authenticate."},
    {"pg_hba.conf",
     "The server's pg_hba.conf does not let this user in from here, or only with TLS (sslmode)."},
    {"certificate", "Check sslmode, sslrootcert, sslcert and sslkey."},
    {"SSL", "Check sslmode: the server and the connection string want different things."},
    {"server does not support", "Check sslmode and channel_binding."},
    {"too many clients", "The server has no free connection: try again later."},
    {"remaining connection slots", "The server has no free connection: try again later."},
    {"the database system is", "The server starts, stops or recovers: try again later."},
    {"could not translate host name", "Check the host's name."},
    {"definition of service", "Check the service file (PGSERVICEFILE, ~/.pg_service.conf)."},
    {"database \"", "Create the database first, or check its name."},
    {"role \"", "Check the user's name."},
    {"Connection refused", "Check host and port, and that the server runs."},
    {"timeout expired", "Check host and port; connect_timeout in the URL sets how long to wait."},
    {"Is the server running", "Check host and port, and that the server runs."},
    {NULL, "Check the connection string; libpq's environment variables (PGHOST, ...) count too."}};

static const char *refusal_hint(const char *message)
{
    size_t i = 0;

    while (refusals[i].part && !strstr(message, refusals[i].part))
        i++;
    return refusals[i].hint;
}

/* libpq's message in one line, without its question whether the server runs and without the server's
 * severity, of which there is only one here. */
static const char *one_line(struct arena *arena, const char *message)
{
    struct buffer line = BUFFER_EMPTY;

    while (*message) {
        size_t length = strcspn(message, "\n");

        if (*message != '\t' && length > 0) {
            const char *severity = strstr(message, "FATAL:  ");

            buffer_separate(&line, 0, "; ");
            if (severity && severity < message + length) {
                buffer_append_bytes(&line, message, (size_t)(severity - message));
                length -= (size_t)(severity + 8 - message);
                message = severity + 8;
            }
            buffer_append_bytes(&line, message, length);
        }
        message += length;
        message += *message == '\n';
    }
    return buffer_take(&line, arena);
}

/* What libpq says of it has the value too, which may be secret. */
static bool has_unknown_parameter(struct connection *connection, struct error *error)
{
    const char *nearest;
    const char *unknown = pg_url_unknown(connection->arena, connection->url, &nearest);

    if (!unknown)
        return false;
    error_set(error, ERROR_CONNECTION,
              "the URL %s has a parameter \"%s\", which libpq does not know", connection->shown,
              unknown);
    if (nearest)
        error_hint(error, "Did you mean %s?", nearest);
    else
        error_hint(error, "Leave it out. A setting of the session goes into options.");
    return true;
}

static bool malformed(struct connection *connection, const char *detail, struct error *error)
{
    if (has_unknown_parameter(connection, error))
        return false;
    if (detail && !pg_url_holds_secret(connection->url))
        error_set(error, ERROR_CONNECTION, "malformed connection string \"%s\": %s",
                  connection->shown, one_line(connection->arena, detail));
    else
        error_set(error, ERROR_CONNECTION, "malformed connection string \"%s\"", connection->shown);
    error_hint(error,
               "In a URL, special characters of the password are written %%40 for @, %%2F for "
               "/, %%3A for :, %%3F for ?, %%23 for #; in a connection string it is quoted: "
               "password='...'.");
    return false;
}

static void release_options(void *options)
{
    PQconninfoFree(options);
}

/* Finds what libpq would complain about with parts of the text, which could be parts of a password:
 * a password with a bare "@" makes the host look like "rest@host". */
static bool check_url(struct connection *connection, struct error *error)
{
    char *message = NULL;
    PQconninfoOption *options = PQconninfoParse(connection->url, &message);
    bool good = options != NULL;

    operation_hold(options, release_options);
    operation_hold(message, PQfreemem);
    if (!good)
        malformed(connection, message, error);
    for (PQconninfoOption *option = options; good && option->keyword; option++) {
        bool is_place = !strcmp(option->keyword, "host") || !strcmp(option->keyword, "port");

        if (is_place && option->val && strchr(option->val, '@'))
            good = malformed(connection, NULL, error);
        if (!strcmp(option->keyword, "port") && option->val &&
            option->val[strspn(option->val, "0123456789,")])
            good = malformed(connection, NULL, error);
    }
    operation_drop(message);
    operation_drop(options);
    PQconninfoFree(options);
    PQfreemem(message);
    return good;
}

struct notice {
    struct connection *connection;
    const char *text;
};

static void keep_notice(void *argument)
{
    const struct notice *notice = argument;
    struct connection *connection = notice->connection;

    text_list_add(&connection->notices, connection->arena,
                  arena_strdup(connection->arena, notice->text));
}

/* libpq calls this: what runs out of memory must not jump out of it. A notice may be lost. */
static void collect_notice(void *context, const PGresult *result)
{
    struct notice notice = {context, PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY)};
    struct error ignored = {0};

    if (notice.text && notice.connection->notices.count < 1000)
        operation_try(keep_notice, &notice, &ignored);
}

/* Later entries win over what the URL says, earlier ones are defaults for it. */
static PGconn *open_handle(const char *url)
{
    const char *names[5] = {0};
    const char *values[5] = {0};
    size_t count = 0;

    if (!getenv("PGCONNECT_TIMEOUT")) {
        names[count] = "connect_timeout";
        values[count++] = "15";
    }
    names[count] = "fallback_application_name";
    values[count++] = "plumb";
    names[count] = "dbname";
    values[count++] = url;
    names[count] = "client_encoding";
    values[count++] = "UTF8";
    return PQconnectdbParams(names, values, 1);
}

static bool parameter_is_on(const struct connection *connection, const char *name)
{
    const char *value = PQparameterStatus(connection->handle, name);

    return value && strcmp(value, "on") == 0;
}

static bool check_server(struct connection *connection, struct error *error)
{
    connection->version = PQserverVersion(connection->handle);
    if (connection->version >= PG_OLDEST_SERVER)
        return true;
    error_set(error, ERROR_CONNECTION, "server at \"%s\" is PostgreSQL %s", connection->shown,
              PQparameterStatus(connection->handle, "server_version"));
    error_hint(error, "plumb works with PostgreSQL %d and later.", PG_OLDEST_SERVER / 10000);
    return false;
}

/* Whole strings are read before the first of their statements is run: SET LOCAL would come too late. All
 * servers report this setting, and poolers keep track of it. */
static bool read_strings_by_standard(struct connection *connection, struct error *error)
{
    return parameter_is_on(connection, "standard_conforming_strings") ||
           connection_control(connection, "SET standard_conforming_strings = on", error);
}

/* Servers since 14 report both settings without being asked (poolers in between may not). */
static bool learn_read_only(struct connection *connection, struct error *error)
{
    PGresult *result;

    if (PQparameterStatus(connection->handle, "default_transaction_read_only") &&
        PQparameterStatus(connection->handle, "in_hot_standby"))
        return true;
    result = connection_query(connection,
                              "SELECT pg_catalog.pg_is_in_recovery() OR "
                              "pg_catalog.current_setting('transaction_read_only')::bool",
                              error);
    if (!result)
        return false;
    connection->read_only = PQgetvalue(result, 0, 0)[0] == 't';
    connection_clear(result);
    return true;
}

static bool open_connection(struct connection *connection, struct error *error)
{
    const char *message;

    if (!check_url(connection, error))
        return false;
    connection->handle = open_handle(connection->url);
    connection->round_trips = 1;
    if (PQstatus(connection->handle) != CONNECTION_OK) {
        message = PQerrorMessage(connection->handle);
        error_set(error, ERROR_CONNECTION, "cannot connect to \"%s\": %s", connection->shown,
                  one_line(connection->arena, message));
        error_hint(error, "%s", refusal_hint(message));
        return false;
    }
    PQsetNoticeReceiver(connection->handle, collect_notice, connection);
    connection->cancel = PQgetCancel(connection->handle);
    return check_server(connection, error) && read_strings_by_standard(connection, error) &&
           learn_read_only(connection, error);
}

static void release_connection(void *connection)
{
    pg_close(connection);
}

struct connection *pg_connect(const char *url, struct error *error)
{
    struct arena *arena = arena_new();
    struct connection *connection = ARENA_NEW(arena, struct connection);

    connection->arena = arena;
    operation_hold(connection, release_connection);
    connection->shown = url_without_secrets(arena, url);
    connection->url = pg_url_plain(arena, arena_strdup(arena, url), connection->shown, error);
    if (connection->url && open_connection(connection, error))
        return connection;
    pg_close(connection);
    return NULL;
}

void pg_close(struct connection *connection)
{
    PGcancel *cancel;

    if (!connection)
        return;
    operation_drop(connection);
    /* The handler of a signal that comes now must not use what is being freed. */
    cancel = connection->cancel;
    connection->cancel = NULL;
    PQfreeCancel(cancel);
    PQfinish(connection->handle);
    arena_free(connection->arena);
}

int pg_server_version(const struct connection *connection)
{
    return connection->version;
}

bool pg_read_only(const struct connection *connection)
{
    return connection->read_only || parameter_is_on(connection, "in_hot_standby") ||
           parameter_is_on(connection, "default_transaction_read_only");
}

bool connection_in_transaction(const struct connection *connection)
{
    return PQtransactionStatus(connection->handle) != PQTRANS_IDLE;
}

/* --- errors -------------------------------------------------------------------------------------- */

/* The server counts characters of UTF-8 from 1; we want bytes from 0. */
static size_t byte_offset(const char *text, int position)
{
    const char *at = text;

    for (; *at; at++)
        if (((unsigned char)*at & 0xC0) != 0x80 && --position <= 0)
            break;
    return (size_t)(at - text);
}

static enum error_code code_of_state(const char *sqlstate)
{
    if (strcmp(sqlstate, "57014") == 0)
        return ERROR_CANCELLED;
    if (strcmp(sqlstate, "55P03") == 0 || strcmp(sqlstate, "40P01") == 0)
        return ERROR_LOCKED;
    if (strncmp(sqlstate, "08", 2) == 0 || strncmp(sqlstate, "57P", 3) == 0)
        return ERROR_CONNECTION;
    return ERROR_SERVER;
}

static bool fail_without_result(struct connection *connection, struct error *error)
{
    const char *message = one_line(connection->arena, PQerrorMessage(connection->handle));

    if (PQstatus(connection->handle) == CONNECTION_BAD) {
        error_set(error, ERROR_CONNECTION, "the connection to \"%s\" was lost: %s",
                  connection->shown, message);
        return false;
    }
    return error_set(error, ERROR_SERVER, "%s", message);
}

/* The server's own hint, else what we know. */
static void set_hint(const PGresult *result, const char *sqlstate, struct error *error)
{
    const char *hint = PQresultErrorField(result, PG_DIAG_MESSAGE_HINT);

    if (hint)
        error_hint(error, "%s", hint);
    else if (strcmp(sqlstate, "55P03") == 0)
        error_hint(error, "Another session holds a lock on it; try again, or raise the lock "
                          "timeout.");
    else if (strcmp(sqlstate, "42501") == 0)
        error_hint(error, "Connect as a role that owns the object or has the privilege.");
}

/* The server counts from the beginning of all that was sent, head and sql. */
static void set_place(const PGresult *result, const char *head, const char *sql,
                      struct error *error)
{
    const char *position = PQresultErrorField(result, PG_DIAG_STATEMENT_POSITION);
    int at = position ? atoi(position) : 0;

    for (; *head && at > 0; head++)
        at -= ((unsigned char)*head & 0xC0) != 0x80;
    if (at > 0)
        error_place(error, "", sql, strlen(sql), byte_offset(sql, at));
}

static bool fail(struct connection *connection, const PGresult *result, const char *head,
                 const char *sql, struct error *error)
{
    const char *primary = result ? PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY) : NULL;
    const char *sqlstate = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;
    const char *detail = result ? PQresultErrorField(result, PG_DIAG_MESSAGE_DETAIL) : NULL;

    snprintf(connection->sqlstate, sizeof(connection->sqlstate), "%s", sqlstate ? sqlstate : "");
    if (!primary || !sqlstate)
        return fail_without_result(connection, error);
    error_set(error, code_of_state(sqlstate), "%s%s%s%s (SQLSTATE %s)", primary, detail ? " (" : "",
              detail ? detail : "", detail ? ")" : "", sqlstate);
    set_hint(result, sqlstate, error);
    if (sql)
        set_place(result, head, sql, error);
    return false;
}

bool connection_fail(struct connection *connection, const PGresult *result, const char *sql,
                     struct error *error)
{
    return fail(connection, result, "", sql, error);
}

/* --- results ------------------------------------------------------------------------------------- */

static void release_result(void *result)
{
    PQclear(result);
}

PGresult *connection_keep(PGresult *result)
{
    return operation_hold(result, release_result);
}

void connection_clear(PGresult *result)
{
    operation_drop(result);
    PQclear(result);
}

void connection_leave_pipeline(struct connection *connection)
{
    while (PQpipelineStatus(connection->handle) != PQ_PIPELINE_OFF &&
           PQstatus(connection->handle) == CONNECTION_OK) {
        PGresult *result = PQgetResult(connection->handle);
        bool is_end = PQresultStatus(result) == PGRES_PIPELINE_SYNC;

        PQclear(result);
        if (is_end)
            PQexitPipelineMode(connection->handle);
    }
}

/* --- statements ---------------------------------------------------------------------------------- */

static bool is_success(const PGresult *result)
{
    ExecStatusType status = PQresultStatus(result);

    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY;
}

/* COPY ... FROM STDIN would wait for data for ever. */
static bool refuse_copy(struct connection *connection, struct error *error)
{
    PGresult *result;

    PQputCopyEnd(connection->handle, "plumb runs no COPY");
    while ((result = PQgetResult(connection->handle)) != NULL) {
        bool sends = PQresultStatus(result) == PGRES_COPY_OUT;

        connection_clear(result);
        if (sends) {
            char *data;

            while (PQgetCopyData(connection->handle, &data, 0) > 0)
                PQfreemem(data);
        }
    }
    return error_set(error, ERROR_SERVER, "COPY from or to the client cannot be run");
}

/* Sends head and sql in one string. Without a head no memory of ours is needed, as a way out wants it. */
static PGresult *send_query(struct connection *connection, const char *head, const char *sql)
{
    struct buffer text = BUFFER_EMPTY;
    PGresult *result;

    if (*head)
        buffer_printf(&text, "%s%s", head, sql);
    result = connection_keep(PQexec(connection->handle, *head ? buffer_text(&text) : sql));
    buffer_free(&text);
    connection->round_trips++;
    connection->sqlstate[0] = '\0';
    return result;
}

/* Runs sql, behind a head of settings. */
static PGresult *query(struct connection *connection, const char *head, const char *sql,
                       struct error *error)
{
    PGresult *result = send_query(connection, head, sql);
    ExecStatusType status = PQresultStatus(result);

    if (is_success(result))
        return result;
    pg_hint_step_path(connection, result, error); /* the first hint is the one that counts */
    if (status == PGRES_COPY_IN || status == PGRES_COPY_OUT || status == PGRES_COPY_BOTH)
        refuse_copy(connection, error);
    else
        fail(connection, result, head, sql, error);
    connection_clear(result);
    return NULL;
}

PGresult *connection_query(struct connection *connection, const char *sql, struct error *error)
{
    return query(connection, PG_OWN_SESSION, sql, error);
}

bool connection_execute(struct connection *connection, const char *sql, struct error *error)
{
    PGresult *result = connection_query(connection, sql, error);

    connection_clear(result);
    return result != NULL;
}

/* What is still to come of a copy whose operation has failed. */
static void abandon_copy(void *handle)
{
    PGresult *result;
    char *line;

    while (PQgetCopyData(handle, &line, 0) > 0)
        PQfreemem(line);
    while ((result = PQgetResult(handle)) != NULL)
        PQclear(result);
}

bool connection_copy(struct connection *connection, const char *sql, struct error *error)
{
    PGresult *result = send_query(connection, PG_OWN_SESSION, sql);
    bool copies = PQresultStatus(result) == PGRES_COPY_OUT;

    if (copies)
        operation_hold(connection->handle, abandon_copy);
    else
        connection_fail(connection, result, NULL, error);
    connection_clear(result);
    return copies;
}

bool connection_copy_line(struct connection *connection, char **line)
{
    *line = NULL;
    if (PQgetCopyData(connection->handle, line, 0) <= 0)
        return false;
    operation_hold(*line, PQfreemem);
    return true;
}

void connection_copy_free(char *line)
{
    operation_drop(line);
    PQfreemem(line);
}

bool connection_copy_end(struct connection *connection, struct error *error)
{
    bool ok = true;
    PGresult *result;

    while ((result = connection_keep(PQgetResult(connection->handle))) != NULL) {
        if (ok && !is_success(result))
            ok = connection_fail(connection, result, NULL, error);
        connection_clear(result);
    }
    operation_drop(connection->handle);
    return ok;
}

bool connection_control(struct connection *connection, const char *sql, struct error *error)
{
    PGresult *result = query(connection, "", sql, error);

    connection_clear(result);
    return result != NULL;
}

/* A statement of a plan: in a transaction its settings go with it, outside of one they stand before and
 * behind. */
static PGresult *run_step(struct connection *connection, const char *sql, struct error *error)
{
    const struct step_session *session = &connection->steps;
    struct error unseen = {0};
    PGresult *answer;

    if (!pg_learn_step_session(connection, error))
        return NULL;
    if (connection_in_transaction(connection))
        return query(connection, session->set_local, sql, error);
    if (!connection_control(connection, session->set, error))
        return NULL;
    answer = query(connection, "", sql, error);
    if (PQstatus(connection->handle) == CONNECTION_OK)
        connection_control(connection, session->reset, &unseen);
    return answer;
}

bool pg_run(struct connection *connection, const char *sql, struct statement_result *result,
            struct error *error)
{
    double start = clock_now();
    PGresult *answer = run_step(connection, sql, error);

    if (result) {
        result->seconds = clock_now() - start;
        result->rows = answer ? strtol(PQcmdTuples(answer), NULL, 10) : 0;
    }
    connection_clear(answer);
    return answer != NULL;
}

/* All in one string is one transaction, which ends with it. Rows that a policy hides would make a question lie: without
 * row_security the server says so instead. */
bool pg_ask_rows(struct connection *connection, const char *sql, int milliseconds,
                 struct arena *arena, struct row_answer *answer, struct error *error)
{
    const char *text =
        arena_printf(arena,
                     "SET LOCAL transaction_read_only = on; SET LOCAL row_security = off; "
                     "SET LOCAL statement_timeout = %d; %s",
                     milliseconds, sql);
    PGresult *result = connection_query(connection, text, error);
    bool ok = result && PQntuples(result) == 1 && PQnfields(result) == 2;

    *answer = (struct row_answer){0};
    if (ok) {
        answer->count = strtoll(PQgetvalue(result, 0, 0), NULL, 10);
        answer->key =
            PQgetisnull(result, 0, 1) ? NULL : arena_strdup(arena, PQgetvalue(result, 0, 1));
    }
    connection_clear(result);
    return ok;
}

bool pg_run_script(struct connection *connection, const char *text, struct error *error)
{
    return connection_control(connection, text, error);
}

bool pg_begin(struct connection *connection, struct error *error)
{
    return connection_control(connection, "BEGIN", error);
}

bool pg_commit(struct connection *connection, struct error *error)
{
    PGresult *result = query(connection, "", "COMMIT", error);
    bool committed;

    if (!result)
        return false;
    /* COMMIT of a failed transaction succeeds, and rolls back. */
    committed = strcmp(PQcmdStatus(result), "COMMIT") == 0;
    connection_clear(result);
    if (!committed)
        error_set(error, ERROR_SERVER, "the transaction had failed and was rolled back");
    return committed;
}

void pg_rollback(struct connection *connection)
{
    struct error ignored = {0};

    if (PQstatus(connection->handle) == CONNECTION_OK && connection_in_transaction(connection))
        connection_control(connection, "ROLLBACK", &ignored);
}

bool pg_lock(struct connection *connection, bool *taken, struct error *error)
{
    PGresult *result = connection_query(
        connection, "SELECT pg_catalog.pg_try_advisory_lock(" PG_ADVISORY_LOCK_KEY ")", error);

    *taken = result && PQgetvalue(result, 0, 0)[0] == 't';
    connection_clear(result);
    return result != NULL;
}

const char *pg_lock_timeout(struct arena *arena, int milliseconds)
{
    bool whole = milliseconds % 1000 == 0;

    return arena_printf(arena, "SET lock_timeout = '%d%s'",
                        whole ? milliseconds / 1000 : milliseconds, whole ? "s" : "ms");
}

bool pg_set_lock_timeout(struct connection *connection, int milliseconds, struct error *error)
{
    char sql[64];

    snprintf(sql, sizeof(sql), "SET lock_timeout = %d", milliseconds);
    return connection_control(connection, sql, error);
}

void pg_cancel(struct connection *connection)
{
    PGcancel *cancel = connection->cancel;
    char message[256];

    /* PQcancel is safe in a signal handler; that it failed cannot be told to anybody there. */
    if (cancel)
        PQcancel(cancel, message, sizeof(message));
}
