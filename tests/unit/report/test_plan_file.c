/* Plan files: what is written is read again, the bytes are the same each time, and no damage or
 * forgery gets through or crashes. */
#include "../support.h"
#include "../world.h"

#include "dialect/dialect.h"
#include "model/snapshot.h"
#include "report/plan_file.h"

static const char *const before_lines[] = {"s = schema app", "t = table users in s", NULL};
static const char *const after_lines[] = {"s = schema app", "t = table users in s",
                                          "c = column name in t | type = text", NULL};

static const struct dialect fake = {.name = "fake"};

static void write_plan(struct buffer *text)
{
    static const char *const globs[] = {"app", NULL};
    struct world before = world_open(before_lines, 0);
    struct world after = world_open(after_lines, 0);
    struct plan plan = {.arena = arena_new(), .dialect = &fake, .group_count = 1};
    struct compare_options options = {.manage = {.owners = true}, .schemas = globs};
    struct buffer wanted = BUFFER_EMPTY;
    struct step step = {.sql = "ALTER TABLE app.users ADD COLUMN name text",
                        .action = ACTION_ALTER,
                        .object = get(&after, "c"),
                        .lock = LOCK_ACCESS_EXCLUSIVE};

    snapshot_write(after.model, &wanted);
    model_seal(before.model);
    model_seal(after.model);
    plan.from = before.model;
    plan.to = after.model;
    step_list_add(&plan.steps, plan.arena, step);
    plan_file_write(&plan,
                    &(struct plan_file){.compare = options,
                                        .wanted = buffer_text(&wanted),
                                        .target = "as it was",
                                        .files = "f00d schema.sql\n",
                                        .git_commit = "c0ffee"},
                    text);
    buffer_free(&wanted);
    arena_free(plan.arena);
    model_free(before.model);
    model_free(after.model);
}

static void test_there_and_back(void **state)
{
    struct buffer text = BUFFER_EMPTY;
    struct buffer again = BUFFER_EMPTY;
    struct arena *arena = arena_new();
    struct error error = {0};
    struct plan_file file;

    (void)state;
    write_plan(&text);
    write_plan(&again);
    assert_string_equal(buffer_text(&text), buffer_text(&again));
    assert_true(plan_file_read(buffer_text(&text), "plan.json", arena, &file, &error));
    assert_string_equal(file.dialect, "fake");
    assert_int_equal(file.statements.count, 1);
    assert_string_equal(file.statements.items[0], "ALTER TABLE app.users ADD COLUMN name text");
    assert_true(file.compare.manage.owners && !file.compare.never_ask &&
                !file.compare.manage.privileges);
    assert_string_equal(file.compare.schemas[0], "app");
    assert_string_equal(file.target, "as it was");
    assert_string_equal(file.files, "f00d schema.sql\n");
    assert_string_equal(file.git_commit, "c0ffee");
    assert_null(file.git_remote);
    assert_null(file.compare.excludes);
    model_free(snapshot_read(file.wanted, "wanted", &error));
    assert_int_equal(error.code, ERROR_NONE);
    buffer_free(&text);
    buffer_free(&again);
    arena_free(arena);
}

static void assert_refused(const char *text, const char *message)
{
    struct arena *arena = arena_new();
    struct error error = {0};
    struct plan_file file;

    assert_false(plan_file_read(text, "plan.json", arena, &file, &error));
    assert_int_equal(error.code, ERROR_REFUSED);
    assert_true(*error.hint);
    if (message && !strstr(error.message, message))
        fail_msg("%s is not in: %s", message, error.message);
    arena_free(arena);
}

static void test_refused(void **state)
{
    struct buffer text = BUFFER_EMPTY;
    char *column;

    (void)state;
    write_plan(&text);
    for (size_t length = 0; length + 2 < text.length; length++) {
        char *cut = memory_alloc(length + 1);

        memcpy(cut, text.text, length);
        cut[length] = '\0';
        assert_refused(cut, NULL);
        memory_free(cut);
    }
    assert_refused("{}", "is no plan of plumb");
    assert_refused("[1]", "is no plan of plumb");
    assert_refused("{\"plumb_plan\": 2}", "another version");
    assert_refused("{\"plumb_plan\": \"1\"}", "is no plan of plumb");
    assert_refused("{\"plumb_plan\": 1, \"tool\": \"plumb 99.0\"}", "another major version");
    column = strstr(text.text, "ADD COLUMN name");
    memcpy(column, "ADD COLUMN mane", 15);
    assert_refused(buffer_text(&text), "was changed");
    buffer_free(&text);
}

static void test_damage(void **state)
{
    struct buffer text = BUFFER_EMPTY;
    uint64_t seed = 11;

    (void)state;
    write_plan(&text);
    for (int round = 0; round < 3000; round++) {
        struct arena *arena = arena_new();
        struct error error = {0};
        struct plan_file file;
        char *changed = memory_alloc(text.length + 1);

        memcpy(changed, buffer_text(&text), text.length + 1);
        for (unsigned i = next_number(&seed) % 4; i < 4; i++)
            changed[next_number(&seed) % text.length] = "\"{}[],:0 tx\\\n"[next_number(&seed) % 13];
        if (!plan_file_read(changed, "plan.json", arena, &file, &error))
            assert_int_equal(error.code, ERROR_REFUSED);
        memory_free(changed);
        arena_free(arena);
    }
    buffer_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_there_and_back),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_damage),
    };

    return RUN(tests);
}
