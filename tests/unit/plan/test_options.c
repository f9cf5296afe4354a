/* What a comparison is told (plan/options.def, plan/options_text.c), one after the other: each comes through the record's text, a
 * plan file and the public structure, alone. */
#include "../support.h"
#include "../world.h"

#include "library/library.h"
#include "report/plan_file.h"

static const char *const globs[] = {"a*", "b", NULL};

enum option {
#define MANAGE(member, word) OPTION_##member,
#define FLAG(member, word) OPTION_##member,
#define GLOBS(member, word) OPTION_##member,
#include "plan/options.def"
    OPTION_COUNT
};

static struct compare_options only(enum option option)
{
    struct compare_options options = {0};

#define MANAGE(member, word) options.manage.member = option == OPTION_##member;
#define FLAG(member, word) options.member = option == OPTION_##member;
#define GLOBS(member, word) options.member = option == OPTION_##member ? globs : NULL;
#include "plan/options.def"
    return options;
}

static void assert_globs_equal(const char *const *a, const char *const *b)
{
    size_t i = 0;

    if (!a || !b) {
        assert_ptr_equal(a, b);
        return;
    }
    for (; a[i] && b[i]; i++)
        assert_string_equal(a[i], b[i]);
    assert_ptr_equal(a[i], b[i]);
}

static void assert_same(const struct compare_options *a, const struct compare_options *b)
{
#define MANAGE(member, word) assert_int_equal(a->manage.member, b->manage.member);
#define FLAG(member, word) assert_int_equal(a->member, b->member);
#define GLOBS(member, word) assert_globs_equal(a->member, b->member);
#include "plan/options.def"
}

static void test_record(void **state)
{
    struct arena *arena = arena_new();

    (void)state;
    for (enum option option = 0; option < OPTION_COUNT; option++) {
        struct compare_options options = only(option);
        struct compare_options read =
            compare_options_parse(arena, compare_options_print(arena, &options));

        assert_same(&options, &read);
    }
    arena_free(arena);
}

static void test_public(void **state)
{
    struct arena *arena = arena_new();

    (void)state;
    for (enum option option = 0; option < OPTION_COUNT; option++) {
        struct compare_options options = only(option);
        struct plumb_options outside = PLUMB_OPTIONS_INIT;
        struct compare_options back;

        compare_options_give(&options, &outside);
        back = compare_options_of(arena, &outside);
        assert_same(&options, &back);
    }
    arena_free(arena);
}

static const struct dialect fake = {.name = "fake"};

static void test_plan_file(void **state)
{
    static const char *const lines[] = {"s = schema app", NULL};
    struct world world = world_open(lines, 0);
    struct plan plan = {
        .arena = arena_new(), .dialect = &fake, .from = world.model, .to = world.model};

    (void)state;
    model_seal(world.model);
    for (enum option option = 0; option < OPTION_COUNT; option++) {
        struct compare_options options = only(option);
        struct buffer text = BUFFER_EMPTY;
        struct error error = {0};
        struct plan_file file;

        plan_file_write(&plan, &(struct plan_file){.compare = options, .wanted = "wanted"}, &text);
        assert_true(plan_file_read(buffer_text(&text), "plan.json", plan.arena, &file, &error));
        assert_same(&options, &file.compare);
        buffer_free(&text);
    }
    arena_free(plan.arena);
    model_free(world.model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_record),
        cmocka_unit_test(test_public),
        cmocka_unit_test(test_plan_file),
    };

    return RUN(tests);
}
