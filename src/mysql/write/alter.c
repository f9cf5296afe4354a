/* Alterations of tables: whatever happens to a table and its parts by as few ALTER TABLE statements as the server
 * permits. What it refuses together goes into statements before and after the main one. */
#include "mysql/write/alter.h"

#include <stdarg.h>
#include <string.h>
#include <strings.h>

#include "model/fields.h"
#include "mysql/write/rules.h"

void my_alteration_clause(struct my_alteration *alteration, enum my_algorithm algorithm,
                          const char *format, ...)
{
    struct arena *arena = alteration->sink->arena;
    va_list arguments;

    va_start(arguments, format);
    text_list_add(&alteration->clauses, arena, arena_vprintf(arena, format, arguments));
    va_end(arguments);
    alteration->algorithm = my_algorithm_together(alteration->algorithm, algorithm);
}

void my_alteration_hazard(struct my_alteration *alteration, enum hazard hazard)
{
    alteration->hazards |= UINT64_C(1) << hazard;
}

/* --- what happens to which column ------------------------------------------------------------------- */

static struct my_column_change *find_column(struct my_alteration *alteration, const char *name)
{
    struct my_column_change *column;

    for (size_t i = 0; i < alteration->column_count; i++)
        if (strcasecmp(alteration->columns[i].name, name) == 0)
            return &alteration->columns[i];
    column = &alteration->columns[alteration->column_count++];
    column->name = name;
    column->before = object_child(alteration->before, KIND_COLUMN, name);
    column->after = object_child(alteration->after, KIND_COLUMN, name);
    return column;
}

static void note_action(struct my_alteration *alteration, const struct joined_action *action)
{
    const struct object *object = action->after ? action->after : action->before;
    const struct object *owner = object_ancestor(object, KIND_COLUMN);
    struct my_column_change *column;

    if (!owner)
        return;
    column = find_column(alteration, owner->name);
    column->touched = true;
    if (object->kind != KIND_COLUMN)
        return;
    column->made = column->made || action->action == ACTION_CREATE;
    column->dropped = column->dropped || action->action == ACTION_DROP;
}

/* True when the column is in the table as soon as the clauses before its own are done. */
static bool is_present(const struct my_alteration *alteration, const char *name)
{
    for (size_t i = 0; i < alteration->column_count; i++)
        if (strcasecmp(alteration->columns[i].name, name) == 0 && alteration->columns[i].made)
            return true;
    return object_child(alteration->before, KIND_COLUMN, name) != NULL;
}

/* The nearest column before this one that is there; "" when there is none. */
static const char *place_of(const struct my_alteration *alteration, const char *name)
{
    const struct text_list *order = &as_table(alteration->after)->column_order;
    const char *place = "";

    for (size_t i = 0; i < order->count && strcasecmp(order->items[i], name) != 0; i++)
        if (is_present(alteration, order->items[i]))
            place = order->items[i];
    return place;
}

static bool order_changes(const struct my_alteration *alteration)
{
    return fields_has(fields_changed(alteration->before, alteration->after),
                      field_table_column_order);
}

/* Places count where the order is part of what changes: it is not compared when the author says so. Columns
 * that other statements make have to wait for these. */
static void note_moves(struct my_alteration *alteration)
{
    bool all = fields_has(alteration->changed, field_table_column_order);
    struct my_move *moves;
    size_t count;

    if (alteration->is_new || !order_changes(alteration))
        return;
    count = my_column_moves(alteration->sink->arena, alteration->before, alteration->after, &moves);
    for (size_t i = 0; i < count; i++) {
        struct my_column_change *column = find_column(alteration, moves[i].column->name);

        column->moved = all && moves[i].moved;
        if ((column->moved || column->made) && moves[i].after)
            column->place = place_of(alteration, column->name);
    }
}

/* A column that is dropped and made anew goes back to its place. */
static void note_remade(struct my_alteration *alteration)
{
    const struct text_list *order = &as_table(alteration->after)->column_order;

    for (size_t i = 0; i < order->count; i++) {
        struct my_column_change *column = find_column(alteration, order->items[i]);

        if (column->made && column->dropped && !column->place && i + 1 < order->count)
            column->place = i ? order->items[i - 1] : "";
    }
}

static void collect_columns(struct my_alteration *alteration)
{
    size_t room = alteration->count + as_table(alteration->after)->column_order.count +
                  as_table(alteration->before)->column_order.count;

    for (const struct object *child = alteration->after->first_child; child;
         child = child->next_sibling)
        room++;
    alteration->columns = ARENA_ARRAY(alteration->sink->arena, struct my_column_change, room + 1);
    for (size_t i = 0; i < alteration->count; i++)
        note_action(alteration, &alteration->actions[i]);
    note_moves(alteration);
    note_remade(alteration);
}

/* --- statements ------------------------------------------------------------------------------------ */

static const char *join_clauses(const struct step_sink *sink, const struct text_list *clauses)
{
    return clauses->count == 1 ? arena_printf(sink->arena, " %s", clauses->items[0])
                               : arena_printf(sink->arena, "\n    %s",
                                              text_list_join(clauses, sink->arena, ",\n    "));
}

static enum step_lock lock_of(enum my_algorithm algorithm)
{
    switch (algorithm) {
    case MY_INSTANT:
    case MY_INSTANT_OR_REBUILD:
    case MY_INPLACE:
    case MY_OPTION:
    case MY_COMPARED_ANEW:
    case MY_REBUILD:
        return LOCK_SHARE_UPDATE_EXCLUSIVE;
    default:
        return LOCK_SHARE;
    }
}

/* What it costs that the server does it so. */
static uint64_t algorithm_hazards(enum my_algorithm algorithm)
{
    uint64_t rewrite = UINT64_C(1) << HAZARD_REWRITE_TABLE;
    uint64_t block = UINT64_C(1) << HAZARD_BLOCK_WRITES;

    switch (algorithm) {
    case MY_REBUILD:
        return rewrite;
    case MY_SHARED:
        return block;
    case MY_SHARED_REBUILD:
    case MY_COPY:
    case MY_UNSURE:
        return rewrite | block;
    default:
        return 0;
    }
}

static void note_hazards(const struct step_sink *sink, struct step *step, uint64_t hazards)
{
    for (int i = 0; i < HAZARD_COUNT; i++)
        if (hazards >> i & 1)
            write_hazard(sink, step, (enum hazard)i);
}

/* One statement. */
static struct step *write_one(struct my_alteration *alteration, const struct text_list *clauses,
                              enum my_algorithm algorithm, uint64_t hazards,
                              const char *partitioning, bool checks_rows)
{
    struct step_sink *sink = alteration->sink;
    struct buffer sql = BUFFER_EMPTY;
    struct step *step;

    algorithm = my_settled_algorithm(sink, alteration->before, alteration->after, algorithm);
    algorithm = my_tried_algorithm(sink, alteration->before, alteration->after, clauses, algorithm);
    buffer_printf(&sql, "ALTER TABLE %s", my_write_path(sink, alteration->after));
    if (clauses->count)
        buffer_append(&sql, join_clauses(sink, clauses));
    if (!alteration->is_new && !partitioning)
        buffer_append(&sql, checks_rows ? ", ALGORITHM=COPY" : my_algorithm_clause(algorithm));
    if (partitioning)
        buffer_printf(&sql, "\n%s", partitioning);
    step = my_write_buffer(sink, lock_of(algorithm), &sql);
    hazards |= algorithm_hazards(algorithm);
    if (!alteration->is_new && !partitioning &&
        algorithm != MY_INSTANT) /* what is instant needs no tool */
        step->alter_clauses = text_list_join(clauses, sink->arena, ", ");
    step->rewrites = !alteration->is_new && hazards >> HAZARD_REWRITE_TABLE & 1;
    note_hazards(sink, step, hazards);
    return step;
}

struct step *my_alteration_write(struct my_alteration *alteration, const struct text_list *clauses,
                                 enum my_algorithm algorithm, uint64_t hazards,
                                 const char *partitioning)
{
    bool checks_rows = alteration->checks_rows && clauses == &alteration->clauses;
    struct text_list rest = *clauses;
    struct step *step = NULL;

    while (rest.count || partitioning) {
        struct text_list first = rest;

        first.count =
            my_joined_count(alteration->sink, alteration->before, alteration->after, &rest);
        rest.items += first.count;
        rest.count -= first.count;
        step = write_one(alteration, &first, algorithm, hazards, rest.count ? NULL : partitioning,
                         checks_rows);
        if (!rest.count)
            partitioning = NULL;
    }
    return step;
}

static void write_period_away(struct my_alteration *alteration)
{
    const struct text_list none = {0};

    if (alteration->unpartitions)
        my_alteration_write(alteration, &none, MY_COPY, 0, "REMOVE PARTITIONING");
    my_alteration_write(alteration, &alteration->away, MY_UNSURE,
                        UINT64_C(1) << HAZARD_DROP_HISTORY, NULL);
}

static void write_versioning(struct my_alteration *alteration)
{
    struct text_list clause = {0};

    if (!alteration->versions_first)
        return;
    text_list_add(&clause, alteration->sink->arena, "ADD SYSTEM VERSIONING");
    my_alteration_write(alteration, &clause, MY_UNSURE, 0, NULL);
}

/* Columns that are computed at each reading come and go at once only where nothing else is done. */
static bool mixes_virtual(const struct my_alteration *alteration)
{
    for (size_t i = 0; i < alteration->column_count; i++) {
        const struct my_column_change *column = &alteration->columns[i];

        if ((column->made && my_is_virtual(column->after)) ||
            (column->dropped && my_is_virtual(column->before)))
            return alteration->clauses.count > 1;
    }
    return false;
}

/* That a nullable column is to have no default at all is said once it has its definition. */
static void write_missing_defaults(struct my_alteration *alteration)
{
    struct text_list clauses = {0};

    for (size_t i = 0; i < alteration->column_count; i++) {
        const struct my_column_change *column = &alteration->columns[i];

        if (column->after && my_lacks_default(column->after) && !column->is_settled &&
            (column->made || column->touched || column->moved))
            text_list_add(&clauses, alteration->sink->arena,
                          arena_printf(alteration->sink->arena, "ALTER COLUMN %s DROP DEFAULT",
                                       my_write_name(alteration->sink, column->name)));
    }
    my_alteration_write(alteration, &clauses, MY_INSTANT, 0, NULL);
}

static void write_rest(struct my_alteration *alteration)
{
    const struct my_partition_change *partitions = &alteration->partitions;

    write_missing_defaults(alteration);
    my_alteration_write(alteration, &alteration->defaults, MY_INSTANT, 0, NULL);
    for (size_t i = 0; i < alteration->fulltext.count; i++) {
        struct text_list clause = {0};

        text_list_add(&clause, alteration->sink->arena, alteration->fulltext.items[i]);
        my_alteration_write(alteration, &clause, MY_SHARED, 0, NULL);
    }
    my_foreign_keys_rest(alteration);
    for (size_t i = 0; i < partitions->count; i++)
        note_hazards(alteration->sink,
                     my_write_statement(alteration->sink, LOCK_SHARE, "ALTER TABLE %s %s",
                                        my_write_path(alteration->sink, alteration->after),
                                        partitions->statements[i].text),
                     partitions->statements[i].hazards);
}

static bool changes_partitions(const struct my_alteration *alteration)
{
    static const int fields[] = {field_table_partition_strategy, field_table_partition_keys,
                                 field_table_partition_count, field_table_subpartitions};

    for (size_t i = 0; i < sizeof(fields) / sizeof(*fields); i++)
        if (fields_has(alteration->changed, fields[i]))
            return true;
    for (size_t i = 0; i < alteration->count; i++) {
        const struct object *object = alteration->actions[i].after ? alteration->actions[i].after
                                                                   : alteration->actions[i].before;

        if (object_ancestor(object, KIND_PARTITION))
            return true;
    }
    return false;
}

void my_write_alter(struct step_sink *sink, const struct object *before, const struct object *after,
                    uint64_t changed, const struct joined_action *actions, size_t count)
{
    struct my_alteration alteration = {.sink = sink,
                                       .before = before,
                                       .after = after,
                                       .changed = changed,
                                       .is_new = sink->table_is_new || before == after,
                                       .actions = actions,
                                       .count = count,
                                       .algorithm = MY_INSTANT};

    collect_columns(&alteration);
    if (changes_partitions(&alteration))
        alteration.partitions = my_partition_change(sink, before, after);
    my_alter_period_away(&alteration);
    my_alter_keys_away(&alteration);
    my_alter_columns_away(&alteration);
    my_alter_columns(&alteration);
    my_alter_keys(&alteration);
    my_alter_options(&alteration);
    my_alter_period(&alteration);
    write_period_away(&alteration);
    write_versioning(&alteration);
    my_foreign_keys_away(&alteration);
    if (mixes_virtual(&alteration))
        alteration.algorithm = my_algorithm_together(alteration.algorithm, MY_UNSURE);
    my_alter_early(&alteration);
    my_foreign_keys_main(&alteration);
    write_rest(&alteration);
}

/* --- parts that stand alone -------------------------------------------------------------------------- */

/* The action on its own, as a change of its table. */
static void alter_alone(struct step_sink *sink, enum step_action action,
                        const struct object *before, const struct object *after, uint64_t changed)
{
    struct joined_action joined = {action, before, after, changed};
    const struct object *table = my_table_of(after ? after : before);
    const struct object *old = table ? write_present(sink, table) : NULL;
    const struct object *new = table ? write_wanted(sink, table) : NULL;

    if (!table)
        return;
    if (!old)
        old = new ? new : table;
    if (!new)
        new = old;
    my_write_alter(sink, old, new, 0, &joined, 1);
}

static void create_part(struct step_sink *sink, const struct object *object,
                        const struct pointer_list *folded)
{
    (void)folded;
    alter_alone(sink, ACTION_CREATE, NULL, object, 0);
}

static void drop_part(struct step_sink *sink, const struct object *object)
{
    alter_alone(sink, ACTION_DROP, object, NULL, 0);
}

static void alter_part(struct step_sink *sink, const struct object *before,
                       const struct object *after, uint64_t changed,
                       const struct joined_action *actions, size_t count)
{
    (void)actions;
    (void)count;
    alter_alone(sink, ACTION_ALTER, before, after, changed);
}

const struct writer my_part_writer = {
    .create = create_part,
    .drop = drop_part,
    .alter_joined = alter_part,
    .rename = my_rename_part,
};

/* --- comments and definers that stand alone ------------------------------------------------------------- */

static void alter_marked(struct step_sink *sink, enum step_action action,
                         const struct object *before, const struct object *after)
{
    struct joined_action joined = {action, before, after, 0};
    const struct object *mark = after ? after : before;
    const struct object *target = my_joins(mark, action);
    const struct object *old = target ? write_present(sink, target) : NULL;
    const struct object *new = target ? write_wanted(sink, target) : NULL;

    if (target && (old || new))
        my_alter_joined(sink, old ? old : new, new ? new : old, 0, &joined, 1);
}

static void create_mark(struct step_sink *sink, const struct object *object,
                        const struct pointer_list *folded)
{
    (void)folded;
    alter_marked(sink, ACTION_CREATE, NULL, object);
}

static void drop_mark(struct step_sink *sink, const struct object *object)
{
    alter_marked(sink, ACTION_DROP, object, NULL);
}

static void alter_mark(struct step_sink *sink, const struct object *before,
                       const struct object *after, uint64_t changed,
                       const struct joined_action *actions, size_t count)
{
    (void)changed;
    (void)actions;
    (void)count;
    alter_marked(sink, ACTION_ALTER, before, after);
}

const struct writer my_mark_writer = {
    .create = create_mark,
    .drop = drop_mark,
    .alter_joined = alter_mark,
};
