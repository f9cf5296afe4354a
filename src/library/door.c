/* The public interface: the library as a whole, errors, controls; and what all doors share. */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "core/file.h"
#include "core/secret/vault.h"
#include "library/library.h"

_Static_assert((int)PLUMB_MEMORY == (int)ERROR_MEMORY && (int)PLUMB_LOCKED == (int)ERROR_LOCKED,
               "public and internal error codes are the same");
_Static_assert((int)PLUMB_VERIFYING == (int)PHASE_VERIFYING, "so are the phases");

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

static bool save_text(const char *text, const char *path, struct error *error)
{
    if (!text || !path)
        return fail_null(text ? "path" : "text", error);
    return file_write(path, text, strlen(text), FILE_AS_USUAL, error);
}

bool plumb_text_save(const char *text, const char *path, struct plumb_error *error)
{
    struct door door;
    bool ok;

    door_open(&door, NULL, error);
    if (setjmp(door.operation.way_out) != 0)
        return false;
    ok = save_text(text, path, door.error);
    door_close(&door);
    return ok;
}

/* --- doors ------------------------------------------------------------------------------------ */

void door_open(struct door *door, struct plumb_control *control, struct plumb_error *error)
{
    struct plumb_error *chosen = error ? error : &door->unseen;

    if (error)
        free(error->further);
    memset(chosen, 0, sizeof(*chosen));
    door->given = error;
    door->error = &chosen->error;
    operation_begin(&door->operation, control ? &control->control : NULL, door->error);
}

/* GCC's analyzer does not see that the caller's error keeps them. */
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wanalyzer-malloc-leak"
#endif

/* Errors besides the one that is told of; those of a call that went well after all are forgotten. */
static void give_further(struct plumb_error *error, struct further_errors further)
{
    bool told = error && error->error.code != ERROR_NONE && further.count;
    struct plumb_error *kept = told ? calloc(further.count, sizeof(*kept)) : NULL;

    for (size_t i = 0; kept && i < further.count; i++)
        kept[i].error = further.items[i];
    free(further.items);
    if (!kept)
        return;
    error->further_count = further.count;
    error->left_out = further.left_out;
    error->further = kept;
}

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic pop
#endif

void door_close(struct door *door)
{
    bool cancelled = operation_is_cancelled();
    struct further_errors further = operation_take_errors(&door->operation);

    operation_end(&door->operation);
    give_further(cancelled ? NULL : door->given, further);
    /* Whatever went wrong after that went wrong because of it. */
    if (cancelled && door->error->code != ERROR_NONE && door->error->code != ERROR_CANCELLED) {
        memset(door->error, 0, sizeof(*door->error));
        error_set(door->error, ERROR_CANCELLED, "interrupted");
    }
}

void door_interrupts(struct door *door, const struct state *state)
{
    if (!state->connection)
        return;
    door->interruptible = (struct interruptible){state_interrupt, (void *)(uintptr_t)state};
    operation_interrupts(&door->interruptible);
}

void options_take(void *taken, size_t size, const void *given)
{
    size_t claimed = size;

    memset(taken, 0, size);
    if (given)
        memcpy(&claimed, given, sizeof(claimed));
    if (claimed < sizeof(claimed))
        return;
    for (size_t i = size; i < claimed; i++)
        if (((const char *)given)[i])
            return;
    if (given)
        memcpy(taken, given, claimed < size ? claimed : size);
    memcpy(taken, &size, sizeof(size));
}

bool options_check(size_t size, struct error *error)
{
    if (size)
        return true;
    error_hint(error, "PLUMB_..._INIT sets the size of a struct of options.");
    return error_set(error, ERROR_USAGE,
                     "options without their size, or with more than this version of plumb knows");
}

bool fail_null(const char *what, struct error *error)
{
    return error_set(error, ERROR_USAGE, "the %s is NULL", what);
}

bool fail_format(const char *what, struct error *error)
{
    return error_set(error, ERROR_USAGE, "%s cannot be printed in this format", what);
}

char *give_text(struct buffer *text)
{
    buffer_append(text, "");
    return text->text;
}

char *give_shown(struct buffer *text)
{
    vault_show(text);
    return give_text(text);
}

/* --- initialisation --------------------------------------------------------------------------- */

static pthread_mutex_t users_mutex = PTHREAD_MUTEX_INITIALIZER;
static int users;

static void end_clients(size_t count)
{
    while (count-- > 0)
        if (dialects[count]->client)
            dialects[count]->client->end();
}

/* NULL, or whose library cannot be used. */
static const char *begin_clients(void)
{
    size_t begun = 0;
    const char *failed = NULL;

    while (dialects[begun] && (!dialects[begun]->client || dialects[begun]->client->begin()))
        begun++;
    if (dialects[begun])
        failed = dialects[begun]->name;
    else if (!load_begin())
        failed = "git";
    if (failed)
        end_clients(begun);
    return failed;
}

/* Not while the mutex is locked: an error takes memory. */
static bool tell_of(const char *failed, struct plumb_error *error)
{
    struct door door;

    door_open(&door, NULL, error);
    if (setjmp(door.operation.way_out) != 0)
        return false;
    if (failed)
        error_set(door.error, ERROR_INTERNAL, "the client library of %s cannot be initialised",
                  failed);
    door_close(&door);
    return !failed;
}

bool plumb_initialize(struct plumb_error *error)
{
    const char *failed;

    pthread_mutex_lock(&users_mutex);
    failed = users ? NULL : begin_clients();
    users += !failed;
    pthread_mutex_unlock(&users_mutex);
    return tell_of(failed, error);
}

void plumb_shutdown(void)
{
    size_t count = 0;

    while (dialects[count])
        count++;
    pthread_mutex_lock(&users_mutex);
    if (users > 0 && --users == 0) {
        load_end();
        end_clients(count);
    }
    pthread_mutex_unlock(&users_mutex);
}

void plumb_thread_end(void)
{
    for (size_t i = 0; dialects[i]; i++)
        if (dialects[i]->client)
            dialects[i]->client->end_thread();
}

/* --- errors ---------------------------------------------------------------------------------- */

struct plumb_error *plumb_error_new(void)
{
    return calloc(1, sizeof(struct plumb_error));
}

void plumb_error_free(struct plumb_error *error)
{
    if (error)
        free(error->further);
    free(error);
}

size_t plumb_error_further_count(const struct plumb_error *error)
{
    return error ? error->further_count : 0;
}

const struct plumb_error *plumb_error_further(const struct plumb_error *error, size_t number)
{
    return number < plumb_error_further_count(error) ? &error->further[number] : NULL;
}

size_t plumb_error_left_out(const struct plumb_error *error)
{
    return error ? error->left_out : 0;
}

enum plumb_code plumb_error_code(const struct plumb_error *error)
{
    return error ? (enum plumb_code)error->error.code : PLUMB_OK;
}

const char *plumb_error_message(const struct plumb_error *error)
{
    return error ? error->error.message : "";
}

const char *plumb_error_hint(const struct plumb_error *error)
{
    return error ? error->error.hint : "";
}

const char *plumb_error_object(const struct plumb_error *error)
{
    return error ? error->error.object : "";
}

const char *plumb_error_file(const struct plumb_error *error)
{
    return error ? error->error.file : "";
}

int plumb_error_line(const struct plumb_error *error)
{
    return error ? error->error.line : 0;
}

int plumb_error_column(const struct plumb_error *error)
{
    return error ? error->error.column : 0;
}

const char *plumb_error_source(const struct plumb_error *error)
{
    return error ? error->error.source : "";
}

int plumb_error_caret(const struct plumb_error *error)
{
    return error ? error->error.caret : 0;
}

bool plumb_error_set(struct plumb_error *error, enum plumb_code code, const char *message)
{
    struct door door;

    door_open(&door, NULL, error);
    if (setjmp(door.operation.way_out) != 0)
        return false;
    if (!message)
        fail_null("message", door.error);
    else if (code <= PLUMB_OK || code > PLUMB_MEMORY)
        error_set(door.error, ERROR_USAGE, "there is no code %d of errors", (int)code);
    else
        error_set(door.error, (enum error_code)code, "%s", message);
    door_close(&door);
    return false;
}

/* The hint is made in another error: a door forgets what was in its own. */
bool plumb_error_advise(struct plumb_error *error, const char *hint)
{
    struct plumb_error advised = {0};
    struct door door;

    if (!error || !hint || error->error.hint[0])
        return false;
    door_open(&door, NULL, &advised);
    if (setjmp(door.operation.way_out) != 0)
        return false;
    error_hint(door.error, "%s", hint);
    memcpy(error->error.hint, advised.error.hint, sizeof(advised.error.hint));
    door_close(&door);
    free(advised.further);
    return false;
}

/* --- control --------------------------------------------------------------------------------- */

struct plumb_control *plumb_control_new(void)
{
    return calloc(1, sizeof(struct plumb_control));
}

void plumb_control_free(struct plumb_control *control)
{
    free(control);
}

void plumb_control_cancel(struct plumb_control *control)
{
    if (control)
        control_cancel(&control->control);
}

void plumb_control_renew(struct plumb_control *control)
{
    if (control)
        control_renew(&control->control);
}

static void tell(const struct progress *progress, void *context)
{
    const struct plumb_control *control = context;
    const struct plumb_progress told = {.phase = (enum plumb_phase)progress->phase,
                                        .step = progress->step,
                                        .count = progress->count,
                                        .action = progress->action,
                                        .object = progress->object,
                                        .seconds = progress->seconds,
                                        .attempt = progress->attempt,
                                        .blockers = progress->blockers};

    control->listener(&told, control->context);
}

void plumb_control_listen(struct plumb_control *control,
                          void (*listener)(const struct plumb_progress *progress, void *context),
                          void *context)
{
    if (!control)
        return;
    control->listener = listener;
    control->context = context;
    control->control.listener = listener ? tell : NULL;
    control->control.context = control;
}

void plumb_control_limit(struct plumb_control *control, size_t bytes)
{
    if (control)
        control->control.most_memory = bytes;
}
