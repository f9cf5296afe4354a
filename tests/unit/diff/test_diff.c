/* Two sealed models to deltas. */
#include "../world.h"

#include "diff/diff.h"

/* Deltas as text: "+ table s.t", "- ...", "~ column s.t.c: type", "> ..." for a rename. */
static const char *print_deltas(struct arena *arena, const struct delta_list *list)
{
    struct text_list lines = {0};

    for (size_t i = 0; i < list->count; i++) {
        const struct delta *delta = &list->items[i];
        const struct object *object = delta->after ? delta->after : delta->before;
        struct fields fields = kind_fields(object->kind);
        struct text_list changed = {0};

        for (size_t j = 0; j < fields.count; j++)
            if (delta->changed >> j & 1)
                text_list_add(&changed, arena, fields.items[j].name);
        text_list_add(&lines, arena,
                      arena_printf(arena, "%c %s%s%s", "+-~>"[delta->change],
                                   identity_print(arena, object), changed.count ? ": " : "",
                                   text_list_join(&changed, arena, " ")));
    }
    return text_list_join(&lines, arena, "\n");
}

static void assert_deltas(struct world from, struct world to, const char *wanted)
{
    struct arena *arena = arena_new();
    struct delta_list list = diff_models(from.model, to.model, arena);

    assert_string_equal(print_deltas(arena, &list), wanted);
    arena_free(arena);
    world_free(&from);
    world_free(&to);
}

static void test_nothing(void **state)
{
    (void)state;
    assert_deltas(SEALED(NULL), SEALED(NULL), "");
    assert_deltas(SEALED("s = schema s", "t = table t in s", "c = column c in t | = text"),
                  SEALED("s = schema s", "t = table t in s", "c = column c in t | = text"), "");
}

static void test_added_and_removed(void **state)
{
    (void)state;
    assert_deltas(SEALED(NULL),
                  SEALED("s = schema s", "t = table t in s", "c = column c in t | = text"),
                  "+ schema s\n+ table s.t\n+ column s.t.c");
    assert_deltas(SEALED("s = schema s", "t = table t in s", "c = column c in t | = text"),
                  SEALED(NULL), "- schema s\n- table s.t\n- column s.t.c");
    assert_deltas(SEALED("s = schema s", "a = table a in s", "z = table z in s"),
                  SEALED("s = schema s", "b = table b in s", "v = view z in s | = select"),
                  "- table s.a\n+ table s.b\n- table s.z\n+ view s.z");
}

static void test_changed(void **state)
{
    (void)state;
    assert_deltas(SEALED("s = schema s", "t = table t in s", "c = column c in t | = text",
                         "k = foreign_key k in t | refs t | columns = c"),
                  SEALED("s = schema s", "t = table t in s | unlogged = yes | options = a=1",
                         "c = column c in t | = date | position = 7", "u = table u in s",
                         "k = foreign_key k in t | refs u | columns = c"),
                  "~ table s.t: unlogged options\n+ table s.u\n~ column s.t.c: type\n"
                  "~ foreign key s.t.k: table");
}

/* Carried fields make no delta. */
static void test_carried_fields(void **state)
{
    (void)state;
    assert_deltas(SEALED("s = schema s", "t = table t in s", "c = column c in t | position = 1"),
                  SEALED("s = schema s", "t = table t in s", "c = column c in t | position = 2"),
                  "");
}

static void test_renamed(void **state)
{
    (void)state;
    assert_deltas(SEALED("s = schema s", "t = table t in s | was old | unlogged = yes",
                         "c = column c in t | = text"),
                  SEALED("s = schema s", "t = table t in s", "c = column c in t | = text"),
                  "> table s.t\n~ table s.t: unlogged");
}

static void assert_looks_like(struct world from, struct world to, const char *added,
                              const char *removed)
{
    struct arena *arena = arena_new();
    struct delta_list list = diff_models(from.model, to.model, arena);
    const struct delta *found = NULL;

    for (size_t i = 0; i < list.count; i++)
        if (list.items[i].change == DELTA_ADDED && list.items[i].looks_like) {
            assert_null(found);
            found = &list.items[i];
            assert_ptr_equal(found->looks_like->looks_like, found);
        }
    if (added) {
        assert_non_null(found);
        assert_string_equal(identity_path(arena, found->after), added);
        assert_string_equal(identity_path(arena, found->looks_like->before), removed);
    } else {
        assert_null(found);
    }
    arena_free(arena);
    world_free(&from);
    world_free(&to);
}

static void test_lookalikes(void **state)
{
    (void)state;
    assert_looks_like(SEALED("s = schema s", "t = table old in s", "c = column c in t | = text"),
                      SEALED("s = schema s", "t = table new in s", "c = column c in t | = text"),
                      "s.new", "s.old");
    assert_looks_like(SEALED("s = schema s", "t = table t in s", "c = column old in t | = text",
                             "d = column kept in t | = text"),
                      SEALED("s = schema s", "t = table t in s", "c = column new in t | = text",
                             "d = column kept in t | = text"),
                      "s.t.new", "s.t.old");
}

/* Other content, another place, or nothing in it: no lookalike. */
static void test_no_lookalikes(void **state)
{
    (void)state;
    assert_looks_like(SEALED("s = schema s", "t = table old in s", "c = column c in t | = text"),
                      SEALED("s = schema s", "t = table new in s", "c = column c in t | = date"),
                      NULL, NULL);
    assert_looks_like(SEALED("s = schema s", "z = schema z", "t = table t in s"),
                      SEALED("s = schema s", "z = schema z", "t = table t in z"), NULL, NULL);
    assert_looks_like(SEALED("s = schema s"), SEALED("z = schema z"), NULL, NULL);
    assert_looks_like(SEALED("s = schema s", "v = view v in s | = select 1"),
                      SEALED("s = schema s", "m = materialized_view w in s | = select 1"), NULL,
                      NULL);
}

/* One removed object looks like one added one at most. */
static void test_one_lookalike_each(void **state)
{
    (void)state;
    assert_looks_like(SEALED("s = schema s", "t = table old in s | unlogged = yes"),
                      SEALED("s = schema s", "t = table new1 in s | unlogged = yes",
                             "u = table new2 in s | unlogged = yes"),
                      "s.new1", "s.old");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nothing),       cmocka_unit_test(test_added_and_removed),
        cmocka_unit_test(test_changed),       cmocka_unit_test(test_carried_fields),
        cmocka_unit_test(test_renamed),       cmocka_unit_test(test_lookalikes),
        cmocka_unit_test(test_no_lookalikes), cmocka_unit_test(test_one_lookalike_each),
    };

    return RUN(tests);
}
