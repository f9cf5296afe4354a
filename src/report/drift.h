/* Drift for people, for programs, for monitoring and for CI. */
#ifndef PLUMB_REPORT_DRIFT_H
#define PLUMB_REPORT_DRIFT_H

#include "core/buffer.h"
#include "drift/drift.h"

enum drift_format {
    DRIFT_AS_TEXT,
    DRIFT_AS_COLOURED_TEXT,
    DRIFT_AS_JSON,
    DRIFT_AS_SQL,        /* the statements that put it back; with adopt, the others */
    DRIFT_AS_PROMETHEUS, /* for the textfile collector */
    DRIFT_AS_JUNIT
};

/* adopt: also (as SQL: only) what brings the wanted files to what is there. */
void report_drift(const struct drift *drift, enum drift_format format, bool adopt,
                  struct buffer *out);

#endif
