/* Texts without secrets. The rule here is to hide too much rather than too little: a password whose
 * special characters were not escaped must not come out in pieces, nor one behind a mistyped scheme. */
#include "core/url.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "core/buffer.h"

static const char hidden[] = "***";

/* --- names ----------------------------------------------------------------------------------- */

/* Is one of the NULL-terminated names, whatever the case, "-" and "_" being one. */
static bool is_one_of(const char *text, size_t length, const char *const *names)
{
    for (; *names; names++) {
        size_t i = 0;

        while (i < length && (*names)[i] &&
               (*names)[i] == (text[i] == '-' ? '_' : (char)tolower((unsigned char)text[i])))
            i++;
        if (i == length && !(*names)[i])
            return true;
    }
    return false;
}

bool is_secret_name(const char *text, size_t length)
{
    static const char *const parts[] = {"password", "passwd", "passwort", "passphrase", "pwd",
                                        "secret",   "token",  "_key",     "apikey",     NULL};

    for (size_t i = 0; parts[i]; i++) {
        size_t part = strlen(parts[i]);

        for (size_t at = 0; at + part <= length; at++)
            if (strncasecmp(text + at, parts[i], part) == 0)
                return true;
    }
    return false;
}

/* Parameters whose values may be seen; all others are hidden, so that a mistyped "pasword" is too.
 * "options" may set whatever is secret, and "passfile" says where passwords are. */
static bool is_harmless_parameter(const char *name, size_t length)
{
    static const char *const names[] = {"application_name",
                                        "channel_binding",
                                        "charset",
                                        "client_encoding",
                                        "connect_timeout",
                                        "connection_limit",
                                        "currentschema",
                                        "dbname",
                                        "defaults_file",
                                        "fallback_application_name",
                                        "gssencmode",
                                        "host",
                                        "hostaddr",
                                        "keepalives",
                                        "keepalives_count",
                                        "keepalives_idle",
                                        "keepalives_interval",
                                        "krbsrvname",
                                        "load_balance_hosts",
                                        "pgbouncer",
                                        "port",
                                        "replication",
                                        "require_auth",
                                        "schema",
                                        "search_path",
                                        "service",
                                        "servicefile",
                                        "socket",
                                        "ssl_ca",
                                        "ssl_cert",
                                        "ssl_key",
                                        "ssl_max_protocol_version",
                                        "ssl_min_protocol_version",
                                        "ssl_mode",
                                        "sslcert",
                                        "sslcompression",
                                        "sslcrl",
                                        "sslcrldir",
                                        "sslkey",
                                        "sslmode",
                                        "sslnegotiation",
                                        "sslrootcert",
                                        "sslsni",
                                        "target_session_attrs",
                                        "tcp_user_timeout",
                                        "user",
                                        NULL};

    return is_one_of(name, length, names);
}

/* The length of "postgresql:" at the start, 0 where there is no scheme. One letter is a drive. */
static size_t scheme_length(const char *text, size_t most)
{
    size_t length = 0;

    if (!isalpha((unsigned char)*text))
        return 0;
    while (length < most &&
           (isalnum((unsigned char)text[length]) || (text[length] && strchr("+-._", text[length]))))
        length++;
    return length > 1 && length < most && text[length] == ':' ? length + 1 : 0;
}

/* --- URLs ------------------------------------------------------------------------------------ */

/* The end of the user and password: the last "@" before the parameters. A "?" in a password that was
 * not escaped hides the "@" behind it: then the last "@" of all counts, if a ":" in front of it could
 * begin a password. */
const char *url_login_end(const char *rest)
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

/* "user" of "user:password@"; a user with an "@" in it may be a password whose colon is missing. */
static void append_login(struct buffer *shown, const char *login, size_t length, bool known)
{
    const char *colon = memchr(login, ':', length);
    size_t user = colon ? (size_t)(colon - login) : length;

    if (memchr(login, '@', user) || (!colon && !known))
        buffer_append(shown, hidden);
    else
        buffer_append_bytes(shown, login, user);
    if (colon)
        buffer_printf(shown, ":%s", hidden);
}

/* Hosts with ports, a path: what follows a ":" and is no number may be the password of a URL that lacks
 * its host. */
static void append_place(struct buffer *shown, const char *place, size_t length)
{
    const char *end = place + length;
    const char *bracket = memchr(place, ']', length);

    for (const char *colon = bracket ? bracket : place;
         (colon = memchr(colon, ':', (size_t)(end - colon))) != NULL;) {
        const char *after = ++colon;

        while (after < end && isdigit((unsigned char)*after))
            after++;
        if (after == end || (after > colon && strchr("/,", *after)))
            continue;
        buffer_append_bytes(shown, place, (size_t)(colon - place));
        buffer_append(shown, hidden);
        return;
    }
    buffer_append_bytes(shown, place, length);
}

static void append_parameters(struct buffer *shown, const char *parameters)
{
    while (*parameters) {
        size_t length = strcspn(parameters, "&;");
        const char *equals = memchr(parameters, '=', length);
        size_t name = equals ? (size_t)(equals - parameters) : 0;

        if (equals && is_harmless_parameter(parameters, name)) {
            buffer_append_bytes(shown, parameters, length);
        } else {
            buffer_append_bytes(shown, parameters, equals ? name + 1 : 0);
            if (length)
                buffer_append(shown, hidden);
        }
        parameters += length;
        if (*parameters)
            buffer_append_char(shown, *parameters++);
    }
}

/* prefix: the bytes of "scheme://", or what stands for it. known: the scheme is one of a database, whose
 * login may be a user alone. */
static void append_url(struct buffer *shown, const char *url, size_t prefix, bool known)
{
    const char *rest = url + prefix;
    const char *login_end = url_login_end(rest);
    const char *parameters;

    buffer_append_bytes(shown, url, prefix);
    if (login_end) {
        append_login(shown, rest, (size_t)(login_end - rest), known);
        buffer_append_char(shown, '@');
        rest = login_end + 1;
    }
    parameters = strchr(rest, '?');
    append_place(shown, rest, parameters ? (size_t)(parameters - rest) : strlen(rest));
    if (!parameters)
        return;
    buffer_append_char(shown, '?');
    append_parameters(shown, parameters + 1);
}

/* --- connection strings ---------------------------------------------------------------------- */

/* The end of a value: quoted, or up to white space; "\" escapes. */
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

/* A value with a separator in it may be several, and a name may be a URL. */
static bool is_plain_value(const char *value, size_t length)
{
    return !memchr(value, '=', length) && !memchr(value, ';', length) &&
           !(memchr(value, '@', length) && memchr(value, ':', length));
}

static void append_connection_string(struct buffer *shown, const char *text)
{
    static const char blanks[] = " \t\r\n";

    for (text += strspn(text, blanks); *text; text += strspn(text, blanks)) {
        size_t length = strcspn(text, "= \t\r\n");
        const char *value = text + length + strspn(text + length, blanks);
        const char *end;

        buffer_separate(shown, 0, " ");
        if (*value != '=') { /* a word without a value: perhaps the rest of an unquoted password */
            buffer_append(shown, hidden);
            return;
        }
        value++;
        value += strspn(value, blanks);
        end = end_of_value(value);
        buffer_append_bytes(shown, text, length);
        buffer_append_char(shown, '=');
        if (is_harmless_parameter(text, length) && is_plain_value(value, (size_t)(end - value)))
            buffer_append_bytes(shown, value, (size_t)(end - value));
        else
            buffer_append(shown, hidden);
        text = end;
    }
}

/* True when the text begins with a word and "=", as connection strings do. */
static bool is_connection_string(const char *text)
{
    size_t length;

    text += strspn(text, " \t\r\n");
    for (length = 0; isalnum((unsigned char)text[length]) || text[length] == '_'; length++)
        ;
    return length && text[length + strspn(text + length, " \t\r\n")] == '=';
}

/* --- one text -------------------------------------------------------------------------------- */

static bool is_database_scheme(const char *text, size_t length)
{
    static const char *const names[] = {"postgres", "postgresql", "mysql", "mariadb", NULL};
    const char *driver = memchr(text, '+', length); /* "postgresql+psycopg2:" */

    return is_one_of(text, driver ? (size_t)(driver - text) : length - 1, names);
}

/* Of a command its program alone: a password may stand in any of its words. */
static void append_command(struct buffer *shown, const char *command)
{
    size_t word = strcspn(command, " \t\r\n");

    if (memchr(command, '=', word) || memchr(command, '@', word)) {
        buffer_append(shown, "...");
        return;
    }
    buffer_append_bytes(shown, command, word);
    if (command[word])
        buffer_append(shown, " ...");
}

static void append_text(struct buffer *shown, const char *text)
{
    size_t scheme = scheme_length(text, strlen(text));
    size_t slashes = strspn(text + scheme, "/");
    const char *at = strrchr(text, '@');

    if (scheme && strncmp(text, "recorded:", scheme) == 0) {
        buffer_append_bytes(shown, text, scheme);
        append_text(shown, text + scheme);
    } else if (scheme && strncasecmp(text, "jdbc:", scheme) == 0) {
        buffer_append_bytes(shown, text, scheme);
        append_text(shown, text + scheme);
    } else if (scheme && strncmp(text, "git:", scheme) == 0 && slashes < 2) {
        buffer_append(shown, text);
    } else if (scheme && strncmp(text, "exec:", scheme) == 0) {
        buffer_append_bytes(shown, text, scheme);
        append_command(shown, text + scheme);
    } else if (scheme && (slashes || at || is_database_scheme(text, scheme))) {
        append_url(shown, text, scheme + slashes, is_database_scheme(text, scheme));
    } else if (is_connection_string(text)) {
        append_connection_string(shown, text);
    } else if (at && memchr(text, ':', (size_t)(at - text))) {
        append_url(shown, text, strspn(text, ":/"), true);
    } else {
        buffer_append(shown, text);
    }
}

char *url_without_secrets(struct arena *arena, const char *text)
{
    struct buffer shown = BUFFER_EMPTY;

    append_text(&shown, text);
    return buffer_take(&shown, arena);
}

/* --- secrets within a text ------------------------------------------------------------------- */

static const char ends_of_token[] = " \t\r\n\"'`()<>";

/* How much of the line from text on is one URL, or looks like one; 0: nothing is. Up to a blank or a
 * quote, or further where that is in a password which was not escaped. */
static size_t url_within(const char *text, size_t line)
{
    size_t token = strcspn(text, ends_of_token);
    size_t scheme = scheme_length(text, token);
    const char *at = memchr(text, '@', token);
    const char *colon = memchr(text + scheme, ':', token - scheme);

    if (!token || !(isalnum((unsigned char)*text) || *text == '/' || *text == ':') ||
        (scheme && strncmp(text, "git:", scheme) == 0 && text[scheme] != '/'))
        return 0;
    if (at)
        return scheme || (colon && colon < at) ? token : 0;
    if (!scheme || (text[scheme] != '/' && !is_database_scheme(text, scheme)))
        return 0;
    while (colon && (isdigit((unsigned char)colon[1]) || colon[1] == '/'))
        colon = memchr(colon + 1, ':', token - (size_t)(colon + 1 - text));
    for (size_t i = line; colon && i > token; i--)
        if (text[i - 1] == '@')
            return i + strcspn(text + i, ends_of_token);
    return token;
}

static size_t word_length(const char *text)
{
    size_t length = 0;

    while (isalnum((unsigned char)text[length]) || text[length] == '_' || text[length] == '-')
        length++;
    return length;
}

/* True for a line with "host=" or the like in it: what stands beside it is a parameter too. */
static bool holds_connection_string(const char *line, size_t length)
{
    static const char *const names[] = {
        "host=", "hostaddr=", "dbname=", "user=", "port=", "service="};

    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
        for (size_t at = 0, name = strlen(names[i]); at + name <= length; at++)
            if (strncmp(line + at, names[i], name) == 0 &&
                (!at || !isalnum((unsigned char)line[at - 1])))
                return true;
    return false;
}

/* "password=" and "PASSWORD '" at the start of the text: the length of all before the value that nobody
 * may see; 0 where it is no such. parameters: all names that are not known to be harmless count. */
static size_t secret_within(const char *text, bool parameters)
{
    static const char *const before_quotes[] = {"password", "passwd", "secret", "by", NULL};
    static const char *const others[] = {"options", "passfile", NULL};
    size_t word = word_length(text);
    size_t blanks = strspn(text + word, " \t");
    const char *after = text + word + blanks;

    if (!word)
        return 0;
    if (*after == '=' &&
        (is_secret_name(text, word) || (!blanks && is_one_of(text, word, others)) ||
         (parameters && !is_harmless_parameter(text, word))))
        return word + blanks + 1 + strspn(after + 1, " \t");
    return *after == '\'' && is_one_of(text, word, before_quotes) ? word + blanks : 0;
}

static void append_line(struct buffer *shown, struct arena *arena, const char *text, size_t length)
{
    bool parameters = holds_connection_string(text, length);
    bool starts = true; /* a word may begin here */

    while (length) {
        size_t url = starts ? url_within(text, length) : 0;
        size_t before = starts && !url ? secret_within(text, parameters) : 0;
        size_t taken = 1;

        if (url > 0 && url <= length) {
            append_text(shown, arena_strndup(arena, text, url));
            taken = url;
        } else if (before > 0 && before < length) {
            const char *end = end_of_value(text + before);

            buffer_append_bytes(shown, text, before);
            buffer_append(shown, hidden);
            taken = (size_t)(end - text) < length ? (size_t)(end - text) : length;
        } else {
            buffer_append_char(shown, *text);
        }
        starts = taken > 1 || !(isalnum((unsigned char)*text) || *text == '_' || (*text & 0x80));
        text += taken;
        length -= taken;
    }
}

char *text_without_secrets(struct arena *arena, const char *text)
{
    struct buffer shown = BUFFER_EMPTY;

    while (*text) {
        size_t length = strcspn(text, "\n");

        append_line(&shown, arena, text, length);
        text += length;
        if (*text)
            buffer_append_char(&shown, *text++);
    }
    return buffer_take(&shown, arena);
}
