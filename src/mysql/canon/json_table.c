/* JSON_TABLE, which the grammar keeps as text: JSON_TABLE(document, path COLUMNS (name type PATH path, ...,
 * NESTED PATH path COLUMNS (...))). The document is an expression as any other; of the rest each token is
 * brought to one spelling, and the columns' names are what the table gives. */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "dialect/clause.h"
#include "core/text/letter_case.h"
#include "mysql/canon/internal.h"

struct reader {
    struct canon *canon;
    struct canon_table *table;
    struct buffer out;
    const char *at;
    char word[80]; /* the last token if it was a word or a name, else "" */
    bool quoted;   /* it was a name in backquotes */
};

static bool is_word(char character)
{
    return isalnum((unsigned char)character) || character == '_' || character == '$' ||
           (unsigned char)character >= 0x80;
}

static const char *token_end(const char *text)
{
    static const struct quoting quoting = {.quotes = "'\"`", .escaping = "'\""};

    if (*text == '\'' || *text == '"' || *text == '`')
        return clause_skip_quoted(&quoting, text);
    if (!is_word(*text))
        return *text ? text + 1 : text;
    while (is_word(*text))
        text++;
    return text;
}

static void skip_blanks(struct reader *reader)
{
    reader->at += strspn(reader->at, " \t\r\n");
}

/* The next token; false at the end. */
static bool take(struct reader *reader, const char **start, size_t *length)
{
    skip_blanks(reader);
    *start = reader->at;
    reader->at = token_end(reader->at);
    *length = (size_t)(reader->at - *start);
    reader->word[0] = '\0';
    reader->quoted = **start == '`';
    if ((reader->quoted || is_word(**start)) && *length < sizeof(reader->word)) {
        size_t quotes = reader->quoted;

        for (size_t i = 0; i < *length - 2 * quotes; i++)
            reader->word[i] = (char)((*start)[i + quotes]);
        reader->word[*length - 2 * quotes] = '\0';
    }
    return *length > 0;
}

static bool at_word(struct reader *reader, const char *word)
{
    skip_blanks(reader);
    return strncasecmp(reader->at, word, strlen(word)) == 0 && !is_word(reader->at[strlen(word)]);
}

static void put_string(struct reader *reader, const char *text)
{
    struct error ignored = {0};
    struct canon *canon = reader->canon;
    const struct my_node *node =
        my_parse_expression(canon->arena, canon->flavor, 0, text, &ignored);

    if (node)
        canon_print(&reader->out, canon_rewrite(canon, node));
    else
        buffer_append(&reader->out, text);
}

static void put_token(struct reader *reader, const char *start, size_t length)
{
    size_t before = reader->out.length;
    char last = before ? reader->out.text[before - 1] : '(';

    if (last != '(' && *start != ')' && *start != ',' && *start != '(')
        buffer_append_char(&reader->out, ' ');
    if (*start == '\'' || *start == '"') {
        put_string(reader, arena_strndup(reader->canon->arena, start, length));
        return;
    }
    for (size_t i = 0; i < length; i++)
        buffer_append_char(&reader->out, (char)tolower((unsigned char)start[i]));
}

/* The width of an integer and the character set utf8mb4 are what is printed anyway. */
static void skip_width(struct reader *reader)
{
    const char *word = reader->word;
    size_t length = strlen(word);

    skip_blanks(reader);
    if (*reader->at != '(' || length < 3 || strcasecmp(word + length - 3, "int") != 0)
        return;
    reader->at += strcspn(reader->at, ")");
    reader->at += *reader->at == ')';
}

static bool skip_charset(struct reader *reader)
{
    const char *token;
    size_t length;

    if (at_word(reader, "CHARSET")) {
        take(reader, &token, &length);
    } else if (at_word(reader, "CHARACTER")) {
        take(reader, &token, &length);
        take(reader, &token, &length);
    } else {
        return false;
    }
    take(reader, &token, &length);
    if (strcasecmp(reader->word, "utf8mb4") != 0) {
        buffer_printf(&reader->out, " charset %s", text_lower(reader->canon->arena, reader->word));
        if (at_word(reader, "COLLATE") && reader->canon->flavor.vendor == MY_MARIADB) {
            take(reader, &token, &length);
            take(reader, &token, &length);
        }
    }
    return true;
}

static void read_columns(struct reader *reader, int depth);

/* What stands behind a column's name, up to the comma or parenthesis that ends it. */
static void read_definition(struct reader *reader, int depth)
{
    const char *token;
    size_t length;
    int open = 0;

    for (skip_blanks(reader); *reader->at && (open > 0 || !strchr(",)", *reader->at));
         skip_blanks(reader)) {
        if (skip_charset(reader))
            continue;
        if (at_word(reader, "COLUMNS")) {
            read_columns(reader, depth + 1);
            continue;
        }
        take(reader, &token, &length);
        open += (*token == '(') - (*token == ')');
        put_token(reader, token, length);
        skip_width(reader);
    }
}

static void read_column(struct reader *reader, int depth)
{
    const char *token;
    size_t length;

    take(reader, &token, &length);
    if (!reader->quoted && strcasecmp(reader->word, "NESTED") == 0) {
        buffer_append(&reader->out, "nested");
        if (at_word(reader, "PATH"))
            take(reader, &token, &length);
    } else {
        const char *name = arena_strdup(reader->canon->arena, reader->word);

        canon_print_name(&reader->out, name);
        canon_table_add(reader->canon->arena, reader->table, name, name, "", NULL);
    }
    read_definition(reader, depth);
}

static void read_columns(struct reader *reader, int depth)
{
    const char *token;
    size_t length;

    take(reader, &token, &length);
    buffer_append(&reader->out, " columns (");
    take(reader, &token, &length);
    while (depth < 32 && *reader->at && *reader->at != ')') {
        read_column(reader, depth);
        skip_blanks(reader);
        if (*reader->at != ',')
            break;
        take(reader, &token, &length);
        buffer_append(&reader->out, ", ");
    }
    take(reader, &token, &length);
    buffer_append_char(&reader->out, ')');
}

/* The document ends at the first comma outside of parentheses. */
static const char *take_document(struct reader *reader)
{
    const char *start = reader->at;
    int open = 0;

    for (; *reader->at && (open > 0 || *reader->at != ','); reader->at = token_end(reader->at))
        open += (*reader->at == '(') - (*reader->at == ')');
    return arena_strndup(reader->canon->arena, start, (size_t)(reader->at - start));
}

const char *canon_json_table(struct canon *canon, const char *text, struct canon_table *table)
{
    struct reader reader = {.canon = canon, .table = table};
    const char *token;
    size_t length;

    reader.at = strchr(text, '(');
    if (!reader.at)
        return text;
    reader.at++;
    buffer_append(&reader.out, "json_table(");
    put_string(&reader, take_document(&reader));
    take(&reader, &token, &length);
    buffer_append(&reader.out, ",");
    while (*reader.at && !at_word(&reader, "COLUMNS") && take(&reader, &token, &length))
        put_token(&reader, token, length);
    read_columns(&reader, 0);
    buffer_append_char(&reader.out, ')');
    return buffer_take(&reader.out, canon->arena);
}
