/* Secrets in SQL: each place where one can stand is hidden and comes back as it was, and nothing else is touched
 * (core/secret/secret.c over core/secret/scan.c, which cuts the texts). */
#include "../support.h"

#include <stdlib.h>
#include <string.h>

#include "core/secret/secret.h"
#include "core/secret/sha256.h"
#include "core/secret/vault.h"

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

static const char *hide(enum secret_syntax syntax, const char *sql)
{
    size_t length = strlen(sql);

    return secret_hide(arena, syntax, sql, &length);
}

/* Each with "geheim" in a place of its own. */
static const char *const postgres[] = {
    "CREATE USER MAPPING FOR app SERVER s OPTIONS (user 'u', password 'geheim')",
    "create user mapping if not exists for public server s options (\"password\" 'geheim')",
    "ALTER USER MAPPING FOR app SERVER s OPTIONS (SET password 'geheim', ADD sslpassword 'geheim2')",
    "CREATE USER MAPPING FOR app SERVER s OPTIONS (whatever $$geheim$$)",
    "CREATE USER MAPPING FOR app SERVER s OPTIONS (password E'geheim\\\\x')",
    "CREATE USER MAPPING FOR app SERVER s OPTIONS (password U&'geheim\\00e4')",
    "CREATE SERVER s FOREIGN DATA WRAPPER w OPTIONS (host 'h', password 'geheim')",
    "CREATE SERVER s FOREIGN DATA WRAPPER w OPTIONS (connstr 'host=h password=geheim')",
    "ALTER SERVER s OPTIONS (ADD api_key 'geheim', SET passfile 'geheim')",
    "CREATE FOREIGN TABLE t (a int) SERVER s OPTIONS (secret 'geheim')",
    "CREATE FOREIGN TABLE t (a int) SERVER s OPTIONS (url 'https://u:geheim@h/x')",
    "CREATE FOREIGN DATA WRAPPER w OPTIONS (token 'geheim')",
    "CREATE SUBSCRIPTION s CONNECTION 'host=h password=geheim dbname=d' PUBLICATION p",
    "CREATE SUBSCRIPTION s CONNECTION 'host=h password = ''geheim und so'' dbname=d' PUBLICATION p",
    "ALTER SUBSCRIPTION s CONNECTION 'postgresql://u:geheim@h/d?sslmode=require'",
    "ALTER SUBSCRIPTION s CONNECTION 'postgresql://h/d?user=u&password=geheim&a=b'",
    "CREATE SUBSCRIPTION s CONNECTION 'host=h passfile=/geheim' PUBLICATION p",
    "CREATE SUBSCRIPTION s CONNECTION 'host=h password=geheim wrong' PUBLICATION p",
    "CREATE ROLE r LOGIN PASSWORD 'geheim'",
    "CREATE USER u WITH ENCRYPTED PASSWORD 'geheim' VALID UNTIL 'infinity'",
    "ALTER ROLE r PASSWORD 'SCRAM-SHA-256$4096:geheim'",
    "CREATE VIEW v AS SELECT * FROM dblink('dbname=d password=geheim', 'SELECT 1') t(a int)",
    "CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $f$ BEGIN PERFORM dblink_connect('c', "
    "'host=h password=geheim'); RETURN 1; END $f$",
    "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT dblink_exec(''password=geheim'', ''x'')'",
    "CREATE PROCEDURE p() LANGUAGE plpgsql AS $$ BEGIN EXECUTE 'ALTER ROLE r PASSWORD ''geheim'''; END $$",
    "CREATE PROCEDURE p() LANGUAGE plpgsql AS $$ BEGIN ALTER ROLE r PASSWORD 'geheim'; END $$",
    "CREATE TABLE t (a text DEFAULT 'postgresql://u:geheim@h/d')",
    "DO $$ BEGIN CREATE USER MAPPING FOR a SERVER s OPTIONS (password 'geheim'); END $$",
    "SELECT 1; CREATE ROLE r PASSWORD 'geheim'; SELECT 2",
    "/* a */ CREATE -- b\n ROLE r PASSWORD 'geheim'",
};

static const char *const mysql[] = {
    "CREATE USER u@'%' IDENTIFIED BY 'geheim'",
    "CREATE USER u IDENTIFIED BY \"geheim\"",
    "ALTER USER u IDENTIFIED WITH mysql_native_password AS '*geheim' REQUIRE SSL",
    "ALTER USER u IDENTIFIED WITH 'caching_sha2_password' BY 'geheim' REPLACE 'geheim0'",
    "CREATE USER u IDENTIFIED BY PASSWORD '*geheim'",
    "CREATE USER u IDENTIFIED VIA ed25519 USING 'geheim' OR unix_socket",
    "CREATE USER u IDENTIFIED VIA ed25519 USING PASSWORD('geheim')",
    "GRANT SELECT ON a.* TO u IDENTIFIED BY 'geheim'",
    "SET PASSWORD FOR u = 'geheim'",
    "SET PASSWORD = PASSWORD('geheim')",
    "SET PASSWORD FOR 'u'@'h' = PASSWORD('geheim')",
    "CREATE SERVER s FOREIGN DATA WRAPPER mysql OPTIONS (USER 'u', PASSWORD 'geheim', HOST 'h')",
    "ALTER SERVER s OPTIONS (PASSWORD 'geheim')",
    "CREATE TABLE t (a int) ENGINE=FEDERATED CONNECTION='mysql://u:geheim@h:3306/d/t'",
    "CREATE TABLE t (a int) ENGINE=SPIDER COMMENT='wrapper \"mysql\", user \"u\", password \"geheim\"'",
    "CREATE TABLE t (a int) ENGINE=CONNECT CONNECTION='DSN=d;UID=u;PWD=geheim' TABLE_TYPE=ODBC",
    "CREATE TABLE t (a int) ENGINE=CONNECT OPTION_LIST='User=u,Password=geheim'",
    "CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO CHANGE MASTER TO MASTER_HOST='h', MASTER_PASSWORD='geheim'",
    "CREATE PROCEDURE p() BEGIN CHANGE REPLICATION SOURCE TO SOURCE_PASSWORD = 'geheim'; END",
    "CREATE PROCEDURE p() BEGIN IF a THEN ALTER USER u IDENTIFIED BY 'geheim'; END IF; END",
    "CREATE PROCEDURE p() BEGIN PREPARE s FROM 'ALTER USER u IDENTIFIED BY ''geheim'''; END",
    "START SLAVE USER='u' PASSWORD='geheim'",
    "/*!50003 CREATE*/ /*!50020 DEFINER=`r`@`%`*/ USER u IDENTIFIED BY 'geheim'",
};

static void check_hidden(enum secret_syntax syntax, const char *sql)
{
    const char *hidden = hide(syntax, sql);
    const char *restored;
    const char *missing;

    if (strstr(hidden, "geheim") || !vault_token_in(hidden))
        fail_msg("%s", hidden);
    if (hide(syntax, hidden) != hidden && strcmp(hide(syntax, hidden), hidden) != 0)
        fail_msg("%s", hide(syntax, hidden));
    assert_null(strstr(vault_shown(arena, hidden), "{secret-"));
    restored = secret_restore(arena, syntax, hidden, &missing);
    assert_non_null(restored);
    assert_null(vault_token_in(restored));
    assert_string_equal(hide(syntax, restored), hidden);
    if (!strstr(sql, "U&"))
        assert_string_equal(restored, sql);
}

static void test_places(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(postgres) / sizeof(*postgres); i++)
        check_hidden(SECRET_POSTGRES, postgres[i]);
    for (size_t i = 0; i < sizeof(mysql) / sizeof(*mysql); i++)
        check_hidden(SECRET_MYSQL, mysql[i]);
}

/* What looks alike and is none. */
static void test_plain(void **state)
{
    static const char *const texts[] = {
        "CREATE TABLE users (password text DEFAULT 'x', token text CHECK (token <> ''))",
        "CREATE VIEW v AS SELECT * FROM users WHERE password = 'x' AND password_changed_at = '2020-01-01'",
        "COMMENT ON COLUMN users.password IS 'the password of a user'",
        "CREATE TYPE t AS ENUM ('password', 'token')",
        "CREATE ROLE r PASSWORD NULL VALID UNTIL '2030-01-01'",
        "CREATE USER MAPPING FOR app SERVER s OPTIONS (user 'u', password_required 'false')",
        "CREATE FUNCTION f(password text) RETURNS text LANGUAGE sql AS $$ SELECT 'password=' || password $$",
        "CREATE FUNCTION f(p text) RETURNS text LANGUAGE sql AS $$ SELECT format('password=%s', p) $$",
        "CREATE SERVER s FOREIGN DATA WRAPPER w OPTIONS (host 'h', dbname 'd')",
        "ALTER SUBSCRIPTION s CONNECTION 'host=h user=u'",
        "CREATE TABLE t (a text DEFAULT 'https://example.com/a')",
        "SELECT 'it''s' AS password, $1, $$ ${HOME} $$",
        "CREATE VIEW v AS SELECT '${HOME}' AS a",
        "CREATE TABLE t (k text PRIMARY KEY) COMMENT='tokens'",
    };
    static const char variable[] = "CREATE USER MAPPING FOR a SERVER s OPTIONS (password :'name')";

    (void)state;
    assert_string_equal(hide(SECRET_POSTGRES, variable), variable);
    for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
        assert_string_equal(hide(SECRET_POSTGRES, texts[i]), texts[i]);
        assert_string_equal(hide(SECRET_MYSQL, texts[i]), texts[i]);
    }
}

static void test_variables(void **state)
{
    const char *sql = "CREATE ROLE r PASSWORD '${PLUMB_TEST_SECRET}'";
    const char *missing = NULL;
    const char *unset;
    const char *set;

    (void)state;
    unsetenv("PLUMB_TEST_SECRET");
    unset = hide(SECRET_POSTGRES, sql);
    assert_true(vault_is_unknown(vault_token_in(unset)));
    assert_string_equal(vault_shown(arena, unset), sql);
    assert_null(secret_restore(arena, SECRET_POSTGRES, unset, &missing));
    assert_string_equal(missing, "PLUMB_TEST_SECRET");
    setenv("PLUMB_TEST_SECRET", "it's\\geheim", 1);
    set = hide(SECRET_POSTGRES, sql);
    assert_string_not_equal(set, unset);
    assert_string_equal(vault_shown(arena, set), sql);
    assert_string_equal(secret_restore(arena, SECRET_POSTGRES, set, &missing),
                        "CREATE ROLE r PASSWORD E'it''s\\\\geheim'");
    assert_string_equal(secret_restore(arena, SECRET_POSTGRES, unset, &missing),
                        "CREATE ROLE r PASSWORD E'it''s\\\\geheim'");
    set = hide(SECRET_POSTGRES, "ALTER SUBSCRIPTION s CONNECTION 'password=${PLUMB_TEST_SECRET}'");
    assert_string_equal(secret_restore(arena, SECRET_POSTGRES, set, &missing),
                        "ALTER SUBSCRIPTION s CONNECTION E'password=it\\\\''s\\\\\\\\geheim'");
    unsetenv("PLUMB_TEST_SECRET");
}

/* Equal secrets are equal under each key, however they are spelled, and differ under two. */
static void test_keys(void **state)
{
    char keys[2][VAULT_KEY_LENGTH + 1];
    const char *texts[3];
    char *before;
    const char *missing;

    (void)state;
    vault_new_key(keys[0]);
    vault_new_key(keys[1]);
    assert_string_not_equal(keys[0], keys[1]);
    texts[0] = hide(SECRET_POSTGRES, "CREATE ROLE r PASSWORD 'schluessel'");
    texts[1] = hide(SECRET_POSTGRES, "CREATE ROLE r PASSWORD E'schl\\x75essel'");
    texts[2] = hide(SECRET_POSTGRES, "CREATE ROLE r PASSWORD 'anders'");
    assert_string_equal(vault_token_in(texts[0]), vault_token_in(texts[1]));
    assert_string_not_equal(texts[0], texts[2]);
    before = strdup(arena_printf(arena, "x%sx", texts[0] + 1));
    vault_rekey(arena, keys[0]);
    assert_string_not_equal(texts[0] + 1, before + 1);
    assert_string_not_equal(texts[0], texts[2]);
    assert_string_equal(secret_restore(arena, SECRET_POSTGRES, texts[0], &missing),
                        "CREATE ROLE r PASSWORD 'schluessel'");
    vault_rekey(arena, keys[1]);
    vault_rekey(arena, vault_key());
    before[strlen(before) - 1] = '\0';
    assert_string_equal(texts[0] + 1, before + 1);
    free(before);
    assert_string_equal(vault_without(arena, "refused: schluessel, anders"), "refused: ***, ***");
}

/* The examples of FIPS 180-4, RFC 4231 and RFC 7914. */
static void test_digests(void **state)
{
    static const unsigned char of_abc[] = {0xba, 0x78, 0x16, 0xbf, 0x8f, 0x01, 0xcf, 0xea};
    static const unsigned char of_jefe[] = {0x5b, 0xdc, 0xc1, 0x46, 0xbf, 0x60, 0x75, 0x4e};
    static const unsigned char of_passwd[] = {0x55, 0xac, 0x04, 0x6e, 0x56, 0xe3, 0x08, 0x9f};
    unsigned char digest[SHA256_LENGTH];

    (void)state;
    sha256("abc", 3, digest);
    assert_memory_equal(digest, of_abc, sizeof(of_abc));
    hmac_sha256("Jefe", 4, "what do ya want for nothing?", 28, digest);
    assert_memory_equal(digest, of_jefe, sizeof(of_jefe));
    pbkdf2_sha256("passwd", 6, "salt", 4, 1, digest);
    assert_memory_equal(digest, of_passwd, sizeof(of_passwd));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_places, begin, end),
        cmocka_unit_test_setup_teardown(test_plain, begin, end),
        cmocka_unit_test_setup_teardown(test_variables, begin, end),
        cmocka_unit_test_setup_teardown(test_keys, begin, end),
        cmocka_unit_test_setup_teardown(test_digests, begin, end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
