/* What a comparison leaves as the target has it, and what it does not drop (plan/partial.c), and what that asks of those around
 * it (model/kept.c). */
#include "../fake_server.h"

#include "model/family.h"
#include "plan/compare.h"
#include "plan/partial.h"

#define GLOBS(...) ((const char *const[]){__VA_ARGS__, NULL})

static struct arena *arena;
static struct dialect dialect;
static struct error error;
static struct compare_options options;
static bool part; /* the wanted model is partial */
static const char *kept;

static int begin(void **state)
{
    (void)state;
    arena = arena_new();
    dialect = fake_server();
    error = (struct error){0};
    options = (struct compare_options){0};
    part = false;
    return 0;
}

static int end(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static const char *list_kept(const struct plan *plan)
{
    struct text_list list = {0};

    for (size_t i = 0; i < plan->kept.count; i++)
        text_list_add(&list, arena, identity_print(arena, plan->kept.items[i]));
    return text_list_join(&list, arena, ", ");
}

/* The plan's statements in one text, or the error. */
static const char *between(const char *const *old, const char *const *new)
{
    struct world from = world_open(old, 0);
    struct world to = world_open(new, 0);
    struct text_list steps = {0};
    struct plan *plan;
    const char *text;

    error = (struct error){0};
    kept = "";
    to.model->partial = part;
    plan = compare_models(&dialect, NULL, from.model, to.model, &options, &error);
    for (size_t i = 0; plan && i < plan->steps.count; i++)
        text_list_add(&steps, arena, arena_strdup(arena, plan->steps.items[i].sql));
    if (plan)
        kept = list_kept(plan);
    text = plan ? text_list_join(&steps, arena, "; ") : arena_strdup(arena, error.message);
    plan_free(plan);
    world_free(&from);
    world_free(&to);
    return text;
}

static const char *const have[] = {"s = schema s",
                                   "t = table t in s | column_order = a,b",
                                   "a = column a in t | = text",
                                   "b = column b in t | = text",
                                   "d = default_value - in b | = 1",
                                   "u = table u in s",
                                   "v = view v in s | = select u | needs u",
                                   NULL};
static const char *const want[] = {"s = schema s", "t = table t in s | column_order = a,c",
                                   "a = column a in t | = int", "c = column c in t | = text", NULL};

static void test_everything(void **state)
{
    (void)state;
    assert_non_null(strstr(between(have, want), "drop table s.u"));
}

static void test_unmanaged(void **state)
{
    const char *steps;

    (void)state;
    options.unmanaged = GLOBS("s.u", "s.v");
    steps = between(have, want);
    assert_null(strstr(steps, "s.u"));
    assert_non_null(strstr(steps, "drop column s.t.b"));
    options.unmanaged = GLOBS("s.t");
    steps = between(have, want);
    assert_null(strstr(steps, "s.t"));
    assert_non_null(strstr(steps, "drop table s.u"));
    options.unmanaged = GLOBS("s"); /* all that is in it */
    assert_string_equal(between(have, want), "");
    options.unmanaged = GLOBS("s.t.b", "s.[uv]"); /* a part alone */
    steps = between(have, want);
    assert_null(strstr(steps, "s.t.b"));
    assert_non_null(strstr(steps, "s.t.a"));
}

/* What the schema holds that stays is no reason that the rest of it stays. */
static void test_undeclared_schema(void **state)
{
    static const char *const none[] = {NULL};

    (void)state;
    options.unmanaged = GLOBS("s.t");
    assert_string_equal(between(have, none), "drop view s.v; drop table s.u");
}

static void test_unmanaged_uses_what_goes(void **state)
{
    (void)state;
    options.unmanaged = GLOBS("s.v");
    assert_string_equal(between(have, want),
                        "view s.v is unmanaged, but uses table s.u, which would be dropped");
    assert_int_equal(error.code, ERROR_REFUSED);
    options.only_shown = true; /* drift only tells */
    assert_non_null(strstr(between(have, want), "drop table s.u"));
}

/* A trigger that the files put onto a table of others is theirs. */
static void test_put_onto(void **state)
{
    static const char *const old[] = {"s = schema s", "t = table t in s",
                                      "x = trigger x in t | = before", NULL};
    static const char *const new[] = {"s = schema s", "t = table t in s | adopted",
                                      "x = trigger x in t | = before | adopted",
                                      "y = trigger y in t | = after", NULL};
    static const char *const declared[] = {"s = schema s", "t = table t in s",
                                           "y = trigger y in t | = after", NULL};

    (void)state;
    options.unmanaged = GLOBS("s.t");
    assert_string_equal(between(old, new), "create trigger s.t.y");
    assert_string_equal(between(old, declared), ""); /* but the table itself is not */
}

static void test_missing(void **state)
{
    static const char *const new[] = {"s = schema s", "u = table u in s",
                                      "v = view v in s | = select u | needs u", NULL};
    static const char *const none[] = {"s = schema s", NULL};

    (void)state;
    options.unmanaged = GLOBS("s.u");
    assert_string_equal(between(none, new),
                        "view s.v needs table s.u, which is unmanaged and is not in the database");
    options.unmanaged = NULL;
    options.only = GLOBS("s.v");
    assert_string_equal(
        between(none, new),
        "view s.v needs table s.u, which is left out by --only and is not in the database");
    assert_non_null(strstr(error.hint, "--only"));
    options.only = GLOBS("s.u");
    assert_string_equal(between(none, new), "create table s.u");
}

static void test_only(void **state)
{
    const char *steps;

    (void)state;
    options.only = GLOBS("s.t");
    steps = between(have, want);
    assert_null(strstr(steps, "s.u"));
    assert_non_null(strstr(steps, "drop column s.t.b"));
    assert_non_null(strstr(steps, "create column s.t.c"));
    options.only = GLOBS("s.t.c");
    assert_string_equal(between(have, want), "create column s.t.c");
    options.only = GLOBS("*");
    options.unmanaged = GLOBS("s");
    assert_string_equal(between(have, want), "");
}

/* Under --only the new name tells; what is unmanaged keeps its name. */
static void test_renames(void **state)
{
    static const char *const old[] = {"s = schema s", "t = table t in s | column_order = a",
                                      "a = column a in t | = text", NULL};
    static const char *const new[] = {"s = schema s",
                                      "t = table n in s | column_order = a | from t",
                                      "a = column a in t | = text", NULL};

    (void)state;
    options.only = GLOBS("s.n");
    assert_string_equal(between(old, new), "rename table s.n from t");
    options.only = GLOBS("s.x", "s.z");
    assert_string_equal(between(old, new), "");
    options.only = NULL;
    options.unmanaged = GLOBS("s.t");
    assert_null(strstr(between(old, new), "rename"));
}

static void test_no_drop(void **state)
{
    (void)state;
    options.no_drop = true;
    assert_string_equal(between(have, want), "alter table s.t: column_order; "
                                             "alter column s.t.a: type; create column s.t.c");
    assert_string_equal(kept, "table s.u, column s.t.b, view s.v");
}

/* A primary key of another name is one in the place of the old one, and no second one. */
static void test_no_drop_of_single(void **state)
{
    static const char *const old[] = {"s = schema s", "t = table t in s",
                                      "k = primary_key k in t | columns = a", NULL};
    static const char *const new[] = {"s = schema s", "t = table t in s",
                                      "l = primary_key l in t | columns = b", NULL};

    (void)state;
    options.no_drop = true;
    assert_string_equal(between(old, new), "drop primary key s.t.k; create primary key s.t.l");
    assert_string_equal(kept, "");
}

static void test_no_drop_of_name(void **state)
{
    static const char *const old[] = {"s = schema s", "t = table t in s", NULL};
    static const char *const new[] = {"s = schema s", "v = view t in s | = select 1", NULL};

    (void)state;
    options.no_drop = true;
    assert_string_equal(between(old, new),
                        "view s.t cannot be made: table s.t has its name, and nothing is dropped");
}

/* MySQL's: what is kept keeps its place among the triggers of an event, its partitions, and its key's columns. */
static void test_no_drop_among_others(void **state)
{
    static const char *const old[] = {
        "s = schema s",
        "t = table t in s",
        "a = trigger a in t | timing = BEFORE | body = x",
        "b = trigger b in t | timing = BEFORE | body = x | follows = a",
        "i = column i in t | = int",
        "n = not_null - in i",
        "k = primary_key k in t | columns = `i`",
        NULL};
    static const char *const new[] = {"s = schema s", "t = table t in s",
                                      "b = trigger b in t | timing = BEFORE | body = x",
                                      "i = column i in t | = int", NULL};
    static const char *const cut[] = {"s = schema s",
                                      "t = table t in s | partition_strategy = RANGE",
                                      "a = partition a in t | bound = 1 | position = 1",
                                      "b = partition b in t | bound = 2 | position = 2", NULL};
    static const char *const less[] = {"s = schema s",
                                       "t = table t in s | partition_strategy = RANGE",
                                       "b = partition b in t | bound = 2", NULL};
    static const char *const more[] = {"s = schema s",
                                       "t = table t in s | partition_strategy = RANGE",
                                       "b = partition b in t | bound = 2 | position = 1",
                                       "c = partition c in t | bound = 3 | position = 2", NULL};
    static const char *const other[] = {
        "s = schema s", "t = table t in s | partition_strategy = RANGE",
        "b = partition b in t | bound = 2", "c = partition c in t | bound = 0", NULL};

    (void)state;
    options.no_drop = true;
    assert_string_equal(between(old, new), "");
    assert_string_equal(kept, "primary key s.t.k, trigger s.t.a");
    assert_string_equal(between(cut, less), "");
    assert_string_equal(kept, "partition s.t.a");
    assert_string_equal(between(cut, more), "create partition s.t.c"); /* behind the last */
    assert_string_equal(kept, "partition s.t.a");
    between(cut, other); /* cut anew: where the rows go is the dialect's affair */
    assert_string_equal(kept, "");
}

/* A part of a schema: its own tables are exact. */
static void test_partial(void **state)
{
    const char *steps;

    (void)state;
    part = true;
    steps = between(have, want);
    assert_null(strstr(steps, "s.u"));
    assert_non_null(strstr(steps, "drop column s.t.b"));
    assert_string_equal(kept, "");
}

/* Each kind: unmanaged it stays as it is, and with no_drop whatever is a thing of its own stays. */
static void test_all_kinds(void **state)
{
    static const char *const none[] = {"s = schema s", NULL};

    (void)state;
    for (int kind = KIND_NONE + 1; kind < KIND_COUNT; kind++) {
        const char *line = arena_printf(arena, "x = %s x in s", kind_word((enum kind)kind));
        const char *const old[] = {"s = schema s", line, NULL};
        struct world world = world_open(old, 0);
        bool trait = object_is_trait(get(&world, "x"));

        world_free(&world);
        options = (struct compare_options){.unmanaged = GLOBS("s")};
        assert_string_equal(between(old, none), "");
        assert_string_equal(between(none, old), "");
        options = (struct compare_options){.only = GLOBS("nothing")};
        assert_string_equal(between(old, none), "");
        options = (struct compare_options){.no_drop = true};
        assert_int_equal(strlen(between(old, none)) > 0, trait);
        assert_int_equal(strlen(kept) > 0, !trait);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_everything, begin, end),
        cmocka_unit_test_setup_teardown(test_unmanaged, begin, end),
        cmocka_unit_test_setup_teardown(test_undeclared_schema, begin, end),
        cmocka_unit_test_setup_teardown(test_unmanaged_uses_what_goes, begin, end),
        cmocka_unit_test_setup_teardown(test_put_onto, begin, end),
        cmocka_unit_test_setup_teardown(test_missing, begin, end),
        cmocka_unit_test_setup_teardown(test_only, begin, end),
        cmocka_unit_test_setup_teardown(test_renames, begin, end),
        cmocka_unit_test_setup_teardown(test_no_drop, begin, end),
        cmocka_unit_test_setup_teardown(test_no_drop_of_single, begin, end),
        cmocka_unit_test_setup_teardown(test_no_drop_of_name, begin, end),
        cmocka_unit_test_setup_teardown(test_no_drop_among_others, begin, end),
        cmocka_unit_test_setup_teardown(test_partial, begin, end),
        cmocka_unit_test_setup_teardown(test_all_kinds, begin, end),
    };

    return RUN(tests);
}
