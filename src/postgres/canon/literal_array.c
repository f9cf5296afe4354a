/* Array literals: '{ a, "b" }' with each element normalised and quoted only where it must be. */
#include "postgres/canon/internal.h"

#include <ctype.h>
#include <string.h>

#include "core/buffer.h"

struct array_reader {
    struct analyzer *analyzer;
    const struct pg_type *element;
    const char *at;
    struct buffer out;
    int depth;
    bool failed;
};

static void skip_blanks(struct array_reader *reader)
{
    while (isspace((unsigned char)*reader->at))
        reader->at++;
}

static bool needs_quotes(const char *text)
{
    if (!*text || strcasecmp(text, "null") == 0)
        return true;
    for (; *text; text++)
        if (strchr("{}\",\\", *text) || isspace((unsigned char)*text))
            return true;
    return false;
}

static void write_item(struct array_reader *reader, const char *text)
{
    bool quoted;

    text = literal_normalize(reader->analyzer, universe_base_type(reader->element, NULL), -1, text,
                             NULL);
    quoted = needs_quotes(text);
    buffer_append(&reader->out, quoted ? "\"" : "");
    for (; *text; text++) {
        if (*text == '"' || *text == '\\')
            buffer_append_char(&reader->out, '\\');
        buffer_append_char(&reader->out, *text);
    }
    buffer_append(&reader->out, quoted ? "\"" : "");
}

static void read_quoted(struct array_reader *reader)
{
    struct buffer item = BUFFER_EMPTY;

    for (reader->at++; *reader->at && *reader->at != '"'; reader->at++) {
        if (*reader->at == '\\' && reader->at[1])
            reader->at++;
        buffer_append_char(&item, *reader->at);
    }
    if (*reader->at == '"')
        reader->at++;
    else
        reader->failed = true;
    write_item(reader, buffer_text(&item));
    buffer_free(&item);
}

static void read_bare(struct array_reader *reader)
{
    const char *start = reader->at;
    size_t length = strcspn(start, "{},\"\\");
    char *item;

    reader->at += length;
    while (length && isspace((unsigned char)start[length - 1]))
        length--;
    if (!length || *reader->at == '\\' || *reader->at == '"' || *reader->at == '{') {
        reader->failed = true;
        return;
    }
    item = tree_text(start, length);
    if (strcasecmp(item, "null") == 0)
        buffer_append(&reader->out, "NULL");
    else
        write_item(reader, item);
}

static void read_list(struct array_reader *reader)
{
    if (++reader->depth > 6)
        reader->failed = true;
    reader->at++;
    buffer_append_char(&reader->out, '{');
    skip_blanks(reader);
    while (*reader->at && *reader->at != '}' && !reader->failed) {
        if (*reader->at == '{')
            read_list(reader);
        else if (*reader->at == '"')
            read_quoted(reader);
        else
            read_bare(reader);
        skip_blanks(reader);
        if (*reader->at == ',') {
            buffer_append_char(&reader->out, ',');
            reader->at++;
            skip_blanks(reader);
        } else if (*reader->at != '}') {
            reader->failed = true;
        }
    }
    if (*reader->at == '}')
        reader->at++;
    else
        reader->failed = true;
    buffer_append_char(&reader->out, '}');
    reader->depth--;
}

const char *literal_array(struct analyzer *analyzer, const struct pg_type *type, const char *text)
{
    struct array_reader reader = {.analyzer = analyzer, .element = type->element, .at = text};
    const char *result = text;

    skip_blanks(&reader);
    /* Explicit bounds, and box with its own separator, stay as they are. */
    if (*reader.at != '{' || universe_type_is(type->element, "box"))
        return text;
    read_list(&reader);
    skip_blanks(&reader);
    if (!reader.failed && !*reader.at)
        result = pstrdup(buffer_text(&reader.out));
    buffer_free(&reader.out);
    return result;
}
