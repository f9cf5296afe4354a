/* Rows that are looked for before a plan begins: exec/question.c. */
#include "exec/question.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "dialect/dialect.h"

/* What the server says: to each query the rows that stand behind its word, or an error. */
static int asked;

static bool ask_rows(struct connection *connection, const char *sql, int milliseconds,
                     struct arena *arena, struct row_answer *answer, struct error *error)
{
    (void)connection, (void)arena;
    assert_int_equal(milliseconds, 70);
    asked++;
    *answer = (struct row_answer){0};
    if (strcmp(sql, "gone") == 0)
        return error_set(error, ERROR_CONNECTION, "the server is gone");
    if (strcmp(sql, "odd") == 0)
        return error_set(error, ERROR_SERVER, "these cannot be compared");
    if (strcmp(sql, "two") == 0)
        *answer = (struct row_answer){2, "id=7"};
    if (strcmp(sql, "many") == 0)
        *answer = (struct row_answer){ROW_QUESTION_CAP + 5, NULL};
    return true;
}

static char noted[256];

static void note(const char *text, void *context)
{
    (void)context;
    snprintf(noted, sizeof(noted), "%s", text);
}

static const struct dialect_running running = {.ask_rows = ask_rows};
static const struct dialect dialect = {.name = "fake", .running = &running};

static struct error error;

/* Asks the questions of a plan whose two steps have one each (NULL: none). */
static bool ask(const char *first, const char *second)
{
    struct arena *arena = arena_new();
    struct table table = {.object = {.kind = KIND_TABLE, .name = "c", .key = "table c"}};
    struct step_sink sink = {.arena = arena};
    struct plan plan = {.dialect = &dialect};
    const struct question_asking asking = {.timeout = 70, .note = note};
    bool ok;

    step_list_add(&plan.steps, arena, (struct step){.sql = "a"});
    step_list_add(&plan.steps, arena, (struct step){.sql = "b"});
    if (first)
        step_ask(&sink, &plan.steps.items[0], &table.object, first,
                 "rows of table c have no parent");
    if (second)
        step_ask(&sink, &plan.steps.items[1], &table.object, second, "rows of table c are doubles");
    asked = 0;
    noted[0] = 0;
    memset(&error, 0, sizeof(error));
    ok = questions_ask(&plan, NULL, &asking, &error);
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

static void test_a_row(void **state)
{
    (void)state;
    assert_false(ask("none", "two"));
    assert_int_equal(error.code, ERROR_REFUSED);
    assert_non_null(strstr(error.message, "step 2, "));
    assert_non_null(strstr(error.message, ": rows of table c are doubles (2, such as id=7)"));
    assert_string_equal(error.object, "table c");
    assert_non_null(strstr(error.hint, "Nothing was changed"));
}

/* What one question finds does not keep the others from being asked. */
static void test_all_are_told(void **state)
{
    (void)state;
    assert_false(ask("many", "two"));
    assert_int_equal(asked, 2);
    assert_non_null(strstr(error.message, "rows of table c have no parent (at least 1000)"));
    assert_non_null(strstr(error.message, "rows of table c are doubles (2, such as id=7)"));
}

/* A query that the server cannot answer says nothing about rows; a lost connection stops. */
static void test_no_answer(void **state)
{
    (void)state;
    assert_true(ask("odd", "none"));
    assert_int_equal(asked, 2);
    assert_string_equal(noted, "step 1: not known whether rows of table c have no parent: "
                               "these cannot be compared");
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
        cmocka_unit_test(test_all_are_told),
        cmocka_unit_test(test_no_answer),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
