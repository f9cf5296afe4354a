/* Identifiers and literals as the server quotes them. */
#include "postgres/sql/tree.h"

#include <string.h>

#include "common/keywords.h"

#include "core/buffer.h"
#include "postgres/sql/quote.h"

/* Like the server's quote_ident: small letters, digits and underscores that do not spell a keyword
 * stay bare. Unreserved keywords stay bare too. */
static bool is_safe_name(const char *name)
{
    int keyword;

    if (!((*name >= 'a' && *name <= 'z') || *name == '_'))
        return false;
    for (const char *at = name; *at; at++)
        if (!((*at >= 'a' && *at <= 'z') || (*at >= '0' && *at <= '9') || *at == '_'))
            return false;
    keyword = ScanKeywordLookup(name, &ScanKeywords);
    return keyword < 0 || ScanKeywordCategories[keyword] == UNRESERVED_KEYWORD;
}

void pg_append_identifier(struct buffer *buffer, const char *name)
{
    if (is_safe_name(name)) {
        buffer_append(buffer, name);
        return;
    }
    buffer_append_char(buffer, '"');
    for (; *name; name++) {
        if (*name == '"')
            buffer_append_char(buffer, '"');
        buffer_append_char(buffer, *name);
    }
    buffer_append_char(buffer, '"');
}

const char *pg_quote_name(struct arena *arena, const char *name)
{
    struct buffer quoted = BUFFER_EMPTY;

    if (is_safe_name(name))
        return arena_strdup(arena, name);
    pg_append_identifier(&quoted, name);
    return buffer_take(&quoted, arena);
}

const char *pg_quote_literal(struct arena *arena, const char *text)
{
    struct buffer quoted = BUFFER_EMPTY;

    if (strchr(text, '\\'))
        buffer_append_char(&quoted, 'E');
    buffer_append_char(&quoted, '\'');
    for (; *text; text++) {
        if (*text == '\'' || *text == '\\')
            buffer_append_char(&quoted, *text);
        buffer_append_char(&quoted, *text);
    }
    buffer_append_char(&quoted, '\'');
    return buffer_take(&quoted, arena);
}

const char *pg_qualify(struct arena *arena, const char *schema, const char *name)
{
    if (!schema)
        return pg_quote_name(arena, name);
    return arena_printf(arena, "%s.%s", pg_quote_name(arena, schema), pg_quote_name(arena, name));
}

const char *pg_qualify_operator(struct arena *arena, const char *schema, const char *name)
{
    return arena_printf(arena, "OPERATOR(%s.%s)", pg_quote_name(arena, schema), name);
}

const char *pg_take_name(struct arena *arena, const char **text, const char *ends)
{
    struct buffer part = BUFFER_EMPTY;
    const char *at = *text;

    if (*at == '"') {
        for (at++; *at && (*at != '"' || at[1] == '"'); at++) {
            if (*at == '"')
                at++;
            buffer_append_char(&part, *at);
        }
        if (*at)
            at++;
    } else {
        for (; *at && !strchr(ends, *at); at++)
            buffer_append_char(&part, *at);
    }
    *text = at;
    return buffer_take(&part, arena);
}
