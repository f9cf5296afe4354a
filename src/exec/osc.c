/* Online schema change by another tool: fills in its command line, runs it, waits. */
#include "exec/osc.h"

#include <errno.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/buffer.h"
#include "model/identity.h"

extern char **environ;

bool osc_wants(const struct osc_options *options, const struct dialect *dialect,
               struct connection *connection, const struct step *step, bool *wants,
               struct error *error)
{
    int64_t size = 0;

    *wants = false;
    if (!options->command || !step->alter_clauses || !dialect->table_size)
        return true;
    if (!dialect->table_size(connection, step->object, &size, error))
        return false;
    *wants = size >= options->minimum;
    return true;
}

static void append_shell_quoted(struct buffer *text, const char *value)
{
    buffer_append_char(text, '\'');
    for (; *value; value++) {
        if (*value == '\'')
            buffer_append(text, "'\\'");
        buffer_append_char(text, *value);
    }
    buffer_append_char(text, '\'');
}

static const char *field_value(struct arena *arena, const struct dialect *dialect,
                               struct connection *connection, const struct step *step,
                               const char *field)
{
    if (strcmp(field, "table") == 0)
        return step->object->name;
    if (strcmp(field, "alter") == 0)
        return step->alter_clauses;
    if (strcmp(field, "password") == 0) /* a command line is for all to see */
        return NULL;
    if (strcmp(field, "database") == 0 && step->object->parent && step->object->parent->name[0])
        return step->object->parent->name;
    return dialect->connection_value(connection, arena, field);
}

static bool fail_unknown_field(const char *field, struct error *error)
{
    error_hint(error, "Fields are {host}, {port}, {user}, {socket}, {database}, {table} and {alter}; the "
                      "password is in the environment.");
    return error_set(error, ERROR_USAGE, "the command for online schema changes has an unknown field {%s}",
                     field);
}

const char *osc_command(struct arena *arena, const struct osc_options *options,
                        const struct dialect *dialect, struct connection *connection,
                        const struct step *step, struct error *error)
{
    struct buffer text = BUFFER_EMPTY;

    for (const char *at = options->command; *at;) {
        const char *close = *at == '{' ? strchr(at, '}') : NULL;
        const char *field;
        const char *value;

        if (!close) {
            buffer_append_char(&text, *at++);
            continue;
        }
        field = arena_strndup(arena, at + 1, (size_t)(close - at - 1));
        value = field_value(arena, dialect, connection, step, field);
        if (!value) {
            buffer_free(&text);
            fail_unknown_field(field, error);
            return NULL;
        }
        append_shell_quoted(&text, value);
        at = close + 1;
    }
    return buffer_take(&text, arena);
}

/* Our environment and the password. */
static char **make_environment(struct arena *arena, const struct dialect *dialect,
                               struct connection *connection)
{
    const char *password = dialect->connection_value(connection, arena, "password");
    char **made;
    size_t count = 0;

    while (environ[count])
        count++;
    made = ARENA_ARRAY(arena, char *, count + 2);
    memcpy(made, environ, count * sizeof(*made));
    if (password && dialect->password_variable)
        made[count] = arena_printf(arena, "%s=%s", dialect->password_variable, password);
    return made;
}

static bool wait_for(pid_t child, struct error *error)
{
    int status = 0;

    while (waitpid(child, &status, 0) < 0)
        if (errno != EINTR)
            return error_set(error, ERROR_IO, "the online schema change cannot be waited for: %s",
                             strerror(errno));
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
        return true;
    error_hint(error, "See what it printed; its own tables may be left behind.");
    if (WIFSIGNALED(status))
        return error_set(error, ERROR_SERVER, "the online schema change was ended by signal %d",
                         WTERMSIG(status));
    return error_set(error, ERROR_SERVER, "the online schema change ended with exit status %d",
                     WEXITSTATUS(status));
}

bool osc_run(const struct osc_options *options, const struct dialect *dialect,
             struct connection *connection, const struct step *step, struct error *error)
{
    struct arena *arena = arena_new();
    const char *command = osc_command(arena, options, dialect, connection, step, error);
    char shell[] = "/bin/sh";
    char option[] = "-c";
    char *arguments[] = {shell, option, (char *)(uintptr_t)command, NULL};
    posix_spawn_file_actions_t actions;
    pid_t child;
    bool ok = command != NULL;

    if (ok) { /* stdout carries the answer only */
        int failure;

        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_adddup2(&actions, STDERR_FILENO, STDOUT_FILENO);
        failure = posix_spawn(&child, arguments[0], &actions, NULL, arguments,
                              make_environment(arena, dialect, connection));
        posix_spawn_file_actions_destroy(&actions);
        ok = failure ? error_set(error, ERROR_IO, "cannot run %s: %s", command, strerror(failure))
                     : wait_for(child, error);
    }
    arena_free(arena);
    return ok;
}
