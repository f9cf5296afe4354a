/* What the server or the library complains about, as error values: which numbers mean what, where in the
 * statement the server saw the fault, and what to do about it. */
#include <stdlib.h>
#include <string.h>

#include "mysql/session/connect.h"

/* --- refused sessions ---------------------------------------------------------------------------- */

static const struct {
    unsigned int number;
    const char *hint;
} refusals[] = {
    {1040, "The server has no free connection: try again later."},
    {1203, "The user has as many connections as the server grants: try again later."},
    {1226, "The user has used up what the server grants: try again later."},
    {1044, "Grant the user privileges on the database, or check its name."},
    {1045, "Check the user and the password: in the URL, MYSQL_PWD, or an option file."},
    {1698,
     "The server does not know this user by a password: check the user, or how the server wants it "
     "to authenticate."},
    {1049, "Create the database first, or check its name."},
    {1129,
     "The server has blocked this host after many failures: mysqladmin flush-hosts frees it."},
    {1130, "The server lets nobody in from this host: check the host part of the user's account."},
    {1251, "The server wants an authentication that this client library does not know."},
    {1524, "The server lacks the plugin by which the user is to authenticate."},
    {1820, "The user's password has expired: set a new one with an ordinary client."},
    {1862, "The user's password has expired: set a new one with an ordinary client."},
    {3118, "The account is locked."},
    {4151, "The account is locked."},
    {3159, "The server wants TLS: add ?ssl-mode=REQUIRED to the URL."},
    {2002, "Check host and port (or socket), and that the server runs."},
    {2003, "Check host and port, and that the server runs."},
    {2005, "Check the host's name."},
    {2026, "Check ssl-mode, ssl-ca, ssl-cert and ssl-key."},
    {2049, "The server wants an authentication that this client library does not know."},
    {2059, "The client library lacks the plugin by which the user is to authenticate."},
    {2061, "The server wants a secure connection: add ?ssl-mode=REQUIRED to the URL."},
    {2012, "Check that a MySQL or MariaDB server listens there."},
    {2013, "Check that a MySQL or MariaDB server listens there, and that it is well."},
    {0, "Check the URL; option files and MYSQL_PWD count too."}};

void my_refusal(const char *shown, unsigned int number, const char *message, struct error *error)
{
    size_t i = 0;

    while (refusals[i].number && refusals[i].number != number)
        i++;
    error_set(error, ERROR_CONNECTION, "cannot connect to \"%s\": %s", shown, message);
    error_hint(error, "%s", refusals[i].hint);
}

/* --- failed statements --------------------------------------------------------------------------- */

/* Numbers of the same meaning; the list ends with 0. */
struct meaning {
    enum error_code code;
    const char *hint; /* NULL: the message says it all */
    unsigned int numbers[9];
};

static const struct meaning meanings[] = {
    {ERROR_LOCKED, /* lock wait timeout, deadlock, locks of users, NOWAIT */
     "Another session holds a lock on it; try again, or raise the lock timeout.",
     {1205, 1213, 3058, 3132, 3572}},
    {ERROR_CANCELLED, NULL, {1317}},
    {ERROR_CONNECTION, /* gone, lost, shut down, killed */
     NULL,
     {2006, 2013, 2055, 1053, 1152, 1158, 1160, 1927}},
    {ERROR_SERVER, /* access denied: to databases, objects, columns, by missing privileges */
     "Connect as a user that has the privilege.",
     {1044, 1142, 1143, 1227, 1370, 1419, 3530}},
    {ERROR_SERVER,
     "The server, or this session, only reads: connect to the primary.",
     {1290, 1792, 1836}},
    {ERROR_SERVER, "Raise max_allowed_packet on the server.", {1153, 2020}}};

static const struct meaning *find_meaning(unsigned int number)
{
    for (size_t i = 0; i < sizeof(meanings) / sizeof(*meanings); i++)
        for (size_t j = 0; meanings[i].numbers[j]; j++)
            if (meanings[i].numbers[j] == number)
                return &meanings[i];
    return NULL;
}

static const char *start_of_line(const char *text, long line)
{
    while (text && line-- > 1) {
        text = strchr(text, '\n');
        text += text != NULL;
    }
    return text;
}

/* "... near 'REST' at line N": the statement from the fault on (or 80 characters of it), and the line of
 * the statement. At its end REST is empty. */
static void place_fault(const char *message, const char *sql, struct error *error)
{
    static const char before[] = "near '";
    const char *near = strstr(message, before);
    const char *line = NULL;
    const char *fault;
    char rest[512];
    size_t length;

    for (const char *at = near; at && (at = strstr(at, "' at line ")) != NULL; at++)
        line = at;
    if (!line)
        return;
    near += sizeof(before) - 1;
    length = (size_t)(line - near);
    fault = start_of_line(sql, strtol(line + strlen("' at line "), NULL, 10));
    if (!fault || length >= sizeof(rest))
        return;
    memcpy(rest, near, length);
    rest[length] = '\0';
    fault = length ? strstr(fault, rest) : sql + strlen(sql);
    if (fault)
        error_place(error, "", sql, strlen(sql), (size_t)(fault - sql));
}

void my_failure(const char *shown, unsigned int number, const char *state, const char *message,
                const char *sql, struct error *error)
{
    const struct meaning *meaning = find_meaning(number);

    if (meaning && meaning->code == ERROR_CONNECTION)
        error_set(error, ERROR_CONNECTION, "the connection to \"%s\" was lost: %s", shown, message);
    else
        error_set(error, meaning ? meaning->code : ERROR_SERVER, "%s (error %u, SQLSTATE %s)",
                  message, number, state);
    if (meaning && meaning->hint)
        error_hint(error, "%s", meaning->hint);
    if (sql)
        place_fault(message, sql, error);
}
