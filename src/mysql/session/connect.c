/* Connecting, and running statements. Nothing is printed: errors become values that say what the server
 * said, with no secret in them. The session differs from an ordinary client's in nothing that what it makes
 * could depend on: its character set, sql_mode and time zone are those that any client would get. */
#include "mysql/session/connect.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/buffer.h"
#include "core/clock.h"
#include "core/operation.h"
#include "core/url.h"

enum { DEFAULT_TIMEOUT = 15 }; /* seconds to connect in */

/* --- the library --------------------------------------------------------------------------------- */

bool my_begin_client(void)
{
    return mysql_library_init(0, NULL, NULL) == 0;
}

void my_end_client(void)
{
    mysql_library_end();
}

void my_end_thread(void)
{
    mysql_thread_end();
}

/* --- opening a session --------------------------------------------------------------------------- */

static bool wants_tls(const struct my_url *url)
{
    static const char *const modes[] = {"REQUIRED", "VERIFY_CA", "VERIFY_IDENTITY", NULL};

    return text_is_among(url->ssl_mode, modes);
}

#ifdef MARIADB_PACKAGE_VERSION

/* MariaDB's library knows no modes. It cannot check a certificate without the host's name, so
 * VERIFY_CA is VERIFY_IDENTITY here; that TLS was required is checked afterwards. */
static void set_ssl_mode(MYSQL *handle, const struct my_url *url)
{
    static const char *const verified[] = {"VERIFY_CA", "VERIFY_IDENTITY", NULL};
    bool use = strcmp(url->ssl_mode, "DISABLED") != 0;
    bool verify = text_is_among(url->ssl_mode, verified);

    mysql_options(handle, MYSQL_OPT_SSL_ENFORCE, &use);
    mysql_options(handle, MYSQL_OPT_SSL_VERIFY_SERVER_CERT, &verify);
}

#else

static void set_ssl_mode(MYSQL *handle, const struct my_url *url)
{
    static const struct {
        const char *name;
        unsigned int mode;
    } modes[] = {{"DISABLED", SSL_MODE_DISABLED},
                 {"PREFERRED", SSL_MODE_PREFERRED},
                 {"REQUIRED", SSL_MODE_REQUIRED},
                 {"VERIFY_CA", SSL_MODE_VERIFY_CA},
                 {"VERIFY_IDENTITY", SSL_MODE_VERIFY_IDENTITY}};

    for (size_t i = 0; i < sizeof(modes) / sizeof(*modes); i++)
        if (strcmp(url->ssl_mode, modes[i].name) == 0)
            mysql_options(handle, MYSQL_OPT_SSL_MODE, &modes[i].mode);
}

#endif

/* A host "localhost" means the socket to the library, whatever the port: not to who names a port. */
static void set_protocol(MYSQL *handle, const struct my_url *url)
{
    unsigned int protocol = MYSQL_PROTOCOL_TCP;

    if (url->port && !url->socket && url->host && strcmp(url->host, "localhost") == 0)
        mysql_options(handle, MYSQL_OPT_PROTOCOL, &protocol);
}

static void set_options(MYSQL *handle, const struct my_url *url)
{
    unsigned int timeout = url->connect_timeout ? url->connect_timeout : DEFAULT_TIMEOUT;
    unsigned int no_files = 0;

    mysql_options(handle, MYSQL_OPT_CONNECT_TIMEOUT, &timeout);
    mysql_options(handle, MYSQL_OPT_LOCAL_INFILE, &no_files);
    mysql_options(handle, MYSQL_SET_CHARSET_NAME, "utf8mb4");
    if (url->defaults_file)
        mysql_options(handle, MYSQL_READ_DEFAULT_FILE, url->defaults_file);
    mysql_options(handle, MYSQL_READ_DEFAULT_GROUP, "plumb"); /* and [client], always */
    if (url->ssl_ca)
        mysql_options(handle, MYSQL_OPT_SSL_CA, url->ssl_ca);
    if (url->ssl_cert)
        mysql_options(handle, MYSQL_OPT_SSL_CERT, url->ssl_cert);
    if (url->ssl_key)
        mysql_options(handle, MYSQL_OPT_SSL_KEY, url->ssl_key);
    if (url->ssl_mode)
        set_ssl_mode(handle, url);
    set_protocol(handle, url);
}

/* The library says nothing of files that are not there. */
static bool check_files(const struct my_url *url, const char *shown, struct error *error)
{
    const char *const files[] = {url->defaults_file, url->ssl_ca, url->ssl_cert, url->ssl_key};

    for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++)
        if (files[i] && access(files[i], R_OK) != 0) {
            error_set(error, ERROR_CONNECTION,
                      "cannot connect to \"%s\": no file \"%s\" can be read", shown, files[i]);
            error_hint(error, "Check defaults-file, ssl-ca, ssl-cert and ssl-key in the URL.");
            return false;
        }
    return true;
}

/* What option files may have changed behind our back, and what the library leaves unchecked. */
static bool check_session(MYSQL *handle, const struct my_url *url, const char *shown,
                          struct error *error)
{
    if (wants_tls(url) && !mysql_get_ssl_cipher(handle)) {
        my_refusal(shown, 2026, "the server offers no TLS", error);
        return false;
    }
    if (strcmp(mysql_character_set_name(handle), "utf8mb4") != 0 &&
        mysql_set_character_set(handle, "utf8mb4") != 0) {
        my_refusal(shown, mysql_errno(handle), mysql_error(handle), error);
        return false;
    }
    return true;
}

MYSQL *my_connection_open(const struct my_url *url, const char *shown, struct error *error)
{
    /* The library takes a socket for nothing but this host. */
    const char *host = url->socket ? "localhost" : url->host;
    MYSQL *handle;

    if (!check_files(url, shown, error))
        return NULL;
    handle = mysql_init(NULL);
    if (!handle) {
        error_set(error, ERROR_CONNECTION, "out of memory");
        return NULL;
    }
    set_options(handle, url);
    if (!mysql_real_connect(handle, host, url->user, url->password, url->database, url->port,
                            url->socket, CLIENT_MULTI_STATEMENTS))
        my_refusal(shown, mysql_errno(handle), mysql_error(handle), error);
    else if (check_session(handle, url, shown, error))
        return handle;
    mysql_close(handle);
    return NULL;
}

/* --- connecting ---------------------------------------------------------------------------------- */

static bool check_server(struct connection *connection, struct error *error)
{
    const char *text = mysql_get_server_info(connection->handle);
    bool known = my_flavor_parse(text, &connection->flavor);
    bool maria = connection->flavor.vendor == MY_MARIADB;

    if (known && connection->flavor.version >= (maria ? MY_OLDEST_MARIADB : MY_OLDEST_MYSQL))
        return true;
    error_set(error, ERROR_CONNECTION, "server at \"%s\" is %s %s", connection->shown,
              maria ? "MariaDB" : "MySQL", text);
    error_hint(error, "plumb works with MySQL 8.0 and MariaDB 10.6, and later.");
    return false;
}

/* The user may write where others only read. Roles may grant that too; then we do not know, and let the
 * server say it. */
#define SQL_MAY_WRITE                                                                              \
    "COALESCE(CURRENT_ROLE(), 'NONE') <> 'NONE' OR EXISTS (SELECT 1 FROM "                         \
    "information_schema.user_privileges WHERE grantee = CONCAT('''', REPLACE(CURRENT_USER(), "     \
    "'@', '''@'''), '''') AND privilege_type IN ('READ ONLY ADMIN', 'READ_ONLY ADMIN', %s))"

/* Pins what SHOW CREATE depends on and nothing else does, and learns about session and server. */
static const char *first_words(const struct connection *connection)
{
    bool maria = connection->flavor.vendor == MY_MARIADB;

    return arena_printf(
        connection->arena,
        "SET SESSION autocommit = 1, sql_quote_show_create = 1%s; "
        "SELECT DATABASE(), CURRENT_USER(), @@GLOBAL.sql_mode, %s OR @@GLOBAL.innodb_read_only OR "
        "(@@GLOBAL.read_only AND NOT (" SQL_MAY_WRITE "))",
        maria ? "" : ", show_create_table_verbosity = 0",
        maria ? "@@SESSION.tx_read_only"
              : "@@SESSION.transaction_read_only OR @@GLOBAL.super_read_only",
        maria ? "''" : "'SUPER', 'CONNECTION_ADMIN'");
}

static bool learn(struct connection *connection, struct error *error)
{
    MYSQL_RES *result = my_connection_query(connection, first_words(connection), error);
    MYSQL_ROW row = result ? mysql_fetch_row(result) : NULL;

    if (row) {
        connection->database = arena_strdup(connection->arena, row[0]);
        connection->current_user = arena_strdup(connection->arena, row[1]);
        connection->global_sql_mode = arena_strdup(connection->arena, row[2]);
        connection->read_only = row[3] && row[3][0] == '1';
    }
    my_result_free(result);
    return row || (result && error_set(error, ERROR_CONNECTION, "the server at \"%s\" says nothing",
                                       connection->shown));
}

static bool open_connection(struct connection *connection, const char *url, struct error *error)
{
    if (!my_url_parse(connection->arena, url, &connection->url, error))
        return false;
    connection->handle = my_connection_open(&connection->url, connection->shown, error);
    connection->round_trips = 1;
    if (!connection->handle || !check_server(connection, error) || !learn(connection, error))
        return false;
    connection->canceller = my_canceller_new(&connection->url, mysql_thread_id(connection->handle));
    return true;
}

static void release_connection(void *connection)
{
    my_close(connection);
}

struct connection *my_connect(const char *url, struct error *error)
{
    struct arena *arena = arena_new();
    struct connection *connection = ARENA_NEW(arena, struct connection);

    connection->arena = arena;
    operation_hold(connection, release_connection);
    connection->shown = url_without_secrets(arena, url);
    if (open_connection(connection, url, error))
        return connection;
    my_close(connection);
    return NULL;
}

void my_close(struct connection *connection)
{
    struct my_canceller *canceller;

    if (!connection)
        return;
    operation_drop(connection);
    /* The handler of a signal that comes now must not use what is being freed. */
    canceller = connection->canceller;
    connection->canceller = NULL;
    my_canceller_free(canceller);
    if (connection->handle)
        mysql_close(connection->handle);
    arena_free(connection->arena);
}

int my_server_version(const struct connection *connection)
{
    return connection->flavor.version;
}

bool my_read_only(const struct connection *connection)
{
    return connection->read_only;
}

void my_cancel(struct connection *connection)
{
    struct my_canceller *canceller = connection->canceller;

    if (canceller)
        my_canceller_tell(canceller);
}

bool my_connection_in_transaction(const struct connection *connection)
{
    return connection->handle->server_status & SERVER_STATUS_IN_TRANS;
}

/* --- results ------------------------------------------------------------------------------------- */

static void release_result(void *result)
{
    mysql_free_result(result);
}

/* The next result as it comes from the server; NULL where there is none. */
static MYSQL_RES *store_result(struct connection *connection)
{
    return operation_hold(mysql_store_result(connection->handle), release_result);
}

void my_result_free(MYSQL_RES *result)
{
    operation_drop(result);
    mysql_free_result(result);
}

void my_connection_drain(struct connection *connection)
{
    my_result_free(store_result(connection));
    while (mysql_more_results(connection->handle) && mysql_next_result(connection->handle) == 0)
        my_result_free(store_result(connection));
}

/* --- statements ---------------------------------------------------------------------------------- */

bool my_connection_fail(struct connection *connection, const char *sql, struct error *error)
{
    connection->error_number = mysql_errno(connection->handle);
    my_failure(connection->shown, connection->error_number, mysql_sqlstate(connection->handle),
               mysql_error(connection->handle), sql, error);
    return false;
}

bool my_connection_send(struct connection *connection, const char *sql, size_t length,
                        struct error *error)
{
    connection->round_trips++;
    connection->error_number = 0;
    return mysql_real_query(connection->handle, sql, length) == 0 ||
           my_connection_fail(connection, NULL, error);
}

bool my_connection_more(struct connection *connection)
{
    return mysql_more_results(connection->handle);
}

enum my_answer my_connection_answer(struct connection *connection, bool next, MYSQL_RES **result,
                                    struct error *error)
{
    *result = NULL;
    if (next && mysql_next_result(connection->handle) > 0) {
        my_connection_fail(connection, NULL, error);
        return MY_ANSWER_FAILED;
    }
    *result = store_result(connection);
    if (*result)
        return MY_ANSWER_ROWS;
    if (mysql_errno(connection->handle) == 0)
        return MY_ANSWER_NONE;
    my_connection_fail(connection, NULL, error);
    return MY_ANSWER_FAILED;
}

/* Reads all answers; the last rows are *last's. The sum of the rows that statements changed, or -1. */
static long read_answers(struct connection *connection, MYSQL_RES **last, struct error *error)
{
    enum my_answer answer;
    long rows = 0;
    bool next = false;

    *last = NULL;
    do {
        MYSQL_RES *result;

        answer = my_connection_answer(connection, next, &result, error);
        next = true;
        if (result || answer == MY_ANSWER_FAILED) {
            my_result_free(*last);
            *last = result;
        } else {
            rows += (long)mysql_affected_rows(connection->handle);
        }
    } while (answer != MY_ANSWER_FAILED && my_connection_more(connection));
    return answer == MY_ANSWER_FAILED ? -1 : rows;
}

MYSQL_RES *my_connection_query(struct connection *connection, const char *sql, struct error *error)
{
    MYSQL_RES *last = NULL;

    if (!my_connection_send(connection, sql, strlen(sql), error))
        return NULL;
    if (read_answers(connection, &last, error) >= 0 && !last)
        error_set(error, ERROR_INTERNAL, "a query without rows");
    return last;
}

/* Runs statements, with the place of a fault in them. */
static long run(struct connection *connection, const char *sql, struct error *error)
{
    MYSQL_RES *last = NULL;
    long rows;

    connection->round_trips++;
    connection->error_number = 0;
    if (mysql_real_query(connection->handle, sql, strlen(sql)) != 0) {
        my_connection_fail(connection, sql, error);
        return -1;
    }
    rows = read_answers(connection, &last, error);
    my_result_free(last);
    return rows;
}

bool my_connection_execute(struct connection *connection, const char *sql, struct error *error)
{
    return run(connection, sql, error) >= 0;
}

/* The query, limited in its time in the way of the server. */
static char *limited_query(const struct connection *connection, struct arena *arena,
                           const char *sql, int milliseconds)
{
    struct buffer text = BUFFER_EMPTY;

    if (connection->flavor.vendor == MY_MARIADB)
        buffer_printf(&text, "SET STATEMENT max_statement_time = %d.%03d FOR %s",
                      milliseconds / 1000, milliseconds % 1000, sql);
    else
        buffer_printf(&text, "SELECT /*+ MAX_EXECUTION_TIME(%d) */%s", milliseconds,
                      sql + strlen("SELECT"));
    return buffer_take(&text, arena);
}

bool my_ask_rows(struct connection *connection, const char *sql, int milliseconds,
                 struct arena *arena, struct row_answer *answer, struct error *error)
{
    MYSQL_RES *result =
        my_connection_query(connection, limited_query(connection, arena, sql, milliseconds), error);
    MYSQL_ROW values = result ? mysql_fetch_row(result) : NULL;

    *answer = (struct row_answer){0};
    if (values && mysql_num_fields(result) == 2) {
        answer->count = values[0] ? strtoll(values[0], NULL, 10) : 0;
        answer->key = values[1] ? arena_strdup(arena, values[1]) : NULL;
    }
    my_result_free(result);
    return values != NULL;
}

bool my_run(struct connection *connection, const char *sql, struct statement_result *result,
            struct error *error)
{
    double start = clock_now();
    long rows = run(connection, sql, error);

    if (result) {
        result->seconds = clock_now() - start;
        result->rows = rows > 0 ? rows : 0;
    }
    return rows >= 0;
}

bool my_begin(struct connection *connection, struct error *error)
{
    return my_connection_execute(connection, "START TRANSACTION", error);
}

bool my_commit(struct connection *connection, struct error *error)
{
    return my_connection_execute(connection, "COMMIT", error);
}

void my_rollback(struct connection *connection)
{
    struct error ignored = {0};

    if (my_connection_in_transaction(connection))
        my_connection_execute(connection, "ROLLBACK", &ignored);
}

/* Locks by name belong to the server, so the name holds the database's; it has at most 64 characters. */
bool my_lock(struct connection *connection, bool *taken, struct error *error)
{
    MYSQL_RES *result =
        my_connection_query(connection, "SELECT GET_LOCK(" MY_LOCK_NAME ", 0)", error);
    MYSQL_ROW row = result ? mysql_fetch_row(result) : NULL;

    *taken = row && row[0] && row[0][0] == '1';
    my_result_free(result);
    return result != NULL;
}

const char *my_lock_timeout(struct arena *arena, int milliseconds)
{
    int seconds = milliseconds <= 1000 ? 1 : (milliseconds - 1) / 1000 + 1;

    return arena_printf(arena, "SET SESSION lock_wait_timeout = %d, innodb_lock_wait_timeout = %d",
                        seconds, seconds);
}

bool my_set_lock_timeout(struct connection *connection, int milliseconds, struct error *error)
{
    struct arena *scratch = arena_new();
    bool ok = my_connection_execute(connection, my_lock_timeout(scratch, milliseconds), error);

    arena_free(scratch);
    return ok;
}
