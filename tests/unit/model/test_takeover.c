/* Objects of one model in another (model/takeover.c), which of them globs select (model/selection.c), and what files are lent
 * (model/lending.c). */
#include "../world.h"

#include "model/lending.h"
#include "model/selection.h"
#include "model/takeover.h"

#define GLOBS(...) ((const char *const[]){__VA_ARGS__, NULL})

static const char *const database[] = {"a = schema auth",
                                       "p = schema public",
                                       "u = table users in a | column_order = id,mail",
                                       "i = column id in u | = uuid",
                                       "k = primary_key pk in u | columns = id",
                                       "n = comment - in u | = the platform's",
                                       "o = table orders in p | column_order = user",
                                       "f = foreign_key fk in o | refs u | columns = user",
                                       "q = sequence q in p",
                                       "w = owned_by - in q | refs i",
                                       NULL};
static const char *const nothing[] = {"p = schema public", NULL};

static void test_selection(void **state)
{
    struct world world = world_open(database, 0);

    (void)state;
    assert_true(selection_covers(GLOBS("auth.users"), get(&world, "u")));
    assert_true(selection_covers(GLOBS("auth.users"), get(&world, "i")));
    assert_true(selection_covers(GLOBS("auth"), get(&world, "k")));
    assert_true(selection_covers(GLOBS("x", "auth.users.*"), get(&world, "i")));
    assert_false(selection_covers(GLOBS("auth.users.*"), get(&world, "u")));
    assert_false(selection_covers(GLOBS("public.*"), get(&world, "u")));
    assert_false(selection_covers(NULL, get(&world, "u")));
    world_free(&world);
}

static void test_takeover(void **state)
{
    struct world from = world_open(database, 0);
    struct world to = world_open(nothing, 0);
    struct takeover takeover = {.to = to.model, .arena = to.model->arena};
    struct pointer_list lacking = {0};
    struct object *copy;

    (void)state;
    takeover_add(&takeover, get(&from, "f"));
    takeover_add(&takeover, get(&from, "i")); /* with the table and schema above it */
    takeover_add(&takeover, get(&from, "w"));
    takeover_finish(&takeover, &lacking);
    assert_int_equal(lacking.count, 0);
    copy = model_find_key(to.model, get(&from, "f")->key);
    assert_ptr_equal(as_foreign_key(copy)->table, model_find_key(to.model, get(&from, "u")->key));
    assert_string_equal(as_foreign_key(copy)->columns.items[0], "user");
    assert_int_equal(
        fields_changed(get(&from, "i"), model_find_key(to.model, get(&from, "i")->key)), 0);
    assert_null(model_find_key(to.model, get(&from, "n")->key)); /* nobody asked for it */
    world_free(&to);
    world_free(&from);
}

/* What the other model lacks is not referred to. */
static void test_lacking(void **state)
{
    struct world from = world_open(database, 0);
    struct world to = world_open(nothing, 0);
    struct takeover takeover = {.to = to.model, .arena = to.model->arena};
    struct pointer_list lacking = {0};

    (void)state;
    takeover_add(&takeover, get(&from, "f"));
    takeover_finish(&takeover, &lacking);
    assert_int_equal(lacking.count, 1);
    assert_null(as_foreign_key(lacking.items[0])->table);
    world_free(&to);
    world_free(&from);
}

static void test_overwriting(void **state)
{
    static const char *const other[] = {"a = schema auth", "u = table users in a",
                                        "i = column id in u | = text", NULL};
    struct world from = world_open(database, 0);
    struct world to = world_open(other, 0);
    struct takeover takeover = {.to = to.model, .arena = to.model->arena};
    struct pointer_list lacking = {0};

    (void)state;
    assert_ptr_equal(takeover_overwrite(&takeover, get(&from, "i")), get(&to, "i"));
    assert_string_equal(as_column(get(&to, "i"))->type, "text");
    takeover_finish(&takeover, &lacking);
    assert_string_equal(as_column(get(&to, "i"))->type, "uuid");
    object_reclaim(to.model, get(&to, "u"));
    assert_null(model_find_key(to.model, get(&from, "i")->key));
    assert_ptr_equal(model_find_key(to.model, get(&from, "u")->key), get(&to, "u"));
    world_free(&to);
    world_free(&from);
}

static bool has(const struct world *world, const struct world *database_world, const char *handle)
{
    const struct object *object = model_find_key(world->model, get(database_world, handle)->key);

    return object && object->adopted;
}

static void test_lending(void **state)
{
    struct world from = world_open(database, 0);
    struct world to = world_open(nothing, 0);

    (void)state;
    assert_false(lending_adopt(to.model)); /* nobody lends anything */
    to.model->lender = from.model;
    assert_false(lending_adopt(to.model));
    to.model->lent = GLOBS("auth.*");
    assert_true(lending_adopt(to.model));
    assert_true(has(&to, &from, "u"));
    assert_true(has(&to, &from, "i"));
    assert_true(has(&to, &from, "n"));
    assert_false(has(&to, &from, "a")); /* the files may have more in that schema */
    assert_non_null(model_find_key(to.model, get(&from, "a")->key));
    assert_false(has(&to, &from, "o"));
    assert_false(lending_adopt(to.model)); /* it is all there */
    world_free(&to);
    world_free(&from);
}

/* Of what files declare themselves no parts are lent; a part of a schema may use all the rest. */
static void test_lending_to_a_part(void **state)
{
    static const char *const declared[] = {"a = schema auth", "p = schema public",
                                           "u = table users in a", NULL};
    struct world from = world_open(database, 0);
    struct world to = world_open(declared, 0);

    (void)state;
    to.model->lender = from.model;
    to.model->partial = true;
    assert_true(lending_adopt(to.model));
    assert_null(model_find_key(to.model, get(&from, "i")->key));
    assert_true(has(&to, &from, "o"));
    assert_true(has(&to, &from, "f"));
    assert_false(has(&to, &from, "w")); /* whose column is not there */
    world_free(&to);
    world_free(&from);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_selection), cmocka_unit_test(test_takeover),
        cmocka_unit_test(test_lacking),   cmocka_unit_test(test_overwriting),
        cmocka_unit_test(test_lending),   cmocka_unit_test(test_lending_to_a_part),
    };

    return RUN(tests);
}
