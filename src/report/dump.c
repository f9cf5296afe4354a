/* A model as SQL: the plan that starts from an empty database, printed without decoration, so that
 * the same model always gives the same bytes. */
#include "report/report.h"

void report_dump(const struct plan *plan, struct buffer *out)
{
    const struct step_list *lists[] = {&plan->before, &plan->steps, &plan->after};

    if (plan->steps.count)
        append_head(out, plan);
    for (size_t i = 0; i < sizeof(lists) / sizeof(*lists); i++)
        for (size_t j = 0; j < lists[i]->count; j++) {
            if (out->length)
                buffer_append_char(out, '\n');
            append_step(out, &lists[i]->items[j]);
        }
}
