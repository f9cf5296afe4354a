/* What the commands share: from the states on the command line to a plan, and from a plan to where
 * it is printed. */
#include "cli/commands.h"
#include "cli/terminal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

const char *shown_state(const struct options *options, const char *state)
{
    char *shown = plumb_state_shown(state);
    const char *kept = arena_strdup(options->arena, shown ? shown : "...");

    plumb_text_free(shown);
    return kept;
}

static struct plumb_model *note_all(const struct options *options, struct plumb_model *model)
{
    const char *note;

    for (size_t i = 0; model && !options->quiet && (note = plumb_model_note(model, i)); i++)
        message_note(note);
    return model;
}

struct plumb_model *load_state(const struct options *options, const char *name, const char *beside,
                               struct plumb_error *error)
{
    const struct plumb_load_options load = options_load(options, beside);

    return note_all(options, plumb_load(name, &load, error));
}

struct plumb_model *load_wanted(const struct options *options, const char *name,
                                const struct plumb_model *target, struct plumb_error *error)
{
    struct plumb_load_options load = options_load(options, NULL);

    load.target = target;
    return plumb_load(name, &load, error);
}

static bool check_live(struct plumb_model *model, struct plumb_error *error)
{
    if (plumb_model_is_live(model))
        return true;
    fail_with(error, PLUMB_USAGE, "%s is not a database: nothing can be applied to it",
              plumb_model_name(model));
    return advise(error, "The database comes first, then what is wanted of it.");
}

struct plumb_model *load_target(const struct options *options, struct plumb_error *error)
{
    struct plumb_model *model = load_state(options, options->states.items[0], NULL, error);

    if (!model || check_live(model, error))
        return model;
    plumb_model_free(model);
    return NULL;
}

struct plumb_model *connect_to(const struct options *options, const char *url,
                               struct plumb_error *error)
{
    const struct plumb_load_options load = options_load(options, NULL);

    return plumb_connect(url, &load, error);
}

void show_note(const char *text, void *context)
{
    const struct options *options = context;

    if (!options->quiet)
        message_note(text);
}

/* Loads both states; false when either failed, and then neither is there. */
static bool load_both(const struct options *options, bool live, struct plumb_model **target,
                      struct plumb_model **wanted, struct plumb_error *error)
{
    const char *const *names = options->states.items;

    *target = load_state(options, names[0], names[1], error);
    if (!*target)
        return false;
    if (!live || check_live(*target, error)) {
        *wanted = note_all(options, load_wanted(options, names[1], *target, error));
        if (*wanted)
            return true;
    }
    plumb_model_free(*target);
    return false;
}

struct plumb_plan *plan_with(const struct options *options, const struct plumb_options *compare,
                             struct plumb_model *target, struct plumb_model *wanted,
                             struct plumb_error *error)
{
    struct plumb_plan *plan = plumb_diff(target, wanted, compare, error);
    const char *note;

    for (size_t i = 0; plan && !options->quiet && (note = plumb_plan_note(plan, i)); i++)
        message_note(note);
    return plan;
}

struct plumb_plan *plan_models(const struct options *options, struct plumb_model *target,
                               struct plumb_model *wanted, struct plumb_error *error)
{
    struct plumb_options compare = options_compare(options);

    return plan_with(options, &compare, target, wanted, error);
}

struct plumb_plan *plan_states(const struct options *options, bool live, struct plumb_error *error)
{
    struct plumb_model *target;
    struct plumb_model *wanted;

    return load_both(options, live, &target, &wanted, error)
               ? plan_models(options, target, wanted, error)
               : NULL;
}

enum plumb_format format_for(const struct options *options, enum output_format usual)
{
    switch (options->format == FORMAT_DEFAULT ? usual : options->format) {
    case FORMAT_SQL:
        return PLUMB_SQL;
    case FORMAT_JSON:
        return PLUMB_JSON;
    case FORMAT_DEFAULT:
    case FORMAT_TEXT:
    case FORMAT_PROMETHEUS:
    case FORMAT_JUNIT:
        break;
    }
    return !options->output && (options->coloured || may_colour(stdout)) ? PLUMB_COLOUR
                                                                         : PLUMB_TEXT;
}

bool write_text(const char *text, const char *path, struct plumb_error *error)
{
    size_t length = strlen(text);

    if (path)
        return plumb_text_save(text, path, error);
    if (fwrite(text, 1, length, stdout) == length && fflush(stdout) == 0)
        return true;
    fail_with(error, PLUMB_IO, "cannot write to stdout: %s", strerror(errno));
    clearerr(stdout); /* said once */
    return false;
}

bool show_text(const struct options *options, const char *text, enum plumb_format format,
               struct plumb_error *error)
{
    bool people = format == PLUMB_TEXT || format == PLUMB_COLOUR;
    bool waits = options->command & FOR_RUN; /* goes on, or asks, below what it has shown */
    struct buffer answer = BUFFER_EMPTY;
    bool ok;

    if (options->output || !people)
        return write_text(text, options->output, error);
    append_answer(&answer, text, terminal_width(stdout));
    ok = (!waits && show_in_pager(buffer_text(&answer))) ||
         write_text(buffer_text(&answer), NULL, error);
    buffer_free(&answer);
    return ok;
}

bool print_plan(const struct options *options, const struct plumb_plan *plan,
                enum plumb_format format, struct plumb_error *error)
{
    char *text = plumb_plan_print(plan, format, error);
    bool ok = text && show_text(options, text, format, error);

    plumb_text_free(text);
    return ok;
}
