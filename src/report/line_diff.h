/* Two texts of several lines, as their difference. */
#ifndef PLUMB_REPORT_LINE_DIFF_H
#define PLUMB_REPORT_LINE_DIFF_H

#include "core/buffer.h"

/* Appends the lines that differ ("- " before, "+ " now) with three lines around each place ("  "), and "@@ line 12 @@"
 * where something is left out before; all indented by so many blanks, with control characters escaped. colours: as
 * on a terminal. False, and nothing, where the two cannot be compared by lines. */
bool append_line_diff(struct buffer *out, const char *before, const char *now, size_t indent,
                      bool colours);

#endif
