/* Which constants may be read by code that somebody else has made. */
#include "../support.h"

#include <string.h>

#include "postgres/ask/permission.h"

static bool permitted(const struct ask_permission *permission, const char *text)
{
    struct model *model = model_new("test");
    struct object *schema = model_add(model, KIND_SCHEMA, NULL, "app", NULL);
    struct object *table = model_add(model, KIND_TABLE, schema, "t", NULL);
    struct object *check = model_add(model, KIND_CHECK, table, "c", NULL);
    struct question question = {.before = check, .after = check};
    struct fields fields = kind_fields(KIND_CHECK);
    bool answer;

    as_check_constraint(check)->expression.written = text;
    for (size_t i = 0; i < fields.count; i++)
        if (strcmp(fields.items[i].name, "expression") == 0)
            question.field = &fields.items[i];
    answer = ask_permitted(permission, &question);
    model_free(model);
    return answer;
}

static void test_constants(void **state)
{
    static const struct ask_permission strict = {.any = true};
    static const struct ask_permission free = {.any = true, .bare_literals = true};
    static const char *const fine[] = {"a === 1",
                                       "a === 'x'::text",
                                       "a === 'x'::TEXT[]",
                                       "a === 'x' :: pg_catalog.\"char\"",
                                       "a === $$x$$::character varying(3)",
                                       "a === /* 'x' */ b",
                                       "\"a'b\" === b"};
    static const char *const bare[] = {
        "a === 'x'",  "a === 'x'::app.words", "a === 'x'::words",  "a === $$x$$",
        "a === E'x'", "a === 'x'::\"text\"",  "'x'::text === 'y'", "a === 'x'::text2"};

    (void)state;
    for (size_t i = 0; i < sizeof(fine) / sizeof(*fine); i++)
        if (!permitted(&strict, fine[i]))
            fail_msg("refused: %s", fine[i]);
    for (size_t i = 0; i < sizeof(bare) / sizeof(*bare); i++) {
        if (permitted(&strict, bare[i]))
            fail_msg("permitted: %s", bare[i]);
        assert_true(permitted(&free, bare[i]));
    }
}

static void test_event_triggers(void **state)
{
    static const struct ask_permission none = {.bare_literals = true};

    (void)state;
    assert_false(permitted(&none, "a === 1"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_constants),
                                       cmocka_unit_test(test_event_triggers)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
