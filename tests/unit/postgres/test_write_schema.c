/* Statements for types, sequences, routines, views, privileges and comments. */
#include "write_fixture.h"

static struct object *new_enum(struct model *model, const char *labels)
{
    struct object *object = add(model, KIND_ENUM, schema_of(model), "mood");

    for (; *labels; labels++)
        add_text(model, &as_enumeration(object)->labels, arena_strndup(model->arena, labels, 1));
    return object;
}

static void test_enum_gets_labels_in_place(void **state)
{
    struct fixture fixture = fixture_new(180000);
    struct object *before = new_enum(fixture.from, "bd");
    struct object *after = new_enum(fixture.to, "abcde");

    (void)state;
    assert_string_equal(altered(&fixture, before, after),
                        "ALTER TYPE app.mood ADD VALUE 'a' BEFORE 'b';\n"
                        "ALTER TYPE app.mood ADD VALUE 'c' AFTER 'b';\n"
                        "ALTER TYPE app.mood ADD VALUE 'e' AFTER 'd'");
    assert_int_equal(fixture.sink.steps.items[0].transaction, TRANSACTION_COMMIT_AFTER);
    fixture_free(&fixture);
}

static void test_enum_is_built_anew(void **state)
{
    struct fixture fixture = fixture_new(180000);
    struct object *before = new_enum(fixture.from, "ab");
    struct object *after = new_enum(fixture.to, "a");
    struct object *from_table = add(fixture.from, KIND_TABLE, schema_of(fixture.from), "t");
    struct object *to_table = add(fixture.to, KIND_TABLE, schema_of(fixture.to), "t");

    (void)state;
    model_need(fixture.from, add_column(fixture.from, from_table, "m", "app.mood[]", 1), before);
    model_need(fixture.to, add_column(fixture.to, to_table, "m", "app.mood[]", 1), after);
    as_comment(add(fixture.to, KIND_COMMENT, after, ""))->text = "how it feels";
    assert_string_equal(altered(&fixture, before, after),
                        "ALTER TYPE app.mood RENAME TO mood__old;\n"
                        "CREATE TYPE app.mood AS ENUM (\n    'a'\n);\n"
                        "COMMENT ON TYPE app.mood IS 'how it feels';\n"
                        "ALTER TABLE app.t ALTER COLUMN m TYPE app.mood[] USING "
                        "m::text[]::app.mood[];\n"
                        "DROP TYPE app.mood__old");
    assert_true(has_hazard(&fixture, 0, HAZARD_REMOVE_ENUM_VALUE));
    fixture_free(&fixture);
}

static struct object *new_sequence(struct model *model, int64_t increment, int64_t start)
{
    struct object *object = add(model, KIND_SEQUENCE, schema_of(model), "s");

    *as_sequence(object) = (struct sequence){.object = *object,
                                             .type = "integer",
                                             .start = start,
                                             .increment = increment,
                                             .minimum = 1,
                                             .maximum = INT32_MAX,
                                             .cache = 1};
    return object;
}

static void test_sequence(void **state)
{
    struct fixture fixture = fixture_new(180000);
    struct object *before = new_sequence(fixture.from, 1, 1);
    struct object *after = new_sequence(fixture.to, 5, 10);

    (void)state;
    assert_string_equal(created(&fixture, before), "CREATE SEQUENCE app.s AS integer");
    assert_string_equal(created(&fixture, after),
                        "CREATE SEQUENCE app.s AS integer INCREMENT BY 5 START WITH 10");
    as_sequence(after)->type = "bigint";
    as_sequence(after)->maximum = INT64_MAX;
    assert_string_equal(altered(&fixture, before, after),
                        "ALTER SEQUENCE app.s AS bigint INCREMENT BY 5 START WITH 10");
    fixture_free(&fixture);
}

static void test_function(void **state)
{
    struct fixture fixture = fixture_new(180000);
    struct model *model = fixture.to;
    struct object *object =
        model_add(model, KIND_FUNCTION, schema_of(model), "f", "integer, text[]");
    struct function *function = as_function(object);

    (void)state;
    *function = (struct function){.object = *object,
                                  .routine = "function",
                                  .returns = "text",
                                  .language = "plpgsql",
                                  .volatility = "stable",
                                  .strict = true,
                                  .parallel = "unsafe",
                                  .cost = "100",
                                  .rows = "0",
                                  .body = "BEGIN RETURN '$$'; END"};
    add_text(model, &function->argument_modes, "in");
    add_text(model, &function->argument_names, "a");
    add_text(model, &function->argument_types, "integer");
    add_text(model, &function->argument_modes, "out");
    add_text(model, &function->argument_names, "");
    add_text(model, &function->argument_types, "text");
    add_text(model, &function->argument_modes, "variadic");
    add_text(model, &function->argument_names, "b");
    add_text(model, &function->argument_types, "text[]");
    expression_list_add(&function->defaults, model->arena, expression("'{}'::text[]"));
    add_text(model, &function->settings, "search_path=\"$user\", public");
    add_text(model, &function->settings, "work_mem=64MB");
    assert_string_equal(created(&fixture, object),
                        "CREATE FUNCTION app.f(a integer, OUT text, VARIADIC b text[] DEFAULT "
                        "'{}'::text[])\n"
                        "    RETURNS text\n"
                        "    LANGUAGE plpgsql\n"
                        "    STABLE STRICT\n"
                        "    SET search_path TO \"$user\", public\n"
                        "    SET work_mem TO '64MB'\n"
                        "AS $body$BEGIN RETURN '$$'; END$body$");
    assert_string_equal(dropped(&fixture, object), "DROP FUNCTION app.f(integer, text[])");
    fixture_free(&fixture);
}

static void test_view(void **state)
{
    struct fixture fixture = fixture_new(180000);
    struct object *object = add(fixture.to, KIND_VIEW, schema_of(fixture.to), "v");
    struct view *view = as_view(object);

    (void)state;
    view->query = expression("SELECT t.a, count(*) FROM app.t GROUP BY t.a");
    add_text(fixture.to, &view->columns, "a");
    add_text(fixture.to, &view->columns, "count");
    add_text(fixture.to, &view->options, "check_option=local");
    assert_string_equal(created(&fixture, object),
                        "CREATE VIEW app.v\n    WITH (check_option=local) AS\n"
                        "SELECT t.a, count(*) FROM app.t GROUP BY t.a");
    view->columns.items[1] = "n";
    view->options.count = 0;
    assert_string_equal(created(&fixture, object), "CREATE VIEW app.v (a, n) AS\n"
                                                   "SELECT t.a, count(*) FROM app.t GROUP BY t.a");
    view->query = (struct expression){.written = "SELECT * FROM app.t",
                                      .canonical = "SELECT t.a, t.n FROM app.t"};
    assert_string_equal(created(&fixture, object), "CREATE VIEW app.v AS\nSELECT a, n FROM app.t");
    view->query =
        (struct expression){.written = "SELECT x.*, 1 AS one FROM app.t x",
                            .canonical = "SELECT t.a AS a, t.n AS n, 1 AS one FROM app.t"};
    add_text(fixture.to, &view->columns, "one");
    assert_string_equal(created(&fixture, object),
                        "CREATE VIEW app.v AS\nSELECT x.a, x.n, 1 AS one FROM app.t x");
    fixture_free(&fixture);
}

static void test_privileges(void **state)
{
    struct fixture fixture = fixture_new(150000);
    struct object *from_table = add(fixture.from, KIND_TABLE, schema_of(fixture.from), "t");
    struct object *table = add(fixture.to, KIND_TABLE, schema_of(fixture.to), "t");
    struct object *before = add(fixture.from, KIND_PRIVILEGE, from_table, "reader");
    struct object *after = add(fixture.to, KIND_PRIVILEGE, table, "reader");
    struct object *column = add_column(fixture.to, table, "a", "integer", 1);
    struct object *on_column = add(fixture.to, KIND_PRIVILEGE, column, "PUBLIC");

    (void)state;
    add_text(fixture.from, &as_privilege(before)->privileges, "INSERT");
    add_text(fixture.from, &as_privilege(before)->privileges, "SELECT");
    add_text(fixture.to, &as_privilege(after)->privileges, "SELECT*");
    add_text(fixture.to, &as_privilege(after)->privileges, "UPDATE");
    add_text(fixture.to, &as_privilege(on_column)->privileges, "SELECT");
    assert_string_equal(altered(&fixture, before, after),
                        "REVOKE INSERT ON TABLE app.t FROM reader;\n"
                        "GRANT UPDATE ON TABLE app.t TO reader;\n"
                        "GRANT SELECT ON TABLE app.t TO reader WITH GRANT OPTION");
    assert_string_equal(dropped(&fixture, before),
                        "REVOKE INSERT, SELECT ON TABLE app.t FROM reader");
    assert_string_equal(created(&fixture, on_column), "GRANT SELECT (a) ON TABLE app.t TO PUBLIC");
    fixture_free(&fixture);
}

static void test_default_privileges_in_force(void **state)
{
    struct fixture fixture = fixture_new(150000);
    struct object *table = add(fixture.to, KIND_TABLE, schema_of(fixture.to), "t");

    (void)state;
    for (int i = 0; i < 2; i++) {
        struct object *object =
            add(i ? fixture.from : fixture.to, KIND_DEFAULT_PRIVILEGE, NULL, "/app/TABLES/reader");
        struct default_privilege *entry = as_default_privilege(object);

        entry->role = "";
        entry->schema = "app";
        entry->object_type = "TABLES";
        entry->grantee = "reader";
        add_text(fixture.to, &entry->privileges, "SELECT");
    }
    fixture.sink.table_is_new = true;
    assert_string_equal(created(&fixture, table),
                        "CREATE TABLE app.t ();\nREVOKE SELECT ON TABLE app.t FROM reader");
    add_text(fixture.to,
             &as_privilege(add(fixture.to, KIND_PRIVILEGE, table, "reader"))->privileges, "SELECT");
    assert_string_equal(created(&fixture, table), "CREATE TABLE app.t ()");
    assert_string_equal(created(&fixture, object_child(table, KIND_PRIVILEGE, "reader")), "");
    fixture_free(&fixture);
}

static void test_domain_is_built_anew(void **state)
{
    struct fixture fixture = fixture_new(150000);
    struct object *before = add(fixture.from, KIND_DOMAIN, schema_of(fixture.from), "d");
    struct object *after = add(fixture.to, KIND_DOMAIN, schema_of(fixture.to), "d");
    struct object *check = add(fixture.to, KIND_DOMAIN_CHECK, after, "d_check");

    (void)state;
    as_domain(before)->type = "integer";
    as_domain(after)->type = "bigint";
    as_domain_check(check)->expression = expression("VALUE > 0");
    assert_string_equal(altered(&fixture, before, after),
                        "ALTER DOMAIN app.d RENAME TO d__old;\n"
                        "CREATE DOMAIN app.d AS bigint\n"
                        "    CONSTRAINT d_check CHECK (VALUE > 0);\n"
                        "DROP DOMAIN app.d__old");
    assert_string_equal(created(&fixture, check), "");
    fixture_free(&fixture);
}

static void test_comments(void **state)
{
    struct fixture fixture = fixture_new(0);
    struct object *table = add(fixture.to, KIND_TABLE, schema_of(fixture.to), "t");
    struct object *key = add(fixture.to, KIND_PRIMARY_KEY, table, "t_pkey");
    struct object *comment = add(fixture.to, KIND_COMMENT, key, "");

    (void)state;
    as_comment(comment)->text = "it's";
    assert_string_equal(created(&fixture, comment),
                        "COMMENT ON CONSTRAINT t_pkey ON app.t IS 'it''s'");
    assert_string_equal(dropped(&fixture, comment),
                        "COMMENT ON CONSTRAINT t_pkey ON app.t IS NULL");
    fixture_free(&fixture);
}

static void test_unmodelled(void **state)
{
    struct fixture fixture = fixture_new(0);
    struct object *rule = add(fixture.to, KIND_UNMODELLED, NULL, "rule r on app.t");
    struct object *operator= add(fixture.to, KIND_UNMODELLED, NULL, "operator app.!(-,integer)");
    struct object *text = add(fixture.to, KIND_UNMODELLED, NULL, "event trigger e");

    (void)state;
    assert_string_equal(dropped(&fixture, rule), "DROP RULE r on app.t");
    assert_string_equal(dropped(&fixture, operator), "DROP OPERATOR app.!(NONE,integer)");
    text->verbatim = "CREATE EVENT TRIGGER e ON sql_drop EXECUTE FUNCTION app.f();\n";
    assert_string_equal(created(&fixture, text),
                        "CREATE EVENT TRIGGER e ON sql_drop EXECUTE FUNCTION app.f()");
    fixture_free(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_enum_gets_labels_in_place),
        cmocka_unit_test(test_enum_is_built_anew),
        cmocka_unit_test(test_sequence),
        cmocka_unit_test(test_function),
        cmocka_unit_test(test_view),
        cmocka_unit_test(test_privileges),
        cmocka_unit_test(test_default_privileges_in_force),
        cmocka_unit_test(test_domain_is_built_anew),
        cmocka_unit_test(test_comments),
        cmocka_unit_test(test_unmodelled),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
