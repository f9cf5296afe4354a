/* Actions that share one ALTER statement, with a dialect in which columns, defaults, checks, indexes and
 * foreign keys of a table that stays are altered together. */
#include "fake_dialect.h"

#include "plan/plan.h"

static const struct object *joins(const struct object *object, enum step_action action)
{
    (void)action;
    if (object->kind == KIND_COLUMN || object->kind == KIND_CHECK || object->kind == KIND_INDEX ||
        object->kind == KIND_FOREIGN_KEY)
        return object->parent;
    return object->kind == KIND_DEFAULT ? object->parent->parent : NULL;
}

static void alter_joined(struct step_sink *sink, const struct object *before,
                         const struct object *after, uint64_t changed,
                         const struct joined_action *actions, size_t count)
{
    static const char *const signs[] = {"+", "~", "-", ">"};
    struct buffer text = BUFFER_EMPTY;

    assert_string_equal(before->name, after->name);
    for (size_t i = 0; i < count; i++) {
        const struct object *object = actions[i].after ? actions[i].after : actions[i].before;

        buffer_printf(&text, " %s%s", signs[actions[i].action], identity_path(sink->arena, object));
    }
    sink_statement(sink, "alter %s%s%s", after->name, changed ? "!" : "", buffer_text(&text));
    buffer_free(&text);
}

static void assert_plan(struct world from, struct world to, const char *wanted)
{
    struct arena *arena = arena_new();
    struct dialect_planning planning = fake_planning;
    struct dialect_writing writing = fake_writing;
    struct dialect dialect = fake_dialect;
    struct error error = {0};
    struct text_list lines = {0};
    struct plan *plan;

    planning.joins = joins;
    writing.alter_joined = alter_joined;
    dialect.planning = &planning;
    dialect.writing = &writing;
    plan = plan_make(&dialect, from.model, to.model, &error);
    assert_string_equal(error.message, "");
    for (size_t i = 0; i < plan->steps.count; i++)
        text_list_add(&lines, arena, plan->steps.items[i].sql);
    assert_string_equal(text_list_join(&lines, arena, "\n"), wanted);
    plan_free(plan);
    arena_free(arena);
    world_free(&from);
    world_free(&to);
}

static void test_one_statement_a_table(void **state)
{
    (void)state;
    assert_plan(SEALED("s = schema s", "t = table t in s | unlogged = yes", "a = column a in t",
                       "i = index i in t | needs a", "b = column b in t | = text"),
                SEALED("s = schema s", "t = table t in s", "b = column b in t | = date",
                       "c = column c in t", "d = default_value - in c | = 1",
                       "k = check_constraint k in t | = c > 0 | needs c"),
                "alter t! -s.t.i -s.t.a ~s.t.b +s.t.c +s.t.c +s.t.k");
}

/* Of a new table all is folded into its CREATE, of a dropped one nothing is said. */
static void test_only_what_stays(void **state)
{
    (void)state;
    assert_plan(SEALED("s = schema s", "t = table old in s", "a = column a in t"),
                SEALED("s = schema s", "t = table t in s", "a = column a in t | = text"),
                "drop table s.old\ncreate table s.t (a)");
}

/* What depends on a part waits for the whole statement. */
static void test_dependents(void **state)
{
    (void)state;
    assert_plan(SEALED("s = schema s", "t = table t in s", "a = column a in t",
                       "v = view v in s | = q | needs t a"),
                SEALED("s = schema s", "t = table t in s", "b = column b in t",
                       "w = view w in s | = q | needs t b"),
                "drop view s.v\nalter t -s.t.a +s.t.b\ncreate view s.w");
}

/* Two tables whose foreign keys need each other's new keys: the foreign keys stand alone. */
static void test_leaves_on_a_cycle(void **state)
{
    (void)state;
    assert_plan(SEALED("s = schema s", "t = table t in s", "u = table u in s"),
                SEALED("s = schema s", "t = table t in s", "u = table u in s", "a = column a in t",
                       "b = column b in u", "f = foreign_key f in t | refs u | needs b",
                       "g = foreign_key g in u | refs t | needs a"),
                "alter t +s.t.a\nalter u +s.u.b\nalter t +s.t.f\nalter u +s.u.g");
}

/* A view that stays moves from one column to another: the new one comes before, the old one goes after. */
static void test_parts_before_and_after(void **state)
{
    (void)state;
    assert_plan(SEALED("s = schema s", "t = table t in s", "a = column a in t",
                       "v = view v in s | = old | needs t a"),
                SEALED("s = schema s", "t = table t in s", "b = column b in t",
                       "k = check_constraint k in t | = b > 0 | needs b",
                       "v = view v in s | = new | needs t b"),
                "alter t +s.t.b\nalter t +s.t.k\nalter view s.v: query\nalter t -s.t.a");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parts_before_and_after), cmocka_unit_test(test_one_statement_a_table),
        cmocka_unit_test(test_only_what_stays),        cmocka_unit_test(test_dependents),
        cmocka_unit_test(test_leaves_on_a_cycle),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
