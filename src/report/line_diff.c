/* The difference of two bodies or queries, line by line. What finds it is libgit2. */
#include "report/line_diff.h"

#include <git2.h>
#include <string.h>

#include "core/operation.h"
#include "core/text/shown.h"

enum { lines_around = 3 };

struct writer {
    struct buffer *out;
    size_t indent;
    bool colours;
};

static void append_line(const struct writer *writer, const char *sign, const char *colour,
                        const char *text, size_t length)
{
    while (length && (text[length - 1] == '\n' || text[length - 1] == '\r'))
        length--;
    buffer_printf(writer->out, "%*s%s%s", (int)writer->indent, "", writer->colours ? colour : "",
                  sign);
    for (size_t tab; length; text += tab, length -= tab) {
        const char *at = memchr(text, '\t', length);

        tab = at ? (size_t)(at - text) + 1 : length;
        buffer_append_shown(writer->out, text, at ? tab - 1 : tab);
        if (at)
            buffer_append_char(writer->out, '\t');
    }
    buffer_printf(writer->out, "%s\n", writer->colours && *colour ? "\033[0m" : "");
}

static int write_hunk(const git_diff_delta *delta, const git_diff_hunk *hunk, void *context)
{
    const struct writer *writer = context;

    (void)delta;
    if (hunk->new_start > 1)
        buffer_printf(writer->out, "%*s@@ line %d @@\n", (int)writer->indent, "", hunk->new_start);
    return 0;
}

static int write_line(const git_diff_delta *delta, const git_diff_hunk *hunk,
                      const git_diff_line *line, void *context)
{
    const struct writer *writer = context;

    (void)delta;
    (void)hunk;
    if (line->origin == GIT_DIFF_LINE_DELETION)
        append_line(writer, "- ", "\033[31m", line->content, line->content_len);
    else if (line->origin == GIT_DIFF_LINE_ADDITION)
        append_line(writer, "+ ", "\033[32m", line->content, line->content_len);
    else if (line->origin == GIT_DIFF_LINE_CONTEXT)
        append_line(writer, "  ", "", line->content, line->content_len);
    return 0;
}

static void shut_down(void *unused)
{
    (void)unused;
    git_libgit2_shutdown();
}

bool append_line_diff(struct buffer *out, const char *before, const char *now, size_t indent,
                      bool colours)
{
    static int held; /* what the operation releases, should it fail meanwhile */
    struct writer writer = {out, indent, colours};
    git_diff_options options;
    size_t begin = out->length;
    int failure;

    git_diff_options_init(&options, GIT_DIFF_OPTIONS_VERSION);
    options.context_lines = lines_around;
    options.flags = GIT_DIFF_FORCE_TEXT;
    git_libgit2_init();
    operation_hold(&held, shut_down);
    failure = git_diff_buffers(before, strlen(before), NULL, now, strlen(now), NULL, &options, NULL,
                               NULL, write_hunk, write_line, &writer);
    operation_drop(&held);
    git_libgit2_shutdown();
    if (failure)
        buffer_truncate(out, begin);
    return failure == 0 && out->length > begin;
}
