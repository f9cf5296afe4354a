/* What an author writes and what SHOW CREATE prints of it come to one text. The pairs are a server's: MySQL
 * 9.7 and MariaDB 10.11. */
#include "../support.h"

#include <string.h>

#include "mysql/canon/canon.h"

static const struct my_flavor mysql = {MY_MYSQL, 90704};
static const struct my_flavor mariadb = {MY_MARIADB, 101119};

static const char *canonical(struct arena *arena, struct my_flavor flavor, const char *text)
{
    struct error error = {0};
    const struct my_node *node = my_parse_expression(arena, flavor, 0, text, &error);

    if (!node)
        fail_msg("%s: %s", text, error.message);
    return my_canon_expression(arena, flavor, node);
}

struct pair {
    const char *written;
    const char *stored;
};

static void expect_pairs(struct my_flavor flavor, const struct pair *pairs, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct arena *arena = arena_new();
        const char *written = canonical(arena, flavor, pairs[i].written);
        const char *stored = canonical(arena, flavor, pairs[i].stored);

        if (strcmp(written, stored) != 0)
            fail_msg("%s\n  written: %s\n  stored:  %s", pairs[i].written, written, stored);
        if (strcmp(written, canonical(arena, flavor, written)) != 0)
            fail_msg("%s: %s is %s, read again", pairs[i].written, written,
                     canonical(arena, flavor, written));
        arena_free(arena);
    }
}

#define EXPECT_PAIRS(flavor, pairs) expect_pairs(flavor, pairs, sizeof(pairs) / sizeof(*(pairs)))

static void test_conditions_of_mysql(void **state)
{
    static const struct pair pairs[] = {
        {"a and b", "((0 <> `a`) and (0 <> `b`))"},
        {"a && b || c", "(((0 <> `a`) and (0 <> `b`)) or (0 <> `c`))"},
        {"a xor b", "((0 <> `a`) xor (0 <> `b`))"},
        {"not a", "(0 = `a`)"},
        {"! a = 4", "((0 = `a`) = 4)"},
        {"not a = 4", "(`a` <> 4)"},
        {"not not (a + b)", "(0 <> (`a` + `b`))"},
        {"not a <=> 4", "(not((`a` <=> 4)))"},
        {"not (a = 1 or not b = 2)", "((`a` <> 1) and (`b` = 2))"},
        {"not (a xor b)", "((0 = `a`) xor (0 <> `b`))"},
        {"a is true", "((0 <> `a`) is true)"},
        {"not (a is false)", "((0 <> `a`) is not false)"},
        {"a is not unknown", "(`a` is not null)"},
        {"isnull(a)", "(`a` is null)"},
        {"s not like 'x%'", "(not((`s` like _utf8mb4'x%')))"},
        {"s not rlike '^a'", "(not(regexp_like(`s`,_utf8mb4'^a')))"},
        {"a not in (1)", "(`a` <> 1)"},
        {"not a in (1, 2)", "(`a` not in (1,2))"},
        {"(a, b) = (1, 2)", "((`a` = 1) and (`b` = 2))"},
        {"json_valid(j) and a", "(json_valid(`j`) and (0 <> `a`))"},
        {"not true", "(not(true))"},
    };

    (void)state;
    EXPECT_PAIRS(mysql, pairs);
}

static void test_conditions_of_mariadb(void **state)
{
    static const struct pair pairs[] = {
        {"a and b", "`a` <> 0 and `b` <> 0"},
        {"a xor b", "`a` xor `b`"},
        {"not a", "`a` = 0"},
        {"! a = 4", "`a` = 0 = 4"},
        {"not (a + b)", "!(`a` + `b`)"},
        {"not not (a + b)", "`a` + `b` <> 0"},
        {"a is true", "`a` is true"},
        {"not (a is true)", "!(`a` is true)"},
        {"s not like 'x%'", "`s`  not like 'x%'"},
        {"s not rlike '^a'", "!(`s` regexp '^a')"},
        {"not (a > 0 and (a < 10 or b is null))", "`a` <= 0 or `a` >= 10 and `b` is not null"},
        {"a > (b is null)", "`a` > (`b` is null)"},
        {"(a, b) = (1, 2)", "(`a`,`b`) = (1,2)"},
        {"not true", "0"},
    };

    (void)state;
    EXPECT_PAIRS(mariadb, pairs);
}

static void test_calls(void **state)
{
    static const struct pair both[] = {
        {"mid(s from 1 for 2)", "substr(`s`,1,2)"},
        {"octet_length(s)", "length(`s`)"},
        {"position('x' in s)", "locate('x',`s`)"},
        {"instr(s, 'x')", "locate('x',`s`)"},
        {"ceiling(d)", "ceil(`d`)"},
        {"bin(a)", "conv(`a`,10,2)"},
        {"round(d)", "round(`d`,0)"},
        {"date(dt)", "cast(`dt` as date)"},
        {"timestamp(dt)", "cast(`dt` as datetime)"},
        {"datediff(dt, da)", "(to_days(`dt`) - to_days(`da`))"},
        {"adddate(dt, 1)", "(`dt` + interval 1 day)"},
        {"interval 1 day + dt", "(`dt` + interval 1 day)"},
        {"timestampadd(sql_tsi_minute, 1, dt)", "(`dt` + interval 1 minute)"},
        {"timestampdiff(sql_tsi_day, dt, ts)", "timestampdiff(DAY,`dt`,`ts`)"},
        {"from_unixtime(a, '%Y')", "date_format(from_unixtime(`a`),'%Y')"},
        {"weekofyear(dt)", "week(`dt`,3)"},
        {"localtimestamp(0)", "now()"},
        {"current_date", "curdate()"},
        {"trim('x' from s)", "trim(both 'x' from `s`)"},
        {"count(*)", "count(0)"},
        {"group_concat(a order by b)", "group_concat(`a` order by `b` ASC separator ',')"},
        {"std(a)", "stddev_pop(`a`)"},
    };

    (void)state;
    EXPECT_PAIRS(mysql, both);
    EXPECT_PAIRS(mariadb, both);
}

static void test_operators_and_literals(void **state)
{
    static const struct pair both[] = {
        {"a % b", "mod(a, b)"},
        {"a mod b", "(`a` % `b`)"},
        {"-1", "-(1)"},
        {"- -a", "-(-(`a`))"},
        {"+a", "`a`"},
        {"a != 4", "(`a` <> 4)"},
        {"((a) + (b * c))", "`a` + `b` * `c`"},
        {"a * (b div c)", "(`a` * (`b` DIV `c`))"},
        {"007 + .5 + 1. + 1E3", "((7 + 0.5) + 1) + 1e3"},
        {"b'101'", "0x05"},
        {"x'4142'", "0x4142"},
        {"_utf8mb4 x'41'", "'A'"},
        {"'it''s' 'x'", "_utf8mb4'it\\'sx'"},
        {"date '2020-1-1'", "DATE'2020-01-01'"},
        {"{ts '2020-01-01 1:2:3'}", "TIMESTAMP'2020-01-01 01:02:03'"},
        {"binary s", "cast(`s` as char charset binary)"},
        {"cast(a as nchar(5))", "cast(`a` as char(5) charset utf8mb3)"},
        {"convert(a, decimal)", "cast(`a` as decimal(10,0))"},
        {"cast(a as unsigned integer)", "cast(`a` as unsigned)"},
        {"cast(a as char)", "cast(`a` as char charset utf8mb4)"},
        {"convert(s using utf8)", "convert(`s` using utf8mb3)"},
        {"s sounds like 'x'", "(soundex(`s`) = soundex('x'))"},
        {"s like 'x' escape '\\\\'", "(`s` like 'x')"},
    };
    static const struct pair of_mysql[] = {
        {"j ->> '$.a'", "json_unquote(json_extract(`j`,_utf8mb4'$.a'))"},
        {"s regexp 'x'", "regexp_like(`s`,'x')"},
        {"json_value(j, '$.a')", "json_value(`j`, '$.a' returning char(512))"},
        {"true and a", "(true and (0 <> `a`))"},
    };

    (void)state;
    EXPECT_PAIRS(mysql, both);
    EXPECT_PAIRS(mariadb, both);
    EXPECT_PAIRS(mysql, of_mysql);
}

static void test_texts(void **state)
{
    struct arena *arena = arena_new();

    (void)state;
    assert_string_equal(canonical(arena, mysql, "A and not b in (1, 2)"),
                        "(0 <> `A`) and (`b` not in (1, 2))");
    assert_string_equal(canonical(arena, mariadb, "case when a then 'x' end"),
                        "case when `a` then 'x' end");
    assert_string_equal(canonical(arena, mariadb, "t.a || 'b'"), "(`a` <> 0) or 'b'");
    arena_free(arena);
}

static void test_constants(void **state)
{
    static const struct pair constants[] = {
        {"10 * 10", "100"},
        {"to_days('2020-01-01')", "737790"},
        {"to_days('20000101') + 1", "730486"},
        {"unix_timestamp('2020-01-01 00:00:00')", "1577836800"},
        {"year('2020-05-05')", "2020"},
        {"year(date '2020-01-31' + interval 1 month) * 100", "202000"},
        {"'2020-1-1'", "'2020-1-1'"},
        {"- (5)", "-5"},
        {"null", "NULL"},
        {"18446744073709551615", "18446744073709551615"},
        {"10 div 3 + 10 % 3", "4"},
        {"to_seconds('2020-01-01')", "63745056000"},
        {"a", "`a`"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(constants) / sizeof(*constants); i++) {
        struct arena *arena = arena_new();
        struct error error = {0};
        const struct my_node *node =
            my_parse_expression(arena, mysql, 0, constants[i].written, &error);

        assert_non_null(node);
        assert_string_equal(my_canon_constant(arena, mysql, node), constants[i].stored);
        arena_free(arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_conditions_of_mysql),
        cmocka_unit_test(test_conditions_of_mariadb),
        cmocka_unit_test(test_calls),
        cmocka_unit_test(test_operators_and_literals),
        cmocka_unit_test(test_texts),
        cmocka_unit_test(test_constants),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
