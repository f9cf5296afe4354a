/* Digests. Their bytes are pinned: a change of the encoding has to be made on purpose, together with
 * the encoding's version. */
#include "../support.h"

#include <string.h>

#include "core/digest.h"

static struct digest of_texts(const char *const *texts, size_t count)
{
    struct digest_state *state = digest_begin();

    for (size_t i = 0; i < count; i++)
        digest_text(state, texts[i]);
    return digest_end(state);
}

#define TEXTS(...)                                                                                 \
    of_texts((const char *const[]){__VA_ARGS__},                                                   \
             sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

static void assert_prints(struct digest digest, const char *wanted)
{
    char text[33];

    digest_print(digest, text);
    assert_string_equal(text, wanted);
}

static void test_golden_bytes(void **state)
{
    struct digest_state *digesting = digest_begin();
    struct digest inner = {.high = 1, .low = UINT64_C(0xFFFFFFFFFFFFFFFF)};

    (void)state;
    assert_prints(digest_end_and_reset(digesting), "d9265cc53bb2b9ae6131b78f753823cd");
    digest_text(digesting, "");
    assert_prints(digest_end_and_reset(digesting), "4f83b3b7ca3641168c375ee0bb8b2e94");
    digest_text(digesting, NULL);
    assert_prints(digest_end_and_reset(digesting), "841429c120400da6b6ff107a82acfd0b");
    digest_text(digesting, "type");
    digest_text(digesting, "character varying(20)");
    assert_prints(digest_end_and_reset(digesting), "0684c5388d8d6f08fc5ee8b743b6e3c4");
    digest_integer(digesting, 0);
    digest_integer(digesting, -1);
    digest_integer(digesting, INT64_MIN);
    assert_prints(digest_end_and_reset(digesting), "d1b891af5f58d705ebe50a83254bf6c1");
    digest_bytes(digesting, "a\0b", 3);
    assert_prints(digest_end_and_reset(digesting), "e30800f4aafdf040c9f79d0cf6cbc705");
    digest_digest(digesting, inner);
    assert_prints(digest_end(digesting), "12d734a2c379249cf77fe1371cc45e27");
}

/* No two different sequences of values may give the same bytes. */
static void test_boundaries(void **state)
{
    (void)state;
    assert_false(digest_equal(TEXTS("ab", "c"), TEXTS("a", "bc")));
    assert_false(digest_equal(TEXTS("ab"), TEXTS("ab", "")));
    assert_false(digest_equal(TEXTS(""), TEXTS(NULL)));
    assert_false(digest_equal(TEXTS(NULL, ""), TEXTS("", NULL)));
    assert_false(digest_equal(TEXTS("a", "b"), TEXTS("b", "a")));
    assert_true(digest_equal(TEXTS("a", "b"), TEXTS("a", "b")));
}

static void test_reset_starts_anew(void **state)
{
    struct digest_state *digesting = digest_begin();
    struct digest first;
    struct digest second;

    (void)state;
    digest_text(digesting, "a");
    first = digest_end_and_reset(digesting);
    digest_text(digesting, "a");
    second = digest_end_and_reset(digesting);
    assert_true(digest_equal(first, second));
    assert_true(digest_equal(first, TEXTS("a")));
    digest_free(digesting);
}

static void test_compare(void **state)
{
    struct digest small = {.high = 1, .low = 9};
    struct digest middle = {.high = 2, .low = 1};
    struct digest large = {.high = 2, .low = 3};

    (void)state;
    assert_true(digest_compare(small, middle) < 0);
    assert_true(digest_compare(large, middle) > 0);
    assert_int_equal(digest_compare(large, large), 0);
    assert_false(digest_equal(middle, large));
    assert_false(digest_equal(small, (struct digest){.high = 3, .low = 9}));
}

static void test_print(void **state)
{
    (void)state;
    assert_prints((struct digest){.high = 1, .low = 0xABC}, "00000000000000010000000000000abc");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_golden_bytes),
        cmocka_unit_test(test_boundaries),
        cmocka_unit_test(test_reset_starts_anew),
        cmocka_unit_test(test_compare),
        cmocka_unit_test(test_print),
    };

    return RUN(tests);
}
