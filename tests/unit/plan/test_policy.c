/* What a plan may do: plan/policy.c; what a step costs: plan/cost.c. */
#include "fake_dialect.h"

#include "plan/cost.h"
#include "plan/policy.h"

static struct error error;

static const uint64_t column = UINT64_C(1) << HAZARD_DROP_COLUMN;
static const uint64_t table = UINT64_C(1) << HAZARD_DROP_TABLE;
static const uint64_t rewrite = UINT64_C(1) << HAZARD_REWRITE_TABLE;

static struct policy_rules allowing(struct arena *arena, const char *text)
{
    const char *const texts[] = {text, NULL};
    struct policy_rules rules;

    assert_true(policy_read_allowed(texts, arena, &rules, &error));
    return rules;
}

static struct policy_rules denying(struct arena *arena, const char *text)
{
    const char *const texts[] = {text, NULL};
    struct policy_rules rules;

    assert_true(policy_read_denied(texts, arena, &rules, &error));
    return rules;
}

static void assert_unreadable(bool denied, const char *text, const char *message, const char *hint)
{
    const char *const texts[] = {text, NULL};
    struct arena *arena = arena_new();
    struct policy_rules rules;

    error = (struct error){0};
    assert_false(denied ? policy_read_denied(texts, arena, &rules, &error)
                        : policy_read_allowed(texts, arena, &rules, &error));
    assert_string_equal(error.message, message);
    assert_string_equal(error.hint, hint);
    arena_free(arena);
}

static void test_read(void **state)
{
    struct arena *arena = arena_new();
    struct policy_rules rules = denying(arena, "rewrite-table:1GB");

    (void)state;
    assert_true(rules.items[0].hazards == rewrite && rules.items[0].above == INT64_C(1) << 30);
    assert_true(denying(arena, "rewrite-table").items[0].above < 0);
    assert_true(allowing(arena, "all=a.*").items[0].hazards == UINT64_MAX);
    assert_unreadable(true, "rewrite-tabel", "there is no hazard rewrite-tabel",
                      "Did you mean rewrite-table?");
    assert_unreadable(true, "rewrite-table:big", "big is no size",
                      "Write rewrite-table:500MB or rewrite-table:2GB.");
    assert_unreadable(false, "drop-column=", "drop-column= names no object",
                      "Write drop-column=shop.customers.fax.");
    arena_free(arena);
}

static void test_allowed(void **state)
{
    struct world from = SEALED("s = schema s", "t = table t in s", "a = column a in t",
                               "b = column b in t", "i = index i in t");
    struct arena *arena = arena_new();
    struct policy_rules none = {0};
    struct policy_rules one = allowing(arena, "drop-column=s.t.a");
    struct policy_rules whole = allowing(arena, "drop-column=s.t");
    struct step step = {.object = map_get(&from.handles, "a"), .hazards = column | rewrite};

    (void)state;
    assert_true(policy_refused(&step, 0, &none) == column);
    assert_true(policy_refused(&step, column, &none) == 0);
    assert_true(policy_refused(&step, 0, &one) == 0);
    step.object = map_get(&from.handles, "b");
    assert_true(policy_refused(&step, 0, &one) == column);
    assert_true(policy_refused(&step, 0, &whole) == 0);
    step.hazards = table;
    assert_true(policy_refused(&step, 0, &whole) == table);

    /* several parts at once: all have to be allowed, but for those that lose nothing */
    step = (struct step){.object = map_get(&from.handles, "t"), .hazards = column};
    pointer_list_add(&step.drops, arena, map_get(&from.handles, "a"));
    pointer_list_add(&step.drops, arena, map_get(&from.handles, "i"));
    assert_true(policy_refused(&step, 0, &one) == 0);
    pointer_list_add(&step.drops, arena, map_get(&from.handles, "b"));
    assert_true(policy_refused(&step, 0, &one) == column);
    arena_free(arena);
    model_free(from.model);
}

static void test_formula(void **state)
{
    const struct table_size large = {true, 1000, INT64_C(100) << 20};

    (void)state;
    assert_true(cost_seconds(large, false, false) == 0);
    assert_true(cost_seconds(large, true, false) == 1);
    assert_true(cost_seconds(large, true, true) == 5);
    assert_true(cost_seconds((struct table_size){0}, true, false) < 0);
    assert_true(cost_seconds((struct table_size){0}, false, false) == 0);
    assert_string_equal(cost_class_name(cost_class_of(-1)), "unknown");
    assert_string_equal(cost_class_name(cost_class_of(0.1)), "instant");
    assert_string_equal(cost_class_name(cost_class_of(1)), "seconds");
    assert_string_equal(cost_class_name(cost_class_of(60)), "minutes");
    assert_string_equal(cost_class_name(cost_class_of(3600)), "hours");
}

/* A plan of steps that were made by hand. */
static void add_step(struct plan *plan, const struct object *object, int group, uint64_t hazards)
{
    step_list_add(&plan->steps, plan->arena,
                  (struct step){.action = ACTION_ALTER,
                                .object = object,
                                .group = group,
                                .hazards = hazards,
                                .rewrites = hazards != 0,
                                .lock = LOCK_ACCESS_EXCLUSIVE});
}

static void test_costs(void **state)
{
    struct world from = SEALED("s = schema s", "t = table t in s", "u = table u in s");
    struct object *t = map_get(&from.handles, "t");
    struct object *u = map_get(&from.handles, "u");
    struct plan plan = {.arena = arena_new(), .dialect = &fake_dialect, .from = from.model};
    struct policy_rules some = denying(plan.arena, "rewrite-table:1GB");
    struct policy_rules any = denying(plan.arena, "rewrite-table");
    struct table_blocks blocks;

    (void)state;
    t->size = (struct table_size){true, 10, INT64_C(2) << 30};
    u->size = (struct table_size){true, 10, 8192};
    add_step(&plan, u, 0, 0); /* instant, but the lock stays while the other is rewritten */
    add_step(&plan, t, 0, rewrite);
    add_step(&plan, u, 1, rewrite);
    blocks = cost_blocks(&plan, plan.arena);
    assert_int_equal(blocks.count, 2);
    assert_ptr_equal(blocks.items[0].table, u);
    assert_int_equal(cost_class_of(blocks.items[0].seconds), COST_MINUTES);
    assert_int_equal(cost_class_of(blocks.items[1].seconds), COST_MINUTES);
    assert_ptr_equal(blocks.items[0].first, &plan.steps.items[1]);
    assert_true(policy_denied(&plan, &plan.steps.items[1], &some) == rewrite);
    assert_true(policy_denied(&plan, &plan.steps.items[2], &some) == 0);
    assert_true(policy_denied(&plan, &plan.steps.items[2], &any) == rewrite);
    u->size.known = false;
    assert_true(policy_denied(&plan, &plan.steps.items[2], &some) == rewrite);
    assert_true(cost_blocks(&plan, plan.arena).items[0].seconds < 0);
    arena_free(plan.arena);
    model_free(from.model);
}

static void test_locks(void **state)
{
    struct plan plan = {.dialect = &fake_dialect};

    (void)state;
    assert_string_equal(lock_block_text(plan_lock_blocks(&plan, LOCK_ACCESS_EXCLUSIVE)),
                        "blocks readers and writers");
    assert_string_equal(lock_block_text(plan_lock_blocks(&plan, LOCK_SHARE)), "blocks writers");
    assert_string_equal(lock_block_text(plan_lock_blocks(&plan, LOCK_SHARE_UPDATE_EXCLUSIVE)),
                        "blocks other schema changes");
    assert_string_equal(lock_block_text(plan_lock_blocks(&plan, LOCK_ROW_EXCLUSIVE)),
                        "blocks nothing");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_read),    cmocka_unit_test(test_allowed),
        cmocka_unit_test(test_formula), cmocka_unit_test(test_costs),
        cmocka_unit_test(test_locks),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
