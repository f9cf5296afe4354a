/* Bodies of programs, as far as clients keep them: on the way to the server some change how lines end, and the mariadb
 * client drops comments, or takes one that stands behind the delimiter along. */
#include "mysql/resolve/body.h"

#include <ctype.h>
#include <string.h>

#include "dialect/clause.h"

static const struct quoting quoting = {.quotes = "'\"`", .escaping = "'\""};

/* Equal but for how lines end. */
static bool same_lines(const char *a, const char *b)
{
    for (; *a && *b; a++, b++) {
        if (a[0] == '\r' && a[1] == '\n')
            a++;
        if (b[0] == '\r' && b[1] == '\n')
            b++;
        if (*a != *b)
            return false;
    }
    return *a == *b;
}

/* True where it depends on the sql_mode whether a backslash ends what is quoted: then nobody knows here what is a
 * comment. */
static bool is_ambiguous(const char *body)
{
    return strstr(body, "\\'") || strstr(body, "\\\"");
}

/* Behind the comment that begins here; what a server may run is none. */
static const char *skip_comment(const char *at)
{
    const char *end;

    if (*at == '#' || (at[0] == '-' && at[1] == '-' && (!at[2] || isspace((unsigned char)at[2]))))
        return at + strcspn(at, "\n");
    if (at[0] != '/' || at[1] != '*' || at[2] == '!' || (at[2] == 'M' && at[3] == '!'))
        return at;
    end = strstr(at + 2, "*/");
    return end ? end + 2 : at + strlen(at);
}

/* The next thing that counts, from *at on: its length; *at is behind the blanks and comments before it. 0 at the end.
 * *apart: there were such. */
static size_t next_piece(const char **at, bool *apart)
{
    const char *start = *at;
    const char *end;

    for (;;) {
        const char *before = *at;

        while (isspace((unsigned char)**at))
            ++*at;
        *at = skip_comment(*at);
        if (*at == before)
            break;
    }
    *apart = *at > start;
    if (!**at)
        return 0;
    end = **at == '\'' || **at == '"' || **at == '`' ? clause_skip_quoted(&quoting, *at) : *at + 1;
    return (size_t)(end - *at);
}

bool my_same_body(const char *a, const char *b)
{
    if (is_ambiguous(a) || is_ambiguous(b))
        return same_lines(a, b);
    for (;;) {
        bool a_apart, b_apart;
        size_t a_length = next_piece(&a, &a_apart);
        size_t b_length = next_piece(&b, &b_apart);

        if (a_length != b_length || (a_length && a_apart != b_apart) || memcmp(a, b, a_length) != 0)
            return false;
        if (!a_length)
            return true;
        a += a_length;
        b += b_length;
    }
}
