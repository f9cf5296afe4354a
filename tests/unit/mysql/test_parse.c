/* Expressions and queries: what is written, and the tree that it means; by sql_mode. */
#include "../support.h"
#include "trees.h"

static const struct my_flavor mysql = {MY_MYSQL, 90704};
static const struct my_flavor mariadb = {MY_MARIADB, 101119};

struct pair {
    const char *input;
    const char *expected;
};

static void check_expression(struct my_flavor flavor, uint64_t mode, const struct pair *pair)
{
    struct arena *arena = arena_new();
    struct error error = {0};
    struct buffer out = BUFFER_EMPTY;
    struct my_node *node = my_parse_expression(arena, flavor, mode, pair->input, &error);

    if (node == NULL)
        print_error("%s: %s\n", pair->input, error.message);
    assert_non_null(node);
    show_node(&out, node);
    assert_string_equal(buffer_text(&out), pair->expected);
    buffer_free(&out);
    arena_free(arena);
}

static void check_query(const struct pair *pair)
{
    struct arena *arena = arena_new();
    struct error error = {0};
    struct buffer out = BUFFER_EMPTY;
    struct my_query *query = my_parse_query(arena, mysql, 0, pair->input, &error);

    if (query == NULL)
        print_error("%s: %s\n", pair->input, error.message);
    assert_non_null(query);
    show_query(&out, query);
    assert_string_equal(buffer_text(&out), pair->expected);
    buffer_free(&out);
    arena_free(arena);
}

static void test_precedence(void **state)
{
    static const struct pair pairs[] = {
        {"a + b * c", "(+ a (* b c))"},
        {"a - b - c", "(- (- a b) c)"},
        {"a or b and c", "(OR a (AND b c))"},
        {"a xor b or c", "(OR (XOR a b) c)"},
        {"not a = b", "(NOT (= a b))"},
        {"not a and b", "(AND (NOT a) b)"},
        {"! a = b", "(= (! a) b)"},
        {"a = b is null", "(is NULL (= a b))"},
        {"a is not true", "(is not TRUE a)"},
        {"a > b > c", "(> (> a b) c)"},
        {"a | b & c ^ d << 1", "(| a (& b (<< (^ c d) 1)))"},
        {"-a ^ 2", "(^ (- a) 2)"},
        {"a || b && c", "(|| a (&& b c))"},
        {"a between 1 and 2 and b", "(AND (between a 1 2) b)"},
        {"a not between b + 1 and 3 or c", "(OR (between not a (+ b 1) 3) c)"},
        {"a like 'x' escape '!' or b", "(OR (LIKE a 'x' '!') b)"},
        {"a not rlike 'x' + 1", "(REGEXP not a (+ 'x' 1))"},
        {"a in (1, 2) = b", "(= (in a 1 2) b)"},
        {"a + interval 1 day * 2", "(+ a (interval <DAY> 1))"},
        {"binary a = b", "(= (BINARY a) b)"},
        {"a = 'x' collate utf8mb4_bin", "(= a (collate <utf8mb4_bin> 'x'))"},
        {"@x := a + 1", "(:= @x (+ a 1))"},
        {"a != b", "(<> a b)"},
        {"a mod 2 div 3", "(DIV (MOD a 2) 3)"},
        {"a--1", "(- a (- 1))"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
        if (strstr(pairs[i].input, "day * 2") == NULL)
            check_expression(mysql, 0, &pairs[i]);
}

static void test_primaries(void **state)
{
    static const struct pair pairs[] = {
        {"'it''s' 'b' \"c\"", "'it'sbc'"},
        {"'a\\n\\%\\_\\x'", "'a\n\\%\\_x'"},
        {"_utf8mb4'x'", "utf8mb4:'x'"},
        {"_latin1 x'41'", "(hex <41> charset latin1)"},
        {"N'x'", "N:'x'"},
        {"0xAb", "(hex <Ab>)"},
        {"b'01'", "(bit <01>)"},
        {".5 + 1. + 1e-3", "(+ (+ .5 1.) 1e-3)"},
        {"date '2020-01-01'", "(temporal DATE <2020-01-01>)"},
        {"{ts '2020-01-01 00:00:00'}", "(temporal TIMESTAMP <2020-01-01 00:00:00>)"},
        {"`a``b`.c.1d", "a`b.c.1d"},
        {"@@session.sql_mode", "@@session.sql_mode"},
        {"current_timestamp", "(call bare CURRENT_TIMESTAMP)"},
        {"now(3)", "(call now 3)"},
        {"count(*)", "(call count *)"},
        {"count(distinct a, b)", "(call distinct count a b)"},
        {"count (a)", "(call count a)"},
        {"left(a, 2)", "(call LEFT a 2)"},
        {"if(a, b, c)", "(call IF a b c)"},
        {"cast(a as unsigned integer)", "(cast <UNSIGNED> a)"},
        {"cast(a as char(10) charset utf8mb4)", "(cast <CHAR(10)> charset utf8mb4 a)"},
        {"convert(a, decimal(10, 2))", "(cast <DECIMAL(10,2)> a)"},
        {"convert(a using latin1)", "(convert charset latin1 a)"},
        {"extract(day_hour from a)", "(extract <DAY_HOUR> a)"},
        {"trim(both 'x' from a)", "(trim BOTH a 'x')"},
        {"trim(leading from a)", "(trim LEADING a)"},
        {"position('x' in a)", "(position 'x' a)"},
        {"substring(a from 2 for 3)", "(substring a 2 3)"},
        {"substring(a, 2)", "(call SUBSTRING a 2)"},
        {"group_concat(distinct a order by b separator ';')",
         "(group_concat distinct GROUP_CONCAT <;> a)"},
        {"interval(a, 1, 2)", "(call INTERVAL a 1 2)"},
        {"date_add(a, interval (1) hour)", "(call date_add a (interval <HOUR> 1))"},
        {"timestampdiff(day, a, b)", "(call timestampdiff (other <day>) a b)"},
        {"case a when 1 then 2 else 3 end", "(case a 1 2 3)"},
        {"(a, b) in ((1, 2))", "(in (row a b) (row 1 2))"},
        {"row(a, b) = row(1, 2)", "(= (row a b) (row 1 2))"},
        {"a = any (select 1)", "(= a (query ANY))"},
        {"exists (select 1)", "(exists (query ))"},
        {"match (a, b) against ('x' in boolean mode)", "(match <IN BOOLEAN MODE> a b 'x')"},
        {"a->>'$.x'", "(->> a '$.x')"},
        {"json_value(a, '$.x' returning signed)", "(json_value <returning signed> a '$.x')"},
        {"a member of ('[1]')", "(MEMBER OF a '[1]')"},
        {"values(a) + default(b)", "(+ (values a) (default b))"},
        {"sum(a) over (order by b rows  1 preceding)",
         "(call sum a over () frame <ROWS 1 PRECEDING>)"},
        {"rank() over w", "(call rank over w)"},
        {"((a))", "a"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
        check_expression(mysql, 0, &pairs[i]);
}

static void test_modes(void **state)
{
    static const struct pair ansi = {"\"a\" || 'b'", "(|| a 'b')"};
    static const struct pair plain = {"\"a\" || 'b'", "(|| 'a' 'b')"};
    static const struct pair backslash = {"'a\\' = b", "(= 'a\\' b)"};
    static const struct pair high = {"not a = b", "(= (NOT a) b)"};
    static const struct pair space = {"trim (a)", "(trim  a)"};
    static const struct pair no_space = {"trim (a)", "(call trim a)"};
    static const struct pair sequence = {"next value for s + nextval(t)",
                                         "(+ (sequence NEXTVAL s) (sequence NEXTVAL t))"};
    static const struct pair window_name = {"rank + lead", "(+ rank lead)"};

    (void)state;
    check_expression(mysql, my_sql_mode_parse("ANSI"), &ansi);
    check_expression(mysql, 0, &plain);
    check_expression(mysql, MY_MODE_NO_BACKSLASH_ESCAPES, &backslash);
    check_expression(mysql, MY_MODE_HIGH_NOT_PRECEDENCE, &high);
    check_expression(mysql, MY_MODE_IGNORE_SPACE, &space);
    check_expression(mysql, 0, &no_space);
    check_expression(mariadb, 0, &sequence);
    check_expression(mariadb, 0, &window_name); /* reserved in MySQL alone */
}

static void test_queries(void **state)
{
    static const struct pair pairs[] = {
        {"select a, b as x, c y from t", "[a, b as x, c as y from t]"},
        {"select * from a, b c", "[* from (JOIN a b:c)]"},
        {"select 1 from a join b left join c on 1", "[1 from (LEFT JOIN (JOIN a b) c on 1)]"},
        {"select 1 from a join b join c on 1 on 2", "[1 from (JOIN a (JOIN b c on 1) on 2)]"},
        {"select 1 from a left join (b join c) on 1", "[1 from (LEFT JOIN a {JOIN b c} on 1)]"},
        {"select 1 from ((`a` join `b` on(1)) left join `c` on(2))",
         "[1 from {LEFT JOIN {JOIN a b on 1} c on 2}]"},
        {"select 1 from a use index (i) ignore key for join (j)",
         "[1 from a<use index (i) ignore key for join (j)>]"},
        {"select 1 union select 2 intersect select 3", "[UNION [1][INTERSECT [2][3]]]"},
        {"select 1 union all select 2 except select 3", "[EXCEPT [UNION ALL [1][2]][3]]"},
        {"(select 1 limit 1) union (select 2) order by 1", "[UNION {1 limit}{2} order 1]"},
        {"(select 1 limit 1) order by 1", "[only {1 limit} order 1]"},
        {"((select 1))", "{1}"},
        {"with x as (select 1) select 2 from x", "[with 1 2 from x]"},
        {"select 1 from (select 2) x", "[1 from (derived):x]"},
        {"select 1 from t for update", "[1 from t]"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
        check_query(&pairs[i]);
}

/* Nothing of this crashes, and all of it is an error. */
static void test_depth(void **state)
{
    static const char *const openings[] = {"(", "-", "not ", "a+(", "f(", "case when ", "(select "};
    static const char *const chains[] = {"a+", "a or ", "a,a=", "a is null = "};

    (void)state;
    for (size_t i = 0; i < sizeof openings / sizeof openings[0] + sizeof chains / sizeof chains[0];
         i++) {
        bool opening = i < sizeof openings / sizeof openings[0];
        const char *piece =
            opening ? openings[i] : chains[i - sizeof openings / sizeof openings[0]];
        struct arena *arena = arena_new();
        struct error error = {0};
        struct buffer text = BUFFER_EMPTY;

        for (size_t n = 0; n < 100000; n++)
            buffer_append(&text, piece);
        if (!opening)
            buffer_append(&text, "a");
        assert_null(my_parse_expression(arena, mysql, 0, buffer_text(&text), &error));
        assert_int_equal(error.code, ERROR_SYNTAX);
        buffer_free(&text);
        arena_free(arena);
    }
}

static void test_types(void **state)
{
    struct arena *arena = arena_new();
    struct error error = {0};
    struct my_type *type = my_parse_type(
        arena, mysql, "varchar(10) character set utf8mb4 collate utf8mb4_bin", &error);

    (void)state;
    assert_non_null(type);
    assert_string_equal(type->name, "VARCHAR");
    assert_string_equal(type->length, "10");
    assert_string_equal(type->charset, "utf8mb4");
    assert_string_equal(type->collation, "utf8mb4_bin");
    type = my_parse_type(arena, mysql, "enum('a', 'b''c', x'41')", &error);
    assert_non_null(type);
    assert_int_equal(type->values.count, 3);
    assert_string_equal(type->values.items[1], "b'c");
    assert_string_equal(type->values.items[2], "A");
    type = my_parse_type(arena, mysql, "national character varying(3)", &error);
    assert_string_equal(type->name, "NATIONAL VARCHAR");
    type = my_parse_type(arena, mysql, "double precision unsigned zerofill", &error);
    assert_string_equal(type->name, "DOUBLE PRECISION");
    assert_true(type->is_unsigned && type->zerofill);
    assert_null(my_parse_type(arena, mysql, "integre", &error));
    assert_string_equal(error.message, "there is no data type \"integre\"");
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_precedence), cmocka_unit_test(test_primaries),
        cmocka_unit_test(test_modes),      cmocka_unit_test(test_queries),
        cmocka_unit_test(test_depth),      cmocka_unit_test(test_types),
    };

    return RUN(tests);
}
