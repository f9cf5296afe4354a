/* The options of a command by task: whoever looks for something knows what it is for, not what it is called. */
#include "cli/help.h"

#include <string.h>

#include "cli/options.h"
#include "cli/terminal.h"

enum { usual_width = 100, text_indent = 8 };

static const struct {
    const char *title;
    const char *options[18];
} tasks[] = {
    {"What is applied",
     {"yes", "allow", "deny", "require-online", "plan", "resume", "abandon", "to", "transactional",
      "lock-timeout", "no-data-check", "question-timeout", "osc", "osc-min-size", "restore",
      "dry-run"}},
    {"What is compared",
     {"schema", "exclude", "unmanaged", "only", "no-drop", "ignore", "manage", "ask", "scratch",
      "flavor", "ignore-column-order", "adopt", "all", "jobs"}},
    {"The record", {"record", "no-record", "message"}},
    {"What comes out",
     {"format", "output", "out", "split", "extension-versions", "write-latest", "notify", "quiet",
      "check", "diff"}},
};

enum { task_count = sizeof(tasks) / sizeof(*tasks) };

static bool is_of_task(const char *name, size_t task)
{
    for (const char *const *option = tasks[task].options; *option; option++)
        if (strcmp(*option, name) == 0)
            return true;
    return false;
}

/* task_count: none of the above. */
static size_t task_of(const char *name)
{
    size_t task = 0;

    while (task < task_count && !is_of_task(name, task))
        task++;
    return task;
}

static void append_option(struct buffer *out, const char *name, const struct option_text *option,
                          size_t width)
{
    if (option->letter)
        buffer_printf(out, "  -%c, --%s", option->letter, name);
    else
        buffer_printf(out, "      --%s", name);
    if (option->argument)
        buffer_printf(out, " %s", option->argument);
    buffer_printf(out, "\n%*s", text_indent, "");
    append_wrapped(out, option->help, width, text_indent, text_indent);
    buffer_append_char(out, '\n');
}

void append_options(struct buffer *out, struct arena *arena, unsigned command, size_t width)
{
    size_t count;
    const char *const *names = option_names(arena, command, &count);
    struct option_text option;

    for (size_t task = 0; task <= task_count; task++) {
        bool first = true;

        for (size_t i = 0; i < count; i++) {
            if (task_of(names[i]) != task || !option_describe(names[i], command, &option))
                continue;
            if (first)
                buffer_printf(out, "\n%s:\n",
                              task < task_count ? tasks[task].title : "Other options");
            first = false;
            append_option(out, names[i], &option, width ? width : usual_width);
        }
    }
}
