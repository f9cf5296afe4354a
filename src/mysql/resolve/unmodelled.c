/* What stands for the parts of tables that the model does not hold. */
#include "mysql/resolve/unmodelled.h"

#include "mysql/sql/quote.h"

const char *my_unmodelled_part(struct arena *arena, const struct object *table)
{
    bool qualified = table->parent && *table->parent->name;

    return arena_printf(arena, MY_UNMODELLED_PART " %s",
                        qualified ? my_quote_path(arena, table) : table->name);
}

bool my_has_unmodelled_part(const struct model *model, const struct object *table)
{
    struct arena *scratch = arena_new();
    bool has = model_find(model, KIND_UNMODELLED, NULL, my_unmodelled_part(scratch, table), NULL);

    arena_free(scratch);
    return has;
}
