/* What literal.c and literal_time.c share. */
#ifndef PLUMB_MYSQL_TYPES_LITERAL_INTERNAL_H
#define PLUMB_MYSQL_TYPES_LITERAL_INTERNAL_H

#include "mysql/types/type.h"

struct my_constant {
    enum { MY_CONSTANT_STRING, MY_CONSTANT_NUMBER, MY_CONSTANT_BYTES } kind;
    const char *text; /* numbers: with their sign; terminated */
    size_t length;
};

/* The text of a date, time, datetime, timestamp or year as stored, without quotes; NULL where it is no
 * such thing. rounds: digits behind the second that do not fit round it, else they are cut. */
const char *my_literal_time(struct arena *arena, const struct my_stored_type *type,
                            const struct my_constant *constant, bool rounds);

#endif
