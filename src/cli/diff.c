/* plumb diff TARGET WANTED: the ordered DDL that turns TARGET into WANTED. */
#include "cli/commands.h"

#include <unistd.h>

int command_diff(struct options *options, struct plumb_error *error)
{
    bool terminal = !options->output && isatty(STDOUT_FILENO);
    struct plumb_plan *plan = plan_states(options, false, error);
    int status = -1;

    if (!plan)
        return -1;
    if ((!options->out || plumb_plan_save(plan, options->out, error)) &&
        print_plan(options, plan, format_for(options, terminal ? FORMAT_TEXT : FORMAT_SQL), error))
        status = plumb_plan_count(plan) ? EXIT_DIFFERENT : EXIT_SAME;
    plumb_plan_free(plan);
    return status;
}
