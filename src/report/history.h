/* The record for people and for programs. */
#ifndef PLUMB_REPORT_HISTORY_H
#define PLUMB_REPORT_HISTORY_H

#include "core/buffer.h"
#include "record/record.h"

/* All entries, the latest first; as one JSON object where json says so. */
void report_history(const struct record_entries *entries, bool json, bool colour,
                    struct buffer *out);

/* One entry with its steps. */
void report_entry(const struct record_entry *entry, const struct record_step_list *steps, bool json,
                  bool colour, struct buffer *out);

#endif
