/* Changes that the server refuses whatever is in the tables. */
#include <string.h>

#include "dialect/resolve.h"
#include "model/identity.h"
#include "postgres/resolve/reconcile.h"

/* The tables that the column comes from in the end: those which have it from nobody. */
static void find_roots(struct arena *arena, struct object *table, const char *column,
                       struct pointer_list *roots)
{
    const struct pointer_list *parents = &as_table(table)->inherits;
    bool inherits = false;

    for (size_t i = 0; i < parents->count; i++)
        if (object_child(parents->items[i], KIND_COLUMN, column)) {
            inherits = true;
            find_roots(arena, parents->items[i], column, roots);
        }
    for (size_t i = 0; i < roots->count; i++)
        inherits = inherits || roots->items[i] == table;
    if (!inherits)
        pointer_list_add(roots, arena, table);
}

/* Each root's ALTER TABLE would have to change the column in the other's children too. */
static bool is_torn(const struct object *before, const struct object *after, struct arena *arena,
                    struct pointer_list *roots)
{
    if (text_equal(as_column(before)->type, as_column(after)->type))
        return false;
    find_roots(arena, before->parent, before->name, roots);
    return roots->count > 1;
}

static bool fail(struct arena *arena, const struct object *column, const struct pointer_list *roots,
                 struct error *error)
{
    error_set(error, ERROR_SCHEMA,
              "%s is inherited from %s and from %s: PostgreSQL changes the type of no such column",
              identity_print(arena, column), identity_print(arena, roots->items[0]),
              identity_print(arena, roots->items[1]));
    error_hint(
        error,
        "Take the table from one of them first (NO INHERIT), change the type, and give it back then.");
    resolve_place_error(column->location.file ? column : column->parent, error);
    return false;
}

bool pg_permits(const struct model *from, const struct model *to, struct error *error)
{
    struct arena *arena = arena_new();
    bool permitted = true;

    for (size_t i = 0; permitted && i < to->count; i++) {
        const struct object *after = to->objects[i];
        const struct object *before = after->kind == KIND_COLUMN &&
                                              after->parent->kind == KIND_TABLE &&
                                              as_column(after)->inherited
                                          ? model_find_key(from, after->key)
                                          : NULL;
        struct pointer_list roots = {0};
        struct pointer_list wanted = {0};

        if (!before || !as_column(before)->inherited || !is_torn(before, after, arena, &roots))
            continue;
        find_roots(arena, after->parent, after->name, &wanted);
        permitted = wanted.count < 2 || fail(arena, after, &roots, error);
    }
    arena_free(arena);
    return permitted;
}
