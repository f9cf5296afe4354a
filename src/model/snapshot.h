/* A model as text and back: everything that a model holds before it is resolved, so that it can be
 * kept in a record or a plan, copied, and told apart from another by one digest. The text is the same
 * for the same schema, in whatever order its objects were found. */
#ifndef PLUMB_MODEL_SNAPSHOT_H
#define PLUMB_MODEL_SNAPSHOT_H

#include "core/buffer.h"
#include "model/model.h"

/* Appends the text of an unresolved model that is not sealed. Removed objects are left out; where
 * objects were declared is not kept. */
void snapshot_write(const struct model *model, struct buffer *out);

/* The digest of the schema in it: of its objects, and not of the server's version or of who read it.
 * Zero for what is no snapshot. */
struct digest snapshot_digest(const char *text);

/* True when this plumb wrote it, or one with the same kinds and fields. */
bool snapshot_is_readable(const char *text);

/* The model, to be freed by model_free; NULL with an error where the text is damaged or not
 * readable. */
struct model *snapshot_read(const char *text, const char *source, struct error *error);

#endif
