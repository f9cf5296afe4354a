/* A state's name to an unresolved model: tells what kind of state it is, and hands over. */
#include "load/load.h"

#include <stdio.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "core/buffer.h"
#include "core/operation.h"
#include "core/url.h"
#include "core/secret/vault.h"
#include "load/sources.h"
#include "model/family.h"
#include "model/identity.h"

static bool is_empty_state(const char *name)
{
    return strcmp(name, "empty:") == 0;
}

static const char git_prefix[] = "git:";
static const char command_prefix[] = "exec:";
static const char recorded_prefix[] = "recorded:";

static bool has_prefix(const char *name, const char *prefix)
{
    return strncmp(name, prefix, strlen(prefix)) == 0;
}

static bool is_recorded_state(const char *name)
{
    return has_prefix(name, recorded_prefix);
}

/* What can be read only once. */
static bool is_poured(const char *name)
{
    return strcmp(name, "-") == 0 || has_prefix(name, command_prefix);
}

bool state_is_path(const char *name)
{
    return !state_dialect(name) && !has_prefix(name, git_prefix) && !is_poured(name) &&
           !is_empty_state(name);
}

/* What was given may be meant for a URL, and hold a password. */
static bool fail_about(struct error *error, const char *what, const char *given)
{
    struct arena *scratch = arena_new();

    error_set(error, ERROR_USAGE, "%s: %s", what, url_without_secrets(scratch, given));
    arena_free(scratch);
    return false;
}

static bool refuse_unknown_scheme(const char *name, struct error *error)
{
    struct arena *arena = arena_new();
    struct text_list known = {0};
    size_t scheme = strcspn(name, ":");

    for (size_t i = 0; dialects[i]; i++)
        text_list_add(&known, arena, dialects[i]->name);
    error_set(error, ERROR_USAGE, "no database is known by %.*s://", (int)scheme, name);
    error_hint(error, "Databases that plumb knows: %s.", text_list_join(&known, arena, ", "));
    arena_free(arena);
    return false;
}

/* A file with nothing in it wants an empty database, which is rarely meant. */
static bool is_blank(const struct sources *sources)
{
    for (size_t i = 0; i < sources->files.count; i++) {
        const struct source_file *file = sources->files.items[i];

        for (size_t at = 0; at < file->length; at++)
            if (!strchr(" \t\r\n\f\v", file->text[at]))
                return false;
    }
    return sources->files.count > 0;
}

/* Lists and reads the texts of a state of files; empty: has none. */
static bool fill_sources(struct sources *sources, const char *name,
                         const struct load_request *request, struct error *error)
{
    if (request && request->texts)
        return sources_from_texts(sources, request->texts, request->text_count, error);
    if (request && request->text)
        return sources_from_text(sources, name, request->text, request->length, error);
    if (is_empty_state(name))
        return true;
    if (!*name) {
        error_hint(error, "Write empty: to mean an empty database.");
        return error_set(error, ERROR_USAGE, "the name of a state is empty");
    }
    if (strcmp(name, "-") == 0)
        return sources_from_input(sources, error);
    if (has_prefix(name, command_prefix))
        return sources_from_command(sources, name, name + strlen(command_prefix), error);
    if (has_prefix(name, git_prefix))
        return sources_from_git(sources, name, error);
    if (strstr(name, "://"))
        return refuse_unknown_scheme(name, error);
    return sources_from_files(sources, name, error);
}

/* What the digest is of tells no secret: nobody can guess at it there. */
static void append_digest(struct buffer *text, const struct sources *sources,
                          const struct source_file *file)
{
    struct digest_state *state = digest_begin();
    size_t length = file->length;
    const char *hidden = secret_hide(sources->arena, sources->syntax, file->text, &length);
    char digest[33];

    if (hidden == file->text)
        digest_bytes(state, file->text, file->length);
    else
        digest_text(state, vault_shown(sources->arena, hidden));
    digest_print(digest_end(state), digest);
    buffer_printf(text, "%s %s\n", digest, file->name);
}

/* What the state was made from, for the record. */
static void note_files(struct state *state, const struct sources *sources, bool in_memory)
{
    struct arena *arena = state->model->arena;
    struct buffer text = BUFFER_EMPTY;

    for (size_t i = 0; i < sources->files.count; i++) {
        const struct source_file *file = sources->files.items[i];
        char path[PATH_MAX];

        append_digest(&text, sources, file);
        if (!in_memory && realpath(file->name, path))
            text_list_add(&state->paths, arena, arena_strdup(arena, path));
    }
    state->files = buffer_take(&text, arena);
}

/* What was left out. */
static void keep_notes(struct model *model, const struct sources *sources)
{
    for (size_t i = 0; i < sources->notes.count; i++)
        text_list_add(&model->notes, model->arena,
                      arena_strdup(model->arena, sources->notes.items[i]));
}

/* The dialect that the texts themselves show to be theirs; NULL where they do not. */
static const struct dialect *recognize(const struct sources *sources)
{
    for (size_t i = 0; dialects[i]; i++)
        for (size_t j = 0; dialects[i]->states->recognizes && j < sources->files.count; j++) {
            const struct source_file *file = sources->files.items[j];

            if (dialects[i]->states->recognizes(file->text, file->length))
                return dialects[i];
        }
    return NULL;
}

static const struct dialect *recognize_beside(const char *name)
{
    struct sources sources;
    struct error unseen = {0};
    const struct dialect *found = NULL;

    if (is_poured(name))
        return NULL;
    sources_begin(&sources);
    if (fill_sources(&sources, name, NULL, &unseen))
        found = recognize(&sources);
    sources_free(&sources);
    return found;
}

static const struct dialect *dialect_of_request(const struct load_request *request,
                                                const struct sources *sources)
{
    const struct dialect *found = request->dialect;

    if (!found && request->flavor)
        found = dialect_of_flavor(request->flavor);
    if (!found)
        found = recognize(sources);
    if (!found && request->beside)
        found = recognize_beside(request->beside);
    return found ? found : dialects[0];
}

static const char *shown_name(struct arena *arena, const char *name)
{
    return strcmp(name, "-") == 0 ? "standard input" : url_without_secrets(arena, name);
}

static bool load_files(const char *name, const struct load_request *request, struct state *state,
                       struct error *error)
{
    struct load_request known = *request;
    struct sources sources;

    sources_begin(&sources);
    if (fill_sources(&sources, name, request, error)) {
        known.dialect = dialect_of_request(request, &sources);
        state->model = sources_interpret(&sources, shown_name(sources.arena, name), &known, error);
    }
    if (state->model && is_blank(&sources))
        text_list_add(
            &state->model->notes, state->model->arena,
            arena_printf(state->model->arena, "there is nothing in %s", state->model->source));
    if (state->model)
        note_files(state, &sources, request->text || request->texts);
    if (state->model)
        keep_notes(state->model, &sources);
    if (state->model && request->read)
        sources_give(&sources, request->read);
    sources_free(&sources);
    if (!state->model)
        return false;
    state->dialect = known.dialect;
    state->name = state->model->source;
    return true;
}

bool state_load(const char *name, const struct load_request *request, struct state *state,
                struct error *error)
{
    const struct dialect *told = request->text || request->texts ? NULL : state_dialect(name);
    const struct dialect *dialect = request->dialect;

    memset(state, 0, sizeof(*state));
    if (!request->text && !request->texts && is_recorded_state(name))
        return state_load_recorded(name + strlen(recorded_prefix), state, error);
    if (request->flavor && !dialect_of_flavor(request->flavor)) {
        error_hint(error, "Write postgres:17, mysql:8.4, mariadb:10.11 and such.");
        return error_set(error, ERROR_USAGE, "there is no flavour %s", request->flavor);
    }
    if (!dialect && request->beside)
        dialect = state_dialect(request->beside);
    if (told && dialect && told != dialect)
        return error_set(error, ERROR_USAGE, "a state of %s cannot be compared with one of %s",
                         told->name, dialect->name);
    if (told)
        return state_load_live(name, told, state, error);
    if (dialect && !request->dialect) {
        struct load_request known = *request;

        known.dialect = dialect;
        return load_files(name, &known, state, error);
    }
    return load_files(name, request, state, error);
}

const struct dialect *state_dialect(const char *name)
{
    if (is_recorded_state(name))
        name += strlen(recorded_prefix);
    return is_empty_state(name) ? NULL : dialect_of_url(name);
}

void state_interrupt(void *state)
{
    const struct state *interrupted = state;

    interrupted->dialect->running->cancel(interrupted->connection);
}

void state_close(struct state *state)
{
    if (state->connection)
        state->dialect->running->close(state->connection);
    model_free(state->model);
    memset(state, 0, sizeof(*state));
}

/* --- by a scratch database ------------------------------------------------------------------- */

struct scratch {
    const struct dialect *dialect;
    struct connection *connection;
};

/* A fresh database holds what an empty list of files gives, and whatever says who owns and may use
 * it. */
static bool is_left_by_creation(const struct object *object, const struct model *fresh)
{
    return object_is_remark(object) || model_find_key(fresh, object->key);
}

static bool find_stranger(const struct model *model, const struct model *fresh, struct error *error)
{
    for (size_t i = 0; i < model->count; i++)
        if (!is_left_by_creation(model->objects[i], fresh)) {
            error_hint(error, "Make an empty one for plumb, and give its URL.");
            return error_set(error, ERROR_REFUSED, "the scratch database is not empty: it has %s",
                             identity_print(model->arena, model->objects[i]));
        }
    return true;
}

static bool check_scratch_is_empty(const struct scratch *scratch, struct error *error)
{
    struct model *there = model_new("scratch");
    struct state fresh = {0};
    const struct load_request request = {.dialect = scratch->dialect};
    bool ok = scratch->dialect->states->read(scratch->connection, there, error) &&
              load_files("empty:", &request, &fresh, error) &&
              find_stranger(there, fresh.model, error);

    state_close(&fresh);
    model_free(there);
    return ok;
}

static bool run_piece(void *context, const char *file, bool whole, const char *text,
                      struct error *error)
{
    const struct scratch *scratch = context;
    struct statement_result result;

    if (scratch->dialect->running->run_script
            ? scratch->dialect->running->run_script(scratch->connection, text, error)
            : scratch->dialect->running->run(scratch->connection, text, &result, error))
        return true;
    if (whole && error->line && !error->file[0])
        snprintf(error->file, sizeof(error->file), "%s", file);
    else
        error_hint(error, "The scratch database was running %s.", file);
    return false;
}

/* Where memory ran out meanwhile: nothing remains all the same. */
static void abandon(void *held)
{
    const struct scratch *scratch = held;
    struct error ignored = {0};

    scratch->dialect->running->rollback(scratch->connection);
    if (scratch->dialect->running->empty)
        scratch->dialect->running->empty(scratch->connection, &ignored);
}

static bool run_on_scratch(struct scratch *scratch, struct sources *sources, struct model *model,
                           struct error *error)
{
    bool ok;

    if (!scratch->dialect->running->begin(scratch->connection, error))
        return false;
    operation_hold(scratch, abandon);
    ok = sources_each(sources, run_piece, scratch, error) &&
         scratch->dialect->states->read(scratch->connection, model, error);
    operation_drop(scratch);
    scratch->dialect->running->rollback(scratch->connection);
    if (scratch->dialect->running->empty) { /* also after an error, which is the one to be told */
        struct error problem = {0};

        if (!scratch->dialect->running->empty(scratch->connection, &problem) && ok) {
            *error = problem;
            ok = false;
        }
    }
    return ok;
}

static bool read_through_scratch(struct scratch *scratch, const char *name, struct model *model,
                                 struct error *error)
{
    struct sources sources;
    bool ok;

    sources_begin(&sources);
    ok = fill_sources(&sources, name, NULL, error) && check_scratch_is_empty(scratch, error) &&
         run_on_scratch(scratch, &sources, model, error);
    sources_look_for_partial(&sources, model);
    keep_notes(model, &sources);
    sources_free(&sources);
    return ok;
}

bool state_load_scratch(const char *name, const char *scratch_url, struct state *state,
                        struct error *error)
{
    struct scratch scratch = {.dialect = state_dialect(scratch_url)};
    struct state live = {.dialect = scratch.dialect};
    struct interruptible what = {state_interrupt, &live};
    struct interruptible *former;

    memset(state, 0, sizeof(*state));
    if (state_dialect(name))
        return error_set(error, ERROR_USAGE,
                         "a database is read as it is: only files can go through a scratch one");
    if (!scratch.dialect)
        return fail_about(error, "the scratch database is not a URL", scratch_url);
    scratch.connection = scratch.dialect->running->connect(scratch_url, error);
    if (!scratch.connection)
        return false;
    live.connection = scratch.connection;
    former = operation_interrupts(&what);
    state->dialect = scratch.dialect;
    state->model = model_new(name);
    state->name = state->model->source;
    if (!read_through_scratch(&scratch, name, state->model, error))
        state_close(state);
    else
        /* A catalog names owners and privileges always; these are the scratch database's. */
        state->model->speaks_of_owners = state->model->speaks_of_privileges = false;
    operation_interrupts(former);
    scratch.dialect->running->close(scratch.connection);
    return state->model != NULL;
}
