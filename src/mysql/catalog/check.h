/* The self-check of the catalog reader: does the model hold all that the server says of a table? A table of which
 * it does not is never altered blindly. */
#ifndef PLUMB_MYSQL_CATALOG_CHECK_H
#define PLUMB_MYSQL_CATALOG_CHECK_H

#include "model/model.h"

/* What of SHOW CREATE TABLE's text plumb would not write again, as words in the arena; NULL when that is
 * nothing. The table stands in the model, with all that belongs to it. */
const char *my_check_table(struct arena *arena, const struct model *model,
                           const struct object *table, const char *text, size_t length);

#endif
