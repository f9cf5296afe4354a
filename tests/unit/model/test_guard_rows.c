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
    struct guard_row row = {.object = get(&world, handle), .part = part};
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

static struct guard_search search;

/* Expressions are the names of columns, or stand for what is written here. */
static const char of_table[] = "t.table_name = the table that is looked for";
static const char of_both[] = "c.table_name = t.table_name";
static const char unknowable[] = "?";

static struct guard_value evaluate(void *context, const void *expression)
{
    struct guard_value name = guard_frame_column(&search.frame, "t", "table_name");

    if (expression == unknowable)
        return guard_unknown();
    if (expression == of_table)
        return guard_compare("=", name, guard_text(context), false);
    if (expression == of_both)
        return guard_compare("=", guard_frame_column(&search.frame, "c", "table_name"), name,
                             false);
    return guard_frame_column(&search.frame, NULL, expression);
}

static void search_for(const char *first, const char *second, const char *table, bool counts,
                       size_t *effort)
{
    search = (struct guard_search){.model = world.model,
                                   .wanted = "column_name",
                                   .evaluate = evaluate,
                                   .context = (void *)(uintptr_t)table,
                                   .counts = counts,
                                   .effort = effort};
    assert_true(guard_frame_add(&search.frame, "t", guard_information_schema("tables")));
    assert_true(guard_frame_add(&search.frame, "c", guard_information_schema("columns")));
    assert_true(guard_search_add(&search, first));
    assert_true(guard_search_add(&search, second));
    guard_search_rows(&search);
}

static void test_searches(void **state)
{
    struct arena *arena = arena_new();
    size_t effort = 0;
    struct guard_value found;

    (void)state;
    search_for(of_table, of_both, "users", true, &effort);
    assert_string_equal(guard_search_result(arena, &search, &found).text, "2");
    search_for(of_table, of_both, "users", false, &effort);
    assert_string_equal(guard_search_result(arena, &search, &found).text, "id");
    assert_true(guard_is_true(found));
    search_for(of_table, of_both, "nobody", false, &effort);
    assert_int_equal(guard_search_result(arena, &search, &found).kind, GUARD_NULL);
    assert_true(guard_is_false(found));
    search_for(of_table, of_both, "nobody", true, &effort);
    assert_string_equal(guard_search_result(arena, &search, &found).text, "0");
    assert_true(guard_is_true(found));
    search_for(unknowable, NULL, NULL, true, &effort);
    assert_int_equal(guard_search_result(arena, &search, &found).kind, GUARD_UNKNOWN);
    arena_free(arena);
}

/* Of the first row there may be nothing that can be told. */
static void test_unknown_value(void **state)
{
    struct arena *arena = arena_new();
    size_t effort = 0;
    struct guard_value found;

    (void)state;
    search_for(of_table, of_both, "users", false, &effort);
    search.wanted = NULL;
    guard_search_rows(&search);
    assert_int_equal(guard_search_result(arena, &search, &found).kind, GUARD_UNKNOWN);
    assert_true(guard_is_true(found));
    arena_free(arena);
}

static void test_conditions(void **state)
{
    struct guard_search many = {0};

    (void)state;
    for (int i = 0; i < guard_most_tables; i++)
        assert_true(guard_search_add(&many, of_both) && guard_search_add(&many, NULL));
    assert_false(guard_search_add(&many, of_both));
    assert_false(guard_search_add(&many, NULL));
}

/* There is an end to it, and then nothing is known. */
static void test_effort(void **state)
{
    size_t effort = guard_most_effort;

    (void)state;
    search_for(of_table, of_both, "users", true, &effort);
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
    outer.sources[0].row = (struct guard_row){.object = get(&world, "t")};
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
        cmocka_unit_test_setup_teardown(test_unknown_value, begin, end),
        cmocka_unit_test_setup_teardown(test_conditions, begin, end),
        cmocka_unit_test_setup_teardown(test_effort, begin, end),
        cmocka_unit_test_setup_teardown(test_frames, begin, end),
    };

    return RUN(tests);
}
