/* What the caller of an apply forbids. */
#ifndef PLUMB_LIBRARY_POLICY_H
#define PLUMB_LIBRARY_POLICY_H

#include "library/library.h"

/* False with an error that lists the steps: what loses data is not allowed, or what a step costs is denied. */
bool policy_check(const struct plan *plan, const struct plumb_apply_options *options,
                  struct error *error);

#endif
