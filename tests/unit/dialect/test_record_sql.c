/* SQL for the record's tables. */
#include "../support.h"

#include <string.h>

#include "dialect/record_sql.h"

static const struct record_column columns[] = {
    {.name = "entry", .number = true}, {.name = "step", .number = true}, {.name = "state"}};
static const struct record_table table = {
    .name = "step", .columns = columns, .count = 3, .keys = 2};

/* "bad" cannot be written. */
static bool literal(struct connection *connection, struct buffer *sql, const char *value,
                    bool number, struct error *error)
{
    (void)connection;
    if (strcmp(value, "bad") == 0)
        return error_set(error, ERROR_INTERNAL, "bad");
    buffer_printf(sql, number ? "%s" : "'%s'", value);
    return true;
}

static const struct record_writer writer = {.literal = literal};

static const char *type(const struct record_table *of, size_t column)
{
    return of->columns[column].number ? "bigint" : "text";
}

static void assert_sql(struct buffer *sql, const char *wanted)
{
    assert_string_equal(buffer_text(sql), wanted);
    buffer_free(sql);
}

static void test_definition(void **state)
{
    struct buffer sql = BUFFER_EMPTY;

    (void)state;
    record_sql_definition(&sql, &table, type);
    assert_sql(&sql, "(entry bigint, step bigint, state text, PRIMARY KEY (entry, step))");
}

static void test_values(void **state)
{
    static const char *const one[] = {"1", "1", "done"};
    static const char *const two[] = {"1", "2", NULL};
    static const char *const three[] = {"1", "3", "bad"};
    static const char *const *const items[] = {one, two, three};
    struct record_rows rows = {(const char *const **)(uintptr_t)items, 2};
    struct buffer sql = BUFFER_EMPTY;
    struct error error = {0};
    size_t at = 0;

    (void)state;
    assert_true(record_sql_values(&sql, &table, &rows, &at, &writer, &error));
    assert_int_equal(at, 2);
    assert_sql(&sql, "(1, 1, 'done'), (1, 2, NULL)");
    rows.count = 3;
    at = 1;
    assert_false(record_sql_values(&sql, &table, &rows, &at, &writer, &error));
    assert_int_equal(error.code, ERROR_INTERNAL);
    buffer_free(&sql);
}

/* A row goes into a statement that is long already, but none behind it. */
static void test_length(void **state)
{
    static const char *const row[] = {"1", "1", "done"};
    static const char *const *const items[] = {row, row};
    const struct record_rows rows = {(const char *const **)(uintptr_t)items, 2};
    struct buffer sql = BUFFER_EMPTY;
    struct error error = {0};
    size_t at = 0;

    (void)state;
    for (size_t i = 0; i < 1 << 20; i++)
        buffer_append_char(&sql, ' ');
    assert_true(record_sql_values(&sql, &table, &rows, &at, &writer, &error));
    assert_int_equal(at, 1);
    buffer_free(&sql);
}

static void test_select(void **state)
{
    struct record_query query = {.table = &table, .columns = 5};
    struct buffer sql = BUFFER_EMPTY;
    struct error error = {0};

    (void)state;
    assert_true(record_sql_select(&sql, &query, "plumb.step", &writer, &error));
    assert_sql(&sql, "SELECT entry, NULL, state FROM plumb.step");
    query.key = "7";
    query.latest = 3;
    assert_true(record_sql_select(&sql, &query, "plumb.step", &writer, &error));
    assert_sql(&sql, "SELECT entry, NULL, state FROM plumb.step WHERE entry = 7"
                     " ORDER BY entry DESC LIMIT 3");
    query.key = "bad";
    assert_false(record_sql_select(&sql, &query, "plumb.step", &writer, &error));
    buffer_free(&sql);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_definition),
        cmocka_unit_test(test_values),
        cmocka_unit_test(test_length),
        cmocka_unit_test(test_select),
    };

    return RUN(tests);
}
