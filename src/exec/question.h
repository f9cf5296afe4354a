/* The questions of a plan's steps: rows that would stop it half-way are looked for before it begins. */
#ifndef PLUMB_EXEC_QUESTION_H
#define PLUMB_EXEC_QUESTION_H

#include "plan/plan.h"

/* Asks the questions of all steps. False with ERROR_REFUSED, the object and one of the rows where there are any. A
 * query that the server refuses to answer stops nothing: the step may fail, as its hazard says. */
bool questions_ask(const struct plan *plan, struct connection *connection, struct error *error);

#endif
