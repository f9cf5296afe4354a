/* plumb baseline TARGET: records the live state as it is. */
#include "cli/commands.h"

#include <inttypes.h>

int command_baseline(struct options *options, struct plumb_error *error)
{
    struct plumb_options compare = options_compare(options);
    struct plumb_apply_options apply = {.size = sizeof(apply),
                                        .message = options->message,
                                        .note = show_note,
                                        .note_context = options,
                                        .control = options->control};
    struct plumb_model *target = load_target(options, error);
    int64_t entry = 0;
    bool ok = target && plumb_baseline(target, &compare, &apply, &entry, error);

    plumb_model_free(target);
    if (ok && !options->quiet)
        fprintf(stderr, "recorded as entry %" PRId64 "\n", entry);
    return ok ? EXIT_SAME : -1;
}
