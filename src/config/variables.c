/* ${NAME} and ${NAME:-text}: replaced by what the process's environment says. */
#include "config/variables.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static enum expansion fail_wrong(struct error *error, const char *why)
{
    error_set(error, ERROR_USAGE, "%s", why);
    return EXPANSION_WRONG;
}

/* The variable's value; NULL: not set. */
static const char *value_of(const char *name, size_t length)
{
    struct buffer text = BUFFER_EMPTY;
    const char *value;

    buffer_append_bytes(&text, name, length);
    value = getenv(buffer_text(&text));
    buffer_free(&text);
    return value;
}

static size_t name_length(const char *name)
{
    size_t length = 0;

    while (isalnum((unsigned char)name[length]) || name[length] == '_')
        length++;
    return length;
}

/* One variable; *at stands behind its brace afterwards. */
static enum expansion append_variable(struct buffer *to, const char **at, struct error *error)
{
    const char *name = *at + 2;
    const char *end = strchr(name, '}');
    size_t length = name_length(name);
    const char *other = NULL;
    const char *value;

    if (!end)
        return fail_wrong(error, "${ is not closed by }");
    if (strncmp(name + length, ":-", 2) == 0)
        other = name + length + 2;
    else if (!length || name + length != end)
        return fail_wrong(error, "${...} holds no name of a variable");
    value = value_of(name, length);
    if (value && (*value || !other))
        buffer_append(to, value);
    else if (other)
        buffer_append_bytes(to, other, (size_t)(end - other));
    else {
        error_set(error, ERROR_USAGE, "environment variable %.*s is not set", (int)length, name);
        return EXPANSION_UNSET;
    }
    *at = end + 1;
    return EXPANSION_DONE;
}

enum expansion variables_expand(struct buffer *to, const char *text, struct error *error)
{
    enum expansion done = EXPANSION_DONE;

    while (*text && done == EXPANSION_DONE)
        if (strncmp(text, "${", 2) == 0)
            done = append_variable(to, &text, error);
        else
            buffer_append_char(to, *text++);
    return done;
}
