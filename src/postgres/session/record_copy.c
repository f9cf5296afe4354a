/* COPY's text format: a row is a line, columns are parted by tabs, \N is NULL. The whole table is sent; what
 * was not asked for is left out here. */
#include "postgres/session/record_copy.h"

#include <stdlib.h>
#include <string.h>

#include "core/buffer.h"
#include "dialect/record_sql.h"
#include "postgres/session/record_check.h"

static char unescaped(char letter)
{
    static const char letters[] = "bfnrtv";
    static const char meanings[] = "\b\f\n\r\t\v";
    const char *found = letter ? strchr(letters, letter) : NULL;

    return found ? meanings[found - letters] : letter;
}

/* The value from *at on, which moves to what ends it. */
static const char *read_value(const char **at, struct arena *arena)
{
    size_t length = strcspn(*at, "\t\n");
    char *value = arena_alloc(arena, length + 1);
    const char *end = *at + length;
    size_t size = 0;

    if (length == 2 && memcmp(*at, "\\N", 2) == 0) {
        *at = end;
        return NULL;
    }
    while (*at < end) {
        bool escaped = **at == '\\' && *at + 1 < end;

        *at += escaped;
        value[size++] = escaped ? unescaped(**at) : **at;
        *at += 1;
    }
    value[size] = '\0';
    return value;
}

static const char **read_row(const struct record_table *table, const char *line,
                             struct arena *arena)
{
    const char **values = ARENA_ARRAY(arena, const char *, table->count);

    for (size_t i = 0; i < table->count; i++) {
        values[i] = read_value(&line, arena);
        if (*line != '\t')
            break;
        line++;
    }
    return values;
}

static int compare_numbers(const void *a, const void *b)
{
    const char *const *const *x = a;
    const char *const *const *y = b;
    long long first = strtoll((*x)[0] ? (*x)[0] : "0", NULL, 10);
    long long second = strtoll((*y)[0] ? (*y)[0] : "0", NULL, 10);

    return first < second ? 1 : -(first > second);
}

/* The rows that the query asks for. */
static void choose(const struct record_query *query, struct pointer_list *all, struct arena *arena,
                   struct record_rows *rows)
{
    const char *const **items = ARENA_ARRAY(arena, const char *const *, all->count + 1);
    size_t count = 0;

    for (size_t i = 0; i < all->count; i++) {
        const char *const *row = all->items[i];

        if (!query->key || (row[0] && strcmp(row[0], query->key) == 0))
            items[count++] = row;
    }
    if (query->latest) {
        qsort(items, count, sizeof(*items), compare_numbers);
        count = count < query->latest ? count : query->latest;
    }
    *rows = (struct record_rows){items, count};
}

static const char *copy_sql(struct arena *scratch, const struct record_table *table,
                            const char *guard)
{
    struct buffer sql = BUFFER_EMPTY;

    buffer_printf(&sql, "%sCOPY " RECORD_SCHEMA ".%s (", guard, table->name);
    record_sql_columns(&sql, table, table->count);
    buffer_append(&sql, ") TO STDOUT");
    return buffer_take(&sql, scratch);
}

bool record_copy(struct connection *connection, const struct record_query *query, const char *guard,
                 struct arena *arena, struct record_rows *rows, struct error *error)
{
    struct arena *scratch = arena_new();
    bool started = connection_copy(connection, copy_sql(scratch, query->table, guard), error);
    struct pointer_list all = {0};
    char *line;

    while (started && connection_copy_line(connection, &line)) {
        pointer_list_add(&all, scratch, read_row(query->table, line, arena));
        connection_copy_free(line);
    }
    if (started && connection_copy_end(connection, error))
        choose(query, &all, arena, rows);
    else
        started = false;
    arena_free(scratch);
    return started;
}
