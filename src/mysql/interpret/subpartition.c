/* Subpartitions that are listed. The servers hand down to each of them the options of its partition that it has not
 * itself, and then know of no options of the partition. In the model what all of them share is the partition's; where
 * they differ, each has its own behind its name. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "mysql/interpret/internal.h"
#include "mysql/sql/quote.h"

/* --- options ---------------------------------------------------------------------------------------- */

static const struct my_option *find_option(const struct pointer_list *options, const char *name)
{
    for (size_t i = 0; i < options->count; i++) {
        const struct my_option *option = options->items[i];

        if (strcmp(option->name, name) == 0)
            return option;
    }
    return NULL;
}

/* Its own options, and those that its partition hands down. */
static struct pointer_list options_of(struct arena *arena, const struct my_partition *partition,
                                      const struct my_partition *sub)
{
    struct pointer_list options = {0};

    for (size_t i = 0; i < sub->options.count; i++)
        pointer_list_add(&options, arena, sub->options.items[i]);
    for (size_t i = 0; i < partition->options.count; i++) {
        struct my_option *option = partition->options.items[i];

        if (!find_option(&sub->options, option->name))
            pointer_list_add(&options, arena, option);
    }
    return options;
}

/* All subpartitions are of one engine: the server permits no mix. */
static bool is_said(const struct my_option *option)
{
    return strcmp(option->name, "ENGINE") != 0 && option->value && *option->value &&
           strcmp(option->value, "0") != 0;
}

static bool has_all(const struct pointer_list *options, const struct pointer_list *others)
{
    for (size_t i = 0; i < options->count; i++) {
        const struct my_option *option = options->items[i];
        const struct my_option *other = find_option(others, option->name);

        if (is_said(option) && (!other || strcmp(option->value, other->value) != 0))
            return false;
    }
    return true;
}

static bool all_alike(struct arena *arena, const struct my_partition *partition)
{
    struct pointer_list first = options_of(arena, partition, partition->subpartitions.items[0]);

    for (size_t i = 1; i < partition->subpartitions.count; i++) {
        struct pointer_list next = options_of(arena, partition, partition->subpartitions.items[i]);

        if (!has_all(&first, &next) || !has_all(&next, &first))
            return false;
    }
    return true;
}

struct pointer_list my_partition_options(struct arena *arena, const struct my_partition *declared)
{
    if (!declared->subpartitions.count)
        return declared->options;
    if (!all_alike(arena, declared))
        return (struct pointer_list){0};
    return options_of(arena, declared, declared->subpartitions.items[0]);
}

/* --- names ------------------------------------------------------------------------------------------ */

static int compare_options(const void *a, const void *b)
{
    return strcmp((*(struct my_option *const *)a)->name, (*(struct my_option *const *)b)->name);
}

/* Its name alone, or "`s0` COMMENT='a' MAX_ROWS=7". */
static const char *definition(struct arena *arena, const struct my_partition *partition,
                              const struct my_partition *sub, bool alike)
{
    struct pointer_list options = options_of(arena, partition, sub);
    struct buffer text = BUFFER_EMPTY;

    if (options.count)
        qsort(options.items, options.count, sizeof(*options.items), compare_options);
    for (size_t i = 0; !alike && i < options.count; i++) {
        const struct my_option *option = options.items[i];

        if (is_said(option))
            buffer_printf(&text, " %s=%s", option->name,
                          option->quoted ? my_quote_text(arena, option->value) : option->value);
    }
    if (!text.length && *sub->name != '`')
        return sub->name;
    return arena_printf(arena, "%s%s", my_quote_name(arena, sub->name), buffer_take(&text, arena));
}

void my_set_subpartitions(struct my_interpreter *interpreter, struct object *partition,
                          const struct my_partition *declared)
{
    struct arena *arena = interpreter->arena;
    struct text_list listed = {0};
    bool alike = !declared->subpartitions.count || all_alike(arena, declared);
    bool chosen = alike;

    for (size_t i = 0; i < declared->subpartitions.count; i++) {
        const struct my_partition *sub = declared->subpartitions.items[i];
        const char *own = arena_printf(arena, "%ssp%zu", partition->name, i);

        text_list_add(&listed, arena, definition(arena, declared, sub, alike));
        chosen = chosen && strcasecmp(own, sub->name) == 0;
    }
    if (!chosen)
        as_partition(partition)->subpartitions = listed;
}
