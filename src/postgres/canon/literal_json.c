/* jsonb literals: keys sorted by length and bytes, the last of equal keys wins, numbers and strings as
 * jsonb prints them. */
#include "postgres/canon/internal.h"

#include <ctype.h>
#include <string.h>

#include "core/buffer.h"

struct json_reader {
    struct analyzer *analyzer;
    const char *at;
    int depth;
    bool failed;
};

struct member {
    char *key; /* with quotes */
    char *value;
    int order;
};

static char *read_value(struct json_reader *reader);

static void skip_blanks(struct json_reader *reader)
{
    while (*reader->at == ' ' || *reader->at == '\t' || *reader->at == '\n' || *reader->at == '\r')
        reader->at++;
}

static char *fail(struct json_reader *reader)
{
    reader->failed = true;
    return pstrdup("");
}

/* Escapes other than the plain ones are left alone: then the whole literal stays as it is. */
static char *read_string(struct json_reader *reader)
{
    const char *start = reader->at++;

    for (; *reader->at && *reader->at != '"'; reader->at++) {
        if ((unsigned char)*reader->at < 0x20)
            return fail(reader);
        if (*reader->at == '\\') {
            reader->at++;
            if (!*reader->at || !strchr("\"\\bfnrt", *reader->at))
                return fail(reader);
        }
    }
    if (*reader->at != '"')
        return fail(reader);
    reader->at++;
    return tree_text(start, (size_t)(reader->at - start));
}

static char *read_number(struct json_reader *reader)
{
    const char *start = reader->at;
    char *text;

    reader->at += strspn(reader->at, "+-0123456789.eE");
    text = tree_text(start, (size_t)(reader->at - start));
    if (!isdigit((unsigned char)text[text[0] == '-']))
        return fail(reader);
    return (char *)(uintptr_t)literal_normalize(reader->analyzer, reader->analyzer->types.numeric,
                                                -1, text, NULL);
}

static int compare_members(const void *a, const void *b)
{
    const struct member *left = a, *right = b;
    size_t left_length = strlen(left->key), right_length = strlen(right->key);

    if (left_length != right_length)
        return left_length < right_length ? -1 : 1;
    return strcmp(left->key, right->key) ? strcmp(left->key, right->key)
                                         : left->order - right->order;
}

static char *print_object(struct member *members, int count)
{
    struct buffer buffer = BUFFER_EMPTY;
    char *result;

    if (count)
        qsort(members, (size_t)count, sizeof(*members), compare_members);
    buffer_append_char(&buffer, '{');
    for (int i = 0; i < count; i++) {
        if (i + 1 < count && strcmp(members[i].key, members[i + 1].key) == 0)
            continue;
        buffer_printf(&buffer, "%s%s: %s", buffer.length > 1 ? ", " : "", members[i].key,
                      members[i].value);
    }
    buffer_append_char(&buffer, '}');
    result = pstrdup(buffer_text(&buffer));
    buffer_free(&buffer);
    return result;
}

static char *read_object(struct json_reader *reader)
{
    struct member *members = palloc(sizeof(struct member));
    int count = 0;

    reader->at++;
    skip_blanks(reader);
    while (*reader->at && *reader->at != '}' && !reader->failed) {
        members = repalloc(members, sizeof(struct member) * (size_t)(count + 1));
        if (*reader->at != '"')
            return fail(reader);
        members[count].key = read_string(reader);
        /* An escaped key may be longer here than it is in truth. */
        if (strchr(members[count].key, '\\'))
            return fail(reader);
        members[count].order = count;
        skip_blanks(reader);
        if (*reader->at++ != ':')
            return fail(reader);
        members[count++].value = read_value(reader);
        skip_blanks(reader);
        if (*reader->at == ',')
            reader->at++;
        else if (*reader->at != '}')
            return fail(reader);
        skip_blanks(reader);
    }
    if (*reader->at != '}')
        return fail(reader);
    reader->at++;
    return print_object(members, count);
}

static char *read_array(struct json_reader *reader)
{
    struct buffer buffer = BUFFER_EMPTY;
    char *result;

    reader->at++;
    buffer_append_char(&buffer, '[');
    skip_blanks(reader);
    while (*reader->at && *reader->at != ']' && !reader->failed) {
        buffer_append(&buffer, buffer.length > 1 ? ", " : "");
        buffer_append(&buffer, read_value(reader));
        skip_blanks(reader);
        if (*reader->at == ',')
            reader->at++;
        else if (*reader->at != ']')
            reader->failed = true;
        skip_blanks(reader);
    }
    if (*reader->at != ']')
        reader->failed = true;
    else
        reader->at++;
    buffer_append_char(&buffer, ']');
    result = pstrdup(buffer_text(&buffer));
    buffer_free(&buffer);
    return result;
}

static char *read_value(struct json_reader *reader)
{
    static const char *const words[] = {"true", "false", "null"};
    char *result;

    skip_blanks(reader);
    if (reader->depth > 200)
        return fail(reader);
    reader->depth++;
    if (*reader->at == '{')
        result = read_object(reader);
    else if (*reader->at == '[')
        result = read_array(reader);
    else if (*reader->at == '"')
        result = read_string(reader);
    else if (*reader->at == '-' || isdigit((unsigned char)*reader->at))
        result = read_number(reader);
    else {
        result = NULL;
        for (size_t i = 0; i < lengthof(words); i++)
            if (strncmp(reader->at, words[i], strlen(words[i])) == 0) {
                reader->at += strlen(words[i]);
                result = pstrdup(words[i]);
                break;
            }
        if (!result)
            result = fail(reader);
    }
    reader->depth--;
    return result;
}

const char *literal_jsonb(struct analyzer *analyzer, const char *text)
{
    struct json_reader reader = {.analyzer = analyzer, .at = text};
    const char *result = read_value(&reader);

    skip_blanks(&reader);
    return reader.failed || *reader.at ? text : result;
}
