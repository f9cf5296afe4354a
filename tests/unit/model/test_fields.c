/* The walk over fields, over every kind of kinds.def at once where that says more than an example. */
#include "../world.h"

/* Gives the field a value that differs from the empty one. */
static void fill(struct model *model, struct object *object, const struct field *field,
                 struct object *referenced)
{
    if (field->type == FIELD_REFERENCE)
        *(struct object **)field_of(object, field) = referenced;
    else if (field->type == FIELD_REFERENCES)
        pointer_list_add(field_of(object, field), model->arena, referenced);
    else
        set_field(model->arena, object, field, field->type == FIELD_FLAG ? "yes" : "7");
}

static struct digest digest_of(const struct object *object)
{
    struct digest_state *digesting = digest_begin();

    fields_digest(object, digesting);
    return digest_end(digesting);
}

/* Every compared field of every kind is seen by comparison and digest, and no other is. */
static void test_every_field_of_every_kind(void **state)
{
    (void)state;
    for (int number = KIND_NONE + 1; number < KIND_COUNT; number++) {
        enum kind kind = (enum kind)number;
        struct fields fields = kind_fields(kind);

        assert_true(fields.count <= 64);
        assert_true(fields.size >= sizeof(struct object));
        for (size_t i = 0; i < fields.count; i++) {
            struct model *model = model_new("test");
            struct object *other = model_add(model, KIND_SCHEMA, NULL, "other", NULL);
            struct object *a = model_add(model, kind, NULL, "a", NULL);
            struct object *b = model_add(model, kind, NULL, "b", NULL);
            const struct field *field = &fields.items[i];

            assert_true(digest_equal(digest_of(a), digest_of(b)));
            fill(model, b, field, other);
            assert_false(field_equal(a, b, field));
            assert_int_equal(fields_changed(a, b), field->compared ? UINT64_C(1) << i : 0);
            assert_int_equal(digest_equal(digest_of(a), digest_of(b)), !field->compared);
            assert_int_equal(fields_has(fields_changed(a, b), (int)i), field->compared);
            assert_string_not_equal(field_print(model->arena, a, field),
                                    field_print(model->arena, b, field));
            fill(model, a, field, other);
            assert_true(field_equal(a, b, field));
            assert_true(digest_equal(digest_of(a), digest_of(b)));
            model_free(model);
        }
    }
}

static void test_field_by_name(void **state)
{
    (void)state;
    assert_int_equal(kind_field(KIND_COLUMN, "type"), 0);
    assert_int_equal(kind_field(KIND_COLUMN, "nothing"), -1);
    assert_int_equal(kind_field(KIND_SCHEMA, "type"), -1);
    assert_int_equal(kind_fields(KIND_COMPOSITE).count, 1);
    assert_int_equal(field_column_type, kind_field(KIND_COLUMN, "type"));
    assert_int_equal(field_event_settings, kind_field(KIND_EVENT, "settings"));
    assert_int_equal(field_table_count, kind_fields(KIND_TABLE).count);
}

/* Canonical texts are compared where both sides have one, what was written where not. */
static void test_expressions(void **state)
{
    struct world world = OPEN("s = schema s", "a = view a in s", "b = view b in s");
    struct expression *x = &as_view(get(&world, "a"))->query;
    struct expression *y = &as_view(get(&world, "b"))->query;
    const struct field *field = &kind_fields(KIND_VIEW).items[kind_field(KIND_VIEW, "query")];

    (void)state;
    *x = (struct expression){.written = "select  1", .canonical = "SELECT 1"};
    *y = (struct expression){.written = "SELECT 1", .canonical = "SELECT 1"};
    assert_true(field_equal(get(&world, "a"), get(&world, "b"), field));
    y->canonical = NULL;
    assert_false(field_equal(get(&world, "a"), get(&world, "b"), field));
    y->written = "select  1";
    assert_true(field_equal(get(&world, "a"), get(&world, "b"), field));
    x->written = NULL;
    x->canonical = NULL;
    assert_false(field_equal(get(&world, "a"), get(&world, "b"), field));
    world_free(&world);
}

/* A set has no order, also before the model is sealed; a list has one. */
static void test_sets_and_lists(void **state)
{
    struct world world =
        OPEN("s = schema s", "a = table a in s | options = x=1,y=2",
             "b = table b in s | options = y=2,x=1", "c = table c in s | options = y=2",
             "e = enumeration e in s | = x,y", "f = enumeration f in s | = y,x");

    (void)state;
    assert_int_equal(fields_changed(get(&world, "a"), get(&world, "b")), 0);
    assert_true(
        fields_has(fields_changed(get(&world, "a"), get(&world, "c")), field_table_options));
    assert_true(
        fields_has(fields_changed(get(&world, "c"), get(&world, "a")), field_table_options));
    assert_true(fields_changed(get(&world, "e"), get(&world, "f")) != 0);
    world_free(&world);
}

/* References compare by identity, across models. */
static void test_references(void **state)
{
    struct world one = OPEN("s = schema s", "t = table t in s", "k = foreign_key k in t | refs t");
    struct world two = OPEN("s = schema s", "t = table t in s", "u = table u in s",
                            "k = foreign_key k in t | refs t", "l = foreign_key l in t | refs u");

    (void)state;
    assert_int_equal(fields_changed(get(&one, "k"), get(&two, "k")), 0);
    assert_true(
        fields_has(fields_changed(get(&one, "k"), get(&two, "l")), field_foreign_key_table));
    world_free(&one);
    world_free(&two);
}

static void test_print(void **state)
{
    struct world world =
        OPEN("s = schema s", "t = table t in s | options = b=1,a=2", "c = column c in t | = text",
             "k = foreign_key k in t | refs t", "d = default_value - in c | = now()");
    struct arena *arena = world.model->arena;
    struct fields table = kind_fields(KIND_TABLE);
    struct fields key = kind_fields(KIND_FOREIGN_KEY);

    (void)state;
    assert_string_equal(field_print(arena, get(&world, "c"), &kind_fields(KIND_COLUMN).items[0]),
                        "text");
    assert_string_equal(field_print(arena, get(&world, "d"), &kind_fields(KIND_DEFAULT).items[0]),
                        "now()");
    assert_string_equal(
        field_print(arena, get(&world, "t"), &table.items[kind_field(KIND_TABLE, "options")]),
        "b=1, a=2");
    assert_string_equal(
        field_print(arena, get(&world, "t"), &table.items[kind_field(KIND_TABLE, "unlogged")]),
        "no");
    assert_string_equal(
        field_print(arena, get(&world, "t"), &table.items[kind_field(KIND_TABLE, "inherits")]),
        "none");
    assert_string_equal(
        field_print(arena, get(&world, "k"), &key.items[kind_field(KIND_FOREIGN_KEY, "table")]),
        "s.t");
    world_free(&world);
}

static void count_object(struct object *referenced, void *context)
{
    (void)referenced;
    ++*(int *)context;
}

static void count_expression(struct object *object, struct expression *expression, void *context)
{
    (void)object;
    assert_non_null(expression->written);
    ++*(int *)context;
}

static void test_visits(void **state)
{
    struct world world = OPEN("s = schema s", "t = table t in s", "u = table u in s | refs t t",
                              "k = foreign_key k in t | refs t", "l = foreign_key l in t",
                              "i = index i in t | keys = a | keys = b | predicate = c > 0");
    int references = 0;
    int expressions = 0;

    (void)state;
    fields_references(get(&world, "u"), count_object, &references);
    fields_references(get(&world, "k"), count_object, &references);
    fields_references(get(&world, "l"), count_object, &references);
    assert_int_equal(references, 3);
    fields_expressions(get(&world, "i"), count_expression, &expressions);
    fields_expressions(get(&world, "t"), count_expression, &expressions);
    assert_int_equal(expressions, 3);
    world_free(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_field_of_every_kind),
        cmocka_unit_test(test_field_by_name),
        cmocka_unit_test(test_expressions),
        cmocka_unit_test(test_sets_and_lists),
        cmocka_unit_test(test_references),
        cmocka_unit_test(test_print),
        cmocka_unit_test(test_visits),
    };

    return RUN(tests);
}
