/* A live database: connects and reads its catalog. The connection stays open for what comes after
 * (questions to the server, an apply). */
#include "core/operation.h"
#include "core/url.h"
#include "load/sources.h"

#include <string.h>

bool state_load_live(const char *url, const struct dialect *dialect, struct state *state,
                     struct error *error)
{
    struct arena *scratch = arena_new();
    struct interruptible what = {state_interrupt, state};
    struct interruptible *former;
    bool ok;

    memset(state, 0, sizeof(*state));
    state->dialect = dialect;
    state->model = model_new(url_without_secrets(scratch, url));
    state->name = state->model->source;
    arena_free(scratch);
    ok = operation_proceeds(PHASE_READING, 0, 0, state->name, error) &&
         (state->connection = dialect->running->connect(url, error)) != NULL;
    if (ok) {
        former = operation_interrupts(&what);
        ok = operation_goes_on(error) &&
             dialect->states->read(state->connection, state->model, error);
        operation_interrupts(former);
    }
    if (!ok) {
        state_close(state);
        return false;
    }
    if (!state->model->server_version)
        state->model->server_version = dialect->running->server_version(state->connection);
    return true;
}
