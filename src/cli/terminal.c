/* Lines that fit, and the pager. */
#include "cli/terminal.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum { statement_indent = 4, pager_is_missing = 127 };

static bool find_size(FILE *stream, struct winsize *size)
{
    return isatty(fileno(stream)) && ioctl(fileno(stream), TIOCGWINSZ, size) == 0;
}

size_t terminal_width(FILE *stream)
{
    struct winsize size;

    return find_size(stream, &size) ? size.ws_col : 0;
}

/* --- wrapping -------------------------------------------------------------------------------- */

/* The length of an escape sequence that colours; 0: there is none. */
static size_t colour_length(const char *text)
{
    size_t length = 2;

    if (text[0] != '\033' || text[1] != '[')
        return 0;
    length += strspn(text + length, "0123456789;");
    return text[length] == 'm' ? length + 1 : 0;
}

/* How many columns so many bytes take. */
static size_t columns_of(const char *text, size_t length)
{
    size_t columns = 0;

    for (size_t at = 0; at < length;) {
        size_t colour = colour_length(text + at);

        if (!colour && ((unsigned char)text[at] & 0xC0) != 0x80)
            columns++;
        at += colour ? colour : 1;
    }
    return columns;
}

static void append_blanks(struct buffer *out, size_t count)
{
    buffer_printf(out, "%*s", (int)count, "");
}

/* One line. */
static void append_wrapped_line(struct buffer *out, const char *line, size_t length, size_t width,
                                size_t before, size_t indent)
{
    size_t column = before;
    bool first = true;

    while (length) {
        size_t blanks = strspn(line, " ");
        size_t word = strcspn(line + blanks, " \n");
        size_t columns = columns_of(line + blanks, word);

        if (blanks + word > length)
            word = length - blanks;
        if (!first && column + blanks + columns > width) {
            buffer_append_char(out, '\n');
            append_blanks(out, indent);
            column = indent;
        } else {
            append_blanks(out, blanks);
            column += blanks;
        }
        buffer_append_bytes(out, line + blanks, word);
        column += columns;
        first = false;
        line += blanks + word;
        length -= blanks + word;
    }
}

void append_wrapped(struct buffer *out, const char *text, size_t width, size_t before,
                    size_t indent)
{
    if (!width) {
        buffer_append(out, text);
        return;
    }
    for (;;) {
        size_t length = strcspn(text, "\n");

        append_wrapped_line(out, text, length, width, before, indent);
        text += length;
        if (!*text++)
            return;
        buffer_append_char(out, '\n');
        before = 0;
    }
}

/* How far the continuation of a line is indented that says something in sentences; 0: it is another one. */
static size_t indent_of_sentence(const char *line)
{
    static const char *const titles[] = {"! ", "note: "};
    size_t blanks = strspn(line, " ");

    if (blanks != statement_indent)
        return 0;
    line += blanks;
    line += colour_length(line);
    line += colour_length(line);
    for (size_t i = 0; i < sizeof(titles) / sizeof(*titles); i++)
        if (strncmp(line, titles[i], strlen(titles[i])) == 0)
            return blanks + strlen(titles[i]);
    return 0;
}

void append_answer(struct buffer *out, const char *text, size_t width)
{
    while (*text) {
        size_t length = strcspn(text, "\n");
        size_t indent = width ? indent_of_sentence(text) : 0;

        if (indent && indent < width)
            append_wrapped_line(out, text, length, width, 0, indent);
        else
            buffer_append_bytes(out, text, length);
        text += length;
        if (*text)
            buffer_append_char(out, *text++);
    }
}

/* --- the pager ------------------------------------------------------------------------------- */

/* Lines as the terminal breaks them. */
static size_t lines_on_screen(const char *text, size_t width)
{
    size_t lines = 0;

    while (*text) {
        size_t length = strcspn(text, "\n");
        size_t columns = columns_of(text, length);

        lines += columns > width && width ? (columns + width - 1) / width : 1;
        text += length + (text[length] == '\n');
    }
    return lines;
}

static bool is_installed(const char *program)
{
    const char *path = getenv("PATH");
    bool found = false;

    while (path && *path && !found) {
        size_t length = strcspn(path, ":");
        struct buffer file = BUFFER_EMPTY;

        buffer_printf(&file, "%.*s/%s", (int)length, path, program);
        found = access(buffer_text(&file), X_OK) == 0;
        buffer_free(&file);
        path += length + (path[length] == ':');
    }
    return found;
}

/* NULL: none. */
static const char *wanted_pager(void)
{
    const char *pager = getenv("PLUMB_PAGER");

    if (!pager)
        pager = getenv("PAGER");
    if (!pager)
        return is_installed("less") ? "less" : NULL;
    return *pager && strcmp(pager, "cat") != 0 ? pager : NULL;
}

/* less: shows colours, leaves what was shown on the screen. */
static FILE *open_pager(const char *pager)
{
    setenv("LESS", "FRX", 0);
    fflush(NULL);
    return popen(pager, "w");
}

bool show_in_pager(const char *text)
{
    struct winsize size;
    const char *pager;
    void (*interrupted)(int);
    void (*broken)(int);
    FILE *stream;
    int status;

    if (!find_size(stdout, &size) || !size.ws_row ||
        lines_on_screen(text, size.ws_col) < size.ws_row)
        return false;
    pager = wanted_pager();
    stream = pager ? open_pager(pager) : NULL;
    if (!stream)
        return false;
    interrupted = signal(SIGINT, SIG_IGN); /* is the pager's while that is there */
    broken = signal(SIGPIPE, SIG_IGN);     /* who has seen enough leaves early */
    fputs(text, stream);
    status = pclose(stream);
    signal(SIGINT, interrupted);
    signal(SIGPIPE, broken);
    return !(WIFEXITED(status) && WEXITSTATUS(status) == pager_is_missing);
}
