/* Partitioning: how a table is cut, its listed partitions, and what ALTER TABLE does to them. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/buffer.h"
#include "model/identity.h"
#include "mysql/canon/canon.h"
#include "mysql/interpret/internal.h"
#include "mysql/sql/quote.h"

/* --- keys ------------------------------------------------------------------------------------- */

static enum outcome column_keys(struct my_interpreter *interpreter, const struct object *table,
                                const struct my_partitioning *by, struct text_list *names)
{
    for (size_t i = 0; i < by->columns.count; i++) {
        const struct object *column =
            my_column(interpreter, table, by->columns.items[i], by->offset);

        if (!column)
            return interpreter->outcome;
        text_list_add(names, interpreter->arena, my_quote_name(interpreter->arena, column->name));
    }
    return OUTCOME_DONE;
}

static enum outcome set_keys(struct my_interpreter *interpreter, struct object *table,
                             const struct my_partitioning *by)
{
    struct text_list names = {0};
    struct expression_list keys = {0};

    if (column_keys(interpreter, table, by, &names) != OUTCOME_DONE)
        return interpreter->outcome;
    for (size_t i = 0; i < names.count; i++)
        expression_list_add(&keys, interpreter->arena,
                            (struct expression){.written = names.items[i]});
    if (by->expression)
        expression_list_add(
            &keys, interpreter->arena,
            (struct expression){.written = my_written(interpreter, by->expression)});
    as_table(table)->partition_keys = keys;
    return OUTCOME_DONE;
}

/* The number without quotes and leading zeros, and what stands behind it; the text where it begins with none. */
static const char *with_plain_number(struct my_interpreter *interpreter, const char *text)
{
    bool quoted = *text == '\'';
    size_t length = strspn(text + quoted, "0123456789");
    long number = strtol(text + quoted, NULL, 10);

    if (!length || length > 9 || (quoted && text[1 + length] != '\''))
        return text;
    return arena_printf(interpreter->arena, "%ld%s", number, text + length + 2 * quoted);
}

/* Weeks are days, quarters months. */
static const char *with_plain_unit(struct my_interpreter *interpreter, const char *text)
{
    static const struct {
        const char *unit;
        int times;
        const char *plain;
    } units[] = {{" WEEK", 7, " DAY"}, {" QUARTER", 3, " MONTH"}};

    for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++) {
        char *end;
        long number = strtol(text, &end, 10);

        if (end != text && strncmp(end, units[i].unit, strlen(units[i].unit)) == 0)
            return arena_printf(interpreter->arena, "%ld%s%s", number * units[i].times,
                                units[i].plain, end + strlen(units[i].unit));
    }
    return text;
}

/* When the partitions of history change, as the server prints it. */
static const char *rotation_text(struct my_interpreter *interpreter, const char *written)
{
    static const char starts[] = " STARTS '";
    size_t word = strcspn(written, " ");
    const char *rest;
    const char *found;

    if (!written[word]) /* AUTO */
        return written;
    word++;
    rest = with_plain_unit(interpreter, with_plain_number(interpreter, written + word));
    found = strstr(rest, starts);
    if (!found)
        return arena_printf(interpreter->arena, "%.*s%s", (int)word, written, rest);
    return arena_printf(interpreter->arena, "%.*s%.*s STARTS TIMESTAMP'%s", (int)word, written,
                        (int)(found - rest), rest, found + strlen(starts));
}

/* Algorithm 2 is the one that is not said. */
static const char *method_text(struct my_interpreter *interpreter, const struct my_partitioning *by)
{
    if (by->interval)
        return arena_printf(interpreter->arena, "%s %s", by->method,
                            rotation_text(interpreter, by->interval));
    if (by->algorithm && strcmp(by->algorithm, "2") != 0)
        return arena_printf(interpreter->arena, "%s ALGORITHM = %s", by->method, by->algorithm);
    return by->method;
}

static size_t listed_subpartitions(const struct my_partitioning *by)
{
    const struct my_partition *first = by->partitions.count ? by->partitions.items[0] : NULL;

    return first ? first->subpartitions.count : 0;
}

static enum outcome set_subpartitioning(struct my_interpreter *interpreter, struct object *table,
                                        const struct my_partitioning *by)
{
    const struct my_partitioning *sub = by->sub;
    struct arena *arena = interpreter->arena;
    struct text_list names = {0};
    size_t count;

    if (!sub)
        return OUTCOME_DONE;
    if (column_keys(interpreter, table, sub, &names) != OUTCOME_DONE)
        return interpreter->outcome;
    if (sub->expression)
        text_list_add(&names, arena,
                      my_canon_expression(arena, interpreter->flavor, sub->expression));
    count = sub->count ? strtoul(sub->count, NULL, 10) : listed_subpartitions(by);
    as_table(table)->subpartitions =
        arena_printf(arena, "%s (%s) SUBPARTITIONS %zu", method_text(interpreter, sub),
                     text_list_join(&names, arena, ","), count ? count : 1);
    return OUTCOME_DONE;
}

/* --- partitions ------------------------------------------------------------------------------- */

static const char *bound_value(struct my_interpreter *interpreter, const struct my_node *value)
{
    struct buffer text = BUFFER_EMPTY;

    if (value->kind == MY_OTHER)
        return value->text;
    if (value->kind != MY_ROW)
        return my_canon_constant(interpreter->arena, interpreter->flavor, value);
    for (size_t i = 0; i < value->children.count; i++)
        buffer_printf(&text, "%s%s", i ? "," : "(",
                      bound_value(interpreter, value->children.items[i]));
    buffer_append_char(&text, ')');
    return buffer_take(&text, interpreter->arena);
}

static bool is_maximum(const struct my_partition *partition)
{
    const struct my_node *value = partition->values.count == 1 ? partition->values.items[0] : NULL;

    return partition->maximum ||
           (value && value->kind == MY_OTHER && strcasecmp(value->text, "MAXVALUE") == 0);
}

/* LIST by an expression keeps NULL apart, and names it first. */
static void add_values(struct my_interpreter *interpreter, const struct my_partition *partition,
                       bool null_first, struct buffer *text)
{
    size_t start = text->length;

    for (int pass = null_first ? 0 : 1; pass < 2; pass++)
        for (size_t i = 0; i < partition->values.count; i++) {
            const struct my_node *value = partition->values.items[i];

            if (null_first && (value->kind == MY_NULL) != (pass == 0))
                continue;
            buffer_append(text, text->length > start ? "," : "(");
            buffer_append(text, bound_value(interpreter, value));
        }
    buffer_append_char(text, ')');
}

static const char *bound_of(struct my_interpreter *interpreter, const struct object *table,
                            const struct my_partition *partition)
{
    bool columns = strstr(as_table(table)->partition_strategy, "COLUMNS") != NULL;
    struct buffer text = BUFFER_EMPTY;

    if (!partition->kind || (!partition->values.count && !partition->maximum))
        return partition->kind;
    if (is_maximum(partition))
        return columns ? "LESS THAN (MAXVALUE)" : "LESS THAN MAXVALUE";
    buffer_printf(&text, "%s ", partition->kind);
    add_values(interpreter, partition, !columns, &text);
    return buffer_take(&text, interpreter->arena);
}

static void set_partition_option(struct my_interpreter *interpreter, struct object *partition,
                                 const struct my_option *option)
{
    const struct table *table = as_table(partition->parent);
    struct text_list *options = &as_partition(partition)->options;
    const char *value = option->value;

    if (strcmp(option->name, "COMMENT") == 0) {
        my_set_comment(interpreter, partition, value, 1024);
        return;
    }
    if (strcmp(option->name, "ENGINE") == 0) {
        value = my_engine(interpreter->arena, value);
        if (strcmp(value, table->access_method) == 0)
            return;
    }
    if (value && strcmp(value, "0") != 0)
        my_option_set(interpreter->arena, options, my_option_name(interpreter->arena, option->name),
                      value);
}

static struct object *add_partition(struct my_interpreter *interpreter, struct object *table,
                                    const struct my_partition *declared, int64_t position)
{
    struct object *partition =
        my_add(interpreter, KIND_PARTITION, table, declared->name, declared->offset);
    struct pointer_list options;

    if (!partition)
        return NULL;
    as_partition(partition)->position = position;
    as_partition(partition)->bound = bound_of(interpreter, table, declared);
    options = my_partition_options(interpreter->arena, declared);
    for (size_t i = 0; i < options.count; i++)
        set_partition_option(interpreter, partition, options.items[i]);
    my_set_subpartitions(interpreter, partition, declared);
    return partition;
}

static int64_t partition_count(const struct object *table)
{
    int64_t count = 0;

    for (const struct object *child = table->first_child; child; child = child->next_sibling)
        count += child->kind == KIND_PARTITION;
    return count;
}

/* --- the whole -------------------------------------------------------------------------------- */

void my_remove_partitioning(struct my_interpreter *interpreter, struct object *table)
{
    struct table *fields = as_table(table);

    for (struct object *child = table->first_child; child;) {
        struct object *next = child->next_sibling;

        if (child->kind == KIND_PARTITION)
            model_remove(interpreter->model, child);
        child = next;
    }
    fields->partition_strategy = NULL;
    fields->partition_keys = (struct expression_list){0};
    fields->partition_count = 0;
    fields->subpartitions = NULL;
}

/* Without a list there are as many as said, or as the method has at least. */
static int64_t count_of(const struct my_partitioning *by)
{
    if (by->count)
        return strtol(by->count, NULL, 10);
    return strcmp(by->method, "SYSTEM_TIME") == 0 ? 2 : 1;
}

enum outcome my_set_partitioning(struct my_interpreter *interpreter, struct object *table,
                                 const struct my_partitioning *by)
{
    my_remove_partitioning(interpreter, table);
    as_table(table)->partition_strategy = method_text(interpreter, by);
    if (set_keys(interpreter, table, by) != OUTCOME_DONE ||
        set_subpartitioning(interpreter, table, by) != OUTCOME_DONE)
        return interpreter->outcome;
    if (!by->partitions.count)
        as_table(table)->partition_count = count_of(by);
    for (size_t i = 0; i < by->partitions.count; i++)
        if (!add_partition(interpreter, table, by->partitions.items[i], (int64_t)i + 1))
            return interpreter->outcome;
    return OUTCOME_DONE;
}

/* --- changes ---------------------------------------------------------------------------------- */

static void shift(struct object *table, int64_t from, int64_t by)
{
    for (struct object *child = table->first_child; child; child = child->next_sibling)
        if (child->kind == KIND_PARTITION && as_partition(child)->position >= from)
            as_partition(child)->position += by;
}

static enum outcome add_named(struct my_interpreter *interpreter, struct object *table,
                              const struct pointer_list *partitions, int64_t position)
{
    shift(table, position, (int64_t)partitions->count);
    for (size_t i = 0; i < partitions->count; i++)
        if (!add_partition(interpreter, table, partitions->items[i], position + (int64_t)i))
            return interpreter->outcome;
    return OUTCOME_DONE;
}

/* p4, p5, ... behind those that are listed. */
static enum outcome add_counted(struct my_interpreter *interpreter, struct object *table,
                                int64_t count)
{
    int64_t have = partition_count(table);

    for (int64_t i = have; i < have + count; i++) {
        struct my_partition declared = {.name =
                                            arena_printf(interpreter->arena, "p%lld", (long long)i),
                                        .offset = interpreter->statement->offset};

        if (!add_partition(interpreter, table, &declared, i + 1))
            return interpreter->outcome;
    }
    return OUTCOME_DONE;
}

/* The partition for what is not history stays the last one. */
static bool has_current(const struct object *table)
{
    for (const struct object *child = object_next_child(table, KIND_PARTITION, NULL); child;
         child = object_next_child(table, KIND_PARTITION, child))
        if (as_partition(child)->bound && strcmp(as_partition(child)->bound, "CURRENT") == 0)
            return true;
    return false;
}

static enum outcome add_partitions(struct my_interpreter *interpreter, struct object *table,
                                   const struct my_change *change)
{
    const struct my_partitioning *added = change->partitioning;
    struct table *fields = as_table(table);

    if (!added->partitions.count) {
        int64_t count = added->count ? strtol(added->count, NULL, 10) : 1;

        if (!fields->partition_count)
            return add_counted(interpreter, table, count);
        fields->partition_count += count;
        return OUTCOME_DONE;
    }
    if (fields->partition_count) {
        int64_t count = fields->partition_count;

        fields->partition_count = 0;
        if (add_counted(interpreter, table, count) != OUTCOME_DONE)
            return interpreter->outcome;
    }
    return add_named(interpreter, table, &added->partitions,
                     partition_count(table) + (has_current(table) ? 0 : 1));
}

static struct object *find_partition(struct my_interpreter *interpreter, const struct object *table,
                                     const char *name, size_t offset)
{
    struct object *partition = my_child(table, KIND_PARTITION, name);

    if (!partition)
        my_missing(interpreter, offset, "%s has no partition %s",
                   identity_print(interpreter->arena, table), name);
    return partition;
}

/* Takes the named ones out; *first is the place of the first of them. */
static enum outcome drop_named(struct my_interpreter *interpreter, struct object *table,
                               const struct my_change *change, int64_t *first)
{
    *first = INT64_MAX;
    for (size_t i = 0; i < change->names.count; i++)
        if (!find_partition(interpreter, table, change->names.items[i], change->offset)) {
            if (change->if_exists)
                continue;
            return interpreter->outcome;
        }
    for (size_t i = 0; i < change->names.count; i++) {
        struct object *partition = my_child(table, KIND_PARTITION, change->names.items[i]);
        int64_t position;

        if (!partition)
            continue;
        position = as_partition(partition)->position;
        if (position < *first)
            *first = position;
        model_remove(interpreter->model, partition);
        shift(table, position, -1);
    }
    return OUTCOME_DONE;
}

static enum outcome coalesce(struct my_interpreter *interpreter, struct object *table,
                             const struct my_change *change)
{
    struct table *fields = as_table(table);
    int64_t fewer = change->value ? strtol(change->value, NULL, 10) : 0;
    int64_t have = partition_count(table);

    if (fields->partition_count) {
        fields->partition_count -= fewer;
        return OUTCOME_DONE;
    }
    for (struct object *child = table->first_child; child;) {
        struct object *next = child->next_sibling;

        if (child->kind == KIND_PARTITION && as_partition(child)->position > have - fewer)
            model_remove(interpreter->model, child);
        child = next;
    }
    return OUTCOME_DONE;
}

enum outcome my_interpret_partition_change(struct my_interpreter *interpreter, struct object *table,
                                           const struct my_change *change)
{
    int64_t first;

    if (!as_table(table)->partition_strategy)
        return my_missing(interpreter, change->offset, "%s is not partitioned",
                          identity_print(interpreter->arena, table));
    switch (change->kind) {
    case MY_ADD_PARTITION:
        return add_partitions(interpreter, table, change);
    case MY_DROP_PARTITION:
        return drop_named(interpreter, table, change, &first);
    case MY_COALESCE_PARTITION:
        return coalesce(interpreter, table, change);
    default:
        if (!change->names.count)
            return OUTCOME_DONE;
        if (drop_named(interpreter, table, change, &first) != OUTCOME_DONE)
            return interpreter->outcome;
        return add_named(interpreter, table, &change->partitioning->partitions, first);
    }
}
