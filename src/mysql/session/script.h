/* Texts of many statements: functions of the dialect (dialect.h). */
#ifndef PLUMB_MYSQL_SESSION_SCRIPT_H
#define PLUMB_MYSQL_SESSION_SCRIPT_H

#include "dialect/dialect.h"

bool my_run_script(struct connection *connection, const char *text, struct error *error);
bool my_empty(struct connection *connection, struct error *error);

#endif
