/* Two models made comparable. */
#ifndef PLUMB_MYSQL_RESOLVE_RECONCILE_H
#define PLUMB_MYSQL_RESOLVE_RECONCILE_H

#include "dialect/dialect.h"

/* The dialect's reconcile (dialect.h). */
void my_reconcile(struct model *from, struct model *to, const struct manage *manage);

#endif
