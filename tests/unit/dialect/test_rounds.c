/* Rounds over statements that wait for one another, and the notes that interpreters keep. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buffer.h"
#include "core/operation.h"
#include "dialect/dialect.h"
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
    MADE("a fails", {.name = "a", .needs = "b"}, {.name = "a", .needs = "b"},
         {.name = "b", .needs = ""});
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

struct kept {
    struct fake *fake;
    struct statement *statements;
    size_t count;
    struct text_list messages; /* all that an operation ends with */
};

static void run_keeping(void *argument)
{
    struct kept *kept = argument;
    struct fake *fake = kept->fake;
    struct operation operation;
    struct further_errors further;

    operation_begin(&operation, NULL, &fake->error);
    if (setjmp(operation.way_out) != 0)
        return;
    for (size_t i = 0; i < kept->count; i++) {
        struct attempt *attempt = &kept->statements[i].attempt;

        attempt->length = strlen(attempt->text);
        if (!rounds_first_try(&fake->rounds, fake->arena, attempt))
            assert_true(rounds_keep_error(&fake->rounds, fake->arena, attempt, &fake->error));
    }
    assert_false(rounds_finish(&fake->rounds, fake->arena, &fake->error));
    text_list_add(&kept->messages, fake->arena, fake->error.message);
    further = operation_take_errors(&operation);
    for (size_t i = 0; i < further.count; i++)
        text_list_add(&kept->messages, fake->arena,
                      arena_strdup(fake->arena, further.items[i].message));
    free(further.items);
    operation_end(&operation);
}

/* Errors point at a word of their statement, as a dialect's do. */
static enum outcome run_placed(void *context, struct attempt *attempt)
{
    struct fake *fake = context;
    const struct statement *statement = (struct statement *)attempt;
    enum outcome outcome;

    error_clear(&fake->error);
    outcome = run(context, attempt);
    if (fake->error.code) {
        snprintf(fake->error.source, sizeof(fake->error.source), "%s", attempt->text);
        fake->error.line = (int)(statement->name[0]);
        fake->error.caret =
            (int)(strstr(attempt->text,
                         outcome == OUTCOME_FAILED ? statement->name : statement->needs) -
                  attempt->text) +
            1;
    }
    return outcome;
}

static void assert_kept(struct statement *statements, size_t count, const char *wanted)
{
    struct fake fake = {.rounds.run = run_placed, .arena = arena_new()};
    struct kept kept = {.fake = &fake, .statements = statements, .count = count};

    fake.rounds.interpreter = &fake;
    run_keeping(&kept);
    assert_string_equal(text_list_join(&kept.messages, fake.arena, ", "), wanted);
    arena_free(fake.arena);
}

#define KEPT(wanted, ...)                                                                          \
    assert_kept((struct statement[]){__VA_ARGS__},                                                 \
                sizeof((struct statement[]){__VA_ARGS__}) / sizeof(struct statement), wanted)

#define MAKE(made, from)                                                                           \
    {                                                                                              \
        .attempt.text = "make " made " from " from, .name = made, .needs = from                    \
    }

/* All that is wrong is told, but not what only follows from it. */
static void test_errors_are_kept(void **state)
{
    (void)state;
    KEPT("zz is missing", MAKE("aa", "zz"), MAKE("bb", "aa"), MAKE("cc", "bb"));
    KEPT("yy is missing, zz is missing", MAKE("aa", "yy"), MAKE("bb", "zz"));
    KEPT("bb fails, zz is missing", MAKE("aa", "zz"), MAKE("bb", "!"), MAKE("cc", "bb"));
    KEPT("bb fails, dd fails", MAKE("bb", "!"), MAKE("dd", "!"), MAKE("ee", "dd"));
    KEPT("zz is missing", MAKE("aa", "zz"), MAKE("bb", "zz"));
}

/* What is no error of the files ends it at once. */
static void test_other_errors_are_not_kept(void **state)
{
    struct fake fake = {.arena = arena_new()};
    struct attempt attempt = {.text = "x", .length = 1};
    struct text_pieces pieces = {0};

    (void)state;
    error_set(&fake.error, ERROR_IO, "cannot read");
    assert_false(rounds_keep_error(&fake.rounds, fake.arena, &attempt, &fake.error));
    assert_string_equal(fake.error.message, "cannot read");
    assert_null(fake.rounds.first);
    for (size_t i = 0; i < 100; i++)
        text_pieces_add(&pieces, fake.arena, (struct text_piece){.start = i});
    assert_int_equal(pieces.count, 100);
    assert_int_equal(pieces.items[3].start, 3);
    assert_int_equal(pieces.items[99].start, 99);
    arena_free(fake.arena);
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
        cmocka_unit_test(test_errors_are_kept),
        cmocka_unit_test(test_other_errors_are_not_kept),
        cmocka_unit_test(test_notes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
