/* Defaults in the form of their column's type. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "mysql/types/literal.h"
#include "mysql/sql/parse.h"

struct literal_case {
    const char *type;
    const char *written;
    const char *stored; /* NULL: refused */
};

static const struct literal_case cases[] = {
    {"int", "1", "'1'"},
    {"int", "'007'", "'7'"},
    {"int", "1e3", "'1000'"},
    {"int", "0x10", "'16'"},
    {"int", "b'101'", "'5'"},
    {"int", "true", "'1'"},
    {"int", "-0", "'0'"},
    {"int", "-5", "'-5'"},
    {"int", "1.5", "'2'"},
    {"int", "''", NULL},
    {"int", "'x'", NULL},
    {"int(5) zerofill", "3", "'00003'"},
    {"bigint unsigned", "18446744073709551615", "'18446744073709551615'"},
    {"decimal(10,2)", "1", "'1.00'"},
    {"decimal(10,2)", "'1.005'", "'1.01'"},
    {"decimal(10,2)", ".5", "'0.50'"},
    {"decimal(10,2)", "9.999", "'10.00'"},
    {"decimal(10,2)", "1.00", "'1.00'"},
    {"decimal(6,2) zerofill", "3", "'0003.00'"},
    {"float", "1.10", "'1.1'"},
    {"float", "1e30", "'1e30'"},
    {"double", "1e3", "'1000'"},
    {"double", "1e15", "'1e15'"},
    {"double", "0.00001", "'0.00001'"},
    {"double", "0", "'0'"},
    {"float(7,4)", "1", "'1.0000'"},
    {"bit(8)", "5", "b'101'"},
    {"bit(8)", "b'00000101'", "b'101'"},
    {"bit(8)", "0", "b'0'"},
    {"bit(8)", "'5'", "b'110101'"},
    {"date", "'2020-1-1'", "'2020-01-01'"},
    {"date", "20200131", "'2020-01-31'"},
    {"date", "'70-1-2'", "'1970-01-02'"},
    {"date", "'0000-00-00'", "'0000-00-00'"},
    {"date", "0", "'0000-00-00'"},
    {"date", "'soon'", NULL},
    {"datetime", "'2020-01-01'", "'2020-01-01 00:00:00'"},
    {"datetime(3)", "'2020-01-01 10:11:12.5'", "'2020-01-01 10:11:12.500'"},
    {"datetime(2)", "'2020-01-01 10:11:12.999'", "'2020-01-01 10:11:13.00'"},
    {"datetime(1)", "'2020-01-01 10:11:12.78'", "'2020-01-01 10:11:12.8'"},
    {"timestamp", "'2020-1-1 1:2:3'", "'2020-01-01 01:02:03'"},
    {"time", "'10:1'", "'10:01:00'"},
    {"time", "100", "'00:01:00'"},
    {"time", "'-1:02:03'", "'-01:02:03'"},
    {"time", "'2 10:00'", "'58:00:00'"},
    {"year", "20", "'2020'"},
    {"year", "0", "'0000'"},
    {"year", "'0'", "'2000'"},
    {"year", "'1999'", "'1999'"},
    {"char(5)", "'ab  '", "'ab'"},
    {"varchar(5)", "'ab '", "'ab '"},
    {"varchar(5)", "5", "'5'"},
    {"varchar(5)", "1.50", "'1.50'"},
    {"varchar(5)", "1e3", "'1000'"},
    {"varchar(5)", "x'414243'", "'ABC'"},
    {"varchar(5)", "'it''s'", "'it''s'"},
    {"binary(4)", "0x0001", "x'00010000'"},
    {"binary(3)", "'abc'", "x'616263'"},
    {"varbinary(4)", "'a'", "x'61'"},
    {"varbinary(4)", "''", "x''"},
    {"enum('A','B')", "'b'", "'B'"},
    {"enum('A','B')", "2", "'B'"},
    {"enum('1','2')", "2", "'2'"},
    {"enum('a','b')", "'2'", "'b'"},
    {"enum('A','B')", "'c'", NULL},
    {"enum('A','B')", "'2x'", NULL},
    {"set('a','b')", "'b,a'", "'a,b'"},
    {"set('a','b')", "3", "'a,b'"},
    {"set('a','b')", "''", "''"},
};

static const char *store(struct model *model, const struct literal_case *wanted)
{
    struct my_type_context context = {.model = model, .collation = "utf8mb4_general_ci"};
    struct my_flavor flavor = my_flavor_of(model);
    struct my_stored_type stored;
    struct error error = {0};
    struct my_type *type = my_parse_type(model->arena, flavor, wanted->type, &error);
    struct my_node *node = my_parse_expression(model->arena, flavor, 0, wanted->written, &error);

    if (!type || !node || !my_type_store(model->arena, &context, type, &stored, &error))
        fail_msg("%s: %s", wanted->type, error.message);
    assert_true(my_is_constant(node));
    return my_literal_default(model->arena, flavor, &stored, node, &error);
}

static void check(struct model *model, const struct literal_case *wanted)
{
    const char *stored = store(model, wanted);

    if (!stored != !wanted->stored || (stored && strcmp(stored, wanted->stored) != 0))
        fail_msg("%s DEFAULT %s: %s, not %s", wanted->type, wanted->written,
                 stored ? stored : "refused", wanted->stored ? wanted->stored : "refused");
}

static void test_stored(void **state)
{
    struct model *model = model_new("test");

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        struct literal_case again = {cases[i].type, cases[i].stored, cases[i].stored};

        check(model, &cases[i]);
        if (cases[i].stored)
            check(model, &again); /* what is stored stays */
    }
    model_free(model);
}

static void test_now(void **state)
{
    static const char *const texts[][2] = {
        {"now()", "CURRENT_TIMESTAMP"},
        {"CURRENT_TIMESTAMP", "CURRENT_TIMESTAMP"},
        {"current_timestamp(3)", "CURRENT_TIMESTAMP(3)"},
        {"localtime", "CURRENT_TIMESTAMP"},
        {"localtimestamp(0)", "CURRENT_TIMESTAMP"},
        {"curdate()", NULL},
        {"1", NULL},
    };
    struct arena *arena = arena_new();
    struct error error = {0};

    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
        const struct my_node *node =
            my_parse_expression(arena, my_flavor_of_version(0), 0, texts[i][0], &error);
        const char *now = my_current_timestamp(arena, node);

        if (!now != !texts[i][1] || (now && strcmp(now, texts[i][1]) != 0))
            fail_msg("%s: %s", texts[i][0], now ? now : "none");
    }
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_stored),
        cmocka_unit_test(test_now),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
