/* Building, changing and sealing a model. */
#include "../world.h"

#include "core/operation.h"

static void test_add_and_find(void **state)
{
    struct model *model = model_new("test");
    struct object *schema = model_add(model, KIND_SCHEMA, NULL, "s", NULL);
    struct object *table = model_add(model, KIND_TABLE, schema, "t", NULL);
    struct object *one = model_add(model, KIND_FUNCTION, schema, "f", "integer");
    struct object *two = model_add(model, KIND_FUNCTION, schema, "f", "text");

    (void)state;
    assert_string_equal(model->source, "test");
    assert_null(model_add(model, KIND_TABLE, schema, "t", NULL));
    assert_non_null(model_add(model, KIND_VIEW, schema, "t", NULL));
    assert_ptr_equal(model_find(model, KIND_TABLE, schema, "t", NULL), table);
    assert_ptr_equal(model_find(model, KIND_FUNCTION, schema, "f", "integer"), one);
    assert_ptr_equal(model_find(model, KIND_FUNCTION, schema, "f", "text"), two);
    assert_null(model_find(model, KIND_FUNCTION, schema, "f", NULL));
    assert_null(model_find(model, KIND_TABLE, NULL, "t", NULL));
    assert_ptr_equal(model_find_key(model, table->key), table);
    model_free(model);
    model_free(NULL);
}

static void test_names_are_copied(void **state)
{
    struct model *model = model_new("test");
    char name[] = "s";
    struct object *schema = model_add(model, KIND_SCHEMA, NULL, name, NULL);

    (void)state;
    name[0] = 'x';
    assert_string_equal(schema->name, "s");
    assert_ptr_equal(model_find_key(model, "schema:/s"), schema);
    model_free(model);
}

static void take_for_a_view(void *argument)
{
    as_view(argument);
}

static void add_to_sealed(void *argument)
{
    model_seal(argument);
    model_add(argument, KIND_SCHEMA, NULL, "late", NULL);
}

/* Defects end the operation, also in the build that is shipped, before memory is read that is not there. */
static void test_defects_are_errors(void **state)
{
    struct model *model = model_new("test");
    struct object *schema = model_add(model, KIND_SCHEMA, NULL, "s", NULL);
    struct error error = {0};

    (void)state;
    assert_false(operation_try(take_for_a_view, schema, &error));
    assert_int_equal(error.code, ERROR_INTERNAL);
    assert_non_null(strstr(error.message, "was taken for a view"));
    error = (struct error){0};
    assert_false(operation_try(add_to_sealed, model, &error));
    assert_int_equal(error.code, ERROR_INTERNAL);
    model_free(model);
}

/* Wherever it stands among its siblings, an object leaves them as they were. */
static void test_siblings_close_up(void **state)
{
    static const char *const orders[] = {"abc", "acb", "bac", "bca", "cab", "cba"};

    (void)state;
    for (size_t i = 0; i < 6; i++) {
        struct model *model = model_new("test");
        struct object *parent = model_add(model, KIND_SCHEMA, NULL, "s", NULL);

        for (char name[] = "a"; *name <= 'c'; ++*name)
            model_add(model, KIND_TABLE, parent, name, NULL);
        for (size_t j = 0; j < 3; j++) {
            char name[] = {orders[i][j], 0};
            size_t left = 0;

            model_remove(model, model_find(model, KIND_TABLE, parent, name, NULL));
            for (const struct object *child = parent->first_child; child;
                 child = child->next_sibling)
                left++;
            assert_int_equal(left, 2 - j);
            assert_true(left ? parent->last_child && !parent->last_child->next_sibling
                             : !parent->last_child);
        }
        model_free(model);
    }
}

static void test_children(void **state)
{
    struct world world =
        OPEN("s = schema s", "t = table t in s", "a = column a in t", "k = check_constraint a in t",
             "b = column b in t", "d = default_value - in b");
    struct object *table = get(&world, "t");

    (void)state;
    assert_ptr_equal(object_child(table, KIND_COLUMN, "b"), get(&world, "b"));
    assert_ptr_equal(object_child(table, KIND_CHECK, "a"), get(&world, "k"));
    assert_null(object_child(table, KIND_CHECK, "b"));
    assert_ptr_equal(object_next_child(table, KIND_COLUMN, NULL), get(&world, "a"));
    assert_ptr_equal(object_next_child(table, KIND_COLUMN, get(&world, "a")), get(&world, "b"));
    assert_null(object_next_child(table, KIND_COLUMN, get(&world, "b")));
    assert_ptr_equal(object_ancestor(get(&world, "d"), KIND_TABLE), table);
    assert_ptr_equal(object_ancestor(table, KIND_TABLE), table);
    assert_null(object_ancestor(table, KIND_VIEW));
    world_free(&world);
}

static void test_present_name(void **state)
{
    struct world world = OPEN("s = schema s", "t = table t in s", "u = table u in s | was v");

    (void)state;
    assert_string_equal(object_present_name(get(&world, "t")), "t");
    assert_string_equal(object_present_name(get(&world, "u")), "v");
    world_free(&world);
}

static void test_remove_kind(void **state)
{
    struct world world = OPEN("s = schema s", "t = table t in s", "c = comment - in t",
                              "u = table u in s", "v = view v in s");

    (void)state;
    model_remove_kind(world.model, KIND_TABLE);
    assert_true(get(&world, "t")->removed && get(&world, "c")->removed &&
                get(&world, "u")->removed);
    assert_false(get(&world, "s")->removed || get(&world, "v")->removed);
    world_free(&world);
}

static void test_remove(void **state)
{
    struct world world =
        OPEN("s = schema s", "t = table t in s", "a = column a in t", "b = column b in t",
             "c = column c in t", "d = comment - in b", "v = view v in s | needs b t a");
    struct model *model = world.model;

    (void)state;
    model_remove(model, get(&world, "b"));
    model_remove(model, get(&world, "b"));
    assert_true(get(&world, "d")->removed);
    assert_null(model_find_key(model, get(&world, "b")->key));
    assert_null(model_find_key(model, get(&world, "d")->key));
    assert_ptr_equal(get(&world, "a")->next_sibling, get(&world, "c"));
    model_remove(model, get(&world, "c"));
    assert_ptr_equal(get(&world, "t")->last_child, get(&world, "a"));
    assert_non_null(model_add(model, KIND_COLUMN, get(&world, "t"), "b", NULL));
    model_seal(model);
    assert_int_equal(model->count, 5);
    assert_int_equal(get(&world, "v")->needs.count, 2);
    assert_int_equal(get(&world, "a")->rank, 2);
    world_free(&world);
}

static void test_rename(void **state)
{
    struct world world =
        OPEN("s = schema s", "z = schema z", "t = table t in s", "c = column c in t",
             "d = comment - in c", "u = table u in s", "f = function f in s | sig integer");
    struct model *model = world.model;

    (void)state;
    assert_false(model_rename(model, get(&world, "t"), get(&world, "s"), "u", NULL));
    assert_string_equal(get(&world, "t")->name, "t");
    assert_true(model_rename(model, get(&world, "t"), get(&world, "z"), "u", NULL));
    assert_string_equal(get(&world, "d")->key, "comment:column:table:schema:/z/u/c/");
    assert_ptr_equal(model_find_key(model, "comment:column:table:schema:/z/u/c/"),
                     get(&world, "d"));
    assert_null(model_find_key(model, "column:table:schema:/s/t/c"));
    assert_ptr_equal(get(&world, "z")->first_child, get(&world, "t"));
    assert_null(object_child(get(&world, "s"), KIND_TABLE, "t"));
    assert_true(model_rename(model, get(&world, "t"), get(&world, "z"), "u", NULL)); /* itself */
    assert_true(model_rename(model, get(&world, "f"), get(&world, "s"), "f", "text"));
    assert_null(model_find(model, KIND_FUNCTION, get(&world, "s"), "f", "integer"));
    world_free(&world);
}

static void test_needs(void **state)
{
    struct world world = OPEN("s = schema s", "t = table t in s", "v = view v in s");
    struct object *view = get(&world, "v");

    (void)state;
    model_need(world.model, view, NULL);
    model_need(world.model, view, view);
    model_need(world.model, view, get(&world, "t"));
    model_need(world.model, view, get(&world, "t"));
    assert_int_equal(view->needs.count, 1);
    world_free(&world);
}

static const char *const shop[] = {
    "s = schema s",
    "t = table orders in s | options = fillfactor=70,autovacuum_enabled=false",
    "t.id = column id in t | = bigint",
    "t.at = column at in t | = date",
    "t.d = default_value - in t.at | = now() | needs f",
    "t.k = primary_key orders_pkey in t | = id",
    "i = index by_date in t | keys = at | method = btree",
    "v = view open in s | = select 1 | needs t t.id t.at",
    "v.c = comment - in v | = what is open",
    "f = function f in s | sig  | body = x",
    "g = trigger g in t | events = UPDATE,INSERT,DELETE | needs f",
    "p = privilege clerk in t | privileges = SELECT,INSERT",
    "q = schema q",
    "q.t = table orders in q",
    NULL,
};

/* Sealing brings whatever was added in whatever order to one order and one digest. */
static void test_seal_is_independent_of_order(void **state)
{
    struct world first = world_sealed(shop);

    (void)state;
    for (uint64_t seed = 1; seed <= 100; seed++) {
        struct world world = world_open(shop, seed);

        model_seal(world.model);
        assert_true(digest_equal(world.model->digest, first.model->digest));
        assert_int_equal(world.model->count, first.model->count);
        for (size_t i = 0; i < first.model->count; i++) {
            const struct object *a = first.model->objects[i];
            const struct object *b = world.model->objects[i];

            assert_string_equal(a->key, b->key);
            assert_int_equal(b->rank, i);
            assert_int_equal(a->needs.count, b->needs.count);
            for (size_t j = 0; j < a->needs.count; j++)
                assert_string_equal(((struct object *)a->needs.items[j])->key,
                                    ((struct object *)b->needs.items[j])->key);
            assert_true(!a->first_child == !b->first_child);
            if (a->first_child)
                assert_string_equal(a->first_child->key, b->first_child->key);
        }
        world_free(&world);
    }
    assert_true(first.model->sealed);
    world_free(&first);
}

/* Kinds stand in the order of kinds.def, and within them keys in byte order. */
static void test_order(void **state)
{
    struct world world = world_sealed(shop);

    (void)state;
    for (size_t i = 1; i < world.model->count; i++) {
        const struct object *a = world.model->objects[i - 1];
        const struct object *b = world.model->objects[i];

        assert_true(a->kind < b->kind || (a->kind == b->kind && strcmp(a->key, b->key) < 0));
    }
    world_free(&world);
}

/* The name is not content: what is equal but for the name has equal digests and roll-ups. */
static void test_digests(void **state)
{
    struct world world = SEALED("s = schema s", "a = table a in s", "a.c = column c in a | = text",
                                "b = table b in s", "b.c = column c in b | = text",
                                "d = table d in s", "d.c = column other in d | = text",
                                "e = table e in s", "e.c = column c in e | = date",
                                "a.k = comment - in a.c | = x", "b.k = comment - in b.c | = x");

    (void)state;
    assert_true(digest_equal(get(&world, "a")->digest, get(&world, "d")->digest));
    assert_true(digest_equal(get(&world, "a")->rollup, get(&world, "b")->rollup));
    assert_true(digest_equal(get(&world, "a.c")->digest, get(&world, "d.c")->digest));
    assert_false(digest_equal(get(&world, "a")->rollup, get(&world, "d")->rollup));
    assert_false(digest_equal(get(&world, "a.c")->digest, get(&world, "e.c")->digest));
    assert_false(digest_equal(get(&world, "a")->rollup, get(&world, "e")->rollup));
    world_free(&world);
}

/* Whatever changes below changes the model's digest; carried fields do not. */
static void test_model_digest(void **state)
{
    struct world one = SEALED("s = schema s", "t = table t in s", "c = column c in t | = text");
    struct world same =
        SEALED("s = schema s", "t = table t in s", "c = column c in t | = text | position = 3");
    struct world other = SEALED("s = schema s", "t = table t in s", "c = column c in t | = date");
    struct world renamed = SEALED("s = schema z", "t = table t in s", "c = column c in t | = text");

    (void)state;
    assert_true(digest_equal(one.model->digest, same.model->digest));
    assert_false(digest_equal(one.model->digest, other.model->digest));
    assert_false(digest_equal(one.model->digest, renamed.model->digest));
    world_free(&one);
    world_free(&same);
    world_free(&other);
    world_free(&renamed);
}

static void test_empty_model(void **state)
{
    struct model *model = model_new("empty:");
    struct model *other = model_new("other");

    (void)state;
    model_seal(model);
    model_seal(other);
    assert_int_equal(model->count, 0);
    assert_true(digest_equal(model->digest, other->digest));
    model_free(model);
    model_free(other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_add_and_find),
        cmocka_unit_test(test_names_are_copied),
        cmocka_unit_test(test_children),
        cmocka_unit_test(test_defects_are_errors),
        cmocka_unit_test(test_siblings_close_up),
        cmocka_unit_test(test_present_name),
        cmocka_unit_test(test_remove),
        cmocka_unit_test(test_remove_kind),
        cmocka_unit_test(test_rename),
        cmocka_unit_test(test_needs),
        cmocka_unit_test(test_seal_is_independent_of_order),
        cmocka_unit_test(test_order),
        cmocka_unit_test(test_digests),
        cmocka_unit_test(test_model_digest),
        cmocka_unit_test(test_empty_model),
    };

    return RUN(tests);
}
