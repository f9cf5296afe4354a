/* The names of a recorded schema as they were given up since: what renames an earlier schema has seen in
 * the entries after it, so that going back to it renames back instead of dropping and making anew. */
#ifndef PLUMB_DRIFT_WAY_BACK_H
#define PLUMB_DRIFT_WAY_BACK_H

#include "dialect/dialect.h"
#include "record/record.h"

/* model: the schema after the entry of that number, as it was read. Asks in it for a rename from the name
 * that each of its objects, and each label of its enums, has after the last of the entries, where renames
 * that were applied tell. An entry whose schemas cannot be read tells none. */
bool way_back_request(struct store *store, const struct record_entries *entries, int64_t number,
                      const struct dialect *dialect, struct model *model, struct error *error);

#endif
