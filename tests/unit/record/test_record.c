/* Long texts, and the record in a file: what is written comes back, damage is refused: record/store_file.c,
 * record/pack.c, record/equivalence.c. */
#include "../support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "record/pack.h"
#include "record/record.h"

static void test_packing(void **state)
{
    struct arena *arena = arena_new();
    struct error error = {0};

    (void)state;
    assert_null(pack_text(arena, NULL));
    assert_null(unpack_text(arena, NULL, &error));
    for (size_t length = 0; length < 9000; length = length * 5 / 4 + 1) {
        char *text = arena_alloc(arena, length + 1);
        uint64_t seed = length;

        for (size_t i = 0; i < length; i++)
            text[i] = (char)('a' + next_number(&seed) % 26);
        assert_string_equal(unpack_text(arena, pack_text(arena, text), &error), text);
    }
    assert_int_equal(error.code, ERROR_NONE);
    arena_free(arena);
}

static void test_damaged_packs(void **state)
{
    struct arena *arena = arena_new();
    char *text = arena_alloc(arena, 5001);
    uint64_t seed = 7;
    const char *packed;

    (void)state;
    for (size_t i = 0; i < 5000; i++)
        text[i] = (char)('a' + next_number(&seed) % 4);
    packed = pack_text(arena, text);
    for (int round = 0; round < 5000; round++) {
        struct error error = {0};
        char *changed = arena_strdup(arena, packed);

        changed[next_number(&seed) % strlen(packed)] = (char)(' ' + next_number(&seed) % 90);
        if (next_number(&seed) % 3 == 0)
            changed[next_number(&seed) % strlen(packed)] = '\0';
        unpack_text(arena, changed, &error);
    }
    arena_free(arena);
}

static char path[] = "/tmp/plumb-record-XXXXXX";

static void test_file(void **state)
{
    struct error error = {0};
    struct arena *arena = arena_new();
    struct record_entry entry = {.number = 1, .kind = "apply", .state = RECORD_BEGUN, .steps = 2};
    struct record_step steps[2] = {
        {.number = 1, .state = STEP_PLANNED, .sql = "CREATE TABLE t (\n\tid int)", .seconds = -1},
        {.number = 2, .state = STEP_PLANNED, .sql = "x", .seconds = 0.5}};
    struct record_step_list read;
    struct record_entries entries;
    struct store *store;
    bool found;

    (void)state;
    close(mkstemp(path));
    unlink(path);
    store = store_of_file(path, &error);
    assert_non_null(store);
    assert_true(record_find(store, &found, &error) && !found);
    assert_true(store_lock(store, &found, &error) && found);
    assert_true(record_make(store, &error));
    assert_true(record_write_entry(store, &entry, &error));
    assert_true(record_write_steps(store, 1, steps, 2, &error));
    assert_true(store_begin(store, &error));
    entry.state = RECORD_DONE;
    assert_true(record_write_entry(store, &entry, &error));
    store_rollback(store);
    for (int64_t number = 2; number < 13; number++) {
        entry.number = number;
        assert_true(record_write_entry(store, &entry, &error));
    }
    store_close(store);

    store = store_of_file(path, &error);
    assert_non_null(store);
    assert_true(record_find(store, &found, &error) && found);
    assert_true(record_read_entries(store, 0, arena, &entries, &error));
    assert_int_equal(entries.count, 12);
    /* Whose it is: older ones say nothing of it. */
    assert_true(record_claim(store, "here", &found, &error) && !found);
    assert_true(record_claim(store, "here", &found, &error) && !found);
    assert_true(record_claim(store, "there", &found, &error) && found);
    assert_true(record_claim(store, "there", &found, &error) && !found);
    assert_string_equal(entries.items[0].state, RECORD_BEGUN);
    assert_int_equal(entries.items[11].number, 12);
    assert_true(record_read_entries(store, 2, arena, &entries, &error));
    assert_int_equal(entries.count, 2);
    assert_int_equal(entries.items[0].number, 11);
    assert_true(record_read_steps(store, 1, arena, &read, &error));
    assert_int_equal(read.count, 2);
    assert_string_equal(read.items[0].sql, steps[0].sql);
    assert_true(read.items[0].seconds < 0 && read.items[1].seconds > 0.4);
    store_close(store);
    arena_free(arena);
}

static void test_equivalences(void **state)
{
    struct error error = {0};
    struct arena *arena = arena_new();
    struct digest a = {1, 2};
    struct digest b = {3, 4};
    struct store *store = store_of_file(path, &error);
    struct equivalences *equivalences = equivalences_new(arena, store);

    (void)state;
    assert_false(equivalences_know(equivalences, "x", a, b));
    equivalences_learn(equivalences, "x", a, b);
    assert_true(equivalences_know(equivalences, "x", a, b));
    assert_true(equivalences_write(equivalences, store, &error));
    store_close(store);
    store = store_of_file(path, &error);
    equivalences = equivalences_new(arena, store);
    assert_true(equivalences_know(equivalences, "x", a, b));
    assert_false(equivalences_know(equivalences, "x", b, a));
    assert_false(equivalences_know(equivalences, "y", a, b));
    store_close(store);
    arena_free(arena);
}

static void write_file(const char *text, size_t length)
{
    FILE *stream = fopen(path, "wb");

    fwrite(text, 1, length, stream);
    fclose(stream);
}

static void read_all(struct store *store)
{
    struct arena *arena = arena_new();
    struct error error = {0};
    struct record_entries entries;
    struct record_step_list steps;
    bool found;

    if (record_find(store, &found, &error) && found) {
        record_read_entries(store, 0, arena, &entries, &error);
        record_read_steps(store, 1, arena, &steps, &error);
        equivalences_know(equivalences_new(arena, store), "x", (struct digest){1, 2},
                          (struct digest){3, 4});
    }
    arena_free(arena);
}

static void test_damaged_file(void **state)
{
    FILE *stream = fopen(path, "rb");
    char text[20000];
    size_t length = fread(text, 1, sizeof(text), stream);
    uint64_t seed = 3;

    (void)state;
    fclose(stream);
    for (int round = 0; round < 2000; round++) {
        struct error error = {0};
        char changed[20000];
        struct store *store;

        memcpy(changed, text, length);
        for (unsigned i = next_number(&seed) % 3; i < 3; i++)
            changed[next_number(&seed) % length] = "\"{}[],:0 tx\\"[next_number(&seed) % 12];
        write_file(changed, round % 4 ? length : next_number(&seed) % length);
        store = store_of_file(path, &error);
        if (store)
            read_all(store);
        else
            assert_int_equal(error.code, ERROR_REFUSED);
        store_close(store);
    }
    write_file("{\"plumb_record\": 2, \"tables\": {}}",
               strlen("{\"plumb_record\": 2, \"tables\": {}}"));
    {
        struct error error = {0};

        assert_null(store_of_file(path, &error));
        assert_int_equal(error.code, ERROR_REFUSED);
        assert_non_null(strstr(error.message, "later version"));
        assert_true(*error.hint);
    }
    unlink(path);
}

/* Who is named: the first variable that is set. */
static void test_origin(void **state)
{
    static const char *const names[] = {
        "PLUMB_ACTOR",        "GITHUB_TRIGGERING_ACTOR", "GITHUB_ACTOR",
        "GITLAB_USER_LOGIN",  "BUILDKITE_BUILD_CREATOR", "CIRCLE_USERNAME",
        "BUILD_REQUESTEDFOR", "BUILD_USER_ID",           "CI_PIPELINE_AUTHOR"};
    struct arena *arena = arena_new();

    (void)state;
    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
        unsetenv(names[i]);
    assert_string_not_equal(origin_actor(arena), "");
    for (size_t i = sizeof(names) / sizeof(*names); i-- > 0;) {
        setenv(names[i], names[i], 1);
        assert_string_equal(origin_actor(arena), names[i]);
    }
    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
        unsetenv(names[i]);
    setenv("CI_JOB_URL", "https://ci/7", 1);
    unsetenv("PLUMB_RUN_URL");
    unsetenv("GITHUB_SERVER_URL");
    assert_string_equal(origin_run_url(arena), "https://ci/7");
    setenv("PLUMB_RUN_URL", "https://other/8", 1);
    assert_string_equal(origin_run_url(arena), "https://other/8");
    unsetenv("PLUMB_RUN_URL");
    unsetenv("CI_JOB_URL");
    assert_int_equal(strlen(origin_now(arena)), 20);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_packing),      cmocka_unit_test(test_damaged_packs),
        cmocka_unit_test(test_origin),       cmocka_unit_test(test_file),
        cmocka_unit_test(test_equivalences), cmocka_unit_test(test_damaged_file),
    };

    return RUN(tests);
}
