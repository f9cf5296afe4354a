/* The public interface: thin over the rooms. Each function forgets what its error held, translates,
 * and calls one thing. */
#include "plumb.h"

#include <stdlib.h>
#include <string.h>

#include "core/nearest.h"
#include "model/identity.h"
#include "model/snapshot.h"
#include "plan/filter.h"
#include "plumb_internal.h"
#include "report/report.h"

enum { default_lock_timeout = 3000, default_lock_attempts = 10, listed_refusals = 10 };

_Static_assert((int)PLUMB_INTERNAL == (int)ERROR_INTERNAL && (int)PLUMB_LOCKED == (int)ERROR_LOCKED,
               "public and internal error codes are the same");

const char *plumb_version(void)
{
    return PLUMB_VERSION;
}

int plumb_version_number(void)
{
    return PLUMB_VERSION_NUMBER;
}

void plumb_text_free(char *text)
{
    memory_free(text);
}

/* --- errors ---------------------------------------------------------------------------------- */

struct plumb_error *plumb_error_new(void)
{
    return calloc(1, sizeof(struct plumb_error));
}

void plumb_error_free(struct plumb_error *error)
{
    free(error);
}

struct error *plumb_fresh_error(struct plumb_error *error, struct plumb_error *unseen)
{
    struct plumb_error *chosen = error ? error : unseen;

    memset(chosen, 0, sizeof(*chosen));
    return &chosen->error;
}

enum plumb_code plumb_error_code(const struct plumb_error *error)
{
    return (enum plumb_code)error->error.code;
}

const char *plumb_error_message(const struct plumb_error *error)
{
    return error->error.message;
}

const char *plumb_error_hint(const struct plumb_error *error)
{
    return error->error.hint;
}

const char *plumb_error_object(const struct plumb_error *error)
{
    return error->error.object;
}

const char *plumb_error_file(const struct plumb_error *error)
{
    return error->error.file;
}

int plumb_error_line(const struct plumb_error *error)
{
    return error->error.line;
}

int plumb_error_column(const struct plumb_error *error)
{
    return error->error.column;
}

const char *plumb_error_source(const struct plumb_error *error)
{
    return error->error.source;
}

/* --- models ---------------------------------------------------------------------------------- */

bool plumb_load_into(struct state *state, const char *name, const struct load_request *request,
                     const char *scratch, struct error *error)
{
    if (scratch && !state_dialect(name))
        return state_load_scratch(name, scratch, state, error);
    return state_load(name, request, state, error);
}

struct plumb_model *plumb_model_new(const char *given)
{
    struct arena *arena = arena_new();
    struct plumb_model *model = ARENA_NEW(arena, struct plumb_model);

    model->arena = arena;
    model->given = arena_strdup(arena, given);
    return model;
}

static struct plumb_model *load_model(const char *state, const struct dialect *dialect,
                                      const struct model *target,
                                      const struct plumb_load_options *options,
                                      struct plumb_error *error)
{
    static const struct plumb_load_options nothing;
    const struct plumb_load_options *said = options ? options : &nothing;
    const struct load_request request = {
        .dialect = dialect, .flavor = said->flavor, .beside = said->beside, .target = target};
    struct plumb_error unseen;
    struct error *problem = plumb_fresh_error(error, &unseen);
    struct plumb_model *model = plumb_model_new(state);

    model->scratch = arena_strdup(model->arena, said->scratch);
    model->flavor = arena_strdup(model->arena, said->flavor);
    if (plumb_load_into(&model->state, state, &request, said->scratch, problem))
        return model;
    arena_free(model->arena);
    return NULL;
}

struct plumb_model *plumb_load(const char *state, const struct plumb_load_options *options,
                               struct plumb_error *error)
{
    return load_model(state, NULL, NULL, options, error);
}

struct plumb_model *plumb_load_wanted(const char *state, const struct plumb_model *target,
                                      const struct plumb_load_options *options,
                                      struct plumb_error *error)
{
    const struct state *other = &target->state;

    return load_model(state, other->dialect, other->model->server_version ? other->model : NULL,
                      options, error);
}

void plumb_model_free(struct plumb_model *model)
{
    if (!model)
        return;
    state_close(&model->state);
    arena_free(model->arena);
}

const char *plumb_model_name(const struct plumb_model *model)
{
    return model->state.name;
}

bool plumb_model_is_live(const struct plumb_model *model)
{
    return model->state.connection != NULL;
}

const char *plumb_model_note(const struct plumb_model *model, size_t number)
{
    const struct text_list *notes = &model->state.model->notes;

    return number < notes->count ? notes->items[number] : NULL;
}

/* --- plans ----------------------------------------------------------------------------------- */

static const char *const *copy_globs(struct arena *arena, const char *const *globs)
{
    const char **copy;
    size_t count = 0;

    if (!globs)
        return NULL;
    while (globs[count])
        count++;
    copy = ARENA_ARRAY(arena, const char *, count + 1);
    for (size_t i = 0; i < count; i++)
        copy[i] = arena_strdup(arena, globs[i]);
    return copy;
}

static struct plumb_plan *plan_new(struct plumb_model *target, struct plumb_model *wanted,
                                   const struct plumb_options *options)
{
    static const struct plumb_options none;
    struct arena *arena = arena_new();
    struct plumb_plan *plan = ARENA_NEW(arena, struct plumb_plan);

    options = options ? options : &none;
    plan->arena = arena;
    plan->target = target;
    plan->wanted = wanted;
    plan->compare.manage.owners = options->owners;
    plan->compare.manage.privileges = options->privileges;
    plan->compare.manage.unmodelled = options->unmodelled;
    plan->compare.manage.ignore_column_order = options->ignore_column_order;
    plan->compare.ask = !options->never_ask;
    plan->compare.schemas = copy_globs(arena, options->schemas);
    plan->compare.excludes = copy_globs(arena, options->excludes);
    plan->must_match = copy_globs(arena, options->must_match);
    return plan;
}

static bool know(void *context, const char *key, struct digest declared, struct digest held)
{
    return equivalences_know(context, key, declared, held);
}

static void learn(void *context, const char *key, struct digest declared, struct digest held)
{
    equivalences_learn(context, key, declared, held);
}

/* What an apply will need to know of both models as they were before they were compared. */
static bool prepare(struct plumb_plan *plan, const struct plumb_options *options,
                    struct error *error)
{
    const struct state *target = &plan->target->state;
    bool shown_only = options && options->shown_only;
    struct buffer snapshot = BUFFER_EMPTY;

    if ((options && options->reviewable) || (target->connection && !shown_only)) {
        snapshot_write(plan->wanted->state.model, &snapshot);
        plan->wanted_snapshot = buffer_take(&snapshot, plan->arena);
    }
    if (!target->connection)
        return true;
    if (!shown_only) {
        snapshot_write(target->model, &snapshot);
        plan->expected = snapshot_digest(buffer_text(&snapshot));
        buffer_free(&snapshot);
    }
    plan->store = options ? plumb_open_store(target, options, error) : NULL;
    if (error->code)
        return false;
    plan->equivalences = equivalences_new(plan->arena, plan->store);
    plan->memory =
        (struct compare_memory){.know = know, .learn = learn, .context = plan->equivalences};
    plan->compare.memory = &plan->memory;
    return true;
}

/* Both models are as they were loaded. */
static void compare(struct plumb_plan *plan, struct error *error)
{
    const struct state *from = &plan->target->state;
    const struct model *const models[] = {from->model, plan->wanted->state.model};
    struct text_list notes = {0};

    if (!filter_check(&plan->compare, plan->must_match, models, 2, &notes, plan->arena, error))
        return;
    plan->plan = compare_models(from->dialect, from->connection, from->model,
                                plan->wanted->state.model, &plan->compare, error);
    for (size_t i = 0; plan->plan && i < notes.count; i++)
        text_list_add(&plan->plan->notes, plan->plan->arena, notes.items[i]);
}

struct plumb_plan *plumb_diff(struct plumb_model *target, struct plumb_model *wanted,
                              const struct plumb_options *options, struct plumb_error *error)
{
    struct plumb_error unseen;
    struct error *problem;
    struct plumb_plan *plan;
    const struct state *from;

    if (!target || !wanted) {
        plumb_model_free(target);
        plumb_model_free(wanted);
        return NULL;
    }
    problem = plumb_fresh_error(error, &unseen);
    plan = plan_new(target, wanted, options);
    from = &target->state;
    if (from->dialect != wanted->state.dialect)
        error_set(problem, ERROR_USAGE, "a state of %s cannot be compared with one of %s",
                  from->dialect->name, wanted->state.dialect->name);
    else if (prepare(plan, options, problem))
        compare(plan, problem);
    if (plan->plan)
        return plan;
    plumb_plan_free(plan);
    return NULL;
}

struct plumb_plan *plumb_diff_empty(struct plumb_model *model, const struct plumb_options *options,
                                    struct plumb_error *error)
{
    struct plumb_error unseen;
    struct error *problem;
    struct arena *arena;
    struct plumb_model *empty;
    struct load_request request = {0};

    if (!model)
        return NULL;
    problem = plumb_fresh_error(error, &unseen);
    arena = arena_new();
    empty = ARENA_NEW(arena, struct plumb_model);
    empty->arena = arena;
    empty->given = "empty:";
    request.dialect = model->state.dialect;
    if (!state_load("empty:", &request, &empty->state, problem)) {
        arena_free(arena);
        plumb_model_free(model);
        return NULL;
    }
    if (model->state.connection) /* a catalog names them always; that alone asks for nothing */
        model->state.model->speaks_of_owners = model->state.model->speaks_of_privileges = false;
    return plumb_diff(empty, model, options, error);
}

void plumb_plan_free(struct plumb_plan *plan)
{
    if (!plan)
        return;
    plan_free(plan->plan);
    store_close(plan->store);
    plumb_model_free(plan->target);
    plumb_model_free(plan->wanted);
    arena_free(plan->arena);
}

size_t plumb_plan_count(const struct plumb_plan *plan)
{
    return plan->plan->steps.count;
}

static const char *join_hazards(struct arena *arena, uint64_t hazards, const char *separator)
{
    struct text_list names = {0};

    for (int i = 0; i < HAZARD_COUNT; i++)
        if (hazards >> i & 1)
            text_list_add(&names, arena, hazard_name((enum hazard)i));
    return text_list_join(&names, arena, separator);
}

struct plumb_step plumb_plan_step(struct plumb_plan *plan, size_t number)
{
    const struct step *step;

    if (number >= plan->plan->steps.count)
        return (struct plumb_step){0};
    step = &plan->plan->steps.items[number];
    return (struct plumb_step){
        .sql = step->sql,
        .action = action_name(step->action),
        .object = step->object ? identity_print(plan->arena, step->object) : "",
        .hazards = join_hazards(plan->arena, step->hazards, ", "),
        .lock = lock_name(step->lock),
        .note = step->note,
        .transactional = step->transaction != TRANSACTION_NEVER,
        .group = step->group,
    };
}

const char *plumb_plan_note(const struct plumb_plan *plan, size_t number)
{
    return number < plan->plan->notes.count ? plan->plan->notes.items[number] : NULL;
}

char *plumb_plan_print(const struct plumb_plan *plan, enum plumb_format format)
{
    struct buffer text = BUFFER_EMPTY;

    switch (format) {
    case PLUMB_TEXT:
    case PLUMB_COLOUR:
        report_text(plan->plan, format == PLUMB_COLOUR, &text);
        break;
    case PLUMB_SQL:
        report_sql(plan->plan, &text);
        break;
    case PLUMB_JSON:
        report_json(plan->plan, &text);
        break;
    case PLUMB_DUMP:
        report_dump(plan->plan, &text);
        break;
    case PLUMB_SUMMARY:
        report_summary(plan->plan, &text);
        break;
    case PLUMB_PROMETHEUS:
    case PLUMB_JUNIT:
        break;
    }
    buffer_append(&text, ""); /* so that there is a text */
    return text.text;
}

bool plumb_plan_split(const struct plumb_plan *plan, const char *folder,
                      void (*note)(const char *text, void *context), void *context,
                      struct plumb_error *error)
{
    struct plumb_error unseen;
    struct arena *scratch = arena_new();
    struct text_list left = {0};
    bool ok = report_split(plan->plan, folder, &left, scratch, plumb_fresh_error(error, &unseen));

    for (size_t i = 0; note && i < left.count; i++)
        note(arena_printf(scratch,
                          "%s is not part of the dump any more; it stays, since it was changed "
                          "after it was written",
                          left.items[i]),
             context);
    arena_free(scratch);
    return ok;
}

/* --- hazards --------------------------------------------------------------------------------- */

static bool fail_unknown_hazard(const char *name, struct error *error)
{
    const char *names[HAZARD_COUNT];
    const char *nearest;

    for (int i = 0; i < HAZARD_COUNT; i++)
        names[i] = hazard_name((enum hazard)i);
    error_set(error, ERROR_USAGE, "there is no hazard %s", name);
    nearest = nearest_name(name, names, HAZARD_COUNT);
    if (nearest)
        error_hint(error, "Did you mean %s?", nearest);
    else
        error_hint(error, "A plan names its hazards, such as drop-table; all stands for all.");
    return false;
}

bool plumb_hazards(const char *list, uint64_t *hazards, struct plumb_error *error)
{
    struct plumb_error unseen;
    struct error *problem = plumb_fresh_error(error, &unseen);
    char name[64];

    *hazards = 0;
    while (*list) {
        size_t length = strcspn(list, ", ");
        int hazard;

        memset(name, 0, sizeof(name));
        memcpy(name, list, length < sizeof(name) ? length : sizeof(name) - 1);
        list += length + (list[length] != '\0');
        if (!*name)
            continue;
        hazard = hazard_find(name);
        if (strcmp(name, "all") == 0)
            *hazards = UINT64_MAX;
        else if (hazard < 0)
            return fail_unknown_hazard(name, problem);
        else
            *hazards |= UINT64_C(1) << hazard;
    }
    return true;
}

/* Lists the steps that lose what is not allowed to be lost. */
static bool fail_refused(const struct plan *plan, uint64_t refused, struct error *error)
{
    struct arena *scratch = arena_new();
    struct buffer list = BUFFER_EMPTY;
    size_t count = 0;

    for (size_t i = 0; i < plan->steps.count; i++) {
        const struct step *step = &plan->steps.items[i];

        if (!(step->hazards & refused) || ++count > listed_refusals)
            continue;
        buffer_printf(&list, "\n  %s %s%s%s (%s)", action_name(step->action),
                      step->object ? identity_print(scratch, step->object) : "",
                      step->parts ? ": " : "", step->parts ? step->parts : "",
                      join_hazards(scratch, step->hazards & refused, ", "));
    }
    if (count > listed_refusals)
        buffer_printf(&list, "\n  and %zu more", count - listed_refusals);
    error_set(error, ERROR_REFUSED, "%zu step%s lose data, which is not allowed:%s", count,
              count == 1 ? " would" : "s would", buffer_text(&list));
    error_hint(error, "If that is meant, add --allow %s.", join_hazards(scratch, refused, ","));
    buffer_free(&list);
    arena_free(scratch);
    return false;
}

static bool fail_not_transactional(const struct plan *plan, struct error *error)
{
    for (size_t i = 0; i < plan->steps.count; i++)
        if (plan->steps.items[i].group || plan->steps.items[i].transaction == TRANSACTION_NEVER) {
            error_hint(error, "Step %zu is the first that does not fit: %.200s", i + 1,
                       plan->steps.items[i].sql);
            break;
        }
    return error_set(error, ERROR_REFUSED, "the plan does not fit into one transaction");
}

static bool is_transactional(const struct plan *plan)
{
    for (size_t i = 0; i < plan->steps.count; i++)
        if (plan->steps.items[i].transaction == TRANSACTION_NEVER)
            return false;
    return plan->group_count <= 1;
}

static bool check_target(const struct plumb_plan *plan, struct error *error)
{
    const struct state *target = &plan->target->state;

    if (!target->connection)
        return error_set(error, ERROR_USAGE, "%s is not a database: nothing can be applied to it",
                         target->name);
    if (!plan->wanted_snapshot)
        return error_set(error, ERROR_USAGE, "the plan was made to be shown only");
    if (plan->plan->steps.count && target->dialect->read_only(target->connection))
        return error_set(error, ERROR_REFUSED, "%s can only be read", target->name);
    return true;
}

static bool check(const struct plumb_plan *plan, const struct plumb_apply_options *options,
                  struct error *error)
{
    uint64_t refused = plan_refused_hazards(plan->plan, options->allowed);

    if (!check_target(plan, error))
        return false;
    if (options->osc_command && !osc_check(options->osc_command, error))
        return false;
    if (refused)
        return fail_refused(plan->plan, refused, error);
    if (options->transactional && !is_transactional(plan->plan))
        return fail_not_transactional(plan->plan, error);
    return true;
}

bool plumb_plan_check(const struct plumb_plan *plan, const struct plumb_apply_options *options,
                      struct plumb_error *error)
{
    struct plumb_error unseen;

    return check(plan, options, plumb_fresh_error(error, &unseen));
}

/* --- apply ----------------------------------------------------------------------------------- */

struct application {
    struct plumb_plan *plan;
    const struct plumb_apply_options *options;
};

static void tell(const struct exec_progress *progress, void *context)
{
    const struct application *application = context;
    struct arena *scratch = arena_new();
    const struct step *step = progress->current;
    struct plumb_progress told = {.step = progress->step,
                                  .count = progress->count,
                                  .seconds = progress->seconds,
                                  .attempt = progress->attempt};

    if (step) {
        told.action = action_name(step->action);
        told.object = step->object ? identity_print(scratch, step->object) : "";
    }
    application->options->progress(&told, application->options->progress_context);
    arena_free(scratch);
}

/* The wanted model anew: comparison has changed the one that the plan was made from. */
static struct model *load_wanted(void *context, struct error *error)
{
    const struct application *application = context;
    const struct plumb_plan *plan = application->plan;

    return snapshot_read(plan->wanted_snapshot, plan->wanted->state.name, error);
}

/* Puts the step before what the server said. */
static void name_failed_step(const struct plumb_plan *applied, const struct exec_result *result,
                             struct error *error)
{
    const struct plan *plan = applied->plan;
    struct error named = {0};
    struct arena *scratch;

    if (!result->failed || applied->cancelled)
        return;
    scratch = arena_new();
    error_set(&named, error->code, "step %zu of %zu, %s %s: %s", result->failed_number,
              plan->steps.count, action_name(result->failed->action),
              result->failed->object ? identity_print(scratch, result->failed->object) : "",
              error->message);
    memcpy(error->message, named.message, sizeof(error->message));
    arena_free(scratch);
}

static bool run(struct application *application, struct plumb_apply_result *result,
                struct error *error)
{
    const struct plumb_apply_options *options = application->options;
    struct plumb_plan *plan = application->plan;
    struct journal_options journal = {0};
    struct exec_options exec = {
        .lock_timeout = options->lock_timeout ? options->lock_timeout : default_lock_timeout,
        .lock_attempts = options->lock_attempts ? options->lock_attempts : default_lock_attempts,
        .progress = options->progress ? tell : NULL,
        .progress_context = application,
        .cancelled = &plan->cancelled,
        .wanted = load_wanted,
        .wanted_context = application,
        .compare = plan->compare,
        .osc = {.command = options->osc_command, .minimum = options->osc_minimum},
        .expected = &plan->expected,
        .journal = plan->store ? &journal : NULL,
    };
    struct exec_result done;
    bool ok;

    if (plan->store)
        journal = plumb_journal(plan->arena, &plan->target->state, plan->wanted, plan->store,
                                options);
    journal.entry.options = plumb_options_text(plan->arena, &plan->compare);
    journal.wanted = plan->wanted_snapshot;
    journal.equivalences = plan->equivalences;
    ok = exec_plan(plan->plan, plan->target->state.connection, &exec, &done, error);

    *result = (struct plumb_apply_result){.done = done.steps_done,
                                          .rolled_back = done.rolled_back,
                                          .failed = done.failed ? done.failed_number : 0,
                                          .doubtful = done.doubtful,
                                          .doubtful_end = done.doubtful_end,
                                          .verified = done.verified,
                                          .seconds = done.seconds,
                                          .entry = done.entry};
    if (!ok)
        name_failed_step(plan, &done, error);
    return ok;
}

bool plumb_apply(struct plumb_plan *plan, const struct plumb_apply_options *options,
                 struct plumb_apply_result *result, struct plumb_error *error)
{
    struct plumb_error unseen;
    struct error *problem = plumb_fresh_error(error, &unseen);
    struct application application = {plan, options};

    memset(result, 0, sizeof(*result));
    return check(plan, options, problem) && run(&application, result, problem);
}

void plumb_cancel(struct plumb_plan *plan)
{
    const struct state *target = &plan->target->state;

    plan->cancelled = 1;
    if (target->connection)
        target->dialect->cancel(target->connection);
}
