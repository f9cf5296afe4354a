/* States that come through a pipe: standard input, and the output of a command (an ORM that prints its
 * schema). They can be read only once, and no files are around them. */
#include "load/sources.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

#include "core/buffer.h"
#include "core/stream.h"
#include "core/url.h"

static const char mean_nothing[] = "Write empty: to mean an empty database.";

/* A pipe that breaks early looks like a database that should be empty. */
static bool is_blank(const char *text)
{
    return text[strspn(text, " \t\r\n\f\v")] == '\0';
}

/* Takes all of the stream; file: as messages call it. */
static bool take_stream(struct sources *sources, FILE *stream, const char *file,
                        struct error *error)
{
    struct buffer bytes = BUFFER_EMPTY;
    bool ok = stream_read(stream, &bytes);
    int number = errno;
    size_t length = bytes.length;
    const char *text = buffer_take(&bytes, sources->arena);

    if (!ok)
        return error_set(error, ERROR_IO, "cannot read %s: %s", file, strerror(number));
    return sources_from_text(sources, file, text, length, error);
}

static bool check_something_came(const struct sources *sources, const char *whence,
                                 struct error *error)
{
    const struct source_file *file = sources->files.items[0];

    if (!is_blank(file->text))
        return true;
    error_hint(error, mean_nothing);
    return error_set(error, ERROR_USAGE, "nothing came from %s", whence);
}

bool sources_from_input(struct sources *sources, struct error *error)
{
    if (feof(stdin)) {
        error_hint(error, "Put one of the two states into a file.");
        return error_set(error, ERROR_USAGE, "standard input can be read only once");
    }
    return take_stream(sources, stdin, "<stdin>", error) &&
           check_something_came(sources, "standard input", error);
}

/* What the shell says of how the command ended. */
static bool check_end(int status, const char *shown, struct error *error)
{
    if (status == 0)
        return true;
    if (status < 0)
        return error_set(error, ERROR_IO, "cannot wait for %s: %s", shown, strerror(errno));
    if (WIFSIGNALED(status))
        return error_set(error, ERROR_IO, "%s was ended by signal %d", shown, WTERMSIG(status));
    return error_set(error, ERROR_IO, "%s failed with exit status %d", shown, WEXITSTATUS(status));
}

bool sources_from_command(struct sources *sources, const char *name, const char *command,
                          struct error *error)
{
    const char *shown = url_without_secrets(sources->arena, name);
    FILE *stream;
    bool ok;

    if (is_blank(command)) {
        error_hint(error, "For example 'exec:python manage.py print_schema'.");
        return error_set(error, ERROR_USAGE, "exec: needs a command");
    }
    fflush(NULL); /* what is written so far is not written twice by the child */
    stream = command_open(command);
    if (!stream)
        return error_set(error, ERROR_IO, "cannot run %s: %s", shown, strerror(errno));
    ok = take_stream(sources, stream, shown, error);
    return check_end(command_close(stream), shown, error) && ok &&
           check_something_came(sources, shown, error);
}
