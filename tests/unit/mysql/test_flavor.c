/* Flavours from texts, capabilities by version, whose comments are taken. */
#include "../support.h"

#include "mysql/facts/flavor.h"

static void test_texts(void **state)
{
    static const struct {
        const char *text;
        enum my_vendor vendor;
        int version; /* 0: none */
    } rows[] = {
        {"9.7.4", MY_MYSQL, 90704},
        {"8.0.36-28", MY_MYSQL, 80036},
        {"10.11.19-MariaDB-0+deb12u1", MY_MARIADB, 101119},
        {"5.5.5-10.6.1-MariaDB", MY_MARIADB, 100601},
        {"mysql:8.4", MY_MYSQL, 80499},
        {"mysql:8.0.29", MY_MYSQL, 80029},
        {"mariadb:10.11", MY_MARIADB, 101199},
        {"mysql", MY_MYSQL, 90704},
        {"MariaDB", MY_MARIADB, 120002},
        {"mysql:", MY_MYSQL, 90704},
        {"mysql:10.6", MY_MYSQL, 0},
        {"mariadb:8.0", MY_MYSQL, 0},
        {"oracle", MY_MYSQL, 0},
        {"", MY_MYSQL, 0},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct my_flavor flavor;
        bool known = my_flavor_parse(rows[i].text, &flavor);

        assert_int_equal(known, rows[i].version != 0);
        if (known) {
            assert_int_equal(flavor.vendor, rows[i].vendor);
            assert_int_equal(flavor.version, rows[i].version);
        }
    }
    assert_int_equal(my_flavor_of_version(0).version, 90704);
    assert_int_equal(my_flavor_of_version(101119).vendor, MY_MARIADB);
}

static void test_capabilities(void **state)
{
    struct my_flavor old = {MY_MYSQL, 80015}, later = {MY_MYSQL, 80016},
                     mariadb = {MY_MARIADB, 101119};

    (void)state;
    assert_false(my_can(old, MY_CAN_CHECK_NOT_ENFORCED));
    assert_true(my_can(later, MY_CAN_CHECK_NOT_ENFORCED));
    assert_false(my_can(mariadb, MY_CAN_CHECK_NOT_ENFORCED));
    assert_true(my_can(mariadb, MY_CAN_SEQUENCE));
    assert_false(my_can(later, MY_CAN_SEQUENCE));
}

static void test_comments(void **state)
{
    struct my_flavor mysql = {MY_MYSQL, 80036}, mariadb = {MY_MARIADB, 101119};

    (void)state;
    assert_true(my_takes_comment(mysql, 80036, false));
    assert_false(my_takes_comment(mysql, 80037, false));
    assert_false(my_takes_comment(mysql, 100100, false));
    assert_true(my_takes_comment(mariadb, 50699, false));
    assert_false(my_takes_comment(mariadb, 50700, false));
    assert_false(my_takes_comment(mariadb, 80016, false));
    assert_true(my_takes_comment(mariadb, 80016, true));
    assert_true(my_takes_comment(mariadb, 100100, false));
    assert_false(my_takes_comment(mariadb, 110000, true));
}

static void test_settings(void **state)
{
    struct model *model = model_new("test");

    (void)state;
    assert_string_equal(my_setting(model, "sql_mode", "none"), "none");
    my_set_setting(model, "sql_mode_x", "no");
    my_set_setting(model, "sql_mode", "ANSI");
    my_set_setting(model, "sql_mode", "");
    my_set_setting(model, "version", "101119");
    assert_string_equal(my_setting(model, "sql_mode", "none"), "");
    assert_int_equal(model->settings.count, 3);
    assert_int_equal(my_flavor_of(model).vendor, MY_MARIADB);
    model->server_version = 90704;
    assert_int_equal(my_flavor_of(model).vendor, MY_MYSQL);
    assert_string_equal(my_default_collation(model), "utf8mb4_0900_ai_ci");
    my_set_setting(model, "collation_database", "latin1_swedish_ci");
    assert_string_equal(my_default_collation(model), "latin1_swedish_ci");
    model_free(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_texts),
        cmocka_unit_test(test_capabilities),
        cmocka_unit_test(test_comments),
        cmocka_unit_test(test_settings),
    };

    return RUN(tests);
}
