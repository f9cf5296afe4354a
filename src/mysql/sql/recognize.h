/* Which texts and which flavours are of this dialect: functions of the dialect (dialect.h). */
#ifndef PLUMB_MYSQL_SQL_RECOGNIZE_H
#define PLUMB_MYSQL_SQL_RECOGNIZE_H

#include "model/model.h"

bool my_set_flavor(struct model *model, const char *flavor);
bool my_recognizes(const char *text, size_t length);

#endif
