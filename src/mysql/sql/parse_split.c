/* Cuts a text into statements as the client and the server do together: DELIMITER lines, quotes and comments
 * by the sql_mode, conditional comments by vendor and version, bodies of programs by their words. */
#include <string.h>
#include <strings.h>

#include "core/buffer.h"
#include "mysql/sql/parse.h"
#include "mysql/sql/parse_split.h"

/* What the scan of one statement gathers. */
struct scan {
    struct my_splitter *splitter;
    struct my_chunk *chunk;
    struct my_nesting nesting;
    struct buffer text; /* only where something was cut out */
    struct pointer_list pieces;
    size_t from; /* begin of the piece that is not copied yet */
    bool cut;
    struct error *error;
};

static bool is_blank(char byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

static bool is_name_byte(char byte)
{
    return (unsigned char)byte >= 0x80 || byte == '_' || byte == '$' ||
           (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') ||
           (byte >= 'A' && byte <= 'Z');
}

static char at(const struct my_splitter *splitter, size_t position)
{
    return position < splitter->length ? splitter->text[position] : '\0';
}

static bool fail(struct my_splitter *splitter, struct error *error, size_t offset,
                 const char *message, const char *hint)
{
    error_set(error, ERROR_SYNTAX, "%s", message);
    if (hint != NULL)
        error_hint(error, "%s", hint);
    error_place(error, splitter->file, splitter->text, splitter->length, offset);
    return false;
}

static bool is_delimiter(const struct my_splitter *splitter, size_t position)
{
    return position + splitter->delimiter_length <= splitter->length &&
           memcmp(splitter->text + position, splitter->delimiter, splitter->delimiter_length) == 0;
}

static size_t line_end(const struct my_splitter *splitter, size_t position)
{
    const char *end = memchr(splitter->text + position, '\n', splitter->length - position);

    return end == NULL ? splitter->length : (size_t)(end - splitter->text);
}

/* The client drops a backslash that ends a line, and goes on with the next one. */
static bool is_joined_line(const struct my_splitter *splitter, size_t position)
{
    size_t next = position + 1 + (at(splitter, position + 1) == '\r');

    return at(splitter, position) == '\\' &&
           (at(splitter, next) == '\n' || next >= splitter->length);
}

/* -- to the end of the line, unless something other than a blank follows. */
static bool is_line_comment(const struct my_splitter *splitter, size_t position)
{
    char byte = at(splitter, position);

    if (byte == '#')
        return true;
    return byte == '-' && at(splitter, position + 1) == '-' &&
           (position + 2 >= splitter->length || (unsigned char)at(splitter, position + 2) <= ' ');
}

/* Behind the quoted text that begins at position; 0 if it does not end. */
static size_t quoted_end(const struct my_splitter *splitter, size_t position)
{
    const char *text = splitter->text;
    char quote = text[position];
    bool escapes = quote != '`' && !(splitter->sql_mode & MY_MODE_NO_BACKSLASH_ESCAPES) &&
                   !(quote == '"' && (splitter->sql_mode & MY_MODE_ANSI_QUOTES));
    size_t i = position + 1, length = splitter->length;

    for (;;) {
        while (i < length && text[i] != quote && text[i] != '\\')
            i++;
        if (i >= length)
            return 0;
        if (text[i] == '\\') {
            i += escapes ? 2 : 1;
        } else if (i + 1 < length && text[i + 1] == quote) {
            i += 2;
        } else {
            return i + 1;
        }
    }
}

/* Behind the comment that begins at position; 0 if it does not end. nested: a comment may stand in it. */
static size_t comment_end(const struct my_splitter *splitter, size_t position, bool nested)
{
    for (size_t i = position + 2; i + 1 < splitter->length; i++) {
        if (splitter->text[i] == '*' && splitter->text[i + 1] == '/')
            return i + 2;
        if (nested && splitter->text[i] == '/' && splitter->text[i + 1] == '*') {
            i = comment_end(splitter, i, false);
            if (i == 0)
                return 0;
            i--;
        }
    }
    return 0;
}

enum comment_kind { PLAIN, TAKEN, SKIPPED };

/* What kind of comment begins at position, and where what it holds begins. */
static enum comment_kind kind_of_comment(const struct my_splitter *splitter, size_t position,
                                         size_t *content)
{
    bool mariadb = at(splitter, position + 2) == 'M';
    size_t i = position + 2 + mariadb, digits = 0;
    int version = 0;

    if (at(splitter, i) != '!')
        return PLAIN;
    if (mariadb && splitter->flavor.vendor != MY_MARIADB)
        return PLAIN;
    i++;
    while (digits < 6 && at(splitter, i + digits) >= '0' && at(splitter, i + digits) <= '9') {
        version = version * 10 + (at(splitter, i + digits) - '0');
        digits++;
    }
    *content = digits >= 5 ? i + digits : i;
    if (digits < 5)
        return TAKEN;
    return my_takes_comment(splitter->flavor, version, mariadb) ? TAKEN : SKIPPED;
}

/* --- between statements ------------------------------------------------------------------------- */

/* The word that begins at position is this one. */
static bool word_at(const struct my_splitter *splitter, size_t position, const char *word)
{
    size_t length = strlen(word);

    return position + length <= splitter->length &&
           strncasecmp(splitter->text + position, word, length) == 0 &&
           !is_name_byte(at(splitter, position + length));
}

/* DELIMITER x: up to the end of the line, as the client takes it. */
static bool read_delimiter(struct my_splitter *splitter, struct error *error)
{
    size_t start = splitter->position, end = line_end(splitter, start), i = start + 9, from;
    char quote;

    while (i < end && is_blank(splitter->text[i]))
        i++;
    quote = i < end && (splitter->text[i] == '\'' || splitter->text[i] == '"') ? splitter->text[i++]
                                                                               : 0;
    from = i;
    while (i < end && (quote ? splitter->text[i] != quote : !is_blank(splitter->text[i])))
        i++;
    if (i == from)
        return fail(splitter, error, start, "DELIMITER without a delimiter", NULL);
    splitter->delimiter = arena_strndup(splitter->arena, splitter->text + from, i - from);
    splitter->delimiter_length = i - from;
    splitter->position = end;
    return true;
}

/* Skips one thing that lies between statements. *done where a statement begins, or the text ends. */
static bool skip_one(struct my_splitter *splitter, bool *done, struct error *error)
{
    size_t i = splitter->position, content, end;
    char byte = at(splitter, i);

    if (i >= splitter->length) {
        *done = true;
    } else if (is_blank(byte) || byte == '\0' || is_joined_line(splitter, i)) {
        splitter->position++;
    } else if (is_delimiter(splitter, i)) {
        splitter->position += splitter->delimiter_length;
    } else if (byte == ';') {
        splitter->position++;
    } else if (is_line_comment(splitter, i)) {
        splitter->position = line_end(splitter, i);
    } else if (byte == '/' && at(splitter, i + 1) == '*') {
        enum comment_kind kind = kind_of_comment(splitter, i, &content);

        if (kind == TAKEN) {
            splitter->conditional++;
            splitter->position = content;
            return true;
        }
        end = comment_end(splitter, i, kind == SKIPPED);
        if (end == 0)
            return fail(splitter, error, i, "the comment is never closed", NULL);
        splitter->position = end;
    } else if (byte == '*' && at(splitter, i + 1) == '/' && splitter->conditional > 0) {
        splitter->conditional--;
        splitter->position += 2;
    } else if (word_at(splitter, i, "DELIMITER") && is_blank(at(splitter, i + 9))) {
        return read_delimiter(splitter, error);
    } else if (byte == (char)0xef && at(splitter, i + 1) == (char)0xbb &&
               at(splitter, i + 2) == (char)0xbf) {
        splitter->position += 3;
    } else {
        *done = true;
    }
    return true;
}

/* Lines that only the client understands. */
static bool refuse_client_line(struct my_splitter *splitter, struct error *error)
{
    size_t i = splitter->position;

    if (at(splitter, i) == '\\' || word_at(splitter, i, "source"))
        return fail(splitter, error, i, "this line is a command to the client, not SQL",
                    "Name the file, or its folder, as a state of its own: all files are read.");
    return true;
}

/* --- one statement ------------------------------------------------------------------------------ */

static void add_piece(struct scan *scan, size_t text_offset, size_t source_offset)
{
    struct my_piece *piece = ARENA_NEW(scan->splitter->arena, struct my_piece);

    piece->text_offset = text_offset;
    piece->source_offset = source_offset;
    pointer_list_add(&scan->pieces, scan->splitter->arena, piece);
}

/* Leaves out what stands from here to there. */
static void cut(struct scan *scan, size_t from, size_t to)
{
    const char *text = scan->splitter->text;

    buffer_append_bytes(&scan->text, text + scan->from, from - scan->from);
    if (scan->text.length > 0 && is_name_byte(buffer_text(&scan->text)[scan->text.length - 1]) &&
        is_name_byte(at(scan->splitter, to)))
        buffer_append_char(&scan->text, ' ');
    scan->from = to;
    scan->cut = true;
    add_piece(scan, scan->text.length, to);
}

static bool scan_comment(struct scan *scan, size_t *position)
{
    struct my_splitter *splitter = scan->splitter;
    size_t i = *position, content, end;
    enum comment_kind kind = kind_of_comment(splitter, i, &content);

    if (kind == TAKEN) {
        splitter->conditional++;
        cut(scan, i, content);
        *position = content;
        return true;
    }
    end = comment_end(splitter, i, kind == SKIPPED);
    if (end == 0)
        return fail(splitter, scan->error, i, "the comment is never closed", NULL);
    if (kind == SKIPPED)
        cut(scan, i, end);
    *position = end;
    return true;
}

static bool scan_word(struct scan *scan, size_t *position)
{
    struct my_splitter *splitter = scan->splitter;
    struct my_head *head = &scan->chunk->head;
    size_t start = *position, i = start;
    bool check = is_name_byte(splitter->delimiter[0]);

    while (i < splitter->length && is_name_byte(splitter->text[i]) &&
           !(check && i > start && is_delimiter(splitter, i)))
        i++;
    *position = i;
    if (at(splitter, i) == '.' ||
        (start > 0 && (at(splitter, start - 1) == '.' || at(splitter, start - 1) == '@'))) {
        if (head->known) { /* a name */
            my_nesting_mark(&scan->nesting, head->program, 'n');
            return true;
        }
    }
    if (start > 0 && at(splitter, start - 1) == '@' && head->word != NULL && !head->definer)
        my_head_word(head, "@", 1, splitter->arena);
    else
        my_head_word(head, splitter->text + start, i - start, splitter->arena);
    if (head->program == MY_HEAD_PLAIN || head->program == MY_HEAD_SEQUENCE)
        return true;
    if (head->program == MY_HEAD_ROUTINE && !scan->nesting.body && i - start == 6 &&
        strncasecmp(splitter->text + start, "SONAME", 6) == 0) {
        head->kind = MY_UNMODELLED;
        head->parsed = false;
        head->program = MY_HEAD_PLAIN;
        return true;
    }
    if (!my_nesting_word(&scan->nesting, head->program, splitter->text + start, i - start, start))
        return fail(splitter, scan->error, start, "the statement is nested too deeply", NULL);
    return true;
}

static bool scan_quoted(struct scan *scan, size_t *position)
{
    struct my_splitter *splitter = scan->splitter;
    size_t end = quoted_end(splitter, *position);

    if (end == 0)
        return fail(splitter, scan->error, *position, "a quote is never closed",
                    "The text ends within it. Does an earlier quote lack its partner?");
    my_nesting_mark(&scan->nesting, scan->chunk->head.program, '`');
    *position = end;
    return true;
}

/* Over bytes that mean nothing between words once it is clear what the statement is. */
static size_t skip_dull(const struct scan *scan, size_t i)
{
    static const unsigned char special[256] = {
        ['\''] = 1, ['"'] = 1, ['`'] = 1, ['-'] = 1,  ['#'] = 1,
        ['/'] = 1,  ['*'] = 1, [';'] = 1, ['\\'] = 1,
    };
    const struct my_splitter *splitter = scan->splitter;
    unsigned char first = (unsigned char)splitter->delimiter[0];

    while (i < splitter->length && !special[(unsigned char)splitter->text[i]] &&
           (unsigned char)splitter->text[i] != first)
        i++;
    return i;
}

/* One step inside a statement. *done at its end; *skip is how long the delimiter is. */
static bool scan_step(struct scan *scan, size_t *position, bool *done, size_t *skip)
{
    struct my_splitter *splitter = scan->splitter;
    const struct my_head *head = &scan->chunk->head;
    bool program = head->program != MY_HEAD_PLAIN && head->program != MY_HEAD_SEQUENCE;
    size_t i = *position;
    char byte = splitter->text[i];

    if (splitter->delimiter[0] != ';' && is_delimiter(splitter, i)) { /* even before comments */
        *skip = splitter->delimiter_length;
        *done = true;
        return true;
    }
    if (byte == '\'' || byte == '"' || byte == '`')
        return scan_quoted(scan, position);
    if (is_joined_line(splitter, i)) {
        cut(scan, i, i + 1);
        *position = i + 1;
        return true;
    }
    if (byte == '/' && at(splitter, i + 1) == '*')
        return scan_comment(scan, position);
    if (byte == '*' && at(splitter, i + 1) == '/' && splitter->conditional > 0) {
        splitter->conditional--;
        cut(scan, i, i + 2);
        *position = i + 2;
        return true;
    }
    if (is_line_comment(splitter, i)) {
        *position = line_end(splitter, i);
        return true;
    }
    if (byte == ';' && splitter->delimiter_length > 1 && is_delimiter(splitter, i)) {
        *skip = splitter->delimiter_length;
        *done = true;
        return true;
    }
    if (byte == ';' && (!program || scan->nesting.depth == 0)) {
        *skip = 1;
        *done = true;
        return true;
    }
    if (byte == '\\' && (at(splitter, i + 1) == 'g' || at(splitter, i + 1) == 'G')) {
        *skip = 2;
        *done = true;
        return true;
    }
    if (is_name_byte(byte) && (!head->known || program))
        return scan_word(scan, position);
    if (program) {
        if (byte == '(' || byte == ')' || byte == ';' ||
            (byte == ':' && at(splitter, i + 1) != '='))
            my_nesting_mark(&scan->nesting, head->program, byte);
        else if (!is_blank(byte))
            my_nesting_mark(&scan->nesting, head->program, 'o');
        *position = i + 1;
        return true;
    }
    *position = head->known ? skip_dull(scan, i + 1) : i + 1;
    return true;
}

/* --- what was found ----------------------------------------------------------------------------- */

/* Statements that are not parsed are kept up to here. */
enum { KEPT = 2000 };

static void take_text(struct scan *scan, size_t end)
{
    struct my_chunk *chunk = scan->chunk;
    struct my_splitter *splitter = scan->splitter;
    size_t length, kept;
    const char *text;

    if (scan->cut) {
        buffer_append_bytes(&scan->text, splitter->text + scan->from, end - scan->from);
        text = buffer_text(&scan->text);
        length = scan->text.length;
    } else {
        text = splitter->text + chunk->offset;
        length = end - chunk->offset;
    }
    while (length > 0 && is_blank(text[length - 1]))
        length--;
    kept =
        !chunk->head.parsed && length > KEPT && chunk->head.kind != MY_UNMODELLED ? KEPT : length;
    chunk->text = arena_strndup(splitter->arena, text, kept);
    chunk->length = kept;
    buffer_free(&scan->text);
    chunk->piece_count = scan->pieces.count;
    chunk->pieces = ARENA_ARRAY(splitter->arena, struct my_piece, chunk->piece_count);
    for (size_t i = 0; i < chunk->piece_count; i++)
        chunk->pieces[i] = *(struct my_piece *)scan->pieces.items[i];
    while (end > chunk->offset && is_blank(splitter->text[end - 1]))
        end--;
    chunk->end = end;
}

/* USE takes effect at the end of its line, delimiter or not. */
static size_t use_end(const struct my_splitter *splitter, size_t position)
{
    size_t end = line_end(splitter, position);

    for (size_t i = position; i < end; i++)
        if (is_delimiter(splitter, i) || splitter->text[i] == ';')
            return i;
    return end;
}

static bool scan_statement(struct scan *scan)
{
    struct my_splitter *splitter = scan->splitter;
    size_t i = splitter->position, skip = 0, limit = splitter->length;
    bool done = false;

    scan->chunk->offset = scan->from = i;
    add_piece(scan, 0, i);
    if (word_at(splitter, i, "USE") && is_blank(at(splitter, i + 3)))
        limit = use_end(splitter, i);
    while (!done && i < limit)
        if (!scan_step(scan, &i, &done, &skip))
            return false;
    if (i > limit)
        i = limit;
    if (!done && scan->nesting.depth > 0)
        return fail(splitter, scan->error, scan->nesting.opened,
                    "the block that begins here has no END",
                    "Every BEGIN, IF, CASE, LOOP, WHILE and REPEAT needs its own END.");
    my_head_end(&scan->chunk->head);
    take_text(scan, i);
    splitter->position = i + skip;
    return true;
}

bool my_split_next(struct my_splitter *splitter, struct my_chunk *chunk, struct error *error)
{
    struct scan scan = {.splitter = splitter, .chunk = chunk, .error = error};
    bool done = false, fine;

    *chunk = (struct my_chunk){0};
    while (!done)
        if (!skip_one(splitter, &done, error))
            return false;
    if (splitter->position >= splitter->length)
        return true;
    if (!refuse_client_line(splitter, error))
        return false;
    fine = scan_statement(&scan);
    buffer_free(&scan.text);
    return fine;
}
