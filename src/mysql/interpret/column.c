/* Columns as declared: type, collation, nullability, default, and what else the server keeps of them; and
 * their order in the table. */
#include <string.h>
#include <strings.h>

#include "core/buffer.h"
#include "core/text/letter_case.h"
#include "mysql/interpret/internal.h"
#include "mysql/types/literal.h"
#include "mysql/sql/quote.h"

/* --- types ------------------------------------------------------------------------------------ */

static struct my_type_context type_context(struct my_interpreter *interpreter,
                                           const struct object *table)
{
    return (struct my_type_context){.model = interpreter->model,
                                    .collation = as_table(table)->collation,
                                    .strict = my_is_strict(interpreter),
                                    .real_as_float =
                                        interpreter->statement->sql_mode & MY_MODE_REAL_AS_FLOAT};
}

bool my_stored_type_of(struct my_interpreter *interpreter, const struct object *column,
                       struct my_stored_type *stored)
{
    struct my_type_context context = type_context(interpreter, column->parent);
    struct my_type *type = my_parse_type(interpreter->arena, interpreter->flavor,
                                         as_column(column)->type, interpreter->error);

    if (!type)
        return false;
    type->collation = as_column(column)->collation;
    return my_type_store(interpreter->arena, &context, type, stored, interpreter->error);
}

/* --- NOT NULL and defaults -------------------------------------------------------------------- */

void my_set_not_null(struct my_interpreter *interpreter, struct object *column)
{
    struct object *value = object_child(column, KIND_DEFAULT, "");

    if (!object_child(column, KIND_NOT_NULL, ""))
        my_add_implied(interpreter, KIND_NOT_NULL, column, "");
    if (value && !as_default_value(value)->expression.written)
        model_remove(interpreter->model, value);
    my_option_set(interpreter->arena, &as_column(column)->options, "no_default", NULL);
}

static void store_default(struct my_interpreter *interpreter, struct object *column,
                          const char *written)
{
    struct object *value = object_child(column, KIND_DEFAULT, "");

    if (!written) {
        if (value)
            model_remove(interpreter->model, value);
        return;
    }
    if (!value)
        value = my_add_implied(interpreter, KIND_DEFAULT, column, "");
    as_default_value(value)->expression = (struct expression){.written = written};
}

/* True when the text is one expression in parentheses already. */
static bool has_parentheses(const char *text)
{
    int depth = 0;
    char quote = 0;

    if (*text != '(')
        return false;
    for (const char *at = text; *at; at++) {
        if (quote) {
            if (*at == '\\' && quote != '`' && at[1])
                at++;
            else if (*at == quote)
                quote = 0;
        } else if (strchr("'\"`", *at)) {
            quote = *at;
        } else if (*at == '(') {
            depth++;
        } else if (*at == ')' && --depth == 0) {
            return at[1] == '\0';
        }
    }
    return false;
}

const char *my_in_parentheses(struct arena *arena, const char *text)
{
    return has_parentheses(text) ? text : arena_printf(arena, "(%s)", text);
}

/* Types whose literals MySQL takes as no default: an empty string is dropped where it is not strict. */
static bool takes_no_literal(const struct my_interpreter *interpreter,
                             const struct my_stored_type *stored)
{
    return interpreter->flavor.vendor == MY_MYSQL &&
           (stored->class == MY_TYPE_TEXT || stored->class == MY_TYPE_BLOB ||
            stored->class == MY_TYPE_JSON || stored->class == MY_TYPE_GEOMETRY ||
            stored->class == MY_TYPE_VECTOR);
}

static enum outcome set_literal(struct my_interpreter *interpreter, struct object *column,
                                const struct my_stored_type *stored, const struct my_node *node,
                                size_t offset)
{
    const char *written;

    if (takes_no_literal(interpreter, stored)) {
        if (node->kind == MY_STRING && node->text_length == 0 && !my_is_strict(interpreter))
            return OUTCOME_DONE;
        my_fail(interpreter, offset, "a column of type %s cannot have a literal as its default",
                stored->text);
        error_hint(interpreter->error, "Write DEFAULT (expression).");
        return OUTCOME_FAILED;
    }
    written = my_literal_default(interpreter->arena, interpreter->flavor, stored, node,
                                 interpreter->error);
    if (!written)
        return my_failed_at(interpreter, offset);
    store_default(interpreter, column, written);
    return OUTCOME_DONE;
}

/* The current time has as many digits as the column. */
static const char *current_time(struct my_interpreter *interpreter,
                                const struct my_stored_type *stored, const struct my_node *node)
{
    const char *now = my_current_timestamp(interpreter->arena, node);

    if (!now || (stored->class != MY_TYPE_DATETIME && stored->class != MY_TYPE_TIMESTAMP))
        return now;
    return stored->length > 0
               ? arena_printf(interpreter->arena, "CURRENT_TIMESTAMP(%ld)", stored->length)
               : "CURRENT_TIMESTAMP";
}

enum outcome my_set_default(struct my_interpreter *interpreter, struct object *column,
                            const struct my_stored_type *stored, const struct my_node *node,
                            size_t offset)
{
    bool expression = node->flags & MY_PARENTHESIZED && interpreter->flavor.vendor == MY_MYSQL;
    const char *now = current_time(interpreter, stored, node);

    if (node->kind == MY_NULL && !expression) {
        store_default(interpreter, column, NULL);
        if (object_child(column, KIND_NOT_NULL, ""))
            return my_fail(interpreter, offset, "column %s is NOT NULL and has the default NULL",
                           column->name);
        return OUTCOME_DONE;
    }
    if (now && !expression) {
        store_default(interpreter, column, now);
        return OUTCOME_DONE;
    }
    if (!expression && my_is_constant(node))
        return set_literal(interpreter, column, stored, node, offset);
    store_default(interpreter, column,
                  my_in_parentheses(interpreter->arena, my_written(interpreter, node)));
    return OUTCOME_DONE;
}

/* --- TIMESTAMP without explicit_defaults_for_timestamp ------------------------------------------ */

static bool has_explicit_timestamps(struct my_interpreter *interpreter)
{
    const char *fallback = my_can(interpreter->flavor, MY_CAN_EXPLICIT_TIMESTAMPS) ? "1" : "0";
    const char *value = my_session_value(interpreter, MY_EXPLICIT_TIMESTAMPS,
                                         "explicit_defaults_for_timestamp", fallback);

    return interpreter->from_server || strcmp(value, "1") == 0 || strcasecmp(value, "ON") == 0;
}

static bool is_first_timestamp(const struct object *column)
{
    for (const struct object *other = column->parent->first_child; other != column;
         other = other->next_sibling)
        if (other->kind == KIND_COLUMN && my_type_is(as_column(other)->type, "timestamp"))
            return false;
    return true;
}

/* The first one is set to now, others to zero, unless they may be null. */
static void set_timestamp(struct my_interpreter *interpreter, struct object *column,
                          const struct my_column *declared, const struct my_stored_type *stored)
{
    struct arena *arena = interpreter->arena;
    const char *digits = stored->length > 0 ? arena_printf(arena, "(%ld)", stored->length) : "";

    if (declared->nullable == MY_NULL_YES || declared->generation)
        return;
    my_set_not_null(interpreter, column);
    if (declared->default_value || declared->on_update)
        return;
    if (is_first_timestamp(column)) {
        as_column(column)->on_update = arena_printf(arena, "CURRENT_TIMESTAMP%s", digits);
        store_default(interpreter, column, as_column(column)->on_update);
    } else {
        store_default(
            interpreter, column,
            my_quote_text(arena, my_print_datetime(arena, "0000-00-00 00:00:00", stored->length)));
    }
}

/* --- one column ------------------------------------------------------------------------------- */

/* COLUMN_FORMAT and STORAGE have words as their values, which the server writes in upper case. */
static const char *option_value(struct arena *arena, const struct my_option *option)
{
    if (strcmp(option->name, "COLUMN_FORMAT") == 0 || strcmp(option->name, "STORAGE") == 0)
        return text_upper(arena, option->value);
    return option->value;
}

static void set_options(struct my_interpreter *interpreter, struct object *column,
                        const struct my_column *declared)
{
    struct arena *arena = interpreter->arena;
    struct text_list *options = &as_column(column)->options;

    if (declared->type.compressed)
        my_option_set(arena, options, "compressed", "1");
    for (size_t i = 0; i < declared->options.count; i++) {
        const struct my_option *option = declared->options.items[i];

        if (strcmp(option->name, "SYSTEM VERSIONING") == 0) {
            if (strcmp(option->value, "0") == 0)
                my_option_set(arena, options, "without_system_versioning", "1");
        } else if (strcmp(option->name, "REF_SYSTEM_ID") == 0) {
            if (option->value && strcmp(option->value, "0") != 0) /* MariaDB's word for SRID */
                my_option_set(arena, options, "srid", option->value);
        } else if (option->value && (option->quoted || strcasecmp(option->value, "DEFAULT") != 0)) {
            my_option_set(arena, options, my_option_name(arena, option->name),
                          option_value(arena, option));
        }
    }
}

static void set_generation(struct my_interpreter *interpreter, struct object *column,
                           const struct my_column *declared)
{
    struct column *fields = as_column(column);

    if (declared->generation) {
        fields->generated = declared->generated && strcasecmp(declared->generated, "STORED") == 0
                                ? "stored"
                                : "virtual";
        fields->generation.written = my_written(interpreter, declared->generation);
    } else if (declared->row_period) {
        fields->generated =
            strcasecmp(declared->row_period, "START") == 0 ? "row start" : "row end";
    }
}

/* json of MariaDB: a check that is not written. */
static void add_json_check(struct my_interpreter *interpreter, struct object *column)
{
    struct object *check = my_add_implied(interpreter, KIND_CHECK, column, "");

    as_check_constraint(check)->expression.written = arena_printf(
        interpreter->arena, "json_valid(%s)", my_quote_name(interpreter->arena, column->name));
}

/* MySQL: a column that may be null and for which the server prints no default has none at all. */
static bool has_no_default(const struct my_interpreter *interpreter,
                           const struct my_column *declared, const struct my_stored_type *stored)
{
    return interpreter->from_server && my_can(interpreter->flavor, MY_CAN_NO_DEFAULT_STATE) &&
           !declared->default_value && !declared->generation && !declared->auto_increment &&
           declared->nullable != MY_NULL_NO && !takes_no_literal(interpreter, stored);
}

void my_set_no_default(struct my_interpreter *interpreter, struct object *column)
{
    struct my_stored_type stored;

    if (my_can(interpreter->flavor, MY_CAN_NO_DEFAULT_STATE) &&
        !object_child(column, KIND_NOT_NULL, "") &&
        my_stored_type_of(interpreter, column, &stored) && !takes_no_literal(interpreter, &stored))
        my_option_set(interpreter->arena, &as_column(column)->options, "no_default", "1");
}

static void forget(struct my_interpreter *interpreter, struct object *column)
{
    while (column->first_child)
        model_remove(interpreter->model, column->first_child);
    *as_column(column) = (struct column){.object = *column};
}

static bool is_not_null(const struct my_column *declared, const struct my_stored_type *stored)
{
    return declared->nullable == MY_NULL_NO || declared->auto_increment || stored->serial ||
           declared->primary;
}

static enum outcome fill(struct my_interpreter *interpreter, struct object *column,
                         const struct my_column *declared, const struct my_stored_type *stored)
{
    struct column *fields = as_column(column);

    fields->type = stored->text;
    fields->collation = stored->collation;
    fields->statistics = 0;
    fields->auto_increment = declared->auto_increment || stored->serial;
    fields->invisible = declared->visible == MY_INVISIBLE;
    set_options(interpreter, column, declared);
    set_generation(interpreter, column, declared);
    if (declared->primary && declared->nullable == MY_NULL_YES &&
        interpreter->flavor.vendor == MY_MYSQL)
        return my_fail(interpreter, declared->offset, "the primary key's column %s may be NULL",
                       declared->name);
    if (is_not_null(declared, stored))
        my_set_not_null(interpreter, column);
    if (has_no_default(interpreter, declared, stored))
        my_option_set(interpreter->arena, &fields->options, "no_default", "1");
    if (declared->on_update)
        fields->on_update = current_time(interpreter, stored, declared->on_update);
    if (stored->class == MY_TYPE_TIMESTAMP && !has_explicit_timestamps(interpreter))
        set_timestamp(interpreter, column, declared, stored);
    my_set_comment(interpreter, column, declared->comment, 1024);
    if (stored->json_check && !declared->checks.count)
        add_json_check(interpreter, column);
    if (declared->default_value)
        return my_set_default(interpreter, column, stored, declared->default_value,
                              declared->default_value->offset);
    return OUTCOME_DONE;
}

struct object *my_declare_column(struct my_interpreter *interpreter, struct object *table,
                                 struct object *column, const struct my_column *declared)
{
    struct my_type_context context = type_context(interpreter, table);
    struct my_stored_type stored;

    if (!my_type_store(interpreter->arena, &context, &declared->type, &stored,
                       interpreter->error)) {
        my_failed_at(interpreter, declared->type.offset);
        return NULL;
    }
    if (declared->auto_increment && stored.class != MY_TYPE_INTEGER &&
        stored.class != MY_TYPE_FLOAT) {
        my_fail(interpreter, declared->offset, "column %s of type %s cannot count up by itself",
                declared->name, stored.text);
        return NULL;
    }
    if (column)
        forget(interpreter, column);
    else
        column = my_add(interpreter, KIND_COLUMN, table, declared->name, declared->offset);
    if (!column || fill(interpreter, column, declared, &stored) != OUTCOME_DONE)
        return NULL;
    return column;
}

/* --- order ------------------------------------------------------------------------------------ */

void my_place_column(struct my_interpreter *interpreter, struct object *table, const char *name,
                     const char *place, const char *after)
{
    struct text_list *order = &as_table(table)->column_order;
    struct text_list changed = {0};
    bool placed = false;

    if (place && strcasecmp(place, "FIRST") == 0) {
        text_list_add(&changed, interpreter->arena, name);
        placed = true;
    }
    if (!place) {
        text_list_add(order, interpreter->arena, name);
        return;
    }
    for (size_t i = 0; i < order->count; i++) {
        text_list_add(&changed, interpreter->arena, order->items[i]);
        if (!placed && after && strcasecmp(order->items[i], after) == 0) {
            text_list_add(&changed, interpreter->arena, name);
            placed = true;
        }
    }
    if (!placed)
        text_list_add(&changed, interpreter->arena, name);
    *order = changed;
}

void my_unplace_column(struct my_interpreter *interpreter, struct object *table, const char *name)
{
    my_list_replace(interpreter->arena, &as_table(table)->column_order, name, NULL);
}

void my_number_columns(struct object *table)
{
    const struct text_list *order = &as_table(table)->column_order;
    size_t next = 0;

    /* Mostly the children stand in the order of the list. */
    for (struct object *child = table->first_child; child; child = child->next_sibling) {
        if (child->kind != KIND_COLUMN)
            continue;
        if (next >= order->count || strcasecmp(order->items[next], child->name) != 0)
            for (next = 0; next < order->count; next++)
                if (strcasecmp(order->items[next], child->name) == 0)
                    break;
        as_column(child)->position = (int64_t)++next;
    }
}
