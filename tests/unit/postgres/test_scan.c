/* The scanner of SQL: where tokens begin and end. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/buffer.h"
#include "postgres/sql/scan.h"

static const char letters[] = "cwnsdo"; /* one a kind of token */

/* Kinds and texts of all tokens: "w:select s:'x'". */
static void check(const char *text, const char *expected)
{
    struct buffer got = BUFFER_EMPTY;
    struct pg_token token = {0};

    while (pg_scan(text, strlen(text), token.end, &token))
        buffer_printf(&got, "%s%c:%.*s", got.length ? " " : "", letters[token.kind],
                      (int)(token.end - token.start), text + token.start);
    assert_string_equal(buffer_text(&got), expected);
    buffer_free(&got);
}

static void test_tokens(void **state)
{
    (void)state;
    check("", "");
    check(" SELECT a.b", "w:SELECT w:a o:. w:b");
    check("'it''s' \"a\"\"b\"", "s:'it''s' n:\"a\"\"b\"");
    check("E'\\'x' e'\\\\' B'01' U&'\\0041' u&\"x\"",
          "s:E'\\'x' s:e'\\\\' s:B'01' s:U&'\\0041' n:u&\"x\"");
    check("'a\\' b", "s:'a\\' w:b");
    check("$$ ' $$ $x$ $$ $x$ $1", "s:$$ ' $$ s:$x$ $$ $x$ o:$ d:1");
    check("a$b$c", "w:a$b$c");
    check("-- x\ny /* a /* b */ c */ z", "c:-- x w:y c:/* a /* b */ c */ w:z");
    check("1.5e3", "d:1 o:. d:5e3");
    check("ünï", "w:ünï");
}

static void test_unfinished(void **state)
{
    (void)state;
    check("'abc", "s:'abc");
    check("E'\\", "s:E'\\");
    check("\"abc", "n:\"abc");
    check("$$abc$", "s:$$abc$");
    check("/* /* */", "c:/* /* */");
    check("$abc", "o:$ w:abc");
}

static void test_words(void **state)
{
    const char *text = "/* x */ Select";
    struct pg_token token;

    (void)state;
    assert_true(pg_scan_code(text, strlen(text), 0, &token));
    assert_true(pg_token_is(text, &token, "select"));
    assert_false(pg_token_is(text, &token, "sel"));
    assert_false(pg_scan_code(text, strlen(text), token.end, &token));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tokens),
        cmocka_unit_test(test_unfinished),
        cmocka_unit_test(test_words),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
