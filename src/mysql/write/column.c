/* The definition of a column: all of its attributes in the order that both servers take. */
#include "mysql/write/write.h"

#include <string.h>
#include <strings.h>

#include "mysql/facts/charset.h"

/* What the table gives to a column that says nothing. */
static const char *inherited_collation(const struct object *column)
{
    const struct object *table = my_table_of(column);

    return table ? as_table(table)->collation : NULL;
}

static void append_type(const struct step_sink *sink, struct buffer *sql,
                        const struct column *column)
{
    const char *collation = column->collation;

    buffer_printf(sql, " %s", column->type);
    if (my_option(&column->options, "compressed"))
        buffer_append(sql, " COMPRESSED");
    if (collation && !text_equal(collation, inherited_collation(&column->object)))
        buffer_printf(sql, " %s", my_write_collation(sink, collation));
}

static bool is_period_column(const struct column *column)
{
    return column->generated && strncmp(column->generated, "row", 3) == 0;
}

static void append_generation(const struct step_sink *sink, struct buffer *sql,
                              const struct column *column)
{
    if (!column->generated)
        return;
    if (is_period_column(column))
        buffer_printf(sql, " GENERATED ALWAYS AS %s",
                      strcmp(column->generated, "row start") == 0 ? "ROW START" : "ROW END");
    else
        buffer_printf(sql, " GENERATED ALWAYS AS %s %s",
                      my_write_parenthesized(sink, write_expression(&column->generation)),
                      strcmp(column->generated, "stored") == 0 ? "STORED" : "VIRTUAL");
}

/* A TIMESTAMP that does not say NULL may become NOT NULL by itself. */
static void append_null(const struct step_sink *sink, struct buffer *sql,
                        const struct column *column)
{
    bool not_null = object_child(&column->object, KIND_NOT_NULL, "") != NULL;

    if (is_period_column(column) ||
        (column->generated && my_write_flavor(sink).vendor == MY_MARIADB))
        return;
    if (not_null)
        buffer_append(sql, " NOT NULL");
    else if (!column->generated && strncasecmp(column->type, "timestamp", 9) == 0)
        buffer_append(sql, " NULL");
}

static void append_default(struct buffer *sql, const struct column *column, bool bare)
{
    const struct object *value = object_child(&column->object, KIND_DEFAULT, "");

    if (value && !column->generated && !bare)
        buffer_printf(sql, " DEFAULT %s", write_expression(&as_default_value(value)->expression));
    if (column->on_update)
        buffer_printf(sql, " ON UPDATE %s", column->on_update);
}

static void append_options(const struct step_sink *sink, struct buffer *sql,
                           const struct column *column)
{
    static const struct {
        const char *name;
        const char *text;
    } known[] = {
        {"column_format", "COLUMN_FORMAT %s"},
        {"storage", "STORAGE %s"},
        {"engine_attribute", "ENGINE_ATTRIBUTE %s"},
        {"secondary_engine_attribute", "SECONDARY_ENGINE_ATTRIBUTE %s"},
    };
    const char *value;

    for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++) {
        value = my_option(&column->options, known[i].name);
        if (!value)
            continue;
        if (strstr(known[i].name, "attribute"))
            value = my_write_text(sink, value);
        buffer_printf(sql, " %.*s%s", (int)(strlen(known[i].text) - 2), known[i].text, value);
    }
    if (my_option(&column->options, "without_system_versioning"))
        buffer_append(sql, " WITHOUT SYSTEM VERSIONING");
    if (my_option(&column->options, "with_system_versioning"))
        buffer_append(sql, " WITH SYSTEM VERSIONING");
}

/* MariaDB takes it for a part of the type, right behind that. */
static void append_reference_system(const struct step_sink *sink, struct buffer *sql,
                                    const struct column *column)
{
    const char *value = my_option(&column->options, "srid");
    bool mariadb = my_write_flavor(sink).vendor == MY_MARIADB;

    if (value)
        buffer_printf(sql, mariadb ? " REF_SYSTEM_ID=%s" : " SRID %s", value);
}

static const char *clause(const struct step_sink *sink, const struct object *object, bool bare)
{
    const struct column *column = as_column(object);
    const struct object *check = object_child(object, KIND_CHECK, "");
    struct buffer sql = BUFFER_EMPTY;

    buffer_append(&sql, my_write_name(sink, object->name));
    append_type(sink, &sql, column);
    append_reference_system(sink, &sql, column);
    append_generation(sink, &sql, column);
    append_null(sink, &sql, column);
    append_default(&sql, column, bare);
    if (column->auto_increment)
        buffer_append(&sql, " AUTO_INCREMENT");
    if (column->invisible)
        buffer_append(&sql, " INVISIBLE");
    append_options(sink, &sql, column);
    buffer_append(&sql, my_write_comment(sink, object, " "));
    if (check)
        buffer_printf(&sql, " CHECK %s",
                      my_write_parenthesized(
                          sink, write_expression(&as_check_constraint(check)->expression)));
    return buffer_take(&sql, sink->arena);
}

const char *my_column_clause(const struct step_sink *sink, const struct object *column)
{
    return clause(sink, column, false);
}

const char *my_column_clause_bare(const struct step_sink *sink, const struct object *column)
{
    return clause(sink, column, true);
}

/* True where the text calls the function: "uuid(" in it, in any case. */
static bool calls(const char *text, const char *function)
{
    for (; *text; text++)
        if (strncasecmp(text, function, strlen(function)) == 0)
            return true;
    return false;
}

bool my_default_is_unsafe(const struct object *column)
{
    static const char *const functions[] = {
        "uuid(",         "uuid_short(",  "rand(",          "sysdate(", "user(",    "current_user(",
        "session_user(", "system_user(", "connection_id(", "version(", "database("};
    const struct object *value = object_child(column, KIND_DEFAULT, "");
    const char *text = value ? write_expression(&as_default_value(value)->expression) : NULL;

    for (size_t i = 0; text && *text == '(' && i < sizeof(functions) / sizeof(*functions); i++)
        if (calls(text, functions[i]))
            return true;
    return false;
}

bool my_lacks_default(const struct object *column)
{
    return my_option(&as_column(column)->options, "no_default") != NULL &&
           !object_child(column, KIND_DEFAULT, "");
}

bool my_default_is_expression(const struct object *column)
{
    const struct object *value = object_child(column, KIND_DEFAULT, "");
    const char *text = value ? write_expression(&as_default_value(value)->expression) : NULL;

    return text && text[0] == '(';
}
