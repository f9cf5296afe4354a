/* Renames that the author asked for. */
#include "../world.h"

#include "diff/rename.h"

static void apply(struct world *from, struct world *wanted)
{
    struct error error = {0};

    assert_true(rename_apply(from->model, wanted->model, &error));
    assert_int_equal(error.code, ERROR_NONE);
}

static const char *key_of(const struct world *world, const char *handle)
{
    return get(world, handle)->key;
}

static void test_table_and_column(void **state)
{
    struct world from = OPEN("s = schema s", "t = table client in s", "c = column nm in t | = text",
                             "d = comment - in c | = x");
    struct world to = OPEN("s = schema s", "t = table customer in s | from client",
                           "c = column name in t | = text | from nm");

    (void)state;
    apply(&from, &to);
    assert_string_equal(key_of(&from, "t"), key_of(&to, "t"));
    assert_string_equal(key_of(&from, "c"), key_of(&to, "c"));
    assert_string_equal(get(&from, "t")->former_name, "client");
    assert_string_equal(get(&from, "c")->former_name, "nm");
    assert_null(get(&from, "d")->former_name);
    assert_string_equal(key_of(&from, "d"), "comment:column:table:schema:/s/customer/name/");
    world_free(&from);
    world_free(&to);
}

/* What is done already, or was never there, is left as it is. */
static void test_nothing_to_do(void **state)
{
    struct world done = OPEN("s = schema s", "t = table customer in s");
    struct world both = OPEN("s = schema s", "t = table customer in s", "u = table client in s");
    struct world none = OPEN("s = schema s");
    struct world empty = OPEN(NULL);
    struct world to = OPEN("s = schema s", "t = table customer in s | from client");

    (void)state;
    apply(&done, &to);
    apply(&both, &to);
    apply(&none, &to);
    apply(&empty, &to);
    assert_null(get(&done, "t")->former_name);
    assert_string_equal(get(&both, "u")->name, "client");
    assert_null(get(&both, "u")->former_name);
    world_free(&done);
    world_free(&both);
    world_free(&none);
    world_free(&empty);
    world_free(&to);
}

static void test_twice_is_once(void **state)
{
    struct world from = OPEN("s = schema s", "t = table a in s");
    struct world to = OPEN("s = schema s", "t = table b in s | from a");

    (void)state;
    apply(&from, &to);
    apply(&from, &to);
    assert_string_equal(get(&from, "t")->name, "b");
    assert_string_equal(get(&from, "t")->former_name, "a");
    world_free(&from);
    world_free(&to);
}

/* One rename can free the name that another one takes, in whatever order they stand. */
static void test_chain(void **state)
{
    struct world from =
        OPEN("s = schema s", "a = table a in s", "b = table b in s", "c = table c in s");
    struct world to = OPEN("s = schema s", "b = table b in s | from a", "c = table c in s | from b",
                           "d = table d in s | from c");

    (void)state;
    apply(&from, &to);
    assert_string_equal(get(&from, "a")->name, "b");
    assert_string_equal(get(&from, "b")->name, "c");
    assert_string_equal(get(&from, "c")->name, "d");
    assert_string_equal(get(&from, "a")->former_name, "a");
    assert_string_equal(get(&from, "b")->former_name, "b");
    world_free(&from);
    world_free(&to);
}

/* The name that became free may go to something new. */
static void test_name_reused(void **state)
{
    struct world from = OPEN("s = schema s", "t = table users in s");
    struct world to =
        OPEN("s = schema s", "a = table accounts in s | from users", "u = table users in s");

    (void)state;
    apply(&from, &to);
    assert_string_equal(get(&from, "t")->name, "accounts");
    world_free(&from);
    world_free(&to);
}

static void test_two_from_one(void **state)
{
    struct world from = OPEN("s = schema s", "t = table a in s");
    struct world to =
        OPEN("s = schema s", "b = table b in s | from a", "c = table c in s | from a");
    struct error error = {0};

    (void)state;
    assert_false(rename_apply(from.model, to.model, &error));
    assert_int_equal(error.code, ERROR_SCHEMA);
    assert_non_null(strstr(error.message, "two objects"));
    assert_true(error.hint[0] != '\0');
    world_free(&from);
    world_free(&to);
}

static void test_other_schema(void **state)
{
    struct world from = OPEN("s = schema s", "z = schema z", "t = table a in s");
    struct world to = OPEN("s = schema s", "z = schema z", "t = table b in z | from s.a");

    (void)state;
    apply(&from, &to);
    assert_string_equal(key_of(&from, "t"), "table:schema:/z/b");
    assert_string_equal(get(&from, "t")->former_name, "a");
    assert_string_equal(get(&from, "t")->former_schema, "s");
    world_free(&from);
    world_free(&to);
}

static void test_own_schema_named(void **state)
{
    struct world from = OPEN("s = schema s", "t = table a in s");
    struct world to = OPEN("s = schema s", "t = table b in s | from s.a");

    (void)state;
    apply(&from, &to);
    assert_string_equal(key_of(&from, "t"), "table:schema:/s/b");
    assert_null(get(&from, "t")->former_schema);
    world_free(&from);
    world_free(&to);
}

/* A schema is renamed before what is in it. */
static void test_schema_and_table(void **state)
{
    struct world from = OPEN("s = schema old", "t = table a in s", "u = table u in s");
    struct world to =
        OPEN("s = schema new | from old", "t = table b in s | from a", "u = table u in s");

    (void)state;
    apply(&from, &to);
    assert_string_equal(key_of(&from, "s"), "schema:/new");
    assert_string_equal(key_of(&from, "t"), "table:schema:/new/b");
    assert_string_equal(key_of(&from, "u"), "table:schema:/new/u");
    assert_null(get(&from, "u")->former_name);
    world_free(&from);
    world_free(&to);
}

static void test_functions_by_signature(void **state)
{
    struct world from =
        OPEN("s = schema s", "f = function f in s | sig integer", "g = function f in s | sig text");
    struct world to = OPEN("s = schema s", "f = function f in s | sig integer",
                           "g = function g in s | sig text | from f");

    (void)state;
    apply(&from, &to);
    assert_string_equal(get(&from, "f")->name, "f");
    assert_string_equal(get(&from, "g")->name, "g");
    world_free(&from);
    world_free(&to);
}

static void test_label(void **state)
{
    struct world from = OPEN("s = schema s", "e = enumeration e in s | = red,green");
    struct world to = OPEN("s = schema s", "e = enumeration e in s | = crimson,green");
    const struct rename_request request = {
        .enumeration = get(&to, "e"), .label = "crimson", .former_name = "red"};

    (void)state;
    model_request_rename(to.model, request);
    apply(&from, &to);
    assert_int_equal(fields_changed(get(&from, "e"), get(&to, "e")), 0);
    assert_int_equal(from.model->rename_count, 1);
    assert_ptr_equal(from.model->renames[0].enumeration, get(&from, "e"));
    assert_string_equal(from.model->renames[0].former_name, "red");
    /* Done already: nothing is left to be done. */
    apply(&from, &to);
    assert_int_equal(from.model->rename_count, 0);
    world_free(&from);
    world_free(&to);
}

static void test_label_of_renamed_enum(void **state)
{
    struct world from = OPEN("s = schema s", "e = enumeration old in s | = red,green");
    struct world to = OPEN("s = schema s", "e = enumeration new in s | = red,blue | from old");
    const struct rename_request request = {
        .enumeration = get(&to, "e"), .label = "blue", .former_name = "green"};

    (void)state;
    model_request_rename(to.model, request);
    apply(&from, &to);
    assert_int_equal(fields_changed(get(&from, "e"), get(&to, "e")), 0);
    world_free(&from);
    world_free(&to);
}

/* Names that are exchanged: only where it is certain that they still have to be. */
static void test_exchanged(void **state)
{
    static const char *const names[][2] = {{"a", "b"}, {"b", "c"}, {"c", "a"}};

    (void)state;
    for (int certain = 0; certain < 2; certain++) {
        struct world from =
            OPEN("s = schema s", "t = table t in s", "a = column a in t | = integer",
                 "b = column b in t | = text", "c = column c in t | = date");
        struct world to =
            OPEN("s = schema s", "t = table t in s", "a = column a in t | = date | from c",
                 "b = column b in t | = integer | from a", "c = column c in t | = text | from b");

        for (size_t i = 0; i < to.model->rename_count; i++)
            to.model->renames[i].certain = certain;
        apply(&from, &to);
        for (size_t i = 0; i < 3; i++) {
            const struct object *object = get(&from, names[i][0]);

            assert_string_equal(object->name, names[i][certain]);
            if (certain)
                assert_string_equal(object->former_name, names[i][0]);
            else
                assert_null(object->former_name);
        }
        world_free(&from);
        world_free(&to);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_table_and_column),
        cmocka_unit_test(test_nothing_to_do),
        cmocka_unit_test(test_twice_is_once),
        cmocka_unit_test(test_chain),
        cmocka_unit_test(test_name_reused),
        cmocka_unit_test(test_two_from_one),
        cmocka_unit_test(test_other_schema),
        cmocka_unit_test(test_own_schema_named),
        cmocka_unit_test(test_schema_and_table),
        cmocka_unit_test(test_functions_by_signature),
        cmocka_unit_test(test_exchanged),
        cmocka_unit_test(test_label),
        cmocka_unit_test(test_label_of_renamed_enum),
    };

    return RUN(tests);
}
