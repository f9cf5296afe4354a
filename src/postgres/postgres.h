/* The PostgreSQL dialect: its table of functions. What they do is said in dialect.h. */
#ifndef PLUMB_POSTGRES_POSTGRES_H
#define PLUMB_POSTGRES_POSTGRES_H

#include "dialect/dialect.h"

extern const struct dialect postgres_dialect;

#endif
