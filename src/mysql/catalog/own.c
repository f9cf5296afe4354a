/* The name of the database itself, which MariaDB writes into defaults that call a sequence and into views of
 * other definers: what stands in the one database that is read is written without it. */
#include <string.h>

#include "core/buffer.h"
#include "mysql/catalog/catalog.h"
#include "mysql/sql/quote.h"

const char *my_quoted_end(const char *at, const char *end)
{
    char quote = *at++;

    for (; at < end; at++) {
        if (*at == '\\' && quote != '`' && at + 1 < end)
            at++;
        else if (*at == quote && (at + 1 == end || at[1] != quote))
            return at + 1;
        else if (*at == quote)
            at++;
    }
    return end;
}

/* Appends the text without "`database`."; false where that name means something else too. */
static bool append_rest(struct buffer *out, const char *text, const char *end, const char *quoted)
{
    size_t length = strlen(quoted);

    for (const char *at = text; at < end;) {
        const char *next = strchr("`'\"", *at) && *at ? my_quoted_end(at, end) : at + 1;
        bool own = (size_t)(next - at) == length && memcmp(at, quoted, length) == 0;
        bool qualified = at > text && at[-1] == '.';

        if (own && !qualified) {
            if (next == end || *next != '.')
                return false;
            at = next + 1;
            continue;
        }
        buffer_append_bytes(out, at, (size_t)(next - at));
        at = next;
    }
    return true;
}

const char *my_without_database(struct arena *arena, const char *database, const char *text,
                                size_t *length)
{
    struct buffer out = BUFFER_EMPTY;
    const char *quoted = my_quote_name(arena, database);

    if (!append_rest(&out, text, text + *length, quoted)) {
        buffer_free(&out);
        return text;
    }
    *length = out.length;
    return buffer_take(&out, arena);
}
