/* Names as words (core/text/word.c). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "core/text/word.h"
#include "../support.h"

static long place(const char *text, const char *word)
{
    const char *found = find_word(text, strlen(text), word, strlen(word));

    return found ? (long)(found - text) : -1;
}

static void test_words(void **state)
{
    (void)state;
    assert_int_equal(place("create table a (ab int)", "a"), 13);
    assert_int_equal(place("create table a (ab int)", "AB"), 16);
    assert_int_equal(place("create table a (ab int)", "b"), -1);
    assert_int_equal(place("\"b\" c", "b"), 1);
    assert_int_equal(place("a$b", "a"), -1);
    assert_int_equal(place("", "a"), -1);
    assert_int_equal(place("a", ""), -1);
}

static void test_places(void **state)
{
    static const struct {
        const char *statement, *message;
        size_t place;
    } cases[] = {
        {"CREATE INDEX ON d (nope)", "column \"nope\" of table public.d does not exist", 19},
        {"CREATE INDEX ON d (x)", "column \"nope\" of table public.d does not exist", 16},
        {"ALTER TABLE app.d ADD x int", "table app.d does not exist", 16},
        {"ALTER TABLE d ADD x int", "table d does not exist", 12},
        {"CREATE VIEW v AS SELECT nope FROM c", "view public.v: there is no column nope", 24},
        {"COMMENT ON FUNCTION f(text) IS ''", "function f(text) does not exist", 20},
        {"ALTER TABLE d ADD x int", "there is no such thing", 0},
        {"ALTER TABLE `d` ADD x int", "`d` is none", 13},
        {"SELECT 1", "that cannot be. It is wrong", 0},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
        assert_int_equal(
            place_of_message(cases[i].statement, strlen(cases[i].statement), cases[i].message),
            cases[i].place);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_words), cmocka_unit_test(test_places)};

    return RUN(tests);
}
