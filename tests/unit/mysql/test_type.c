/* Data types as MySQL and MariaDB store them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "mysql/sql/parse.h"
#include "mysql/types/type.h"

struct type_case {
    const char *written;
    const char *mysql; /* "text" or "text collation"; NULL: refused */
    const char *mariadb;
};

static const struct type_case cases[] = {
    {"int", "int", "int(11)"},
    {"INTEGER UNSIGNED", "int unsigned", "int(10) unsigned"},
    {"int(5)", "int", "int(5)"},
    {"int(0)", "int", "int(11)"},
    {"int(5) zerofill", "int(5) unsigned zerofill", "int(5) unsigned zerofill"},
    {"int zerofill", "int(10) unsigned zerofill", "int(10) unsigned zerofill"},
    {"bool", "tinyint(1)", "tinyint(1)"},
    {"tinyint(1)", "tinyint(1)", "tinyint(1)"},
    {"tinyint(1) unsigned", "tinyint unsigned", "tinyint(1) unsigned"},
    {"tinyint", "tinyint", "tinyint(4)"},
    {"smallint", "smallint", "smallint(6)"},
    {"mediumint unsigned", "mediumint unsigned", "mediumint(8) unsigned"},
    {"int8", "bigint", "bigint(20)"},
    {"serial", "bigint unsigned", "bigint(20) unsigned"},
    {"decimal", "decimal(10,0)", "decimal(10,0)"},
    {"numeric(8)", "decimal(8,0)", "decimal(8,0)"},
    {"dec(8,3) unsigned", "decimal(8,3) unsigned", "decimal(8,3) unsigned"},
    {"decimal(3,8)", NULL, NULL},
    {"float(10)", "float", "float"},
    {"float(30)", "double", "double"},
    {"float(7,4)", "float(7,4)", "float(7,4)"},
    {"real", "double", "double"},
    {"double precision unsigned", "double unsigned", "double unsigned"},
    {"bit", "bit(1)", "bit(1)"},
    {"year", "year", "year(4)"},
    {"datetime(0)", "datetime", "datetime"},
    {"timestamp(3)", "timestamp(3)", "timestamp(3)"},
    {"time(7)", NULL, NULL},
    {"char", "char(1) utf8mb4_bin", "char(1) utf8mb4_bin"},
    {"varchar(10)", "varchar(10) utf8mb4_bin", "varchar(10) utf8mb4_bin"},
    {"varchar(10) character set latin1", "varchar(10) latin1_swedish_ci",
     "varchar(10) latin1_swedish_ci"},
    {"varchar(10) collate utf8_bin", "varchar(10) utf8mb3_bin", "varchar(10) utf8mb3_bin"},
    {"varchar(10) character set latin1 collate utf8mb4_bin", NULL, NULL},
    {"varchar(10) charset latin1 binary", "varchar(10) latin1_bin", "varchar(10) latin1_bin"},
    {"char(5) ascii", "char(5) latin1_swedish_ci", "char(5) latin1_swedish_ci"},
    {"char(5) unicode", "char(5) ucs2_general_ci", "char(5) ucs2_general_ci"},
    {"char(5) byte", "binary(5)", "binary(5)"},
    {"varchar(10) charset binary", "varbinary(10)", "varbinary(10)"},
    {"text charset binary", "blob", "blob"},
    {"nchar(5)", "char(5) utf8mb3_general_ci", "char(5) utf8mb3_general_ci"},
    {"national varchar(5)", "varchar(5) utf8mb3_general_ci", "varchar(5) utf8mb3_general_ci"},
    {"text(50)", "tinytext utf8mb4_bin", "tinytext utf8mb4_bin"},
    {"text(100)", "text utf8mb4_bin", "text utf8mb4_bin"},
    {"text(300000)", "mediumtext utf8mb4_bin", "mediumtext utf8mb4_bin"},
    {"long varchar", "mediumtext utf8mb4_bin", "mediumtext utf8mb4_bin"},
    {"blob(70000)", "mediumblob", "mediumblob"},
    {"varchar(70000)", NULL, NULL},
    {"binary", "binary(1)", "binary(1)"},
    {"enum('x', 'Y ')", "enum('x','Y') utf8mb4_bin", "enum('x','Y') utf8mb4_bin"},
    {"set('it''s')", "set('it''s') utf8mb4_bin", "set('it''s') utf8mb4_bin"},
    {"json", "json", "longtext utf8mb4_bin"},
    {"vector", "vector(2048)", NULL},
    {"geometrycollection", "geomcollection", "geometrycollection"},
    {"uuid", NULL, "uuid"},
};

/* Stores a type within a table whose collation is utf8mb4_bin; NULL when it is refused. */
static const char *store(struct model *model, const char *written)
{
    struct my_type_context context = {.model = model, .collation = "utf8mb4_bin", .strict = true};
    struct my_stored_type stored;
    struct error error = {0};
    struct my_type *type = my_parse_type(model->arena, my_flavor_of(model), written, &error);

    if (!type || !my_type_store(model->arena, &context, type, &stored, &error))
        return NULL;
    return stored.collation ? arena_printf(model->arena, "%s %s", stored.text, stored.collation)
                            : stored.text;
}

static void check(const char *version, const char *written, const char *expected)
{
    struct model *model = model_new("test");
    const char *stored;

    my_set_setting(model, "version", version);
    stored = store(model, written);
    if (!stored != !expected || (stored && strcmp(stored, expected) != 0))
        fail_msg("%s on %s: %s, not %s", written, version, stored ? stored : "refused",
                 expected ? expected : "refused");
    model_free(model);
}

static void test_stored(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        check("90704", cases[i].written, cases[i].mysql);
        check("101119", cases[i].written, cases[i].mariadb);
    }
}

static void test_length(void **state)
{
    (void)state;
    assert_int_equal(my_type_length("varchar(20)"), 20);
    assert_int_equal(my_type_length("text"), -1);
    assert_true(my_type_is("text", "text"));
    assert_true(my_type_is("int unsigned", "int"));
    assert_false(my_type_is("tinytext", "text"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_stored),
        cmocka_unit_test(test_length),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
