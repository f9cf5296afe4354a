/* Values that may be unknown: what is known of AND, OR, NOT, comparisons and patterns. */
#include "../support.h"

#include <string.h>

#include "model/guard.h"

static char letter(struct guard_value value)
{
    return guard_is_true(value)       ? 't'
           : guard_is_false(value)    ? 'f'
           : value.kind == GUARD_NULL ? '0'
                                      : '?';
}

static struct guard_value value(char letter)
{
    return letter == '?'   ? guard_unknown()
           : letter == '0' ? guard_null()
                           : guard_truth(letter == 't');
}

static void test_logic(void **state)
{
    static const char order[] = "tf0?";
    static const char and_table[] = "tf0?ffff0f0??f??";
    static const char or_table[] = "tttttf0?t00?t???";

    (void)state;
    for (int i = 0; i < 16; i++) {
        struct guard_value a = value(order[i / 4]);
        struct guard_value b = value(order[i % 4]);

        assert_int_equal(letter(guard_and(a, b)), and_table[i]);
        assert_int_equal(letter(guard_or(a, b)), or_table[i]);
    }
    assert_int_equal(letter(guard_not(value('t'))), 'f');
    assert_int_equal(letter(guard_not(value('0'))), '0');
    assert_int_equal(letter(guard_not(value('?'))), '?');
}

static void test_comparing(void **state)
{
    struct guard_value own = {.kind = GUARD_OWN, .text = ""};

    (void)state;
    assert_int_equal(letter(guard_compare("=", guard_text("a"), guard_text("A"), false)), 'f');
    assert_int_equal(letter(guard_compare("=", guard_text("a"), guard_text("A"), true)), 't');
    assert_int_equal(letter(guard_compare("<", guard_text("9"), guard_text("10"), false)), 't');
    assert_int_equal(letter(guard_compare("<>", guard_text("1"), guard_text("1.0"), false)), 'f');
    assert_int_equal(letter(guard_compare("=", guard_null(), guard_text("a"), false)), '0');
    assert_int_equal(letter(guard_compare("=", guard_unknown(), guard_text("a"), false)), '?');
    assert_int_equal(letter(guard_compare("@>", guard_text("a"), guard_text("a"), false)), '?');
    assert_int_equal(letter(guard_compare("=", guard_id("table:t"), guard_id("table:t"), false)),
                     't');
    assert_int_equal(letter(guard_compare("=", guard_id("table:t"), guard_text("table:t"), false)),
                     '?');
    assert_int_equal(letter(guard_compare("=", own, own, false)), 't');
    assert_int_equal(letter(guard_compare("=", own, guard_text("shop"), false)), '?');
}

static void test_patterns(void **state)
{
    (void)state;
    assert_int_equal(letter(guard_like(guard_text("orders"), guard_text("o%r_"), false)), 't');
    assert_int_equal(letter(guard_like(guard_text("orders"), guard_text("o%x%"), false)), 'f');
    assert_int_equal(letter(guard_like(guard_text("a_b"), guard_text("a\\_b"), false)), 't');
    assert_int_equal(letter(guard_like(guard_text("axb"), guard_text("a\\_b"), false)), 'f');
    assert_int_equal(letter(guard_like(guard_text("A"), guard_text("a"), true)), 't');
    assert_int_equal(letter(guard_like(guard_unknown(), guard_text("%"), false)), '?');
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_logic),
                                       cmocka_unit_test(test_comparing),
                                       cmocka_unit_test(test_patterns)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
