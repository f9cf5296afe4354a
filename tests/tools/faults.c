/* Driver for tests/checks/faults: lets memory run out at many places of an apply to a real database, and looks
 * what is there afterwards.
 *
 *   faults URL OLD NEW MOST
 *
 * The database has the schema OLD when it begins and when it ends. At MOST places of what is read and compared,
 * and at MOST of the apply itself (all of them where there are fewer; half as many while it verifies), one
 * allocation fails, or all from there on. Then the outcome has to be PLUMB_MEMORY (or success, where it was
 * possible to do without), with everything closed; the database has to be unchanged, or what the record says
 * of it has to be true; and a new apply has to lead to NEW. */
#include <dirent.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/memory.h"
#include "plumb.h"

static const char *url;
static struct plumb_error *error;
static size_t failures;
static char detail[4096]; /* of what is wrong */
static size_t checked;
static size_t recorded; /* attempts that changed something and were recorded */

static void complain(const char *where, size_t fault, const char *what)
{
    printf("FAILED %s, allocation %zu: %s (%s)%s\n", where, fault, what, plumb_error_message(error),
           detail);
    failures++;
}

/* --- the places ---------------------------------------------------------------------------------- */

/* How many allocations there were when each came. */
struct marks {
    size_t compared;  /* the plan is there */
    size_t verifying; /* 0: not yet */
    size_t all;
};

static void mark(const struct plumb_progress *progress, void *context)
{
    struct marks *marks = context;

    if (progress->phase == PLUMB_VERIFYING && !marks->verifying)
        marks->verifying = memory_fault_count();
}

/* --- one apply ----------------------------------------------------------------------------------- */

static struct plumb_plan *plan_to(const char *wanted)
{
    struct plumb_load_options load = PLUMB_LOAD_OPTIONS_INIT;
    struct plumb_model *target = plumb_load(url, NULL, error);
    struct plumb_model *model;

    if (!target)
        return NULL;
    load.target = target;
    model = plumb_load(wanted, &load, error);
    return plumb_diff(target, model, NULL, error);
}

static bool apply(struct plumb_plan *plan, struct plumb_control *control)
{
    struct plumb_apply_options options = PLUMB_APPLY_OPTIONS_INIT;

    options.allowed = UINT64_MAX;
    options.unfinished = PLUMB_UNFINISHED_RESUMED;
    options.control = control;
    return plan && plumb_apply(plan, &options, NULL, error);
}

/* Without a fault. */
static bool bring_to(const char *wanted)
{
    struct plumb_plan *plan = plan_to(wanted);
    bool ok = apply(plan, NULL);

    plumb_plan_free(plan);
    return ok;
}

/* With one; marks may be NULL. What came of it is in the error. */
static bool attempt(const char *wanted, size_t fault, bool lasting, struct marks *marks)
{
    struct plumb_control *control = plumb_control_new();
    struct plumb_plan *plan;
    bool ok;

    if (marks)
        plumb_control_listen(control, mark, marks);
    memory_fault_begin(fault, lasting);
    plan = plan_to(wanted);
    if (marks)
        marks->compared = memory_fault_count();
    ok = apply(plan, control);
    if (marks)
        marks->all = memory_fault_count();
    memory_fault_end();
    plumb_plan_free(plan);
    plumb_control_free(control);
    return ok;
}

/* --- what is left behind -------------------------------------------------------------------------- */

static size_t count_entries(const char *folder)
{
    DIR *stream = opendir(folder);
    size_t count = 0;

    while (stream && readdir(stream))
        count++;
    if (stream)
        closedir(stream);
    return count;
}

/* Whether the plan has a step with that statement. */
static bool has_step(const struct plumb_plan *plan, const char *sql)
{
    for (size_t i = 0; i < plumb_plan_count(plan); i++)
        if (strcmp(plumb_step_sql(plumb_plan_step(plan, i)), sql) == 0)
            return true;
    return false;
}

/* What the last entry says of each step is what the rest of the plan says of it. */
static const char *check_entry(struct plumb_history *history, int64_t number,
                               const struct plumb_plan *rest)
{
    size_t count = 0;

    if (!plumb_history_steps(history, number, &count, error))
        return "the steps of the entry cannot be read";
    for (size_t i = 0; i < count; i++) {
        const struct plumb_entry_step *step = plumb_history_step(history, number, i);
        const char *state = plumb_entry_step_state(step);
        bool left = has_step(rest, plumb_entry_step_sql(step));

        if (strcmp(state, "running") == 0 || (strcmp(state, "done") == 0) != left)
            continue;
        snprintf(detail, sizeof(detail), "\n    step %zu is %s: %s", i + 1, state,
                 plumb_entry_step_sql(step));
        return left ? "a step is recorded as done, and is not" : "a step is done, and not recorded";
    }
    return NULL;
}

static size_t steps_to(const char *wanted)
{
    struct plumb_plan *plan = plan_to(wanted);
    size_t count = plan ? plumb_plan_count(plan) : SIZE_MAX;

    plumb_plan_free(plan);
    return count;
}

/* The number of the last entry; 0: none. */
static int64_t last_entry(struct plumb_history *history)
{
    size_t count = plumb_history_count(history);

    return count ? plumb_entry_number(plumb_history_entry(history, count - 1)) : 0;
}

static const char *check_truth(const char *old, const char *new, int64_t former)
{
    struct plumb_model *target = plumb_connect(url, NULL, error);
    struct plumb_history *history = plumb_history_load(target, NULL, error);
    struct plumb_plan *rest = plan_to(new);
    int64_t entry = last_entry(history);
    const char *wrong = NULL;

    if (!history || !rest)
        wrong = "the database cannot be looked at";
    else if (entry > former)
        wrong = check_entry(history, entry, rest);
    else if (steps_to(old))
        wrong = "the database was changed, and nothing is recorded";
    recorded += entry > former && plumb_plan_count(rest) == 0;
    plumb_plan_free(rest);
    plumb_history_free(history);
    plumb_model_free(target);
    return wrong;
}

static int64_t current_entry(void)
{
    struct plumb_model *target = plumb_connect(url, NULL, error);
    struct plumb_history *history = plumb_history_load(target, NULL, error);
    int64_t entry = last_entry(history);

    plumb_history_free(history);
    plumb_model_free(target);
    return entry;
}

/* One place; false when the database is not what it has to be for the next one. */
static bool check(const char *where, const char *old, const char *new, size_t fault, bool lasting)
{
    size_t files = count_entries("/proc/self/fd");
    size_t threads = count_entries("/proc/self/task");
    int64_t former = current_entry();
    bool ok = attempt(new, fault, lasting, NULL);
    const char *wrong = NULL;

    detail[0] = '\0';
    checked++;
    if (!ok && plumb_error_code(error) != PLUMB_MEMORY)
        wrong = "another error";
    else if (count_entries("/proc/self/fd") != files)
        wrong = "a file or connection is open still";
    else if (count_entries("/proc/self/task") != threads)
        wrong = "a thread is running still";
    if (wrong)
        complain(where, fault, wrong);
    wrong = check_truth(old, new, former);
    if (wrong)
        complain(where, fault, wrong);
    if (!bring_to(new) || steps_to(new) != 0) {
        complain(where, fault, "the next apply does not lead to what is wanted");
        return false;
    }
    return bring_to(old);
}

/* Some of the allocations from first to end - 1. */
static bool check_some(const char *where, const char *old, const char *new, size_t first,
                       size_t end, size_t most)
{
    size_t count = end > first ? end - first : 0;
    size_t places = count < most ? count : most;

    for (size_t i = 0; i < places; i++)
        if (!check(where, old, new, first + i * count / places + 1, i % 3 == 2))
            return false;
    return true;
}

int main(int count, char **arguments)
{
    struct marks marks = {0};
    const char *old = count == 5 ? arguments[2] : "";
    const char *new = count == 5 ? arguments[3] : "";
    size_t most = count == 5 ? strtoul(arguments[4], NULL, 10) : 0;
    bool ok;

    url = count == 5 ? arguments[1] : "";
    if (!most)
        return 1;
    error = plumb_error_new();
    plumb_initialize(NULL);
    ok = bring_to(old) && attempt(new, 0, false, NULL) && bring_to(old) &&
         attempt(new, 0, false, &marks) && bring_to(old);
    if (!ok)
        complain("without a fault", 0, "the apply fails");
    ok = ok && check_some("comparing", old, new, 0, marks.compared, most) &&
         check_some("applying", old, new, marks.compared, marks.verifying, most) &&
         check_some("verifying", old, new, marks.verifying, marks.all, most / 2);
    printf(
        "info: %zu places of %zu allocations (%zu to compare, %zu to apply, the rest to verify and to "
        "record); %zu times all was done and recorded\n",
        checked, marks.all, marks.compared, marks.verifying - marks.compared, recorded);
    plumb_error_free(error);
    plumb_shutdown();
    printf("%zu passed, %zu failed\n", checked - (failures < checked ? failures : checked),
           failures);
    return ok && !failures ? 0 : 1;
}
