/* Rows that are looked for before a plan begins: exec/question.c. */
#include "exec/question.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "dialect/dialect.h"

/* What the server says: to each query the row that stands behind its word, or an error. */
static int asked;

static bool first_row(struct connection *connection, const char *sql, struct arena *arena,
                      const char **row, struct error *error)
{
    (void)connection, (void)arena;
    asked++;
    *row = NULL;
    if (strcmp(sql, "gone") == 0)
        return error_set(error, ERROR_CONNECTION, "the server is gone");
    if (strcmp(sql, "odd") == 0)
        return error_set(error, ERROR_SERVER, "these cannot be compared");
    if (strcmp(sql, "one") == 0)
        *row = "7, 8";
    return true;
}

static const struct dialect_running running = {.first_row = first_row};
static const struct dialect dialect = {.name = "fake", .running = &running};

static struct error error;

/* Asks the questions of a plan whose two steps have one each (NULL: none). */
static bool ask(const char *first, const char *second)
{
    struct arena *arena = arena_new();
    struct object table = {.kind = KIND_TABLE, .name = "c", .key = "table c"};
    struct step_sink sink = {.arena = arena};
    struct plan plan = {.dialect = &dialect};
    bool ok;

    step_list_add(&plan.steps, arena, (struct step){.sql = "a"});
    step_list_add(&plan.steps, arena, (struct step){.sql = "b"});
    if (first)
        step_ask(&sink, &plan.steps.items[0], &table, first, "rows of table c have no parent");
    if (second)
        step_ask(&sink, &plan.steps.items[1], &table, second, "rows of table c are doubles");
    asked = 0;
    memset(&error, 0, sizeof(error));
    ok = questions_ask(&plan, NULL, &error);
    arena_free(arena);
    return ok;
}

static void test_nothing_is_asked(void **state)
{
    (void)state;
    assert_true(ask(NULL, NULL));
    assert_int_equal(asked, 0);
}

static void test_no_rows(void **state)
{
    (void)state;
    assert_true(ask("none", "none"));
    assert_int_equal(asked, 2);
}

/* The first that finds a row is the last that is asked. */
static void test_a_row(void **state)
{
    (void)state;
    assert_false(ask("none", "one"));
    assert_int_equal(error.code, ERROR_REFUSED);
    assert_string_equal(error.message, "rows of table c are doubles");
    assert_string_equal(error.object, "table c");
    assert_non_null(strstr(error.hint, "7, 8"));
    assert_false(ask("one", "one"));
    assert_int_equal(asked, 1);
}

/* A query that the server cannot answer says nothing about rows; a lost connection stops. */
static void test_no_answer(void **state)
{
    (void)state;
    assert_true(ask("odd", "none"));
    assert_int_equal(asked, 2);
    assert_false(ask("gone", "none"));
    assert_int_equal(error.code, ERROR_CONNECTION);
    assert_int_equal(asked, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nothing_is_asked),
        cmocka_unit_test(test_no_rows),
        cmocka_unit_test(test_a_row),
        cmocka_unit_test(test_no_answer),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
