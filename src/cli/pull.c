/* plumb pull TARGET FOLDER: brings files to what the target holds, in place. */
#include "cli/commands.h"

#include <stdio.h>
#include <unistd.h>

static bool consent(const struct options *options, size_t count, struct plumb_error *error)
{
    char answer[16] = "";

    if (options->yes)
        return true;
    if (!isatty(STDIN_FILENO) || !isatty(STDERR_FILENO))
        return fail_with(error, PLUMB_REFUSED, "nobody is there to be asked") ||
               advise(error, "Add --yes to write the files without a question, or --dry-run.");
    fprintf(stderr, "Write %zu file%s? [y/N] ", count, count == 1 ? "" : "s");
    fflush(stderr);
    if (fgets(answer, sizeof(answer), stdin) && (answer[0] == 'y' || answer[0] == 'Y'))
        return true;
    return fail_with(error, PLUMB_REFUSED, "not written");
}

static bool show(const struct options *options, const struct plumb_pull *pull,
                 struct plumb_error *error)
{
    char *text = plumb_pull_print(pull, isatty(STDOUT_FILENO) && options->coloured, error);
    const char *note;
    bool ok = text && (options->quiet || write_text(text, NULL, error));

    plumb_text_free(text);
    for (size_t i = 0; ok && !options->quiet && (note = plumb_pull_note(pull, i)); i++)
        message_note(note);
    return ok;
}

static int write_pull(const struct options *options, const struct plumb_pull *pull,
                      struct plumb_error *error)
{
    size_t count = plumb_pull_count(pull);

    if (!count) {
        if (!options->quiet)
            printf("nothing to do\n");
        return EXIT_SAME;
    }
    if (!show(options, pull, error))
        return -1;
    if (options->dry_run)
        return EXIT_DIFFERENT;
    if (!consent(options, count, error) || !plumb_pull_write(pull, error))
        return -1;
    if (!options->quiet)
        fprintf(stderr, "wrote %zu file%s: they hold what the database does\n", count,
                count == 1 ? "" : "s");
    return EXIT_SAME;
}

int command_pull(struct options *options, struct plumb_error *error)
{
    const struct plumb_load_options load = options_load(options, NULL);
    const struct plumb_options compare = options_compare(options);
    struct plumb_model *target =
        load_state(options, options->states.items[0], options->states.items[1], error);
    struct plumb_pull *pull =
        target ? plumb_pull_make(target, options->states.items[1], &load, &compare, error) : NULL;
    int status = pull ? write_pull(options, pull, error) : -1;

    plumb_pull_free(pull);
    plumb_model_free(target);
    return status;
}
