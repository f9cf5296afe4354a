/* plumb: finds the command, reads its options, runs it, and turns what comes of it into an exit
 * status: 0 nothing to do, 2 differences, 1 an error, 3 refused. */
#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/all.h"
#include "cli/commands.h"
#include "cli/configure.h"
#include "cli/help.h"
#include "cli/interrupt.h"
#include "cli/terminal.h"
#include "core/text/nearest.h"
#include "core/operation.h"

struct command {
    const char *name;
    unsigned bit; /* in the table of options */
    size_t least; /* how many states it takes */
    size_t most;
    const char *usage;
    const char *summary;
    const char *examples;
    int (*run)(struct options *options, struct plumb_error *error);
};

static const struct command commands[] = {
    {"diff", FOR_DIFF, 2, 2, "diff TARGET WANTED", "the ordered DDL that turns TARGET into WANTED",
     "  plumb diff postgresql://localhost/shop schemas\n"
     "  plumb diff git:main:schemas schemas --format sql\n"
     "  plumb diff prod --out plan.json     (an environment of plumb.yaml; a plan to be reviewed)\n",
     command_diff},
    {"apply", FOR_APPLY, 1, 2, "apply TARGET WANTED", "the same, then run it, and prove the result",
     "  plumb apply postgresql://localhost/shop schemas\n"
     "  plumb apply prod --yes --allow drop-column\n"
     "  plumb apply prod --plan plan.json   (what was reviewed, and nothing else)\n",
     command_apply},
    {"drift", FOR_DRIFT, 1, 2, "drift TARGET [WANTED]", "what was changed without plumb",
     "  plumb drift postgresql://localhost/shop\n"
     "  plumb drift --all --format junit\n"
     "  plumb drift --all --quiet --notify 'mail -s drift dba@example.org'\n"
     "  plumb drift prod schemas            (and what is not applied yet)\n",
     command_drift},
    {"baseline", FOR_BASELINE, 1, 1, "baseline TARGET", "record the live state as it is",
     "  plumb baseline postgresql://localhost/shop --message 'as the DBA left it'\n",
     command_baseline},
    {"history", FOR_HISTORY, 1, 4, "history TARGET", "what was applied, when and by whom",
     "  plumb history postgresql://localhost/shop\n"
     "  plumb history prod 12\n"
     "  plumb history prod diff 11 12\n"
     "  plumb history prod show 12 --schema\n",
     command_history},
    {"revert", FOR_REVERT, 1, 1, "revert TARGET --to N", "back to the schema of an entry",
     "  plumb revert prod --to 11\n", command_revert},
    {"status", FOR_STATUS, 1, 2, "status TARGET [WANTED]", "record, drift, pending, lock: a glance",
     "  plumb status prod\n"
     "  plumb status --all\n",
     command_status},
    {"dump", FOR_DUMP, 1, 1, "dump STATE", "canonical SQL of any state, one text or a folder",
     "  plumb dump postgresql://localhost/shop > shop.sql\n"
     "  plumb dump postgresql://localhost/shop --split schemas\n",
     command_dump},
    {"pull", FOR_PULL, 2, 2, "pull TARGET FILES", "brings files to what TARGET holds, in place",
     "  plumb pull postgresql://localhost/shop schemas\n"
     "  plumb pull prod --dry-run           (an environment of plumb.yaml, and its files)\n",
     command_pull},
    {"fmt", FOR_FMT, 1, 1000, "fmt FILES...", "lays files out without changing what they mean",
     "  plumb fmt schemas\n"
     "  plumb fmt schemas --check           (for CI: exit status 2 where a file is not laid out)\n",
     command_fmt},
};

enum { command_count = sizeof(commands) / sizeof(*commands) };

static void print_usage(void)
{
    printf("plumb keeps a database plumb with the schema that you declared.\n\n");
    for (size_t i = 0; i < command_count; i++)
        printf("  plumb %-30s%s\n", commands[i].usage, commands[i].summary);
    printf(
        "\nTARGET, WANTED and STATE are a .sql file, a folder of them, a glob, several joined by\n"
        "commas, git:REF:PATH, a database URL, recorded:URL, - (standard input), exec:COMMAND, empty:,\n"
        "or an environment of plumb.yaml.\n\n"
        "plumb COMMAND --help says more. Exit status: 0 nothing to do, 2 differences, 1 an error,\n"
        "3 refused.\n");
}

static void print_help(const struct command *command)
{
    struct arena *arena = arena_new();
    struct buffer help = BUFFER_EMPTY;

    buffer_printf(&help, "plumb %s: %s\n\nExamples:\n%s", command->usage, command->summary,
                  command->examples);
    append_options(&help, arena, command->bit, terminal_width(stdout));
    if (!show_in_pager(buffer_text(&help)))
        fputs(buffer_text(&help), stdout);
    buffer_free(&help);
    arena_free(arena);
}

static const struct command *find_command(const char *name, struct plumb_error *error)
{
    const char *names[command_count];
    const char *nearest;

    for (size_t i = 0; i < command_count; i++) {
        names[i] = commands[i].name;
        if (strcmp(names[i], name) == 0)
            return &commands[i];
    }
    fail_with(error, PLUMB_USAGE, "there is no command %s", name);
    nearest = nearest_name(name, names, command_count);
    if (nearest)
        advise(error, "Did you mean plumb %s?", nearest);
    else
        advise(error, "plumb --help lists the commands.");
    return NULL;
}

static bool check_states(const struct command *command, const struct options *options,
                         struct plumb_error *error)
{
    if (options->states.count >= command->least && options->states.count <= command->most)
        return true;
    if (options->states.count > command->most)
        fail_with(error, PLUMB_USAGE, "plumb %s takes no more than that: %s", command->usage,
                  shown_state(options, options->states.items[command->most]));
    else
        fail_with(error, PLUMB_USAGE, "plumb %s needs %zu state%s, not %zu", command->usage,
                  command->least, command->least == 1 ? "" : "s", options->states.count);
    return advise(error, "plumb %s --help shows how it is used.", command->name);
}

/* How many states the configuration is to complete: drift compares with what is wanted only where that
 * is named. */
static size_t wanted_states(const struct command *command, const struct options *options)
{
    if (command->bit == FOR_DIFF || command->bit == FOR_STATUS || command->bit == FOR_PULL)
        return 2;
    return command->bit == FOR_APPLY && !options->plan && !options->abandon ? 2 : 1;
}

/* What one environment says must not reach another: the configuration is applied to each by itself. */
static int run_for_each(const struct command *command, struct options *options,
                        struct plumb_error *error)
{
    const struct all_command all = {
        .name = command->name,
        .bit = command->bit,
        .changes = command->bit & (FOR_RUN | FOR_BASELINE) || options->restore,
        .wanted_states = wanted_states(command, options),
        .run = command->run,
    };

    if (options->states.count < command->most)
        return run_for_all(options, &all, error);
    fail_with(error, PLUMB_USAGE, "--all stands for all targets: %s is one too many",
              shown_state(options, options->states.items[0]));
    return -1;
}

static int run_command(const struct command *command, struct options *options, int count,
                       char **arguments, struct plumb_error *error)
{
    if (!options_parse(options, command->bit, count, arguments, error))
        return -1;
    if (options->help) {
        print_help(command);
        return EXIT_SAME;
    }
    if (options->version) {
        printf("plumb %s\n", plumb_version());
        return EXIT_SAME;
    }
    if (options->all)
        return run_for_each(command, options, error);
    if (!configure_from_file(options, wanted_states(command, options), error))
        return -1;
    if (!check_states(command, options, error))
        return -1;
    return command->run(options, error);
}

/* What stands before any command; the first argument otherwise names the command. */
static int run(int count, char **arguments, struct options *options, struct plumb_error *error)
{
    const char *first = count > 1 ? arguments[1] : "--help";
    const struct command *command;

    if (strcmp(first, "--help") == 0 || strcmp(first, "-h") == 0 || strcmp(first, "help") == 0) {
        if (count > 2 && (command = find_command(arguments[2], error)))
            print_help(command);
        else if (count <= 2)
            print_usage();
        return plumb_error_code(error) || count < 2 ? -1 : EXIT_SAME;
    }
    if (strcmp(first, "--version") == 0 || strcmp(first, "-V") == 0) {
        printf("plumb %s\n", plumb_version());
        return EXIT_SAME;
    }
    command = find_command(first, error);
    return command ? run_command(command, options, count - 1, arguments + 1, error) : -1;
}

/* --- the process ----------------------------------------------------------------------------- */

/* Whoever starts plumb without standard input, output or error must not have them replaced by the first
 * file or socket that is opened: what is printed would go into the database's connection. */
static bool open_standard_descriptors(void)
{
    for (int descriptor = STDIN_FILENO; descriptor <= STDERR_FILENO; descriptor++)
        if (fcntl(descriptor, F_GETFD) < 0 && errno == EBADF &&
            open("/dev/null", O_RDWR) != descriptor) /* the lowest that is free */
            return false;
    return true;
}

/* A file that grows too large is an error of the write, which says so. A handler, since what is ignored
 * stays so in the programs that plumb starts. */
static void note_size_limit(int number)
{
    (void)number;
}

/* What was printed has to have arrived. */
static int check_output(int status)
{
    struct plumb_error *error;

    if (fflush(stdout) == 0 && !ferror(stdout))
        return status;
    error = plumb_error_new();
    fail_with(error, PLUMB_IO, "cannot write to stdout: %s", strerror(errno));
    message_error(error);
    plumb_error_free(error);
    return EXIT_ERROR;
}

/* The whole run, as an operation: the command line takes memory of its own too. */
struct run {
    int count;
    char **arguments;
    struct plumb_control *control;
    struct plumb_error *error;
    int status;
};

static void run_all(void *argument)
{
    struct run *all = argument;
    struct options options = {.arena = arena_new(), .control = all->control};

    all->status = run(all->count, all->arguments, &options, all->error);
    arena_free(options.arena);
}

int main(int count, char **arguments)
{
    struct run all = {count, arguments, plumb_control_new(), plumb_error_new(), -1};
    struct error no_memory = {0};
    struct sigaction size_limit = {.sa_handler = note_size_limit, .sa_flags = SA_RESTART};
    int status;

    if (!open_standard_descriptors())
        return EXIT_ERROR;
    sigaction(SIGXFSZ, &size_limit, NULL);
    interrupt_ends(all.control);
    setlocale(LC_CTYPE, "");
    if (!operation_try(run_all, &all, &no_memory))
        fail_with(all.error, (enum plumb_code)no_memory.code, "%s", no_memory.message);
    status = all.status;
    if (status < 0 && plumb_error_code(all.error))
        message_error(all.error);
    if (status < 0)
        status = exit_status(all.error);
    interrupt_ends(NULL);
    plumb_error_free(all.error);
    plumb_control_free(all.control);
    return status == EXIT_ERROR ? status : check_output(status);
}
