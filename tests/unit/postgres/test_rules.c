/* The rules of the PostgreSQL dialect: none is missing, and the special cases hold. */
#include "postgres/write/rules.h"
#include "write_fixture.h"

/* No server's schema has these: the dialect never makes them. */
static bool is_foreign(int kind)
{
    return kind == KIND_PARTITION || kind == KIND_EVENT;
}

static void test_each_compared_field_has_a_rule(void **state)
{
    (void)state;
    for (int kind = KIND_NONE + 1; kind < KIND_COUNT; kind++) {
        struct fields fields = kind_fields((enum kind)kind);

        if (is_foreign(kind))
            continue;
        for (size_t i = 0; i < fields.count; i++) {
            struct field_rule rule = pg_field_rule((enum kind)kind, (int)i);

            if (!fields.items[i].compared)
                continue;
            if (rule.rule == RULE_NONE)
                fail_msg("no rule for %s of kind %d", fields.items[i].name, kind);
            assert_true(rule.rule != RULE_IGNORE || rule.reason);
        }
    }
}

static struct object *new_view(struct model *model, const char *query, const char *columns,
                               const char *type)
{
    struct object *object = add(model, KIND_VIEW, schema_of(model), "v");

    as_view(object)->query = expression(query);
    for (const char *name = columns; *name; name++) {
        add_text(model, &as_view(object)->columns, arena_strndup(model->arena, name, 1));
        add_text(model, &as_view(object)->column_types, type);
    }
    return object;
}

static bool view_is_replaced(const char *before, const char *after, const char *type)
{
    struct fixture fixture = fixture_new(0);
    struct object *old = new_view(fixture.from, "SELECT 1", before, "integer");
    struct object *new = new_view(fixture.to, "SELECT 2", after, type);
    bool replaced = pg_must_replace(old, new, fields_changed(old, new), 0);

    fixture_free(&fixture);
    return replaced;
}

static void test_view_may_only_append_columns(void **state)
{
    (void)state;
    assert_false(view_is_replaced("ab", "ab", "integer"));
    assert_false(view_is_replaced("ab", "abc", "integer"));
    assert_true(view_is_replaced("ab", "a", "integer"));
    assert_true(view_is_replaced("ab", "ba", "integer"));
    assert_true(view_is_replaced("ab", "ab", "bigint"));
    assert_true(view_is_replaced("", "ab", "integer"));
}

static struct object *new_function(struct model *model, const char *argument, const char *returns,
                                   const char *default_text)
{
    struct object *object = model_add(model, KIND_FUNCTION, schema_of(model), "f", "integer");
    struct function *function = as_function(object);

    function->routine = "function";
    function->language = "sql";
    function->body = "SELECT 1";
    function->returns = returns;
    add_text(model, &function->argument_modes, "in");
    add_text(model, &function->argument_names, argument);
    add_text(model, &function->argument_types, "integer");
    if (default_text)
        expression_list_add(&function->defaults, model->arena, expression(default_text));
    return object;
}

static void test_function_replacement(void **state)
{
    struct fixture fixture = fixture_new(0);
    struct object *old = new_function(fixture.from, "", "integer", "1");
    struct object *new = new_function(fixture.to, "a", "integer", "1");

    (void)state;
    assert_false(pg_must_replace(old, new, fields_changed(old, new), 0));
    assert_true(pg_must_replace(new, old, fields_changed(new, old), 0));
    as_function(new)->returns = "bigint";
    assert_true(pg_must_replace(old, new, fields_changed(old, new), 0));
    as_function(new)->returns = "integer";
    as_function(new)->defaults.count = 0;
    assert_true(pg_must_replace(old, new, fields_changed(old, new), 0));
    assert_false(pg_must_replace(new, new, 0, 0));
    fixture_free(&fixture);
}

static void test_column_type_ends_views_and_not_indexes(void **state)
{
    struct fixture fixture = fixture_new(0);
    struct object *table = add(fixture.from, KIND_TABLE, schema_of(fixture.from), "t");
    struct object *old = add_column(fixture.from, table, "a", "integer", 1);
    struct object *view = new_view(fixture.from, "SELECT a FROM app.t", "a", "integer");
    struct object *index = add(fixture.from, KIND_INDEX, table, "i");
    struct object *after = add(fixture.to, KIND_TABLE, schema_of(fixture.to), "t");
    struct object *new = add_column(fixture.to, after, "a", "bigint", 1);
    uint64_t changed = fields_changed(old, new);

    (void)state;
    assert_true(pg_must_end_dependent(view, old, new, changed, 0));
    assert_false(pg_must_end_dependent(index, old, new, changed, 0));
    as_column(new)->type = "integer";
    as_column(new)->statistics = 5;
    changed = fields_changed(old, new);
    assert_false(pg_must_end_dependent(view, old, new, changed, 0));
    fixture_free(&fixture);
}

static void test_what_ends_with_a_table(void **state)
{
    struct fixture fixture = fixture_new(0);
    struct object *schema = schema_of(fixture.from);
    struct object *table = add(fixture.from, KIND_TABLE, schema, "t");
    struct object *column = add_column(fixture.from, table, "a", "integer", 1);
    struct object *index = add(fixture.from, KIND_INDEX, table, "i");
    struct object *sequence = add(fixture.from, KIND_SEQUENCE, schema, "s");
    struct object *owned = add(fixture.from, KIND_OWNED_BY, sequence, "");
    struct object *unique = add(fixture.from, KIND_UNIQUE, table, "u");
    struct object *comment = add(fixture.from, KIND_COMMENT, column, "");

    (void)state;
    as_owned_by(owned)->column = column;
    add_text(fixture.from, &as_unique_constraint(unique)->columns, "a");
    assert_true(pg_ends_with(index, table));
    assert_true(pg_ends_with(comment, table));
    assert_true(pg_ends_with(comment, column));
    assert_true(pg_ends_with(unique, column));
    assert_true(pg_ends_with(sequence, table));
    assert_true(pg_ends_with(sequence, column));
    assert_true(pg_ends_with(owned, sequence));
    assert_false(pg_ends_with(owned, column));
    assert_false(pg_ends_with(index, column));
    assert_false(pg_ends_with(table, schema));
    fixture_free(&fixture);
}

static void test_slots_of_one_namespace(void **state)
{
    struct fixture fixture = fixture_new(0);
    struct object *schema = schema_of(fixture.from);
    struct object *table = add(fixture.from, KIND_TABLE, schema, "t");
    struct object *index = add(fixture.from, KIND_INDEX, table, "x");
    struct object *view = add(fixture.from, KIND_VIEW, schema, "x");
    struct arena *arena = fixture.from->arena;

    (void)state;
    assert_string_equal(pg_slot(arena, index), pg_slot(arena, view));
    assert_string_not_equal(pg_slot(arena, index), pg_slot(arena, table));
    fixture_free(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_compared_field_has_a_rule),
        cmocka_unit_test(test_view_may_only_append_columns),
        cmocka_unit_test(test_function_replacement),
        cmocka_unit_test(test_column_type_ends_views_and_not_indexes),
        cmocka_unit_test(test_what_ends_with_a_table),
        cmocka_unit_test(test_slots_of_one_namespace),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
