/* What plumb says besides its answer. Compilers have taught editors this form:
 * file:line:column: error: message. */
#include "cli/messages.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/terminal.h"
#include "core/text/shown.h"

enum { longest_message = 4096 };

bool fail_with(struct plumb_error *error, enum plumb_code code, const char *format, ...)
{
    char text[longest_message];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(text, sizeof(text), format, arguments);
    va_end(arguments);
    return plumb_error_set(error, code, text);
}

bool advise(struct plumb_error *error, const char *format, ...)
{
    char text[longest_message];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(text, sizeof(text), format, arguments);
    va_end(arguments);
    return plumb_error_advise(error, text);
}

bool may_colour(FILE *stream)
{
    const char *never = getenv("NO_COLOR");
    const char *terminal = getenv("TERM");

    return isatty(fileno(stream)) && !(never && *never) &&
           !(terminal && strcmp(terminal, "dumb") == 0);
}

/* Control characters escaped, wrapped to the terminal. A message may have lines of its own, which never look like one
 * of ours. before: the columns that are taken. */
static void print_shown(const char *text, size_t before)
{
    struct buffer shown = BUFFER_EMPTY;
    struct buffer wrapped = BUFFER_EMPTY;

    for (;;) {
        size_t length = strcspn(text, "\n");

        buffer_append_shown(&shown, text, length);
        text += length;
        if (!*text)
            break;
        buffer_append(&shown, strncmp(++text, "  ", 2) == 0 ? "\n" : "\n  ");
    }
    append_wrapped(&wrapped, buffer_text(&shown), terminal_width(stderr), before, 4);
    fputs(buffer_text(&wrapped), stderr);
    buffer_free(&wrapped);
    buffer_free(&shown);
}

static void print_place(const struct plumb_error *error)
{
    const char *file = plumb_error_file(error);

    print_shown(*file ? file : "plumb", 0);
    if (*file && plumb_error_line(error))
        fprintf(stderr, ":%d:%d", plumb_error_line(error), plumb_error_column(error));
    fprintf(stderr, ": ");
}

/* A line of a file: tabs stay, so that the caret stands where it should. */
static void append_source(struct buffer *shown, const char *source, size_t length)
{
    while (length) {
        const char *tab = memchr(source, '\t', length);
        size_t before = tab ? (size_t)(tab - source) : length;

        buffer_append_shown(shown, source, before);
        if (tab)
            buffer_append_char(shown, '\t');
        source += before + (tab != NULL);
        length -= before + (tab != NULL);
    }
}

/* The source line, and a caret under the column, which counts bytes of it. */
static void print_source(const struct plumb_error *error)
{
    const char *source = plumb_error_source(error);
    size_t caret = (size_t)plumb_error_caret(error);
    struct buffer shown = BUFFER_EMPTY;
    int number;

    if (!plumb_error_line(error) || !*source)
        return;
    append_source(&shown, source, strlen(source));
    number = fprintf(stderr, "%5d | ", plumb_error_line(error));
    fprintf(stderr, "%s\n", buffer_text(&shown));
    if (caret) {
        buffer_truncate(&shown, 0);
        append_source(&shown, source, caret - 1);
        fprintf(stderr, "%*s", number, "| ");
        for (const char *at = buffer_text(&shown); *at; at++)
            if (*at == '\t')
                fputc('\t', stderr);
            else if (((unsigned char)*at & 0xC0) != 0x80)
                fputc(' ', stderr);
        fprintf(stderr, "^\n");
    }
    buffer_free(&shown);
}

static void print_titled(const char *title, const char *colour, const char *text)
{
    bool painted = may_colour(stderr);

    fprintf(stderr, "%s%s:%s ", painted ? colour : "", title, painted ? "\033[0m" : "");
    print_shown(text, strlen(title) + 2);
    fputc('\n', stderr);
}

static void print_error(const struct plumb_error *error)
{
    print_place(error);
    print_titled("error", "\033[1;31m", plumb_error_message(error));
    print_source(error);
    if (*plumb_error_hint(error))
        print_titled("hint", "\033[1;36m", plumb_error_hint(error));
}

void message_error(const struct plumb_error *error)
{
    size_t count = plumb_error_further_count(error);

    fflush(stdout);
    print_error(error);
    for (size_t i = 0; i < count; i++)
        print_error(plumb_error_further(error, i));
    if (count)
        fprintf(stderr, "%zu errors\n", count + 1 + plumb_error_left_out(error));
    fflush(stderr);
}

void message_note(const char *note)
{
    fflush(stdout);
    fputs("note: ", stderr);
    print_shown(note, strlen("note: "));
    fputc('\n', stderr);
}

int exit_status(const struct plumb_error *error)
{
    return plumb_error_code(error) == PLUMB_REFUSED ? EXIT_REFUSED : EXIT_ERROR;
}
