/* Keys and constraints as clauses of CREATE and ALTER TABLE. */
#include "mysql/write/write.h"

#include <string.h>
#include <strings.h>

#include "mysql/sql/quote.h"

/* --- keys ----------------------------------------------------------------------------------------- */

static bool method_is(const char *method, const char *name)
{
    return method && strcmp(method, name) == 0;
}

/* The word before KEY, and what stands behind the columns instead where it is a plain one. */
static const char *key_word(const struct index *index)
{
    if (method_is(index->method, "fulltext"))
        return "FULLTEXT ";
    if (method_is(index->method, "spatial"))
        return "SPATIAL ";
    if (method_is(index->method, "vector"))
        return "VECTOR ";
    return index->unique ? "UNIQUE " : "";
}

static void append_method(struct buffer *sql, const char *method)
{
    if (method_is(method, "hash") || method_is(method, "rtree") || method_is(method, "btree"))
        buffer_printf(sql, " USING %s",
                      method_is(method, "hash")    ? "HASH"
                      : method_is(method, "rtree") ? "RTREE"
                                                   : "BTREE");
}

static bool is_number(const char *text)
{
    return *text && text[strspn(text, "0123456789.")] == '\0';
}

/* parser=ngram is a clause of its own, the rest are NAME=value. */
static void append_options(const struct step_sink *sink, struct buffer *sql,
                           const struct text_list *options)
{
    for (size_t i = 0; i < options->count; i++) {
        const char *option = options->items[i];
        const char *value = strchr(option, '=');

        if (!value)
            continue;
        if (strncmp(option, "parser=", 7) == 0)
            buffer_printf(sql, " WITH PARSER %s", my_write_name(sink, value + 1));
        else if (is_number(value + 1) || strncmp(option, "distance=", 9) == 0)
            buffer_printf(sql, " %.*s", (int)strlen(option), option);
        else
            buffer_printf(sql, " %.*s=%s", (int)(value - option), option,
                          my_write_text(sink, value + 1));
    }
}

static const char *index_clause(const struct step_sink *sink, const struct object *object)
{
    const struct index *index = as_index(object);
    struct buffer sql = BUFFER_EMPTY;

    buffer_printf(&sql, "%sKEY %s", key_word(index), my_write_name(sink, object->name));
    buffer_printf(&sql, " (%s)", write_expressions(sink, &index->keys));
    append_method(&sql, index->method);
    append_options(sink, &sql, &index->options);
    buffer_append(&sql, my_write_comment(sink, object, " "));
    if (index->invisible)
        buffer_append(&sql, my_write_flavor(sink).vendor == MY_MARIADB ? " IGNORED" : " INVISIBLE");
    return buffer_take(&sql, sink->arena);
}

static const char *primary_key_clause(const struct step_sink *sink, const struct object *object)
{
    const struct primary_key *key = as_primary_key(object);
    const char *method = my_option(&key->options, "using");
    struct buffer sql = BUFFER_EMPTY;
    struct text_list options = {0};

    for (size_t i = 0; i < key->options.count; i++)
        if (strncmp(key->options.items[i], "using=", 6) != 0)
            text_list_add(&options, sink->arena, key->options.items[i]);
    buffer_printf(&sql, "PRIMARY KEY (%s%s)", text_list_join(&key->columns, sink->arena, ", "),
                  key->without_overlaps ? " WITHOUT OVERLAPS" : "");
    append_method(&sql, method);
    append_options(sink, &sql, &options);
    buffer_append(&sql, my_write_comment(sink, object, " "));
    return buffer_take(&sql, sink->arena);
}

/* --- constraints ---------------------------------------------------------------------------------- */

static const char *check_clause(const struct step_sink *sink, const struct object *object)
{
    const struct check_constraint *check = as_check_constraint(object);

    return arena_printf(sink->arena, "CONSTRAINT %s CHECK %s%s", my_write_name(sink, object->name),
                        my_write_parenthesized(sink, write_expression(&check->expression)),
                        check->not_enforced ? " NOT ENFORCED" : "");
}

/* True where the first column of the index is counted up: the server wants its index at once. */
static bool counts_by(const struct object *index)
{
    const struct expression_list *keys = &as_index(index)->keys;
    struct arena *arena = arena_new();
    bool found = false;

    for (const struct object *child = index->parent->first_child; child && keys->count;
         child = child->next_sibling)
        found = found ||
                (child->kind == KIND_COLUMN && as_column(child)->auto_increment &&
                 strcmp(write_expression(&keys->items[0]), my_quote_name(arena, child->name)) == 0);
    arena_free(arena);
    return found;
}

const struct object *my_implying_key(const struct object *index)
{
    const struct object *key = object_child(index->parent, KIND_FOREIGN_KEY, index->name);

    return index->kind == KIND_INDEX && index->implied && key && !counts_by(index) ? key : NULL;
}

static const char *referenced_table(const struct step_sink *sink, const struct foreign_key *key)
{
    return key->table ? my_write_path(sink, key->table) : key->outside_table;
}

const char *my_foreign_key_clause(const struct step_sink *sink, const struct object *object,
                                  const char *name)
{
    const struct foreign_key *key = as_foreign_key(object);
    struct buffer sql = BUFFER_EMPTY;

    buffer_printf(&sql, "CONSTRAINT %s FOREIGN KEY (%s) REFERENCES %s (%s)",
                  my_write_name(sink, name), clause_names(sink, my_write_name, &key->columns),
                  referenced_table(sink, key),
                  clause_names(sink, my_write_name, &key->referenced_columns));
    if (key->match)
        buffer_printf(&sql, " MATCH %s", key->match);
    if (key->on_delete)
        buffer_printf(&sql, " ON DELETE %s", key->on_delete);
    if (key->on_update)
        buffer_printf(&sql, " ON UPDATE %s", key->on_update);
    return buffer_take(&sql, sink->arena);
}

const char *my_key_clause(const struct step_sink *sink, const struct object *object)
{
    switch (object->kind) {
    case KIND_PRIMARY_KEY:
        return primary_key_clause(sink, object);
    case KIND_INDEX:
        return index_clause(sink, object);
    case KIND_CHECK:
        return check_clause(sink, object);
    case KIND_FOREIGN_KEY:
        return my_foreign_key_clause(sink, object, object->name);
    default:
        return NULL;
    }
}

const char *my_key_drop_clause(const struct step_sink *sink, const struct object *object)
{
    const char *name = my_write_name(sink, object->name);

    switch (object->kind) {
    case KIND_PRIMARY_KEY:
        return "PRIMARY KEY";
    case KIND_INDEX:
        return arena_printf(sink->arena, "INDEX %s", name);
    case KIND_CHECK:
        return arena_printf(sink->arena, "%s %s",
                            my_write_flavor(sink).vendor == MY_MARIADB ? "CONSTRAINT" : "CHECK",
                            name);
    case KIND_FOREIGN_KEY:
        return arena_printf(sink->arena, "FOREIGN KEY %s", name);
    default:
        return NULL;
    }
}
