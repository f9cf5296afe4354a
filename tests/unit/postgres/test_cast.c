/* What becomes of values when their type changes: every cast of the server is judged, and those judgements hold below
 * domains, arrays and modifiers. What the server really does to values is for tests/checks/truth to see. */
#include "write_fixture.h"

#include "postgres/facts/builtin.h"
#include "postgres/types/cast.h"
#include "postgres/types/types.h"
#include "postgres/facts/universe.h"

/* Types that no table has. */
static bool is_internal(const char *name)
{
    return strncmp(name, "pg_", 3) == 0 && strcmp(name, "pg_lsn") != 0;
}

static const char *spelled(struct pg_universe *universe, struct arena *arena, int place)
{
    const struct pg_type *type =
        pg_universe_type(universe, "pg_catalog", builtin_types[place].name);

    return type_text_split(arena, pg_type_format(type, -1, arena)).base;
}

static void test_every_cast_is_judged(void **state)
{
    struct arena *arena = arena_new();
    struct pg_universe *universe = pg_universe_new(arena, 0);

    (void)state;
    for (int i = 0; i < builtin_cast_count; i++) {
        const struct builtin_cast *row = &builtin_casts[i];
        const char *from = spelled(universe, arena, row->source);
        const char *to = spelled(universe, arena, row->target);

        if (is_internal(from) || is_internal(to) || strcmp(from, to) == 0 ||
            (row->last && row->last < 14)) /* of servers that plumb does not know */
            continue;
        if (cast_known_effect(from, to) < 0)
            fail_msg("casts.def says nothing of %s to %s", from, to);
    }
    arena_free(arena);
}

static void test_every_judgement_has_a_cast(void **state)
{
    static const char *const facts[][2] = {
#define CAST(from, to, effect) {from, to},
#include "postgres/types/casts.def"
#undef CAST
    };

    (void)state;
    for (size_t i = 0; i < sizeof(facts) / sizeof(*facts); i++) {
        const char *from = strcmp(facts[i][0], "reg*") == 0 ? "regclass" : facts[i][0];
        const char *to = strcmp(facts[i][1], "reg*") == 0 ? "regclass" : facts[i][1];
        bool found = false;

        for (int j = 0; j < builtin_cast_count && !found; j++)
            found =
                strcmp(builtin_types[builtin_casts[j].source].name, pg_type_name_of(from)) == 0 &&
                strcmp(builtin_types[builtin_casts[j].target].name, pg_type_name_of(to)) == 0;
        if (!found)
            fail_msg("the server has no cast from %s to %s", from, to);
    }
}

static struct type_text below(struct fixture *fixture, const char *type)
{
    return type_text_below(fixture->to->arena, fixture->to, type);
}

static enum cast_effect effect(struct fixture *fixture, const char *from, const char *to)
{
    struct type_text a = below(fixture, from);
    struct type_text b = below(fixture, to);

    return cast_effect(fixture->to->arena, &a, &b);
}

static void test_effects(void **state)
{
    struct fixture fixture = fixture_new(0);

    (void)state;
    as_domain(add(fixture.to, KIND_DOMAIN, schema_of(fixture.to), "code"))->type =
        "character varying(3)";
    as_domain(add(fixture.to, KIND_DOMAIN, schema_of(fixture.to), "codes"))->type = "app.code[]";
    assert_int_equal(effect(&fixture, "text", "app.code"), CAST_LOSES);
    assert_int_equal(effect(&fixture, "app.code", "character varying(5)"), CAST_KEEPS);
    assert_int_equal(effect(&fixture, "text[]", "app.codes"), CAST_LOSES);
    assert_int_equal(effect(&fixture, "app.codes", "text[]"), CAST_KEEPS);
    assert_int_equal(effect(&fixture, "numeric(10,2)", "numeric(12,3)"), CAST_KEEPS);
    assert_int_equal(effect(&fixture, "numeric(10,2)", "numeric(10,3)"), CAST_LOSES);
    assert_int_equal(effect(&fixture, "numeric(4,0)", "smallint"), CAST_FEW);
    assert_int_equal(effect(&fixture, "date", "timestamp(0) without time zone"), CAST_FEW);
    assert_int_equal(effect(&fixture, "interval day to second", "interval"), CAST_KEEPS);
    assert_int_equal(effect(&fixture, "interval", "interval year to month"), CAST_LOSES);
    assert_int_equal(effect(&fixture, "uuid", "character varying(36)"), CAST_KEEPS);
    assert_int_equal(effect(&fixture, "uuid", "character varying(35)"), CAST_LOSES);
    assert_int_equal(effect(&fixture, "text", "integer"), CAST_LOSES);
    assert_int_equal(effect(&fixture, "public.geometry(Point,4326)", "public.geometry"),
                     CAST_KEEPS);
    assert_int_equal(effect(&fixture, "public.geometry", "public.geometry(Point,4326)"),
                     CAST_LOSES);
    assert_int_equal(
        effect(&fixture, "public.geometry(PointZ,4326)", "public.geometry(GeometryZ,4326)"),
        CAST_KEEPS);
    assert_int_equal(
        effect(&fixture, "public.geometry(PointZ,4326)", "public.geometry(Geometry,4326)"),
        CAST_LOSES);
    assert_int_equal(effect(&fixture, "public.geometry(Point,4326)", "public.geometry(Point)"),
                     CAST_KEEPS);
    assert_int_equal(effect(&fixture, "public.geometry(Point,4326)", "public.geometry(Point,3857)"),
                     CAST_LOSES);
    assert_int_equal(effect(&fixture, "public.vector(3)", "public.vector(4)"), CAST_LOSES);
    fixture_free(&fixture);
}

static void test_modifiers_are_spelled_alike(void **state)
{
    static const char *const spellings[][3] = {
        {"geometry", "point, 4326", "Point,4326"},
        {"public.geometry", "MULTIPOLYGONZM,3857", "MultiPolygonZM,3857"},
        {"geometry", "Point,0", "Point"},
        {"geometry", "geometry", NULL},
        {"geography", "linestringz", "LineStringZ,4326"},
        {"vector", "3", "3"},
        {"hll", "11, 5, -1, 1", "11,5,-1,1"},
        {"x.other", "Word, \"Kept As It Is\"", "word,\"Kept As It Is\""},
    };
    struct arena *arena = arena_new();

    (void)state;
    for (size_t i = 0; i < sizeof(spellings) / sizeof(*spellings); i++) {
        const char *text = pg_canonical_modifiers(arena, spellings[i][0], spellings[i][1]);

        assert_true(!text == !spellings[i][2]);
        if (text)
            assert_string_equal(text, spellings[i][2]);
    }
    arena_free(arena);
}

static void test_ways(void **state)
{
    struct fixture fixture = fixture_new(0);
    struct type_text text = below(&fixture, "text");
    struct type_text number = below(&fixture, "integer");
    struct type_text numbers = below(&fixture, "integer[]");
    struct type_text date = below(&fixture, "date");
    struct type_text boolean = below(&fixture, "boolean");
    struct type_text bytes = below(&fixture, "bytea");

    (void)state;
    assert_int_equal(cast_way(&number, &text, 0), CAST_BY_ASSIGNMENT);
    assert_int_equal(cast_way(&text, &number, 0), CAST_EXPLICITLY);
    assert_int_equal(cast_way(&number, &date, 0), CAST_BY_TEXT);
    assert_int_equal(cast_way(&boolean, &number, 0), CAST_EXPLICITLY);
    assert_int_equal(cast_way(&number, &numbers, 0), CAST_TO_ELEMENT);
    assert_int_equal(cast_way(&number, &bytes, 180000), CAST_EXPLICITLY);
    assert_int_equal(cast_way(&number, &bytes, 170000), CAST_BY_TEXT);
    fixture_free(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_cast_is_judged),
        cmocka_unit_test(test_every_judgement_has_a_cast),
        cmocka_unit_test(test_effects),
        cmocka_unit_test(test_modifiers_are_spelled_alike),
        cmocka_unit_test(test_ways),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
