/* Columns that authors call serial: a sequence that the column owns, of the name, type and options that the server would
 * choose, and a default that takes its next value. Both are made with the column. */
#include <string.h>

#include "model/fields.h"
#include "postgres/facts/name.h"
#include "postgres/write/write.h"

static const struct {
    const char *type;
    const char *word;
} words[] = {{"smallint", "smallserial"}, {"integer", "serial"}, {"bigint", "bigserial"}};

static const char *word_of(const char *type)
{
    for (size_t i = 0; type && i < sizeof(words) / sizeof(*words); i++)
        if (strcmp(words[i].type, type) == 0)
            return words[i].word;
    return NULL;
}

/* The default is the sequence's next value, and nothing more. */
static bool takes_next_value(const struct object *default_value, const struct object *sequence)
{
    static const char head[] = "nextval('";
    static const char tail[] = "'::regclass)";
    const struct expression *expression = &as_default_value(default_value)->expression;
    const char *text = expression->canonical ? expression->canonical : expression->written;
    const char *end = text ? strstr(text, tail) : NULL;

    return end && !end[strlen(tail)] && strncmp(text, head, strlen(head)) == 0 &&
           object_needs(default_value, sequence);
}

/* NOT NULL as a column's own word says it. */
static bool is_plain_not_null(const struct object *object)
{
    const struct not_null *not_null = as_not_null(object);

    return !not_null->constraint_name && !not_null->no_inherit && !not_null->not_valid &&
           !not_null->inherited && !object->implied;
}

static bool has_serial_form(const struct object *column, const struct object *sequence)
{
    const struct object *default_value = object_child(column, KIND_DEFAULT, "");
    const struct object *not_null = object_child(column, KIND_NOT_NULL, "");

    return default_value && not_null && takes_next_value(default_value, sequence) &&
           is_plain_not_null(not_null) && !as_column(column)->inherited &&
           !as_column(column)->generated && word_of(as_column(column)->type) &&
           !object_child(column, KIND_IDENTITY, "");
}

/* A table whose columns are written with their types, and stand by themselves. */
static bool is_plain_table(const struct object *object)
{
    const struct table *table = object->kind == KIND_TABLE ? as_table(object) : NULL;

    return table && !table->server && !table->of_type && !table->inherits.count &&
           !object_child(object, KIND_ATTACHMENT, "");
}

static bool has_default_options(const struct sequence *sequence, const struct object *column)
{
    return text_equal(sequence->type, as_column(column)->type) && sequence->start == 1 &&
           sequence->increment == 1 && sequence->minimum == 1 && sequence->cache == 1 &&
           sequence->maximum == write_type_maximum(sequence->type) && !sequence->cycle &&
           sequence->unlogged == as_table(column->parent)->unlogged;
}

static bool has_chosen_name(const struct object *sequence, const struct object *column)
{
    struct arena *scratch = arena_new();
    bool chosen = sequence->parent == column->parent->parent &&
                  strcmp(sequence->name,
                         pg_chosen_name(scratch, column->parent->name, column->name, "seq")) == 0;

    arena_free(scratch);
    return chosen;
}

/* What is said of the sequence is what the server does by itself: it is its column's, and belongs to whom the table
 * belongs to. */
static bool has_nothing_else(const struct object *sequence, const struct object *table)
{
    const struct object *owner = object_child(table, KIND_OWNER, "");

    for (const struct object *child = sequence->first_child; child; child = child->next_sibling) {
        if (child->removed || child->kind == KIND_OWNED_BY)
            continue;
        if (child->kind != KIND_OWNER || !owner ||
            !text_equal(as_owner(child)->role, as_owner(owner)->role))
            return false;
    }
    return true;
}

const struct object *pg_serial_column(const struct object *sequence)
{
    const struct object *owned_by = object_child(sequence, KIND_OWNED_BY, "");
    const struct object *column = owned_by ? as_owned_by(owned_by)->column : NULL;

    if (!column || !is_plain_table(column->parent) || sequence->former_name ||
        !has_serial_form(column, sequence) || !has_default_options(as_sequence(sequence), column) ||
        !has_chosen_name(sequence, column) || !has_nothing_else(sequence, column->parent))
        return NULL;
    return column;
}

const char *write_serial_word(const struct object *column, const struct pointer_list *folded)
{
    for (size_t i = 0; i < folded->count; i++) {
        const struct object *object = folded->items[i];

        if (object->kind == KIND_SEQUENCE && pg_serial_column(object) == column)
            return word_of(as_column(column)->type);
    }
    return NULL;
}

void write_serial_rest(struct step_sink *sink, const struct pointer_list *folded)
{
    for (size_t i = 0; i < folded->count; i++) {
        const struct object *object = folded->items[i];
        bool of_sequence = object->parent && object->parent->kind == KIND_SEQUENCE;

        if (of_sequence && !pointer_list_contains(folded, object->parent))
            pg_create(sink, object, NULL);
    }
}
