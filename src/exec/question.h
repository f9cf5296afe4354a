/* The questions of a plan's steps: rows that would stop it half-way are looked for before it begins. */
#ifndef PLUMB_EXEC_QUESTION_H
#define PLUMB_EXEC_QUESTION_H

#include "plan/plan.h"

/* How the questions are asked. */
struct question_asking {
    int timeout; /* of each, in milliseconds */
    void (*note)(const char *text,
                 void *context); /* told what was not answered; NULL: nobody listens */
    void *context;
};

/* Asks the questions of all steps. False with ERROR_REFUSED, and all that was found, where there are rows that do not
 * fit. A query that the server does not answer stops nothing: the step may fail, as its hazard says. */
bool questions_ask(const struct plan *plan, struct connection *connection,
                   const struct question_asking *asking, struct error *error);

#endif
