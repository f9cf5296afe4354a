/* Names in backquotes, strings in quotes. Strings are written so that they mean the same under every
 * sql_mode but NO_BACKSLASH_ESCAPES, which plumb's sessions have around programs alone; for these there is the plain
 * way. */
#include "mysql/sql/quote.h"

#include <string.h>

const char *my_quote_name(struct arena *arena, const char *name)
{
    struct buffer text = BUFFER_EMPTY;

    buffer_append_char(&text, '`');
    for (; *name; name++) {
        if (*name == '`')
            buffer_append_char(&text, '`');
        buffer_append_char(&text, *name);
    }
    buffer_append_char(&text, '`');
    return buffer_take(&text, arena);
}

const char *my_quote_bytes(struct arena *arena, const char *bytes, size_t length)
{
    struct buffer text = BUFFER_EMPTY;

    buffer_append_char(&text, '\'');
    for (size_t i = 0; i < length; i++) {
        switch (bytes[i]) {
        case '\0':
            buffer_append(&text, "\\0");
            break;
        case '\n':
            buffer_append(&text, "\\n");
            break;
        case '\r':
            buffer_append(&text, "\\r");
            break;
        case '\\':
            buffer_append(&text, "\\\\");
            break;
        case '\'':
            buffer_append(&text, "''");
            break;
        default:
            buffer_append_char(&text, bytes[i]);
        }
    }
    buffer_append_char(&text, '\'');
    return buffer_take(&text, arena);
}

const char *my_quote_text(struct arena *arena, const char *text)
{
    return my_quote_bytes(arena, text, strlen(text));
}

const char *my_quote_plain(struct arena *arena, const char *text)
{
    struct buffer quoted = BUFFER_EMPTY;

    buffer_append_char(&quoted, '\'');
    for (; *text; text++) {
        if (*text == '\'')
            buffer_append_char(&quoted, '\'');
        buffer_append_char(&quoted, *text);
    }
    buffer_append_char(&quoted, '\'');
    return buffer_take(&quoted, arena);
}

const char *my_quote_qualified(struct arena *arena, const char *schema, const char *name)
{
    if (!*schema)
        return my_quote_name(arena, name);
    return arena_printf(arena, "%s.%s", my_quote_name(arena, schema), my_quote_name(arena, name));
}

const char *my_quote_path(struct arena *arena, const struct object *object)
{
    bool in_schema = object->parent && object->parent->kind == KIND_SCHEMA;

    return my_quote_qualified(arena, in_schema ? object->parent->name : "", object->name);
}
