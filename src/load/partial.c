/* "-- plumb:partial" at the head of a file. */
#include "load/partial.h"

#include <string.h>

struct line {
    const char *start;
    size_t length;
};

static struct line trimmed(const char *start, const char *end)
{
    while (start < end && strchr(" \t\r", *start))
        start++;
    while (end > start && strchr(" \t\r", end[-1]))
        end--;
    return (struct line){start, (size_t)(end - start)};
}

static bool is_comment(const struct line *line)
{
    return line->length >= 2 && strncmp(line->start, "--", 2) == 0;
}

static bool is_mark(const struct line *line)
{
    static const char mark[] = "plumb:partial";
    const char *end = line->start + line->length;
    const char *word = line->start + 2;

    if (!is_comment(line))
        return false;
    while (word < end && strchr(" \t", *word))
        word++;
    return (size_t)(end - word) == strlen(mark) && strncmp(word, mark, strlen(mark)) == 0;
}

bool partial_is_said(const char *text, size_t length, int *astray)
{
    const char *end = text + length;
    bool head = true;
    bool said = false;
    int number = 0;

    *astray = 0;
    while (text < end) {
        const char *stop = memchr(text, '\n', (size_t)(end - text));
        struct line line = trimmed(text, stop ? stop : end);

        number++;
        if (line.length && !is_comment(&line))
            head = false;
        if (is_mark(&line) && head)
            said = true;
        else if (is_mark(&line) && !*astray)
            *astray = number;
        text = stop ? stop + 1 : end;
    }
    return said;
}
