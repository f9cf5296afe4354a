/* plumb revert TARGET --to N: plans the way back to the schema that an entry left behind, and goes it
 * like any apply. */
#include "cli/commands.h"

int command_revert(struct options *options, struct plumb_error *error)
{
    struct plumb_options compare = options_compare(options);
    struct plumb_model *target;
    struct plumb_model *wanted;
    struct plumb_plan *plan;

    if (!options->to) {
        fail_with(error, PLUMB_USAGE, "plumb revert needs --to NUMBER");
        advise(error, "plumb history TARGET lists the entries with their numbers.");
        return -1;
    }
    target = load_target(options, error);
    if (!target)
        return -1;
    wanted = plumb_load_recorded(target, options->to, &compare, error);
    plan = plan_models(options, target, wanted, error);
    if (plan && plumb_plan_count(plan))
        show_note("data that a drop destroyed does not come back: the record holds schemas alone",
                  options);
    return run_plan(options, plan, "revert", error);
}
