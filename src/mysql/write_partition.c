/* Partitions: the clause that makes them, and the smallest statements that turn some into others. */
#include "mysql/write.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "model/fields.h"

/* --- the clause ------------------------------------------------------------------------------------- */

/* "VALUES LESS THAN (10)"; HISTORY, CURRENT and DEFAULT stand as they are. */
static void append_bound(struct buffer *sql, const char *bound)
{
    if (!bound)
        return;
    if (strncasecmp(bound, "LESS", 4) == 0 || strncasecmp(bound, "IN", 2) == 0)
        buffer_printf(sql, " VALUES %s", bound);
    else
        buffer_printf(sql, " %s", bound);
}

static void append_options(const struct step_sink *sink, struct buffer *sql,
                           const struct object *partition)
{
    const struct text_list *options = &as_partition(partition)->options;

    for (size_t i = 0; i < options->count; i++)
        buffer_printf(sql, " %s", my_table_option(sink, options->items[i]));
    buffer_append(sql, my_write_comment(sink, partition, "="));
}

static const char *definition(const struct step_sink *sink, const struct object *object)
{
    const struct partition *partition = as_partition(object);
    struct buffer sql = BUFFER_EMPTY;

    buffer_printf(&sql, "PARTITION %s", my_write_name(sink, object->name));
    append_bound(&sql, partition->bound);
    append_options(sink, &sql, object);
    for (size_t i = 0; i < partition->subpartitions.count; i++)
        buffer_printf(&sql, "%sSUBPARTITION %s", i ? ", " : " (",
                      my_write_name(sink, partition->subpartitions.items[i]));
    if (partition->subpartitions.count)
        buffer_append(&sql, ")");
    return buffer_take(&sql, sink->arena);
}

static int compare_positions(const void *a, const void *b)
{
    const struct object *const *first = a;
    const struct object *const *second = b;
    int64_t x = as_partition(*first)->position;
    int64_t y = as_partition(*second)->position;

    return x < y ? -1 : x > y;
}

/* The table's partitions in their order. */
static struct pointer_list partitions_of(const struct step_sink *sink, const struct object *table)
{
    struct pointer_list list = {0};

    for (struct object *child = table->first_child; child; child = child->next_sibling)
        if (child->kind == KIND_PARTITION)
            pointer_list_add(&list, sink->arena, child);
    if (list.count)
        qsort(list.items, list.count, sizeof(*list.items), compare_positions);
    return list;
}

static const char *definitions(const struct step_sink *sink, const struct pointer_list *list,
                               size_t from, size_t end)
{
    struct buffer sql = BUFFER_EMPTY;

    for (size_t i = from; i < end; i++)
        buffer_printf(&sql, "%s\n    %s", i > from ? "," : "", definition(sink, list->items[i]));
    return buffer_take(&sql, sink->arena);
}

static bool starts_with(const char *text, const char *start)
{
    return strncasecmp(text, start, strlen(start)) == 0;
}

const char *my_partition_clause(const struct step_sink *sink, const struct object *object)
{
    const struct table *table = as_table(object);
    struct pointer_list list = partitions_of(sink, object);
    struct buffer sql = BUFFER_EMPTY;

    if (!table->partition_strategy)
        return "";
    buffer_printf(&sql, "PARTITION BY %s", table->partition_strategy);
    if (!starts_with(table->partition_strategy, "SYSTEM_TIME"))
        buffer_printf(&sql, " (%s)", my_write_expressions(sink, &table->partition_keys));
    if (table->partition_count > 1 && !list.count)
        buffer_printf(&sql, " PARTITIONS %lld", (long long)table->partition_count);
    if (table->subpartitions)
        buffer_printf(&sql, "\nSUBPARTITION BY %s", table->subpartitions);
    if (list.count)
        buffer_printf(&sql, "\n(%s\n)", definitions(sink, &list, 0, list.count));
    return buffer_take(&sql, sink->arena);
}

/* --- changes ---------------------------------------------------------------------------------------- */

struct lists {
    const struct step_sink *sink;
    struct pointer_list before;
    struct pointer_list after;
    size_t start;      /* equal ones at the beginning */
    size_t before_end; /* where the equal ones at the end begin */
    size_t after_end;
    struct my_partition_change change;
};

/* Definitions of the same text are the same partition. */
static bool same_partition(const struct step_sink *sink, const struct object *before,
                           const struct object *after)
{
    return strcmp(definition(sink, before), definition(sink, after)) == 0;
}

static void find_ends(struct lists *lists)
{
    size_t old = lists->before.count;
    size_t new = lists->after.count;

    while (lists->start < old && lists->start < new &&
           same_partition(lists->sink, lists->before.items[lists->start],
                          lists->after.items[lists->start]))
        lists->start++;
    while (old > lists->start && new > lists->start &&
           same_partition(lists->sink, lists->before.items[old - 1], lists->after.items[new - 1])) {
        old--;
        new--;
    }
    lists->before_end = old;
    lists->after_end = new;
}

static const char *names(const struct lists *lists, size_t from, size_t end)
{
    struct buffer text = BUFFER_EMPTY;

    for (size_t i = from; i < end; i++) {
        const struct object *partition = lists->before.items[i];

        buffer_separate(&text, 0, ", ");
        buffer_append(&text, my_write_name(lists->sink, partition->name));
    }
    return buffer_take(&text, lists->sink->arena);
}

static void add_statement(struct lists *lists, const char *statement, bool drops)
{
    text_list_add(&lists->change.statements, lists->sink->arena, statement);
    if (drops)
        text_list_add(&lists->change.dropping, lists->sink->arena, statement);
}

static void reorganize(struct lists *lists)
{
    struct arena *arena = lists->sink->arena;

    add_statement(lists,
                  arena_printf(arena, "REORGANIZE PARTITION %s INTO (%s\n)",
                               names(lists, lists->start, lists->before_end),
                               definitions(lists->sink, &lists->after, lists->start,
                                           lists->after_end)),
                  false);
}

static bool same_bound(const struct object *before, const struct object *after)
{
    return my_same_text(as_partition(before)->bound, as_partition(after)->bound);
}

static bool is_at_end(const struct object *partition)
{
    const char *bound = as_partition(partition)->bound;

    return bound && strstr(bound, "MAXVALUE") != NULL;
}

/* Of ranges: what is put in the place of others has to end where those did, but for the last one, which can
 * only grow. Takes one more from the equal ones behind where it would not; false where there is none. */
static bool adjust_range(struct lists *lists)
{
    const struct object *old;
    const struct object *new;

    if (lists->start < lists->before_end && lists->start < lists->after_end) {
        old = lists->before.items[lists->before_end - 1];
        new = lists->after.items[lists->after_end - 1];
        if (same_bound(old, new))
            return true;
    }
    if (lists->before_end < lists->before.count) {
        lists->before_end++;
        lists->after_end++;
        return true;
    }
    if (lists->start == lists->before_end)
        return true;
    return !is_at_end(lists->before.items[lists->before_end - 1]);
}

/* The oldest go and newer ones come, and what is between stays: the number of those that go; 0 where it is
 * otherwise, or where the last one leaves no room behind it. */
static size_t rolled_out(const struct lists *lists)
{
    size_t old = lists->before.count;
    size_t new = lists->after.count;

    for (size_t gone = 1; gone < old && old - gone < new; gone++) {
        size_t same = 0;

        while (same < old - gone && same_partition(lists->sink, lists->before.items[gone + same],
                                                   lists->after.items[same]))
            same++;
        if (same == old - gone)
            return is_at_end(lists->before.items[old - 1]) ? 0 : gone;
    }
    return 0;
}

static bool change_ranges(struct lists *lists)
{
    struct arena *arena = lists->sink->arena;
    size_t gone = lists->start == 0 ? rolled_out(lists) : 0;

    if (gone > 0) {
        add_statement(lists, arena_printf(arena, "DROP PARTITION %s", names(lists, 0, gone)), true);
        add_statement(lists,
                      arena_printf(arena, "ADD PARTITION (%s\n)",
                                   definitions(lists->sink, &lists->after,
                                               lists->before.count - gone, lists->after.count)),
                      false);
        return true;
    }
    if (lists->start == lists->after_end) {
        add_statement(lists,
                      arena_printf(arena, "DROP PARTITION %s",
                                   names(lists, lists->start, lists->before_end)),
                      true);
        return lists->after.count > 0;
    }
    if (lists->start == lists->before_end && lists->before_end == lists->before.count) {
        add_statement(lists,
                      arena_printf(arena, "ADD PARTITION (%s\n)",
                                   definitions(lists->sink, &lists->after, lists->start,
                                               lists->after_end)),
                      false);
        return lists->before.count > 0;
    }
    if (!adjust_range(lists))
        return false;
    reorganize(lists);
    return true;
}

/* Lists have no order: new ones go to the end. */
static bool change_lists(struct lists *lists)
{
    struct arena *arena = lists->sink->arena;

    if (lists->start == lists->after_end) {
        add_statement(lists,
                      arena_printf(arena, "DROP PARTITION %s",
                                   names(lists, lists->start, lists->before_end)),
                      true);
        return lists->after.count > 0;
    }
    if (lists->start == lists->before_end) {
        if (lists->before_end != lists->before.count)
            return false;
        add_statement(lists,
                      arena_printf(arena, "ADD PARTITION (%s\n)",
                                   definitions(lists->sink, &lists->after, lists->start,
                                               lists->after_end)),
                      false);
        return lists->before.count > 0;
    }
    reorganize(lists);
    return true;
}

/* Rows are spread over all partitions of a hash: more or fewer of them at the end. */
static bool change_hashes(struct lists *lists, const struct table *before,
                          const struct table *after)
{
    struct arena *arena = lists->sink->arena;
    long old = lists->before.count ? (long)lists->before.count : (long)before->partition_count;
    long new = lists->after.count ? (long)lists->after.count : (long)after->partition_count;

    if (!lists->before.count != !lists->after.count || old == new ||
        lists->start < (lists->before.count < lists->after.count ? lists->before.count
                                                                 : lists->after.count))
        return false;
    if (new < old)
        add_statement(lists, arena_printf(arena, "COALESCE PARTITION %ld", old - new), false);
    else if (lists->after.count)
        add_statement(lists,
                      arena_printf(arena, "ADD PARTITION (%s\n)",
                                   definitions(lists->sink, &lists->after, lists->start,
                                               lists->after.count)),
                      false);
    else
        add_statement(lists, arena_printf(arena, "ADD PARTITION PARTITIONS %ld", new - old), false);
    return true;
}

static bool same_scheme(const struct object *before, const struct object *after)
{
    uint64_t changed = fields_changed(before, after);

    return as_table(before)->partition_strategy &&
           !fields_has(KIND_TABLE, changed, "partition_strategy") &&
           !fields_has(KIND_TABLE, changed, "partition_keys") &&
           !fields_has(KIND_TABLE, changed, "subpartitions");
}

static bool change_in_steps(struct lists *lists, const struct object *before,
                            const struct object *after)
{
    const char *strategy = as_table(after)->partition_strategy;

    find_ends(lists);
    if (lists->start == lists->before.count && lists->start == lists->after.count &&
        (lists->start || as_table(before)->partition_count == as_table(after)->partition_count))
        return true;
    if (starts_with(strategy, "RANGE"))
        return change_ranges(lists);
    if (starts_with(strategy, "LIST"))
        return change_lists(lists);
    if (starts_with(strategy, "SYSTEM_TIME"))
        return false;
    return change_hashes(lists, as_table(before), as_table(after));
}

struct my_partition_change my_partition_change(const struct step_sink *sink,
                                               const struct object *before,
                                               const struct object *after)
{
    struct lists lists = {.sink = sink,
                          .before = partitions_of(sink, before),
                          .after = partitions_of(sink, after)};

    if (!as_table(after)->partition_strategy) {
        if (as_table(before)->partition_strategy)
            lists.change.clause = "REMOVE PARTITIONING";
        return lists.change;
    }
    if (same_scheme(before, after) && change_in_steps(&lists, before, after))
        return lists.change;
    return (struct my_partition_change){.clause = my_partition_clause(sink, after)};
}
