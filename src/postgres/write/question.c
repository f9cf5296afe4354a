/* What is asked of the rows before a plan begins: queries that find those by which a step would fail. They see the database
 * as it is before the plan. So whatever the plan changes besides (a renamed table, a column of another type, a
 * partition that goes) makes a question that cannot be asked: the step then says that it may fail, as before. A
 * query that the server cannot answer, since something in it comes with the plan only, does no harm either. */
#include "postgres/write/write.h"

#include <string.h>

#include "model/fields.h"
#include "postgres/types/type_text.h"

/* --- what stays as it is --------------------------------------------------------------------------- */

static bool is_renamed(const struct object *object)
{
    for (; object; object = object->parent)
        if (object->former_name || object->former_schema)
            return true;
    return false;
}

/* What the database has under this object's name now; NULL where it is new, or has another name before or after. */
static const struct object *present(const struct step_sink *sink, const struct object *object)
{
    const struct object *before = object ? write_present(sink, object) : NULL;

    return before && !before->removed && !is_renamed(object) && !is_renamed(before) ? before : NULL;
}

static bool is_same_attachment(const struct object *a, const struct object *b)
{
    return b && a->kind == KIND_ATTACHMENT && !fields_changed(a, b);
}

/* True when partitions come or go, of whatever table: their rows do so too. */
static bool partitions_change(const struct model *model, const struct step_sink *sink, bool is_from)
{
    for (size_t i = model_first_of(model, KIND_ATTACHMENT); i < model->count; i++) {
        const struct object *object = model->objects[i];

        if (object->kind == KIND_ATTACHMENT &&
            !is_same_attachment(object,
                                is_from ? write_wanted(sink, object) : write_present(sink, object)))
            return true;
    }
    return false;
}

static bool is_partitioned(const struct object *table)
{
    return as_table(table)->partition_strategy != NULL;
}

/* The table as it is now, where its rows are the same when the step comes; else NULL. */
static const struct object *asked_table(const struct step_sink *sink, const struct object *table)
{
    const struct object *before;

    if (!sink->from || !sink->to || !table || table->kind != KIND_TABLE)
        return NULL;
    before = present(sink, table);
    if (!before || before->kind != KIND_TABLE || as_table(before)->server)
        return NULL;
    if (!is_partitioned(before) != !is_partitioned(table) ||
        (is_partitioned(before) &&
         (partitions_change(sink->from, sink, true) || partitions_change(sink->to, sink, false))))
        return NULL;
    return before;
}

/* The column as it is now, where its values are the same when the step comes, but for their type; else NULL. */
static const struct object *asked_column(const struct step_sink *sink, const struct object *column)
{
    const struct object *before = present(sink, column);

    return before && as_column(before)->type && !as_column(before)->generated &&
                   !as_column(column)->generated
               ? before
               : NULL;
}

/* The same, and they compare as they will. */
static bool compares_alike(const struct step_sink *sink, const struct object *column)
{
    const struct object *before = asked_column(sink, column);

    return before && text_equal(as_column(before)->type, as_column(column)->type) &&
           text_equal(as_column(before)->collation, as_column(column)->collation);
}

/* True when all that an expression of the object speaks of is as it was. */
static bool needs_stay(const struct step_sink *sink, const struct object *object)
{
    for (size_t i = 0; i < object->needs.count; i++) {
        const struct object *need = object->needs.items[i];
        const struct object *before;

        if (need->kind == KIND_COLUMN ? !compares_alike(sink, need)
                                      : need->kind != KIND_TABLE && need->kind != KIND_SCHEMA) {
            before = need->kind == KIND_COLUMN ? NULL : present(sink, need);
            if (!before || fields_changed(before, need))
                return false;
        }
    }
    return true;
}

/* --- queries --------------------------------------------------------------------------------------- */

/* ONLY where rows of tables that inherit do not count. */
static const char *rows_of(const struct step_sink *sink, const struct object *table)
{
    return arena_printf(sink->arena, "%s%s", is_partitioned(table) ? "" : "ONLY ",
                        write_path(sink, table));
}

/* "'id=' || t.id::text", of the primary key that the table has now. */
static const char *key_of(const struct step_sink *sink, const struct object *table,
                          const char *alias)
{
    const struct object *child = table->first_child;
    struct buffer text = BUFFER_EMPTY;

    while (child && child->kind != KIND_PRIMARY_KEY)
        child = child->next_sibling;
    if (!child)
        return "NULL::text";
    for (size_t i = 0; i < as_primary_key(child)->columns.count; i++) {
        const char *name = as_primary_key(child)->columns.items[i];

        buffer_printf(&text, "%s%s || %s.%s::text", i ? " || " : "",
                      write_literal(sink, arena_printf(sink->arena, "%s%s=", i ? ", " : "", name)),
                      alias, write_name(sink, name));
    }
    return buffer_take(&text, sink->arena);
}

/* The rows of a table, called r, that meet a condition (NULL: all). */
static void ask_where(const struct step_sink *sink, struct step *step, const struct object *object,
                      const struct object *table, const char *condition, const char *found)
{
    step_ask(
        sink, step, object,
        arena_printf(sink->arena,
                     "SELECT count(*), min(k COLLATE \"C\") FROM (SELECT %s AS k FROM %s AS r%s%s "
                     "LIMIT %d) AS found",
                     key_of(sink, table, "r"), rows_of(sink, table), condition ? " WHERE " : "",
                     condition ? condition : "", ROW_QUESTION_CAP),
        found);
}

/* --- NULLs, and rows at all ------------------------------------------------------------------------ */

void write_ask_for_nulls(const struct step_sink *sink, struct step *step,
                         const struct object *not_null)
{
    const struct object *column = asked_column(sink, not_null->parent);
    const struct object *table = column ? asked_table(sink, not_null->parent->parent) : NULL;

    if (!table || sink->table_is_new)
        return;
    ask_where(sink, step, not_null, table,
              arena_printf(sink->arena, "num_nulls(r.%s) = 1", write_name(sink, column->name)),
              arena_printf(sink->arena, "rows of table %s have NULL in column %s", table->name,
                           column->name));
}

void write_ask_for_rows(const struct step_sink *sink, struct step *step,
                        const struct object *column)
{
    const struct object *table = asked_table(sink, column->parent);

    if (!table || sink->table_is_new)
        return;
    ask_where(sink, step, column, table, NULL,
              arena_printf(sink->arena, "rows of table %s would have no value in column %s",
                           table->name, column->name));
}

/* --- duplicates ------------------------------------------------------------------------------------ */

/* The key of an index without the words for its order. */
static const char *without_order(const struct step_sink *sink, const char *key)
{
    static const char *const words[] = {" NULLS FIRST", " NULLS LAST", " DESC", " ASC"};
    const char *text = key;

    for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
        size_t length = strlen(text);
        size_t word = strlen(words[i]);

        if (length > word && strcmp(text + length - word, words[i]) == 0)
            text = arena_printf(sink->arena, "%.*s", (int)(length - word), text);
    }
    return text;
}

/* What is to be unique, as expressions. */
static bool unique_values(const struct step_sink *sink, const struct object *key,
                          struct text_list *values)
{
    const struct text_list *columns = NULL;

    if (key->kind == KIND_INDEX) {
        for (size_t i = 0; i < as_index(key)->keys.count; i++)
            text_list_add(values, sink->arena,
                          without_order(sink, write_expression(&as_index(key)->keys.items[i])));
        return needs_stay(sink, key);
    }
    columns = key->kind == KIND_PRIMARY_KEY ? &as_primary_key(key)->columns
                                            : &as_unique_constraint(key)->columns;
    for (size_t i = 0; i < columns->count; i++) {
        const struct object *column = object_child(key->parent, KIND_COLUMN, columns->items[i]);

        if (!column || !compares_alike(sink, column))
            return false;
        text_list_add(values, sink->arena, write_name(sink, column->name));
    }
    return key->kind == KIND_PRIMARY_KEY ? !as_primary_key(key)->without_overlaps
                                         : !as_unique_constraint(key)->without_overlaps;
}

static bool nulls_are_alike(const struct object *key)
{
    return key->kind == KIND_INDEX    ? as_index(key)->nulls_not_distinct
           : key->kind == KIND_UNIQUE ? as_unique_constraint(key)->nulls_not_distinct
                                      : false;
}

/* Each value once more than it may be. The values are those of a subquery, where a number is no place in a list. */
static const char *duplicates_query(const struct step_sink *sink, const struct object *key,
                                    const struct object *table, const struct text_list *values)
{
    const char *predicate =
        key->kind == KIND_INDEX ? write_expression(&as_index(key)->predicate) : NULL;
    struct buffer inner = BUFFER_EMPTY;
    struct buffer list = BUFFER_EMPTY;
    const char *names;

    for (size_t i = 0; i < values->count; i++) {
        buffer_printf(&inner, "%s AS v%zu, ", values->items[i], i);
        buffer_printf(&list, "%sv%zu", i ? ", " : "", i);
    }
    names = buffer_take(&list, sink->arena);
    return arena_printf(
        sink->arena,
        "SELECT coalesce(sum(n), 0), min(k COLLATE \"C\") FROM (SELECT count(*) AS n, "
        "min(k COLLATE \"C\") AS k FROM (SELECT %s%s AS k FROM %s AS r%s%s) AS every%s%s%s "
        "GROUP BY %s HAVING count(*) > 1 LIMIT %d) AS found",
        buffer_take(&inner, sink->arena), key_of(sink, table, "r"), rows_of(sink, table),
        predicate ? " WHERE " : "", predicate ? predicate : "",
        nulls_are_alike(key) ? "" : " WHERE num_nulls(", nulls_are_alike(key) ? "" : names,
        nulls_are_alike(key) ? "" : ") = 0", names, ROW_QUESTION_CAP);
}

void write_ask_for_duplicates(const struct step_sink *sink, struct step *step,
                              const struct object *key)
{
    const struct object *table = asked_table(sink, key->parent);
    struct text_list values = {0};

    if (!table || sink->table_is_new || !unique_values(sink, key, &values))
        return;
    step_ask(sink, step, key, duplicates_query(sink, key, table, &values),
             arena_printf(sink->arena, "rows of table %s share their values of (%s)", table->name,
                          text_list_join(&values, sink->arena, ", ")));
}

/* --- checks ---------------------------------------------------------------------------------------- */

/* A condition on each column of that domain, which calls the value so as the domain does. */
static void ask_columns_of(const struct step_sink *sink, struct step *step,
                           const struct object *object, const struct object *domain,
                           const char *condition, const char *what)
{
    const char *type = write_path(sink, domain);

    for (size_t i = model_first_of(sink->from, KIND_COLUMN); sink->from && i < sink->from->count;
         i++) {
        const struct object *column = sink->from->objects[i];
        const struct object *wanted;
        const struct object *table;

        if (column->kind != KIND_COLUMN || !text_equal(as_column(column)->type, type))
            continue;
        wanted = write_wanted(sink, column);
        table = wanted && compares_alike(sink, wanted) ? asked_table(sink, wanted->parent) : NULL;
        if (!table)
            continue;
        ask_where(sink, step, object, table,
                  arena_printf(sink->arena,
                               "EXISTS (SELECT 1 FROM (SELECT r.%s AS value) AS v WHERE %s)",
                               write_name(sink, column->name), condition),
                  arena_printf(sink->arena, "rows of table %s %s in column %s", table->name, what,
                               column->name));
    }
}

void write_ask_domain_for_nulls(const struct step_sink *sink, struct step *step,
                                const struct object *domain)
{
    if (present(sink, domain))
        ask_columns_of(sink, step, domain, domain, "num_nulls(value) = 1", "have NULL");
}

void write_ask_for_violations(const struct step_sink *sink, struct step *step,
                              const struct object *check)
{
    bool of_domain = check->kind == KIND_DOMAIN_CHECK;
    const char *expression = write_expression(of_domain ? &as_domain_check(check)->expression
                                                        : &as_check_constraint(check)->expression);
    const struct object *table = of_domain ? NULL : asked_table(sink, check->parent);
    const char *broken = expression ? arena_printf(sink->arena, "(%s) IS FALSE", expression) : NULL;

    if (!broken || !needs_stay(sink, check))
        return;
    if (of_domain && present(sink, check->parent))
        ask_columns_of(sink, step, check, check->parent, broken,
                       arena_printf(sink->arena, "do not fit check %s", check->name));
    if (table && !sink->table_is_new)
        ask_where(sink, step, check, table, broken,
                  arena_printf(sink->arena, "rows of table %s do not fit check %s", table->name,
                               check->name));
}

/* --- foreign keys ---------------------------------------------------------------------------------- */

/* Which operator "=" is depends on nothing but the types: not so with those of extensions. */
static bool are_comparable(const struct step_sink *sink, const struct object *a,
                           const struct object *b)
{
    struct type_text x = type_text_below(sink->arena, sink->to, as_column(a)->type);
    struct type_text y = type_text_below(sink->arena, sink->to, as_column(b)->type);

    return !x.array && !y.array && write_types_comparable(sink->arena, x.base, y.base) &&
           ((!strchr(x.base, '.') && !strchr(y.base, '.')) ||
            (x.object && x.object->kind == KIND_ENUM));
}

/* "child.a" and "parent.b = child.a AND ..." */
static bool foreign_values(const struct step_sink *sink, const struct object *object,
                           struct text_list *values, struct buffer *met)
{
    const struct foreign_key *key = as_foreign_key(object);

    for (size_t i = 0; i < key->columns.count; i++) {
        const struct object *own = object_child(object->parent, KIND_COLUMN, key->columns.items[i]);
        const struct object *other =
            object_child(key->table, KIND_COLUMN, key->referenced_columns.items[i]);
        const char *value;

        if (!own || !other || !compares_alike(sink, own) || !compares_alike(sink, other) ||
            !are_comparable(sink, own, other))
            return false;
        value = arena_printf(sink->arena, "r.%s", write_name(sink, own->name));
        text_list_add(values, sink->arena, value);
        buffer_printf(met, "%sparent.%s = %s", i ? " AND " : "", write_name(sink, other->name),
                      value);
    }
    return true;
}

void write_ask_for_orphans(const struct step_sink *sink, struct step *step,
                           const struct object *object)
{
    const struct foreign_key *key = as_foreign_key(object);
    const struct object *table = asked_table(sink, object->parent);
    const struct object *parent = asked_table(sink, key->table);
    struct text_list values = {0};
    struct buffer met = BUFFER_EMPTY;
    const char *names;

    if (!table || !parent || sink->table_is_new || key->period ||
        key->columns.count != key->referenced_columns.count ||
        !foreign_values(sink, object, &values, &met)) {
        buffer_free(&met);
        return;
    }
    names = text_list_join(&values, sink->arena, ", ");
    ask_where(
        sink, step, object, table,
        arena_printf(sink->arena,
                     "%s(num_nulls(%s) = 0 AND NOT EXISTS (SELECT 1 FROM %s AS parent WHERE %s))",
                     key->match ? arena_printf(sink->arena, "num_nulls(%s) BETWEEN 1 AND %zu OR ",
                                               names, values.count - 1)
                                : "",
                     names, rows_of(sink, parent), buffer_take(&met, sink->arena)),
        arena_printf(sink->arena, "rows of table %s have no parent in table %s", table->name,
                     parent->name));
}

/* --- types ----------------------------------------------------------------------------------------- */

/* Of an assignment to a whole number, or to a text of a limited length; NULL: not known here. */
static const char *misfit(const struct step_sink *sink, const struct type_text *from,
                          const struct type_text *to, const char *value)
{
    static const char *const whole[] = {"smallint", "integer", "bigint"};
    static const char *const ranges[] = {"-32768 AND 32767", "-2147483648 AND 2147483647"};
    static const char *const texts[] = {"text", "character varying", "character", NULL};
    size_t old = 0;

    for (; old < 3 && strcmp(from->base, whole[old]) != 0; old++)
        ;
    for (size_t i = 0; old < 3 && i < old; i++)
        if (strcmp(to->base, whole[i]) == 0)
            return arena_printf(sink->arena, "%s NOT BETWEEN %s", value, ranges[i]);
    if (text_is_among(from->base, texts) && text_is_among(to->base, texts) && to->first > 0)
        return arena_printf(sink->arena, "length(rtrim(%s::text, ' ')) > %ld", value, to->first);
    if (strcmp(from->base, "numeric") == 0 && strcmp(to->base, "numeric") == 0 && to->first > 0 &&
        to->second >= 0)
        return arena_printf(sink->arena,
                            "%s::text NOT IN ('NaN') AND abs(round(%s, %ld)) >= 10::numeric ^ %ld",
                            value, value, to->second, to->first - to->second);
    return NULL;
}

void write_ask_for_misfits(const struct step_sink *sink, struct step *step,
                           const struct object *column)
{
    const struct object *before = asked_column(sink, column);
    const struct object *table = before ? asked_table(sink, column->parent) : NULL;
    const char *name = write_name(sink, column->name);
    const char *condition;
    struct type_text from;
    struct type_text to;

    if (!table || sink->table_is_new)
        return;
    from = type_text_below(sink->arena, sink->from, as_column(before)->type);
    to = type_text_below(sink->arena, sink->to, as_column(column)->type);
    condition = from.array || to.array
                    ? NULL
                    : misfit(sink, &from, &to, arena_printf(sink->arena, "r.%s", name));
    if (condition)
        ask_where(sink, step, column, table, condition,
                  arena_printf(sink->arena, "rows of table %s do not fit type %s in column %s",
                               table->name, as_column(column)->type, column->name));
}
