/* A formatter that only knows words: what it does not know it leaves as it is. */
#include "edit/format.h"

#include <string.h>
#include <strings.h>

#include "core/buffer.h"
#include "edit/element.h"

struct format {
    const struct dialect_layout *layout;
    struct arena *arena;
    const char *text;
    size_t length;
    struct buffer out;
};

static bool is_among(const char *text, const struct text_mark *mark, const char *const *words)
{
    for (; *words; words++)
        if (mark_is(text, mark, *words))
            return true;
    return false;
}

/* --- capitals ----------------------------------------------------------------------------------- */

/* Types stay as they are written: they read better in small letters. */
static const char *const types[] = {
    "bigint",     "binary",    "bit",        "blob",         "boolean",   "char",      "character",
    "dec",        "decimal",   "double",     "float",        "float4",    "float8",    "int",
    "int1",       "int2",      "int3",       "int4",         "int8",      "integer",   "interval",
    "long",       "longblob",  "longtext",   "numeric",      "real",      "smallint",  "text",
    "time",       "timestamp", "tinyint",    "unsigned",     "varchar",   "date",      "datetime",
    "json",       "mediumint", "mediumtext", "tinytext",     "varbinary", "precision", "varying",
    "mediumblob", "tinyblob",  "enum",       "varcharacter", "nchar",     "zerofill",  NULL};

/* Words of definitions that can be names as well. */
static const char *const definers[] = {"action",
                                       "after",
                                       "always",
                                       "before",
                                       "begin",
                                       "by",
                                       "cache",
                                       "cascade",
                                       "cascaded",
                                       "comment",
                                       "concurrently",
                                       "cycle",
                                       "database",
                                       "deferred",
                                       "definer",
                                       "delete",
                                       "disable",
                                       "domain",
                                       "each",
                                       "enable",
                                       "execute",
                                       "exists",
                                       "extension",
                                       "function",
                                       "generated",
                                       "identity",
                                       "if",
                                       "immutable",
                                       "include",
                                       "increment",
                                       "index",
                                       "inherits",
                                       "insert",
                                       "invoker",
                                       "key",
                                       "language",
                                       "local",
                                       "materialized",
                                       "no",
                                       "option",
                                       "owner",
                                       "partition",
                                       "policy",
                                       "privileges",
                                       "procedure",
                                       "range",
                                       "rename",
                                       "replace",
                                       "restrict",
                                       "returns",
                                       "row",
                                       "schema",
                                       "security",
                                       "sequence",
                                       "stable",
                                       "start",
                                       "stored",
                                       "strict",
                                       "temporary",
                                       "trigger",
                                       "type",
                                       "unlogged",
                                       "update",
                                       "values",
                                       "view",
                                       "volatile",
                                       "add",
                                       "alter",
                                       "drop",
                                       "set",
                                       "auto_increment",
                                       "charset",
                                       NULL};

/* A name can follow these. */
static const char *const before_names[] = {
    "table",  "view",    "on",     "references", "from",     "join",       "into",     "index",
    "column", "exists",  "only",   "to",         "function", "procedure",  "sequence", "schema",
    "type",   "trigger", "domain", "extension",  "policy",   "constraint", "using",    "returns",
    "add",    "drop",    "alter",  "rename",     "key",      "=",          NULL};

/* What may follow them all the same. */
static bool is_no_name(const char *text, const struct text_mark *before,
                       const struct text_mark *mark, const struct text_mark *first)
{
    static const char *const events[] = {"delete", "update", NULL};

    if (mark_is(text, mark, "if") || mark_is(text, mark, "concurrently") ||
        mark_is(text, mark, "language"))
        return true;
    return mark_is(text, before, "on") &&
           (mark_is(text, first, "comment") || is_among(text, mark, events));
}

/* The place of a word within its statement. */
struct around {
    struct text_mark first; /* of the statement */
    struct text_mark before;
    struct text_mark next;
    size_t number; /* from 0 */
};

static bool is_to_raise(const struct format *format, const struct text_mark *mark,
                        const struct around *around)
{
    const char *text = format->text;
    static const char *const ends[] = {".", ",", "(", NULL};
    static const char *const dots[] = {".", NULL};
    static const char *const actions[] = {"add", "alter", "drop", "rename", NULL};
    static const char *const nexts[] = {".", ",", NULL};

    if (mark->kind != MARK_WORD || is_among(text, mark, types) ||
        (around->number && is_among(text, &around->before, dots)) ||
        is_among(text, &around->next, dots))
        return false;
    if (format->layout->is_reserved(text + mark->start, mark->end - mark->start) ||
        around->number < 2)
        return format->layout->is_keyword(text + mark->start, mark->end - mark->start);
    if (mark_is(text, &around->first, "alter") && mark_is(text, &around->before, ",") &&
        is_among(text, mark, actions))
        return true;
    if (!is_among(text, mark, definers) || is_among(text, &around->before, ends) ||
        is_among(text, &around->next, nexts))
        return false;
    return !is_among(text, &around->before, before_names) ||
           is_no_name(text, &around->before, mark, &around->first);
}

static void append_mark(struct format *format, const struct text_mark *mark, bool raised)
{
    size_t end = mark->end;

    if (mark->kind == MARK_COMMENT)
        while (end > mark->start && strchr(" \t\r", format->text[end - 1]))
            end--;
    if (!raised) {
        buffer_append_bytes(&format->out, format->text + mark->start, end - mark->start);
        return;
    }
    for (size_t i = mark->start; i < end; i++) {
        char byte = format->text[i];

        buffer_append_char(&format->out,
                           byte >= 'a' && byte <= 'z' ? (char)(byte - ('a' - 'A')) : byte);
    }
}

/* --- one statement ------------------------------------------------------------------------------ */

/* Where what is to be left alone begins in a statement: its query, its body; its start: all of it. */
static size_t known_until(const struct format *format, const struct text_piece *piece)
{
    static const char *const verbs[] = {"create", "alter",  "drop", "comment",
                                        "grant",  "revoke", NULL};
    static const char *const queried[] = {"view", "table", "rule", NULL};
    static const char *const programs[] = {"procedure", "event", "package", NULL};
    static const char *const bodies[] = {"function", "trigger", "do", "begin", "return", NULL};
    struct text_mark mark, kind = {0};
    size_t depth = 0;
    bool standard = format->layout->is_reserved("analyse", 7); /* bodies are strings there */

    if (piece->verbatim ||
        !mark_code(format->layout, format->text, piece->code_end, piece->start, &mark) ||
        !is_among(format->text, &mark, verbs))
        return piece->start;
    for (size_t at = mark.end; mark_code(format->layout, format->text, piece->code_end, at, &mark);
         at = mark.end) {
        depth += mark_is(format->text, &mark, "(");
        depth -= depth && mark_is(format->text, &mark, ")");
        if (!kind.end && is_among(format->text, &mark, queried))
            kind = mark;
        else if (!kind.end &&
                 (is_among(format->text, &mark, programs) || is_among(format->text, &mark, bodies)))
            kind = mark;
        else if (!depth && kind.end && is_among(format->text, &kind, queried) &&
                 mark_is(format->text, &mark, "as"))
            return mark.end;
        else if (kind.end && !is_among(format->text, &kind, queried) && standard &&
                 (mark_is(format->text, &mark, "begin") || mark_is(format->text, &mark, "return")))
            return mark.start;
        if (!standard && kind.end && !is_among(format->text, &kind, queried))
            return kind.end;
    }
    return piece->code_end;
}

static bool has_newline(const char *text, size_t from, size_t to)
{
    return memchr(text + from, '\n', to - from) != NULL;
}

/* The blanks between two marks: none, one, or the line's end with the blanks that the next line begins with. */
static void append_gap(struct format *format, const struct text_mark *before,
                       const struct text_mark *mark, bool joined)
{
    const char *text = format->text;
    const char *line = NULL;

    if (before->end == mark->start) {
        if (mark_is(text, before, ","))
            buffer_append_char(&format->out, ' ');
        return;
    }
    if (has_newline(text, before->end, mark->start) && !joined) {
        for (size_t i = before->end; i < mark->start; i++)
            if (text[i] == '\n') {
                buffer_append_char(&format->out, '\n');
                line = text + i + 1;
            }
        for (; line < text + mark->start; line++)
            if (*line == ' ' || *line == '\t')
                buffer_append_char(&format->out, *line);
        return;
    }
    if (mark_is(text, mark, ",") || mark_is(text, mark, ")") || mark_is(text, before, "("))
        return;
    buffer_append_char(&format->out, ' ');
}

/* The marks from there to there. around: of the first of them; goes on. joined: in one line. */
static void append_marks(struct format *format, size_t from, size_t to, struct around *around,
                         bool joined)
{
    struct text_mark mark;
    size_t start = from;

    while (format->layout->mark(format->text, to, from, &mark)) {
        struct text_mark next = {0};

        from = mark.end;
        if (mark.start > start)
            append_gap(format, &around->before, &mark, joined);
        mark_code(format->layout, format->text, to, mark.end, &next);
        around->next = next;
        if (!around->number)
            around->first = mark;
        append_mark(format, &mark, is_to_raise(format, &mark, around));
        start = 0;
        around->before = mark;
        if (mark.kind != MARK_COMMENT)
            around->number++;
    }
}

/* Comments from there to there, in lines of their own but for one that stands in the line before. */
static void append_comments(struct format *format, size_t from, size_t to, const char *indent)
{
    struct text_mark mark;

    while (format->layout->mark(format->text, to, from, &mark)) {
        if (mark.kind == MARK_COMMENT) {
            buffer_append(&format->out, has_newline(format->text, from, mark.start) ? "\n" : " ");
            if (has_newline(format->text, from, mark.start))
                buffer_append(&format->out, indent);
            append_mark(format, &mark, false);
        }
        from = mark.end;
    }
}

static bool has_comment(const struct format *format, size_t from, size_t to)
{
    struct text_mark mark;

    while (format->layout->mark(format->text, to, from, &mark)) {
        if (mark.kind == MARK_COMMENT)
            return true;
        from = mark.end;
    }
    return false;
}

/* A table: its elements one a line, each with the comments that stand around it. */
static void append_table(struct format *format, const struct text_piece *piece,
                         const struct elements *elements, size_t known)
{
    static const char indent[] = "    ";
    struct around around = {0};
    size_t at = elements->open + 1;

    append_marks(format, piece->start, elements->open + 1, &around, false);
    for (size_t i = 0; i < elements->count; i++) {
        const struct element *element = &elements->items[i];
        bool last = element->comma == (size_t)NOWHERE;
        struct text_mark first;

        append_comments(format, at, element->start, indent);
        buffer_printf(&format->out, "\n%s", indent);
        if (mark_code(format->layout, format->text, element->end, element->start, &first))
            append_marks(format, element->start, element->end, &around,
                         !has_comment(format, element->start, element->end));
        if (!last && has_comment(format, element->end, element->comma))
            append_comments(format, element->end, element->comma, indent);
        if (!last && format->out.length && has_comment(format, element->end, element->comma))
            buffer_printf(&format->out, "\n%s", indent);
        if (!last)
            buffer_append_char(&format->out, ',');
        at = last ? element->end : element->comma + 1;
        around.before = (struct text_mark){MARK_OTHER, at - 1, at};
    }
    append_comments(format, at, elements->close, indent);
    buffer_append_char(&format->out, '\n');
    around.before = (struct text_mark){MARK_OTHER, elements->close, elements->close};
    append_marks(format, elements->close, known, &around, false);
}

static void append_statement_text(struct format *format, const struct text_piece *piece)
{
    size_t known = known_until(format, piece);
    struct around around = {0};
    struct elements elements;
    bool ended = piece->end > piece->code_end && format->text[piece->end - 1] == ';';

    if (known > piece->start &&
        elements_find(format->layout, format->arena, format->text, piece->start, piece->code_end,
                      &elements) &&
        known > elements.close)
        append_table(format, piece, &elements, known);
    else if (known > piece->start)
        append_marks(format, piece->start, known, &around, false);
    /* What is left alone, with the blanks in front of it. */
    if (known > piece->start && around.before.end > piece->start)
        known = around.before.end < known ? around.before.end : known;
    if (known < piece->code_end)
        buffer_append_bytes(&format->out, format->text + known, piece->code_end - known);
    if (ended && !has_comment(format, piece->code_end, piece->end))
        buffer_append(&format->out, format->text[piece->end - 1] == ';' &&
                                            piece->end - piece->code_end > 1 &&
                                            format->text[piece->end - 2] == ';'
                                        ? ";;"
                                        : ";");
    else
        buffer_append_bytes(&format->out, format->text + piece->code_end,
                            piece->end - piece->code_end);
}

/* --- between statements ------------------------------------------------------------------------- */

static size_t newlines_in(const char *text, size_t from, size_t to)
{
    size_t count = 0;

    for (size_t i = from; i < to; i++)
        count += text[i] == '\n';
    return count;
}

/* Breaks the line before a statement or comment. lines: how many the author breaks; apart: a blank line has to be there. */
static void append_break(struct format *format, size_t lines, bool apart)
{
    if (!format->out.length)
        return;
    buffer_append(&format->out, apart || lines > 1 ? "\n\n" : "\n");
}

/* False where something else stands there: the end of a conditional comment. */
static bool is_comments(const struct format *format, size_t from, size_t to)
{
    struct text_mark mark = {0};

    while (format->layout->mark(format->text, to, from, &mark) && mark.kind == MARK_COMMENT)
        from = mark.end;
    return !mark.end || mark.kind == MARK_COMMENT;
}

/* The comments between two statements: one in the line of the first stays there; those right above the second stay so. */
static void append_between(struct format *format, size_t from, size_t to, bool apart)
{
    struct text_mark mark;
    bool first = true;

    if (!is_comments(format, from, to)) {
        buffer_append_bytes(&format->out, format->text + from, to - from);
        return;
    }
    while (format->layout->mark(format->text, to, from, &mark)) {
        size_t lines = newlines_in(format->text, from, mark.start);

        if (first && !lines && format->out.length) {
            buffer_append_char(&format->out, ' ');
            append_mark(format, &mark, false);
            from = mark.end;
            continue;
        } else {
            append_break(format, lines, first && apart && format->out.length);
            append_mark(format, &mark, false);
        }
        first = false;
        from = mark.end;
    }
    append_break(format, newlines_in(format->text, from, to), first && apart);
}

static void lay_out(struct format *format, const struct text_pieces *pieces)
{
    size_t at = 0;
    bool verbatim = false;

    for (size_t i = 0; i < pieces->count; i++) {
        const struct text_piece *piece = &pieces->items[i];
        bool apart = i > 0 && !piece->verbatim && !verbatim;

        append_between(format, at, piece->start, apart);
        append_statement_text(format, piece);
        verbatim = piece->verbatim;
        at = piece->end;
    }
    append_between(format, at, format->length, false);
    while (format->out.length &&
           strchr(" \t\r\n", buffer_text(&format->out)[format->out.length - 1]))
        buffer_truncate(&format->out, format->out.length - 1);
    if (format->out.length)
        buffer_append_char(&format->out, '\n');
}

/* --- proof -------------------------------------------------------------------------------------- */

static bool same_mark(const char *a, const struct text_mark *in_a, const char *b,
                      const struct text_mark *in_b)
{
    size_t length = in_a->end - in_a->start, other = in_b->end - in_b->start;

    if (in_a->kind != in_b->kind)
        return false;
    if (in_a->kind == MARK_COMMENT) {
        while (length && strchr(" \t\r", a[in_a->start + length - 1]))
            length--;
        while (other && strchr(" \t\r", b[in_b->start + other - 1]))
            other--;
    }
    if (length != other)
        return false;
    return in_a->kind == MARK_WORD ? strncasecmp(a + in_a->start, b + in_b->start, length) == 0
                                   : strncmp(a + in_a->start, b + in_b->start, length) == 0;
}

bool format_is_same(const struct dialect_layout *layout, const char *a, const char *b)
{
    size_t length_a = strlen(a), length_b = strlen(b);
    struct text_mark in_a = {0}, in_b = {0};
    bool more_a = true, more_b = true;

    while (more_a && more_b) {
        more_a = layout->mark(a, length_a, in_a.end, &in_a);
        more_b = layout->mark(b, length_b, in_b.end, &in_b);
        if (more_a && more_b && !same_mark(a, &in_a, b, &in_b))
            return false;
    }
    return more_a == more_b;
}

const char *format_text(const struct dialect_layout *layout, struct arena *arena, const char *text,
                        size_t length, const char *server, struct error *error)
{
    struct format format = {.layout = layout, .arena = arena, .text = text, .length = length};
    struct text_pieces pieces = {0};
    const char *result;

    if (!layout->cut(text, length, server, arena, &pieces, error))
        return NULL;
    lay_out(&format, &pieces);
    buffer_append(&format.out, "");
    result = buffer_take(&format.out, arena);
    if (format_is_same(layout, text, result))
        return result;
    error_set(error, ERROR_REFUSED, "it cannot be laid out without changing it");
    return NULL;
}
