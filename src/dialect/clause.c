/* Parentheses, lists of names and of expressions. */
#include "dialect/clause.h"

#include <string.h>

#include "core/buffer.h"

const char *clause_skip_quoted(const struct quoting *quoting, const char *text)
{
    char quote = *text++;
    bool escapes = quoting->escaping && strchr(quoting->escaping, quote);

    if (!strchr(quoting->quotes, quote))
        return text;
    for (; *text; text++) {
        if (*text == quote && text[1] != quote)
            return text + 1;
        if (text[1] && (*text == quote || (*text == '\\' && escapes)))
            text++;
    }
    return text;
}

static bool is_parenthesized(const struct quoting *quoting, const char *text)
{
    int depth = 0;

    if (*text != '(')
        return false;
    while (*text) {
        if (*text == '(')
            depth++;
        else if (*text == ')' && --depth == 0)
            return text[1] == '\0';
        text = clause_skip_quoted(quoting, text);
    }
    return false;
}

const char *clause_parenthesized(struct arena *arena, const struct quoting *quoting,
                                 const char *text)
{
    return is_parenthesized(quoting, text) ? text : arena_printf(arena, "(%s)", text);
}

const char *clause_names(const struct step_sink *sink,
                         const char *(*quote)(const struct step_sink *sink, const char *name),
                         const struct text_list *names)
{
    struct buffer list = BUFFER_EMPTY;

    for (size_t i = 0; i < names->count; i++) {
        buffer_separate(&list, 0, ", ");
        buffer_append(&list, quote(sink, names->items[i]));
    }
    return buffer_take(&list, sink->arena);
}

bool clause_has_option(const struct text_list *options, const char *option)
{
    size_t length = strcspn(option, "=");

    for (size_t i = 0; i < options->count; i++)
        if (strcspn(options->items[i], "=") == length &&
            strncmp(options->items[i], option, length) == 0)
            return true;
    return false;
}

const char *write_expression(const struct expression *expression)
{
    return expression->written ? expression->written : expression->canonical;
}

const char *write_expressions(const struct step_sink *sink, const struct expression_list *list)
{
    struct buffer texts = BUFFER_EMPTY;

    for (size_t i = 0; i < list->count; i++) {
        buffer_separate(&texts, 0, ", ");
        buffer_append(&texts, write_expression(&list->items[i]));
    }
    return buffer_take(&texts, sink->arena);
}
