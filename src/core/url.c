/* Showing URLs without secrets. The rule here is to hide too much rather than too little: a password
 * whose special characters were not escaped must not come out in pieces. */
#include "core/url.h"

#include <string.h>
#include <strings.h>

/* True for keywords whose value nobody may see: password, sslpassword, scram_client_key,
 * scram_server_key, oauth_client_secret, and whatever is called like them. */
bool url_is_secret_name(const char *text, size_t length)
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

static void append_parameters(struct buffer *shown, const char *parameters)
{
    while (*parameters) {
        size_t length = strcspn(parameters, "&");
        const char *equals = memchr(parameters, '=', length);

        if (equals && url_is_secret_name(parameters, (size_t)(equals - parameters))) {
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

void url_append_shown(struct buffer *shown, const char *url, size_t prefix)
{
    const char *rest = url + prefix;
    const char *login_end = url_login_end(rest);
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
