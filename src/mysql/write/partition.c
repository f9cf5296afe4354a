/* Partitions: the clause that makes them, and the smallest statements that turn some into others. */
#include "mysql/write/write.h"

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

/* Those that the server would make. */
static void append_chosen_subpartitions(const struct step_sink *sink, struct buffer *sql,
                                        const struct object *object)
{
    const char *told = strstr(as_table(object->parent)->subpartitions, " SUBPARTITIONS ");
    long count = told ? strtol(told + 15, NULL, 10) : 0;

    for (long i = 0; i < count; i++)
        buffer_printf(sql, "%sSUBPARTITION %s", i ? ", " : " (",
                      my_write_name(sink, arena_printf(sink->arena, "%ssp%ld", object->name, i)));
    if (count)
        buffer_append(sql, ")");
}

/* listed: with its subpartitions, also where the server would choose them. */
static const char *definition(const struct step_sink *sink, const struct object *object,
                              bool listed)
{
    const struct partition *partition = as_partition(object);
    struct buffer sql = BUFFER_EMPTY;

    buffer_printf(&sql, "PARTITION %s", my_write_name(sink, object->name));
    append_bound(&sql, partition->bound);
    append_options(sink, &sql, object);
    for (size_t i = 0; i < partition->subpartitions.count; i++)
        buffer_printf(&sql, "%sSUBPARTITION %s", i ? ", " : " (",
                      *partition->subpartitions.items[i] == '`'
                          ? partition->subpartitions.items[i]
                          : my_write_name(sink, partition->subpartitions.items[i]));
    if (partition->subpartitions.count)
        buffer_append(&sql, ")");
    else if (listed)
        append_chosen_subpartitions(sink, &sql, object);
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
    bool listed = false; /* all of them, or none */

    for (size_t i = from; i < end; i++)
        listed = listed || as_partition((const struct object *)list->items[i])->subpartitions.count;
    for (size_t i = from; i < end; i++)
        buffer_printf(&sql, "%s\n    %s", i > from ? "," : "",
                      definition(sink, list->items[i], listed));
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
        buffer_printf(&sql, " (%s)", write_expressions(sink, &table->partition_keys));
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
    return strcmp(definition(sink, before, false), definition(sink, after, false)) == 0;
}

static void find_ends(struct lists *lists)
{
    size_t old = lists->before.count;
    size_t new = lists->after.count;

    while (lists->start < old &&
           lists->start < new &&same_partition(lists->sink, lists->before.items[lists->start],
                                               lists->after.items[lists->start]))
        lists->start++;
    while (old > lists->start && new > lists->start &&
           same_partition(lists->sink, lists->before.items[old - 1], lists->after.items[new - 1])) {
        old--;
        new --;
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

#define BIT(hazard) (UINT64_C(1) << HAZARD_##hazard)

static void add_statement(struct lists *lists, uint64_t hazards, const char *text)
{
    lists->change.statements[lists->change.count++] =
        (struct my_partition_statement){.text = text, .hazards = hazards};
}

static void reorganize(struct lists *lists, uint64_t hazards)
{
    add_statement(
        lists, hazards | BIT(BLOCK_WRITES),
        arena_printf(lists->sink->arena, "REORGANIZE PARTITION %s INTO (%s\n)",
                     names(lists, lists->start, lists->before_end),
                     definitions(lists->sink, &lists->after, lists->start, lists->after_end)));
}

static void drop(struct lists *lists, size_t from, size_t end)
{
    add_statement(lists, BIT(DROP_PARTITION),
                  arena_printf(lists->sink->arena, "DROP PARTITION %s", names(lists, from, end)));
}

static void add(struct lists *lists, size_t from, size_t end)
{
    add_statement(lists, 0,
                  arena_printf(lists->sink->arena, "ADD PARTITION (%s\n)",
                               definitions(lists->sink, &lists->after, from, end)));
}

static bool same_bound(const struct object *before, const struct object *after)
{
    return text_equal(as_partition(before)->bound, as_partition(after)->bound);
}

static const char *bound_of(const struct object *partition)
{
    return as_partition(partition)->bound;
}

static bool is_open(const struct object *partition)
{
    return my_bound_is_open(bound_of(partition));
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
    return lists->start < lists->after_end &&
           my_bound_grows(lists->sink->arena, bound_of(lists->before.items[lists->before_end - 1]),
                          bound_of(lists->after.items[lists->after_end - 1]));
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
            return is_open(lists->before.items[old - 1]) ? 0 : gone;
    }
    return 0;
}

static bool change_ranges(struct lists *lists)
{
    size_t gone = lists->start == 0 ? rolled_out(lists) : 0;

    if (gone > 0) {
        drop(lists, 0, gone);
        add(lists, lists->before.count - gone, lists->after.count);
        return true;
    }
    if (lists->start == lists->after_end) {
        drop(lists, lists->start, lists->before_end);
        return lists->after.count > 0;
    }
    if (lists->start == lists->before_end && lists->before_end == lists->before.count) {
        add(lists, lists->start, lists->after_end);
        return lists->before.count > 0;
    }
    if (!adjust_range(lists))
        return false;
    reorganize(lists, 0);
    return true;
}

/* --- lists ------------------------------------------------------------------------------------------ */

static bool has_value(const struct lists *lists, const char *value)
{
    struct arena *arena = lists->sink->arena;

    for (size_t i = lists->start; i < lists->after_end; i++) {
        struct text_list values = my_bound_elements(arena, bound_of(lists->after.items[i]));

        if (text_list_contains(&values, value))
            return true;
    }
    return false;
}

/* True where a value that the changed partitions took is taken by none of those in their place. */
static bool values_leave(const struct lists *lists)
{
    struct arena *arena = lists->sink->arena;

    for (size_t i = lists->start; i < lists->before_end; i++) {
        struct text_list values = my_bound_elements(arena, bound_of(lists->before.items[i]));

        for (size_t j = 0; j < values.count; j++)
            if (!has_value(lists, values.items[j]))
                return true;
    }
    return false;
}

static bool has_open(const struct pointer_list *list, size_t from, size_t end)
{
    for (size_t i = from; i < end; i++)
        if (is_open(list->items[i]))
            return true;
    return false;
}

/* Rows of values that are new lie in the default partition, and those of values that go have to go there: ADD and
 * REORGANIZE of others leave them where they are, in a partition where nobody looks for them. */
static void include_default(struct lists *lists)
{
    while (lists->start > 0 && has_open(&lists->before, 0, lists->start))
        lists->start--;
    while (lists->before_end < lists->before.count &&
           has_open(&lists->before, lists->before_end, lists->before.count)) {
        lists->before_end++;
        lists->after_end++;
    }
}

static bool has_null(const struct lists *lists, const struct pointer_list *list, size_t end)
{
    for (size_t i = lists->start; i < end; i++) {
        struct text_list values = my_bound_elements(lists->sink->arena, bound_of(list->items[i]));

        for (size_t j = 0; j < values.count; j++)
            if (strcasecmp(values.items[j], "NULL") == 0)
                return true;
    }
    return false;
}

/* The servers refuse to put a default partition in the place of another alone, break down where one is to go with
 * others, and spoil the table where a row of NULL is left without a place. */
static bool server_reorganizes(const struct lists *lists)
{
    bool old = has_open(&lists->before, lists->start, lists->before_end);
    bool new = has_open(&lists->after, lists->start, lists->after_end);

    if (has_null(lists, &lists->before, lists->before_end) &&
        !has_null(lists, &lists->after, lists->after_end))
        return false;
    return (!old || new) && !(new && lists->after_end - lists->start == 1);
}

/* Lists have no order: new ones go to the end. */
static bool change_lists(struct lists *lists)
{
    if (lists->start == lists->after_end) {
        drop(lists, lists->start, lists->before_end);
        return lists->after.count > 0;
    }
    include_default(lists);
    if (lists->start == lists->before_end) {
        if (lists->before_end != lists->before.count)
            return false;
        add(lists, lists->start, lists->after_end);
        return lists->before.count > 0;
    }
    if (!server_reorganizes(lists))
        return false;
    reorganize(lists,
               values_leave(lists) && !has_open(&lists->after, lists->start, lists->after_end)
                   ? BIT(DELETE_ROWS)
                   : 0);
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
        lists->start <
            (lists->before.count < lists->after.count ? lists->before.count : lists->after.count))
        return false;
    if (new < old)
        add_statement(lists, BIT(BLOCK_WRITES),
                      arena_printf(arena, "COALESCE PARTITION %ld", old - new));
    else if (lists->after.count)
        add(lists, lists->start, lists->after.count);
    else
        add_statement(lists, 0, arena_printf(arena, "ADD PARTITION PARTITIONS %ld", new - old));
    return true;
}

static bool same_scheme(const struct object *before, const struct object *after)
{
    uint64_t changed = fields_changed(before, after);

    return as_table(before)->partition_strategy &&
           !fields_has(changed, field_table_partition_strategy) &&
           !fields_has(changed, field_table_partition_keys) &&
           !fields_has(changed, field_table_subpartitions);
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

/* All rows are looked at: it is an error where one has no place. */
static uint64_t whole_hazards(const struct lists *lists, const struct object *after)
{
    const char *strategy = as_table(after)->partition_strategy;

    if (!starts_with(strategy, "RANGE") && !starts_with(strategy, "LIST"))
        return 0;
    return has_open(&lists->after, 0, lists->after.count) ? 0 : BIT(MAY_FAIL);
}

struct my_partition_change my_partition_change(const struct step_sink *sink,
                                               const struct object *before,
                                               const struct object *after)
{
    struct lists lists = {
        .sink = sink, .before = partitions_of(sink, before), .after = partitions_of(sink, after)};

    if (!as_table(after)->partition_strategy) {
        if (as_table(before)->partition_strategy)
            lists.change.clause = "REMOVE PARTITIONING";
        return lists.change;
    }
    if (same_scheme(before, after) && change_in_steps(&lists, before, after))
        return lists.change;
    return (struct my_partition_change){.clause = my_partition_clause(sink, after),
                                        .clause_hazards = whole_hazards(&lists, after)};
}
