/* What of two models is compared: the schemas that were named, without what was excluded. */
#ifndef PLUMB_PLAN_FILTER_H
#define PLUMB_PLAN_FILTER_H

#include "plan/compare.h"

/* Takes out of the model what the options leave aside. */
void filter_model(struct model *model, const struct compare_options *options);

/* True where there are globs of any sort. */
bool filter_is_given(const struct compare_options *options);

/* False with an error, which names what was perhaps meant, when one of the schemas, or all of what is
 * excluded, fits no object of any of the models: whoever mistypes a name would be told that there is
 * nothing to do. must_match: the globs of which that is said, NULL-terminated; NULL: nothing is checked.
 * Of other globs that match nothing a note is added to the notes, in the arena. */
bool filter_check(const struct compare_options *options, const char *const *must_match,
                  const struct model *const *models, size_t count, struct text_list *notes,
                  struct arena *arena, struct error *error);

#endif
