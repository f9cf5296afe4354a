/* The order of columns, where it is not to be compared. */
#ifndef PLUMB_MYSQL_RESOLVE_RECONCILE_ORDER_H
#define PLUMB_MYSQL_RESOLVE_RECONCILE_ORDER_H

#include "core/list.h"

/* The wanted columns in the order in which they are there; new ones behind the column that they follow in
 * want. Names are those of want; the list lives in the arena. */
struct text_list my_kept_order(struct arena *arena, const struct text_list *have,
                               const struct text_list *want);

#endif
