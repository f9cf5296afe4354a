/* URLs and connection strings: telling them from file names, and showing them without secrets. The
 * rule here is to hide too much rather than too little: a password whose special characters were not
 * escaped must not come out in pieces. */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "core/buffer.h"
#include "postgres/connect.h"

static const char *const url_prefixes[] = {"postgres://", "postgresql://", NULL};

/* The keywords with which a connection string may begin. */
static const char *const keywords[] = {"application_name",
                                       "channel_binding",
                                       "client_encoding",
                                       "connect_timeout",
                                       "dbname",
                                       "fallback_application_name",
                                       "gssencmode",
                                       "host",
                                       "hostaddr",
                                       "keepalives",
                                       "krbsrvname",
                                       "load_balance_hosts",
                                       "options",
                                       "passfile",
                                       "password",
                                       "port",
                                       "replication",
                                       "require_auth",
                                       "service",
                                       "servicefile",
                                       "sslcert",
                                       "sslcompression",
                                       "sslcrl",
                                       "sslkey",
                                       "sslmode",
                                       "sslnegotiation",
                                       "sslpassword",
                                       "sslrootcert",
                                       "sslsni",
                                       "target_session_attrs",
                                       "tcp_user_timeout",
                                       "user",
                                       NULL};

static size_t url_prefix_length(const char *text)
{
    for (size_t i = 0; url_prefixes[i]; i++)
        if (strncasecmp(text, url_prefixes[i], strlen(url_prefixes[i])) == 0)
            return strlen(url_prefixes[i]);
    return 0;
}

static size_t keyword_length(const char *text)
{
    size_t length = 0;

    while (islower((unsigned char)text[length]) || text[length] == '_')
        length++;
    return length;
}

static bool is_keyword(const char *text, size_t length)
{
    for (size_t i = 0; keywords[i]; i++)
        if (strlen(keywords[i]) == length && strncmp(keywords[i], text, length) == 0)
            return true;
    return false;
}

bool pg_is_url(const char *text)
{
    size_t length;

    if (url_prefix_length(text))
        return true;
    text += strspn(text, " \t\n");
    length = keyword_length(text);
    if (!is_keyword(text, length))
        return false;
    text += length;
    return text[strspn(text, " \t\n")] == '=';
}

/* True for keywords whose value nobody may see: password, sslpassword, scram_client_key,
 * scram_server_key, oauth_client_secret, and whatever is called like them. */
static bool is_secret_keyword(const char *text, size_t length)
{
    static const char *const parts[] = {
        "password", "passwd", "pwd", "secret",
        "_key",     "token",  "%",   NULL}; /* %: an escaped name, which may be any */

    for (size_t i = 0; parts[i]; i++) {
        size_t part = strlen(parts[i]);

        for (size_t at = 0; at + part <= length; at++)
            if (strncasecmp(text + at, parts[i], part) == 0)
                return true;
    }
    return false;
}

/* The end of the user and password: the last "@" before the parameters. A "?" in a password that was
 * not escaped hides the "@" behind it: then the last "@" of all counts, if a ":" in front of it could
 * begin a password. */
static const char *end_of_login(const char *rest)
{
    const char *parameters = strchr(rest, '?');
    const char *colon = strchr(rest, ':');
    const char *end = NULL;

    for (const char *at = strchr(rest, '@'); at; at = strchr(at + 1, '@'))
        if (!parameters || at < parameters)
            end = at;
    if (end || !colon || !parameters || colon > parameters)
        return end;
    /* host:5432/name?... is plain; user:secret?... is not. */
    colon++;
    colon += strspn(colon, "0123456789");
    if (*colon == '/' || *colon == ',' || *colon == '?')
        return NULL;
    return strrchr(rest, '@');
}

static void append_parameters(struct buffer *shown, const char *parameters)
{
    while (*parameters) {
        size_t length = strcspn(parameters, "&");
        const char *equals = memchr(parameters, '=', length);

        if (equals && is_secret_keyword(parameters, (size_t)(equals - parameters))) {
            buffer_append_bytes(shown, parameters, (size_t)(equals - parameters));
            buffer_append(shown, "=***");
        } else {
            buffer_append_bytes(shown, parameters, length);
        }
        parameters += length;
        if (*parameters == '&') {
            buffer_append_char(shown, '&');
            parameters++;
        }
    }
}

static void append_url(struct buffer *shown, const char *url, size_t prefix)
{
    const char *rest = url + prefix;
    const char *login_end = end_of_login(rest);
    const char *parameters;

    buffer_append_bytes(shown, url, prefix);
    if (login_end) {
        const char *colon = memchr(rest, ':', (size_t)(login_end - rest));

        buffer_append_bytes(shown, rest, (size_t)((colon ? colon : login_end) - rest));
        if (colon)
            buffer_append(shown, ":***");
        rest = login_end;
    }
    parameters = strchr(rest, '?');
    if (!parameters) {
        buffer_append(shown, rest);
        return;
    }
    buffer_append_bytes(shown, rest, (size_t)(parameters + 1 - rest));
    append_parameters(shown, parameters + 1);
}

/* The end of a value in a connection string: quoted, or up to white space; "\" escapes. */
static const char *end_of_value(const char *value)
{
    bool quoted = *value == '\'';

    if (quoted)
        value++;
    for (; *value; value++) {
        if (*value == '\\' && value[1])
            value++;
        else if (quoted && *value == '\'')
            return value + 1;
        else if (!quoted && isspace((unsigned char)*value))
            return value;
    }
    return value;
}

static void append_connection_string(struct buffer *shown, const char *text)
{
    for (text += strspn(text, " \t\n"); *text; text += strspn(text, " \t\n")) {
        size_t length = strcspn(text, "= \t\n");
        const char *value = text + length + strspn(text + length, " \t\n");
        const char *end;

        buffer_separate(shown, 0, " ");
        if (*value != '=') { /* a word without a value: perhaps the rest of an unquoted password */
            buffer_append(shown, "***");
            return;
        }
        value++;
        value += strspn(value, " \t\n");
        end = end_of_value(value);
        buffer_append_bytes(shown, text, length);
        buffer_append_char(shown, '=');
        if (is_secret_keyword(text, length))
            buffer_append(shown, "***");
        else
            buffer_append_bytes(shown, value, (size_t)(end - value));
        text = end;
    }
}

const char *pg_url_without_secrets(struct arena *arena, const char *url)
{
    struct buffer shown = BUFFER_EMPTY;
    size_t prefix = url_prefix_length(url);

    if (prefix)
        append_url(&shown, url, prefix);
    else if (!strchr(url, '='))
        buffer_append(&shown, url);
    else
        append_connection_string(&shown, url);
    return buffer_take(&shown, arena);
}

bool pg_url_holds_secret(const char *url)
{
    struct arena *arena = arena_new();
    bool holds = strstr(pg_url_without_secrets(arena, url), "***") != NULL;

    arena_free(arena);
    return holds;
}
