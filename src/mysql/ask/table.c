/* The temporary table of a question: all columns of the wanted table, bare, and what is asked about. How
 * an expression is stored depends on no other property of the table. */
#include "mysql/ask/ask.h"

#include <string.h>

#include "core/buffer.h"
#include "mysql/sql/quote.h"

static const char *written_of(const struct question *question)
{
    return ((const struct expression *)field_of(question->after, question->field))->written;
}

/* The column that is, or has, what is asked about; NULL where that is the table's. */
static const struct object *asked_column(const struct question *question)
{
    return object_ancestor(question->after, KIND_COLUMN);
}

static void append_asked_column(struct buffer *text, const struct question *question)
{
    const struct column *column = as_column(asked_column(question));
    const char *written = written_of(question);

    if (question->after->kind == KIND_COLUMN)
        buffer_printf(text, " GENERATED ALWAYS AS (%s\n) %s", written,
                      strcmp(column->generated, "stored") == 0 ? "STORED" : "VIRTUAL");
    else if (question->after->kind == KIND_DEFAULT)
        buffer_printf(text, " NULL DEFAULT %s\n", written);
    else
        buffer_printf(text, " NULL CHECK (%s\n)", written);
}

/* A timestamp without NULL would not be bare on every server. */
static void append_columns(struct arena *arena, struct buffer *text,
                           const struct question *question)
{
    const struct object *object = NULL;

    while ((object = object_next_child(question->table, KIND_COLUMN, object)) != NULL) {
        const struct column *column = as_column(object);

        if (object->removed)
            continue;
        buffer_separate(text, 0, ", ");
        buffer_printf(text, "%s %s", my_quote_name(arena, object->name), column->type);
        if (column->collation)
            buffer_printf(text, " COLLATE %s", column->collation);
        if (object == asked_column(question))
            append_asked_column(text, question);
        else
            buffer_append(text, " NULL");
    }
}

static void append_check(struct arena *arena, struct buffer *text, const struct question *question)
{
    buffer_printf(text, ", CONSTRAINT %s CHECK (%s\n)", my_quote_name(arena, question->after->name),
                  written_of(question));
}

/* False for keys of a kind that temporary tables have not: they have no expressions either. */
static bool append_key(struct arena *arena, struct buffer *text, const struct question *question)
{
    const struct index *index = as_index(question->after);

    if (index->method && strcmp(index->method, "hash") != 0)
        return false;
    buffer_printf(text, ", KEY %s (", my_quote_name(arena, question->after->name));
    for (size_t i = 0; i < index->keys.count; i++)
        buffer_printf(text, "%s%s", i ? ", " : "", index->keys.items[i].written);
    buffer_append_char(text, ')');
    return true;
}

static bool append_asked(struct arena *arena, struct buffer *text, const struct question *question)
{
    static const struct {
        enum kind kind;
        int field;
    } of_columns[] = {{KIND_COLUMN, field_column_generation},
                      {KIND_DEFAULT, field_default_value_expression},
                      {KIND_CHECK, field_check_constraint_expression}};
    int field = field_number(question->after->kind, question->field);

    if (question->after->kind == KIND_INDEX)
        return field == field_index_keys && append_key(arena, text, question);
    for (size_t i = 0; i < sizeof(of_columns) / sizeof(*of_columns); i++)
        if (of_columns[i].kind == question->after->kind && of_columns[i].field == field) {
            if (!asked_column(question))
                append_check(arena, text, question);
            return true;
        }
    return false;
}

const char *my_ask_table(struct arena *arena, const struct question *question)
{
    struct buffer text = BUFFER_EMPTY;
    const char *create = NULL;

    append_columns(arena, &text, question);
    if (append_asked(arena, &text, question))
        create = arena_printf(arena, "CREATE TEMPORARY TABLE %s (%s)",
                              my_quote_path(arena, question->table), buffer_text(&text));
    buffer_free(&text);
    return create;
}
