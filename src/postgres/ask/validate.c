/* The bodies of routines: a plan makes routines while what they speak of may not be there yet, so nobody looks at their bodies
 * then. At the end of the transaction the languages' validators do, as the server would have them do when a client makes
 * the routine: under the search path of its author. */
#include <stdlib.h>
#include <string.h>

#include "core/buffer.h"
#include "model/fields.h"
#include "model/identity.h"
#include "postgres/ask/validate.h"
#include "postgres/session/connect.h"
#include "postgres/write/write.h"

/* Not of C and internal ones: there is no body to look at. The server parses those of SQL's standard when they are made. */
static const char validators_sql[] =
    "SELECT w.number, p.oid, v.oid::pg_catalog.regproc "
    "FROM (VALUES %s) AS w(number, routine) "
    "JOIN pg_catalog.pg_proc p ON p.oid = pg_catalog.to_regprocedure(w.routine) "
    "JOIN pg_catalog.pg_language l ON l.oid = p.prolang "
    "JOIN pg_catalog.pg_proc v ON v.oid = l.lanvalidator "
    "WHERE l.lanname NOT IN ('c', 'internal') AND p.prosqlbody IS NULL ORDER BY w.number";

/* --- which --------------------------------------------------------------------------------------- */

static bool is_altered_elsewhere(const struct step *step, const struct model *from)
{
    const struct object *before = model_find_key(from, step->object->key);
    uint64_t changed;

    if (step->action != ACTION_ALTER || !before)
        return false;
    changed = fields_changed(before, step->object);
    return !fields_has(changed, field_function_body) &&
           !fields_has(changed, field_function_language) &&
           !fields_has(changed, field_function_returns) &&
           !fields_has(changed, field_function_argument_names) &&
           !fields_has(changed, field_function_argument_types);
}

/* The routines that these steps made, or gave another body. */
static struct pointer_list routines_of(struct arena *arena, const struct step *steps, size_t count,
                                       const struct model *from)
{
    struct pointer_list routines = {0};

    for (size_t i = 0; i < count; i++) {
        const struct step *step = &steps[i];

        if (!step->object || step->object->kind != KIND_FUNCTION ||
            (step->action != ACTION_CREATE && step->action != ACTION_ALTER) ||
            as_function(step->object)->unchecked || is_altered_elsewhere(step, from) ||
            (routines.count && routines.items[routines.count - 1] == step->object))
            continue;
        pointer_list_add(&routines, arena, (void *)(uintptr_t)step->object);
    }
    return routines;
}

static PGresult *find_validators(struct connection *connection, struct arena *arena,
                                 const struct pointer_list *routines, struct error *error)
{
    struct step_sink sink = {.arena = arena};
    struct buffer values = BUFFER_EMPTY;
    struct buffer sql = BUFFER_EMPTY;
    PGresult *result;

    for (size_t i = 0; i < routines->count; i++)
        buffer_printf(&values, "%s(%zu, %s)", i ? ", " : "", i,
                      write_literal(&sink, write_routine(&sink, routines->items[i])));
    buffer_printf(&sql, validators_sql, buffer_text(&values));
    result = connection_query(connection, buffer_text(&sql), error);
    buffer_free(&values);
    buffer_free(&sql);
    return result;
}

/* --- checks -------------------------------------------------------------------------------------- */

/* The path under which the body was written; the author's of a catalog's routine is not known: the database's own. */
static const char *path_of(struct arena *arena, const struct object *routine,
                           const struct text_list *usual)
{
    const struct text_list *path = routine->search_path ? routine->search_path : usual;
    struct buffer text = BUFFER_EMPTY;

    for (size_t i = 0; i < path->count; i++)
        buffer_printf(&text, "%s%s", i ? ", " : "", pg_quote_name(arena, path->items[i]));
    if (!path->count)
        buffer_append(&text, "''");
    return buffer_take(&text, arena);
}

/* What the body speaks of may come with a later transaction. */
static bool is_about_absent(const char *sqlstate)
{
    static const char *const states[] = {"42P01", "42703", "42883", "42704", "3F000"};

    for (size_t i = 0; i < sizeof(states) / sizeof(*states); i++)
        if (strcmp(sqlstate, states[i]) == 0)
            return true;
    return false;
}

static bool fail_on_body(const struct object *routine, struct error *error)
{
    struct arena *arena = arena_new();
    struct error found = *error;

    memset(error, 0, sizeof(*error));
    error_set(error, found.code, "the body of %s is refused: %s", identity_print(arena, routine),
              found.message);
    error_hint(error, "%s",
               found.hint[0] ? found.hint
                             : "SET check_function_bodies = off before it, in the file, if the "
                               "body is meant so.");
    if (routine->location.file) {
        snprintf(error->file, sizeof(error->file), "%s", routine->location.file);
        error->line = routine->location.line;
        error->column = routine->location.column;
    }
    arena_free(arena);
    return false;
}

/* "SELECT set_config(...); " of each setting of the routine's own, under which the server looks at its body. */
static void append_settings(struct buffer *sql, struct arena *arena, const struct object *routine)
{
    const struct text_list *settings = &as_function(routine)->settings;
    struct step_sink sink = {.arena = arena};

    for (size_t i = 0; i < settings->count; i++) {
        const char *mark = strchr(settings->items[i], '=');

        if (mark)
            buffer_printf(sql, "SELECT pg_catalog.set_config(%s, %s, true); ",
                          write_literal(&sink, arena_strndup(arena, settings->items[i],
                                                             (size_t)(mark - settings->items[i]))),
                          write_literal(&sink, mark + 1));
    }
}

/* A routine, and what looks at its body. */
struct check {
    const struct object *routine;
    const char *path;
    const char *oid;
    const char *validator;
};

static bool check_body(struct connection *connection, struct arena *arena,
                       const struct check *check, struct error *error)
{
    struct buffer sql = BUFFER_EMPTY;
    bool ok;

    append_settings(&sql, arena, check->routine);
    buffer_printf(&sql, "SET LOCAL check_function_bodies = on; SELECT %s(%s)", check->validator,
                  check->oid);
    ok = connection_execute(
        connection,
        arena_printf(arena, "SET LOCAL search_path = %s; %s", check->path, buffer_text(&sql)),
        error);
    buffer_free(&sql);
    return ok;
}

/* The same where a failure of one kind is to leave the transaction as it is. */
static bool try_body(struct connection *connection, struct arena *arena, const struct check *check,
                     struct error *error)
{
    char sqlstate[sizeof(connection->sqlstate)];

    if (!connection_control(connection, "SAVEPOINT plumb_body", error))
        return false;
    if (check_body(connection, arena, check, error))
        return connection_control(connection, "RELEASE SAVEPOINT plumb_body", error);
    memcpy(sqlstate, connection->sqlstate, sizeof(sqlstate));
    if (!is_about_absent(sqlstate))
        return false;
    memset(error, 0, sizeof(*error));
    return connection_control(connection, "ROLLBACK TO SAVEPOINT plumb_body", error);
}

static bool check_bodies(struct connection *connection, struct arena *arena,
                         const struct pointer_list *routines, const PGresult *validators,
                         const struct model *from, bool last, struct error *error)
{
    for (int row = 0; row < PQntuples(validators); row++) {
        const struct object *routine = routines->items[atoi(PQgetvalue(validators, row, 0))];
        struct check check = {.routine = routine,
                              .path = path_of(arena, routine, &from->default_path),
                              .oid = PQgetvalue(validators, row, 1),
                              .validator = PQgetvalue(validators, row, 2)};
        bool ok = last ? check_body(connection, arena, &check, error)
                       : try_body(connection, arena, &check, error);

        if (!ok && error->code == ERROR_SERVER)
            return fail_on_body(routine, error);
        if (!ok)
            return false;
    }
    return true;
}

bool pg_check_made(struct connection *connection, const struct step *steps, size_t count,
                   const struct model *from, bool last, struct error *error)
{
    struct arena *arena = arena_new();
    struct pointer_list routines = routines_of(arena, steps, count, from);
    PGresult *validators =
        routines.count ? find_validators(connection, arena, &routines, error) : NULL;
    bool ok = !routines.count || (validators && check_bodies(connection, arena, &routines,
                                                             validators, from, last, error));

    connection_clear(validators);
    arena_free(arena);
    return ok;
}
