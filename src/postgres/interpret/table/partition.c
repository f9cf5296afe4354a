/* Partitioned tables: their keys, and the bounds of partitions as the server prints them. The
 * values of a bound are literals, which the server brings to the type of the key: so do we, for
 * the types by which tables are partitioned; others keep what the author wrote. */
#include "postgres/interpret/table/table.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buffer.h"
#include "postgres/canon/canon.h"
#include "postgres/sql/parse.h"
#include "postgres/types/types.h"

/* --- keys ------------------------------------------------------------------------------------- */

enum outcome partition_set_keys(struct interpreter *interpreter, struct object *table,
                                PartitionSpec *spec)
{
    struct table *fields = as_table(table);
    ListCell *cell;

    foreach (cell, spec->partParams) {
        PartitionElem *element = lfirst_node(PartitionElem, cell);
        IndexElem as_index_element = {.type = T_IndexElem,
                                      .name = element->name,
                                      .expr = element->expr,
                                      .collation = element->collation,
                                      .opclass = element->opclass};
        struct expression key;

        if (!index_key(interpreter, table, &as_index_element, &key))
            return interpret_failed(interpreter);
        expression_list_add(&fields->partition_keys, interpreter->arena, key);
    }
    switch (spec->strategy) {
    case PARTITION_STRATEGY_LIST:
        fields->partition_strategy = "LIST";
        break;
    case PARTITION_STRATEGY_RANGE:
        fields->partition_strategy = "RANGE";
        break;
    case PARTITION_STRATEGY_HASH:
        fields->partition_strategy = "HASH";
        break;
    }
    return OUTCOME_DONE;
}

/* The type of one key, with its modifier; NULL: not known. */
struct key_type {
    const struct pg_type *type;
    int32_t typmod;
};

static struct key_type type_of_expression(struct interpreter *interpreter,
                                          const struct object *table, const char *text)
{
    struct pg_universe *universe = interpret_universe(interpreter);
    struct pg_scope scope = {
        .relation = pg_universe_relation(universe, table_schema(table)->name, table->name),
        .index = true,
    };
    struct pg_analysis analysis;
    struct error ignored = {0};

    if (!pg_analyze_expression(universe, text, &scope, interpreter->arena, &analysis, &ignored))
        return (struct key_type){NULL, -1};
    return (struct key_type){analysis.type, analysis.typmod};
}

static struct key_type type_of_key(struct interpreter *interpreter, const struct object *table,
                                   const char *key)
{
    void *context = pg_parse_enter();
    struct key_type result = {NULL, -1};
    struct error ignored = {0};
    List *statements;

    if (pg_parse(arena_printf(interpreter->arena, "CREATE INDEX ON t (%s)", key), &statements,
                 &ignored) &&
        statements) {
        IndexStmt *statement = castNode(IndexStmt, linitial_node(RawStmt, statements)->stmt);
        IndexElem *element = linitial(statement->indexParams);

        if (element->name) {
            const struct object *column = table_column(table, element->name);

            if (column)
                result.type = pg_resolve_type(interpret_universe(interpreter),
                                              as_column(column)->type, &result.typmod, &ignored);
        } else {
            result = type_of_expression(interpreter, table,
                                        interpret_expression(interpreter, element->expr));
        }
    }
    pg_parse_leave(context);
    return result;
}

/* --- values ----------------------------------------------------------------------------------- */

struct moment {
    int year, month, day, hour, minute, second;
    char fraction[8]; /* digits without trailing zeros */
    int offset;       /* of the time zone, in minutes east */
};

/* Reads an unsigned number of at most that many digits. */
static bool read_number(const char **at, int digits, int *number)
{
    int count = 0;

    *number = 0;
    while (count < digits && isdigit((unsigned char)**at)) {
        *number = *number * 10 + (*(*at)++ - '0');
        count++;
    }
    return count > 0;
}

static bool read_date(const char **at, struct moment *moment)
{
    const char *start = *at;

    if (!read_number(at, 4, &moment->year) || *at - start != 4)
        return false;
    if (**at != '-') /* 20240131 */
        return read_number(at, 2, &moment->month) && read_number(at, 2, &moment->day);
    (*at)++;
    if (!read_number(at, 2, &moment->month) || *(*at)++ != '-')
        return false;
    return read_number(at, 2, &moment->day);
}

static void read_fraction(const char **at, struct moment *moment)
{
    size_t length = 0;

    while (isdigit((unsigned char)**at)) {
        if (length < 6)
            moment->fraction[length++] = **at;
        (*at)++;
    }
    while (length > 0 && moment->fraction[length - 1] == '0')
        length--;
    moment->fraction[length] = '\0';
}

static bool read_zone(const char **at, struct moment *moment)
{
    int sign = **at == '-' ? -1 : 1;
    int hours = 0;
    int minutes = 0;

    if (**at == 'Z' || **at == 'z') {
        (*at)++;
        return true;
    }
    if (strncasecmp(*at, "utc", 3) == 0 || strncasecmp(*at, "gmt", 3) == 0) {
        *at += 3;
        return true;
    }
    if (**at != '+' && **at != '-')
        return **at == '\0';
    (*at)++;
    if (!read_number(at, 2, &hours))
        return false;
    if (**at == ':')
        (*at)++;
    read_number(at, 2, &minutes);
    moment->offset = sign * (hours * 60 + minutes);
    return true;
}

/* An ISO date, with a time or not. */
static bool read_moment(const char *text, struct moment *moment)
{
    const char *at = text;

    *moment = (struct moment){0};
    while (*at == ' ')
        at++;
    if (!read_date(&at, moment))
        return false;
    while (*at == ' ' || (*at == 'T' && isdigit((unsigned char)at[1])))
        at++;
    if (isdigit((unsigned char)*at)) {
        if (!read_number(&at, 2, &moment->hour) || *at++ != ':' ||
            !read_number(&at, 2, &moment->minute))
            return false;
        if (*at == ':') {
            at++;
            if (!read_number(&at, 2, &moment->second))
                return false;
        }
        if (*at == '.') {
            at++;
            read_fraction(&at, moment);
        }
    }
    while (*at == ' ')
        at++;
    if (!read_zone(&at, moment))
        return false;
    while (*at == ' ')
        at++;
    return *at == '\0' && moment->month >= 1 && moment->month <= 12 && moment->day >= 1 &&
           moment->day <= 31;
}

static int days_in_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

    return month == 2 && leap ? 29 : days[month - 1];
}

static void next_day(struct moment *moment)
{
    if (++moment->day <= days_in_month(moment->year, moment->month))
        return;
    moment->day = 1;
    if (++moment->month > 12) {
        moment->month = 1;
        moment->year++;
    }
}

static void previous_day(struct moment *moment)
{
    if (--moment->day >= 1)
        return;
    if (--moment->month < 1) {
        moment->month = 12;
        moment->year--;
    }
    moment->day = days_in_month(moment->year, moment->month);
}

static void to_utc(struct moment *moment)
{
    int minutes = moment->hour * 60 + moment->minute - moment->offset;

    for (; minutes < 0; minutes += 24 * 60)
        previous_day(moment);
    for (; minutes >= 24 * 60; minutes -= 24 * 60)
        next_day(moment);
    moment->hour = minutes / 60;
    moment->minute = minutes % 60;
    moment->offset = 0;
}

static const char *moment_text(struct interpreter *interpreter, const char *type,
                               struct moment *moment)
{
    if (strcmp(type, "date") == 0)
        return arena_printf(interpreter->arena, "%04d-%02d-%02d", moment->year, moment->month,
                            moment->day);
    if (strcmp(type, "timestamptz") == 0)
        to_utc(moment);
    return arena_printf(interpreter->arena, "%04d-%02d-%02d %02d:%02d:%02d%s%s%s", moment->year,
                        moment->month, moment->day, moment->hour, moment->minute, moment->second,
                        moment->fraction[0] ? "." : "", moment->fraction,
                        strcmp(type, "timestamptz") == 0 ? "+00" : "");
}

/* Whole numbers without plus sign and leading zeros. */
static const char *integer_text(struct interpreter *interpreter, const char *text)
{
    char *end;
    long long number = strtoll(text, &end, 10);

    while (isspace((unsigned char)*end))
        end++;
    return *end ? text : arena_printf(interpreter->arena, "%lld", number);
}

/* A plain decimal number with as many digits behind the point as numeric(p, s) keeps. */
static const char *numeric_text(struct interpreter *interpreter, const char *text, int32_t typmod)
{
    const char *point = strchr(text, '.');
    size_t digits = point ? strlen(point + 1) : 0;
    size_t scale = typmod >= 4 ? (size_t)((typmod - 4) & 0x7ff) : 0;
    struct buffer padded = BUFFER_EMPTY;

    if (typmod < 4 || digits >= scale || strspn(text, "0123456789.-") != strlen(text))
        return text;
    buffer_append(&padded, text);
    if (!point)
        buffer_append_char(&padded, '.');
    for (; digits < scale; digits++)
        buffer_append_char(&padded, '0');
    return buffer_take(&padded, interpreter->arena);
}

static const char *boolean_text(const char *text)
{
    static const char *const yes[] = {"t", "true", "y", "yes", "on", "1"};

    for (size_t i = 0; i < sizeof(yes) / sizeof(*yes); i++)
        if (strcasecmp(yes[i], text) == 0)
            return "true";
    return "false";
}

/* Small letters, and hyphens in their places only. */
static const char *uuid_text(struct interpreter *interpreter, const char *text)
{
    struct buffer printed = BUFFER_EMPTY;
    size_t digits = 0;

    for (const char *at = text; *at; at++) {
        if (!isxdigit((unsigned char)*at))
            continue;
        if (digits == 8 || digits == 12 || digits == 16 || digits == 20)
            buffer_append_char(&printed, '-');
        buffer_append_char(&printed, (char)tolower((unsigned char)*at));
        digits++;
    }
    if (digits == 32)
        return buffer_take(&printed, interpreter->arena);
    buffer_free(&printed);
    return text;
}

static bool is_pg_catalog(const struct pg_type *type)
{
    return strcmp(type->schema, "pg_catalog") == 0;
}

/* The value as the type's output function prints it. */
static const char *as_type(struct interpreter *interpreter, const char *text, struct key_type key)
{
    struct moment moment;
    const char *name;

    while (key.type && key.type->type_class == PG_TYPE_DOMAIN)
        key = (struct key_type){key.type->base, key.type->base_typmod};
    if (!key.type || !is_pg_catalog(key.type))
        return text;
    name = key.type->name;
    if (strcmp(name, "date") == 0 || strcmp(name, "timestamp") == 0 ||
        strcmp(name, "timestamptz") == 0)
        return read_moment(text, &moment) ? moment_text(interpreter, name, &moment) : text;
    if (strcmp(name, "int2") == 0 || strcmp(name, "int4") == 0 || strcmp(name, "int8") == 0)
        return integer_text(interpreter, text);
    if (strcmp(name, "numeric") == 0)
        return numeric_text(interpreter, text, key.typmod);
    if (strcmp(name, "bool") == 0)
        return boolean_text(text);
    if (strcmp(name, "uuid") == 0)
        return uuid_text(interpreter, text);
    if (strcmp(name, "bpchar") == 0 && key.typmod > 4)
        return arena_printf(interpreter->arena, "%-*s", (int)key.typmod - 4, text);
    return text;
}

/* The text of a literal, perhaps with casts; NULL for anything else. */
static const char *literal(struct interpreter *interpreter, Node *node)
{
    if (IsA(node, A_Const) && !castNode(A_Const, node)->isnull) {
        Node *value = (Node *)&castNode(A_Const, node)->val;

        switch (nodeTag(value)) {
        case T_Integer:
            return arena_printf(interpreter->arena, "%d", intVal(value));
        case T_Float:
            return table_keep(interpreter, castNode(Float, value)->fval);
        case T_Boolean:
            return boolVal(value) ? "true" : "false";
        case T_String:
            return table_keep(interpreter, strVal(value));
        default:
            return NULL;
        }
    }
    if (IsA(node, TypeCast)) {
        const char *text = literal(interpreter, castNode(TypeCast, node)->arg);
        struct key_type type = {NULL, -1};

        if (text)
            type.type = interpret_resolve_type(interpreter, castNode(TypeCast, node)->typeName,
                                               &type.typmod);
        return type.type ? as_type(interpreter, text, type) : text;
    }
    return NULL;
}

/* In quotes; backslashes are plain characters there. */
static void append_quoted(struct buffer *text, const char *value)
{
    buffer_append_char(text, '\'');
    for (; *value; value++) {
        if (*value == '\'')
            buffer_append_char(text, '\'');
        buffer_append_char(text, *value);
    }
    buffer_append_char(text, '\'');
}

/* As pg_get_expr prints a constant without its type. */
static void append_constant(struct buffer *text, const char *value, const struct pg_type *type)
{
    const char *name;

    while (type && type->type_class == PG_TYPE_DOMAIN)
        type = type->base;
    name = type && is_pg_catalog(type) ? type->name : "";
    if ((strcmp(name, "int4") == 0 && value[0] != '-') || strcmp(name, "bool") == 0 ||
        (strcmp(name, "numeric") == 0 && isdigit((unsigned char)value[0]) && strpbrk(value, "eE.")))
        buffer_append(text, value);
    else
        append_quoted(text, value);
}

static bool is_bound_word(Node *node, const char *word)
{
    return IsA(node, ColumnRef) && list_length(castNode(ColumnRef, node)->fields) == 1 &&
           IsA(linitial(castNode(ColumnRef, node)->fields), String) &&
           strcmp(strVal(linitial(castNode(ColumnRef, node)->fields)), word) == 0;
}

static bool append_value(struct interpreter *interpreter, struct buffer *text, Node *node,
                         struct key_type key)
{
    const char *value = literal(interpreter, node);

    if (value)
        append_constant(text, as_type(interpreter, value, key), key.type);
    else if (is_bound_word(node, "minvalue"))
        buffer_append(text, "MINVALUE");
    else if (is_bound_word(node, "maxvalue"))
        buffer_append(text, "MAXVALUE");
    else if (IsA(node, A_Const))
        buffer_append(text, "NULL");
    else if (IsA(node, TypeCast) && IsA(castNode(TypeCast, node)->arg, A_Const))
        buffer_append(text, "NULL");
    else {
        const char *expression = interpret_expression(interpreter, node);

        if (!expression)
            return false;
        buffer_append(text, expression);
    }
    return true;
}

/* --- bounds ----------------------------------------------------------------------------------- */

/* "(value, ...)"; every value of a list bound has the type of the only key. */
static bool append_values(struct interpreter *interpreter, struct buffer *text, List *values,
                          const struct key_type *keys, size_t key_count, bool list)
{
    size_t start;
    size_t i = 0;
    ListCell *cell;

    buffer_append_char(text, '(');
    start = text->length;
    foreach (cell, values) {
        struct key_type key = {NULL, -1};

        if (key_count > 0)
            key = keys[list ? 0 : i < key_count ? i : key_count - 1];
        buffer_separate(text, start, ", ");
        if (!append_value(interpreter, text, lfirst(cell), key))
            return false;
        i++;
    }
    buffer_append_char(text, ')');
    return true;
}

const char *partition_bound(struct interpreter *interpreter, const struct object *parent,
                            PartitionBoundSpec *bound)
{
    const struct expression_list *expressions = &as_table(parent)->partition_keys;
    struct key_type *keys;
    struct buffer text = BUFFER_EMPTY;
    bool done = true;

    if (bound->is_default)
        return "DEFAULT";
    if (bound->strategy == PARTITION_STRATEGY_HASH)
        return arena_printf(interpreter->arena, "FOR VALUES WITH (modulus %d, remainder %d)",
                            bound->modulus, bound->remainder);
    keys = ARENA_ARRAY(interpreter->arena, struct key_type, expressions->count + 1);
    for (size_t i = 0; i < expressions->count; i++)
        keys[i] = type_of_key(interpreter, parent, expressions->items[i].written);
    if (bound->strategy == PARTITION_STRATEGY_LIST) {
        buffer_append(&text, "FOR VALUES IN ");
        done = append_values(interpreter, &text, bound->listdatums, keys, expressions->count, true);
    } else {
        buffer_append(&text, "FOR VALUES FROM ");
        done =
            append_values(interpreter, &text, bound->lowerdatums, keys, expressions->count, false);
        buffer_append(&text, " TO ");
        done = done && append_values(interpreter, &text, bound->upperdatums, keys,
                                     expressions->count, false);
    }
    if (!done)
        buffer_free(&text);
    return done ? buffer_take(&text, interpreter->arena) : NULL;
}

enum outcome partition_attach(struct interpreter *interpreter, struct object *partition,
                              struct object *parent, PartitionBoundSpec *bound, int location)
{
    const char *text = partition_bound(interpreter, parent, bound);
    struct object *attachment;

    if (!text)
        return interpret_failed(interpreter);
    attachment = interpret_add_implied(interpreter, KIND_ATTACHMENT, partition, "", NULL, location);
    if (!attachment)
        return OUTCOME_FAILED;
    as_attachment(attachment)->table = parent;
    as_attachment(attachment)->bound = text;
    table_add_child(interpreter, parent, partition);
    return OUTCOME_DONE;
}
