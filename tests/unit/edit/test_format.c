/* The formatter (edit/format.c): what it does, what it leaves alone, and that a second run changes nothing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "edit/format.h"

static void expect_format(const char *dialect, const char *text, const char *expected)
{
    const struct dialect_layout *layout = dialect_find(dialect)->layout;
    struct arena *arena = arena_new();
    struct error error = {0};
    const char *result = format_text(layout, arena, text, strlen(text), NULL, &error);

    assert_string_equal("", error.message);
    assert_string_equal(expected, result);
    assert_string_equal(expected, format_text(layout, arena, result, strlen(result), NULL, &error));
    arena_free(arena);
}

static void tables(void **state)
{
    (void)state;
    expect_format(
        "postgres",
        "-- head\n\n\n\ncreate table T (id bigserial  primary key, -- number\n  -- of it\n"
        "  key text not null default 'not null',check (id>0) )  ;   \ncreate index on T(key); -- i",
        "-- head\n\nCREATE TABLE T (\n    id bigserial PRIMARY KEY, -- number\n"
        "    -- of it\n    key text NOT NULL DEFAULT 'not null',\n    CHECK (id>0)\n);\n\n"
        "CREATE INDEX ON T(key); -- i\n");
    expect_format("mysql", "create table t (`key` int, key k (`key`)) engine=InnoDB;",
                  "CREATE TABLE t (\n    `key` int,\n    KEY k (`key`)\n) engine=InnoDB;\n");
}

static void left_alone(void **state)
{
    (void)state;
    expect_format(
        "postgres",
        "\\set x  1\ncopy t from stdin;\n1  \n\\.\ninsert  into t values (1);\n"
        "create view v as select  1;\ncreate function f() returns int language sql as $$ select  1 $$;\n"
        "create function g() returns int language sql begin atomic  select 1; end;\n",
        "\\set x  1\ncopy t from stdin;\n1  \n\\.\ninsert  into t values (1);\n\n"
        "CREATE VIEW v AS select  1;\n\n"
        "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$ select  1 $$;\n\n"
        "CREATE FUNCTION g() RETURNS int LANGUAGE sql begin atomic  select 1; end;\n");
    expect_format("mysql",
                  "DELIMITER ;;\ncreate procedure p() begin  select 1; end;;\nDELIMITER ;\n"
                  "/*!50001 create view v as select 1 */;\n",
                  "DELIMITER ;;\nCREATE PROCEDURE p() begin  select 1; end;;\nDELIMITER ;\n"
                  "/*!50001 create view v as select 1 */;\n");
}

static void words(void **state)
{
    (void)state;
    expect_format("postgres", "alter table t add column action text, alter level drop not null;\n",
                  "ALTER TABLE t ADD COLUMN action text, ALTER level DROP NOT NULL;\n");
    expect_format("postgres", "comment on index type is 'x'", "COMMENT ON INDEX type IS 'x'\n");
    expect_format("postgres", "", "");
}

static void same(void **state)
{
    const struct dialect_layout *layout = dialect_find("postgres")->layout;

    (void)state;
    assert_true(format_is_same(layout, "select 'a' -- x ", "SELECT  'a' -- x"));
    assert_false(format_is_same(layout, "select 'a'", "select 'A'"));
    assert_false(format_is_same(layout, "select 1", "select 1 1"));
    assert_false(format_is_same(layout, "\"a\"", "\"A\""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tables),
        cmocka_unit_test(left_alone),
        cmocka_unit_test(words),
        cmocka_unit_test(same),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
