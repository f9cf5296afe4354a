/* The proof of a plan, and what counts as proven where the server may not be asked: exec/verify.c. */
#include "../fake_server.h"

#include "exec/exec.h"
#include "model/snapshot.h"

static struct arena *arena;
static struct dialect dialect;
static struct connection server;
static struct error error;
static struct exec_options options;
static const char *const *wanted;
static struct world from, to;
static struct plan *plan;
static int known, learnt;

static struct model *load_wanted(void *context, struct error *load_error)
{
    (void)context;
    (void)load_error;
    return world_open(wanted, 0).model;
}

static int begin(void **state)
{
    (void)state;
    arena = arena_new();
    dialect = fake_server();
    server = (struct connection){0};
    error = (struct error){0};
    options = (struct exec_options){.wanted = load_wanted};
    plan = NULL;
    known = learnt = 0;
    return 0;
}

static int end(void **state)
{
    (void)state;
    if (plan) {
        plan_free(plan);
        world_free(&from);
        world_free(&to);
    }
    arena_free(arena);
    return 0;
}

/* The plan from one state to the other, after which the server shows that. */
static void planned(const char *const *old, const char *const *new, const char *const *shown)
{
    struct compare_options compare = {0};

    from = world_open(old, 0);
    to = world_open(new, 0);
    wanted = new;
    server.catalog = shown;
    plan = compare_models(&dialect, NULL, from.model, to.model, &compare, &error);
    assert_non_null(plan);
}

#define CHECK(text) "s = schema s", "t = table t in s", "c = check_constraint c in t | = " text
static const char *const empty[] = {"s = schema s", NULL};
static const char *const declared[] = {CHECK("a > 0"), NULL};
static const char *const held[] = {CHECK("(a > 0)"), NULL};

static void test_what_was_wanted(void **state)
{
    struct buffer snapshot = BUFFER_EMPTY;

    (void)state;
    planned(empty, declared, declared);
    assert_true(exec_verify(plan, &server, &options, true, &snapshot, &error));
    assert_true(digest_equal(snapshot_digest(buffer_text(&snapshot)),
                             snapshot_digest(snapshot_of(arena, declared))));
    assert_true(exec_read(plan, &server, &snapshot, &error));
    assert_true(digest_equal(snapshot_digest(buffer_text(&snapshot)),
                             snapshot_digest(snapshot_of(arena, declared))));
    buffer_free(&snapshot);
}

static void test_what_would_remain(void **state)
{
    (void)state;
    planned(empty, declared, empty);
    assert_false(exec_verify(plan, &server, &options, true, NULL, &error));
    assert_int_equal(error.code, ERROR_INTERNAL);
    assert_string_equal(error.message,
                        "the plan does not lead to what is wanted; 1 step would remain:\n"
                        "  create table s.t (c)");
    assert_non_null(strstr(error.hint, "Nothing of this transaction was committed"));
    error = (struct error){0};
    assert_false(exec_verify(plan, &server, &options, false, NULL, &error));
    assert_non_null(strstr(error.hint, "The steps are committed"));
}

/* Ten are listed, the others counted. */
static void test_much_would_remain(void **state)
{
    const char *lines[14] = {"s = schema s"};

    (void)state;
    for (int i = 0; i < 12; i++)
        lines[i + 1] = arena_printf(arena, "t%d = table t%02d in s", i, i);
    planned(empty, lines, empty);
    assert_false(exec_verify(plan, &server, &options, true, NULL, &error));
    assert_non_null(strstr(error.message, "12 steps would remain"));
    assert_non_null(strstr(error.message, "create table s.t09\n  and 2 more"));
    assert_null(strstr(error.message, "t10"));
}

/* The server says that what it holds is what was declared. */
static void test_the_server_is_asked(void **state)
{
    (void)state;
    server.means_the_same = "a > 0";
    planned(empty, declared, held);
    assert_true(exec_verify(plan, &server, &options, true, NULL, &error));
    assert_int_equal(server.asked, 1);
}

static bool know(void *context, const char *key, struct digest declared_digest,
                 struct digest held_digest)
{
    (void)context;
    (void)key;
    (void)declared_digest;
    (void)held_digest;
    known++;
    return false;
}

static void learn(void *context, const char *key, struct digest declared_digest,
                  struct digest held_digest)
{
    (void)context;
    (void)key;
    (void)declared_digest;
    (void)held_digest;
    learnt++;
}

/* It may not be asked, but was given that very text by the plan: what it made of it is what it means. */
static void test_what_the_plan_has_written(void **state)
{
    struct compare_memory memory = {.know = know, .learn = learn};

    (void)state;
    options.compare.never_ask = true;
    options.compare.memory = &memory;
    planned(empty, declared, held);
    assert_true(exec_verify(plan, &server, &options, true, NULL, &error));
    assert_int_equal(server.asked, 0);
    assert_true(known > 0);
    assert_int_equal(learnt, 1);
}

/* A text that the plan has not written proves nothing. */
static void test_what_somebody_else_has_written(void **state)
{
    static const char *const with_table[] = {CHECK("a > 0"), "u = table u in s", NULL};
    static const char *const shown[] = {CHECK("(a > 0)"), "u = table u in s", NULL};

    (void)state;
    options.compare.never_ask = true;
    planned(declared, with_table, shown);
    assert_false(exec_verify(plan, &server, &options, true, NULL, &error));
    assert_non_null(strstr(error.message, "check"));
}

static struct model *cannot_load(void *context, struct error *load_error)
{
    (void)context;
    error_set(load_error, ERROR_IO, "the files are gone");
    return NULL;
}

static void test_the_wanted_files_are_gone(void **state)
{
    (void)state;
    planned(empty, declared, declared);
    options.wanted = cannot_load;
    assert_false(exec_verify(plan, &server, &options, true, NULL, &error));
    assert_string_equal(error.message, "the files are gone");
}

static struct digest kept_of(const char *const *schemas, const struct compare_options *compare)
{
    struct model *model = model_new("test");
    struct buffer text = BUFFER_EMPTY;
    struct digest digest;

    for (; *schemas; schemas++)
        model_add(model, KIND_SCHEMA, NULL, *schemas, NULL);
    snapshot_write(model, &text);
    digest = exec_kept_digest(buffer_text(&text), compare);
    buffer_free(&text);
    model_free(model);
    return digest;
}

/* What changes outside of what is compared does not matter. */
static void test_what_is_kept(void **state)
{
    static const char *const globs[] = {"shop", NULL};
    static const char *const before[] = {"shop", NULL};
    static const char *const beside[] = {"crm", "shop", NULL};
    static const char *const gone[] = {"crm", NULL};
    const struct compare_options all = {0};
    const struct compare_options one = {.schemas = globs};

    (void)state;
    assert_true(digest_equal(kept_of(before, &one), kept_of(beside, &one)));
    assert_false(digest_equal(kept_of(before, &one), kept_of(gone, &one)));
    assert_false(digest_equal(kept_of(before, &all), kept_of(beside, &all)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_what_was_wanted, begin, end),
        cmocka_unit_test_setup_teardown(test_what_would_remain, begin, end),
        cmocka_unit_test_setup_teardown(test_much_would_remain, begin, end),
        cmocka_unit_test_setup_teardown(test_the_server_is_asked, begin, end),
        cmocka_unit_test_setup_teardown(test_what_the_plan_has_written, begin, end),
        cmocka_unit_test_setup_teardown(test_what_somebody_else_has_written, begin, end),
        cmocka_unit_test_setup_teardown(test_the_wanted_files_are_gone, begin, end),
        cmocka_unit_test_setup_teardown(test_what_is_kept, begin, end),
    };

    return RUN(tests);
}
