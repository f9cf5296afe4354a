/* Which objects a plan touches, and what follows for those that depend on them. */
#include "fake_dialect.h"

#include "plan/closure.h"

/* "altered", "replaced", ... of each object whose fate is not to stay, and "made" of each new one. */
static const char *print_closure(struct arena *arena, const struct closure *closure)
{
    static const char *const words[] = {"stays", "altered", "dropped", "replaced"};
    struct text_list lines = {0};

    for (size_t i = 0; i < closure->from->count; i++)
        if (closure->fates[i] != FATE_STAYS)
            text_list_add(&lines, arena,
                          arena_printf(arena, "%s %s",
                                       identity_print(arena, closure->from->objects[i]),
                                       words[closure->fates[i]]));
    for (size_t i = 0; i < closure->to->count; i++)
        if (closure->made[i] && !closure->before[i])
            text_list_add(
                &lines, arena,
                arena_printf(arena, "%s made", identity_print(arena, closure->to->objects[i])));
    return text_list_join(&lines, arena, "\n");
}

static void assert_closure(struct world from, struct world to, const char *wanted)
{
    struct arena *arena = arena_new();
    struct delta_list deltas = diff_models(from.model, to.model, arena);
    struct closure closure = closure_compute(&fake_dialect, from.model, to.model, &deltas, arena);

    for (size_t i = 0; i < from.model->count; i++) {
        if (closure.fates[i] == FATE_REPLACED) {
            assert_non_null(closure.after[i]);
            assert_true(closure.made[closure.after[i]->rank]);
        }
        if (closure.after[i])
            assert_ptr_equal(closure.before[closure.after[i]->rank], from.model->objects[i]);
    }
    assert_string_equal(print_closure(arena, &closure), wanted);
    arena_free(arena);
    world_free(&from);
    world_free(&to);
}

static void test_plain_fates(void **state)
{
    (void)state;
    assert_closure(SEALED("s = schema s", "t = table t in s", "c = column c in t | = text",
                          "d = column d in t | = text"),
                   SEALED("s = schema s", "t = table t in s", "c = column c in t | = date",
                          "e = column e in t | = text"),
                   "column s.t.c altered\ncolumn s.t.d dropped\ncolumn s.t.e made");
}

static void test_ignored_field(void **state)
{
    (void)state;
    assert_closure(SEALED("s = schema s", "t = table t in s", "c = column c in t | statistics = 1"),
                   SEALED("s = schema s", "t = table t in s", "c = column c in t | statistics = 2"),
                   "");
}

/* What hangs on a replaced object is replaced with it, also over more than one step. */
static void test_replaced_with_dependents(void **state)
{
    (void)state;
    assert_closure(
        SEALED("s = schema s", "f = function f in s | body = a", "v = view v in s | = q | needs f",
               "w = view w in s | = q | needs v", "k = comment - in w | = text",
               "x = view x in s | = q", "t = table t in s | needs f", "i = index i in t"),
        SEALED("s = schema s", "f = function f in s | body = b", "v = view v in s | = q | needs f",
               "w = view w in s | = q | needs v", "k = comment - in w | = text",
               "x = view x in s | = q", "t = table t in s | needs f", "i = index i in t"),
        "function s.f replaced\ntable s.t replaced\nview s.v replaced\nview s.w replaced\n"
        "index s.t.i replaced\ncomment on view s.w replaced");
}

static void test_must_replace(void **state)
{
    (void)state;
    assert_closure(SEALED("s = schema s", "v = view v in s | = a", "p = privilege clerk in v"),
                   SEALED("s = schema s", "v = view v in s | = !b", "p = privilege clerk in v"),
                   "view s.v replaced\nprivilege of clerk on view s.v replaced");
    assert_closure(SEALED("s = schema s", "v = view v in s | = a", "p = privilege clerk in v"),
                   SEALED("s = schema s", "v = view v in s | = b", "p = privilege clerk in v"),
                   "view s.v altered");
}

/* Only dependents of the column that changes are ended; who names no column may use them all. */
static void test_dependents_of_a_column(void **state)
{
    (void)state;
    assert_closure(SEALED("s = schema s", "t = table t in s", "a = column a in t | = text",
                          "b = column b in t | = text", "v = view on_a in s | needs t a",
                          "w = view on_b in s | needs t b", "x = view on_all in s | needs t",
                          "k = check_constraint k in t | needs a"),
                   SEALED("s = schema s", "t = table t in s", "a = column a in t | = date",
                          "b = column b in t | = text", "v = view on_a in s | needs t a",
                          "w = view on_b in s | needs t b", "x = view on_all in s | needs t",
                          "k = check_constraint k in t | needs a"),
                   "column s.t.a altered\nview s.on_a replaced\nview s.on_all replaced");
}

/* A dependent that is altered away from what is dropped can stay; one that is not has to go. */
static void test_lets_go(void **state)
{
    (void)state;
    assert_closure(SEALED("s = schema s", "e = enumeration e in s | = x", "t = table t in s",
                          "a = column a in t | = e | needs e", "b = column b in t | = e | needs e"),
                   SEALED("s = schema s", "t = table t in s", "a = column a in t | = text"),
                   "enum s.e dropped\ncolumn s.t.a altered\ncolumn s.t.b dropped");
}

/* Altered, but still depending on what is replaced: no letting go. */
static void test_does_not_let_go(void **state)
{
    (void)state;
    assert_closure(SEALED("s = schema s", "f = function f in s | body = a", "t = table t in s",
                          "a = column a in t", "d = default_value - in a | = f(1) | needs f"),
                   SEALED("s = schema s", "f = function f in s | body = b", "t = table t in s",
                          "a = column a in t", "d = default_value - in a | = f(2) | needs f"),
                   "function s.f replaced\ndefault of column s.t.a replaced");
    assert_closure(SEALED("s = schema s", "f = function f in s | body = a", "t = table t in s",
                          "a = column a in t", "d = default_value - in a | = f(1) | needs f"),
                   SEALED("s = schema s", "f = function f in s | body = b", "t = table t in s",
                          "a = column a in t", "d = default_value - in a | = 2"),
                   "function s.f replaced\ndefault of column s.t.a altered");
}

/* Children go with their parent even where they are altered. */
static void test_children_do_not_let_go(void **state)
{
    (void)state;
    assert_closure(
        SEALED("s = schema s", "t = table t in s | = heap", "a = column a in t | = text"),
        SEALED("s = schema s", "t = table t in s | = other", "a = column a in t | = date"),
        "table s.t replaced\ncolumn s.t.a replaced");
}

/* References to what a filter took out lead nowhere, not to whatever stands first. */
static void test_removed_references(void **state)
{
    struct world from = OPEN("a = schema a", "s = schema s", "t = table t in s", "z = table z in a",
                             "c = column c in t", "k = foreign_key k in t | refs z | columns = c");
    struct world to = OPEN("a = schema a", "s = schema s", "t = table t in s", "z = table z in a",
                           "c = column c in t", "k = foreign_key k in t | refs z | columns = c");
    struct arena *arena = arena_new();

    (void)state;
    model_remove(from.model, get(&from, "a"));
    model_remove(to.model, get(&to, "a"));
    model_seal(from.model);
    model_seal(to.model);
    assert_int_equal(closure_dependencies(arena, get(&from, "k")).count, 1);
    arena_free(arena);
    assert_closure(from, to, "");
}

static void test_dependencies(void **state)
{
    struct world world = SEALED("s = schema s", "t = table t in s", "u = table u in s",
                                "k = foreign_key k in t | refs u | needs s");
    struct arena *arena = arena_new();
    struct pointer_list list = closure_dependencies(arena, get(&world, "k"));

    (void)state;
    assert_int_equal(list.count, 3);
    assert_ptr_equal(list.items[0], get(&world, "t"));
    assert_ptr_equal(list.items[1], get(&world, "s"));
    assert_ptr_equal(list.items[2], get(&world, "u"));
    assert_int_equal(closure_dependencies(arena, get(&world, "s")).count, 0);
    arena_free(arena);
    world_free(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_plain_fates),
        cmocka_unit_test(test_ignored_field),
        cmocka_unit_test(test_replaced_with_dependents),
        cmocka_unit_test(test_must_replace),
        cmocka_unit_test(test_dependents_of_a_column),
        cmocka_unit_test(test_lets_go),
        cmocka_unit_test(test_does_not_let_go),
        cmocka_unit_test(test_children_do_not_let_go),
        cmocka_unit_test(test_removed_references),
        cmocka_unit_test(test_dependencies),
    };

    return RUN(tests);
}
