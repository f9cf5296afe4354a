/* plumb fmt FILES: lays files of SQL out without changing what they mean. */
#include "cli/commands.h"

#include <stdio.h>
#include <unistd.h>

/* All that was named, as one state. */
static const char *all_files(const struct options *options)
{
    return text_list_join(&options->states, options->arena, ",");
}

static bool print_diff(const struct options *options, const struct plumb_pull *layout,
                       struct plumb_error *error)
{
    char *text = plumb_pull_print(layout, options->coloured && isatty(STDOUT_FILENO), error);
    bool ok = text && write_text(text, NULL, error);

    plumb_text_free(text);
    return ok;
}

static void print_names(const struct plumb_pull *layout)
{
    for (size_t i = 0; i < plumb_pull_count(layout); i++)
        printf("%s\n", plumb_pull_name(layout, i));
}

static int finish(const struct options *options, const struct plumb_pull *layout,
                  struct plumb_error *error)
{
    bool looks = options->check || options->show_diff;

    if (options->show_diff && plumb_pull_count(layout) && !print_diff(options, layout, error))
        return -1;
    if (!options->show_diff && !options->quiet)
        print_names(layout);
    if (looks)
        return plumb_pull_count(layout) ? EXIT_DIFFERENT : EXIT_SAME;
    return plumb_pull_write(layout, error) ? EXIT_SAME : -1;
}

int command_fmt(struct options *options, struct plumb_error *error)
{
    const struct plumb_load_options load = options_load(options, NULL);
    struct plumb_pull *layout = plumb_format_make(all_files(options), &load, error);
    int status = layout ? finish(options, layout, error) : -1;

    plumb_pull_free(layout);
    return status;
}
