/* Names of expressions and queries are looked up in the model: what they come to, and what objects need. */
#include "../support.h"

#include <string.h>

#include "model/identity.h"
#include "mysql/facts/flavor.h"
#include "mysql/resolve/resolve.h"

struct world {
    struct model *model;
    struct object *schema;
    struct object *t;
    struct object *u;
};

static struct object *add_table(struct world *world, const char *name, const char *const *columns)
{
    struct object *table = model_add(world->model, KIND_TABLE, world->schema, name, NULL);

    for (; *columns; columns++) {
        struct object *column = model_add(world->model, KIND_COLUMN, table, *columns, NULL);

        as_column(column)->type = "int";
        text_list_add(&as_table(table)->column_order, world->model->arena, column->name);
    }
    return table;
}

static struct world world_new(int version)
{
    struct world world = {.model = model_new("test")};

    world.model->server_version = version;
    my_set_setting(world.model, "database", "shop");
    world.schema = model_add(world.model, KIND_SCHEMA, NULL, "", NULL);
    world.t = add_table(&world, "t", (const char *const[]){"id", "a", "b", NULL});
    world.u = add_table(&world, "u", (const char *const[]){"id", "t_id", "c", NULL});
    return world;
}

static struct object *add_view(struct world *world, const char *name, const char *query)
{
    struct object *view = model_add(world->model, KIND_VIEW, world->schema, name, NULL);

    as_view(view)->query.written = query;
    view->location = (struct location){.file = "v.sql", .line = 3, .column = 1};
    return view;
}

static void resolve(struct world *world)
{
    struct error error = {0};

    if (!my_resolve(world->model, 0, &error))
        fail_msg("%s", error.message);
}

static void expect_view_of(int version, const char *query, const char *expected)
{
    struct world world = world_new(version);
    struct object *view = add_view(&world, "v", query);

    resolve(&world);
    if (strcmp(as_view(view)->query.canonical, expected) != 0)
        fail_msg("%s\n  is       %s\n  expected %s", query, as_view(view)->query.canonical,
                 expected);
    assert_false(as_view(view)->query.incomplete);
    model_free(world.model);
}

static void expect_view(const char *query, const char *expected)
{
    expect_view_of(90704, query, expected);
}

static bool needs(const struct object *object, const struct object *other)
{
    for (size_t i = 0; i < object->needs.count; i++)
        if (object->needs.items[i] == other)
            return true;
    return false;
}

static void test_queries(void **state)
{
    (void)state;
    expect_view("select * from t",
                "select `t`.`id` as `id`, `t`.`a` as `a`, `t`.`b` as `b` from `t`");
    expect_view("SELECT x.A as k, a+1 FROM shop.t AS x",
                "select `x`.`a` as `k`, `x`.`a` + 1 as `a+1` from `t` `x`");
    expect_view("select a from t, u where t.id = t_id",
                "select `t`.`a` as `a` from `t` join `u` where `t`.`id` = `u`.`t_id`");
    expect_view("select c from t right join u using (id)",
                "select `u`.`c` as `c` from `u` left join `t` on (`u`.`id` = `t`.`id`)");
    expect_view("select * from t natural join u",
                "select `t`.`id` as `id`, `t`.`a` as `a`, `t`.`b` as `b`, `u`.`t_id` as `t_id`, "
                "`u`.`c` as `c` from `t` join `u` on (`t`.`id` = `u`.`id`)");
    expect_view(
        "select a as k, count(*) n from t group by 1 having n > 1 order by n desc, k",
        "select `t`.`a` as `k`, count(0) as `n` from `t` group by `t`.`a` having count(0) > 1 "
        "order by count(0) desc, `t`.`a`");
    expect_view("select distinct a, count(*) n from t group by a",
                "select `t`.`a` as `a`, count(0) as `n` from `t` group by `t`.`a`");
    expect_view(
        "select j.* from t, json_table(t.b, '$[*]' columns (x int path \"$.x\")) as j",
        "select `j`.`x` as `x` from `t` join json_table(`t`.`b`, '$[*]' columns (`x` int path "
        "'$.x')) `j`");
    expect_view("select a from t where exists (select * from u where u.id = t.id)",
                "select `t`.`a` as `a` from `t` where exists (select 1 from `u` where `u`.`id` = "
                "`t`.`id`)");
    expect_view("with q(x) as (select a from t) select x from q",
                "with `q` as (select `t`.`a` as `x` from `t`) select `q`.`x` as `x` from `q`");
    expect_view(
        "select q.* from (select a, b + 1 from t) q limit 2, 10",
        "select `q`.`a` as `a`, `q`.`b + 1` as `b + 1` from (select `t`.`a` as `a`, `t`.`b` "
        "+ 1 as `b + 1` from `t`) `q` limit 10 offset 2");
    expect_view("select a from t union (select b from t union all select c from u) order by 1",
                "select `t`.`a` as `a` from `t` union select `t`.`b` as `b` from `t` union select "
                "`u`.`c` as `c` from `u` order by `a`");
    expect_view(
        "select a, sum(b) over w s from t window w as (partition by a order by id)",
        "select `t`.`a` as `a`, sum(`t`.`b`) over ( partition by `t`.`a` order by `t`.`id`) "
        "as `s` from `t`");
}

static void test_queries_of_mariadb(void **state)
{
    (void)state;
    expect_view_of(101119,
                   "(select a from t order by a) union (select b from t order by b limit 1)",
                   "select `t`.`a` as `a` from `t` union (select `t`.`b` as `b` from `t` order by "
                   "`t`.`b` limit 1)");
    expect_view_of(101119, "select distinct a from t where not not (a + b) group by a",
                   "select distinct `t`.`a` as `a` from `t` where `t`.`a` + `t`.`b` group by "
                   "`t`.`a`");
    expect_view_of(101119, "select true, u.id from t right join u using (id)",
                   "select 1 as `TRUE`, `u`.`id` as `id` from `u` left join `t` on (`t`.`id` = "
                   "`u`.`id`)");
    expect_view_of(101119,
                   "select `__5`.`a` AS `a` from (select `t`.`a` AS `a` from `t` union select "
                   "`u`.`c` AS `c` from `u`) `__5` union all select `t`.`b` AS `b` from `t`",
                   "select `t`.`a` as `a` from `t` union select `u`.`c` as `c` from `u` union all "
                   "select `t`.`b` as `b` from `t`");
}

static void test_view_of_view(void **state)
{
    struct world world = world_new(101119);
    struct object *above = add_view(&world, "above", "select * from below");
    struct object *below = add_view(&world, "below", "select a as x, f(b) as y from t");
    struct object *function = model_add(world.model, KIND_FUNCTION, world.schema, "f", NULL);

    (void)state;
    resolve(&world);
    assert_string_equal(as_view(above)->query.canonical,
                        "select `below`.`x` as `x`, `below`.`y` as `y` from `below`");
    assert_true(needs(above, below));
    assert_false(needs(above, world.t));
    assert_true(needs(below, world.t));
    assert_true(needs(below, object_child(world.t, KIND_COLUMN, "a")));
    assert_false(needs(below, object_child(world.t, KIND_COLUMN, "id")));
    assert_true(needs(below, function));
    model_free(world.model);
}

static void test_unknown(void **state)
{
    struct world world = world_new(90704);
    struct object *view = add_view(&world, "v", "select x, n.y from n join t on t.id = n.id");
    struct error error = {0};

    (void)state;
    resolve(&world);
    assert_true(as_view(view)->query.incomplete);
    assert_int_equal(world.model->notes.count, 1);
    add_view(&world, "w", "select wrong from t");
    assert_false(my_resolve(world.model, 0, &error));
    assert_string_equal(error.message, "view w: there is no column wrong");
    assert_int_equal(error.line, 3);
    model_free(world.model);
}

static void test_expressions_of_a_table(void **state)
{
    struct world world = world_new(90704);
    struct object *check = model_add(world.model, KIND_CHECK, world.t, "c", NULL);
    struct object *index = model_add(world.model, KIND_INDEX, world.t, "i", NULL);
    struct object *b = object_child(world.t, KIND_COLUMN, "b");
    struct object *value = model_add(world.model, KIND_DEFAULT, b, "", NULL);

    (void)state;
    as_check_constraint(check)->expression.written = "(A > 0) and not b";
    as_default_value(value)->expression.written = "(now())";
    expression_list_add(&as_index(index)->keys, world.model->arena,
                        (struct expression){.written = "`a`(10) DESC"});
    expression_list_add(&as_index(index)->keys, world.model->arena,
                        (struct expression){.written = "(b+1) DESC"});
    resolve(&world);
    assert_string_equal(as_check_constraint(check)->expression.canonical,
                        "(`a` > 0) and (0 = `b`)");
    assert_string_equal(as_default_value(value)->expression.canonical, "(current_timestamp())");
    assert_string_equal(as_index(index)->keys.items[0].canonical, "`a`(10) DESC");
    assert_string_equal(as_index(index)->keys.items[1].canonical, "(`b` + 1) DESC");
    assert_true(needs(check, b));
    assert_true(needs(index, b));
    assert_true(needs(index, object_child(world.t, KIND_COLUMN, "a")));
    model_free(world.model);
}

/* The database still calls them by their former names. */
static void test_renamed(void **state)
{
    struct world world = world_new(90704);
    struct object *check = model_add(world.model, KIND_CHECK, world.t, "c", NULL);
    struct object *view = add_view(&world, "v", "select `t`.`a` AS `a` from `t`");
    struct object *a = object_child(world.t, KIND_COLUMN, "a");

    (void)state;
    as_check_constraint(check)->expression.written = "`a` > 0";
    a->former_name = a->name;
    model_rename(world.model, a, world.t, "z", NULL);
    world.t->former_name = world.t->name;
    model_rename(world.model, world.t, world.schema, "items", NULL);
    resolve(&world);
    assert_string_equal(as_check_constraint(check)->expression.canonical, "`z` > 0");
    assert_string_equal(as_view(view)->query.canonical, "select `items`.`z` as `a` from `items`");
    assert_string_equal(as_table(world.t)->column_order.items[1], "z");
    model_free(world.model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_queries),
        cmocka_unit_test(test_queries_of_mariadb),
        cmocka_unit_test(test_view_of_view),
        cmocka_unit_test(test_unknown),
        cmocka_unit_test(test_expressions_of_a_table),
        cmocka_unit_test(test_renamed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
