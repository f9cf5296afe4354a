/* plumb diff TARGET WANTED: the ordered DDL that turns TARGET into WANTED. */
#include "cli/commands.h"

#include <string.h>
#include <unistd.h>

#include "core/file.h"

/* "plan.json" -> "plan.sql" */
static const char *sql_beside(struct arena *arena, const char *path)
{
    size_t length = strlen(path);

    if (length > 5 && strcmp(path + length - 5, ".json") == 0)
        length -= 5;
    return arena_printf(arena, "%.*s.sql", (int)length, path);
}

/* The plan as a file to be applied, and as one to be read: both or none. What a schema holds may be
 * secret. */
static bool write_files(const struct options *options, const struct plumb_plan *plan,
                        struct plumb_error *error)
{
    struct file_set files = file_set_begin(options->arena);
    char *file;
    char *script;
    bool ok;

    if (!options->out)
        return true;
    file = plumb_plan_file(plan, error);
    script = file ? plumb_plan_print(plan, PLUMB_SQL, error) : NULL;
    ok = script &&
         file_set_add(&files, options->out, file, strlen(file), FILE_PRIVATE, &error->error) &&
         file_set_add(&files, sql_beside(options->arena, options->out), script, strlen(script),
                      FILE_PRIVATE, &error->error) &&
         file_set_commit(&files, &error->error);
    file_set_discard(&files);
    plumb_text_free(file);
    plumb_text_free(script);
    return ok;
}

int command_diff(struct options *options, struct plumb_error *error)
{
    bool terminal = !options->output && isatty(STDOUT_FILENO);
    struct plumb_plan *plan = plan_states(options, false, error);
    int status = -1;

    if (!plan)
        return -1;
    if (write_files(options, plan, error) &&
        print_plan(options, plan, format_for(options, terminal ? FORMAT_TEXT : FORMAT_SQL), error))
        status = plumb_plan_count(plan) ? EXIT_DIFFERENT : EXIT_SAME;
    plumb_plan_free(plan);
    return status;
}
