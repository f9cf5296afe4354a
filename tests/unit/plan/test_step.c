/* Several steps in one statement, what a step's session is set to, and titles: plan/step.c and plan/steps.c, with a
 * dialect whose columns are added and dropped by clauses of one statement and which sets a mode around views. */
#include "fake_dialect.h"

#include "plan/plan.h"

static void set(struct step_sink *sink, const char *text)
{
    sink_statement(sink, "set %s", text)->setting = true;
}

static void write_clause(struct step_sink *sink, const char *verb, const struct object *column)
{
    struct step *step =
        sink_statement(sink, "alter %s %s %s", column->parent->name, verb, column->name);

    step->lock = LOCK_ACCESS_EXCLUSIVE;
    step->alters = arena_printf(sink->arena, "alter %s", column->parent->name);
    step->clause = step->sql + strlen(step->alters) + 1;
}

static void create(struct step_sink *sink, const struct object *object,
                   const struct pointer_list *folded)
{
    if (object->kind == KIND_COLUMN && !sink->table_is_new) {
        write_clause(sink, "add", object);
        return;
    }
    if (object->kind == KIND_VIEW)
        set(sink, "mode");
    fake_create(sink, object, folded);
    if (object->kind == KIND_VIEW)
        set(sink, "no mode");
}

static void drop(struct step_sink *sink, const struct object *object)
{
    if (object->kind != KIND_COLUMN) {
        fake_drop(sink, object);
        return;
    }
    write_clause(sink, "drop", object);
    sink->steps.items[sink->steps.count - 1].hazards = UINT64_C(1) << HAZARD_DROP_COLUMN;
}

static int64_t place(const struct object *object)
{
    return object->kind == KIND_COLUMN ? as_column(object)->position : 0;
}

static const char *print_step(struct arena *arena, const struct step *step)
{
    return arena_printf(arena, "%s%s%s%s%s [%s]", text_list_join(&step->prepares, arena, ", "),
                        step->prepares.count ? "; " : "", step->sql,
                        step->restores.count ? "; " : "",
                        text_list_join(&step->restores, arena, ", "), step_title(arena, step));
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

    planning.place = place;
    writing.create = create;
    writing.drop = drop;
    dialect.planning = &planning;
    dialect.writing = &writing;
    plan = plan_make(&dialect, from.model, to.model, &error);
    assert_string_equal(error.message, "");
    for (size_t i = 0; i < plan->steps.count; i++)
        text_list_add(&lines, arena, print_step(arena, &plan->steps.items[i]));
    assert_string_equal(text_list_join(&lines, arena, "\n"), wanted);
    plan_free(plan);
    arena_free(arena);
    world_free(&from);
    world_free(&to);
}

static void test_one_statement_in_the_files_order(void **state)
{
    (void)state;
    assert_plan(SEALED("s = schema s", "t = table t in s", "u = table u in s"),
                SEALED("s = schema s", "t = table t in s", "u = table u in s",
                       "z = column z in t | position = 1", "a = column a in t | position = 2",
                       "m = column m in t | position = 3", "b = column b in u | position = 1"),
                "alter t\n    add z,\n    add a,\n    add m "
                "[alter table s.t: create column z, create column a, create column m]\n"
                "alter u add b [create column s.u.b]");
}

/* What needs another part, or something that stands between, has a statement of its own. */
static void test_needs_keep_apart(void **state)
{
    (void)state;
    assert_plan(SEALED("s = schema s", "t = table t in s"),
                SEALED("s = schema s", "t = table t in s", "a = column a in t | position = 1",
                       "b = column b in t | position = 2",
                       "c = column c in t | position = 3 | needs a"),
                "alter t\n    add a,\n    add b [alter table s.t: create column a, create column "
                "b]\nalter t add c [create column s.t.c]");
}

static void test_costs_of_all(void **state)
{
    struct world from = SEALED("s = schema s", "t = table t in s", "a = column a in t");
    struct arena *arena = arena_new();
    const struct object *table = model_find_key(from.model, "table:schema:/s/t");
    const struct object *column = table->first_child;
    struct step step = {.sql = "alter t add b",
                        .alters = "alter t",
                        .clause = "add b",
                        .object = column,
                        .lock = LOCK_SHARE,
                        .note = "one"};
    struct step other = {.sql = "alter t drop a",
                         .alters = "alter t",
                         .clause = "drop a",
                         .object = column,
                         .action = ACTION_DROP,
                         .lock = LOCK_ACCESS_EXCLUSIVE,
                         .hazards = UINT64_C(1) << HAZARD_DROP_COLUMN,
                         .rewrites = true,
                         .scans = true,
                         .note = "two"};

    (void)state;
    assert_ptr_equal(step_part(&step, 0), &step);
    assert_null(step_part(&step, 1));
    step_join(arena, &step, &other, table);
    assert_string_equal(step.sql, "alter t\n    add b,\n    drop a");
    assert_string_equal(step.note, "one\ntwo");
    assert_string_equal(step.parts, "column s.t.a");
    assert_int_equal(step.lock, LOCK_ACCESS_EXCLUSIVE);
    assert_int_equal(step.hazards, other.hazards);
    assert_true(step.rewrites && step.scans);
    assert_int_equal(step.action, ACTION_ALTER);
    assert_int_equal(step_part(&step, 0)->hazards, 0);
    assert_string_equal(step_part(&step, 1)->sql, other.sql);
    assert_null(step_part(&step, 2));
    assert_true(step_does(&step, ACTION_DROP, column));
    assert_false(step_does(&step, ACTION_ALTER, table));
    arena_free(arena);
    world_free(&from);
}

static void test_long_titles_are_cut(void **state)
{
    struct world world = SEALED("s = schema s", "t = table t in s");
    struct arena *arena = arena_new();
    struct text_list titles = {0};

    (void)state;
    for (int i = 1; i <= 6; i++)
        text_list_add(&titles, arena, arena_printf(arena, "drop column c%d", i));
    assert_string_equal(
        step_subject_of(arena, model_find_key(world.model, "table:schema:/s/t"), &titles),
        "table s.t: drop column c1, drop column c2, drop column c3, drop column c4, and 2 more");
    arena_free(arena);
    world_free(&world);
}

/* A SET is no step, and stands beside the one that it is for. */
static void test_settings_are_no_steps(void **state)
{
    (void)state;
    assert_plan(SEALED("s = schema s"),
                SEALED("s = schema s", "v = view v in s | = q", "w = view w in s | = q"),
                "set mode; create view s.v; set no mode [create view s.v]\n"
                "set mode; create view s.w; set no mode [create view s.w]");
}

static void test_renames_say_both_names(void **state)
{
    (void)state;
    assert_plan(SEALED("s = schema s", "t = table t in s | was old", "a = column a in t | was b"),
                SEALED("s = schema s", "t = table t in s", "a = column a in t"),
                "rename table s.t from old [rename table s.old to t]\n"
                "rename column s.t.a from b [rename column s.t.b to a]");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_statement_in_the_files_order),
        cmocka_unit_test(test_needs_keep_apart),
        cmocka_unit_test(test_costs_of_all),
        cmocka_unit_test(test_long_titles_are_cut),
        cmocka_unit_test(test_settings_are_no_steps),
        cmocka_unit_test(test_renames_say_both_names),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
