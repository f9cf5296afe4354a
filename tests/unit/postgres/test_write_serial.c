/* Columns that are written as serial, and those of whose sequence more is known: postgres/write/serial.c. */
#include "write_fixture.h"

/* A table of one column "id" whose default takes the next value of a sequence that the column owns. */
struct serial {
    struct fixture fixture;
    struct object *table;
    struct object *column;
    struct object *not_null;
    struct object *sequence;
};

static struct serial serial_new(const char *type, const char *name)
{
    struct serial serial = {.fixture = fixture_new(180000)};
    struct model *model = serial.fixture.to;
    struct sequence *sequence;

    serial.table = add(model, KIND_TABLE, schema_of(model), "t");
    serial.column = add_column(model, serial.table, "id", type, 1);
    serial.not_null = add(model, KIND_NOT_NULL, serial.column, "");
    serial.sequence = add(model, KIND_SEQUENCE, schema_of(model), name);
    sequence = as_sequence(serial.sequence);
    sequence->type = type;
    sequence->start = sequence->increment = sequence->minimum = sequence->cache = 1;
    sequence->maximum = write_type_maximum(type);
    add_default(model, serial.column,
                arena_printf(model->arena, "nextval('app.%s'::regclass)", name));
    pointer_list_add(&object_child(serial.column, KIND_DEFAULT, "")->needs, model->arena,
                     serial.sequence);
    as_owned_by(add(model, KIND_OWNED_BY, serial.sequence, ""))->column = serial.column;
    return serial;
}

static const char *written(struct serial *serial)
{
    struct model *model = serial->fixture.to;
    struct pointer_list folded = {0};

    collect_below(model, serial->table, &folded);
    if (pg_folds_into(serial->sequence) == serial->column) {
        pointer_list_add(&folded, model->arena, serial->sequence);
        collect_below(model, serial->sequence, &folded);
    }
    serial->fixture.sink.steps.count = 0;
    serial->fixture.sink.object = serial->table;
    serial->fixture.sink.action = ACTION_CREATE;
    pg_create(&serial->fixture.sink, serial->table, &folded);
    return statements(&serial->fixture);
}

static void test_words(void **state)
{
    static const char *const words[][2] = {
        {"smallint", "smallserial"}, {"integer", "serial"}, {"bigint", "bigserial"}};

    (void)state;
    for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
        struct serial serial = serial_new(words[i][0], "t_id_seq");

        assert_ptr_equal(pg_serial_column(serial.sequence), serial.column);
        assert_string_equal(written(&serial),
                            arena_printf(serial.fixture.to->arena,
                                         "CREATE TABLE app.t (\n    id %s\n)", words[i][1]));
        fixture_free(&serial.fixture);
    }
}

/* One thing after the other that the word does not say. */
static void test_what_more_is_known(void **state)
{
    enum { CASES = 14 };

    (void)state;
    for (int i = 0; i < CASES; i++) {
        struct serial serial = serial_new("integer", i == 0 ? "other_seq" : "t_id_seq");
        struct model *model = serial.fixture.to;
        struct sequence *sequence = as_sequence(serial.sequence);

        switch (i) {
        case 1:
            sequence->start = 5;
            break;
        case 2:
            sequence->increment = 2;
            break;
        case 3:
            sequence->minimum = 0;
            break;
        case 4:
            sequence->maximum = 99;
            break;
        case 5:
            sequence->cache = 20;
            break;
        case 6:
            sequence->cycle = true;
            break;
        case 7:
            sequence->type = "bigint";
            break;
        case 8:
            sequence->unlogged = true;
            break;
        case 9:
            add(model, KIND_COMMENT, serial.sequence, "");
            break;
        case 10:
            add(model, KIND_PRIVILEGE, serial.sequence, "clerk");
            break;
        case 11:
            as_owner(add(model, KIND_OWNER, serial.sequence, ""))->role = "clerk";
            break;
        case 12:
            as_not_null(serial.not_null)->constraint_name = "there";
            break;
        case 13:
            as_table(serial.table)->server = "far";
            break;
        default:
            break;
        }
        if (pg_serial_column(serial.sequence))
            fail_msg("case %d is serial", i);
        assert_null(strstr(written(&serial), "serial"));
        fixture_free(&serial.fixture);
    }
}

/* The table's owner is the sequence's by itself. */
static void test_owner_of_both(void **state)
{
    struct serial serial = serial_new("integer", "t_id_seq");
    struct model *model = serial.fixture.to;

    (void)state;
    as_owner(add(model, KIND_OWNER, serial.table, ""))->role = "clerk";
    as_owner(add(model, KIND_OWNER, serial.sequence, ""))->role = "clerk";
    assert_string_equal(written(&serial), "CREATE TABLE app.t (\n    id serial\n)");
    fixture_free(&serial.fixture);
}

/* Where a cycle has made the sequence a statement of its own, it is given to its column afterwards. */
static void test_sequence_apart(void **state)
{
    struct serial serial = serial_new("integer", "t_id_seq");
    struct pointer_list folded = {0};

    (void)state;
    collect_below(serial.fixture.to, serial.table, &folded);
    pointer_list_add(&folded, serial.fixture.to->arena,
                     object_child(serial.sequence, KIND_OWNED_BY, ""));
    serial.fixture.sink.object = serial.table;
    pg_create(&serial.fixture.sink, serial.table, &folded);
    assert_string_equal(statements(&serial.fixture),
                        "CREATE TABLE app.t (\n    id integer NOT NULL DEFAULT "
                        "nextval('app.t_id_seq'::regclass)\n);\n"
                        "ALTER SEQUENCE app.t_id_seq OWNED BY app.t.id");
    fixture_free(&serial.fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_what_more_is_known),
        cmocka_unit_test(test_owner_of_both),
        cmocka_unit_test(test_sequence_apart),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
