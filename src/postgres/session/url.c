/* URLs and connection strings: telling them from file names, and showing them without secrets. */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "core/operation.h"
#include "core/text/nearest.h"
#include "core/url.h"
#include "core/url_foreign.h"
#include "postgres/session/connect.h"

static const char *const schemes[] = {"postgresql", "postgres", NULL};

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

/* What stands behind the scheme; JDBC may name the database alone. NULL: it is no URL. */
static const char *behind_scheme(const char *text)
{
    for (size_t i = 0; schemes[i]; i++) {
        const char *rest = url_behind_scheme(text, schemes[i]);

        if (rest && (strncmp(rest, "//", 2) == 0 || strncasecmp(text, "jdbc:", 5) == 0))
            return rest;
    }
    return NULL;
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

    if (behind_scheme(text))
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

static const char own_session[] =
    "plumb locks and sets for the whole of its session: give it the URL that leads past the pooler (Prisma's directUrl).";
static const char schemas[] =
    "Leave it out and add --schema NAME; search_path in its place sets the search path.";

/* What Prisma, JDBC, SQLAlchemy, asyncpg, Rails, Django and Doctrine put into URLs. */
static const struct url_rule rules[] = {{"search_path", URL_SETTING, "search_path"},
                                        {"currentschema", URL_SETTING, "search_path"},
                                        {"schema_search_path", URL_SETTING, "search_path"},
                                        {"schema", URL_REFUSED, schemas},
                                        {"pgbouncer", URL_REFUSED, own_session},
                                        {"ssl", URL_FLAG, "sslmode=require"},
                                        {"applicationname", URL_RENAMED, "application_name"},
                                        {"connecttimeout", URL_RENAMED, "connect_timeout"},
                                        {"logintimeout", URL_RENAMED, "connect_timeout"},
                                        {"sslrootcertificate", URL_RENAMED, "sslrootcert"},
                                        {"connection_limit", URL_UNUSED, NULL},
                                        {"pool_timeout", URL_UNUSED, NULL},
                                        {"pool", URL_UNUSED, NULL},
                                        {"pool_size", URL_UNUSED, NULL},
                                        {"max_overflow", URL_UNUSED, NULL},
                                        {"socket_timeout", URL_UNUSED, NULL},
                                        {"sockettimeout", URL_UNUSED, NULL},
                                        {"checkout_timeout", URL_UNUSED, NULL},
                                        {"statement_cache_size", URL_UNUSED, NULL},
                                        {"prepared_statement_cache_size", URL_UNUSED, NULL},
                                        {"prepared_statements", URL_UNUSED, NULL},
                                        {"preparethreshold", URL_UNUSED, NULL},
                                        {"rewritebatchedinserts", URL_UNUSED, NULL},
                                        {"stringtype", URL_UNUSED, NULL},
                                        {"encoding", URL_UNUSED, NULL},
                                        {"charset", URL_UNUSED, NULL},
                                        {"serverversion", URL_UNUSED, NULL},
                                        {"async_fallback", URL_UNUSED, NULL},
                                        {"conn_max_age", URL_UNUSED, NULL},
                                        {NULL, URL_UNUSED, NULL}};

const char *pg_url_plain(struct arena *arena, const char *url, const char *shown,
                         struct error *error)
{
    const char *rest = behind_scheme(url);

    if (!rest)
        return url;
    return url_translate(
        arena,
        arena_printf(arena, "postgresql:%s%s", strncmp(rest, "//", 2) == 0 ? "" : "///", rest),
        rules, shown, error);
}

static bool is_known(const PQconninfoOption *known, const char *name)
{
    if (strcmp(name, "ssl") == 0) /* which libpq takes as JDBC means it */
        return true;
    for (; known->keyword; known++)
        if (strcmp(known->keyword, name) == 0)
            return true;
    return false;
}

static const char *nearest_keyword(struct arena *arena, const PQconninfoOption *known,
                                   const char *name)
{
    struct text_list names = {0};

    for (; known->keyword; known++)
        text_list_add(&names, arena, known->keyword);
    return arena_strdup(arena, nearest_name(name, names.items, names.count));
}

static void release_options(void *options)
{
    PQconninfoFree(options);
}

const char *pg_url_unknown(struct arena *arena, const char *url, const char **nearest)
{
    const char *login_end = url_login_end(url);
    const char *at = behind_scheme(url) ? strchr(login_end ? login_end : url, '?') : NULL;
    PQconninfoOption *known = at ? operation_hold(PQconndefaults(), release_options) : NULL;
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";
    const char *unknown = NULL;

    *nearest = NULL;
    while (known && at && !unknown) {
        const char *name = arena_strndup(arena, at + 1, strcspn(at + 1, "=&"));

        if (name[strspn(name, letters)]) /* no name: perhaps a part of a password */
            break;
        if (*name && !is_known(known, name))
            unknown = name;
        at = strchr(at + 1, '&');
    }
    if (unknown)
        *nearest = nearest_keyword(arena, known, unknown);
    operation_drop(known);
    PQconninfoFree(known);
    return unknown;
}
