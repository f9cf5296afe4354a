/* The public interface: states to models. */
#include <string.h>

#include "core/url.h"
#include "library/library.h"

struct plumb_model *plumb_model_new(const char *given)
{
    struct arena *arena = arena_new();
    struct plumb_model *model = ARENA_NEW(arena, struct plumb_model);

    model->arena = arena;
    model->given = arena_strdup(arena, given);
    return model;
}

/* What is to be loaded: a state of that name, or a text that is called so. */
struct wish {
    const char *name;
    const char *text; /* NULL: none */
    size_t length;
};

static bool fail_unknown_dialect(const char *name, struct error *error)
{
    error_hint(error, "A state can be written in that of postgres or mysql.");
    return error_set(error, ERROR_USAGE, "there is no dialect %s", name);
}

static bool load_into(struct state *state, const struct wish *wish,
                      const struct plumb_load_options *options, struct error *error)
{
    const struct state *target = options->target ? &options->target->state : NULL;
    struct load_request request = {.dialect = target ? target->dialect : NULL,
                                   .flavor = options->flavor,
                                   .beside = options->beside,
                                   .unmanaged = options->unmanaged,
                                   .text = wish->text,
                                   .length = wish->length};

    if (target && target->model->server_version)
        request.target = target->model;
    if (options->dialect && !request.dialect) {
        request.dialect = dialect_find(options->dialect);
        if (!request.dialect)
            return fail_unknown_dialect(options->dialect, error);
    }
    if (options->scratch && wish->text)
        return error_set(error, ERROR_USAGE,
                         "a text in memory cannot go through a scratch database");
    if (options->scratch && !state_dialect(wish->name))
        return state_load_scratch(wish->name, options->scratch, state, error);
    return state_load(wish->name, &request, state, error);
}

static struct plumb_model *load(const struct wish *wish, const struct plumb_load_options *options,
                                struct error *error)
{
    struct plumb_model *model;

    if (!options_check(options->size, error))
        return NULL;
    if (!wish->name) {
        fail_null("state", error);
        return NULL;
    }
    model = plumb_model_new(wish->name);
    if (load_into(&model->state, wish, options, error))
        return model;
    arena_free(model->arena);
    return NULL;
}

static struct plumb_model *load_wish(const struct wish *wish,
                                     const struct plumb_load_options *given,
                                     struct plumb_error *error)
{
    struct plumb_load_options options;
    struct plumb_model *model;
    struct door door;

    options_take(&options, sizeof(options), given);
    door_open(&door, options.control, error);
    if (setjmp(door.operation.way_out) != 0)
        return NULL;
    model = load(wish, &options, door.error);
    door_close(&door);
    return model;
}

struct plumb_model *plumb_load(const char *state, const struct plumb_load_options *options,
                               struct plumb_error *error)
{
    const struct wish wish = {.name = state};

    return load_wish(&wish, options, error);
}

struct plumb_model *plumb_load_text(const char *name, const char *sql, size_t length,
                                    const struct plumb_load_options *options,
                                    struct plumb_error *error)
{
    const struct wish wish = {
        .name = sql ? name : NULL, .text = sql ? sql : "", .length = sql ? length : 0};

    return load_wish(&wish, options, error);
}

/* --- databases that are not read -------------------------------------------------------------- */

static bool fail_no_database(const char *url, struct error *error)
{
    struct arena *scratch = arena_new();

    error_set(error, ERROR_USAGE, "%s is not a database", url_without_secrets(scratch, url));
    arena_free(scratch);
    return false;
}

static struct plumb_model *connect(const char *url, const struct plumb_load_options *options,
                                   struct error *error)
{
    const struct dialect *dialect = url ? state_dialect(url) : NULL;
    struct plumb_model *model;

    if (!options_check(options->size, error) || (!url && !fail_null("URL", error)) ||
        ((!dialect || strncmp(url, "recorded:", 9) == 0) && !fail_no_database(url, error)))
        return NULL;
    model = plumb_model_new(url);
    model->state.dialect = dialect;
    model->state.connection = dialect->running->connect(url, error);
    if (!model->state.connection) {
        arena_free(model->arena);
        return NULL;
    }
    model->state.model = model_new(url_without_secrets(model->arena, url));
    model->state.name = model->state.model->source;
    return model;
}

struct plumb_model *plumb_connect(const char *url, const struct plumb_load_options *given,
                                  struct plumb_error *error)
{
    struct plumb_load_options options;
    struct plumb_model *model;
    struct door door;

    options_take(&options, sizeof(options), given);
    door_open(&door, options.control, error);
    if (setjmp(door.operation.way_out) != 0)
        return NULL;
    model = connect(url, &options, door.error);
    door_close(&door);
    return model;
}

/* --- what is known of them -------------------------------------------------------------------- */

void plumb_model_free(struct plumb_model *model)
{
    if (!model)
        return;
    state_close(&model->state);
    arena_free(model->arena);
}

char *plumb_state_shown(const char *state)
{
    struct buffer text = BUFFER_EMPTY;
    struct arena *arena;
    struct door door;
    char *shown;

    if (!state)
        return NULL;
    door_open(&door, NULL, NULL);
    if (setjmp(door.operation.way_out) != 0)
        return NULL;
    arena = arena_new();
    buffer_append(&text, url_without_secrets(arena, state));
    arena_free(arena);
    shown = give_text(&text);
    door_close(&door);
    return shown;
}

const char *plumb_model_name(const struct plumb_model *model)
{
    return model ? model->state.name : "";
}

bool plumb_model_is_live(const struct plumb_model *model)
{
    return model && model->state.connection;
}

const char *plumb_model_dialect(const struct plumb_model *model)
{
    return model ? model->state.dialect->name : "";
}

const char *plumb_model_note(const struct plumb_model *model, size_t number)
{
    const struct text_list *notes = model ? &model->state.model->notes : NULL;

    return notes && number < notes->count ? notes->items[number] : NULL;
}
