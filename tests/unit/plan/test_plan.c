/* Deltas to ordered steps, with a dialect made for it: plan/plan.c over plan/nodes.c, plan/edges.c, plan/cycles.c,
 * plan/steps.c and plan/step.c. */
#include "fake_dialect.h"

#include "plan/plan.h"

/* The steps' statements, one a line; a line "--" between transaction groups. */
static const char *print_steps(struct arena *arena, const struct plan *plan)
{
    struct text_list lines = {0};

    for (size_t i = 0; i < plan->steps.count; i++) {
        if (i && plan->steps.items[i].group != plan->steps.items[i - 1].group)
            text_list_add(&lines, arena, "--");
        text_list_add(&lines, arena, plan->steps.items[i].sql);
    }
    return text_list_join(&lines, arena, "\n");
}

static void assert_plan(struct world from, struct world to, const char *wanted)
{
    struct arena *arena = arena_new();
    struct error error = {0};
    struct plan *plan = plan_make(&fake_dialect, from.model, to.model, &error);

    assert_string_equal(error.message, "");
    assert_non_null(plan);
    assert_string_equal(print_steps(arena, plan), wanted);
    plan_free(plan);
    arena_free(arena);
    world_free(&from);
    world_free(&to);
}

static void test_nothing(void **state)
{
    struct world from = SEALED("s = schema s", "t = table t in s");
    struct world to = SEALED("s = schema s", "t = table t in s");
    struct error error = {0};
    struct plan *plan = plan_make(&fake_dialect, from.model, to.model, &error);

    (void)state;
    assert_int_equal(plan->steps.count, 0);
    assert_int_equal(plan->before.count, 0);
    assert_int_equal(plan->group_count, 0);
    assert_int_equal(plan->hazards, 0);
    plan_free(plan);
    plan_free(NULL);
    world_free(&from);
    world_free(&to);
}

/* The order of kinds where nothing else demands one, children folded into what they belong to. */
static void test_from_nothing(void **state)
{
    (void)state;
    assert_plan(SEALED(NULL),
                SEALED("v = view v in s | = q | needs t", "i = index i in t | needs b",
                       "t = table t in s", "b = column b in t | = text | position = 2",
                       "a = column a in t | = text", "d = default_value - in a | = 1",
                       "k = check_constraint k in t | = a > 0 | needs a", "s = schema s",
                       "c = comment - in a | = x", "p = privilege clerk in t",
                       "f = foreign_key f in t | refs u", "u = table u in s"),
                "create schema s\ncreate table s.t (a, b, default_value, k)\ncreate table s.u\n"
                "create view s.v\ncreate index s.t.i\ncreate foreign key s.t.f\n"
                "create privilege of clerk on table s.t\ncreate comment on column s.t.a");
}

static void test_to_nothing(void **state)
{
    (void)state;
    assert_plan(SEALED("s = schema s", "t = table t in s", "a = column a in t",
                       "v = view v in s | needs t a", "f = foreign_key f in t | refs u",
                       "u = table u in s", "e = extension hstore"),
                SEALED(NULL), "drop extension hstore\ndrop schema s");
    assert_plan(SEALED("s = schema s", "t = table t in s", "a = column a in t",
                       "v = view v in s | needs t a", "w = view w in s | needs v",
                       "f = foreign_key f in t | refs u", "u = table u in s", "i = index i in u"),
                SEALED("s = schema s"),
                "drop view s.w\ndrop view s.v\ndrop table s.t\ndrop table s.u");
}

/* A dependency against the order of kinds. */
static void test_dependencies_come_first(void **state)
{
    (void)state;
    assert_plan(SEALED("s = schema s"),
                SEALED("s = schema s", "a = table a in s | needs v", "v = view z in s | needs f",
                       "f = function f in s | needs t", "t = table t in s"),
                "create table s.t\ncreate function s.f\ncreate view s.z\ncreate table s.a");
}

/* An index on a column and a foreign key on a key: what needs a table needs its parts. */
static void test_parts_come_first(void **state)
{
    (void)state;
    assert_plan(SEALED("s = schema s", "t = table t in s", "u = table u in s"),
                SEALED("s = schema s", "t = table t in s", "u = table u in s",
                       "f = foreign_key f in t | refs u", "k = primary_key k in u | = id",
                       "v = view v in s | needs u", "id = column id in u"),
                "create column s.u.id\ncreate primary key s.u.k\ncreate view s.v\n"
                "create foreign key s.t.f");
}

/* What frees a name comes before what takes it. */
static void test_name_slots(void **state)
{
    (void)state;
    assert_plan(SEALED("s = schema s", "t = table x in s"),
                SEALED("s = schema s", "v = view x in s"), "drop table s.x\ncreate view s.x");
    assert_plan(SEALED("s = schema s", "t = table t in s", "i = index x in t"),
                SEALED("s = schema s", "t = table t in s", "q = sequence x in s"),
                "drop index s.t.x\ncreate sequence s.x");
    assert_plan(SEALED("s = schema s", "t = table t in s", "v = view x in s | needs t"),
                SEALED("s = schema s", "t = table t in s", "u = table x in s | needs t"),
                "drop view s.x\ncreate table s.x");
}

/* The slot of something that ends with what it belongs to is freed there. */
static void test_slot_of_a_part(void **state)
{
    (void)state;
    assert_plan(SEALED("s = schema s", "t = table t in s", "i = index x in t"),
                SEALED("s = schema s", "v = view x in s"), "drop table s.t\ncreate view s.x");
}

/* Dependents of what is replaced are remade, with all that hangs on them. */
static void test_replacement(void **state)
{
    (void)state;
    assert_plan(
        SEALED("s = schema s", "t = table t in s", "a = column a in t | = text",
               "v = view v in s | = q | needs t a", "p = privilege clerk in v",
               "k = comment - in v | = x", "w = view w in s | = q | needs v",
               "o = owner - in w | = boss", "i = index i in t | needs a", "u = view u in s"),
        SEALED("s = schema s", "t = table t in s", "a = column a in t | = date",
               "v = view v in s | = q | needs t a", "p = privilege clerk in v",
               "k = comment - in v | = y", "w = view w in s | = q | needs v",
               "o = owner - in w | = boss", "i = index i in t | needs a", "u = view u in s"),
        "drop index s.t.i\ndrop view s.w\ndrop view s.v\nalter column s.t.a: type\n"
        "create view s.v\ncreate view s.w\ncreate index s.t.i\ncreate owner of view s.w\n"
        "create privilege of clerk on view s.v\ncreate comment on view s.v");
}

/* A replaced table comes back with its parts in one statement. */
static void test_replaced_table(void **state)
{
    (void)state;
    assert_plan(
        SEALED("s = schema s", "t = table t in s | = heap", "a = column a in t",
               "i = index i in t | needs a", "f = foreign_key f in u | refs t", "u = table u in s"),
        SEALED("s = schema s", "t = table t in s | = columnar", "a = column a in t",
               "i = index i in t | needs a", "f = foreign_key f in u | refs t", "u = table u in s"),
        "drop foreign key s.u.f\ndrop table s.t\ncreate table s.t (a)\n"
        "create index s.t.i\ncreate foreign key s.u.f");
}

/* A dependent that is dropped for good goes before what it depended on changes. */
static void test_dropped_dependent(void **state)
{
    (void)state;
    assert_plan(SEALED("s = schema s", "t = table t in s", "a = column a in t | = text",
                       "v = view v in s | needs a"),
                SEALED("s = schema s", "t = table t in s", "a = column a in t | = date"),
                "drop view s.v\nalter column s.t.a: type");
}

/* Altered away from what is dropped: the change comes first, and nothing else goes. */
static void test_lets_go(void **state)
{
    (void)state;
    assert_plan(SEALED("s = schema s", "e = enumeration e in s | = x", "t = table t in s",
                       "a = column a in t | = e | needs e"),
                SEALED("s = schema s", "t = table t in s", "a = column a in t | = text"),
                "alter column s.t.a: type\ndrop enum s.e");
    assert_plan(SEALED("s = schema s", "v = view v in s | = q | needs w", "w = view w in s"),
                SEALED("s = schema s", "v = view v in s | = r"),
                "alter view s.v: query\ndrop view s.w");
}

/* The other way round: what is new comes before what is altered to use it. */
static void test_altered_to_need(void **state)
{
    (void)state;
    assert_plan(SEALED("s = schema s", "e = enumeration old in s | = x", "t = table t in s",
                       "a = column a in t | = old | needs e"),
                SEALED("s = schema s", "n = enumeration new in s | = x", "t = table t in s",
                       "a = column a in t | = new | needs n"),
                "create enum s.new\nalter column s.t.a: type\ndrop enum s.old");
}

/* A part that closes a cycle gets a statement of its own, and only that part. */
static void test_unfolds_on_a_cycle(void **state)
{
    (void)state;
    assert_plan(SEALED("s = schema s"),
                SEALED("s = schema s", "t = table t in s", "a = column a in t",
                       "f = function f in s | needs t a",
                       "k = check_constraint k in t | = f(a) | needs f a", "u = table u in s",
                       "b = column b in u", "l = check_constraint l in u | needs b"),
                "create table s.t (a)\ncreate function s.f\ncreate table s.u (b, l)\n"
                "create check constraint s.t.k");
}

/* Parts of the highest kind go first: the default can wait, the column stays where it is. */
static void test_unfolds_highest_kind(void **state)
{
    (void)state;
    assert_plan(SEALED("s = schema s"),
                SEALED("s = schema s", "t = table t in s", "a = column a in t",
                       "d = default_value - in a | = f() | needs f",
                       "f = function f in s | needs t"),
                "create table s.t (a)\ncreate function s.f\ncreate default of column s.t.a");
}

/* Even a column can be added later; what has no part in the cycle stays folded. */
static void test_unfolds_a_column(void **state)
{
    (void)state;
    assert_plan(SEALED("s = schema s"),
                SEALED("s = schema s", "t = table t in s", "a = column a in t",
                       "c = column c in t | = d | needs d", "d = domain d in s | needs f",
                       "f = function f in s | needs t", "k = check_constraint k in t | needs a"),
                "create table s.t (a, k)\ncreate function s.f\ncreate domain s.d\n"
                "create column s.t.c");
}

/* Tables that refer to each other are no cycle: foreign keys stand alone. */
static void test_mutual_references(void **state)
{
    (void)state;
    assert_plan(SEALED("s = schema s"),
                SEALED("s = schema s", "t = table t in s", "u = table u in s",
                       "f = foreign_key f in t | refs u", "g = foreign_key g in u | refs t"),
                "create table s.t\ncreate table s.u\ncreate foreign key s.t.f\n"
                "create foreign key s.u.g");
}

static void test_real_cycle(void **state)
{
    struct world from = SEALED("s = schema s");
    struct world to =
        SEALED("s = schema s", "v = view v in s | needs f", "f = function f in s | needs w",
               "w = view w in s | needs v", "x = view x in s | needs v");
    struct error error = {0};

    (void)state;
    assert_null(plan_make(&fake_dialect, from.model, to.model, &error));
    assert_int_equal(error.code, ERROR_SCHEMA);
    assert_non_null(strstr(error.message, "cycle: "));
    assert_non_null(strstr(error.message, "create function s.f -> create view s.v"));
    assert_non_null(strstr(error.message, "create view s.v -> create view s.w"));
    assert_non_null(strstr(error.message, "create view s.w -> create function s.f"));
    assert_null(strstr(error.message, "s.x"));
    assert_true(error.hint[0] != '\0');
    world_free(&from);
    world_free(&to);
}

/* What an altered enum is used by has to wait for COMMIT; what does not use it does not. */
static void test_commit_after(void **state)
{
    (void)state;
    assert_plan(SEALED("s = schema s", "e = enumeration e in s | = a", "t = table t in s"),
                SEALED("s = schema s", "e = enumeration e in s | = a,b", "t = table t in s",
                       "x = column x in t", "y = column y in t | needs e",
                       "d = default_value - in y | needs e", "z = column z in t"),
                "alter enum s.e: labels\ncreate column s.t.x\n--\n"
                "create column s.t.y (default_value)\ncreate column s.t.z");
}

static void test_outside_transactions(void **state)
{
    (void)state;
    assert_plan(SEALED("s = schema s", "t = table t in s"),
                SEALED("s = schema s", "t = table t in s", "a = index a in t",
                       "b = index apart_b in t", "c = index apart_c in t", "d = index d in t",
                       "e = index e in t"),
                "create index s.t.a\n--\ncreate index s.t.apart_b\n--\ncreate index s.t.apart_c\n"
                "--\ncreate index s.t.d\ncreate index s.t.e");
    assert_plan(SEALED("s = schema s", "t = table t in s"),
                SEALED("s = schema s", "t = table t in s", "b = index apart_b in t"),
                "create index s.t.apart_b");
}

static void test_group_numbers(void **state)
{
    struct world from = SEALED("s = schema s", "t = table t in s");
    struct world to =
        SEALED("s = schema s", "t = table t in s", "a = index apart_a in t", "b = index b in t");
    struct error error = {0};
    struct plan *plan = plan_make(&fake_dialect, from.model, to.model, &error);

    (void)state;
    assert_int_equal(plan->group_count, 2);
    assert_int_equal(plan->steps.items[0].group, 0);
    assert_int_equal(plan->steps.items[1].group, 1);
    assert_int_equal(plan->before.count, 1);
    assert_string_equal(plan->before.items[0].sql, "set quiet");
    plan_free(plan);
    world_free(&from);
    world_free(&to);
}

/* Renames come before whatever may name the renamed object. */
static void test_renames_come_first(void **state)
{
    (void)state;
    assert_plan(SEALED("s = schema s", "t = table new in s | was old", "a = column a in t | = text",
                       "b = column b in t", "v = view v in s | = q"),
                SEALED("s = schema s", "t = table new in s", "a = column a in t | = date",
                       "c = column c in t", "v = view v in s | = r", "e = enumeration e in s"),
                "rename table s.new from old\ndrop column s.new.b\ncreate enum s.e\n"
                "alter column s.new.a: type\ncreate column s.new.c\nalter view s.v: query");
}

static void test_rename_takes_a_freed_name(void **state)
{
    (void)state;
    assert_plan(SEALED("s = schema s", "t = table b in s | was a", "v = view b in s"),
                SEALED("s = schema s", "t = table b in s"),
                "drop view s.b\nrename table s.b from a");
    assert_plan(SEALED("s = schema s", "t = table b in s | was a"),
                SEALED("s = schema s", "t = table b in s", "v = view a in s"),
                "rename table s.b from a\ncreate view s.a");
}

/* Each rename frees the name that the one after it takes. */
static void test_rename_chain(void **state)
{
    (void)state;
    assert_plan(SEALED("s = schema s", "a = table b in s | was a", "b = table c in s | was b",
                       "c = view d in s | was c", "k = column y in a | was x",
                       "l = column z in a | was y"),
                SEALED("s = schema s", "a = table b in s", "b = table c in s", "c = view d in s",
                       "k = column y in a", "l = column z in a"),
                "rename view s.d from c\nrename table s.c from b\nrename table s.b from a\n"
                "rename column s.b.z from y\nrename column s.b.y from x");
}

static void test_renamed_and_replaced(void **state)
{
    (void)state;
    assert_plan(SEALED("s = schema s", "t = table new in s | was old | = heap"),
                SEALED("s = schema s", "t = table new in s | = columnar"),
                "rename table s.new from old\ndrop table s.new\ncreate table s.new");
}

static void test_renamed_label(void **state)
{
    struct world from = SEALED("s = schema s", "e = enumeration e in s | = a,c");
    struct world to = SEALED("s = schema s", "e = enumeration e in s | = a,c,d");

    (void)state;
    model_request_rename(
        from.model,
        (struct rename_request){.enumeration = get(&from, "e"), .label = "c", .former_name = "b"});
    assert_plan(from, to, "rename label of enum s.e: b to c\nalter enum s.e: labels");
}

static void test_hazards(void **state)
{
    struct world from = SEALED("s = schema s", "t = table t in s", "c = column c in t",
                               "u = table u in s", "d = column d in u");
    struct world to = SEALED("s = schema s", "t = table t in s", "i = index i in t",
                             "n = table n in s", "j = index j in n");
    struct error error = {0};
    struct plan *plan = plan_make(&fake_dialect, from.model, to.model, &error);
    uint64_t column = UINT64_C(1) << HAZARD_DROP_COLUMN;
    uint64_t table = UINT64_C(1) << HAZARD_DROP_TABLE;
    uint64_t writes = UINT64_C(1) << HAZARD_BLOCK_WRITES;

    (void)state;
    assert_int_equal(plan->hazards, column | table | writes);
    for (size_t i = 0; i < plan->steps.count; i++) /* nobody uses a new table's rows */
        if (strcmp(plan->steps.items[i].sql, "create index s.n.j") == 0)
            assert_int_equal(plan->steps.items[i].hazards, 0);
    plan_free(plan);
    world_free(&from);
    world_free(&to);
}

static void test_hazard_names(void **state)
{
    (void)state;
    for (int i = 0; i < HAZARD_COUNT; i++) {
        assert_int_equal(hazard_find(hazard_name((enum hazard)i)), i);
        assert_true(strlen(hazard_text((enum hazard)i)) > 0);
    }
    assert_int_equal(hazard_find("nothing"), -1);
    assert_true(hazard_is_lossy(HAZARD_DROP_TABLE));
    assert_false(hazard_is_lossy(HAZARD_SCAN_TABLE));
    assert_string_equal(lock_name(LOCK_ACCESS_EXCLUSIVE), "access exclusive");
}

static void test_lookalikes_are_noted(void **state)
{
    struct world from = SEALED("s = schema s", "t = table old in s", "c = column c in t | = text");
    struct world to = SEALED("s = schema s", "t = table new in s", "c = column c in t | = text");
    struct error error = {0};
    struct plan *plan = plan_make(&fake_dialect, from.model, to.model, &error);

    (void)state;
    assert_int_equal(plan->notes.count, 1);
    assert_non_null(strstr(plan->notes.items[0], "table s.new looks like a rename of table s.old"));
    assert_non_null(strstr(plan->notes.items[0], "@renamed from=old"));
    plan_free(plan);
    world_free(&from);
    world_free(&to);
}

static const char *const before[] = {
    "s = schema s",
    "q = schema q",
    "e = enumeration e in s | = a",
    "gone = enumeration gone in s | = a",
    "f = function f in s | body = one",
    "t = table t in s",
    "t.a = column a in t | = text",
    "t.b = column b in t | = text | needs e",
    "t.c = column c in t | = text",
    "t.d = default_value - in t.c | = f() | needs f",
    "t.p = primary_key t_pkey in t | = a",
    "u = table u in s",
    "u.a = column a in u | = text | needs gone",
    "u.f = foreign_key u_f in u | refs t | columns = a",
    "v = view v in s | = q | needs t.a",
    "w = view w in s | = q | needs v",
    "w.p = privilege clerk in w | = SELECT",
    "x = view x in s | = q | needs u.a",
    "i = index i in t | needs t.a",
    "k = comment - in v | = text",
    "o = table new in q | was old",
    "m = table newer in q | was new",
    NULL,
};

static const char *const after[] = {
    "s = schema s",
    "q = schema q",
    "e = enumeration e in s | = a,b",
    "f = function f in s | body = two | needs t",
    "t = table t in s",
    "t.a = column a in t | = date",
    "t.b = column b in t | = date | needs e",
    "t.c = column c in t | = text",
    "t.d = default_value - in t.c | = f() | needs f",
    "t.z = column z in t | = text | needs e",
    "t.p = primary_key t_pkey in t | = a,b",
    "u = table u in s",
    "u.a = column a in u | = text | generated = stored",
    "v = view v in s | = q | needs t.a",
    "w = view w in s | = q | needs v",
    "w.p = privilege clerk in w | = SELECT",
    "x = table x in s",
    "x.a = column a in x",
    "x.k = check_constraint k in x | = g() | needs g",
    "x.l = check_constraint l in x | = a | needs x.a",
    "g = function g in s | needs x",
    "i = index apart in t | needs t.a",
    "k = comment - in v | = other",
    "n = view old in q | needs o",
    "o = table new in q",
    "m = table newer in q",
    NULL,
};

/* Whatever the order of the sources, the plan is the same to the byte. */
static void test_independent_of_order(void **state)
{
    struct arena *arena = arena_new();
    const char *first = NULL;

    (void)state;
    for (uint64_t seed = 0; seed <= 100; seed++) {
        struct world from = world_open(before, seed);
        struct world to = world_open(after, seed * 7919);
        struct error error = {0};
        struct plan *plan;
        const char *text;

        model_seal(from.model);
        model_seal(to.model);
        plan = plan_make(&fake_dialect, from.model, to.model, &error);
        assert_string_equal(error.message, "");
        text = print_steps(arena, plan);
        if (!first) {
            first = text;
            assert_int_equal(plan->steps.count, 27);
            assert_int_equal(plan->group_count, 4);
        }
        assert_string_equal(text, first);
        plan_free(plan);
        world_free(&from);
        world_free(&to);
    }
    arena_free(arena);
}

/* What code uses comes before what runs it, also what is altered; but no plan fails for that. */
static void test_uses_come_first(void **state)
{
    (void)state;
    assert_plan(SEALED("s = schema s"),
                SEALED("s = schema s", "f = aggregate f in s", "z = view z in s | = q",
                       "a = view a in s | = q | needs f | uses z", "t = table t in s",
                       "i = index i in t | needs f | uses z"),
                "create aggregate s.f\ncreate table s.t\ncreate view s.z\ncreate view s.a\n"
                "create index s.t.i");
    assert_plan(
        SEALED("s = schema s"),
        SEALED("s = schema s", "z = view z in s | = q | needs a", "a = view a in s | = q | uses z"),
        "create view s.a\ncreate view s.z");
    /* nothing runs in what is new: no order between the two */
    assert_plan(SEALED("s = schema s"),
                SEALED("s = schema s", "t = table t in s", "u = table u in s",
                       "k = check_constraint k in t | = a | uses u"),
                "create table s.t (k)\ncreate table s.u");
}

/* What names parts of a whole waits for the others too, but not where that closes a cycle. */
static void test_unnamed_parts(void **state)
{
    (void)state;
    assert_plan(SEALED("s = schema s", "t = table t in s", "a = column a in t | = int",
                       "b = column b in t | = int", "v = view v in s | = q | needs t a"),
                SEALED("s = schema s", "t = table t in s", "a = column a in t | = int",
                       "b = column b in t | = text", "v = view v in s | = r | needs t a"),
                "alter column s.t.b: type\nalter view s.v: query");
    assert_plan(SEALED("s = schema s", "t = table t in s", "a = column a in t | = int",
                       "b = column b in t | = int", "c = column c in t | = int | needs b",
                       "v = view v in s | = q | needs t a"),
                SEALED("s = schema s", "t = table t in s", "a = column a in t | = int",
                       "b = column b in t | = text", "v = view v in s | = r | needs t a"),
                "drop column s.t.c\nalter column s.t.b: type\nalter view s.v: query");
    /* of what goes: w leaves v, and uses what b becomes */
    assert_plan(SEALED("s = schema s", "t = table t in s", "a = column a in t | = int",
                       "b = column b in t | = int", "v = view v in s | = q | needs t a",
                       "w = view w in s | = q | needs v"),
                SEALED("s = schema s", "t = table t in s", "a = column a in t | = int",
                       "b = column b in t | = text", "w = view w in s | = r | needs t b"),
                "alter column s.t.b: type\nalter view s.w: query\ndrop view s.v");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nothing),
        cmocka_unit_test(test_from_nothing),
        cmocka_unit_test(test_to_nothing),
        cmocka_unit_test(test_dependencies_come_first),
        cmocka_unit_test(test_parts_come_first),
        cmocka_unit_test(test_uses_come_first),
        cmocka_unit_test(test_unnamed_parts),
        cmocka_unit_test(test_name_slots),
        cmocka_unit_test(test_slot_of_a_part),
        cmocka_unit_test(test_replacement),
        cmocka_unit_test(test_replaced_table),
        cmocka_unit_test(test_dropped_dependent),
        cmocka_unit_test(test_lets_go),
        cmocka_unit_test(test_altered_to_need),
        cmocka_unit_test(test_unfolds_on_a_cycle),
        cmocka_unit_test(test_unfolds_highest_kind),
        cmocka_unit_test(test_unfolds_a_column),
        cmocka_unit_test(test_mutual_references),
        cmocka_unit_test(test_real_cycle),
        cmocka_unit_test(test_commit_after),
        cmocka_unit_test(test_outside_transactions),
        cmocka_unit_test(test_group_numbers),
        cmocka_unit_test(test_renames_come_first),
        cmocka_unit_test(test_rename_takes_a_freed_name),
        cmocka_unit_test(test_rename_chain),
        cmocka_unit_test(test_renamed_and_replaced),
        cmocka_unit_test(test_renamed_label),
        cmocka_unit_test(test_hazards),
        cmocka_unit_test(test_hazard_names),
        cmocka_unit_test(test_lookalikes_are_noted),
        cmocka_unit_test(test_independent_of_order),
    };

    return RUN(tests);
}
