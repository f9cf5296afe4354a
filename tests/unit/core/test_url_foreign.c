/* URLs of other tools (core/url_foreign.c). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "core/url.h"
#include "core/url_foreign.h"
#include "../support.h"

static const struct url_rule rules[] = {{"pool", URL_UNUSED, NULL},
                                        {"app_name", URL_RENAMED, "name"},
                                        {"ssl", URL_FLAG, "tls=yes"},
                                        {"path", URL_SETTING, "search_path"},
                                        {"bouncer", URL_REFUSED, "Go past it."},
                                        {NULL, URL_UNUSED, NULL}};

static void test_schemes(void **state)
{
    (void)state;
    assert_string_equal(url_behind_scheme("postgresql://h/d", "postgresql"), "//h/d");
    assert_string_equal(url_behind_scheme("postgresql+psycopg2://h/d", "postgresql"), "//h/d");
    assert_string_equal(url_behind_scheme("JDBC:MySQL://h/d", "mysql"), "//h/d");
    assert_string_equal(url_behind_scheme("jdbc:postgresql:d", "postgresql"), "d");
    assert_null(url_behind_scheme("postgresqlx://h", "postgresql"));
    assert_null(url_behind_scheme("postgresql", "postgresql"));
    assert_null(url_behind_scheme("postgresql+a/b://h", "postgresql"));
    assert_null(url_behind_scheme("jdbc:", "mysql"));
}

static void test_parameters(void **state)
{
    static const struct {
        const char *given;
        const char *wanted; /* NULL: refused */
    } cases[] = {
        {"//h/d", "//h/d"},
        {"//h/d?", "//h/d"},
        {"//h/d?pool=3", "//h/d"},
        {"//h/d?POOL=3&other=x&App-Name=a%20b", "//h/d?other=x&name=a%20b"},
        {"//h/d?ssl=true&x=1", "//h/d?tls=yes&x=1"},
        {"//h/d?ssl=false", "//h/d"},
        {"//h/d?path=a", "//h/d?options=-c%20search_path%3Da"},
        {"//h/d?options=-cx%3D1&path=a&y=2", "//h/d?y=2&options=-cx%3D1%20-c%20search_path%3Da"},
        {"//h/d?bouncer=true", NULL},
        {"//h/d?bouncer", NULL},
        {"//h/d?bouncer=false&z=1", "//h/d?z=1"},
        {"//u:p?bouncer=true@h/d?pool=1", "//u:p?bouncer=true@h/d"},
    };
    struct arena *arena = arena_new();

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        struct error error = {0};
        const char *result = url_translate(arena, cases[i].given, rules, "shown", &error);

        if (cases[i].wanted) {
            assert_non_null(result);
            assert_string_equal(result, cases[i].wanted);
        } else {
            assert_null(result);
            assert_non_null(strstr(error.message, "the URL shown has a parameter \"bouncer\""));
            assert_string_equal(error.hint, "Go past it.");
        }
    }
    arena_free(arena);
}

static void test_no_secret_is_shown(void **state)
{
    struct arena *arena = arena_new();

    (void)state;
    assert_string_equal(
        url_without_secrets(arena, "jdbc:postgresql://me:geheim@h/d?user=u&password=geheim"),
        "jdbc:postgresql://me:***@h/d?user=u&password=***");
    assert_string_equal(url_without_secrets(arena, "postgresql+asyncpg://me@h/d"),
                        "postgresql+asyncpg://me@h/d");
    assert_string_equal(url_without_secrets(arena, "mysql+pymysql://me:geheim@h/d"),
                        "mysql+pymysql://me:***@h/d");
    assert_string_equal(url_without_secrets(arena, "exec:tool --password geheim"), "exec:tool ...");
    assert_string_equal(url_without_secrets(arena, "exec:PGPASSWORD=geheim tool"), "exec:...");
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_schemes),
        cmocka_unit_test(test_parameters),
        cmocka_unit_test(test_no_secret_is_shown),
    };

    return RUN(tests);
}
