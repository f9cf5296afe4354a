/* Texts without secrets: whatever a URL should have been, its password does not come out. */
#include "../support.h"

#include <string.h>

#include "core/error.h"
#include "core/url.h"

static struct arena *arena;

static int begin(void **state)
{
    (void)state;
    arena = arena_new();
    return 0;
}

static int end(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

/* What holds no secret stays as it is. */
static void test_plain(void **state)
{
    static const char *const texts[] = {"",
                                        "schemas/a.sql",
                                        "a,b.sql",
                                        "git:main:schemas",
                                        "git:v1@{2}:a",
                                        "empty:",
                                        "recorded:prod",
                                        "recorded:postgresql://u@h/d",
                                        "postgresql://u@h:5432/d",
                                        "mysql://h",
                                        "postgresql://[::1]:5432/d",
                                        "postgresql://h1:1,h2:2/d?sslmode=require",
                                        "postgresql:///d?host=/tmp",
                                        "C:/schemas/a.sql",
                                        "prod",
                                        "a@b.sql",
                                        "host=h user=u dbname=d",
                                        "mysql://u@h/d?ssl-mode=REQUIRED"};

    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
        assert_string_equal(url_without_secrets(arena, texts[i]), texts[i]);
}

/* Each with "geheim" where a password is, or may be. */
static const char *const secret[] = {"pgsql://u:geheim@h/d",
                                     "jdbc:postgresql://u:geheim@h/d",
                                     "postgresql:/u:geheim@h/d",
                                     "postgresql:u:geheim@h/d",
                                     "postgresql//u:geheim@h",
                                     "postgresql ://u:geheim@h",
                                     "://u:geheim@h",
                                     "//u:geheim@h/d",
                                     "u:geheim@h/d",
                                     "u:geheim@tcp(h:3306)/d",
                                     "mysql:root:geheim@h",
                                     "mysql:root:geheim",
                                     "mysql://root:geheim",
                                     "mysql://root:geheim/d",
                                     "postgresql://u:geheim/heim@h/d",
                                     "postgresql://u:12/geheim@h",
                                     "postgresql://geheim@geheim@h/d",
                                     "https://geheim@example.org/x",
                                     "postgresql://h/d?options=-c%20x.geheim",
                                     "postgresql://h/d?passfile=/geheim",
                                     "postgresql://h/d?pasword=geheim",
                                     "postgresql://h/d?geheim",
                                     "postgresql://h/d?a=b;password=geheim",
                                     "host=h options='-c a=geheim' dbname=d",
                                     "host=h passfile=/geheim",
                                     "host=h pasword=geheim",
                                     "host=h;password=geheim",
                                     "host=h password=geheim",
                                     "dbname=postgresql://u:geheim@h",
                                     "recorded:pgsql://u:geheim@h",
                                     "a.sql,postgresql://u:geheim@h/d",
                                     "redis://:geheim@h",
                                     "postgresql+psycopg://u:geheim@h/d",
                                     "PostgreSQL://u:geheim@h/d",
                                     "git://u:geheim@h/x"};

static void assert_hidden(const char *shown, const char *text)
{
    if (strstr(shown, "geheim"))
        fail_msg("%s is shown as %s", text, shown);
    assert_non_null(strstr(shown, "***"));
}

static void test_alone(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(secret) / sizeof(*secret); i++) {
        const char *shown = url_without_secrets(arena, secret[i]);

        assert_hidden(shown, secret[i]);
        assert_string_equal(url_without_secrets(arena, shown), shown); /* nothing more to hide */
    }
    assert_hidden(url_without_secrets(arena, "postgresql:/u:ge heim geheim@h/d"), "with blanks");
}

/* In the middle of what somebody says. */
static void test_in_a_text(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(secret) / sizeof(*secret); i++) {
        static const char *const around[][2] = {{"", ""},
                                                {"no such file: ", ""},
                                                {"\"", "\" is no URL"},
                                                {"cannot connect to ", ": timeout"}};
        struct error error = {0};

        if (strchr(secret[i], ' ') || strstr(secret[i], "pasword=geheim") ||
            strchr(secret[i], ';') || strncmp(secret[i], "dbname", 6) == 0)
            continue; /* a sentence may hold such words */
        for (size_t j = 0; j < sizeof(around) / sizeof(*around); j++) {
            const char *text = arena_printf(arena, "%s%s%s", around[j][0], secret[i], around[j][1]);

            assert_hidden(text_without_secrets(arena, text), text);
        }
        error_set(&error, ERROR_USAGE, "what is %s?", secret[i]);
        error_hint(&error, "Perhaps not %s.", secret[i]);
        assert_hidden(error.message, secret[i]);
        assert_hidden(error.hint, secret[i]);
    }
}

static void test_values(void **state)
{
    static const char *const texts[] = {"--password=geheim",
                                        "PASSWORD 'geheim'",
                                        "OPTIONS (user 'u', password 'geheim')",
                                        "CONNECTION 'host=h password=geheim'",
                                        "IDENTIFIED BY 'geheim'",
                                        "sslpassword = geheim",
                                        "PGPASSWORD=geheim psql",
                                        "api_key=geheim",
                                        "mysql://u:a geheim@h: no such host"};
    static const char *const plain[] = {"column \"password\" of table users",
                                        "a table named secret",
                                        "password text NOT NULL",
                                        "see https://example.org:8080/x for more",
                                        "12:30:45 by anna@example.org",
                                        "a:b and c@d",
                                        "'root'@'localhost'",
                                        "hint: write `a@b`",
                                        "schemas/a.sql:3:11",
                                        "git:main@{1}:a is no state"};

    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
        assert_hidden(text_without_secrets(arena, texts[i]), texts[i]);
    for (size_t i = 0; i < sizeof(plain) / sizeof(*plain); i++)
        assert_string_equal(text_without_secrets(arena, plain[i]), plain[i]);
}

/* The line that an error quotes; the caret only where it still stands right. */
static void test_source(void **state)
{
    static const char text[] = "a\nx: postgresql://u:geheim@h/d y\n";
    struct error before = {0};
    struct error behind = {0};

    (void)state;
    error_place(&before, "f", text, strlen(text), 5);
    assert_hidden(before.source, text);
    assert_int_equal(before.caret, before.column);
    error_place(&behind, "f", text, strlen(text), strlen(text) - 2);
    assert_int_equal(behind.line, 2);
    assert_int_equal(behind.column, 30);
    assert_int_equal(behind.caret, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_plain),     cmocka_unit_test(test_alone),
        cmocka_unit_test(test_in_a_text), cmocka_unit_test(test_values),
        cmocka_unit_test(test_source),
    };

    return cmocka_run_group_tests(tests, begin, end);
}
