/* A live database: connects and reads its catalog. The connection stays open for what comes after
 * (questions to the server, an apply). */
#include "core/url.h"
#include "load/sources.h"

#include <string.h>

bool state_load_live(const char *url, const struct dialect *dialect, struct state *state,
                     struct error *error)
{
    struct arena *scratch = arena_new();

    memset(state, 0, sizeof(*state));
    state->dialect = dialect;
    state->model = model_new(url_without_secrets(scratch, url));
    state->name = state->model->source;
    arena_free(scratch);
    state->connection = dialect->connect(url, error);
    if (!state->connection || !dialect->read(state->connection, state->model, error)) {
        state_close(state);
        return false;
    }
    if (!state->model->server_version)
        state->model->server_version = dialect->server_version(state->connection);
    return true;
}
