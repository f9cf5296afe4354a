/* What plumb says besides its answer. Compilers have taught editors this form:
 * file:line:column: error: message. */
#include "cli/messages.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool may_colour(FILE *stream)
{
    const char *never = getenv("NO_COLOR");
    const char *terminal = getenv("TERM");

    return isatty(fileno(stream)) && !(never && *never) &&
           !(terminal && strcmp(terminal, "dumb") == 0);
}

static void print_place(const struct plumb_error *error)
{
    const char *file = plumb_error_file(error);

    if (!*file)
        fprintf(stderr, "plumb: ");
    else if (plumb_error_line(error))
        fprintf(stderr, "%s:%d:%d: ", file, plumb_error_line(error), plumb_error_column(error));
    else
        fprintf(stderr, "%s: ", file);
}

/* The source line, and a caret under the column, which counts bytes. */
static void print_source(const struct plumb_error *error)
{
    const char *source = plumb_error_source(error);
    size_t column = (size_t)plumb_error_column(error);
    int number;

    if (!plumb_error_line(error) || !*source)
        return;
    number = fprintf(stderr, "%5d | ", plumb_error_line(error));
    fprintf(stderr, "%s\n", source);
    if (!column || column > strlen(source) + 1)
        return;
    fprintf(stderr, "%*s", number, "| ");
    for (size_t i = 0; i + 1 < column; i++)
        if (source[i] == '\t')
            fputc('\t', stderr);
        else if (((unsigned char)source[i] & 0xC0) != 0x80)
            fputc(' ', stderr);
    fprintf(stderr, "^\n");
}

void message_error(const struct plumb_error *error)
{
    bool colour = may_colour(stderr);

    fflush(stdout);
    print_place(error);
    fprintf(stderr, "%serror:%s %s\n", colour ? "\033[1;31m" : "", colour ? "\033[0m" : "",
            plumb_error_message(error));
    print_source(error);
    if (*plumb_error_hint(error))
        fprintf(stderr, "%shint:%s %s\n", colour ? "\033[1;36m" : "", colour ? "\033[0m" : "",
                plumb_error_hint(error));
    fflush(stderr);
}

void message_note(const char *note)
{
    fflush(stdout);
    fprintf(stderr, "note: %s\n", note);
}

int exit_status(const struct plumb_error *error)
{
    return plumb_error_code(error) == PLUMB_REFUSED ? EXIT_REFUSED : EXIT_ERROR;
}
