/* The way from two models to a plan: what is remembered, asked and assumed where only expressions differ
 * (plan/compare.c), and what is left aside (plan/filter.c). */
#include "../fake_server.h"

#include "plan/compare.h"
#include "plan/filter.h"

static struct arena *arena;
static struct dialect dialect;
static struct connection server;
static struct error error;
static struct compare_options options;
static struct compare_memory memory;
static struct text_list told; /* what the memory was told and asked */

static int begin(void **state)
{
    (void)state;
    arena = arena_new();
    dialect = fake_server();
    server = (struct connection){0};
    error = (struct error){0};
    options = (struct compare_options){0};
    memory = (struct compare_memory){0};
    told = (struct text_list){0};
    return 0;
}

static int end(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

/* The plan's statements, in one text. */
static const char *steps_between(const char *const *old, const char *const *new,
                                 struct connection *connection)
{
    struct world from = world_open(old, 0);
    struct world to = world_open(new, 0);
    struct plan *plan =
        compare_models(&dialect, connection, from.model, to.model, &options, &error);
    struct text_list steps = {0};
    const char *text;

    assert_non_null(plan);
    for (size_t i = 0; i < plan->steps.count; i++)
        text_list_add(&steps, arena, arena_strdup(arena, plan->steps.items[i].sql));
    text = text_list_join(&steps, arena, "; ");
    plan_free(plan);
    world_free(&from);
    world_free(&to);
    return text;
}

#define CHECK(text) "s = schema s", "t = table t in s", "c = check_constraint c in t | = " text
static const char *const declared[] = {CHECK("a > 0"), NULL};
static const char *const held[] = {CHECK("(a > 0)"), NULL};
static const char *const otherwise[] = {CHECK("(a > 0)") " | no_inherit = yes", NULL};
static const char altered[] = "alter check constraint s.t.c: expression";

static bool know_all(void *context, const char *key, struct digest a, struct digest b)
{
    (void)context;
    (void)a;
    (void)b;
    text_list_add(&told, arena, arena_printf(arena, "know %s", key));
    return true;
}

static bool know_none(void *context, const char *key, struct digest a, struct digest b)
{
    know_all(context, key, a, b);
    return false;
}

static void learn(void *context, const char *key, struct digest a, struct digest b)
{
    (void)context;
    (void)key;
    (void)a;
    (void)b;
    text_list_add(&told, arena, "learn");
}

static bool assume(void *context, const char *key, struct digest a, struct digest b)
{
    (void)context;
    (void)key;
    (void)a;
    (void)b;
    text_list_add(&told, arena, "assume");
    return true;
}

/* Without a server and a memory what differs differs. */
static void test_nothing_helps(void **state)
{
    (void)state;
    assert_string_equal(steps_between(held, declared, NULL), altered);
    assert_string_equal(steps_between(declared, declared, NULL), "");
}

/* The server decides, unless it must not be asked; it is not asked where nothing is in doubt. */
static void test_the_server_decides(void **state)
{
    (void)state;
    server.means_the_same = "a > 0";
    assert_string_equal(steps_between(declared, declared, &server), "");
    assert_int_equal(server.asked, 0);
    assert_string_equal(steps_between(held, declared, &server), "");
    assert_int_equal(server.asked, 1);
    options.never_ask = true;
    assert_string_equal(steps_between(held, declared, &server), altered);
    assert_int_equal(server.asked, 1);
}

/* Where more than expressions differs nobody needs to know whether they do. */
static void test_other_fields_differ(void **state)
{
    (void)state;
    server.means_the_same = "a > 0";
    steps_between(otherwise, declared, &server);
    assert_int_equal(server.asked, 0);
}

/* What is remembered is not asked. */
static void test_memory(void **state)
{
    (void)state;
    memory = (struct compare_memory){.know = know_all, .learn = learn};
    options.memory = &memory;
    assert_string_equal(steps_between(held, declared, &server), "");
    assert_int_equal(server.asked, 0);
    assert_int_equal(told.count, 1);
}

/* What the server says is learnt, but not that they differ. */
static void test_learning(void **state)
{
    (void)state;
    memory = (struct compare_memory){.know = know_none, .learn = learn};
    options.memory = &memory;
    server.means_the_same = "a > 0";
    assert_string_equal(steps_between(held, declared, &server), "");
    assert_string_equal(told.items[told.count - 1], "learn");
    told.count = 0;
    server.means_the_same = NULL;
    assert_string_equal(steps_between(held, declared, &server), altered);
    assert_int_equal(told.count, 1);
}

/* What must not be asked may be assumed by whoever has just written it. */
static void test_assuming(void **state)
{
    (void)state;
    memory = (struct compare_memory){.know = know_none, .assume = assume};
    options.memory = &memory;
    assert_string_equal(steps_between(held, declared, &server), "");
    assert_string_equal(told.items[told.count - 1], "assume");
}

/* --- what is left aside ------------------------------------------------------------------------- */

static const char *const two[] = {"a = schema app", "t = table t in a", "b = schema tmp",
                                  "u = table u in b", NULL};
static const char *const none[] = {"a = schema app", "b = schema tmp", NULL};

static void test_filters(void **state)
{
    const char *app[] = {"ap*", NULL};
    const char *t[] = {"app.t", "nothing.*", NULL};

    (void)state;
    assert_string_equal(steps_between(none, two, NULL), "create table app.t; create table tmp.u");
    options.schemas = app;
    assert_string_equal(steps_between(none, two, NULL), "create table app.t");
    options.schemas = NULL;
    options.excludes = t;
    assert_string_equal(steps_between(none, two, NULL), "create table tmp.u");
}

/* Checks globs that are all meant; gives the error's message and hint, or "". */
static const char *check(const char *const *schemas, const char *const *excludes)
{
    struct world world = world_open(two, 0);
    const struct model *models[] = {world.model};
    const char *result = "";

    error = (struct error){0};
    told = (struct text_list){0};
    options = (struct compare_options){.schemas = schemas, .excludes = excludes};
    if (!filter_check(&options, schemas ? schemas : excludes, models, 1, &told, arena, &error))
        result = arena_printf(arena, "%s. %s", error.message, error.hint);
    world_free(&world);
    return result;
}

#define GLOBS(...) ((const char *const[]){__VA_ARGS__, NULL})

static void test_globs_that_match_nothing(void **state)
{
    (void)state;
    assert_string_equal(check(GLOBS("app"), NULL), "");
    assert_string_equal(check(GLOBS("app", "apq"), NULL),
                        "no schema matches apq. Did you mean app?");
    assert_string_equal(check(GLOBS("x*"), NULL), "no schema matches x*. There is: app, tmp.");
    assert_string_equal(check(NULL, GLOBS("app.t")), "");
    assert_string_equal(check(NULL, GLOBS("apq.*")),
                        "no object matches apq.*. Did you mean app.*?");
    assert_non_null(strstr(check(NULL, GLOBS("zzzzzzz.*")), "Paths are like"));
    /* One of several paths is enough; that the other one matches nothing is noted. */
    assert_string_equal(check(NULL, GLOBS("app.t", "app.x")), "");
    assert_string_equal(text_list_join(&told, arena, ""), "no object matches app.x");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_nothing_helps, begin, end),
        cmocka_unit_test_setup_teardown(test_the_server_decides, begin, end),
        cmocka_unit_test_setup_teardown(test_other_fields_differ, begin, end),
        cmocka_unit_test_setup_teardown(test_memory, begin, end),
        cmocka_unit_test_setup_teardown(test_learning, begin, end),
        cmocka_unit_test_setup_teardown(test_assuming, begin, end),
        cmocka_unit_test_setup_teardown(test_filters, begin, end),
        cmocka_unit_test_setup_teardown(test_globs_that_match_nothing, begin, end),
    };

    return RUN(tests);
}
