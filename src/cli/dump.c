/* plumb dump STATE: canonical SQL of any state, one text or a folder. */
#include "cli/commands.h"

#include <string.h>

int command_dump(struct options *options, struct plumb_error *error)
{
    struct plumb_options compare = options_compare(options);
    struct plumb_model *model = load_state(options, options->states.items[0], NULL, error);
    struct plumb_plan *plan = model ? plumb_diff_empty(model, &compare, error) : NULL;
    bool ok;

    if (!plan)
        return -1;
    ok = options->split ? plumb_plan_split(plan, options->split, error)
                        : print_plan(options, plan, PLUMB_DUMP, error);
    plumb_plan_free(plan);
    return ok ? EXIT_SAME : -1;
}
