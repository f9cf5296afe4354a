/* Tables as a whole: made with all that belongs to them, dropped, renamed; and their options. */
#include "mysql/write/write.h"

#include <ctype.h>
#include <string.h>

/* --- options -------------------------------------------------------------------------------------- */

/* The options whose values are words or numbers of the grammar; others' are texts. */
static bool has_bare_value(const char *name, size_t length)
{
    static const char *const names[] = {"row_format",
                                        "max_rows",
                                        "min_rows",
                                        "avg_row_length",
                                        "key_block_size",
                                        "checksum",
                                        "delay_key_write",
                                        "pack_keys",
                                        "stats_persistent",
                                        "stats_auto_recalc",
                                        "stats_sample_pages",
                                        "insert_method",
                                        "union",
                                        "transactional",
                                        "page_checksum",
                                        "table_checksum",
                                        "autoextend_size",
                                        "auto_increment",
                                        "tablespace",
                                        "secondary_engine",
                                        "sequence",
                                        "storage",
                                        "start_transaction"};

    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
        if (strlen(names[i]) == length && strncmp(names[i], name, length) == 0)
            return true;
    return false;
}

static const char *upper(const struct step_sink *sink, const char *name, size_t length)
{
    char *text = arena_strndup(sink->arena, name, length);

    for (size_t i = 0; i < length; i++)
        text[i] = text[i] == '_' && (strncmp(name, "data_directory", length) == 0 ||
                                     strncmp(name, "index_directory", length) == 0)
                      ? ' '
                      : (char)toupper((unsigned char)text[i]);
    return text;
}

static bool is_number(const char *text)
{
    return *text && text[strspn(text, "0123456789")] == '\0';
}

const char *my_table_option(const struct step_sink *sink, const char *option)
{
    const char *value = strchr(option, '=');
    size_t length = value ? (size_t)(value - option) : strlen(option);
    const char *name = upper(sink, option, length);

    if (strncmp(option, "system_versioning=", 18) == 0)
        return "WITH SYSTEM VERSIONING";
    if (!value)
        return name;
    value++;
    if (has_bare_value(option, length) || is_number(value) || *value == '\'')
        return arena_printf(sink->arena, "%s=%s", name, value);
    return arena_printf(sink->arena, "%s=%s", name, my_write_text(sink, value));
}

const char *my_table_option_reset(const struct step_sink *sink, const char *option)
{
    static const struct {
        const char *name;
        const char *value;
    } known[] = {{"row_format", "DEFAULT"},
                 {"pack_keys", "DEFAULT"},
                 {"stats_persistent", "DEFAULT"},
                 {"stats_auto_recalc", "DEFAULT"},
                 {"stats_sample_pages", "DEFAULT"},
                 {"max_rows", "0"},
                 {"min_rows", "0"},
                 {"avg_row_length", "0"},
                 {"key_block_size", "0"},
                 {"checksum", "0"},
                 {"delay_key_write", "0"},
                 {"autoextend_size", "0"},
                 {"insert_method", "NO"},
                 {"union", "()"},
                 {"connection", "''"},
                 {"engine_attribute", "''"},
                 {"secondary_engine_attribute", "''"},
                 {"secondary_engine", "NULL"},
                 {"compression", "'NONE'"},
                 {"encryption", "'N'"},
                 {"tablespace", "innodb_file_per_table"}};
    const char *value = strchr(option, '=');
    size_t length = value ? (size_t)(value - option) : strlen(option);

    if (strncmp(option, "system_versioning=", 18) == 0)
        return "DROP SYSTEM VERSIONING";
    for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
        if (strlen(known[i].name) == length && strncmp(known[i].name, option, length) == 0)
            return arena_printf(sink->arena, "%s=%s", upper(sink, option, length), known[i].value);
    return arena_printf(sink->arena, "%s=DEFAULT", upper(sink, option, length));
}

static void append_options(const struct step_sink *sink, struct buffer *sql,
                           const struct object *object)
{
    const struct table *table = as_table(object);
    const char *versioning = NULL;

    if (table->access_method)
        buffer_printf(sql, " ENGINE=%s", table->access_method);
    if (table->collation)
        buffer_printf(sql, " DEFAULT %s", my_write_collation(sink, table->collation));
    if (table->tablespace)
        buffer_printf(sql, " TABLESPACE=%s", my_write_name(sink, table->tablespace));
    for (size_t i = 0; i < table->options.count; i++) {
        const char *text = my_table_option(sink, table->options.items[i]);

        if (strncmp(text, "WITH ", 5) == 0)
            versioning = text;
        else
            buffer_printf(sql, " %s", text);
    }
    buffer_append(sql, my_write_comment(sink, object, "="));
    if (versioning)
        buffer_printf(sql, " %s", versioning);
}

/* --- create ---------------------------------------------------------------------------------------- */

static bool is_folded(const struct pointer_list *folded, const struct object *object)
{
    for (size_t i = 0; i < folded->count; i++)
        if (folded->items[i] == object)
            return true;
    return false;
}

static void add_line(struct buffer *lines, const char *text)
{
    buffer_printf(lines, "%s\n  %s", lines->length ? "," : "", text);
}

static void append_columns(const struct step_sink *sink, struct buffer *lines,
                           const struct object *table, const struct pointer_list *folded)
{
    const struct text_list *order = &as_table(table)->column_order;

    for (size_t i = 0; i < order->count; i++) {
        const struct object *column = object_child(table, KIND_COLUMN, order->items[i]);

        if (column && is_folded(folded, column))
            add_line(lines, my_column_clause(sink, column));
    }
    for (const struct object *child = table->first_child; child; child = child->next_sibling)
        if (child->kind == KIND_COLUMN && is_folded(folded, child) &&
            !text_list_contains(order, child->name))
            add_line(lines, my_column_clause(sink, child));
}

/* Where the server lists a key. */
static int key_rank(const struct object *key)
{
    if (key->kind == KIND_PRIMARY_KEY)
        return 0;
    if (key->kind == KIND_CHECK)
        return 4;
    if (as_index(key)->unique)
        return 1;
    return as_index(key)->method && strcmp(as_index(key)->method, "fulltext") == 0 ? 3 : 2;
}

static void append_keys(const struct step_sink *sink, struct buffer *lines,
                        const struct object *table, const struct pointer_list *folded)
{
    for (int rank = 0; rank <= 4; rank++)
        for (const struct object *child = table->first_child; child; child = child->next_sibling)
            if ((child->kind == KIND_PRIMARY_KEY || child->kind == KIND_INDEX ||
                 child->kind == KIND_CHECK) &&
                key_rank(child) == rank && is_folded(folded, child) && !my_implying_key(child))
                add_line(lines, my_key_clause(sink, child));
    for (size_t i = 0; i < as_table(table)->periods.count; i++)
        add_line(lines,
                 arena_printf(sink->arena, "PERIOD FOR %s", as_table(table)->periods.items[i]));
}

/* No default at all is something that only ALTER can say of a nullable column. */
static void write_missing_defaults(struct step_sink *sink, const struct object *table)
{
    for (const struct object *child = table->first_child; child; child = child->next_sibling)
        if (child->kind == KIND_COLUMN && my_lacks_default(child))
            my_write_statement(sink, LOCK_NONE, "ALTER TABLE %s ALTER COLUMN %s DROP DEFAULT",
                               my_write_path(sink, table), my_write_name(sink, child->name));
}

static void create_table(struct step_sink *sink, const struct object *table,
                         const struct pointer_list *folded)
{
    struct buffer lines = BUFFER_EMPTY;
    struct buffer sql = BUFFER_EMPTY;

    append_columns(sink, &lines, table, folded);
    append_keys(sink, &lines, table, folded);
    buffer_printf(&sql, "CREATE TABLE %s (%s\n)", my_write_path(sink, table), buffer_text(&lines));
    buffer_free(&lines);
    append_options(sink, &sql, table);
    if (as_table(table)->partition_strategy)
        buffer_printf(&sql, "\n%s", my_partition_clause(sink, table));
    my_write_buffer(sink, LOCK_NONE, &sql);
    write_missing_defaults(sink, table);
}

/* --- drop ------------------------------------------------------------------------------------------ */

/* True where a foreign key stays, or is to be, that refers to the table though it goes. */
static bool is_missed(const struct step_sink *sink, const struct object *table)
{
    const char *path = my_write_path(sink, table);

    for (size_t i = sink->to ? model_first_of(sink->to, KIND_FOREIGN_KEY) : SIZE_MAX;
         sink->to && i < sink->to->count && sink->to->objects[i]->kind == KIND_FOREIGN_KEY; i++) {
        const char *outside = as_foreign_key(sink->to->objects[i])->outside_table;

        if (outside && strcmp(outside, path) == 0)
            return true;
    }
    return false;
}

static void drop_table(struct step_sink *sink, const struct object *table)
{
    bool missed = is_missed(sink, table);
    struct step *step;

    if (missed)
        my_foreign_key_checks(sink, false);
    step = my_write_statement(sink, LOCK_ACCESS_EXCLUSIVE, "DROP TABLE %s",
                              my_write_path(sink, table));
    write_hazard(sink, step, write_wanted(sink, table) ? HAZARD_RECREATE_TABLE : HAZARD_DROP_TABLE);
    if (missed)
        my_foreign_key_checks(sink, true);
}

const struct writer my_table_writer = {
    .create = create_table,
    .drop = drop_table,
    .alter_joined = my_write_alter,
    .rename = my_rename_table,
};
