/* The MySQL and MariaDB dialect: its table of functions. What they do is said in dialect.h. */
#ifndef PLUMB_MYSQL_MYSQL_H
#define PLUMB_MYSQL_MYSQL_H

#include "dialect/dialect.h"

extern const struct dialect mysql_dialect;

#endif
