/* plumb status TARGET [WANTED]: record, drift, pending, lock holder, in a glance. */
#include "cli/commands.h"

int command_status(struct options *options, struct plumb_error *error)
{
    struct plumb_options compare = options_compare(options);
    const struct plumb_load_options load = options_load(options, NULL);
    const char *const *names = options->states.items;
    struct plumb_model *target = options->states.count > 1 ? load_target(options, error)
                                                           : plumb_connect(names[0], error);
    struct plumb_model *wanted = NULL;
    bool differs = false;
    char *text = NULL;
    bool ok;

    if (target && options->states.count > 1)
        wanted = plumb_load_wanted(names[1], target, &load, error);
    if (target && (wanted || options->states.count < 2))
        text = plumb_status_print(target, wanted, &compare, format_for(options, FORMAT_TEXT),
                                  &differs, error);
    ok = text && write_text(text, NULL, error);
    plumb_text_free(text);
    plumb_model_free(wanted);
    plumb_model_free(target);
    if (!ok)
        return -1;
    return differs ? EXIT_DIFFERENT : EXIT_SAME;
}
