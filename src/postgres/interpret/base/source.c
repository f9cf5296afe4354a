/* From an author's text to one that the parser takes, with every offset unchanged: psql's
 * backslash lines and the data of COPY ... FROM stdin are overwritten by spaces; what they ask
 * for is kept. */
#include "postgres/interpret/base/interpreter.h"

#include <ctype.h>
#include <string.h>

#include "core/buffer.h"
#include "postgres/interpret/base/base.h"
#include "postgres/sql/scan.h"

struct preparation {
    struct interpret_file *file;
    struct arena *arena;
    char *text; /* the file's, to be written to */
    struct interpret_include_list *includes;
    struct error *error;
};

/* Commands that change nothing in a schema. */
static const char *const ignored_commands[] = {
    "restrict", "unrestrict", "set",  "unset", "echo", "qecho", "warn", "pset",   "encoding",
    "timing",   "x",          "a",    "t",     "o",    "out",   "!",    "prompt", "errverbose",
    "conninfo", "h",          "help", "q",     "r",    "reset", "p",    "print",  NULL,
};

static void blank(char *text, size_t start, size_t end)
{
    for (; start < end; start++)
        if (text[start] != '\n')
            text[start] = ' ';
}

static size_t line_end(const struct interpret_file *file, size_t at)
{
    const char *end = memchr(file->text + at, '\n', file->length - at);

    return end ? (size_t)(end - file->text) : file->length;
}

static void add_include(struct preparation *preparation, size_t offset, const char *path,
                        bool relative)
{
    struct interpret_include_list *list = preparation->includes;

    if (list->count == list->room) {
        struct interpret_include *grown;

        list->room = list->room ? list->room * 2 : 4;
        grown = ARENA_ARRAY(preparation->arena, struct interpret_include, list->room);
        if (list->count)
            memcpy(grown, list->items, list->count * sizeof(*grown));
        list->items = grown;
    }
    list->items[list->count++] =
        (struct interpret_include){.offset = offset, .path = path, .relative = relative};
}

/* The command's first argument: bare, or in single quotes. */
static const char *read_argument(struct preparation *preparation, size_t at, size_t end)
{
    const char *text = preparation->file->text;
    struct buffer argument = BUFFER_EMPTY;

    while (at < end && isspace((unsigned char)text[at]))
        at++;
    if (at < end && (text[at] == '\'' || text[at] == '"')) {
        char quote = text[at++];

        for (; at < end && text[at] != quote; at++)
            buffer_append_char(&argument, text[at]);
    } else {
        for (; at < end && !isspace((unsigned char)text[at]); at++)
            buffer_append_char(&argument, text[at]);
    }
    return buffer_take(&argument, preparation->arena);
}

static bool refuse(struct preparation *preparation, size_t at, const char *command)
{
    const struct interpret_file *file = preparation->file;

    error_set(preparation->error, ERROR_SYNTAX, "psql's command \\%s is not understood", command);
    if (strcmp(command, "c") == 0 || strcmp(command, "connect") == 0)
        error_hint(preparation->error, "A file describes one database: take the line out, and keep "
                                       "other databases in other files.");
    else if (strcmp(command, "if") == 0 || strcmp(command, "elif") == 0 ||
             strcmp(command, "else") == 0 || strcmp(command, "endif") == 0)
        error_hint(preparation->error,
                   "A file describes one schema: conditions cannot be followed.");
    else
        error_hint(preparation->error, "Take the line out; \\i and \\ir are understood.");
    error_place(preparation->error, file->name, file->text, file->length, at);
    return false;
}

static bool is_ignored(const char *command)
{
    for (const char *const *ignored = ignored_commands; *ignored; ignored++)
        if (strcmp(*ignored, command) == 0)
            return true;
    return false;
}

/* A backslash outside of quotes; gives the end of what it takes, 0 on error. */
static size_t take_command(struct preparation *preparation, size_t at)
{
    const struct interpret_file *file = preparation->file;
    size_t end = line_end(file, at);
    size_t name_end = at + 1;
    const char *name;

    while (name_end < end && !isspace((unsigned char)file->text[name_end]))
        name_end++;
    name = arena_strndup(preparation->arena, file->text + at + 1, name_end - at - 1);
    if (strcmp(name, "i") == 0 || strcmp(name, "include") == 0 || strcmp(name, "ir") == 0 ||
        strcmp(name, "include_relative") == 0)
        add_include(preparation, at, read_argument(preparation, name_end, end),
                    strchr(name, 'r') != NULL);
    else if (!is_ignored(name) && strcmp(name, ".") != 0)
        return refuse(preparation, at, name), 0;
    blank(preparation->text, at, end);
    return end;
}

/* The data lines that follow a COPY statement, up to a line "\.". */
static size_t take_data(struct preparation *preparation, size_t at)
{
    const struct interpret_file *file = preparation->file;
    size_t start = line_end(file, at);
    size_t line = start < file->length ? start + 1 : start;

    while (line < file->length) {
        size_t end = line_end(file, line);
        size_t length = end - line;

        if (length > 0 && file->text[end - 1] == '\r')
            length--;
        if (length == 2 && memcmp(file->text + line, "\\.", 2) == 0) {
            line = end;
            break;
        }
        line = end < file->length ? end + 1 : end;
    }
    blank(preparation->text, start, line);
    return line;
}

/* Follows statements as far as needed to see COPY ... FROM stdin. */
struct copy_watch {
    bool in_statement;
    bool copy;
    bool from;
    bool stdin_named;
};

static void watch(struct copy_watch *watch, const char *text, const struct pg_token *token)
{
    if (!watch->in_statement) {
        watch->in_statement = true;
        watch->copy = pg_token_is(text, token, "copy");
    } else if (watch->copy && watch->from) {
        watch->stdin_named |= pg_token_is(text, token, "stdin");
        watch->from = false;
    } else if (watch->copy) {
        watch->from = pg_token_is(text, token, "from");
    }
}

bool interpret_take_out(struct interpret_file *file, struct arena *arena,
                        struct interpret_include_list *includes, struct error *error)
{
    struct preparation preparation = {
        .file = file, .arena = arena, .includes = includes, .error = error};
    struct pg_token token = {0};
    struct copy_watch copy = {0};

    preparation.text = arena_strndup(arena, file->text, file->length);
    file->text = preparation.text;
    includes->complete = true;
    while (pg_scan_code(file->text, file->length, token.end, &token)) {
        if (file->text[token.start] == '\\') {
            token.end = take_command(&preparation, token.start);
            if (!token.end)
                return false;
        } else if (pg_token_is(file->text, &token, ";")) {
            if (copy.stdin_named)
                token.end = take_data(&preparation, token.end);
            copy = (struct copy_watch){0};
        } else {
            watch(&copy, file->text, &token);
        }
    }
    return true;
}

/* True when a line begins with a backslash: psql's, or the end of COPY's data. */
static bool has_command_line(const char *text)
{
    for (const char *at = strchr(text, '\\'); at; at = strchr(at + 1, '\\')) {
        const char *before = at;

        while (before > text && (before[-1] == ' ' || before[-1] == '\t'))
            before--;
        if (before == text || before[-1] == '\n')
            return true;
    }
    return false;
}

bool interpret_prepare(struct interpret_file *file, struct arena *arena,
                       struct interpret_include_list *includes, struct error *error)
{
    char *text = arena_strndup(arena, file->source->text, file->source->length);

    file->text = text;
    file->length = strlen(file->text);
    if (file->length < file->source->length) {
        error_set(error, ERROR_SYNTAX, "the file holds a zero byte");
        error_place(error, file->name, file->text, file->length, file->length);
        return false;
    }
    if (memcmp(file->text, "\xEF\xBB\xBF", file->length < 3 ? file->length : 3) == 0)
        blank(text, 0, file->length < 3 ? file->length : 3);
    return !has_command_line(file->text) || interpret_take_out(file, arena, includes, error);
}
