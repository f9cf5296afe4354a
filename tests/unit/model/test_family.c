/* Families of objects, and the files they are kept in. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "model/family.h"

static struct model *model;
static struct object *schema;

static int begin(void **state)
{
    (void)state;
    model = model_new("test");
    schema = model_add(model, KIND_SCHEMA, NULL, "my.app", NULL);
    return 0;
}

static int end(void **state)
{
    (void)state;
    model_free(model);
    return 0;
}

static void assert_path(const struct object *object, const char *expected)
{
    assert_string_equal(family_path(model->arena, object), expected);
}

static void test_schema(void **state)
{
    struct object *comment = model_add(model, KIND_COMMENT, schema, "", NULL);

    (void)state;
    assert_ptr_equal(object_family(comment), schema);
    assert_path(comment, "schemas/my.app/schema.sql");
}

static void test_table(void **state)
{
    struct object *table = model_add(model, KIND_TABLE, schema, "Odd/Name \xc3\xa4", NULL);
    struct object *column = model_add(model, KIND_COLUMN, table, "c", NULL);
    struct object *comment = model_add(model, KIND_COMMENT, column, "", NULL);

    (void)state;
    assert_ptr_equal(object_family(comment), table);
    assert_ptr_equal(object_family(table), table);
    assert_path(comment, "schemas/my.app/tables/Odd%2FName%20\xc3\xa4.sql");
}

/* Of the one schema that has no name: MySQL's database that the URL names. */
static void test_schema_without_a_name(void **state)
{
    struct object *nameless = model_add(model, KIND_SCHEMA, NULL, "", NULL);

    (void)state;
    assert_path(nameless, "schema.sql");
    assert_path(model_add(model, KIND_TABLE, nameless, "users", NULL), "tables/users.sql");
    assert_path(model_add(model, KIND_EVENT, nameless, "nightly", NULL), "events/nightly.sql");
}

static void test_overloads_share_a_file(void **state)
{
    (void)state;
    assert_path(model_add(model, KIND_FUNCTION, schema, "f", "integer"),
                "schemas/my.app/functions/f.sql");
    assert_path(model_add(model, KIND_FUNCTION, schema, "f", "text"),
                "schemas/my.app/functions/f.sql");
}

static void test_outside_schemas(void **state)
{
    struct object *extension = model_add(model, KIND_EXTENSION, NULL, ".hidden", NULL);

    (void)state;
    assert_path(model_add(model, KIND_COMMENT, extension, "", NULL), "extensions/%2Ehidden.sql");
    assert_path(model_add(model, KIND_DEFAULT_PRIVILEGE, NULL, "a//b/c", NULL),
                "default_privilege.sql");
    assert_path(NULL, "others.sql");
    assert_null(object_family(NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_schema, begin, end),
        cmocka_unit_test_setup_teardown(test_table, begin, end),
        cmocka_unit_test_setup_teardown(test_schema_without_a_name, begin, end),
        cmocka_unit_test_setup_teardown(test_overloads_share_a_file, begin, end),
        cmocka_unit_test_setup_teardown(test_outside_schemas, begin, end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
