/* plumb drift TARGET [WANTED]: what was changed without plumb. Made for cron: --quiet says nothing where
 * there is nothing to say, --notify tells a command, --all looks at every environment. */
#include "cli/commands.h"
#include "cli/configure.h"

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
    if (options->quiet && plumb_drift_status(drift) != PLUMB_DRIFT_FOUND)
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

/* An error weighs most, then somebody who is applying, then drift. */
static int worse(int a, int b)
{
    static const int weights[] = {
        [EXIT_SAME] = 0, [EXIT_DIFFERENT] = 1, [EXIT_REFUSED] = 2, [EXIT_ERROR] = 3};

    return weights[a] > weights[b] ? a : b;
}

/* One of the environments, with options of its own. */
static int drift_of_environment(const struct options *options, struct config *config,
                                const char *name, struct plumb_error *error)
{
    struct options one = *options;
    int found = -1;

    one.states = (struct text_list){0};
    one.given = text_list_copy(&options->given, options->arena);
    text_list_add(&one.states, one.arena, name);
    if (configure(&one, config, 1, error))
        found = drift_of_one(&one, error);
    if (found >= 0)
        return found;
    advise(error, "The environment is %s.", name);
    return fail_one(error);
}

static int drift_of_all(struct options *options, struct plumb_error *error)
{
    struct config *config = open_config(options, error);
    const struct config_environment *environment = config ? config_environment(config, 0) : NULL;
    int status = EXIT_SAME;

    if (config && !environment) {
        fail_with(error, PLUMB_USAGE, "%s has no environments", config_file(config));
        advise(error, "A configuration names them under environments.");
    }
    for (size_t i = 0; environment; environment = config_environment(config, ++i)) {
        struct plumb_error *problem = plumb_error_new();

        status = worse(status, drift_of_environment(options, config, environment->name, problem));
        plumb_error_free(problem);
    }
    config_free(config);
    return plumb_error_code(error) ? -1 : status;
}

int command_drift(struct options *options, struct plumb_error *error)
{
    int status;

    if (options->all && !options->states.count)
        return drift_of_all(options, error);
    if (options->all || !options->states.count) {
        fail_with(error, PLUMB_USAGE, "%s",
                  options->all ? "--all stands for all targets" : "plumb drift needs a target");
        advise(error, "plumb drift TARGET, or plumb drift --all.");
        return -1;
    }
    status = drift_of_one(options, error);
    return status < 0 ? fail_one(error) : status;
}
