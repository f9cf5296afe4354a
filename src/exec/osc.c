/* Online schema change by another tool: runs its command, which is told the table and the change as
 * arguments, and waits. */
#include "exec/osc.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "core/buffer.h"
#include "core/operation.h"
#include "model/identity.h"

extern char **environ;

bool osc_wants(const struct osc_options *options, const struct dialect *dialect,
               struct connection *connection, const struct step *step, bool *wants,
               struct error *error)
{
    int64_t size = 0;

    *wants = false;
    if (!options->command || !step->alter_clauses || !dialect->tools)
        return true;
    if (!dialect->tools->table_size(connection, step->object, &size, error))
        return false;
    *wants = size >= options->minimum;
    return true;
}

/* --- the command ----------------------------------------------------------------------------- */

/* What a command may ask for. The values are never put into the command's text, which a shell reads: what
 * stands there is the number of an argument. */
static const char *const fields[] = {"host",     "port",  "user", "socket",
                                     "database", "table", "alter"};

enum { field_count = sizeof(fields) / sizeof(*fields) };

/* "{table}" at the start of the text: its length with the braces, and its number among the fields, or
 * field_count where it is none of them. 0: no such thing stands here. */
static size_t read_field(const char *text, size_t *number)
{
    size_t length = *text == '{' ? strspn(text + 1, "abcdefghijklmnopqrstuvwxyz_") : 0;

    if (!length || text[length + 1] != '}')
        return 0;
    for (*number = 0; *number < field_count; ++*number)
        if (strlen(fields[*number]) == length && strncmp(fields[*number], text + 1, length) == 0)
            break;
    return length + 2;
}

/* What the shell makes of the text so far. */
struct shell {
    char quote;      /* ' or ", 0 outside */
    bool escaped;    /* the next character stands for itself */
    bool in_comment; /* up to the end of the line */
    char last;       /* the character before */
};

static void shell_read(struct shell *shell, char character)
{
    if (shell->in_comment)
        shell->in_comment = character != '\n';
    else if (shell->escaped)
        shell->escaped = false;
    else if (character == '\\' && shell->quote != '\'')
        shell->escaped = true;
    else if (shell->quote)
        shell->quote = character == shell->quote ? '\0' : shell->quote;
    else if (character == '\'' || character == '"')
        shell->quote = character;
    else if (character == '#' && (!shell->last || strchr(" \t\n;&|(", shell->last)))
        shell->in_comment = true;
    shell->last = character;
}

static bool fail_quoted_field(const char *field, size_t length, struct error *error)
{
    error_hint(error, "Write it without quotes: it is one word whatever is in it.");
    return error_set(error, ERROR_USAGE,
                     "the command for online schema changes has %.*s within quotes", (int)length,
                     field);
}

static bool fail_unknown_field(const char *field, size_t length, struct error *error)
{
    error_hint(error,
               "Fields are {host}, {port}, {user}, {socket}, {database}, {table} and {alter}; the "
               "password is in the environment.");
    return error_set(error, ERROR_USAGE,
                     "the command for online schema changes has an unknown field %.*s", (int)length,
                     field);
}

/* Walks through the command, and appends it with arguments in the place of fields. used: bit i for field
 * i. False with an error. */
static bool translate(const char *command, struct buffer *text, unsigned *used, struct error *error)
{
    struct shell shell = {0};

    while (*command) {
        bool plain = shell.in_comment || shell.escaped || shell.last == '$';
        size_t number = 0;
        size_t length = plain ? 0 : read_field(command, &number);

        if (length && number < field_count && shell.quote)
            return fail_quoted_field(command, length, error);
        if (length && number == field_count && !shell.quote)
            return fail_unknown_field(command, length, error);
        if (length && !shell.quote) {
            buffer_printf(text, "\"${%zu}\"", number + 1);
            *used |= 1u << number;
            command += length;
            shell.last = '}';
        } else {
            buffer_append_char(text, *command);
            shell_read(&shell, *command++);
        }
    }
    return true;
}

bool osc_check(const char *command, struct error *error)
{
    struct buffer text = BUFFER_EMPTY;
    unsigned used = 0;
    bool ok = translate(command, &text, &used, error);

    buffer_free(&text);
    return ok;
}

static const char *field_value(struct arena *arena, const struct dialect *dialect,
                               struct connection *connection, const struct step *step,
                               const char *field)
{
    if (strcmp(field, "table") == 0)
        return step->object->name;
    if (strcmp(field, "alter") == 0)
        return step->alter_clauses;
    if (strcmp(field, "database") == 0 && step->object->parent && step->object->parent->name[0])
        return step->object->parent->name;
    return dialect->tools->connection_value(connection, arena, field);
}

/* Our environment, the password, and PLUMB_TABLE and so on for each field. */
static char **make_environment(struct arena *arena, const struct dialect *dialect,
                               struct connection *connection, const char *const *values)
{
    const char *password = dialect->tools->connection_value(connection, arena, "password");
    size_t count = 0;
    char **made;

    while (environ[count])
        count++;
    made = ARENA_ARRAY(arena, char *, count + field_count + 2);
    memcpy(made, environ, count * sizeof(*made));
    for (size_t i = 0; i < field_count; i++) {
        char *variable = arena_printf(arena, "PLUMB_%s=%s", fields[i], values[i] ? values[i] : "");

        for (char *at = variable; *at != '='; at++)
            *at = (char)toupper((unsigned char)*at);
        made[count++] = variable;
    }
    if (password && dialect->tools->password_variable)
        made[count] = arena_printf(arena, "%s=%s", dialect->tools->password_variable, password);
    return made;
}

bool osc_prepare(struct arena *arena, const struct osc_options *options,
                 const struct dialect *dialect, struct connection *connection,
                 const struct step *step, struct osc_call *call, struct error *error)
{
    const char *values[field_count];
    struct buffer text = BUFFER_EMPTY;
    unsigned used = 0;

    if (!translate(options->command, &text, &used, error)) {
        buffer_free(&text);
        return false;
    }
    call->arguments = ARENA_ARRAY(arena, char *, field_count + 5);
    call->arguments[0] = arena_strdup(arena, "/bin/sh");
    call->arguments[1] = arena_strdup(arena, "-c");
    call->arguments[2] = buffer_take(&text, arena);
    call->arguments[3] = arena_strdup(arena, "plumb");
    for (size_t i = 0; i < field_count; i++) {
        values[i] = field_value(arena, dialect, connection, step, fields[i]);
        if (!values[i] && used >> i & 1)
            return error_set(error, ERROR_USAGE,
                             "the command for online schema changes asks for {%s}, which this "
                             "connection does not have",
                             fields[i]);
        call->arguments[4 + i] = arena_strdup(arena, values[i] ? values[i] : "");
    }
    call->environment = make_environment(arena, dialect, connection, values);
    return true;
}

/* --- running --------------------------------------------------------------------------------- */

/* Between two looks at the child, in milliseconds; and how long it may take to end by itself. */
enum { look_pause = 50, grace = 10000 };

/* Waits until the child has ended. Somebody may cancel meanwhile, from wherever: then it is told to end,
 * with all that it started, and made to after a while. False with errno. */
static bool wait_for_end(pid_t child, int *status)
{
    const struct timespec pause = {.tv_nsec = look_pause * 1000000L};
    int waited = -1;

    for (;;) {
        pid_t ended = waitpid(child, status, WNOHANG);

        if (ended == child)
            return true;
        if (ended < 0 && errno != EINTR)
            return false;
        if (waited < 0 && operation_is_cancelled()) {
            kill(-child, SIGTERM);
            waited = 0;
        }
        nanosleep(&pause, NULL);
        if (waited >= 0 && (waited += look_pause) >= grace)
            kill(-child, SIGKILL);
    }
}

static bool wait_for(pid_t child, struct error *error)
{
    int status = 0;

    if (!wait_for_end(child, &status))
        return error_set(error, ERROR_IO, "the online schema change cannot be waited for: %s",
                         strerror(errno));
    if (!(WIFEXITED(status) && WEXITSTATUS(status) == 0) && operation_is_cancelled()) {
        error_hint(error, "The online schema change was ended; its own tables may be left behind.");
        return error_set(error, ERROR_CANCELLED, "interrupted");
    }
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
        return true;
    error_hint(error, "See what it printed; its own tables may be left behind.");
    if (WIFSIGNALED(status))
        return error_set(error, ERROR_SERVER, "the online schema change was ended by signal %d",
                         WTERMSIG(status));
    return error_set(error, ERROR_SERVER, "the online schema change ended with exit status %d",
                     WEXITSTATUS(status));
}

/* Its own group, so that all of it can be ended; whatever this thread blocks. */
static int spawn(const struct osc_call *call, const posix_spawn_file_actions_t *actions,
                 pid_t *child)
{
    posix_spawnattr_t attributes;
    sigset_t none;
    int failure;

    sigemptyset(&none);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK);
    posix_spawnattr_setpgroup(&attributes, 0);
    posix_spawnattr_setsigmask(&attributes, &none);
    failure = posix_spawn(child, call->arguments[0], actions, &attributes, call->arguments,
                          call->environment);
    posix_spawnattr_destroy(&attributes);
    return failure;
}

/* stdout carries the answer only. Nobody is asked anything: outside of the terminal's own group it could not
 * read. */
static bool run(const struct osc_call *call, struct error *error)
{
    posix_spawn_file_actions_t actions;
    pid_t child;
    int failure;

    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, STDERR_FILENO, STDOUT_FILENO);
    failure = spawn(call, &actions, &child);
    posix_spawn_file_actions_destroy(&actions);
    return failure ? error_set(error, ERROR_IO, "the online schema change cannot be run: %s",
                               strerror(failure))
                   : wait_for(child, error);
}

bool osc_run(const struct osc_options *options, const struct dialect *dialect,
             struct connection *connection, const struct step *step, struct error *error)
{
    struct arena *arena = arena_new();
    struct osc_call call;
    bool ok =
        osc_prepare(arena, options, dialect, connection, step, &call, error) && run(&call, error);

    arena_free(arena);
    return ok;
}
