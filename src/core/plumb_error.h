/* What stands behind the error of plumb.h: for the rooms whose functions a program outside calls. */
#ifndef PLUMB_CORE_PLUMB_ERROR_H
#define PLUMB_CORE_PLUMB_ERROR_H

#include "core/error.h"

struct plumb_error {
    struct error error;
    struct plumb_error
        *further; /* what went wrong besides: an array, by malloc, whose own are NULL */
    size_t further_count;
    size_t left_out; /* of which only this is known */
};

#endif
