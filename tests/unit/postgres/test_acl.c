/* What the server grants by default, by kind of object and version. */
#include "../support.h"
#include "postgres/facts/acl.h"

static const char *joined(struct arena *arena, struct text_list list)
{
    return text_list_join(&list, arena, " ");
}

static const char *by_default(struct arena *arena, const struct object *object, const char *grantee,
                              int version)
{
    return joined(arena, pg_default_privileges(arena, object, grantee, false, version));
}

static void test_tables(void **state)
{
    struct model *model = model_new("test");
    struct arena *arena = model->arena;
    struct object *schema = model_add(model, KIND_SCHEMA, NULL, "app", NULL);
    struct object *table = model_add(model, KIND_TABLE, schema, "t", NULL);
    struct object *column = model_add(model, KIND_COLUMN, table, "c", NULL);

    (void)state;
    assert_string_equal(joined(arena, pg_all_privileges(arena, table, 160000)),
                        "DELETE INSERT REFERENCES SELECT TRIGGER TRUNCATE UPDATE");
    assert_string_equal(joined(arena, pg_all_privileges(arena, table, 170000)),
                        "DELETE INSERT MAINTAIN REFERENCES SELECT TRIGGER TRUNCATE UPDATE");
    assert_string_equal(joined(arena, pg_all_privileges(arena, table, 0)),
                        joined(arena, pg_all_privileges(arena, table, 180000)));
    assert_string_equal(by_default(arena, table, "OWNER", 160000),
                        joined(arena, pg_all_privileges(arena, table, 160000)));
    assert_string_equal(joined(arena, pg_default_privileges(arena, table, "alice", true, 160000)),
                        joined(arena, pg_all_privileges(arena, table, 160000)));
    assert_string_equal(by_default(arena, table, "PUBLIC", 160000), "");
    assert_string_equal(by_default(arena, table, "alice", 160000), "");
    assert_string_equal(joined(arena, pg_all_privileges(arena, column, 0)),
                        "INSERT REFERENCES SELECT UPDATE");
    assert_string_equal(by_default(arena, column, "OWNER", 0), "");
    model_free(model);
}

static void test_public(void **state)
{
    struct model *model = model_new("test");
    struct arena *arena = model->arena;
    struct object *app = model_add(model, KIND_SCHEMA, NULL, "app", NULL);
    struct object *public = model_add(model, KIND_SCHEMA, NULL, "public", NULL);
    struct object *function = model_add(model, KIND_FUNCTION, app, "f", "integer");
    struct object *type = model_add(model, KIND_ENUM, app, "e", NULL);
    struct object *sequence = model_add(model, KIND_SEQUENCE, app, "s", NULL);

    (void)state;
    assert_string_equal(by_default(arena, function, "PUBLIC", 0), "EXECUTE");
    assert_string_equal(by_default(arena, type, "PUBLIC", 0), "USAGE");
    assert_string_equal(by_default(arena, sequence, "PUBLIC", 0), "");
    assert_string_equal(by_default(arena, sequence, "OWNER", 0), "SELECT UPDATE USAGE");
    assert_string_equal(by_default(arena, app, "PUBLIC", 0), "");
    assert_string_equal(by_default(arena, public, "PUBLIC", 140000), "CREATE USAGE");
    assert_string_equal(by_default(arena, public, "PUBLIC", 150000), "USAGE");
    assert_string_equal(by_default(arena, public, "OWNER", 150000), "CREATE USAGE");
    model_free(model);
}

static void test_default_privileges(void **state)
{
    struct model *model = model_new("test");
    struct arena *arena = model->arena;
    struct object *object = model_add(model, KIND_DEFAULT_PRIVILEGE, NULL, "//FUNCTIONS/x", NULL);
    struct default_privilege *entry = as_default_privilege(object);

    (void)state;
    entry->object_type = "FUNCTIONS";
    assert_string_equal(by_default(arena, object, "PUBLIC", 0), "EXECUTE");
    assert_string_equal(by_default(arena, object, "OWNER", 0), "EXECUTE");
    entry->object_type = "SCHEMAS";
    assert_string_equal(by_default(arena, object, "PUBLIC", 0), "");
    assert_string_equal(by_default(arena, object, "OWNER", 0), "CREATE USAGE");
    entry->object_type = "TYPES";
    assert_string_equal(by_default(arena, object, "PUBLIC", 0), "USAGE");
    entry->schema = "app"; /* entries of a schema add to the others */
    assert_string_equal(by_default(arena, object, "PUBLIC", 0), "");
    assert_string_equal(by_default(arena, object, "OWNER", 0), "");
    model_free(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tables),
        cmocka_unit_test(test_public),
        cmocka_unit_test(test_default_privileges),
    };

    return RUN(tests);
}
