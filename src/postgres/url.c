/* URLs and connection strings: telling them from file names, and showing them without secrets. */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "core/url.h"
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
        if (url_is_secret_name(text, length))
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
        url_append_shown(&shown, url, prefix);
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
