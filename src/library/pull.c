/* The public interface: files that follow a database. The texts are edited in rounds (edit/pull.h); what came out of a
 * round is interpreted and compared as plumb_diff would, and where something still differs the next one takes less care
 * of the author's spelling of just that. */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/file.h"
#include "core/secret/vault.h"
#include "edit/pull.h"
#include "library/library.h"
#include "model/identity.h"
#include "model/snapshot.h"
#include "report/line_diff.h"

enum { most_rounds = 20 };

/* A pull that is being made. */
struct making {
    struct plumb_pull *pull;
    const struct plumb_model *target;
    const char *name;
    struct load_request request;
    struct plumb_options options;
    const char *snapshot; /* of the target, before anything was resolved */
    const char *server;
    const char *folder;
    struct map care;
    struct map dead;
    struct error *error;
};

/* --- models and plans --------------------------------------------------------------------------- */

/* The target as it was loaded; its connection is only lent. */
static struct plumb_model *target_copy(const struct making *making)
{
    struct plumb_model *model = plumb_model_new(making->target->given);
    const struct state *state = &making->target->state;

    model->state.dialect = state->dialect;
    model->state.connection = state->connection;
    model->state.model = snapshot_read(making->snapshot, state->model->source, making->error);
    if (!model->state.model) {
        arena_free(model->arena);
        return NULL;
    }
    model->state.model->offers = text_list_copy(&state->model->offers, model->state.model->arena);
    model->state.name = model->state.model->source;
    return model;
}

static void give_back(struct plumb_model *model)
{
    if (model)
        model->state.connection = NULL;
    plumb_model_free(model);
}

static void free_plan(const struct making *making, struct plumb_plan *plan)
{
    struct connection *lent = making->target->state.connection;

    if (plan && plan->target->state.connection == lent)
        plan->target->state.connection = NULL;
    if (plan && plan->wanted->state.connection == lent)
        plan->wanted->state.connection = NULL;
    plumb_plan_free(plan);
}

static struct plumb_model *load_texts(struct making *making, const struct state_text *texts,
                                      size_t count, struct error *error)
{
    static const struct state_text none;
    struct plumb_model *model = plumb_model_new(making->name);
    struct load_request request = making->request;

    request.texts = texts ? texts : &none;
    request.text_count = count;
    request.read = NULL;
    if (state_load(making->name, &request, &model->state, error))
        return model;
    arena_free(model->arena);
    return NULL;
}

/* The plan from one to the other, either of which is the target or the texts; takes both. */
static struct plumb_plan *compare(struct making *making, struct plumb_model *from,
                                  struct plumb_model *to)
{
    struct plumb_plan *plan =
        from && to ? plumb_plan_make(from, to, &making->options, making->error) : NULL;

    if (!plan) {
        give_back(from);
        give_back(to);
    }
    return plan;
}

/* As a dump has it; with owners and privileges where the files speak of them. */
static struct plumb_plan *from_nothing(struct making *making, struct plumb_model *model,
                                       const struct model *files, struct error *error)
{
    struct plumb_options options = making->options;
    struct plumb_plan *plan;

    if (!model)
        return NULL;
    options.must_match = NULL;
    options.schemas = options.excludes = NULL;
    options.owners = options.owners || files->speaks_of_owners;
    options.privileges = options.privileges || files->speaks_of_privileges;
    plan = plumb_plan_from_empty(model, &options, error);
    if (!plan)
        give_back(model);
    return plan;
}

/* --- rounds ------------------------------------------------------------------------------------- */

/* The plans that tell what is to be done; all of the files as they were read. */
struct facts {
    struct plumb_plan *difference;
    struct plumb_plan *before;
    struct plumb_plan *now;
    struct plumb_plan *alter;
    bool alter_known; /* as far as it can be */
};

static struct plumb_model *load_read(struct making *making, struct error *error)
{
    return load_texts(making, making->pull->read.items, making->pull->read.count, error);
}

static bool find_facts(struct making *making, struct facts *facts)
{
    struct error unseen = {0};
    const struct model *files;

    facts->difference = compare(making, target_copy(making), load_read(making, making->error));
    if (!facts->difference)
        return false;
    if (!facts->difference->plan->deltas.count)
        return true;
    files = facts->difference->plan->to;
    facts->now = from_nothing(making, target_copy(making), files, making->error);
    facts->before = from_nothing(making, load_read(making, &unseen), files, &unseen);
    return facts->now != NULL;
}

static void free_facts(const struct making *making, struct facts *facts)
{
    free_plan(making, facts->difference);
    free_plan(making, facts->before);
    free_plan(making, facts->now);
    free_plan(making, facts->alter);
}

static enum pull_care care_of(const struct making *making, const char *family)
{
    const char *care = map_get(&making->care, family);

    return care ? (enum pull_care)(*care - '0') : PULL_BY_CLAUSE;
}

/* Less care of that family next time; false where there is none left. */
static bool take_less_care(struct making *making, const char *family)
{
    enum pull_care care = care_of(making, family) + 1;

    if (care >= PULL_GIVEN_UP)
        return false;
    map_set(&making->care, arena_strdup(making->pull->arena, family),
            arena_printf(making->pull->arena, "%d", (int)care));
    return true;
}

static bool any_alter(const struct making *making, const struct text_list *touched)
{
    for (size_t i = 0; i < touched->count; i++)
        if (care_of(making, touched->items[i]) == PULL_BY_ALTER)
            return true;
    return false;
}

/* The statements that alter what the files hold; without them where there are none. */
static void find_alter(struct making *making, struct facts *facts)
{
    struct error unseen = {0};
    struct error *error = making->error;

    facts->alter_known = true;
    making->error = &unseen;
    facts->alter = compare(making, load_read(making, &unseen), target_copy(making));
    making->error = error;
}

static struct pull_request request_of(const struct making *making, const struct facts *facts)
{
    const struct state_texts *read = &making->pull->read;
    struct pull_request request = {.arena = making->pull->arena,
                                   .dialect = making->target->state.dialect,
                                   .server = making->server,
                                   .difference = facts->difference->plan,
                                   .before = facts->before ? facts->before->plan : NULL,
                                   .now = facts->now->plan,
                                   .alter = facts->alter ? facts->alter->plan : NULL,
                                   .folder = making->folder,
                                   .care = making->care,
                                   .dead = making->dead};

    request.files = ARENA_ARRAY(request.arena, struct edit_file, read->count + 1);
    request.count = read->count;
    for (size_t i = 0; i < read->count; i++)
        request.files[i] = (struct edit_file){.name = read->items[i].name,
                                              .text = read->items[i].text,
                                              .length = read->items[i].length};
    return request;
}

static struct plumb_model *load_edited(struct making *making, const struct pull_request *request,
                                       struct error *error)
{
    const struct state_texts *read = &making->pull->read;
    struct state_text *texts = ARENA_ARRAY(request->arena, struct state_text, request->count + 1);
    size_t count = 0;

    for (size_t i = 0; i < request->count; i++) {
        const struct edit_file *file = &request->files[i];

        if (file->now)
            texts[count++] =
                (struct state_text){.name = file->name,
                                    .text = file->now,
                                    .length = strlen(file->now),
                                    .listed = i >= read->count || read->items[i].listed};
    }
    return load_texts(making, texts, count, error);
}

enum outcome { OUTCOME_PROVEN, OUTCOME_AGAIN, OUTCOME_FAILED };

static enum outcome fail_unproven(struct making *making, const struct object *object)
{
    error_hint(making->error,
               "Edit it by hand: plumb diff shows what differs, plumb dump how it is now.");
    if (object)
        error_set(making->error, ERROR_REFUSED,
                  "the files cannot be brought to what %s holds of %s", making->target->state.name,
                  identity_print(making->pull->arena, object));
    else
        error_set(making->error, ERROR_REFUSED, "the files cannot be brought to what %s holds",
                  making->target->state.name);
    return OUTCOME_FAILED;
}

/* What the round came to does not load: a statement speaks of what is gone, or too much care was taken. */
static enum outcome after_error(struct making *making, struct pull_request *request,
                                const struct text_list *touched, const struct error *found)
{
    bool any = found->line && pull_note_dead(request, found->file, found->line);

    making->dead = request->dead;
    if (any)
        return OUTCOME_AGAIN;
    for (size_t i = 0; i < touched->count; i++)
        any = take_less_care(making, touched->items[i]) || any;
    if (any)
        return OUTCOME_AGAIN;
    if (found->code)
        error_hint(making->error, "The files would not load: %s.", found->message);
    return fail_unproven(making, NULL);
}

static enum outcome judge(struct making *making, const struct pull_request *request,
                          const struct plan *left)
{
    const struct object *stuck = NULL;
    const char *owner;
    struct map seen = map_new(making->pull->arena);
    bool any = false;

    if (!left->deltas.count && !left->steps.count)
        return OUTCOME_PROVEN;
    for (size_t i = 0; i < left->deltas.count; i++) {
        const struct delta *delta = &left->deltas.items[i];
        const struct object *object = delta->before ? delta->before : delta->after;
        const char *family = arena_strdup(making->pull->arena, pull_family(object));

        if (!map_add(&seen, family))
            continue;
        owner = map_get(&request->owners, family);
        if (take_less_care(making, family) | (owner && take_less_care(making, owner)))
            any = true;
        else
            stuck = stuck ? stuck : object;
    }
    return any && !stuck ? OUTCOME_AGAIN : fail_unproven(making, stuck);
}

static enum outcome prove(struct making *making, struct pull_request *request,
                          const struct text_list *touched)
{
    struct error found = {0};
    struct plumb_model *edited = load_edited(making, request, &found);
    struct plumb_plan *left;
    enum outcome outcome;

    if (!edited)
        return after_error(making, request, touched, &found);
    left = compare(making, target_copy(making), edited);
    if (!left)
        return OUTCOME_FAILED;
    outcome = judge(making, request, left->plan);
    free_plan(making, left);
    return outcome;
}

static enum outcome try(struct making *making, struct facts *facts, struct pull_request *request,
                        struct text_list *touched)
{
    static const struct error none;

    *request = request_of(making, facts);
    *touched = (struct text_list){0};
    if (!pull_edit(request, touched, making->error))
        return making->error->code ? OUTCOME_FAILED : after_error(making, request, touched, &none);
    if (any_alter(making, touched) && !facts->alter_known) {
        find_alter(making, facts);
        return OUTCOME_AGAIN;
    }
    return prove(making, request, touched);
}

/* --- the result --------------------------------------------------------------------------------- */

static void keep_files(struct making *making, const struct pull_request *request)
{
    struct plumb_pull *pull = making->pull;

    pull->files = ARENA_ARRAY(pull->arena, struct edit_file, request->count + 1);
    for (size_t i = 0; i < request->count; i++) {
        const struct edit_file *file = &request->files[i];

        if (!file->now || !file->text || strcmp(file->now, file->text) != 0)
            pull->files[pull->count++] = *file;
    }
}

static void note_care(struct making *making, const struct text_list *touched)
{
    static const char *const words[] = {[PULL_BY_STATEMENT] = "is written anew as a whole",
                                        [PULL_BY_ALTER] = "is altered by statements behind it",
                                        [PULL_BY_REMAKING] =
                                            "is written anew with all that hangs on it"};
    struct plumb_pull *pull = making->pull;
    const struct model *model = making->target->state.model;

    for (size_t i = 0; i < touched->count; i++) {
        enum pull_care care = care_of(making, touched->items[i]);
        const struct object *object = model_find_key(model, touched->items[i]);

        if (care >= PULL_BY_STATEMENT && object)
            text_list_add(&pull->notes, pull->arena,
                          arena_printf(pull->arena, "%s %s", identity_print(pull->arena, object),
                                       words[care]));
    }
}

static bool run_rounds(struct making *making, struct facts *facts)
{
    struct pull_request request;
    struct text_list touched;

    for (int round = 0; round < most_rounds; round++) {
        enum outcome outcome = try(making, facts, &request, &touched);

        if (outcome == OUTCOME_FAILED)
            return false;
        if (outcome == OUTCOME_PROVEN) {
            keep_files(making, &request);
            note_care(making, &touched);
            return true;
        }
    }
    return fail_unproven(making, NULL) == OUTCOME_PROVEN;
}

static bool is_folder(const char *path)
{
    struct stat status;

    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

/* Reads the files, as they are. */
static bool read_files(struct making *making)
{
    struct plumb_model *model;
    struct load_request request = making->request;
    char real[PATH_MAX];

    if (!state_is_path(making->name))
        return error_set(making->error, ERROR_USAGE, "%s is neither a file nor a folder",
                         making->name);
    if (is_folder(making->name)) {
        making->folder = arena_strdup(making->pull->arena, making->name);
        while (strlen(making->folder) > 1 && making->folder[strlen(making->folder) - 1] == '/')
            making->folder =
                arena_strndup(making->pull->arena, making->folder, strlen(making->folder) - 1);
        making->pull->folder =
            realpath(making->name, real) ? arena_strdup(making->pull->arena, real) : making->folder;
    }
    if (state_is_empty_folder(making->name))
        return true;
    request.read = &making->pull->read;
    model = plumb_model_new(making->name);
    if (!state_load(making->name, &request, &model->state, making->error)) {
        arena_free(model->arena);
        return false;
    }
    plumb_model_free(model);
    return true;
}

static bool make(struct making *making)
{
    struct facts facts = {0};
    struct buffer snapshot = BUFFER_EMPTY;
    bool ok;

    snapshot_write(making->target->state.model, &snapshot);
    making->snapshot = buffer_take(&snapshot, making->pull->arena);
    if (!read_files(making))
        return false;
    ok = find_facts(making, &facts) &&
         (!facts.difference->plan->deltas.count || run_rounds(making, &facts));
    free_facts(making, &facts);
    return ok;
}

static struct plumb_pull *pull_new(const struct plumb_model *target)
{
    struct arena *arena = arena_new();
    struct plumb_pull *pull = ARENA_NEW(arena, struct plumb_pull);

    pull->arena = arena;
    pull->read.arena = arena;
    pull->syntax = target->state.dialect->secret_syntax;
    return pull;
}

static struct plumb_pull *make_pull(const struct plumb_model *target, const char *files,
                                    const struct plumb_load_options *load,
                                    const struct plumb_options *options, struct error *error)
{
    struct plumb_pull *pull = pull_new(target);
    struct making making = {.pull = pull,
                            .target = target,
                            .name = files,
                            .request = {.dialect = target->state.dialect,
                                        .flavor = load->flavor,
                                        .unmanaged = load->unmanaged},
                            .options = *options,
                            .server = load->flavor,
                            .care = map_new(pull->arena),
                            .dead = map_new(pull->arena),
                            .error = error};

    if (target->state.model->server_version)
        making.request.target = target->state.model;
    making.options.shown_only = true;
    making.options.no_drop = false;
    if (make(&making))
        return pull;
    arena_free(pull->arena);
    return NULL;
}

static struct plumb_pull *check_and_make(const struct plumb_model *target, const char *files,
                                         const struct plumb_load_options *load,
                                         const struct plumb_options *options, struct error *error)
{
    if (!target || !files) {
        fail_null(target ? "files" : "target", error);
        return NULL;
    }
    if (!options_check(load->size, error) || !options_check(options->size, error))
        return NULL;
    return make_pull(target, files, load, options, error);
}

struct plumb_pull *plumb_pull_make(const struct plumb_model *target, const char *files,
                                   const struct plumb_load_options *given_load,
                                   const struct plumb_options *given, struct plumb_error *error)
{
    struct plumb_load_options load;
    struct plumb_options options;
    struct plumb_pull *pull;
    struct door door;

    options_take(&load, sizeof(load), given_load);
    options_take(&options, sizeof(options), given);
    door_open(&door, options.control, error);
    if (setjmp(door.operation.way_out) != 0)
        return NULL;
    if (target)
        door_interrupts(&door, &target->state);
    pull = check_and_make(target, files, &load, &options, door.error);
    door_close(&door);
    return pull;
}

void plumb_pull_free(struct plumb_pull *pull)
{
    if (pull)
        arena_free(pull->arena);
}

size_t plumb_pull_count(const struct plumb_pull *pull)
{
    return pull ? pull->count : 0;
}

const char *plumb_pull_name(const struct plumb_pull *pull, size_t number)
{
    return number < plumb_pull_count(pull) ? pull->files[number].name : "";
}

const char *plumb_pull_text(const struct plumb_pull *pull, size_t number)
{
    return number < plumb_pull_count(pull) ? pull->files[number].now : NULL;
}

const char *plumb_pull_note(const struct plumb_pull *pull, size_t number)
{
    return pull && number < pull->notes.count ? pull->notes.items[number] : NULL;
}

/* --- for people --------------------------------------------------------------------------------- */

static const char *shown(const struct plumb_pull *pull, struct arena *arena, const char *text)
{
    size_t length = text ? strlen(text) : 0;

    return text ? vault_shown(arena, secret_hide(arena, pull->syntax, text, &length)) : "";
}

static bool print(const struct plumb_pull *pull, bool colours, struct buffer *text,
                  struct error *error)
{
    struct arena *scratch;

    if (!pull)
        return fail_null("pull", error);
    scratch = arena_new();
    for (size_t i = 0; i < pull->count; i++) {
        const struct edit_file *file = &pull->files[i];

        buffer_separate(text, 0, "\n");
        buffer_printf(text, "%s %s\n", !file->text ? "+" : file->now ? "~" : "-", file->name);
        append_line_diff(text, shown(pull, scratch, file->text), shown(pull, scratch, file->now), 4,
                         colours);
    }
    arena_free(scratch);
    return true;
}

char *plumb_pull_print(const struct plumb_pull *pull, bool colours, struct plumb_error *error)
{
    struct buffer text = BUFFER_EMPTY;
    struct door door;
    char *printed;

    door_open(&door, NULL, error);
    if (setjmp(door.operation.way_out) != 0)
        return NULL;
    printed = print(pull, colours, &text, door.error) ? give_text(&text) : NULL;
    door_close(&door);
    return printed;
}

/* --- writing ------------------------------------------------------------------------------------ */

static const char byte_order_mark[] = "\xef\xbb\xbf";

/* The file as it was read has to be there still, within the folder, and writable. *marked: it begins with a byte order
 * mark. */
static bool check_file(const struct plumb_pull *pull, struct arena *arena,
                       const struct edit_file *file, bool *marked, struct error *error)
{
    struct buffer text = BUFFER_EMPTY;
    char real[PATH_MAX];
    struct stat status;
    size_t folder = pull->folder ? strlen(pull->folder) : 0;
    const char *now;

    if (!file->text)
        return access(file->name, F_OK) != 0 ||
               error_set(error, ERROR_REFUSED, "%s is there already, but is not read", file->name);
    if (!realpath(file->name, real) || stat(real, &status) != 0)
        return error_set(error, ERROR_IO, "cannot find %s: %s", file->name, strerror(errno));
    if (folder && (strncmp(real, pull->folder, folder) != 0 || real[folder] != '/'))
        return error_set(error, ERROR_REFUSED, "%s is a link out of the folder, to %s", file->name,
                         real);
    if (!(status.st_mode & (S_IWUSR | S_IWGRP | S_IWOTH)) || access(real, W_OK) != 0)
        return error_set(error, ERROR_REFUSED, "%s is read-only", file->name);
    if (!file_read(real, &text, error))
        return false;
    now = buffer_take(&text, arena);
    *marked = strncmp(now, byte_order_mark, 3) == 0;
    return strcmp(now + (*marked ? 3 : 0), file->text) == 0 ||
           error_set(error, ERROR_REFUSED, "%s was changed meanwhile", file->name);
}

static bool draft_file(struct file_set *set, const struct edit_file *file, bool marked,
                       struct error *error)
{
    const char *text =
        marked ? arena_printf(set->arena, "%s%s", byte_order_mark, file->now) : file->now;
    char *path = arena_strdup(set->arena, file->name);

    return (file->text || file_make_folders(path, error)) &&
           file_set_add(set, path, text, strlen(text), FILE_AS_USUAL, error);
}

static bool write_files(const struct plumb_pull *pull, struct error *error)
{
    struct arena *arena = arena_new();
    struct file_set set = file_set_begin(arena);
    bool *marked = ARENA_ARRAY(arena, bool, pull->count + 1);
    bool ok = true;

    for (size_t i = 0; ok && i < pull->count; i++)
        ok = check_file(pull, arena, &pull->files[i], &marked[i], error);
    for (size_t i = 0; ok && i < pull->count; i++)
        ok = !pull->files[i].now || draft_file(&set, &pull->files[i], marked[i], error);
    ok = ok && file_set_commit(&set, error);
    file_set_discard(&set);
    for (size_t i = 0; ok && i < pull->count; i++)
        if (!pull->files[i].now && unlink(pull->files[i].name) != 0)
            ok = error_set(error, ERROR_IO, "cannot remove %s: %s", pull->files[i].name,
                           strerror(errno));
    arena_free(arena);
    return ok;
}

bool plumb_pull_write(const struct plumb_pull *pull, struct plumb_error *error)
{
    struct door door;
    bool ok;

    door_open(&door, NULL, error);
    if (setjmp(door.operation.way_out) != 0)
        return false;
    ok = pull ? write_files(pull, door.error) : fail_null("pull", door.error);
    door_close(&door);
    return ok;
}
