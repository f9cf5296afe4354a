/* Which objects globs of paths select. */
#include "model/selection.h"

#include "core/text/glob.h"
#include "model/identity.h"

bool selection_covers(const char *const *globs, const struct object *object)
{
    struct arena *scratch;
    bool covered = false;

    if (!globs || !*globs)
        return false;
    scratch = arena_new();
    for (; object && !covered; object = object->parent)
        covered = glob_matches_any(globs, identity_path(scratch, object));
    arena_free(scratch);
    return covered;
}
