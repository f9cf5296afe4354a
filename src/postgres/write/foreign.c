/* The options that a foreign table and its columns have for their server. */
#include "postgres/write/write.h"

#include <string.h>

/* The part before "=", and what follows it as a literal. */
static const char *name_in(const struct step_sink *sink, const char *option)
{
    return write_name(sink, arena_strndup(sink->arena, option, strcspn(option, "=")));
}

static const char *value_in(const struct step_sink *sink, const char *option)
{
    const char *mark = strchr(option, '=');

    return write_literal(sink, mark ? mark + 1 : "");
}

/* True when the list has an option of that name. */
static bool has_name(const struct text_list *options, const char *option)
{
    size_t length = strcspn(option, "=") + 1;

    for (size_t i = 0; i < options->count; i++)
        if (strncmp(options->items[i], option, length) == 0)
            return true;
    return false;
}

const char *write_server_options(const struct step_sink *sink, const struct text_list *options)
{
    struct buffer text = BUFFER_EMPTY;

    for (size_t i = 0; i < options->count; i++)
        buffer_printf(&text, "%s%s %s", i ? ", " : " OPTIONS (", name_in(sink, options->items[i]),
                      value_in(sink, options->items[i]));
    if (options->count)
        buffer_append(&text, ")");
    return buffer_take(&text, sink->arena);
}

const char *write_server_option_changes(const struct step_sink *sink,
                                        const struct text_list *before,
                                        const struct text_list *after)
{
    struct buffer text = BUFFER_EMPTY;

    buffer_append(&text, " OPTIONS (");
    for (size_t i = 0; i < before->count; i++)
        if (!has_name(after, before->items[i])) {
            buffer_separate(&text, strlen(" OPTIONS ("), ", ");
            buffer_printf(&text, "DROP %s", name_in(sink, before->items[i]));
        }
    for (size_t i = 0; i < after->count; i++)
        if (!text_list_contains(before, after->items[i])) {
            buffer_separate(&text, strlen(" OPTIONS ("), ", ");
            buffer_printf(&text, "%s %s %s", has_name(before, after->items[i]) ? "SET" : "ADD",
                          name_in(sink, after->items[i]), value_in(sink, after->items[i]));
        }
    buffer_append(&text, ")");
    return buffer_take(&text, sink->arena);
}
