/* URLs of other tools. */
#include "core/url_foreign.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "core/buffer.h"
#include "core/url.h"

const char *url_behind_scheme(const char *text, const char *name)
{
    static const char jdbc[] = "jdbc:";
    size_t length = strlen(name);

    if (strncasecmp(text, jdbc, strlen(jdbc)) == 0)
        text += strlen(jdbc);
    if (strncasecmp(text, name, length) != 0)
        return NULL;
    text += length;
    if (*text == '+') {
        text++;
        while (isalnum((unsigned char)*text) || *text == '_' || *text == '-')
            text++;
    }
    return *text == ':' ? text + 1 : NULL;
}

/* --- parameters ------------------------------------------------------------------------------ */

struct translation {
    struct buffer url;
    struct buffer settings; /* "-c%20a%3Db" of all of them, between "%20" */
    size_t count;           /* of parameters written */
};

static bool names_equal(const char *text, size_t length, const char *name)
{
    for (size_t i = 0; i < length; i++) {
        char letter = (char)tolower((unsigned char)text[i]);

        if ((letter == '-' ? '_' : letter) != (name[i] == '-' ? '_' : name[i]))
            return false;
    }
    return name[length] == '\0';
}

static const struct url_rule *find_rule(const struct url_rule *rules, const char *text,
                                        size_t length)
{
    for (; rules->name; rules++)
        if (names_equal(text, length, rules->name))
            return rules;
    return NULL;
}

static bool is_true(const char *value, size_t length)
{
    static const char *const words[] = {"true", "1", "yes", "on", "t", "y"};

    for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
        if (names_equal(value, length, words[i]))
            return true;
    return false;
}

static void add_parameter(struct translation *translation, const char *text, size_t length)
{
    buffer_append_char(&translation->url, translation->count++ ? '&' : '?');
    buffer_append_bytes(&translation->url, text, length);
}

/* One parameter by its rule; false where that refuses it. */
static bool apply_rule(struct translation *translation, const struct url_rule *rule,
                       const char *value, size_t length)
{
    switch (rule->what) {
    case URL_UNUSED:
        return true;
    case URL_RENAMED:
        add_parameter(translation, rule->to, strlen(rule->to));
        buffer_append_char(&translation->url, '=');
        buffer_append_bytes(&translation->url, value, length);
        return true;
    case URL_FLAG:
        if (is_true(value, length))
            add_parameter(translation, rule->to, strlen(rule->to));
        return true;
    case URL_SETTING:
        buffer_separate(&translation->settings, 0, "%20");
        buffer_printf(&translation->settings, "-c%%20%s%%3D", rule->to);
        buffer_append_bytes(&translation->settings, value, length);
        return true;
    case URL_REFUSED:
        break;
    }
    return length && !is_true(value, length) && names_equal(value, length, "false");
}

static bool translate(struct translation *translation, const char *parameters,
                      const struct url_rule *rules, const struct url_rule **refused)
{
    static const char options[] = "options=";
    const char *kept = NULL; /* the "options" that are written out */
    size_t kept_length = 0;

    for (size_t length; *parameters; parameters += length + (parameters[length] == '&')) {
        size_t name = strcspn(parameters, "=&");
        const struct url_rule *rule = find_rule(rules, parameters, name);
        const char *value = parameters + name + (parameters[name] == '=');

        length = strcspn(parameters, "&");
        if (strncmp(parameters, options, strlen(options)) == 0) {
            kept = parameters + strlen(options);
            kept_length = length - strlen(options);
        } else if (!rule) {
            add_parameter(translation, parameters, length);
        } else if (!apply_rule(translation, rule, value, (size_t)(parameters + length - value))) {
            *refused = rule;
            return false;
        }
    }
    if (!kept && !translation->settings.length)
        return true;
    add_parameter(translation, options, strlen(options));
    buffer_append_bytes(&translation->url, kept, kept_length);
    if (kept && translation->settings.length)
        buffer_append(&translation->url, "%20");
    buffer_append_bytes(&translation->url, translation->settings.text,
                        translation->settings.length);
    return true;
}

const char *url_translate(struct arena *arena, const char *url, const struct url_rule *rules,
                          const char *shown, struct error *error)
{
    struct translation translation = {BUFFER_EMPTY, BUFFER_EMPTY, 0};
    const struct url_rule *refused = NULL;
    const char *login_end = url_login_end(url);
    const char *parameters = strchr(login_end ? login_end : url, '?');
    const char *result;

    if (!parameters)
        return url;
    buffer_append_bytes(&translation.url, url, (size_t)(parameters - url));
    if (!translate(&translation, parameters + 1, rules, &refused)) {
        error_set(error, ERROR_CONNECTION,
                  "the URL %s has a parameter \"%s\", which is not the server's", shown,
                  refused->name);
        error_hint(error, "%s", refused->to);
    }
    result = refused ? NULL : arena_strdup(arena, buffer_text(&translation.url));
    buffer_free(&translation.url);
    buffer_free(&translation.settings);
    return result;
}
