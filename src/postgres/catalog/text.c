/* Taking the server's texts apart where no function of it gives the part alone: lists of keys, the
 * condition of a trigger, array literals. The texts are the server's own, so only the forms that it
 * writes occur. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "dialect/clause.h"
#include "core/text/trim.h"
#include "core/buffer.h"
#include "postgres/catalog/catalog.h"

/* "{15:new|old}"; other braces are the query's own. */
static bool is_choice(const char *text)
{
    return text[0] == '{' && isdigit((unsigned char)text[1]) && isdigit((unsigned char)text[2]) &&
           text[3] == ':';
}

const char *catalog_expand(struct arena *arena, const char *sql, int version)
{
    struct buffer expanded = BUFFER_EMPTY;

    while (*sql) {
        const char *middle;
        const char *end;

        if (!is_choice(sql)) {
            buffer_append_char(&expanded, *sql++);
            continue;
        }
        middle = strchr(sql, '|');
        end = strchr(middle, '}');
        if (version >= atoi(sql + 1) * 10000)
            buffer_append_bytes(&expanded, sql + 4, (size_t)(middle - sql - 4));
        else
            buffer_append_bytes(&expanded, middle + 1, (size_t)(end - middle - 1));
        sql = end + 1;
    }
    return buffer_take(&expanded, arena);
}

const char *catalog_skip(const char *text)
{
    static const struct quoting plain = {.quotes = "'\""};
    static const struct quoting escaping = {.quotes = "'", .escaping = "'"};

    if (*text == 'E' && text[1] == '\'')
        return clause_skip_quoted(&escaping, text + 1);
    if (*text != '(' && *text != '[')
        return *text ? clause_skip_quoted(&plain, text) : text;
    for (text++; *text && *text != ')' && *text != ']';)
        text = catalog_skip(text);
    return *text ? text + 1 : text;
}

const char *catalog_find(const char *text, const char *part)
{
    size_t length = strlen(part);

    for (; *text; text = catalog_skip(text))
        if (strncmp(text, part, length) == 0)
            return text;
    return NULL;
}

static void add_trimmed(struct text_list *list, struct arena *arena, const char *start,
                        const char *end)
{
    trim_blanks(&start, &end);
    text_list_add(list, arena, arena_strndup(arena, start, (size_t)(end - start)));
}

struct text_list catalog_split(struct arena *arena, const char *text, size_t length)
{
    struct text_list list = {0};
    const char *end = text + length;
    const char *start = text;

    if (length == 0)
        return list;
    while (text < end) {
        if (*text == ',') {
            add_trimmed(&list, arena, start, text);
            start = text + 1;
        }
        text = catalog_skip(text);
    }
    add_trimmed(&list, arena, start, end);
    return list;
}

char *catalog_group(struct arena *arena, const char *text)
{
    const char *end;

    if (!text || *text != '(')
        return NULL;
    end = catalog_skip(text);
    return arena_strndup(arena, text + 1, (size_t)(end - text - 2));
}

/* One element, quoted or bare; *text is moved behind it. */
static const char *array_element(struct arena *arena, const char **text)
{
    struct buffer element = BUFFER_EMPTY;
    const char *at = *text;
    bool quoted = *at == '"';

    if (quoted)
        at++;
    while (*at && (quoted ? *at != '"' : *at != ',' && *at != '}')) {
        if (*at == '\\' && at[1])
            at++;
        buffer_append_char(&element, *at++);
    }
    *text = quoted && *at ? at + 1 : at;
    return buffer_take(&element, arena);
}

struct text_list catalog_array(struct arena *arena, const char *text)
{
    struct text_list list = {0};

    /* Vectors print their bounds first: [0:1]={...} */
    if (*text == '[')
        text += strcspn(text, "{");
    if (*text != '{')
        return list;
    for (text++; *text && *text != '}';) {
        text_list_add(&list, arena, array_element(arena, &text));
        if (*text == ',')
            text++;
    }
    return list;
}
