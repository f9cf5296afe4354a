/* The codec of identities. */
#include "../world.h"

static void test_keys(void **state)
{
    struct world world = OPEN("s = schema s", "t = table t in s", "c = column c in t",
                              "n = comment - in c", "f = function f in s | sig integer, text[]");

    (void)state;
    assert_string_equal(get(&world, "s")->key, "schema:/s");
    assert_string_equal(get(&world, "t")->key, "table:schema:/s/t");
    assert_string_equal(get(&world, "c")->key, "column:table:schema:/s/t/c");
    assert_string_equal(get(&world, "n")->key, "comment:column:table:schema:/s/t/c/");
    assert_string_equal(get(&world, "f")->key, "function:schema:/s/f(integer, text[])");
    world_free(&world);
}

/* Names that hold the codec's own characters give no key of something else. */
static void test_keys_are_unambiguous(void **state)
{
    struct arena *arena = arena_new();
    struct object schema = {.kind = KIND_SCHEMA, .name = "a/b", .key = NULL};
    struct object other = {.kind = KIND_SCHEMA, .name = "a", .key = NULL};
    const char *key;

    (void)state;
    schema.key = identity_key(arena, KIND_SCHEMA, NULL, "a/b", NULL);
    other.key = identity_key(arena, KIND_SCHEMA, NULL, "a", NULL);
    assert_string_equal(schema.key, "schema:/a\\/b");
    key = identity_key(arena, KIND_TABLE, &schema, "c", NULL);
    assert_string_not_equal(key, identity_key(arena, KIND_TABLE, &other, "b/c", NULL));
    assert_string_equal(identity_key(arena, KIND_TABLE, NULL, "\\(", NULL), "table:/\\\\\\(");
    assert_string_not_equal(identity_key(arena, KIND_FUNCTION, &other, "f(integer)", NULL),
                            identity_key(arena, KIND_FUNCTION, &other, "f", "integer"));
    assert_string_not_equal(identity_key(arena, KIND_FUNCTION, &other, "f", ""),
                            identity_key(arena, KIND_FUNCTION, &other, "f", NULL));
    assert_string_not_equal(identity_key(arena, KIND_TABLE, &other, "v", NULL),
                            identity_key(arena, KIND_VIEW, &other, "v", NULL));
    arena_free(arena);
}

static void assert_path(const struct world *world, const char *handle, const char *path,
                        const char *printed)
{
    struct arena *arena = arena_new();

    assert_string_equal(identity_path(arena, get(world, handle)), path);
    assert_string_equal(identity_print(arena, get(world, handle)), printed);
    arena_free(arena);
}

static void test_printing(void **state)
{
    struct world world =
        OPEN("s = schema s", "t = table t in s", "c = column c in t", "n = comment - in c",
             "nn = not_null - in c", "d = default_value - in c", "m = comment - in t",
             "f = function f in s | sig integer, text[]", "p = privilege clerk in t",
             "o = owner - in f", "k = primary_key t_pkey in t", "e = extension hstore");

    (void)state;
    assert_path(&world, "s", "s", "schema s");
    assert_path(&world, "e", "hstore", "extension hstore");
    assert_path(&world, "t", "s.t", "table s.t");
    assert_path(&world, "c", "s.t.c", "column s.t.c");
    assert_path(&world, "n", "s.t.c", "comment on column s.t.c");
    assert_path(&world, "m", "s.t", "comment on table s.t");
    assert_path(&world, "nn", "s.t.c", "not null constraint on column s.t.c");
    assert_path(&world, "d", "s.t.c", "default of column s.t.c");
    assert_path(&world, "f", "s.f(integer, text[])", "function s.f(integer, text[])");
    assert_path(&world, "o", "s.f(integer, text[])", "owner of function s.f(integer, text[])");
    assert_path(&world, "p", "s.t.clerk", "privilege of clerk on table s.t");
    assert_path(&world, "k", "s.t.t_pkey", "primary key s.t.t_pkey");
    world_free(&world);
}

static void test_quoting(void **state)
{
    struct model *model = model_new("test");
    struct object *schema = model_add(model, KIND_SCHEMA, NULL, "Odd Name", NULL);
    struct object *table = model_add(model, KIND_TABLE, schema, "a\"b", NULL);
    struct object *column = model_add(model, KIND_COLUMN, table, "1st", NULL);
    struct object *plain = model_add(model, KIND_COLUMN, table, "_a1", NULL);
    struct object *rule = model_add(model, KIND_UNMODELLED, NULL, "rule r on public.t", NULL);

    (void)state;
    assert_string_equal(identity_path(model->arena, column), "\"Odd Name\".\"a\"\"b\".\"1st\"");
    assert_string_equal(identity_path(model->arena, plain), "\"Odd Name\".\"a\"\"b\"._a1");
    assert_string_equal(identity_print(model->arena, rule), "rule r on public.t");
    model_free(model);
}

static void test_kind_names(void **state)
{
    (void)state;
    assert_string_equal(kind_name(KIND_MATERIALIZED_VIEW), "materialized view");
    assert_string_equal(kind_word(KIND_MATERIALIZED_VIEW), "materialized_view");
    for (int kind = KIND_NONE; kind < KIND_COUNT; kind++) {
        assert_non_null(kind_name((enum kind)kind));
        for (int other = KIND_NONE; other < kind; other++)
            assert_string_not_equal(kind_word((enum kind)kind), kind_word((enum kind)other));
    }
}

/* A procedure is no function, a partition no table. */
static void test_kinds_as_people_name_them(void **state)
{
    struct world world = OPEN(
        "s = schema s", "p = function p in s | sig integer | routine = procedure",
        "w = function w in s | sig  | routine = window",
        "f = function f in s | sig  | routine = function", "t = table t in s", "q = table q in s",
        "a = attachment - in q", "e = table e in s | server = x", "c = column c in q");
    struct arena *arena = world.model->arena;

    (void)state;
    assert_path(&world, "p", "s.p(integer)", "procedure s.p(integer)");
    assert_path(&world, "w", "s.w()", "window function s.w()");
    assert_path(&world, "f", "s.f()", "function s.f()");
    assert_path(&world, "t", "s.t", "table s.t");
    assert_path(&world, "q", "s.q", "partition s.q");
    assert_path(&world, "a", "s.q", "partition attachment of partition s.q");
    assert_path(&world, "e", "s.e", "foreign table s.e");
    assert_path(&world, "c", "s.q.c", "column s.q.c");
    assert_string_equal(identity_print_rename(arena, get(&world, "c"), "Old", NULL, "new"),
                        "column s.q.\"Old\" to new");
    assert_string_equal(identity_print_rename(arena, get(&world, "p"), "old", NULL, "p"),
                        "procedure s.old(integer) to p");
    assert_string_equal(identity_print_rename(arena, get(&world, "t"), NULL, "before", "t"),
                        "table before.t to s.t");
    world_free(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_keys),       cmocka_unit_test(test_keys_are_unambiguous),
        cmocka_unit_test(test_printing),   cmocka_unit_test(test_quoting),
        cmocka_unit_test(test_kind_names), cmocka_unit_test(test_kinds_as_people_name_them),
    };

    return RUN(tests);
}
