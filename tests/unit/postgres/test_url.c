/* URLs are told from file names, and shown without secrets. */
#include "../support.h"

#include <string.h>

#include "core/url.h"
#include "postgres/session/connect.h"

static void test_is_url(void **state)
{
    static const char *const urls[] = {"postgres://h/d",
                                       "postgresql://u@h:5432/d?sslmode=require",
                                       "postgresql://",
                                       "POSTGRES://h",
                                       "host=localhost dbname=x",
                                       "dbname = x",
                                       "  service=prod",
                                       "user=me password='a b'",
                                       NULL};
    static const char *const others[] = {
        "schema.sql", "schemas/", "git:HEAD:schema", "mysql://h/d", "empty:", "", "host",
        "hostile=1",  "x=y",      "dbname.sql",      NULL};

    (void)state;
    for (size_t i = 0; urls[i]; i++)
        assert_true(pg_is_url(urls[i]));
    for (size_t i = 0; others[i]; i++)
        assert_false(pg_is_url(others[i]));
}

static void test_shown(void **state)
{
    static const struct {
        const char *url;
        const char *shown;
    } cases[] = {
        {"postgres://h/d", "postgres://h/d"},
        {"postgres://u@h/d", "postgres://u@h/d"},
        {"postgres://h:5432/d?application_name=a@b", "postgres://h:5432/d?application_name=a@b"},
        {"postgres://u:geheim@h:5432/d", "postgres://u:***@h:5432/d"},
        {"postgres://u:@h/d", "postgres://u:***@h/d"},
        {"postgres://h/d?user=u&password=geheim&sslmode=require",
         "postgres://h/d?user=u&password=***&sslmode=require"},
        {"postgres://h/d?sslpassword=geheim", "postgres://h/d?sslpassword=***"},
        {"postgres://h/d?pass%77ord=geheim", "postgres://h/d?pass%77ord=***"},
        {"postgres://u:geheim@h1:1,h2:2/d", "postgres://u:***@h1:1,h2:2/d"},
        {"host=h password=geheim dbname=d", "host=h password=*** dbname=d"},
        {"host = h  password = 'ge heim' dbname=d", "host=h password=*** dbname=d"},
        {"password='it\\'s geheim' user=u", "password=*** user=u"},
        {"password=a\\ geheim user=u", "password=*** user=u"},
        {"sslkey=/etc/key host=h", "sslkey=/etc/key host=h"},
    };
    struct arena *arena = arena_new();

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        assert_string_equal(url_without_secrets(arena, cases[i].url), cases[i].shown);
    arena_free(arena);
}

/* Whatever is wrong with a URL, no part of the password comes out. */
static void test_malformed(void **state)
{
    static const char *const urls[] = {"postgres://u:ge@heim@h/d",
                                       "postgres://u:geheim/heim@h/d",
                                       "postgres://u:geheim?heim@h/d",
                                       "postgres://u:geheim#heim@h/d",
                                       "postgres://u:geheim:heim@h/d",
                                       "postgres://u:geheim heim@h/d",
                                       "host=h password=geheim heim dbname=d",
                                       "host=h password='geheim heim",
                                       "host=h password geheim heim",
                                       NULL};
    struct arena *arena = arena_new();

    (void)state;
    for (size_t i = 0; urls[i]; i++) {
        struct error error = {0};

        assert_null(strstr(url_without_secrets(arena, urls[i]), "heim"));
        assert_null(strstr(url_without_secrets(arena, urls[i]), "ge"));
        assert_true(pg_url_holds_secret(urls[i]));
        if (i == 4)
            continue; /* this one is well-formed: it would connect */
        assert_null(pg_connect(urls[i], &error));
        assert_int_equal(error.code, ERROR_CONNECTION);
        assert_null(strstr(error.message, "heim"));
        assert_null(strstr(error.hint, "heim"));
    }
    arena_free(arena);
}

/* Port 1 of this machine: nobody listens there. */
static void test_unreachable(void **state)
{
    struct error error = {0};

    (void)state;
    assert_null(pg_connect("postgres://u:geheim@127.0.0.1:1/d", &error));
    assert_int_equal(error.code, ERROR_CONNECTION);
    assert_non_null(strstr(error.message, "postgres://u:***@127.0.0.1:1/d"));
    assert_null(strstr(error.message, "geheim"));
    assert_null(strchr(error.message, '\n'));
    assert_string_not_equal(error.hint, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_is_url),
        cmocka_unit_test(test_shown),
        cmocka_unit_test(test_malformed),
        cmocka_unit_test(test_unreachable),
    };

    return RUN(tests);
}
