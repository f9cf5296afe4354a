/* Every environment: a process for each, so that what one does to memory, files or the terminal is no matter to the
 * others, and what they say comes in the order of the file. */
#include "cli/all.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

#include "cli/commands.h"
#include "cli/configure.h"
#include "core/stream.h"

enum { usual_jobs = 4 };

struct child {
    pid_t process; /* 0: none */
    FILE *answer;
    FILE *messages;
};

/* All that is under way. */
struct run {
    const struct options *options;
    const struct all_command *command;
    struct config *config;
    struct all_result *results;
    struct child *children;
    int *codes; /* what kind of error ended each child; shared with them */
    size_t count;
    size_t jobs;
    bool failed; /* nothing more is begun */
};

/* --- in the child ---------------------------------------------------------------------------- */

/* The options of one environment. */
static struct options options_of(const struct run *run, const char *environment)
{
    struct options one = *run->options;

    one.all = false;
    one.output = NULL;
    one.states = (struct text_list){0};
    one.given = text_list_copy(&run->options->given, one.arena);
    one.coloured = !run->options->output && may_colour(stdout);
    text_list_add(&one.states, one.arena, environment);
    for (size_t i = 0; i < run->options->states.count; i++)
        text_list_add(&one.states, one.arena, run->options->states.items[i]);
    return one;
}

/* Nobody answers questions there, and it ends when the one that started it does. */
static void detach(const struct child *child)
{
    int nothing = open("/dev/null", O_RDONLY);

    dup2(nothing, STDIN_FILENO);
    dup2(fileno(child->answer), STDOUT_FILENO);
    dup2(fileno(child->messages), STDERR_FILENO);
#ifdef __linux__
    prctl(PR_SET_PDEATHSIG, SIGTERM);
#endif
}

static _Noreturn void run_child(const struct run *run, size_t number)
{
    struct plumb_error *error = plumb_error_new();
    struct options one = options_of(run, run->results[number].environment);
    int status = -1;

    detach(&run->children[number]);
    if (configure(&one, run->config, run->command->wanted_states, error))
        status = run->command->run(&one, error);
    if (status < 0) {
        message_error(error);
        status = exit_status(error);
    }
    run->codes[number] = (int)plumb_error_code(error);
    if (fflush(stdout) != 0)
        status = EXIT_ERROR;
    fflush(stderr);
    exit(status); /* orderly: what a process writes at its end is written */
}

/* --- around them ----------------------------------------------------------------------------- */

static bool begin(struct run *run, size_t number, struct plumb_error *error)
{
    struct child *child = &run->children[number];

    child->answer = tmpfile();
    child->messages = tmpfile();
    if (!child->answer || !child->messages)
        return fail_with(error, PLUMB_IO, "cannot make a temporary file: %s", strerror(errno));
    fflush(NULL);
    child->process = fork();
    if (child->process == 0)
        run_child(run, number);
    if (child->process > 0)
        return true;
    child->process = 0;
    return fail_with(error, PLUMB_IO, "cannot start a process: %s", strerror(errno));
}

static const char *take(struct run *run, FILE *stream)
{
    struct buffer text = BUFFER_EMPTY;

    rewind(stream);
    stream_read(stream, &text);
    return buffer_take(&text, run->options->arena);
}

static enum all_outcome outcome_of(const struct run *run, size_t number, int status)
{
    switch (status) {
    case EXIT_SAME:
        return ALL_SAME;
    case EXIT_DIFFERENT:
        return ALL_DIFFERENT;
    case EXIT_REFUSED:
        return ALL_REFUSED;
    default:
        return run->codes[number] == PLUMB_CONNECTION ? ALL_UNREACHABLE : ALL_ERROR;
    }
}

/* Waits for any of them. */
static bool finish_one(struct run *run, struct plumb_error *error)
{
    int status;
    pid_t ended = wait(&status);

    if (ended < 0)
        return errno == EINTR ||
               fail_with(error, PLUMB_IO, "cannot wait for a process: %s", strerror(errno));
    for (size_t i = 0; i < run->count; i++) {
        struct all_result *result = &run->results[i];

        if (run->children[i].process != ended)
            continue;
        run->children[i].process = 0;
        result->status = WIFEXITED(status) ? WEXITSTATUS(status) : EXIT_ERROR;
        result->outcome = outcome_of(run, i, result->status);
        result->answer = take(run, run->children[i].answer);
        result->messages = take(run, run->children[i].messages);
        run->failed |= run->command->changes && result->outcome != ALL_SAME;
    }
    return true;
}

static size_t running(const struct run *run)
{
    size_t count = 0;

    for (size_t i = 0; i < run->count; i++)
        count += run->children[i].process != 0;
    return count;
}

static bool run_children(struct run *run, struct plumb_error *error)
{
    bool ok = true;

    for (size_t next = 0; ok && next < run->count && !run->failed;)
        ok = running(run) < run->jobs ? begin(run, next++, error) : finish_one(run, error);
    while (running(run))
        if (!finish_one(run, error))
            return false;
    return ok;
}

/* --- what is said ---------------------------------------------------------------------------- */

/* What one says on standard error, with its name before it. */
static void show_messages(const struct all_result *result)
{
    const char *text = result->messages;

    while (text && *text) {
        size_t length = strcspn(text, "\n");

        fprintf(stderr, "%s: %.*s\n", result->environment, (int)length, text);
        text += length + (text[length] == '\n');
    }
}

/* Which of two outcomes the exit status tells of. Of what only looks, a difference that is known weighs more than
 * what is not known; of what changes something, that it was not done. */
static int weight(const struct all_command *command, enum all_outcome outcome)
{
    static const int looking[] = {[ALL_SAME] = 0,        [ALL_REFUSED] = 1,   [ALL_ERROR] = 2,
                                  [ALL_UNREACHABLE] = 2, [ALL_NOT_BEGUN] = 2, [ALL_DIFFERENT] = 3};
    static const int changing[] = {[ALL_SAME] = 0,    [ALL_NOT_BEGUN] = 0, [ALL_DIFFERENT] = 1,
                                   [ALL_REFUSED] = 2, [ALL_ERROR] = 3,     [ALL_UNREACHABLE] = 3};

    return (command->changes ? changing : looking)[outcome];
}

static int status_of(const struct run *run)
{
    const struct all_result *worst = &run->results[0];

    for (size_t i = 1; i < run->count; i++)
        if (weight(run->command, run->results[i].outcome) > weight(run->command, worst->outcome))
            worst = &run->results[i];
    return worst->status < 0 ? EXIT_ERROR : worst->status;
}

static int report(const struct run *run, struct plumb_error *error)
{
    struct buffer text = BUFFER_EMPTY;
    bool ok;

    for (size_t i = 0; i < run->count; i++)
        show_messages(&run->results[i]);
    all_report(run->options, run->command, run->results, run->count, &text);
    ok = show_text(run->options, buffer_text(&text), format_for(run->options, FORMAT_TEXT), error);
    buffer_free(&text);
    return ok ? status_of(run) : -1;
}

/* --- the whole ------------------------------------------------------------------------------- */

static bool check(const struct run *run, struct plumb_error *error)
{
    const struct options *options = run->options;

    if (!run->count) {
        fail_with(error, PLUMB_USAGE, "%s has no environments", config_file(run->config));
        return advise(error, "A configuration names them under environments.");
    }
    if ((run->command->bit == FOR_APPLY || options->restore) && !options->yes) {
        fail_with(error, PLUMB_USAGE, "%s --all asks nobody", run->command->name);
        return advise(error, "Look at plumb diff --all, then add --yes.");
    }
    if (!options->out && !options->plan && !options->write_latest)
        return true;
    fail_with(error, PLUMB_USAGE, "a file of one environment cannot be that of all");
    return advise(error, "Name one environment, without --all.");
}

static void name_environments(struct run *run)
{
    const struct config_environment *environment;

    while ((environment = config_environment(run->config, run->count)))
        run->count++;
    run->results = ARENA_ARRAY(run->options->arena, struct all_result, run->count + 1);
    run->children = ARENA_ARRAY(run->options->arena, struct child, run->count + 1);
    for (size_t i = 0; i < run->count; i++)
        run->results[i] =
            (struct all_result){.environment = config_environment(run->config, i)->name,
                                .outcome = ALL_NOT_BEGUN,
                                .status = -1,
                                .answer = "",
                                .messages = ""};
}

static void close_files(const struct run *run)
{
    for (size_t i = 0; i < run->count; i++) {
        if (run->children[i].answer)
            fclose(run->children[i].answer);
        if (run->children[i].messages)
            fclose(run->children[i].messages);
    }
}

static int run_all(struct run *run, struct plumb_error *error)
{
    size_t size = (run->count + 1) * sizeof(*run->codes);
    int status = -1;

    run->codes = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (run->codes == MAP_FAILED) {
        fail_with(error, PLUMB_MEMORY, "no memory that processes can share: %s", strerror(errno));
        return -1;
    }
    if (run_children(run, error))
        status = report(run, error);
    close_files(run);
    munmap(run->codes, size);
    return status;
}

int run_for_all(struct options *options, const struct all_command *command,
                struct plumb_error *error)
{
    struct run run = {
        .options = options, .command = command, .config = open_config(options, error)};
    int status = -1;

    if (!run.config)
        return -1;
    name_environments(&run);
    if (options->format == FORMAT_DEFAULT && options->command == FOR_DIFF)
        options->format = !options->output && isatty(STDOUT_FILENO) ? FORMAT_TEXT : FORMAT_SQL;
    run.jobs = options->jobs ? options->jobs : command->changes ? 1 : usual_jobs;
    if (check(&run, error))
        status = run_all(&run, error);
    config_free(run.config);
    return status;
}
