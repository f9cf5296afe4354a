/* plumb apply TARGET WANTED: shows the plan, asks, runs it, and says how far it came. */
#include "cli/commands.h"

#include <signal.h>
#include <string.h>
#include <unistd.h>

enum { shown_lines = 30 };

/* What the signal handler stops. */
static struct plumb_plan *volatile running;

/* The first interrupt rolls back; a second one ends plumb at once (the server rolls back then). */
static void interrupt(int number)
{
    signal(number, SIG_DFL);
    if (running)
        plumb_cancel(running);
}

static void catch_interrupts(struct plumb_plan *plan)
{
    struct sigaction action = {.sa_handler = plan ? interrupt : SIG_DFL};

    running = plan;
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
}

/* --- progress -------------------------------------------------------------------------------- */

struct progress {
    bool live;   /* one line that changes, on a terminal; else a line for each step that is done */
    int attempt; /* the last one told of */
};

static void show_progress(const struct plumb_progress *progress, void *context)
{
    struct progress *shown = context;
    const char *begin = shown->live ? "\r\033[K" : "";

    if (progress->attempt > shown->attempt)
        fprintf(stderr, "%swaiting for a lock took too long: attempt %d\n", begin,
                progress->attempt);
    shown->attempt = progress->attempt;
    if (shown->live && !progress->action)
        fprintf(stderr, "%sverifying ...", begin);
    else if (shown->live)
        fprintf(stderr, "%s[%zu/%zu] %s %.100s", begin, progress->step, progress->count,
                progress->action, progress->object);
    else if (progress->action && progress->seconds >= 0)
        fprintf(stderr, "[%zu/%zu] %s %s, %.3f s\n", progress->step, progress->count,
                progress->action, progress->object, progress->seconds);
    fflush(stderr);
}

static void print_outcome(const struct plumb_apply_result *result, const struct plumb_plan *plan)
{
    fprintf(stderr, "applied %zu step%s in %.2f s%s\n", plumb_plan_count(plan),
            plumb_plan_count(plan) == 1 ? "" : "s", result->seconds,
            result->verified ? ", verified" : "");
}

/* The statement, but not all of a long function. */
static void print_statement(const char *sql)
{
    fprintf(stderr, "the statement was:\n");
    for (int line = 0; *sql; line++) {
        size_t length = strcspn(sql, "\n");

        if (line == shown_lines) {
            fprintf(stderr, "    ...\n");
            return;
        }
        fprintf(stderr, "    %.*s%s\n", (int)length, sql, sql[length] ? "" : ";");
        sql += length + (sql[length] == '\n');
    }
}

/* What a failed apply left behind. */
static void print_remains(const struct plumb_apply_result *result, struct plumb_plan *plan)
{
    if (result->failed)
        print_statement(plumb_plan_step(plan, result->failed - 1).sql);
    if (!result->done)
        fprintf(stderr, "nothing was changed%s\n",
                result->rolled_back ? ": what had run was rolled back" : "");
    else
        fprintf(
            stderr, "steps 1 to %zu are committed and stay%s; apply again to go on from there\n",
            result->done, result->rolled_back ? ", what had run after them was rolled back" : "");
}

/* --- consent --------------------------------------------------------------------------------- */

static bool refuse(struct plumb_error *error, const char *why, const char *hint)
{
    error_set(&error->error, ERROR_REFUSED, "%s", why);
    error_hint(&error->error, "%s", hint);
    return false;
}

static bool consent(const struct options *options, const struct plumb_plan *plan,
                    struct plumb_error *error)
{
    char answer[16] = "";

    if (options->yes)
        return true;
    if (!isatty(STDIN_FILENO) || !isatty(STDERR_FILENO))
        return refuse(error, "nobody is there to be asked",
                      "Add --yes to apply the plan without a question.");
    fprintf(stderr, "Apply these %zu step%s? [y/N] ", plumb_plan_count(plan),
            plumb_plan_count(plan) == 1 ? "" : "s");
    fflush(stderr);
    if (fgets(answer, sizeof(answer), stdin) && (answer[0] == 'y' || answer[0] == 'Y'))
        return true;
    return refuse(error, "not applied", "");
}

/* --- the command ----------------------------------------------------------------------------- */

/* Runs the plan and gives the exit status; says itself what went wrong, and how far it came. */
static int run(const struct options *options, struct plumb_plan *plan,
               const struct plumb_apply_options *apply, struct plumb_error *error)
{
    struct plumb_apply_result result = {0};
    bool ok;

    catch_interrupts(plan);
    ok = plumb_apply(plan, apply, &result, error);
    catch_interrupts(NULL);
    if (apply->progress && isatty(STDERR_FILENO))
        fprintf(stderr, "\r\033[K");
    if (ok && !options->quiet)
        print_outcome(&result, plan);
    if (ok)
        return EXIT_SAME;
    message_error(error);
    print_remains(&result, plan);
    return exit_status(error);
}

static int apply_plan(const struct options *options, struct plumb_plan *plan,
                      struct plumb_error *error)
{
    struct progress progress = {.live = isatty(STDERR_FILENO), .attempt = 1};
    struct plumb_apply_options apply = {.allowed = options->allowed,
                                        .transactional = options->transactional,
                                        .lock_timeout = options->lock_timeout,
                                        .osc_command = options->osc,
                                        .osc_minimum = options->osc_minimum,
                                        .progress = options->quiet ? NULL : show_progress,
                                        .progress_context = &progress};

    if (!options->quiet && !print_plan(options, plan, format_for(options, FORMAT_TEXT), error))
        return -1;
    if (!plumb_plan_check(plan, &apply, error))
        return -1;
    if (!plumb_plan_count(plan))
        return EXIT_SAME;
    return consent(options, plan, error) ? run(options, plan, &apply, error) : -1;
}

int command_apply(struct options *options, struct plumb_error *error)
{
    struct plumb_plan *plan = plan_states(options, true, error);
    int status = plan ? apply_plan(options, plan, error) : -1;

    plumb_plan_free(plan);
    return status;
}
