/* Type names: what they resolve to, how they are printed, and what is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "postgres/canon/canon.h"
#include "postgres/facts/extension.h"
#include "postgres/facts/universe.h"
#include "postgres/types/types.h"

struct fixture {
    struct arena *arena;
    struct pg_universe *universe;
};

static int set_up(void **state)
{
    struct fixture *fixture = test_calloc(1, sizeof(*fixture));
    struct pg_universe *universe;
    static struct pg_column columns[2];

    fixture->arena = arena_new();
    universe = fixture->universe = pg_universe_new(fixture->arena, 0);
    pg_universe_add_type(universe, (struct pg_type){.schema = "app",
                                                    .name = "status",
                                                    .type_class = PG_TYPE_ENUM,
                                                    .base_typmod = -1,
                                                    .user = true});
    pg_universe_add_type(universe,
                         (struct pg_type){.schema = "public",
                                          .name = "Mixed Case",
                                          .type_class = PG_TYPE_DOMAIN,
                                          .base_typmod = 24,
                                          .base = pg_universe_type(universe, NULL, "varchar"),
                                          .user = true});
    pg_universe_add_type(universe, (struct pg_type){.schema = "public",
                                                    .name = "vector",
                                                    .type_class = PG_TYPE_BASE,
                                                    .base_typmod = -1,
                                                    .user = true});
    columns[0] = (struct pg_column){
        .name = "id", .type = pg_universe_type(universe, NULL, "int8"), .typmod = -1};
    columns[1] = (struct pg_column){
        .name = "code", .type = pg_universe_type(universe, NULL, "varchar"), .typmod = 14};
    pg_universe_add_relation(universe, (struct pg_relation){.schema = "public",
                                                            .name = "users",
                                                            .kind = 'r',
                                                            .columns = columns,
                                                            .column_count = 2,
                                                            .user = true});
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;

    arena_free(fixture->arena);
    test_free(fixture);
    return 0;
}

static const struct {
    const char *text;
    const char *formatted;
} good[] = {
    {"int", "integer"},
    {"INT4", "integer"},
    {"int8", "bigint"},
    {"decimal(10)", "numeric(10,0)"},
    {"numeric(10,-2)", "numeric(10,-2)"},
    {"dec", "numeric"},
    {"float", "double precision"},
    {"float(20)", "real"},
    {"bool", "boolean"},
    {"varchar", "character varying"},
    {"varchar(20)", "character varying(20)"},
    {"char", "character(1)"},
    {"char(3)", "character(3)"},
    {"bpchar", "bpchar"},
    {"\"char\"", "\"char\""},
    {"text", "text"},
    {"json", "json"},
    {"bit", "bit(1)"},
    {"bit varying(4)", "bit varying(4)"},
    {"timestamp", "timestamp without time zone"},
    {"timestamptz(3)", "timestamp(3) with time zone"},
    {"time with time zone", "time with time zone"},
    {"interval", "interval"},
    {"interval(3)", "interval(3)"},
    {"interval day to second(2)", "interval day to second(2)"},
    {"interval year", "interval year"},
    {"int[]", "integer[]"},
    {"int[3][4]", "integer[]"},
    {"int array", "integer[]"},
    {"_int4", "integer[]"},
    {"varchar(5)[]", "character varying(5)[]"},
    {"pg_catalog.int4", "integer"},
    {"app.status", "app.status"},
    {"app.status[]", "app.status[]"},
    {"app._status", "app.status[]"},
    {"\"Mixed Case\"", "public.\"Mixed Case\""},
    {"vector(3)", "public.vector(3)"},
    {"users", "public.users"},
    {"users[]", "public.users[]"},
    {"users.id%type", "bigint"},
    {"public.users.code%TYPE", "character varying(10)"},
};

static void test_good(void **state)
{
    struct fixture *fixture = *state;

    for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
        for (int twice = 0; twice < 2; twice++) {
            struct error error = {0};
            int32_t typmod;
            const struct pg_type *type =
                pg_resolve_type(fixture->universe, good[i].text, &typmod, &error);

            if (!type)
                print_error("%s: %s\n", good[i].text, error.message);
            assert_non_null(type);
            assert_string_equal(pg_type_format(type, typmod, fixture->arena), good[i].formatted);
        }
}

static const struct {
    const char *text;
    const char *message;
    const char *hint;
} bad[] = {
    {"statuss", "type statuss does not exist", "Perhaps you meant app.status."},
    {"integr", "type integr does not exist", "Perhaps you meant integer."},
    {"serial", "type serial does not exist", ""},
    {"app.users", "type app.users does not exist", "Perhaps you meant public.users."},
    {"users.nothing%type", "column nothing of users does not exist", ""},
    {"text(3)", "type modifier is not allowed for type text", ""},
    {"numeric(1001)", "invalid modifier of type numeric", ""},
    {"varchar(0)", "invalid modifier of type varchar", ""},
    {"int)", "syntax error at or near \")\"", ""},
};

static void test_bad(void **state)
{
    struct fixture *fixture = *state;

    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        struct error error = {0};
        int32_t typmod;

        assert_null(pg_resolve_type(fixture->universe, bad[i].text, &typmod, &error));
        assert_string_equal(error.message, bad[i].message);
        assert_string_equal(error.hint, bad[i].hint);
    }
}

static void test_search_path(void **state)
{
    struct fixture *fixture = *state;
    struct error error = {0};
    struct text_list path = {0};
    int32_t typmod;

    assert_null(pg_resolve_type(fixture->universe, "status", &typmod, &error));
    text_list_add(&path, fixture->arena, "app");
    pg_universe_set_search_path(fixture->universe, &path);
    assert_non_null(pg_resolve_type(fixture->universe, "status", &typmod, &error));
    /* The system catalog comes first unless it is named. */
    pg_universe_add_type(fixture->universe, (struct pg_type){.schema = "app",
                                                             .name = "text",
                                                             .type_class = PG_TYPE_ENUM,
                                                             .base_typmod = -1,
                                                             .user = true});
    assert_string_equal(pg_resolve_type(fixture->universe, "text", &typmod, &error)->schema,
                        "pg_catalog");
    text_list_add(&path, fixture->arena, "pg_catalog");
    pg_universe_set_search_path(fixture->universe, &path);
    assert_string_equal(pg_resolve_type(fixture->universe, "text", &typmod, &error)->schema, "app");
}

static const struct {
    const char *method;
    const char *type;
    const char *opclass;
} classes[] = {
    {"btree", "int4", "int4_ops"},
    {"btree", "varchar", "text_ops"},
    {"btree", "text", "text_ops"},
    {"btree", "bpchar", "bpchar_ops"},
    {"btree", "_text", "array_ops"},
    {"gin", "_int4", "array_ops"},
    {"gin", "jsonb", "jsonb_ops"},
    {"gin", "tsvector", "tsvector_ops"},
    {"gist", "point", "point_ops"},
    {"gist", "int4range", "range_ops"},
    {"btree", "int4range", "range_ops"},
    {"hash", "uuid", "uuid_ops"},
    {"brin", "int8", "int8_minmax_ops"},
    {"btree", "json", NULL},
    {"gist", "inet", NULL},
    {"btree", "name", "name_ops"},
    {"btree", "cidr", "inet_ops"},
    {"spgist", "text", "text_ops"},
};

static void test_default_opclass(void **state)
{
    struct fixture *fixture = *state;
    const char *name;

    for (size_t i = 0; i < sizeof(classes) / sizeof(classes[0]); i++) {
        name =
            pg_universe_default_opclass(fixture->universe, classes[i].method,
                                        pg_universe_type(fixture->universe, NULL, classes[i].type));
        if (!classes[i].opclass)
            assert_null(name);
        else
            assert_string_equal(name, classes[i].opclass);
    }
    name = pg_universe_default_opclass(fixture->universe, "btree",
                                       pg_universe_type(fixture->universe, "app", "status"));
    assert_string_equal(name, "enum_ops");
    name = pg_universe_default_opclass(fixture->universe, "btree",
                                       pg_universe_type(fixture->universe, "public", "Mixed Case"));
    assert_string_equal(name, "text_ops");
}

static void test_extension(void **state)
{
    struct fixture *fixture = *state;
    const struct pg_type *type;

    assert_false(pg_universe_add_extension(fixture->universe, "no_such_extension", "public"));
    assert_true(pg_universe_add_extension(fixture->universe, "citext", "ext"));
    assert_true(pg_universe_add_extension(fixture->universe, "citext", "ext"));
    type = pg_universe_type(fixture->universe, "ext", "citext");
    assert_non_null(type);
    assert_string_equal(pg_universe_default_opclass(fixture->universe, "btree", type),
                        "ext.citext_ops");
    assert_true(pg_universe_add_extension(fixture->universe, "btree_gin", "ext"));
    assert_string_equal(
        pg_universe_default_opclass(fixture->universe, "gin",
                                    pg_universe_type(fixture->universe, NULL, "int4")),
        "ext.int4_ops");
}

/* What a database says of its extension goes before what plumb knows; members may lie in other schemas. */
static void test_offer(void **state)
{
    struct fixture *fixture = *state;
    struct text_list offers = {0};
    const struct pg_type *type;
    const struct pg_relation *relation;

    text_list_add(
        &offers, fixture->arena,
        "vector\nt vector b U 0 0\nt own.later b U 0 0\nt short d U 0 0 int4\n"
        "r own.job r jobid int8,embedding vector\nf near f 0 0 0 float8 vector,vector ,b");
    pg_universe_offer(fixture->universe, &offers);
    assert_true(pg_universe_add_extension(fixture->universe, "vector", "ext"));
    type = pg_universe_type(fixture->universe, "ext", "vector");
    assert_non_null(type);
    assert_null(pg_universe_type(fixture->universe, "ext", "halfvec"));
    assert_non_null(pg_universe_type(fixture->universe, "own", "later"));
    assert_string_equal(pg_universe_type(fixture->universe, "ext", "short")->base->name, "int4");
    relation = pg_universe_relation(fixture->universe, "own", "job");
    assert_int_equal(relation->column_count, 2);
    assert_ptr_equal(relation->columns[1].type, type);
    assert_true(pg_universe_add_extension(fixture->universe, "postgis", "gis"));
    assert_non_null(pg_universe_type(fixture->universe, "gis", "geometry"));
    assert_non_null(pg_universe_relation(fixture->universe, "gis", "spatial_ref_sys"));
    assert_true(pg_universe_add_extension(fixture->universe, "pg_cron", NULL));
    assert_non_null(pg_universe_relation(fixture->universe, "cron", "job"));
}

static void test_control(void **state)
{
    (void)state;
    assert_true(pg_extension_has_fixed_schema("pg_cron"));
    assert_true(pg_extension_has_fixed_schema("pgsodium"));
    assert_false(pg_extension_has_fixed_schema("citext"));
    assert_false(pg_extension_has_fixed_schema("of somebody"));
    assert_true(pg_extension_can_move("citext"));
    assert_false(pg_extension_can_move("postgis"));
    assert_false(pg_extension_can_move("citus"));
    assert_true(pg_extension_can_move("of somebody"));
}

static void test_versions(void **state)
{
    struct fixture *fixture = *state;
    struct pg_universe *old = pg_universe_new(fixture->arena, 14);

    assert_non_null(pg_universe_relation(old, NULL, "pg_class"));
    assert_null(pg_universe_relation(old, NULL, "pg_stat_io"));
    assert_non_null(pg_universe_relation(fixture->universe, NULL, "pg_stat_io"));
    assert_non_null(pg_universe_relation(old, "information_schema", "tables"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_good, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_bad, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_search_path, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_default_opclass, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_extension, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_offer, set_up, tear_down),
        cmocka_unit_test(test_control),
        cmocka_unit_test_setup_teardown(test_versions, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
