/* A connection to a MySQL or MariaDB server: what the catalog reader and the asking layer need of it
 * besides the functions of mysql.h. */
#ifndef PLUMB_MYSQL_SESSION_CONNECT_H
#define PLUMB_MYSQL_SESSION_CONNECT_H

#include <mysql.h>

#include "dialect/dialect.h"
#include "mysql/facts/flavor.h"

/* The oldest servers that plumb works with. */
enum { MY_OLDEST_MYSQL = 80000, MY_OLDEST_MARIADB = 100600 };

/* An expression for the name of the lock that keeps two applies to one database apart: at most 64
 * characters. */
#define MY_LOCK_NAME                                                                               \
    "CONCAT('plumb:', IF(CHAR_LENGTH(COALESCE(DATABASE(), '')) <= 58, COALESCE(DATABASE(), ''),"   \
    " LEFT(SHA2(DATABASE(), 256), 58)))"

/* A URL in its parts, decoded. NULL: not said there, so that option files, the environment and the
 * library's own defaults count. */
struct my_url {
    const char *user;
    const char *password;
    const char *host;
    unsigned int port; /* 0: not said */
    const char *database;
    const char *socket;
    const char
        *ssl_mode; /* upper case: DISABLED, PREFERRED, REQUIRED, VERIFY_CA, VERIFY_IDENTITY */
    const char *ssl_ca;
    const char *ssl_cert;
    const char *ssl_key;
    const char *defaults_file;
    unsigned int connect_timeout; /* seconds; 0: not said */
};

struct connection {
    MYSQL *handle;
    const char *shown; /* the URL without its secrets */
    struct my_url url;
    struct my_flavor flavor;
    const char *database;     /* the one in use; NULL: none */
    const char *current_user; /* "root@localhost" */
    const char *global_sql_mode;
    bool read_only;
    unsigned int error_number; /* of the last statement that failed, 0 after one that did not */
    long round_trips;          /* since the connection was made */
    struct my_canceller *canceller;
    struct arena *arena;
};

/* --- url.c --------------------------------------------------------------------------------------- */

/* Takes a URL apart; the texts lie in the arena. False with an error that holds no secret. */
bool my_url_parse(struct arena *arena, const char *url, struct my_url *parsed, struct error *error);

/* --- connect.c ----------------------------------------------------------------------------------- */

/* Opens a session with what the URL and the option files say; NULL with an error. mysql_close ends it;
 * takes no memory of ours. */
MYSQL *my_connection_open(const struct my_url *url, const char *shown, struct error *error);

/* Sends one statement, or several in one string, without reading an answer. */
bool my_connection_send(struct connection *connection, const char *sql, size_t length,
                        struct error *error);

/* What came of a statement. */
enum my_answer {
    MY_ANSWER_FAILED, /* with an error; nothing of the same string is run after it */
    MY_ANSWER_NONE,   /* a statement without rows */
    MY_ANSWER_ROWS    /* *result is to be freed with my_result_free */
};

/* The answer to the first (or, with next, the following) statement of what was sent. Call it while
 * my_connection_more says so: an unread answer blocks the connection. */
enum my_answer my_connection_answer(struct connection *connection, bool next, MYSQL_RES **result,
                                    struct error *error);
bool my_connection_more(struct connection *connection);

/* NULL is allowed. */
void my_result_free(MYSQL_RES *result);

/* Reads and forgets all answers that are still to come, so that the connection can be used again. */
void my_connection_drain(struct connection *connection);

/* Runs statements whose results do not matter. */
bool my_connection_execute(struct connection *connection, const char *sql, struct error *error);

/* Runs statements, of which the last gives rows; NULL with an error. */
MYSQL_RES *my_connection_query(struct connection *connection, const char *sql, struct error *error);

/* Fills the error from the failed handle. sql is the statement's text, so that the place can be told;
 * NULL where it is not the user's. Always gives false. */
bool my_connection_fail(struct connection *connection, const char *sql, struct error *error);

/* True while a transaction is open. */
bool my_connection_in_transaction(const struct connection *connection);

/* --- connect_error.c ----------------------------------------------------------------------------- */

/* Fills the error for a session that the server or the library refused. */
void my_refusal(const char *shown, unsigned int number, const char *message, struct error *error);

/* Fills the error for a statement that failed. sql as above. */
void my_failure(const char *shown, unsigned int number, const char *state, const char *message,
                const char *sql, struct error *error);

/* --- cancel.c ------------------------------------------------------------------------------------ */

/* A thread that waits to be told to cancel what the session with that number runs; NULL where there can be
 * none. The URL must outlive it. */
struct my_canceller *my_canceller_new(const struct my_url *url, unsigned long session);

/* Tells it, and waits a moment until that is done; a signal handler may call it. */
void my_canceller_tell(struct my_canceller *canceller);

/* Ends the thread, and waits for it. NULL is allowed. */
void my_canceller_free(struct my_canceller *canceller);

/* --- functions of the dialect (dialect.h): connect.c, url.c --- */

bool my_begin_client(void);
void my_end_client(void);
void my_end_thread(void);
struct connection *my_connect(const char *url, struct error *error);
void my_close(struct connection *connection);
bool my_begin(struct connection *connection, struct error *error);
bool my_commit(struct connection *connection, struct error *error);
void my_rollback(struct connection *connection);
bool my_ask_rows(struct connection *connection, const char *sql, int milliseconds,
                 struct arena *arena, struct row_answer *answer, struct error *error);
bool my_run(struct connection *connection, const char *sql, struct statement_result *result,
            struct error *error);
bool my_lock(struct connection *connection, bool *taken, struct error *error);
/* The statement for it, in the arena: whole seconds, and one at least. */
const char *my_lock_timeout(struct arena *arena, int milliseconds);
bool my_set_lock_timeout(struct connection *connection, int milliseconds, struct error *error);
void my_cancel(struct connection *connection);
int my_server_version(const struct connection *connection);
bool my_read_only(const struct connection *connection);
bool my_is_url(const char *text);

/* blocker.c: who holds locks on the object; for dialect_locking. */
const char *my_blockers(struct connection *connection, const struct object *object,
                        struct arena *arena);

#endif
