/* Connection URLs: mysql://user:password@host:port/database?name=value&..., or mariadb:// likewise. What
 * is not said is left to option files and the library. No message repeats a part of the URL that
 * could be a piece of a password. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/url.h"
#include "core/url_foreign.h"
#include "mysql/session/connect.h"

/* What stands behind the scheme and its slashes; NULL: it is no URL. */
static const char *behind_scheme(const char *text)
{
    static const char *const schemes[] = {"mysql", "mariadb", NULL};

    for (size_t i = 0; schemes[i]; i++) {
        const char *rest = url_behind_scheme(text, schemes[i]);

        if (rest && strncmp(rest, "//", 2) == 0)
            return rest + 2;
    }
    return NULL;
}

bool my_is_url(const char *text)
{
    return behind_scheme(text) != NULL;
}

/* --- parts --------------------------------------------------------------------------------------- */

struct reader {
    struct arena *arena;
    const char *shown;
    struct error *error;
};

static bool malformed(struct reader *reader, const char *what)
{
    error_set(reader->error, ERROR_CONNECTION, "malformed connection URL \"%s\": %s", reader->shown,
              what);
    error_hint(
        reader->error,
        "It is mysql://user@host:3306/database?ssl-mode=REQUIRED, with :password behind the user; "
        "special characters of the password are written %%40 for @, %%2F for /, %%3A for :, %%3F for ?, %%23 for #, "
        "%%25 for %%.");
    return false;
}

static int hex_digit(char character)
{
    if (isdigit((unsigned char)character))
        return character - '0';
    return isxdigit((unsigned char)character) ? tolower((unsigned char)character) - 'a' + 10 : -1;
}

/* The length bytes with their %XX decoded; NULL with an error. */
static const char *decode(struct reader *reader, const char *text, size_t length)
{
    char *decoded = arena_strndup(reader->arena, text, length);
    char *to = decoded;

    for (const char *from = decoded; *from; to++) {
        int value = 0;

        if (*from != '%') {
            *to = *from++;
            continue;
        }
        if (hex_digit(from[1]) >= 0 && hex_digit(from[2]) >= 0)
            value = hex_digit(from[1]) * 16 + hex_digit(from[2]);
        if (!value) {
            malformed(reader, "a % without two hexadecimal digits");
            return NULL;
        }
        *to = (char)value;
        from += 3;
    }
    *to = '\0';
    return decoded;
}

/* The same, and NULL where there is nothing. False with an error. */
static bool decode_part(struct reader *reader, const char *text, size_t length, const char **part)
{
    if (length == 0)
        return true;
    *part = decode(reader, text, length);
    return *part != NULL;
}

static bool take_login(struct reader *reader, const char *text, const char *end,
                       struct my_url *parsed)
{
    const char *colon = memchr(text, ':', (size_t)(end - text));

    if (!decode_part(reader, text, (size_t)((colon ? colon : end) - text), &parsed->user))
        return false;
    if (!colon)
        return true;
    parsed->password = decode(reader, colon + 1, (size_t)(end - colon - 1));
    return parsed->password != NULL;
}

static bool take_number(const char *text, size_t length, unsigned long most, unsigned int *number)
{
    unsigned long value = 0;

    if (length == 0 || length > 9)
        return false;
    for (size_t i = 0; i < length; i++) {
        if (!isdigit((unsigned char)text[i]))
            return false;
        value = value * 10 + (unsigned long)(text[i] - '0');
    }
    *number = (unsigned int)value;
    return value > 0 && value <= most;
}

static bool take_host(struct reader *reader, const char *text, size_t length, struct my_url *parsed)
{
    const char *bracket = *text == '[' ? memchr(text, ']', length) : NULL;
    const char *from = bracket ? bracket : text;
    const char *colon = memchr(from, ':', length - (size_t)(from - text));
    size_t host = colon ? (size_t)(colon - text) : length;

    if (colon && !take_number(colon + 1, length - host - 1, 65535, &parsed->port))
        return malformed(reader, "the port is not a number from 1 to 65535");
    if (bracket)
        return decode_part(reader, text + 1, (size_t)(bracket - text - 1), &parsed->host);
    if (memchr(text, '@', host))
        return malformed(reader, "an @ in the host");
    return decode_part(reader, text, host, &parsed->host);
}

/* --- parameters ---------------------------------------------------------------------------------- */

static const char *const ssl_modes[] = {"DISABLED",  "PREFERRED",       "REQUIRED",
                                        "VERIFY_CA", "VERIFY_IDENTITY", NULL};

/* Whatever the case, "_" and "-" are one, as in option files. */
static bool names_equal(const char *text, size_t length, const char *name)
{
    for (size_t i = 0; i < length; i++) {
        char character = text[i] == '_' ? '-' : (char)tolower((unsigned char)text[i]);

        if (character != (name[i] == '_' ? '-' : (char)tolower((unsigned char)name[i])))
            return false;
    }
    return name[length] == '\0';
}

static bool take_ssl_mode(struct reader *reader, struct my_url *parsed)
{
    for (size_t i = 0; ssl_modes[i]; i++)
        if (names_equal(parsed->ssl_mode, strlen(parsed->ssl_mode), ssl_modes[i])) {
            parsed->ssl_mode = ssl_modes[i];
            return true;
        }
    return malformed(reader, "ssl-mode is DISABLED, PREFERRED, REQUIRED, VERIFY_CA or "
                             "VERIFY_IDENTITY");
}

static bool take_parameter(struct reader *reader, const char *text, size_t length,
                           struct my_url *parsed)
{
    const struct {
        const char *name;
        const char **part;
    } names[] = {{"socket", &parsed->socket},     {"ssl-mode", &parsed->ssl_mode},
                 {"ssl-ca", &parsed->ssl_ca},     {"ssl-cert", &parsed->ssl_cert},
                 {"ssl-key", &parsed->ssl_key},   {"defaults-file", &parsed->defaults_file},
                 {"password", &parsed->password}, {"user", &parsed->user}};
    const char *equals = memchr(text, '=', length);
    size_t name = equals ? (size_t)(equals - text) : length;
    size_t value = equals ? length - name - 1 : 0;

    if (names_equal(text, name, "connect-timeout"))
        return (equals && take_number(equals + 1, value, 86400, &parsed->connect_timeout)) ||
               malformed(reader, "connect-timeout is a number of seconds");
    for (size_t i = 0; equals && i < sizeof(names) / sizeof(*names); i++)
        if (names_equal(text, name, names[i].name))
            return decode_part(reader, equals + 1, value, names[i].part) &&
                   (names[i].part != &parsed->ssl_mode || !value || take_ssl_mode(reader, parsed));
    return malformed(reader, "the parameters are socket, ssl-mode, ssl-ca, ssl-cert, ssl-key, "
                             "defaults-file, connect-timeout");
}

static bool take_parameters(struct reader *reader, const char *text, struct my_url *parsed)
{
    while (*text) {
        size_t length = strcspn(text, "&");

        if (length && !take_parameter(reader, text, length, parsed))
            return false;
        text += length;
        text += *text == '&';
    }
    return true;
}

/* What JDBC, Prisma, SQLAlchemy, Rails, Doctrine and Go put into URLs. */
static const struct url_rule rules[] = {{"sslmode", URL_RENAMED, "ssl-mode"},
                                        {"usessl", URL_FLAG, "ssl-mode=REQUIRED"},
                                        {"requiressl", URL_FLAG, "ssl-mode=REQUIRED"},
                                        {"tls", URL_FLAG, "ssl-mode=VERIFY_IDENTITY"},
                                        {"connecttimeout", URL_UNUSED, NULL}, /* in milliseconds */
                                        {"sslca", URL_RENAMED, "ssl-ca"},
                                        {"sslcert", URL_RENAMED, "ssl-cert"},
                                        {"unix_socket", URL_RENAMED, "socket"},
                                        {"servertimezone", URL_UNUSED, NULL},
                                        {"connectiontimezone", URL_UNUSED, NULL},
                                        {"useunicode", URL_UNUSED, NULL},
                                        {"characterencoding", URL_UNUSED, NULL},
                                        {"autoreconnect", URL_UNUSED, NULL},
                                        {"reconnect", URL_UNUSED, NULL},
                                        {"allowpublickeyretrieval", URL_UNUSED, NULL},
                                        {"rewritebatchedstatements", URL_UNUSED, NULL},
                                        {"zerodatetimebehavior", URL_UNUSED, NULL},
                                        {"parsetime", URL_UNUSED, NULL},
                                        {"loc", URL_UNUSED, NULL},
                                        {"charset", URL_UNUSED, NULL},
                                        {"encoding", URL_UNUSED, NULL},
                                        {"collation", URL_UNUSED, NULL},
                                        {"serverversion", URL_UNUSED, NULL},
                                        {"multistatements", URL_UNUSED, NULL},
                                        {"connection_limit", URL_UNUSED, NULL},
                                        {"pool_timeout", URL_UNUSED, NULL},
                                        {"pool", URL_UNUSED, NULL},
                                        {"socket_timeout", URL_UNUSED, NULL},
                                        {NULL, URL_UNUSED, NULL}};

bool my_url_parse(struct arena *arena, const char *url, struct my_url *parsed, struct error *error)
{
    struct reader reader = {
        .arena = arena, .shown = url_without_secrets(arena, url), .error = error};
    const char *rest = url_translate(arena, behind_scheme(url), rules, reader.shown, error);
    const char *login_end = rest ? url_login_end(rest) : NULL;
    size_t length;

    *parsed = (struct my_url){0};
    if (!rest)
        return false;
    if (login_end && !take_login(&reader, rest, login_end, parsed))
        return false;
    rest = login_end ? login_end + 1 : rest;
    length = strcspn(rest, "/?");
    if (!take_host(&reader, rest, length, parsed))
        return false;
    rest += length;
    if (*rest == '/') {
        length = strcspn(++rest, "?");
        if (memchr(rest, '/', length))
            return malformed(&reader, "a / in the database's name");
        if (!decode_part(&reader, rest, length, &parsed->database))
            return false;
        rest += length;
    }
    return *rest != '?' || take_parameters(&reader, rest + 1, parsed);
}
