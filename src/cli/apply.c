/* plumb apply TARGET WANTED: shows the plan, asks, runs it, and says how far it came. The plan can also
 * come from a file, or from the record of an apply that was interrupted. */
#include "cli/commands.h"

#include <string.h>
#include <unistd.h>

#include "cli/interrupt.h"
#include "cli/progress.h"
#include "core/text/shown.h"

enum { shown_lines = 30 };

/* --- the outcome ----------------------------------------------------------------------------- */

/* "as wanted" is not all there is where nothing is dropped. */
static void print_verified(const struct plumb_plan *plan)
{
    size_t kept = 0;

    while (plumb_plan_kept(plan, kept))
        kept++;
    fprintf(stderr, ", verified");
    if (kept)
        fprintf(stderr, ": as wanted, besides %zu object%s kept", kept, kept == 1 ? "" : "s");
}

static void print_outcome(const struct plumb_apply_result *result, const struct plumb_plan *plan)
{
    if (!plumb_plan_count(plan))
        return;
    fprintf(stderr, "applied %zu step%s in %.2f s", plumb_plan_count(plan),
            plumb_plan_count(plan) == 1 ? "" : "s", result->seconds);
    if (result->verified)
        print_verified(plan);
    fprintf(stderr, "\n");
}

/* The statement, but not all of a long function. */
static void print_statement(struct arena *arena, const char *sql)
{
    fprintf(stderr, "the statement was:\n");
    sql = text_shown_lines(arena, sql, 0);
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
static void print_remains(const struct options *options, const struct plumb_apply_result *result,
                          struct plumb_plan *plan)
{
    if (result->failed)
        print_statement(options->arena, plumb_step_sql(plumb_plan_step(plan, result->failed - 1)));
    if (result->done == 1)
        fprintf(stderr, "step 1 is committed and stays%s; apply again to go on from there\n",
                result->rolled_back ? ", what had run after it was rolled back" : "");
    else if (result->done)
        fprintf(
            stderr, "steps 1 to %zu are committed and stay%s; apply again to go on from there\n",
            result->done, result->rolled_back ? ", what had run after them was rolled back" : "");
    else if (!result->doubtful)
        fprintf(stderr, "nothing was changed%s\n",
                result->rolled_back ? ": what had run was rolled back" : "");
    if (!result->doubtful)
        return;
    if (result->doubtful == result->doubtful_end)
        fprintf(stderr, "whether step %zu was applied is in doubt\n", result->doubtful);
    else
        fprintf(stderr,
                "whether steps %zu to %zu were applied is in doubt: they are committed together\n",
                result->doubtful, result->doubtful_end);
}

/* --- consent --------------------------------------------------------------------------------- */

static bool consent(const struct options *options, const struct plumb_plan *plan,
                    struct plumb_error *error)
{
    char answer[16] = "";

    if (options->yes)
        return true;
    if (!isatty(STDIN_FILENO) || !isatty(STDERR_FILENO))
        return fail_with(error, PLUMB_REFUSED, "nobody is there to be asked") ||
               advise(error, "Add --yes to apply the plan without a question.");
    fprintf(stderr, "Apply these %zu step%s? [y/N] ", plumb_plan_count(plan),
            plumb_plan_count(plan) == 1 ? "" : "s");
    fflush(stderr);
    if (fgets(answer, sizeof(answer), stdin) && (answer[0] == 'y' || answer[0] == 'Y'))
        return true;
    return fail_with(error, PLUMB_REFUSED, "not applied");
}

/* --- the command ----------------------------------------------------------------------------- */

/* Runs the plan and gives the exit status; says itself what went wrong, and how far it came. */
static int run(const struct options *options, struct plumb_plan *plan,
               const struct plumb_apply_options *apply, struct plumb_error *error)
{
    struct plumb_apply_result result = PLUMB_APPLY_RESULT_INIT;
    struct progress *progress =
        options->quiet ? NULL : progress_begin(options->arena, options->control);
    bool ok;

    interrupt_is_orderly(true);
    ok = plumb_apply(plan, apply, &result, error);
    interrupt_is_orderly(false);
    progress_end(progress);
    if (ok && !options->quiet)
        print_outcome(&result, plan);
    if (ok)
        return EXIT_SAME;
    message_error(error);
    print_remains(options, &result, plan);
    return exit_status(error);
}

static struct plumb_apply_options apply_options(const struct options *options, const char *kind)
{
    return (struct plumb_apply_options){
        .size = sizeof(struct plumb_apply_options),
        .control = options->control,
        .allowed = options->allowed,
        .allowed_objects = list_or_null(options, &options->allowed_objects),
        .denied = list_or_null(options, &options->denied),
        .require_online = options->require_online,
        .transactional = options->transactional,
        .lock_timeout = options->lock_timeout,
        .no_data_check = options->no_data_check,
        .question_timeout = options->question_timeout,
        .osc_command = options->osc,
        .osc_minimum = options->osc_minimum,
        .kind = kind,
        .message = options->message,
        .unfinished = options->resume ? PLUMB_UNFINISHED_RESUMED : PLUMB_UNFINISHED_REFUSED,
        .note = show_note,
        .note_context = (void *)(uintptr_t)options,
    };
}

/* A plan without steps only goes into the record, where that does not know the schema yet. */
static int apply_plan(const struct options *options, struct plumb_plan *plan, const char *kind,
                      struct plumb_error *error)
{
    struct plumb_apply_options apply = apply_options(options, kind);

    if (!options->quiet && !print_plan(options, plan, format_for(options, FORMAT_TEXT), error))
        return -1;
    if (!plumb_plan_check(plan, &apply, error))
        return -1;
    if (plumb_plan_count(plan) && !consent(options, plan, error))
        return -1;
    return run(options, plan, &apply, error);
}

int run_plan(const struct options *options, struct plumb_plan *plan, const char *kind,
             struct plumb_error *error)
{
    int status = plan ? apply_plan(options, plan, kind, error) : -1;

    plumb_plan_free(plan);
    if (status == EXIT_SAME && options->write_latest &&
        !write_latest(options, options->write_latest, error))
        return -1;
    return status;
}

/* --- from a file ------------------------------------------------------------------------------ */

/* A plan's file holds no secrets: what the wanted state is given for, if it is. */
static bool read_secrets(const struct options *options, const struct plumb_model *target,
                         struct plumb_error *error)
{
    struct plumb_model *wanted;

    if (options->states.count < 2)
        return true;
    wanted = load_wanted(options, options->states.items[1], target, error);
    plumb_model_free(wanted);
    return wanted != NULL;
}

static int apply_file(const struct options *options, struct plumb_error *error)
{
    struct plumb_options compare = options_compare(options);
    struct plumb_model *target = load_target(options, error);

    if (target && !read_secrets(options, target, error)) {
        plumb_model_free(target);
        target = NULL;
    }
    if (!target)
        return -1;
    return run_plan(options, plumb_plan_load(options->plan, target, &compare, error), NULL, error);
}

/* --- after an interruption ------------------------------------------------------------------- */

/* The plan of what is left of the interrupted apply; *none where there is no such. */
static struct plumb_plan *plan_rest(const struct options *options, bool *none,
                                    struct plumb_error *error)
{
    struct plumb_options compare = options_compare(options);
    struct plumb_model *target = load_target(options, error);
    struct plumb_model *wanted = NULL;

    *none = false;
    if (!target)
        return NULL;
    if (plumb_unfinished_options(target, &compare, error))
        wanted = plumb_load_unfinished(target, &compare, error);
    if (wanted)
        return plan_with(options, &compare, target, wanted, error);
    *none = !plumb_error_code(error);
    plumb_model_free(target);
    return NULL;
}

static int abandon(const struct options *options, struct plumb_error *error)
{
    struct plumb_apply_options apply = apply_options(options, NULL);
    bool none;
    struct plumb_plan *plan = plan_rest(options, &none, error);
    bool ok = plan && plumb_abandon(plan, &apply, error);

    plumb_plan_free(plan);
    if (none)
        show_note("no apply was interrupted", (void *)(uintptr_t)options);
    return ok || none ? EXIT_SAME : -1;
}

static int resume(const struct options *options, struct plumb_error *error)
{
    bool none;
    struct plumb_plan *plan = plan_rest(options, &none, error);

    if (!none)
        return run_plan(options, plan, NULL, error);
    show_note("no apply was interrupted", (void *)(uintptr_t)options);
    return options->plan ? apply_file(options, error) : EXIT_SAME;
}

int command_apply(struct options *options, struct plumb_error *error)
{
    bool alone = options->plan || options->abandon;

    if (options->states.count < 2 && !alone && !options->resume) {
        fail_with(error, PLUMB_USAGE, "plumb apply TARGET WANTED needs 2 states, not 1");
        advise(error, "plumb apply --help shows how it is used.");
        return -1;
    }
    if (options->states.count > 1 && options->abandon) {
        fail_with(error, PLUMB_USAGE, "--abandon goes without a wanted state: %s",
                  shown_state(options, options->states.items[1]));
        return -1;
    }
    if (options->abandon)
        return abandon(options, error);
    if (options->resume && options->states.count < 2)
        return resume(options, error);
    if (options->plan)
        return apply_file(options, error);
    return run_plan(options, plan_states(options, true, error), NULL, error);
}
