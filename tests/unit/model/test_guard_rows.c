/* Catalogs as rows over a model (model/guard_rows.c), and queries over them (model/guard_search.c). */
#include "../world.h"

#include "model/guard.h"

static struct world world;

static int begin(void **state)
{
    (void)state;
    world = OPEN(
        "s = schema app", "t = table users in s", "a = column id in t | type = int",
        "n = not_null - in a", "b = column name in t | type = text",
        "d = default_value - in b | = 'x'", "k = primary_key users_pkey in t | columns = id,name",
        "u = table posts in s", "c = column author in u | type = int",
        "f = foreign_key fk in u | columns = author | referenced_columns = id | refs t",
        "v = view seen in s | = SELECT 1", "p = function go in s | sig int | routine = procedure");
    return 0;
}

static int end(void **state)
{
    (void)state;
    world_free(&world);
    return 0;
}

/* What the table says of the object in that column; "?" and "NULL" for what it does not. */
static const char *cell(const char *table_name, const char *handle, size_t part, const char *column)
{
    const struct guard_table *table = guard_information_schema(table_name);
    struct guard_row row = {get(&world, handle), part};
    struct guard_value value;

    assert_non_null(table);
    assert_true(table->has(row.object));
    value = guard_column_value(table, &row, column);
    return value.kind == GUARD_UNKNOWN ? "?" : value.kind == GUARD_NULL ? "NULL" : value.text;
}

static void test_columns(void **state)
{
    (void)state;
    assert_string_equal(cell("tables", "t", 0, "TABLE_NAME"), "users");
    assert_string_equal(cell("TABLES", "t", 0, "table_schema"), "app");
    assert_string_equal(cell("tables", "t", 0, "table_type"), "BASE TABLE");
    assert_string_equal(cell("tables", "v", 0, "table_type"), "VIEW");
    assert_string_equal(cell("tables", "t", 0, "engine"), "?");
    assert_string_equal(cell("columns", "a", 0, "is_nullable"), "NO");
    assert_string_equal(cell("columns", "b", 0, "is_nullable"), "YES");
    assert_string_equal(cell("columns", "a", 0, "column_default"), "NULL");
    assert_string_equal(cell("columns", "b", 0, "column_default"), "?");
    assert_string_equal(cell("columns", "b", 0, "table_name"), "users");
    assert_string_equal(cell("table_constraints", "k", 0, "constraint_type"), "PRIMARY KEY");
    assert_string_equal(cell("table_constraints", "f", 0, "constraint_type"), "FOREIGN KEY");
    assert_string_equal(cell("routines", "p", 0, "routine_type"), "PROCEDURE");
    assert_null(guard_information_schema("nothing"));
}

/* One object, several rows. */
static void test_keys(void **state)
{
    (void)state;
    assert_int_equal(guard_information_schema("key_column_usage")->parts(get(&world, "k")), 2);
    assert_string_equal(cell("key_column_usage", "k", 0, "column_name"), "id");
    assert_string_equal(cell("key_column_usage", "k", 1, "column_name"), "name");
    assert_string_equal(cell("key_column_usage", "k", 0, "referenced_table_name"), "NULL");
    assert_string_equal(cell("key_column_usage", "f", 0, "referenced_table_name"), "users");
    assert_string_equal(cell("key_column_usage", "f", 0, "referenced_column_name"), "id");
    assert_false(guard_information_schema("key_column_usage")->has(get(&world, "t")));
}

/* --- queries ---------------------------------------------------------------------------------------- */

static struct guard_frame frame;

/* WHERE t.table_name = "users" AND c.table_name = t.table_name */
static struct guard_value joined(void *context)
{
    struct guard_value name = guard_frame_column(&frame, "t", "table_name");

    return guard_and(
        guard_compare("=", name, guard_text(context), false),
        guard_compare("=", guard_frame_column(&frame, "c", "table_name"), name, false));
}

static struct guard_value column_name(void *context)
{
    (void)context;
    return guard_frame_column(&frame, NULL, "column_name");
}

static struct guard_value unknowable(void *context)
{
    (void)context;
    return guard_unknown();
}

static struct guard_search search_for(struct guard_value (*holds)(void *context), const char *table,
                                      bool counts, size_t *effort)
{
    struct guard_search search = {.model = world.model,
                                  .frame = &frame,
                                  .holds = holds,
                                  .first = column_name,
                                  .context = (void *)(uintptr_t)table,
                                  .counts = counts,
                                  .effort = effort};

    frame = (struct guard_frame){0};
    assert_true(guard_frame_add(&frame, "t", guard_information_schema("tables")));
    assert_true(guard_frame_add(&frame, "c", guard_information_schema("columns")));
    guard_search_rows(&search);
    return search;
}

static void test_searches(void **state)
{
    struct arena *arena = arena_new();
    size_t effort = 0;
    struct guard_search search = search_for(joined, "users", true, &effort);

    (void)state;
    assert_string_equal(guard_search_result(arena, &search).text, "2");
    search = search_for(joined, "users", false, &effort);
    assert_true(guard_is_true(search.found));
    assert_string_equal(guard_search_result(arena, &search).text, "id");
    search = search_for(joined, "nobody", false, &effort);
    assert_true(guard_is_false(search.found));
    assert_int_equal(guard_search_result(arena, &search).kind, GUARD_NULL);
    search = search_for(unknowable, NULL, true, &effort);
    assert_int_equal(guard_search_result(arena, &search).kind, GUARD_UNKNOWN);
    arena_free(arena);
}

/* There is an end to it, and then nothing is known. */
static void test_effort(void **state)
{
    size_t effort = guard_most_effort;
    struct guard_search search = search_for(joined, "users", true, &effort);

    (void)state;
    assert_int_equal(search.found.kind, GUARD_UNKNOWN);
}

static void test_frames(void **state)
{
    struct guard_frame outer = {0};
    struct guard_frame inner = {.outer = &outer};

    (void)state;
    assert_false(guard_frame_add(&outer, "x", NULL));
    for (int i = 0; i < guard_most_tables; i++)
        assert_true(guard_frame_add(&outer, "x", guard_information_schema("tables")));
    assert_false(guard_frame_add(&outer, "x", guard_information_schema("tables")));
    outer.sources[0].row = (struct guard_row){get(&world, "t"), 0};
    assert_int_equal(guard_frame_column(&inner, "x", "table_name").kind, GUARD_UNKNOWN);
    outer.sources[0].bound = true;
    assert_string_equal(guard_frame_column(&inner, "X", "table_name").text, "users");
    assert_int_equal(guard_frame_column(&inner, "y", "table_name").kind, GUARD_UNKNOWN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_columns, begin, end),
        cmocka_unit_test_setup_teardown(test_keys, begin, end),
        cmocka_unit_test_setup_teardown(test_searches, begin, end),
        cmocka_unit_test_setup_teardown(test_effort, begin, end),
        cmocka_unit_test_setup_teardown(test_frames, begin, end),
    };

    return RUN(tests);
}
