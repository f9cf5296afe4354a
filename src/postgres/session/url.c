/* URLs and connection strings: telling them from file names, and showing them without secrets. */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "core/url.h"
#include "postgres/session/connect.h"

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

bool pg_url_holds_secret(const char *url)
{
    struct arena *arena = arena_new();
    bool holds = strstr(url_without_secrets(arena, url), "***") != NULL;

    arena_free(arena);
    return holds;
}
