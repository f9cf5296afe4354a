/* URLs are told from file names, shown without secrets, and taken apart. */
#include "../support.h"

#include <string.h>

#include "core/url.h"
#include "mysql/session/connect.h"

static void test_is_url(void **state)
{
    static const char *const urls[] = {"mysql://h/d", "mariadb://u@h:3307/d?socket=/tmp/s",
                                       "MySQL://", NULL};
    static const char *const others[] = {"schema.sql", "postgresql://h/d", "mysql:/h", "mysql",
                                         "",           "host=localhost",   NULL};

    (void)state;
    for (size_t i = 0; urls[i]; i++)
        assert_true(my_is_url(urls[i]));
    for (size_t i = 0; others[i]; i++)
        assert_false(my_is_url(others[i]));
}

static void test_shown(void **state)
{
    static const struct {
        const char *url;
        const char *shown;
    } cases[] = {
        {"mysql://u@h/d", "mysql://u@h/d"},
        {"mysql://u:geheim@h:3306/d", "mysql://u:***@h:3306/d"},
        {"mariadb://u:ge@heim@h/d?ssl-ca=/a", "mariadb://u:***@h/d?ssl-ca=/a"},
        {"mysql://h/d?user=u&password=geheim", "mysql://h/d?user=u&password=***"},
    };
    struct arena *arena = arena_new();

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        assert_string_equal(url_without_secrets(arena, cases[i].url), cases[i].shown);
    arena_free(arena);
}

static void test_everything(void **state)
{
    struct arena *arena = arena_new();
    struct error error = {0};
    struct my_url url;

    (void)state;
    assert_true(
        my_url_parse(arena,
                     "mysql://me%40home:a%2Fb%3A@db.example:3307/my%20shop?ssl_mode=verify-ca"
                     "&ssl-ca=/ca.pem&ssl-cert=/c.pem&SSL-KEY=/k.pem&socket=/tmp/s"
                     "&defaults-file=/etc/x.cnf&connect-timeout=3",
                     &url, &error));
    assert_string_equal(url.user, "me@home");
    assert_string_equal(url.password, "a/b:");
    assert_string_equal(url.host, "db.example");
    assert_int_equal(url.port, 3307);
    assert_string_equal(url.database, "my shop");
    assert_string_equal(url.ssl_mode, "VERIFY_CA");
    assert_string_equal(url.ssl_ca, "/ca.pem");
    assert_string_equal(url.ssl_cert, "/c.pem");
    assert_string_equal(url.ssl_key, "/k.pem");
    assert_string_equal(url.socket, "/tmp/s");
    assert_string_equal(url.defaults_file, "/etc/x.cnf");
    assert_int_equal(url.connect_timeout, 3);
    arena_free(arena);
}

/* What is not said is NULL, and so left to option files; an empty password is one. */
static void test_left_out(void **state)
{
    struct arena *arena = arena_new();
    struct error error = {0};
    struct my_url url;

    (void)state;
    assert_true(my_url_parse(arena, "mysql://", &url, &error));
    assert_null(url.user);
    assert_null(url.password);
    assert_null(url.host);
    assert_null(url.database);
    assert_int_equal(url.port, 0);
    assert_true(my_url_parse(arena, "mysql:///d", &url, &error));
    assert_null(url.host);
    assert_string_equal(url.database, "d");
    assert_true(my_url_parse(arena, "mysql://u:@h/?", &url, &error));
    assert_string_equal(url.password, "");
    assert_null(url.database);
    assert_true(my_url_parse(arena, "mysql://[::1]:3306/d", &url, &error));
    assert_string_equal(url.host, "::1");
    assert_int_equal(url.port, 3306);
    arena_free(arena);
}

static void test_malformed(void **state)
{
    static const char *const urls[] = {"mysql://u:geheim@h:x/d",
                                       "mysql://u:geheim@h:0/d",
                                       "mysql://u:geheim@h:99999/d",
                                       "mysql://u:geheim%zz@h/d",
                                       "mysql://u:geheim%00@h/d",
                                       "mysql://u:geheim@h/d/e",
                                       "mysql://u:geheim@h/d?sslmode=require",
                                       "mysql://u:geheim@h/d?ssl-mode=yes",
                                       "mysql://u:geheim@h/d?connect-timeout=soon",
                                       "mysql://h/d?password=geheim&x=y",
                                       NULL};
    struct arena *arena = arena_new();
    struct my_url url;

    (void)state;
    for (size_t i = 0; urls[i]; i++) {
        struct error error = {0};

        assert_false(my_url_parse(arena, urls[i], &url, &error));
        assert_int_equal(error.code, ERROR_CONNECTION);
        assert_null(strstr(error.message, "heim"));
        assert_string_not_equal(error.hint, "");
    }
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_is_url),     cmocka_unit_test(test_shown),
        cmocka_unit_test(test_everything), cmocka_unit_test(test_left_out),
        cmocka_unit_test(test_malformed),
    };

    return RUN(tests);
}
