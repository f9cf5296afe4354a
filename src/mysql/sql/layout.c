/* Cuts a text into statements as the client does (parse_split.c), and into words, strings and comments. What a
 * conditional comment holds is code: the comment's own marks belong to the statement that it wraps. */
#include "mysql/sql/layout.h"

#include <string.h>
#include <strings.h>

#include "mysql/sql/parse.h"
#include "mysql/sql/parse_split.h"
#include "mysql/sql/scan.h"

static char at(const char *text, size_t length, size_t position)
{
    return position < length ? text[position] : '\0';
}

static size_t line_end(const char *text, size_t length, size_t from)
{
    const char *end = memchr(text + from, '\n', length - from);

    return end ? (size_t)(end - text) : length;
}

/* --- marks -------------------------------------------------------------------------------------- */

static bool is_word_byte(char byte)
{
    return (unsigned char)byte >= 0x80 || byte == '_' || byte == '$' ||
           (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') ||
           (byte >= 'A' && byte <= 'Z');
}

static bool is_line_comment(const char *text, size_t length, size_t from)
{
    if (text[from] == '#')
        return true;
    return text[from] == '-' && at(text, length, from + 1) == '-' &&
           (from + 2 >= length || (unsigned char)text[from + 2] <= ' ');
}

static bool is_conditional(const char *text, size_t length, size_t from)
{
    return at(text, length, from + 2) == '!' ||
           (at(text, length, from + 2) == 'M' && at(text, length, from + 3) == '!');
}

static size_t block_end(const char *text, size_t length, size_t from)
{
    for (size_t i = from + 2; i + 1 < length; i++)
        if (text[i] == '*' && text[i + 1] == '/')
            return i + 2;
    return length;
}

/* Backslashes escape: the modes in which they do not are rare, and then a quote of theirs is at worst cut short. */
static size_t quoted_end(const char *text, size_t length, size_t from)
{
    char quote = text[from];
    size_t i = from + 1;

    while (i < length) {
        if (text[i] == '\\' && quote != '`') {
            i += 2;
        } else if (text[i] != quote) {
            i++;
        } else if (at(text, length, i + 1) == quote) {
            i += 2;
        } else {
            return i + 1;
        }
    }
    return length;
}

static size_t word_end(const char *text, size_t length, size_t from)
{
    while (from < length && is_word_byte(text[from]))
        from++;
    return from;
}

bool my_layout_mark(const char *text, size_t length, size_t from, struct text_mark *mark)
{
    while (from < length && (unsigned char)text[from] <= ' ')
        from++;
    if (from >= length)
        return false;
    *mark = (struct text_mark){MARK_OTHER, from, from + 1};
    if (is_line_comment(text, length, from))
        *mark = (struct text_mark){MARK_COMMENT, from, line_end(text, length, from)};
    else if (text[from] == '/' && at(text, length, from + 1) == '*' &&
             !is_conditional(text, length, from))
        *mark = (struct text_mark){MARK_COMMENT, from, block_end(text, length, from)};
    else if (text[from] == '\'' || text[from] == '"')
        *mark = (struct text_mark){MARK_STRING, from, quoted_end(text, length, from)};
    else if (text[from] == '`')
        *mark = (struct text_mark){MARK_NAME, from, quoted_end(text, length, from)};
    else if (is_word_byte(text[from]))
        *mark = (struct text_mark){text[from] >= '0' && text[from] <= '9' ? MARK_NUMBER : MARK_WORD,
                                   from, word_end(text, length, from)};
    return true;
}

/* --- pieces ------------------------------------------------------------------------------------- */

/* Where the conditional comments begin that a statement stands in; the statement itself where it stands in none. */
static size_t begin_of(const char *text, size_t length, size_t from, size_t statement)
{
    struct text_mark mark;

    while (my_layout_mark(text, length, from, &mark) && mark.start < statement) {
        if (mark.kind == MARK_OTHER && text[mark.start] == '/' &&
            at(text, length, mark.start + 1) == '*')
            return mark.start;
        from = mark.end;
    }
    return statement;
}

/* A line for the client that the splitter does not take. */
static bool is_client_line(const struct my_splitter *splitter)
{
    return at(splitter->text, splitter->length, splitter->position) == '\\' ||
           strncmp(splitter->text + splitter->position, "source", 6) == 0;
}

/* DELIMITER lines that stand before the statement are pieces of their own. */
static size_t add_delimiters(struct text_pieces *pieces, struct arena *arena, const char *text,
                             size_t length, size_t from, size_t until)
{
    struct text_mark mark;
    size_t behind = from;

    while (my_layout_mark(text, length, from, &mark) && mark.start < until) {
        from = mark.end;
        if (mark.kind == MARK_WORD && mark.end - mark.start == 9 &&
            strncasecmp(text + mark.start, "delimiter", 9) == 0) {
            size_t end = line_end(text, length, mark.start);

            from = behind = end;
            while (end > mark.start && (unsigned char)text[end - 1] <= ' ')
                end--;
            text_pieces_add(pieces, arena, (struct text_piece){mark.start, end, end, true});
        }
    }
    return behind;
}

static bool add_client_line(struct my_splitter *splitter, struct text_pieces *pieces)
{
    size_t start = splitter->position;
    size_t end = line_end(splitter->text, splitter->length, start);

    text_pieces_add(pieces, splitter->arena, (struct text_piece){start, end, end, true});
    splitter->position = end;
    return true;
}

bool my_layout_cut(const char *text, size_t length, const char *server, struct arena *arena,
                   struct text_pieces *pieces, struct error *error)
{
    struct my_splitter splitter = {.arena = arena,
                                   .flavor = my_flavor_of_version(0),
                                   .file = "",
                                   .text = text,
                                   .length = length,
                                   .delimiter = ";",
                                   .delimiter_length = 1};
    struct my_chunk chunk;
    size_t from = 0;

    if (server)
        my_flavor_parse(server, &splitter.flavor);
    for (;;) {
        struct error unseen = {0};
        bool cut = my_split_next(&splitter, &chunk, &unseen);

        if (!cut && is_client_line(&splitter) && add_client_line(&splitter, pieces)) {
            from = splitter.position;
            continue;
        }
        if (!cut)
            return error_set(error, unseen.code, "%s", unseen.message);
        from =
            add_delimiters(pieces, arena, text, length, from, chunk.text ? chunk.offset : length);
        if (!chunk.text)
            return true;
        text_pieces_add(pieces, arena,
                        (struct text_piece){begin_of(text, length, from, chunk.offset), chunk.end,
                                            splitter.position, false});
        from = splitter.position;
    }
}

bool my_layout_is_keyword(const char *word, size_t length)
{
    return my_keyword_find(word, length) != NULL;
}

bool my_layout_is_reserved(const char *word, size_t length)
{
    const struct my_keyword *keyword = my_keyword_find(word, length);

    return keyword && my_keyword_reserved(keyword, my_flavor_of_version(0));
}
