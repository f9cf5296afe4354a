/* plumb dump STATE: canonical SQL of any state, one text or a folder. */
#include "cli/commands.h"

#include <string.h>
#include <sys/stat.h>

/* Takes the model, which may be NULL with an error. */
static bool write_model(const struct options *options, struct plumb_model *model,
                        struct plumb_error *error)
{
    struct plumb_options compare = options_compare(options);
    struct plumb_plan *plan;
    bool ok;

    compare.no_extension_versions = !options->extension_versions;
    plan = model ? plumb_diff_empty(model, &compare, error) : NULL;
    if (!plan)
        return false;
    ok = options->split
             ? plumb_plan_split(plan, options->split, show_note, (void *)(uintptr_t)options, error)
             : print_plan(options, plan, PLUMB_DUMP, error);
    plumb_plan_free(plan);
    return ok;
}

static bool is_folder(const char *path)
{
    struct stat facts;

    return (*path && path[strlen(path) - 1] == '/') ||
           (stat(path, &facts) == 0 && S_ISDIR(facts.st_mode));
}

bool write_latest(const struct options *options, const char *path, struct plumb_error *error)
{
    struct options dump = *options;

    dump.split = is_folder(path) ? path : NULL;
    dump.output = path;
    dump.quiet = true;                       /* what there is to note was noted before */
    dump.must_match = (struct text_list){0}; /* it did match, or what it matched is dropped now */
    return write_model(&dump, load_state(&dump, options->states.items[0], NULL, error), error);
}

int command_dump(struct options *options, struct plumb_error *error)
{
    return write_model(options, load_state(options, options->states.items[0], NULL, error), error)
               ? EXIT_SAME
               : -1;
}
