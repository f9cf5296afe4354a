/* Statements for tables, columns, constraints and what stands on them. */
#include "write_fixture.h"

static struct object *new_table(struct model *model, const char *name)
{
    return add(model, KIND_TABLE, schema_of(model), name);
}

static struct object *new_key(struct model *model, struct object *table, const char *name,
                              const char *column)
{
    struct object *object = add(model, KIND_PRIMARY_KEY, table, name);

    add_text(model, &as_primary_key(object)->columns, column);
    return object;
}

static struct object *add_identity(struct model *model, struct object *column)
{
    struct object *object = add(model, KIND_IDENTITY, column, "");
    struct identity *identity = as_identity(object);

    identity->mode = "always";
    identity->start = 1;
    identity->increment = 1;
    identity->minimum = 1;
    identity->maximum = INT32_MAX;
    identity->cache = 1;
    return object;
}

static void test_create_table(void **state)
{
    struct fixture fixture = fixture_new(180000);
    struct model *model = fixture.to;
    struct object *table = new_table(model, "Order");
    struct object *id = add_column(model, table, "id", "integer", 1);
    struct object *name = add_column(model, table, "select", "character varying(20)", 2);
    struct object *check = add(model, KIND_CHECK, table, "positive");

    (void)state;
    as_identity(add_identity(model, id))->start = 100;
    add(model, KIND_NOT_NULL, id, "");
    as_column(name)->collation = "pg_catalog.\"C\"";
    add_default(model, name, "'a' IS NULL");
    as_check_constraint(check)->expression = expression("(id > 0)");
    new_key(model, table, "Order_pkey", "id");
    add_text(model, &as_table(table)->options, "fillfactor=70");
    assert_string_equal(created(&fixture, table),
                        "CREATE TABLE app.\"Order\" (\n"
                        "    id integer NOT NULL GENERATED ALWAYS AS IDENTITY (START WITH 100),\n"
                        "    \"select\" character varying(20) COLLATE pg_catalog.\"C\" DEFAULT "
                        "('a' IS NULL),\n"
                        "    CONSTRAINT positive CHECK (id > 0),\n"
                        "    CONSTRAINT \"Order_pkey\" PRIMARY KEY (id)\n"
                        ")\n"
                        "WITH (fillfactor=70)");
    assert_int_equal(fixture.sink.steps.items[0].hazards, 0);
    fixture_free(&fixture);
}

static void test_partition(void **state)
{
    struct fixture fixture = fixture_new(180000);
    struct model *model = fixture.to;
    struct object *parent = new_table(model, "parent");
    struct object *table = new_table(model, "part");
    struct object *attachment = add(model, KIND_ATTACHMENT, table, "");
    struct object *column;

    (void)state;
    as_table(parent)->partition_strategy = "LIST";
    expression_list_add(&as_table(parent)->partition_keys, model->arena, expression("a"));
    add_column(model, parent, "a", "integer", 1);
    as_attachment(attachment)->table = parent;
    as_attachment(attachment)->bound = "FOR VALUES IN (1)";
    column = add_column(model, table, "a", "integer", 1);
    as_column(column)->inherited = true;
    add_default(model, column, "1");
    assert_ptr_equal(pg_folds_into(attachment), table);
    assert_string_equal(created(&fixture, table),
                        "CREATE TABLE app.part PARTITION OF app.parent (\n"
                        "    a DEFAULT 1\n"
                        ")\n"
                        "FOR VALUES IN (1)");
    as_column(column)->inherited = false;
    assert_null(pg_folds_into(attachment));
    assert_string_equal(created(&fixture, attachment),
                        "ALTER TABLE app.parent ATTACH PARTITION app.part FOR VALUES IN (1)");
    assert_string_equal(dropped(&fixture, attachment),
                        "ALTER TABLE app.parent DETACH PARTITION app.part");
    fixture_free(&fixture);
}

/* While the old table is put aside it still has the names of its constraints. */
static void test_not_null_is_named_beside_the_old_table(void **state)
{
    const struct {
        int server_version;
        bool had;
        const char *line;
    } cases[] = {{180000, true, "    a integer CONSTRAINT t_a_not_null NOT NULL\n"},
                 {180000, false, "    a integer NOT NULL\n"},
                 {170000, true, "    a integer NOT NULL\n"}};

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        struct fixture fixture = fixture_new(cases[i].server_version);
        struct object *before = new_table(fixture.from, "t");
        struct object *after = new_table(fixture.to, "t");

        before = add_column(fixture.from, before, "a", "integer", 1);
        if (cases[i].had)
            add(fixture.from, KIND_NOT_NULL, before, "");
        add(fixture.to, KIND_NOT_NULL, add_column(fixture.to, after, "a", "integer", 1), "");
        assert_non_null(strstr(created(&fixture, after), cases[i].line));
        fixture_free(&fixture);
    }
}

static const char *type_change(const char *before, const char *after, uint64_t *hazards)
{
    static char text[512];
    struct fixture fixture = fixture_new(180000);
    struct object *old = add_column(fixture.from, new_table(fixture.from, "t"), "c", before, 1);
    struct object *new = add_column(fixture.to, new_table(fixture.to, "t"), "c", after, 1);

    strncpy(text, altered(&fixture, old, new), sizeof(text) - 1);
    *hazards = fixture.sink.steps.items[0].hazards;
    fixture_free(&fixture);
    return text;
}

static bool rewrites(uint64_t hazards)
{
    return hazards >> HAZARD_REWRITE_TABLE & 1;
}

static bool narrows(uint64_t hazards)
{
    return hazards >> HAZARD_NARROW_TYPE & 1;
}

static void test_type_changes(void **state)
{
    uint64_t hazards;

    (void)state;
    assert_string_equal(type_change("integer", "bigint", &hazards),
                        "ALTER TABLE app.t ALTER COLUMN c TYPE bigint");
    assert_true(rewrites(hazards) && !narrows(hazards));
    assert_string_equal(type_change("text", "integer", &hazards),
                        "ALTER TABLE app.t ALTER COLUMN c TYPE integer USING c::integer");
    assert_true(rewrites(hazards) && narrows(hazards));
    assert_string_equal(type_change("boolean", "bigint", &hazards),
                        "ALTER TABLE app.t ALTER COLUMN c TYPE bigint USING c::integer::bigint");
    assert_string_equal(type_change("date", "uuid", &hazards),
                        "ALTER TABLE app.t ALTER COLUMN c TYPE uuid USING c::text::uuid");
    type_change("character varying(10)", "character varying(20)", &hazards);
    assert_int_equal(hazards, 0);
    type_change("character varying(10)", "text", &hazards);
    assert_int_equal(hazards, 0);
    type_change("numeric(8,2)", "numeric(10,2)", &hazards);
    assert_int_equal(hazards, 0);
    type_change("numeric(8,2)", "numeric(10,3)", &hazards);
    assert_true(rewrites(hazards) && !narrows(hazards));
    type_change("numeric(8,2)", "numeric(8,3)", &hazards);
    assert_true(narrows(hazards));
    type_change("character varying(20)", "character varying(10)", &hazards);
    assert_true(rewrites(hazards) && narrows(hazards));
    type_change("timestamp(3) without time zone", "timestamp without time zone", &hazards);
    assert_int_equal(hazards, 0);
    type_change("integer", "text", &hazards);
    assert_true(rewrites(hazards) && !narrows(hazards));
}

static void test_add_and_drop_column(void **state)
{
    struct fixture fixture = fixture_new(180000);
    struct object *table = new_table(fixture.to, "t");
    struct object *column = add_column(fixture.to, table, "c", "uuid", 2);

    (void)state;
    add_default(fixture.to, column, "gen_random_uuid()");
    add(fixture.to, KIND_NOT_NULL, column, "");
    assert_string_equal(created(&fixture, column),
                        "ALTER TABLE app.t ADD COLUMN c uuid NOT NULL DEFAULT gen_random_uuid()");
    assert_true(has_hazard(&fixture, 0, HAZARD_REWRITE_TABLE));
    assert_string_equal(dropped(&fixture, column), "ALTER TABLE app.t DROP COLUMN c");
    assert_true(has_hazard(&fixture, 0, HAZARD_DROP_COLUMN));
    fixture_free(&fixture);
}

static void test_foreign_key(void **state)
{
    struct fixture fixture = fixture_new(180000);
    struct object *table = new_table(fixture.to, "t");
    struct object *old_table = new_table(fixture.from, "t");
    struct object *other = new_table(fixture.to, "u");
    struct object *object = add(fixture.to, KIND_FOREIGN_KEY, table, "t_u_fkey");
    struct object *before = add(fixture.from, KIND_FOREIGN_KEY, old_table, "t_u_fkey");
    struct foreign_key *key = as_foreign_key(object);

    (void)state;
    add_text(fixture.to, &key->columns, "a");
    add_text(fixture.to, &key->referenced_columns, "id");
    key->table = other;
    key->on_delete = "CASCADE";
    key->deferrable = true;
    key->not_valid = true;
    assert_string_equal(created(&fixture, object),
                        "ALTER TABLE app.t ADD CONSTRAINT t_u_fkey FOREIGN KEY (a) REFERENCES "
                        "app.u (id) ON DELETE CASCADE DEFERRABLE NOT VALID");
    key->not_valid = false;
    *as_foreign_key(before) = *key;
    as_foreign_key(before)->not_valid = true;
    as_foreign_key(before)->deferrable = false;
    assert_string_equal(altered(&fixture, before, object),
                        "ALTER TABLE app.t ALTER CONSTRAINT t_u_fkey DEFERRABLE INITIALLY "
                        "IMMEDIATE;\nALTER TABLE app.t VALIDATE CONSTRAINT t_u_fkey");
    fixture_free(&fixture);
}

static void test_renames_take_chosen_names_along(void **state)
{
    struct fixture fixture = fixture_new(180000);
    struct object *table = new_table(fixture.from, "new");
    struct object *column = add_column(fixture.from, table, "b", "integer", 1);

    (void)state;
    add(fixture.from, KIND_NOT_NULL, column, "");
    add_identity(fixture.from, column);
    table->former_name = "old";
    column->former_name = "a";
    pg_rename(&fixture.sink, table);
    pg_rename(&fixture.sink, column);
    assert_string_equal(statements(&fixture),
                        "ALTER TABLE app.old RENAME TO new;\n"
                        "ALTER TABLE app.new RENAME CONSTRAINT old_a_not_null TO new_b_not_null;\n"
                        "ALTER SEQUENCE app.old_a_seq RENAME TO new_b_seq;\n"
                        "ALTER TABLE app.new RENAME COLUMN a TO b");
    fixture_free(&fixture);
}

static void test_inherited_column_follows_its_parent(void **state)
{
    struct fixture fixture = fixture_new(180000);
    struct model *models[] = {fixture.from, fixture.to};
    struct object *columns[2];

    (void)state;
    for (int i = 0; i < 2; i++) {
        struct object *parent = new_table(models[i], "parent");
        struct object *table = new_table(models[i], "part");
        struct object *attachment = add(models[i], KIND_ATTACHMENT, table, "");

        as_attachment(attachment)->table = parent;
        as_attachment(attachment)->bound = "DEFAULT";
        add_column(models[i], parent, "a", i ? "bigint" : "integer", 1);
        columns[i] = add_column(models[i], table, "a", i ? "bigint" : "integer", 1);
        as_column(columns[i])->inherited = true;
    }
    assert_string_equal(altered(&fixture, columns[0], columns[1]), "");
    assert_string_equal(dropped(&fixture, columns[0]), "");
    as_attachment(object_child(columns[1]->parent, KIND_ATTACHMENT, ""))->bound =
        "FOR VALUES IN (1)";
    assert_string_equal(altered(&fixture, columns[0], columns[1]),
                        "ALTER TABLE app.part ALTER COLUMN a TYPE bigint");
    fixture_free(&fixture);
}

static void test_options(void **state)
{
    struct fixture fixture = fixture_new(180000);
    struct object *before = new_table(fixture.from, "t");
    struct object *after = new_table(fixture.to, "t");

    (void)state;
    add_text(fixture.from, &as_table(before)->options, "fillfactor=70");
    add_text(fixture.from, &as_table(before)->options, "toast.autovacuum_enabled=false");
    add_text(fixture.to, &as_table(after)->options, "fillfactor=80");
    assert_string_equal(altered(&fixture, before, after),
                        "ALTER TABLE app.t RESET (toast.autovacuum_enabled);\n"
                        "ALTER TABLE app.t SET (fillfactor=80)");
    fixture_free(&fixture);
}

static void test_index(void **state)
{
    struct fixture fixture = fixture_new(180000);
    struct object *table = new_table(fixture.to, "t");
    struct object *object = add(fixture.to, KIND_INDEX, table, "t_idx");
    struct index *index = as_index(object);

    (void)state;
    index->method = "btree";
    index->unique = true;
    expression_list_add(&index->keys, fixture.to->arena, expression("lower(a) DESC"));
    add_text(fixture.to, &index->include, "b");
    index->predicate = expression("b IS NOT NULL");
    assert_string_equal(created(&fixture, object),
                        "CREATE UNIQUE INDEX t_idx ON app.t USING btree (lower(a) DESC) INCLUDE "
                        "(b) WHERE b IS NOT NULL");
    assert_int_equal(fixture.sink.steps.items[0].lock, LOCK_SHARE);
    assert_true(has_hazard(&fixture, 0, HAZARD_BLOCK_WRITES));
    object->implied = true;
    assert_string_equal(created(&fixture, object), "");
    fixture_free(&fixture);
}

static void test_trigger(void **state)
{
    struct fixture fixture = fixture_new(180000);
    struct object *table = new_table(fixture.to, "t");
    struct object *object = add(fixture.to, KIND_TRIGGER, table, "touch");
    struct trigger *trigger = as_trigger(object);

    (void)state;
    trigger->timing = "BEFORE";
    trigger->each_row = true;
    trigger->function = "app.touch";
    trigger->enabled = "disabled";
    add_text(fixture.to, &trigger->events, "INSERT");
    add_text(fixture.to, &trigger->events, "UPDATE");
    add_text(fixture.to, &trigger->columns, "a");
    add_text(fixture.to, &trigger->arguments, "it's");
    assert_string_equal(created(&fixture, object), "CREATE TRIGGER touch\n"
                                                   "    BEFORE INSERT OR UPDATE OF a ON app.t\n"
                                                   "    FOR EACH ROW\n"
                                                   "    EXECUTE FUNCTION app.touch('it''s');\n"
                                                   "ALTER TABLE app.t DISABLE TRIGGER touch");
    fixture_free(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_create_table),
        cmocka_unit_test(test_partition),
        cmocka_unit_test(test_not_null_is_named_beside_the_old_table),
        cmocka_unit_test(test_type_changes),
        cmocka_unit_test(test_add_and_drop_column),
        cmocka_unit_test(test_foreign_key),
        cmocka_unit_test(test_renames_take_chosen_names_along),
        cmocka_unit_test(test_inherited_column_follows_its_parent),
        cmocka_unit_test(test_options),
        cmocka_unit_test(test_index),
        cmocka_unit_test(test_trigger),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
