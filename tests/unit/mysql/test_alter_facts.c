/* What was tried of ALTER TABLE: what the table says of a statement, and what becomes of that. */
#include "../support.h"

#include "mysql/facts/alter.h"

static const struct my_flavor mariadb = {MY_MARIADB, 101119};
static const struct my_flavor mysql = {MY_MYSQL, 90704};

static enum my_alter_way way(struct my_flavor flavor, enum my_alter_action first,
                             enum my_alter_action second, uint64_t traits)
{
    struct my_alter_actions actions = {0};

    my_alter_actions_add(&actions, first);
    if (second != MY_ALTER_ACTION_COUNT)
        my_alter_actions_add(&actions, second);
    return my_alter_way(flavor, &actions, traits);
}

static enum my_alter_way alone(struct my_flavor flavor, enum my_alter_action action,
                               enum my_table_trait trait)
{
    return way(flavor, action, MY_ALTER_ACTION_COUNT, UINT64_C(1) << trait);
}

static void test_alone(void **state)
{
    (void)state;
    assert_int_equal(alone(mariadb, MY_ALTER_ADD_COLUMN, MY_TABLE_PLAIN), MY_WAY_INSTANT);
    assert_int_equal(alone(mysql, MY_ALTER_ADD_COLUMN, MY_TABLE_PLAIN), MY_WAY_INSTANT);
    assert_int_equal(alone(mysql, MY_ALTER_ADD_INDEX, MY_TABLE_PLAIN), MY_WAY_INPLACE);
    assert_int_equal(alone(mysql, MY_ALTER_CHANGE_TYPE, MY_TABLE_PLAIN), MY_WAY_COPY);
    assert_int_equal(alone(mysql, MY_ALTER_COLUMN_SRID, MY_TABLE_PLAIN), MY_WAY_COPY);
    assert_true(alone(mysql, MY_ALTER_ADD_COLUMN, MY_TABLE_COMPRESSED) > MY_WAY_INSTANT);
}

static void test_together(void **state)
{
    struct my_alter_actions actions = {0};

    (void)state;
    assert_int_equal(way(mariadb, MY_ALTER_ADD_FULLTEXT, MY_ALTER_ADD_FULLTEXT, 0), MY_WAY_COPY);
    assert_int_equal(way(mysql, MY_ALTER_ADD_COLUMN, MY_ALTER_ADD_INDEX, 0), MY_WAY_INPLACE);
    assert_int_equal(way(mysql, MY_ALTER_ADD_COLUMN, MY_ALTER_COLLATION_TEXT, 0), MY_WAY_SHARED);
    my_alter_actions_add(&actions, MY_ALTER_DROP_FOREIGN_KEY);
    assert_true(my_alter_joins(mariadb, &actions));
    my_alter_actions_add(&actions, MY_ALTER_ENGINE);
    assert_false(my_alter_joins(mariadb, &actions));
}

/* Versions between those that were tried are taken for the older one. */
static void test_versions(void **state)
{
    (void)state;
    assert_int_equal(my_alter_tried_version((struct my_flavor){MY_MARIADB, 110401}), 101119);
    assert_int_equal(my_alter_tried_version((struct my_flavor){MY_MARIADB, 100600}), 101119);
    assert_int_equal(my_alter_tried_version((struct my_flavor){MY_MYSQL, 99999}), 90704);
}

/* Every action was tried on every kind of server that has it. */
static void test_every_action_is_known(void **state)
{
    static const int tried[] = {
#define ALONE(vendor, version, action, trait, way) MY_ALTER_##action,
#include "mysql/facts/alter.def"
    };
    bool known[MY_ALTER_ACTION_COUNT] = {false};

    (void)state;
    for (size_t i = 0; i < sizeof(tried) / sizeof(*tried); i++)
        known[tried[i]] = true;
    for (int i = 0; i < MY_ALTER_ACTION_COUNT; i++)
        assert_true(known[i]);
}

static void test_clauses(void **state)
{
    (void)state;
    assert_string_equal(my_alter_way_clause(MY_WAY_INSTANT), "ALGORITHM=INSTANT");
    assert_string_equal(my_alter_way_clause(MY_WAY_SHARED), "ALGORITHM=INPLACE, LOCK=SHARED");
    assert_string_equal(my_alter_way_clause(MY_WAY_REFUSED), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_alone),    cmocka_unit_test(test_together),
        cmocka_unit_test(test_versions), cmocka_unit_test(test_every_action_is_known),
        cmocka_unit_test(test_clauses),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
