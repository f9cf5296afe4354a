/* Steps: what counts on a table that is there, and on one that the same plan makes; and rules of replacement. */
#include "../world.h"

#include "dialect/rule.h"
#include "dialect/statement.h"

static void write(struct step_sink *sink)
{
    struct buffer sql = BUFFER_EMPTY;
    struct step *step;

    buffer_append(&sql, "ALTER 100% TABLE");
    step = write_buffer(sink, LOCK_ACCESS_EXCLUSIVE, &sql);
    write_hazard(sink, step, HAZARD_DROP_TABLE);
    write_hazard(sink, step, HAZARD_BLOCK_WRITES);
}

static void test_lock_and_hazards(void **state)
{
    struct step_sink sink = {.arena = arena_new()};
    const struct step *step;

    (void)state;
    write(&sink);
    step = &sink.steps.items[0];
    assert_string_equal(step->sql, "ALTER 100% TABLE");
    assert_int_equal(step->lock, LOCK_ACCESS_EXCLUSIVE);
    assert_int_equal(step->hazards, UINT64_C(1) << HAZARD_DROP_TABLE | UINT64_C(1)
                                                                           << HAZARD_BLOCK_WRITES);
    arena_free(sink.arena);
}

/* Only what loses data counts where nobody can use the table yet. */
static void test_new_table(void **state)
{
    struct step_sink sink = {.arena = arena_new(), .table_is_new = true};

    (void)state;
    write(&sink);
    assert_int_equal(sink.steps.items[0].lock, LOCK_NONE);
    assert_int_equal(sink.steps.items[0].hazards, UINT64_C(1) << HAZARD_DROP_TABLE);
    arena_free(sink.arena);
}

static struct field_rule rule(enum kind kind, int field)
{
    static const struct rule_line lines[] = {
        {KIND_COLUMN, field_column_type, {RULE_REPLACE, NULL}},
        {KIND_COLUMN, field_column_statistics, {RULE_ALTER, NULL}},
    };

    return rule_find(lines, sizeof(lines) / sizeof(*lines), kind, field);
}

static bool never(const struct object *before, const struct object *after, uint64_t changed,
                  int server_version)
{
    (void)before;
    (void)after;
    (void)changed;
    return server_version == 1;
}

static void test_replaces(void **state)
{
    struct world world = SEALED("s = schema s", "t = table t in s", "a = column a in t");
    const struct object *column = NULL;
    uint64_t type = UINT64_C(1) << field_column_type;
    uint64_t statistics = UINT64_C(1) << field_column_statistics;

    (void)state;
    for (size_t i = 0; i < world.model->count; i++)
        if (world.model->objects[i]->kind == KIND_COLUMN)
            column = world.model->objects[i];
    assert_int_equal(rule(KIND_TABLE, field_column_type).rule, RULE_NONE);
    assert_true(rule_replaces(rule, never, column, column, type, 0));
    assert_false(rule_replaces(rule, never, column, column, statistics, 0));
    assert_true(rule_replaces(rule, never, column, column, statistics | type, 0));
    assert_true(rule_replaces(rule, never, column, column, statistics, 1));
    assert_true(rule_replaces(rule, never, column, NULL, 0, 0));
    world_free(&world);
}

static void test_slots(void **state)
{
    struct world world = OPEN("s = schema s", "t = table t in s", "c = check_constraint c in t");
    struct arena *arena = world.model->arena;

    (void)state;
    assert_string_equal(rule_slot(arena, "check", get(&world, "c"), "c"), "check:s/c");
    assert_string_equal(rule_slot(arena, "schema", get(&world, "s"), "x"), "schema:s/x");
    world_free(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lock_and_hazards),
        cmocka_unit_test(test_new_table),
        cmocka_unit_test(test_replaces),
        cmocka_unit_test(test_slots),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
