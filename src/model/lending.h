/* What files may use of the database that they are meant for without declaring it: the objects that somebody else manages, and
 * all of it where the files are only a part. They are adopted when nothing else helps: the model gets copies of them, marked so. */
#ifndef PLUMB_MODEL_LENDING_H
#define PLUMB_MODEL_LENDING_H

#include "model/model.h"

/* Adopts what the model's lender has, is lent, and the model lacks; of what the model declares itself no parts. True where
 * that was anything. */
bool lending_adopt(struct model *model);

/* What the model's lender has and the text, a message, names by its path: what might have been lent. NULL: nothing. */
const struct object *lending_find_named(const struct model *model, const char *text);

#endif
