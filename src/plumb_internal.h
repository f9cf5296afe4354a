/* What stands behind the public types; for plumb.c, and for the command line, which makes errors of
 * its own. */
#ifndef PLUMB_PLUMB_INTERNAL_H
#define PLUMB_PLUMB_INTERNAL_H

#include "core/error.h"
#include "exec/exec.h"
#include "load/load.h"
#include "plan/compare.h"
#include "plumb.h"

struct plumb_error {
    struct error error;
};

struct plumb_model {
    struct state state;
    struct arena *arena; /* of the model itself and these names */
    const char *given;   /* the state's name as it was given, to load it again */
    const char *scratch;
    const char *flavor;
};

struct plumb_plan {
    struct plan *plan;
    struct plumb_model *target;
    struct plumb_model *wanted;
    struct compare_options compare;
    struct arena *arena;
    volatile int cancelled;
};

#endif
