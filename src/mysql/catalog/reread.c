/* MySQL keeps the expressions of a table as text in which backslashes escape. Whoever opens the table reads that text under
 * the sql_mode of his own session, and the open table is then used by others: SHOW CREATE TABLE prints what such a session
 * took it for. Under NO_BACKSLASH_ESCAPES each backslash stands for itself, and is printed as two. What is stored says
 * information_schema, escaped once more. Strings of expressions have an introducer, others (comments, labels, plain defaults)
 * have none and are what they are. */
#include <ctype.h>
#include <string.h>

#include "core/buffer.h"
#include "mysql/catalog/catalog.h"
#include "mysql/sql/quote.h"

/* True for the quote of a string with an introducer, _utf8mb4'x'. */
static bool is_introduced(const char *text, const char *quote)
{
    const char *at = quote;

    while (at > text && (isalnum((unsigned char)at[-1]) || at[-1] == '_'))
        at--;
    return *quote == '\'' && at < quote && *at == '_';
}

/* Backslashes in strings of expressions. */
static size_t count_backslashes(const char *text, const char *end)
{
    size_t count = 0;

    for (const char *at = text; at < end;) {
        const char *next = *at == '`' || *at == '\'' ? my_quoted_end(at, end) : at + 1;

        for (const char *in = at; is_introduced(text, at) && in < next; in++)
            count += *in == '\\';
        at = next;
    }
    return count;
}

static void append_once(struct buffer *out, const char *text, const char *end)
{
    for (const char *at = text; at < end;) {
        const char *next = *at == '`' || *at == '\'' ? my_quoted_end(at, end) : at + 1;

        if (is_introduced(text, at))
            for (; at < next; at++) {
                buffer_append_char(out, *at);
                at += *at == '\\' && at + 1 < next && at[1] == '\\';
            }
        else
            buffer_append_bytes(out, at, (size_t)(next - at));
        at = next;
    }
}

static const char *line_end(const char *line, const char *end)
{
    const char *found = memchr(line, '\n', (size_t)(end - line));

    return found ? found : end;
}

/* The line of that head; NULL where there is none. */
static const char *find_line(const char *text, const char *end, const char *head)
{
    static const char unique[] = "UNIQUE ";
    size_t length = strlen(head);

    for (const char *line = text; line < end; line = line_end(line, end) + 1) {
        const char *at = line;

        while (at < end && *at == ' ')
            at++;
        if ((size_t)(end - at) > sizeof(unique) && strncmp(at, unique, sizeof(unique) - 1) == 0)
            at += sizeof(unique) - 1;
        if ((size_t)(end - at) > length && strncmp(at, head, length) == 0 && at[length] == ' ')
            return line;
    }
    return NULL;
}

const char *my_reread_line(struct arena *arena, const char *text, size_t *length, const char *head,
                           const char *stored)
{
    const char *end = text + *length;
    const char *line = find_line(text, end, head);
    const char *after = line ? line_end(line, end) : NULL;
    size_t kept = count_backslashes(stored, stored + strlen(stored));
    struct buffer out = BUFFER_EMPTY;

    if (!line || !kept || count_backslashes(line, after) != 2 * kept)
        return text;
    buffer_append_bytes(&out, text, (size_t)(line - text));
    append_once(&out, line, after);
    buffer_append_bytes(&out, after, (size_t)(end - after));
    *length = out.length;
    return buffer_take(&out, arena);
}

/* --- what is stored ------------------------------------------------------------------------------ */

/* True where a text may hold what was read so: two backslashes in a string of an expression. */
static bool is_in_doubt(const struct my_catalog_text *text)
{
    return text->text && strcmp(text->class->name, "table") == 0 && strstr(text->text, "\\\\") &&
           count_backslashes(text->text, text->text + text->length) > 1;
}

static bool any_in_doubt(const struct my_catalog *catalog)
{
    for (size_t i = 0; i < catalog->text_count; i++)
        if (is_in_doubt(&catalog->texts[i]))
            return true;
    return false;
}

/* One level of escapes less: a backslash stands before what is meant. */
static const char *unescape(struct arena *arena, const char *text)
{
    struct buffer plain = BUFFER_EMPTY;

    for (; *text; text++) {
        text += *text == '\\' && text[1];
        buffer_append_char(&plain, *text);
    }
    return buffer_take(&plain, arena);
}

static void stored_row(struct my_catalog *catalog, MYSQL_ROW row)
{
    const char *head = my_quote_name(catalog->scratch, row[3]);
    const char *stored = unescape(catalog->scratch, row[4]);

    if (*row[2])
        head = arena_printf(catalog->scratch, "%s %s", row[2], head);
    for (size_t i = 0; i < catalog->text_count; i++) {
        struct my_catalog_text *text = &catalog->texts[i];

        if (is_in_doubt(text) && strcmp(text->schema, row[0]) == 0 &&
            strcmp(text->name, row[1]) == 0)
            text->text = my_reread_line(catalog->scratch, text->text, &text->length, head, stored);
    }
}

/* All the parts of an index are one line. */
static const char *stored_query(const struct my_catalog *catalog)
{
    static const char *const parts[] = {
        "SELECT table_schema, table_name, '', column_name, generation_expression FROM "
        "information_schema.columns WHERE generation_expression LIKE '%\\\\\\\\%' AND table_schema",
        "SELECT table_schema, table_name, '', column_name, column_default FROM "
        "information_schema.columns WHERE extra LIKE '%DEFAULT_GENERATED%' AND column_default LIKE "
        "'%\\\\\\\\%' AND table_schema",
        "SELECT t.table_schema, t.table_name, 'CONSTRAINT', c.constraint_name, c.check_clause FROM "
        "information_schema.check_constraints c JOIN information_schema.table_constraints t USING "
        "(constraint_schema, constraint_name) WHERE t.constraint_type = 'CHECK' AND c.check_clause "
        "LIKE '%\\\\\\\\%' AND t.table_schema",
        "SELECT table_schema, table_name, 'KEY', index_name, GROUP_CONCAT(expression SEPARATOR ' ') "
        "FROM information_schema.statistics WHERE expression IS NOT NULL AND table_schema"};
    const char *which = my_catalog_which_schemas(catalog);
    struct buffer sql = BUFFER_EMPTY;

    for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++) {
        buffer_separate(&sql, 0, " UNION ALL ");
        buffer_printf(&sql, "%s %s", parts[i], which);
    }
    buffer_append(&sql, " GROUP BY table_schema, table_name, index_name");
    return buffer_take(&sql, catalog->scratch);
}

bool my_catalog_reread(struct my_catalog *catalog)
{
    MYSQL_RES *result;
    MYSQL_ROW row;

    if (!my_can(catalog->connection->flavor, MY_CAN_READS_EXPRESSIONS_AGAIN) ||
        !any_in_doubt(catalog))
        return true;
    result = my_connection_query(catalog->connection, stored_query(catalog), catalog->error);
    while (result && (row = mysql_fetch_row(result)) != NULL)
        stored_row(catalog, row);
    my_result_free(result);
    return result != NULL;
}
