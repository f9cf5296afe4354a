/* One command for every environment of plumb.yaml. */
#ifndef PLUMB_CLI_ALL_H
#define PLUMB_CLI_ALL_H

#include "cli/options.h"
#include "core/buffer.h"
#include "plumb.h"

/* What is run for each. */
struct all_command {
    const char *name;     /* "drift" */
    unsigned bit;         /* one of FOR_* */
    bool changes;         /* it does not only look */
    size_t wanted_states; /* how many states the configuration is to complete */
    int (*run)(struct options *options, struct plumb_error *error);
};

/* How it went in one environment. */
enum all_outcome {
    ALL_SAME,        /* nothing to do, no drift; or done */
    ALL_DIFFERENT,   /* differences, drift */
    ALL_REFUSED,     /* of drift: somebody is applying */
    ALL_UNREACHABLE, /* the server cannot be reached: nothing is known */
    ALL_ERROR,
    ALL_NOT_BEGUN /* one before it failed */
};

struct all_result {
    const char *environment;
    enum all_outcome outcome;
    int status;         /* the exit status; -1 where it was not begun */
    const char *answer; /* what it wrote to standard output, and to standard error */
    const char *messages;
};

/* Runs the command for each environment of the configuration, in a process of its own, up to options->jobs at a time
 * (0: 4 for what only looks, 1 for what changes anything, which stops where one fails), and prints one document in the
 * order of the file. The states of the options stand behind each environment. Gives the exit status; -1 with an
 * error. */
int run_for_all(struct options *options, const struct all_command *command,
                struct plumb_error *error);

/* all_report.c: "drift", "unreachable": the outcome in the words of the command. */
const char *all_outcome_name(const struct all_command *command, enum all_outcome outcome);

/* The document, in the options' format. */
void all_report(const struct options *options, const struct all_command *command,
                const struct all_result *results, size_t count, struct buffer *out);

#endif
