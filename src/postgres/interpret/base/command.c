/* psql's backslash commands: what they ask for is done where it bears on what the file says, and the rest is passed
 * over; what could change its meaning, and cannot be followed, is refused. */
#include <ctype.h>
#include <string.h>

#include "core/operation.h"
#include "postgres/interpret/base/base.h"
#include "postgres/interpret/base/preparation.h"
#include "postgres/sql/psql.h"
#include "postgres/sql/scan.h"

enum { deepest_include = 100 };

/* Commands that change nothing in a schema; those that begin with "d" describe, all of them. */
static const char *const ignored_commands[] = {
    "restrict", "unrestrict", "echo",  "qecho",    "warn", "pset",  "encoding",   "timing",
    "x",        "a",          "t",     "o",        "out",  "!",     "errverbose", "conninfo",
    "h",        "help",       "r",     "reset",    "p",    "print", "?",          "C",
    "f",        "H",          "T",     "l",        "z",    "sf",    "sv",         "copyright",
    "s",        "w",          "write", "password", ".",    NULL,
};

/* --- commands ---------------------------------------------------------------------------------- */

/* One command of a line. */
struct command {
    const char *name;
    size_t at;   /* of its backslash */
    size_t next; /* behind what was read of it */
    size_t end;  /* of its line */
};

static bool refuse_quote(struct preparation *preparation, const struct command *command)
{
    error_set(preparation->error, ERROR_SYNTAX, "a quote of psql's command \\%s is not closed",
              command->name);
    return preparation_refuse(preparation, command->at);
}

/* The next argument; NULL where there is none, or with an error. *known is false where its value is not. */
static const char *next_argument(struct preparation *preparation, struct command *command,
                                 bool *known)
{
    struct buffer argument = BUFFER_EMPTY;
    enum psql_argument found =
        psql_argument(&preparation->interpreter->variables, preparation->text, &command->next,
                      command->end, &argument);
    const char *text = buffer_take(&argument, preparation->arena);

    *known = found != PSQL_NOT_KNOWN;
    if (found == PSQL_UNCLOSED)
        refuse_quote(preparation, command);
    return found == PSQL_NO_ARGUMENT || found == PSQL_UNCLOSED ? NULL : text;
}

/* All that are left, with something between them; NULL with an error. */
static const char *rest_of_arguments(struct preparation *preparation, struct command *command,
                                     const char *between, bool *known)
{
    struct buffer all = BUFFER_EMPTY;
    const char *argument;
    bool one_known;

    *known = true;
    while ((argument = next_argument(preparation, command, &one_known))) {
        buffer_separate(&all, 0, between);
        buffer_append(&all, argument);
        *known &= one_known;
    }
    return preparation->error->code ? (buffer_free(&all), NULL)
                                    : buffer_take(&all, preparation->arena);
}

static bool take_set(struct preparation *preparation, struct command *command)
{
    bool known;
    const char *name = next_argument(preparation, command, &known);
    const char *value;

    if (!name)
        return !preparation->error->code; /* lists them */
    value =
        known ? rest_of_arguments(preparation, command, "", &known)
              : (preparation_refuse_unknown(preparation, command->at, "the variable's name"), NULL);
    if (!value)
        return false;
    if (psql_set(&preparation->interpreter->variables, name, known ? value : NULL))
        return true;
    error_set(preparation->error, ERROR_SYNTAX, "psql takes no variable of the name %s", name);
    error_hint(preparation->error, "Names have letters, digits and underscores.");
    return preparation_refuse(preparation, command->at);
}

/* \prompt [text] name, \getenv name variable: set to what is not known. */
static bool take_unknown(struct preparation *preparation, struct command *command)
{
    bool known;
    const char *name = next_argument(preparation, command, &known);
    const char *second = name ? next_argument(preparation, command, &known) : NULL;

    if (strcmp(command->name, "prompt") == 0 && second)
        name = second;
    if (name)
        psql_set(&preparation->interpreter->variables, name, NULL);
    return !preparation->error->code;
}

static bool take_unset(struct preparation *preparation, struct command *command)
{
    bool known;
    const char *name = next_argument(preparation, command, &known);

    if (name)
        psql_unset(&preparation->interpreter->variables, name);
    return !preparation->error->code;
}

/* --- other files ------------------------------------------------------------------------------- */

static const char *join_path(struct arena *arena, const char *from_file, const char *path)
{
    const char *slash = strrchr(from_file, '/');

    if (path[0] == '/' || !slash)
        return arena_strdup(arena, path);
    return arena_printf(arena, "%.*s%s", (int)(slash + 1 - from_file), from_file, path);
}

/* Without double quotes around it, and the semicolon that people put behind. */
static const char *plain_path(struct arena *arena, const char *path)
{
    size_t length = strlen(path);

    while (length > 0 && path[length - 1] == ';')
        length--;
    if (length > 1 && path[0] == '"' && path[length - 1] == '"')
        return arena_strndup(arena, path + 1, length - 2);
    return arena_strndup(arena, path, length);
}

static void add_include(struct preparation *preparation, struct interpret_file *included)
{
    struct interpret_include_list *list = &preparation->file->includes;

    list->items =
        list_room(preparation->arena, list->items, list->count, &list->room, sizeof(*list->items));
    list->items[list->count++] =
        (struct interpret_include){.offset = preparation->out.length, .file = included};
}

/* Reads the file, as far as commands go; NULL with an error, which has a place if it is about that file. */
static struct interpret_file *read_included(struct preparation *preparation, const char *path,
                                            bool relative)
{
    struct interpreter *interpreter = preparation->interpreter;
    const char *from = preparation->file->name;
    struct source_text *source = ARENA_NEW(preparation->arena, struct source_text);
    struct interpret_file *included;
    char *text;

    *source = *preparation->file->source;
    text = source->include(source->include_context, from, path, relative, &source->length,
                           preparation->error);
    if (!text)
        return NULL;
    source->text = text;
    source->file = relative ? join_path(preparation->arena, from, path) : path;
    interpreter->include_depth++;
    included = interpret_prepare(interpreter, source, preparation->error);
    interpreter->include_depth--;
    source->text = "";
    memory_free(text);
    return included;
}

static bool take_include(struct preparation *preparation, struct command *command)
{
    struct error *error = preparation->error;
    struct interpret_file *included = NULL;
    bool known;
    const char *path = next_argument(preparation, command, &known);

    if (path && !known)
        return preparation_refuse_unknown(preparation, command->at, "the file's name");
    path = path ? plain_path(preparation->arena, path) : NULL;
    if (!path)
        error_set(error, ERROR_SYNTAX, "psql's command \\%s names no file", command->name);
    else if (preparation->interpreter->include_depth >= deepest_include)
        error_set(error, ERROR_SYNTAX, "files include each other more than %d deep",
                  deepest_include);
    else if (!preparation->file->source->include)
        error_set(error, ERROR_SYNTAX, "%s cannot be included from here", path);
    else
        included = read_included(preparation, path, strchr(command->name, 'r') != NULL);
    if (!included)
        return preparation_refuse(preparation, command->at);
    add_include(preparation, included);
    return true;
}

/* \q: nothing more of this file is read. */
static bool take_quit(struct preparation *preparation, struct command *command)
{
    command->next = command->end;
    preparation->ended = true;
    return true;
}

/* \copy takes its whole line; data follow where it reads them from the file. */
static bool take_copy(struct preparation *preparation, struct command *command)
{
    struct pg_token token = {0};
    bool from = false;
    bool data = false;

    for (token.end = command->next;
         pg_scan_code(preparation->text, command->end, token.end, &token);) {
        data |= from && pg_token_is(preparation->text, &token, "stdin");
        from = pg_token_is(preparation->text, &token, "from");
    }
    preparation_blank(preparation, command->end);
    command->next = data ? preparation_take_data(preparation, command->end) : command->end;
    return true;
}

/* --- conditions -------------------------------------------------------------------------------- */

/* What \if and \elif are given is decided only where it has a value that is known. */
static bool decide(struct preparation *preparation, struct command *command, bool *value)
{
    bool known;
    const char *text = rest_of_arguments(preparation, command, " ", &known);

    if (!text)
        return false;
    if (known && psql_boolean(text, value))
        return true;
    if (!known)
        return preparation_refuse_unknown(
            preparation, command->at,
            arena_printf(preparation->arena, "the condition of \\%s", command->name));
    error_set(preparation->error, ERROR_SYNTAX,
              "the condition of \\%s, \"%s\", is neither true "
              "nor false",
              command->name, text);
    error_hint(preparation->error, "psql takes true, false, yes, no, on, off, 1 and 0, and "
                                   ":{?NAME} for whether a variable is set.");
    return preparation_refuse(preparation, command->at);
}

static bool take_if(struct preparation *preparation, struct command *command)
{
    bool outer = preparation_is_open(preparation);
    bool value = false;

    if (preparation->depth == deepest_condition) {
        error_set(preparation->error, ERROR_SYNTAX, "\\if stands more than %d deep",
                  deepest_condition);
        return preparation_refuse(preparation, command->at);
    }
    if (outer && !decide(preparation, command, &value))
        return false;
    preparation->conditions[preparation->depth++] =
        (struct condition){.offset = command->at, .open = outer && value, .spent = !outer || value};
    return true;
}

static bool take_branch(struct preparation *preparation, struct command *command)
{
    struct condition *condition =
        preparation->depth ? &preparation->conditions[preparation->depth - 1] : NULL;
    bool value = true;

    if (!condition || (condition->last && strcmp(command->name, "endif") != 0)) {
        error_set(preparation->error, ERROR_SYNTAX, "\\%s stands %s", command->name,
                  condition ? "behind \\else" : "without its \\if");
        return preparation_refuse(preparation, command->at);
    }
    if (strcmp(command->name, "endif") == 0)
        return preparation->depth--, true;
    condition->last = strcmp(command->name, "else") == 0;
    if (!condition->last && !condition->spent && !decide(preparation, command, &value))
        return false;
    condition->open = !condition->spent && value;
    condition->spent |= condition->open;
    return true;
}

/* --- which command ----------------------------------------------------------------------------- */

static bool refuse(struct preparation *preparation, const struct command *command)
{
    const char *name = command->name;
    struct error *error = preparation->error;

    error_set(error, ERROR_SYNTAX, "psql's command \\%s is not understood", name);
    if (strcmp(name, "c") == 0 || strcmp(name, "connect") == 0)
        error_hint(error, "A file describes one database: take the line out, and keep other "
                          "databases in other files.");
    else if (strcmp(name, "gexec") == 0)
        error_hint(error, "What a query would give is not known here: write the statements "
                          "themselves.");
    else
        error_hint(error, "Take the line out; \\i, \\ir, \\set, \\unset, \\if and \\copy are "
                          "understood.");
    return preparation_refuse(preparation, command->at);
}

static bool is_ignored(const char *command)
{
    if (command[0] == 'd' && strcmp(command, "drop") != 0)
        return true;
    for (const char *const *ignored = ignored_commands; *ignored; ignored++)
        if (strcmp(*ignored, command) == 0)
            return true;
    return false;
}

/* \g, \gx and \gset send the statement that stands before; with \gset its columns become variables. */
static bool take_send(struct preparation *preparation, struct command *command)
{
    preparation->interpreter->variables.others |= strcmp(command->name, "gset") == 0;
    command->next = command->end;
    preparation_end_statement(preparation);
    return true;
}

/* \sf's and others' arguments say nothing here, and psql takes those of \! and \echo as they are. */
static bool take_ignored(struct preparation *preparation, struct command *command)
{
    if (!is_ignored(command->name))
        return refuse(preparation, command);
    command->next = command->end;
    return true;
}

typedef bool command_function(struct preparation *preparation, struct command *command);

static const struct {
    const char *name;
    command_function *function;
    bool always; /* also where a condition is not met */
} commands[] = {
    {"if", take_if, true},           {"elif", take_branch, true},
    {"else", take_branch, true},     {"endif", take_branch, true},
    {"i", take_include, false},      {"include", take_include, false},
    {"ir", take_include, false},     {"include_relative", take_include, false},
    {"set", take_set, false},        {"unset", take_unset, false},
    {"prompt", take_unknown, false}, {"getenv", take_unknown, false},
    {"copy", take_copy, false},      {"q", take_quit, false},
    {"quit", take_quit, false},      {"g", take_send, false},
    {"gx", take_send, false},        {"gset", take_send, false},
};

static bool run_command(struct preparation *preparation, struct command *command)
{
    command_function *function = take_ignored;

    for (size_t i = 0; i < sizeof(commands) / sizeof(*commands); i++)
        if (strcmp(commands[i].name, command->name) == 0) {
            if (!commands[i].always && !preparation_is_open(preparation))
                return true;
            function = commands[i].function;
        }
    if (!preparation_is_open(preparation) && function == take_ignored)
        return true;
    return function(preparation, command);
}

/* A backslash outside of quotes; gives the end of what it takes, 0 on error. */
size_t preparation_take_command(struct preparation *preparation, size_t at)
{
    const char *text = preparation->text;
    const char *newline = memchr(text + at, '\n', preparation->length - at);
    struct command command = {.at = at, .next = at + 1};

    command.end = newline ? (size_t)(newline - text) : preparation->length;
    if (preparation_is_open(preparation))
        preparation_copy(preparation, at);
    if (command.next < command.end && text[command.next] == ';') { /* \; */
        preparation_blank(preparation, at + 1);
        preparation_end_statement(preparation);
        return at + 2;
    }
    if (command.next < command.end && text[command.next] == '\\') { /* ends a command's arguments */
        preparation_blank(preparation, at + 2);
        return at + 2;
    }
    while (command.next < command.end && !isspace((unsigned char)text[command.next]) &&
           (text[command.next] != '\\' || command.next == at + 1))
        command.next++;
    command.name = arena_strndup(preparation->arena, text + at + 1, command.next - at - 1);
    if (!run_command(preparation, &command))
        return 0;
    preparation_blank(preparation, command.next);
    /* Behind a command's last argument others may begin, or SQL after two backslashes: all else is no one's. */
    if (command.next < command.end && text[command.next] != '\\') {
        const char *more = memchr(text + command.next, '\\', command.end - command.next);

        command.next = more ? (size_t)(more - text) : command.end;
        preparation_blank(preparation, command.next);
    }
    return command.next;
}
