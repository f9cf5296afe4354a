/* plumb drift TARGET [WANTED]: what was changed without plumb. Made for cron: --quiet says nothing where
 * there is nothing to say, --notify tells a command. */
#include "cli/commands.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

static enum plumb_format drift_format(const struct options *options)
{
    if (options->format == FORMAT_PROMETHEUS)
        return PLUMB_PROMETHEUS;
    return options->format == FORMAT_JUNIT ? PLUMB_JUNIT : format_for(options, FORMAT_TEXT);
}

/* Runs the command with the text on its standard input. */
static bool notify(const char *command, const char *text, struct plumb_error *error)
{
    FILE *stream;
    int status;

    signal(SIGPIPE, SIG_IGN); /* a command need not read what it is told */
    stream = popen(command, "w");
    if (!stream)
        return fail_with(error, PLUMB_IO, "cannot run %s: %s", command, strerror(errno));
    fputs(text, stream);
    status = pclose(stream);
    if (status != -1 && WIFEXITED(status) && WEXITSTATUS(status) == 0)
        return true;
    return fail_with(error, PLUMB_IO, "%s failed", command);
}

static bool notify_of(const struct options *options, const struct plumb_drift *drift,
                      struct plumb_error *error)
{
    char *text;
    bool ok;

    if (!options->notify || plumb_drift_status(drift) != PLUMB_DRIFT_FOUND)
        return true;
    text = plumb_drift_print(drift, PLUMB_JSON, true, error);
    fflush(stdout);
    ok = text && notify(options->notify, text, error);
    plumb_text_free(text);
    return ok;
}

static bool print_drift(const struct options *options, const struct plumb_drift *drift,
                        struct plumb_error *error)
{
    const char *note;
    char *text;
    bool ok;

    for (size_t i = 0; (note = plumb_drift_note(drift, i)) != NULL; i++)
        show_note(note, (void *)(uintptr_t)options);
    if (options->quiet && plumb_drift_status(drift) != PLUMB_DRIFT_FOUND &&
        options->format != FORMAT_PROMETHEUS) /* which is looked at for being there */
        return true;
    text = plumb_drift_print(drift, drift_format(options), options->adopt, error);
    ok = text && show_text(options, text, drift_format(options), error);
    plumb_text_free(text);
    return ok;
}

static int status_of(const struct plumb_drift *drift)
{
    static const int statuses[] = {[PLUMB_DRIFT_NONE] = EXIT_SAME,
                                   [PLUMB_DRIFT_FOUND] = EXIT_DIFFERENT,
                                   [PLUMB_DRIFT_APPLYING] = EXIT_REFUSED};

    return statuses[plumb_drift_status(drift)];
}

static struct plumb_drift *find_drift(struct options *options, struct plumb_model *target,
                                      struct plumb_error *error)
{
    struct plumb_options compare = options_compare(options);
    struct plumb_model *wanted = NULL;
    struct plumb_drift *drift = NULL;

    if (options->states.count > 1)
        wanted = load_wanted(options, options->states.items[1], target, error);
    if (wanted || options->states.count < 2)
        drift = plumb_drift_find(target, wanted, &compare, error);
    plumb_model_free(wanted);
    return drift;
}

static int drift_of_one(struct options *options, struct plumb_error *error)
{
    struct plumb_model *target = options->states.count > 1
                                     ? load_target(options, error)
                                     : connect_to(options, options->states.items[0], error);
    struct plumb_drift *drift = target ? find_drift(options, target, error) : NULL;
    int status = -1;

    if (drift && print_drift(options, drift, error) && notify_of(options, drift, error))
        status = status_of(drift);
    plumb_drift_free(drift);
    plumb_model_free(target);
    return status;
}

/* Says what went wrong: an exit status of 3 says that somebody is applying, and no refusal else. */
static int fail_one(const struct plumb_error *error)
{
    message_error(error);
    return EXIT_ERROR;
}

/* --- back ------------------------------------------------------------------------------------ */

/* The plan from the database as it is to what was recorded last; *none: there is no drift. */
static struct plumb_plan *plan_back(const struct options *options, bool *none,
                                    struct plumb_error *error)
{
    struct plumb_options compare = options_compare(options);
    struct plumb_model *target = load_target(options, error);
    struct plumb_drift *drift = target ? plumb_drift_find(target, NULL, &compare, error) : NULL;
    const struct plumb_entry *entry = drift ? plumb_drift_entry(drift) : NULL;
    struct plumb_model *recorded = NULL;
    struct plumb_plan *plan = NULL;

    *none = drift && plumb_drift_status(drift) == PLUMB_DRIFT_NONE;
    if (drift && plumb_drift_status(drift) == PLUMB_DRIFT_APPLYING)
        fail_with(error, PLUMB_REFUSED, "an apply is running: there is nothing to put back yet");
    else if (entry && !*none)
        recorded = plumb_load_recorded(target, plumb_entry_number(entry), &compare, error);
    plumb_drift_free(drift);
    if (recorded)
        plan = plan_models(options, target, recorded, error);
    else
        plumb_model_free(target);
    return plan;
}

/* What was changed is to be undone: that hazard is what was asked for. */
static int restore(struct options *options, struct plumb_error *error)
{
    struct plumb_plan *plan;
    bool none;

    if (options->states.count > 1) {
        fail_with(error, PLUMB_USAGE, "--restore goes without a wanted state: %s",
                  shown_state(options, options->states.items[1]));
        advise(error, "It puts back what was recorded last; plumb apply brings what is wanted.");
        return -1;
    }
    if (!option_set(options, "allow", "drift", error))
        return -1;
    plan = plan_back(options, &none, error);
    if (!none)
        return run_plan(options, plan, "restore", error);
    if (!options->quiet)
        fprintf(stderr, "no drift: there is nothing to put back\n");
    return EXIT_SAME;
}

int command_drift(struct options *options, struct plumb_error *error)
{
    int status;

    if (options->restore)
        return restore(options, error);
    status = drift_of_one(options, error);
    return status < 0 ? fail_one(error) : status;
}
