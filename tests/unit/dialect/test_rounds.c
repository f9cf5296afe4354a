/* Rounds over statements that wait for one another, and the notes that interpreters keep. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "core/buffer.h"
#include "dialect/note.h"
#include "dialect/rounds.h"

/* A statement makes its name and needs another ("" nothing; "?" a guess; "!" fails). */
struct statement {
    struct attempt attempt;
    const char *name;
    const char *needs;
};

struct fake {
    struct rounds rounds;
    struct arena *arena;
    struct error error;
    struct text_list made;
};

static enum outcome run(void *context, struct attempt *attempt)
{
    struct fake *fake = context;
    struct statement *statement = (struct statement *)attempt;
    bool known = text_list_contains(&fake->made, statement->needs);

    if (strcmp(statement->needs, "!") == 0 ||
        (text_list_contains(&fake->made, statement->name) && !attempt->forgives_existing)) {
        error_set(&fake->error, ERROR_SCHEMA, "%s fails", statement->name);
        return OUTCOME_FAILED;
    }
    if (*statement->needs && !known &&
        !(fake->rounds.lenient && strcmp(statement->needs, "?") == 0)) {
        if (fake->rounds.reporting)
            error_set(&fake->error, ERROR_SCHEMA, "%s is missing", statement->needs);
        return OUTCOME_MISSING;
    }
    text_list_add(&fake->made, fake->arena, statement->name);
    return OUTCOME_DONE;
}

/* What is made, in order, or the error. */
static void assert_made(struct statement *statements, size_t count, const char *wanted)
{
    struct fake fake = {.rounds.run = run, .arena = arena_new()};
    bool done = true;

    fake.rounds.interpreter = &fake;
    for (size_t i = 0; done && i < count; i++)
        done = rounds_first_try(&fake.rounds, fake.arena, &statements[i].attempt);
    if (done && rounds_finish(&fake.rounds, fake.arena, &fake.error))
        assert_string_equal(text_list_join(&fake.made, fake.arena, " "), wanted);
    else
        assert_string_equal(fake.error.message, wanted);
    arena_free(fake.arena);
}

#define MADE(wanted, ...)                                                                          \
    assert_made((struct statement[]){__VA_ARGS__},                                                 \
                sizeof((struct statement[]){__VA_ARGS__}) / sizeof(struct statement), wanted)

static void test_order(void **state)
{
    (void)state;
    MADE("c b a", {.name = "a", .needs = "b"}, {.name = "b", .needs = "c"},
         {.name = "c", .needs = ""});
    MADE("z is missing", {.name = "a", .needs = "z"}, {.name = "b", .needs = "a"});
    MADE("b fails", {.name = "a", .needs = "z"}, {.name = "b", .needs = "!"});
}

/* A guess is made where nothing else helps, and only one: what follows may do without. */
static void test_guesses(void **state)
{
    (void)state;
    MADE("c a b", {.name = "a", .needs = "?"}, {.name = "b", .needs = "a"},
         {.name = "c", .needs = ""});
}

static void test_forgiveness(void **state)
{
    (void)state;
    MADE("b", {.attempt.forgives_missing = true, .name = "a", .needs = "z"},
         {.name = "b", .needs = ""});
    MADE("y is missing", {.name = "b", .needs = "y"},
         {.attempt.forgives_missing = true, .name = "a", .needs = "z"});
    MADE("a fails", {.name = "a", .needs = ""}, {.name = "a", .needs = ""});
    MADE("a a", {.name = "a", .needs = ""},
         {.attempt.forgives_existing = true, .name = "a", .needs = ""});
    MADE("b a a", {.attempt.guarded = true, .name = "a", .needs = "b"}, {.name = "b", .needs = ""},
         {.attempt.forgives_existing = true, .name = "a", .needs = "b"});
}

static void test_notes(void **state)
{
    struct model *model = model_new("test");
    struct notes notes = notes_new(model->arena);

    (void)state;
    notes_add(&notes, model->arena, "table was skipped", "tables were skipped");
    notes_add(&notes, model->arena, "view was skipped", "views were skipped");
    notes_add(&notes, model->arena, "table was skipped", "tables were skipped");
    notes_write(&notes, model);
    assert_string_equal(text_list_join(&model->notes, model->arena, ", "),
                        "2 tables were skipped, 1 view was skipped");
    model_free(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_order),
        cmocka_unit_test(test_guesses),
        cmocka_unit_test(test_forgiveness),
        cmocka_unit_test(test_notes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
