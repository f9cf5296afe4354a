/* Snapshots: what they keep, that order does not matter, and that damage is found and never crashes. */
#include "../support.h"
#include "../world.h"

#include "model/snapshot.h"

static const char *const lines[] = {
    "s = schema app",
    "t = table users in s | options = b=2,a=1",
    "id = column id in t | type = integer",
    "n = column tab\there\nand\\more in t | type = text",
    "d = default_value - in n | = 'x\ty'::text",
    "fk = foreign_key fk in t | columns = id | refs t",
    "seq = sequence users_id_seq in s | start = 7",
    "own = owned_by - in seq | refs id",
    "f = function f in s | sig integer | body = x",
    "v = view v in s | = SELECT id FROM app.users | needs t id | from old_v",
    "c = check_constraint c in t | = (id > 0) | chosen",
    NULL};

static void write_lines(uint64_t seed, struct buffer *text)
{
    struct world world = world_open(lines, seed);

    world.model->server_version = 150000;
    text_list_add(&world.model->default_path, world.model->arena, "app");
    text_list_add(&world.model->not_run, world.model->arena, "a.sql:3: CALL");
    snapshot_write(world.model, text);
    model_free(world.model);
}

static void test_there_and_back(void **state)
{
    struct buffer first = BUFFER_EMPTY;
    struct buffer second = BUFFER_EMPTY;
    struct error error = {0};
    struct model *model;

    (void)state;
    write_lines(0, &first);
    model = snapshot_read(buffer_text(&first), "test", &error);
    assert_non_null(model);
    assert_int_equal(model->count, 11);
    assert_int_equal(model->rename_count, 1);
    assert_int_equal(model->server_version, 150000);
    assert_int_equal(model->not_run.count, 1);
    assert_string_equal(model->not_run.items[0], "a.sql:3: CALL");
    snapshot_write(model, &second);
    assert_string_equal(buffer_text(&first), buffer_text(&second));
    model_free(model);
    buffer_free(&first);
    buffer_free(&second);
}

static void test_order_does_not_matter(void **state)
{
    struct buffer first = BUFFER_EMPTY;

    (void)state;
    write_lines(0, &first);
    for (uint64_t seed = 1; seed < 20; seed++) {
        struct buffer other = BUFFER_EMPTY;

        write_lines(seed, &other);
        assert_string_equal(buffer_text(&first), buffer_text(&other));
        buffer_free(&other);
    }
    buffer_free(&first);
}

static void test_digest_leaves_the_reader_out(void **state)
{
    struct world world = world_open(lines, 0);
    struct buffer first = BUFFER_EMPTY;
    struct buffer second = BUFFER_EMPTY;
    struct buffer third = BUFFER_EMPTY;

    (void)state;
    snapshot_write(world.model, &first);
    world.model->server_version = 180000;
    world.model->current_user = "somebody";
    snapshot_write(world.model, &second);
    assert_true(
        digest_equal(snapshot_digest(buffer_text(&first)), snapshot_digest(buffer_text(&second))));
    model_remove(world.model, get(&world, "v"));
    snapshot_write(world.model, &third);
    assert_false(
        digest_equal(snapshot_digest(buffer_text(&first)), snapshot_digest(buffer_text(&third))));
    model_free(world.model);
    buffer_free(&first);
    buffer_free(&second);
    buffer_free(&third);
}

/* Every truncation is refused; changed bytes are refused or give some model. */
static void test_damage(void **state)
{
    struct buffer text = BUFFER_EMPTY;
    uint64_t seed = 42;

    (void)state;
    write_lines(0, &text);
    for (size_t length = 0; length < text.length; length++) {
        struct error error = {0};
        char *cut = memory_alloc(length + 1);

        memcpy(cut, text.text, length);
        cut[length] = '\0';
        assert_null(snapshot_read(cut, "test", &error));
        assert_int_equal(error.code, ERROR_REFUSED);
        memory_free(cut);
    }
    for (int round = 0; round < 20000; round++) {
        struct error error = {0};
        char *changed = memory_alloc(text.length + 1);

        memcpy(changed, buffer_text(&text), text.length + 1);
        for (unsigned i = next_number(&seed) % 4; i < 4; i++)
            changed[next_number(&seed) % text.length] =
                "\t\n=~\\ofnrpm0:/x"[next_number(&seed) % 15];
        model_free(snapshot_read(changed, "test", &error));
        memory_free(changed);
    }
    buffer_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_there_and_back),
        cmocka_unit_test(test_order_does_not_matter),
        cmocka_unit_test(test_digest_leaves_the_reader_out),
        cmocka_unit_test(test_damage),
    };

    return RUN(tests);
}
