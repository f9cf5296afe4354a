/* What stands behind the error of plumb.h: for the rooms whose functions a program outside calls. */
#ifndef PLUMB_CORE_PLUMB_ERROR_H
#define PLUMB_CORE_PLUMB_ERROR_H

#include "core/error.h"

struct plumb_error {
    struct error error;
};

#endif
