/* The public interface: files laid out. That they mean the same is proven twice: word by word, and by comparing what they
 * declare. */
#include <string.h>
#include <sys/stat.h>

#include "edit/format.h"
#include "library/library.h"

static bool lay_out(struct plumb_pull *layout, const struct dialect *dialect, const char *server,
                    struct state_text *now, struct error *error)
{
    layout->files = ARENA_ARRAY(layout->arena, struct edit_file, layout->read.count + 1);
    for (size_t i = 0; i < layout->read.count; i++) {
        const struct state_text *read = &layout->read.items[i];
        const char *text =
            format_text(dialect->layout, layout->arena, read->text, read->length, server, error);

        if (!text) {
            error_add(error, ": %s", read->name);
            return false;
        }
        now[i] = *read;
        now[i].text = text;
        now[i].length = strlen(text);
        if (strcmp(text, read->text) != 0)
            layout->files[layout->count++] = (struct edit_file){
                .name = read->name, .text = read->text, .length = read->length, .now = text};
    }
    return true;
}

static struct plumb_model *load(const char *name, const struct load_request *request,
                                struct error *error)
{
    struct plumb_model *model = plumb_model_new(name);

    if (state_load(name, request, &model->state, error))
        return model;
    arena_free(model->arena);
    return NULL;
}

/* Both have to declare the same. Takes the first. */
static bool prove(struct plumb_model *before, const char *name, const struct load_request *request,
                  struct error *error)
{
    const struct plumb_options options = {.size = sizeof(options), .shown_only = true};
    struct plumb_model *after = load(name, request, error);
    struct plumb_plan *plan = after ? plumb_plan_make(before, after, &options, error) : NULL;
    bool same = plan && !plan->plan->deltas.count;

    if (plan && !same)
        error_set(error, ERROR_REFUSED, "%s cannot be laid out without changing what it declares",
                  name);
    if (!plan) {
        plumb_model_free(before);
        plumb_model_free(after);
    }
    plumb_plan_free(plan);
    return same;
}

static bool make(struct plumb_pull *layout, const char *files,
                 const struct plumb_load_options *options, struct error *error)
{
    struct load_request request = {.flavor = options->flavor, .read = &layout->read};
    struct plumb_model *before;
    struct state_text *now;

    if (!state_is_path(files))
        return error_set(error, ERROR_USAGE, "%s is neither a file nor a folder", files);
    if (options->dialect && !(request.dialect = dialect_find(options->dialect)))
        return error_set(error, ERROR_USAGE, "there is no dialect %s", options->dialect);
    before = load(files, &request, error);
    if (!before)
        return false;
    layout->syntax = before->state.dialect->secret_syntax;
    now = ARENA_ARRAY(layout->arena, struct state_text, layout->read.count + 1);
    if (!lay_out(layout, before->state.dialect, options->flavor, now, error)) {
        plumb_model_free(before);
        return false;
    }
    request.dialect = before->state.dialect;
    request.read = NULL;
    request.texts = now;
    request.text_count = layout->read.count;
    return prove(before, files, &request, error);
}

static struct plumb_pull *check_and_make(const char *files, const struct plumb_load_options *load,
                                         struct error *error)
{
    struct arena *arena;
    struct plumb_pull *layout;

    if (!files) {
        fail_null("files", error);
        return NULL;
    }
    if (!options_check(load->size, error))
        return NULL;
    arena = arena_new();
    layout = ARENA_NEW(arena, struct plumb_pull);
    layout->arena = layout->read.arena = arena;
    if (make(layout, files, load, error))
        return layout;
    arena_free(arena);
    return NULL;
}

struct plumb_pull *plumb_format_make(const char *files, const struct plumb_load_options *given,
                                     struct plumb_error *error)
{
    struct plumb_load_options load;
    struct plumb_pull *layout;
    struct door door;

    options_take(&load, sizeof(load), given);
    door_open(&door, load.control, error);
    if (setjmp(door.operation.way_out) != 0)
        return NULL;
    layout = check_and_make(files, &load, door.error);
    door_close(&door);
    return layout;
}
