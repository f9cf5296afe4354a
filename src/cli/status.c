/* plumb status TARGET [WANTED]: record, drift, pending, lock holder, in a glance. */
#include "cli/commands.h"

int command_status(struct options *options, struct plumb_error *error)
{
    struct plumb_options compare = options_compare(options);
    const char *const *names = options->states.items;
    struct plumb_model *target = options->states.count > 1 ? load_target(options, error)
                                                           : connect_to(options, names[0], error);
    struct plumb_model *wanted = NULL;
    struct plumb_status *status = NULL;
    char *text = NULL;
    bool differs;
    bool ok;

    if (target && options->states.count > 1)
        wanted = load_wanted(options, names[1], target, error);
    if (target && (wanted || options->states.count < 2))
        status = plumb_status_load(target, wanted, &compare, error);
    if (status)
        text = plumb_status_print(status, format_for(options, FORMAT_TEXT), error);
    differs = plumb_status_differs(status);
    ok = text && write_text(text, NULL, error);
    plumb_text_free(text);
    plumb_status_free(status);
    plumb_model_free(wanted);
    plumb_model_free(target);
    if (!ok)
        return -1;
    return differs ? EXIT_DIFFERENT : EXIT_SAME;
}
