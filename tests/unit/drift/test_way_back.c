/* The names that a recorded schema has today, through the renames since: drift/way_back.c. */
#include "../fake_server.h"

#include "drift/way_back.h"

static struct arena *arena;
static struct dialect dialect;
static struct store *store;
static struct error error;
static char path[32];
static struct record_entry entries[4];
static size_t count;

static int begin(void **state)
{
    (void)state;
    snprintf(path, sizeof(path), "/tmp/plumb-back-XXXXXX");
    arena = arena_new();
    dialect = fake_server();
    error = (struct error){0};
    store = new_store(path);
    assert_true(record_make(store, &error));
    count = 0;
    return 0;
}

static int end(void **state)
{
    (void)state;
    store_close(store);
    unlink(path);
    arena_free(arena);
    return 0;
}

/* An entry that left that schema behind; asked: the wanted one, with what its author said. */
static void record(const char *const *after, const char *const *asked)
{
    entries[count] = (struct record_entry){.number = (int64_t)count + 1, .state = RECORD_DONE};
    entries[count].after = put_schema(store, arena, after);
    if (asked) {
        struct record_schema schema = {.snapshot = snapshot_of(arena, asked)};

        entries[count].wanted = arena_printf(arena, "wanted-%zu", count);
        assert_true(record_write_schema(store, entries[count].wanted, "fake", &schema, &error));
    }
    count++;
}

/* What the first schema, on its way back, asks to be renamed from: "t from u". */
static const char *way_back(const char *const *first)
{
    struct record_entries all = {.items = entries, .count = count};
    struct world world = world_open(first, 0);
    struct text_list found = {0};

    assert_true(way_back_request(store, &all, 1, &dialect, world.model, &error));
    for (size_t i = 0; i < world.model->rename_count; i++) {
        const struct rename_request *request = &world.model->renames[i];

        assert_true(request->certain);
        text_list_add(&found, arena,
                      arena_printf(arena, "%s from %s",
                                   request->label ? request->label : request->object->name,
                                   request->former_name));
    }
    world_free(&world);
    return text_list_join(&found, arena, ", ");
}

#define COLUMN(table, name)                                                                        \
    "s = schema s", "t = table " table " in s", "a = column " name " in t | type = int"
static const char *const first[] = {COLUMN("t", "a"), NULL};
static const char *const table_renamed[] = {COLUMN("u", "a"), NULL};
static const char *const asks_for_u[] = {"s = schema s", "t = table u in s | from t",
                                         "a = column a in t | type = int", NULL};
static const char *const column_renamed[] = {COLUMN("u", "b"), NULL};
static const char *const asks_for_b[] = {"s = schema s", "t = table u in s",
                                         "a = column b in t | type = int | from a", NULL};

static void test_nothing_was_renamed(void **state)
{
    (void)state;
    record(first, NULL);
    assert_string_equal(way_back(first), "");
    record(first, first);
    assert_string_equal(way_back(first), "");
}

/* One after the other, of a table and then of a column in it. */
static void test_renames_are_followed(void **state)
{
    (void)state;
    record(first, NULL);
    record(table_renamed, asks_for_u);
    assert_string_equal(way_back(first), "t from u");
    record(column_renamed, asks_for_b);
    assert_string_equal(way_back(first), "t from u, a from b");
}

/* Dropped and made anew under another name is no rename. */
static void test_nobody_asked(void **state)
{
    (void)state;
    record(first, NULL);
    record(table_renamed, table_renamed);
    assert_string_equal(way_back(first), "");
}

/* There and back again. */
static void test_a_rename_that_was_undone(void **state)
{
    static const char *const asks_for_t[] = {"s = schema s", "t = table t in s | from u",
                                             "a = column a in t | type = int", NULL};

    (void)state;
    record(first, NULL);
    record(table_renamed, asks_for_u);
    record(first, asks_for_t);
    assert_string_equal(way_back(first), "");
}

/* An entry whose schema the record does not have any more tells nothing, and is no error. */
static void test_a_schema_that_is_gone(void **state)
{
    (void)state;
    record(first, NULL);
    record(table_renamed, asks_for_u);
    entries[1].wanted = "wanted-lost";
    assert_string_equal(way_back(first), "");
    entries[0].after = "lost";
    assert_string_equal(way_back(first), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_nothing_was_renamed, begin, end),
        cmocka_unit_test_setup_teardown(test_renames_are_followed, begin, end),
        cmocka_unit_test_setup_teardown(test_nobody_asked, begin, end),
        cmocka_unit_test_setup_teardown(test_a_rename_that_was_undone, begin, end),
        cmocka_unit_test_setup_teardown(test_a_schema_that_is_gone, begin, end),
    };

    return RUN(tests);
}
