/* The interpreter's driver: how sources become statements, in which order they count, what is
 * skipped with which note, and what errors say. */
#include "interpreted.h"

#include <stdlib.h>

/* --- what is left of a file ------------------------------------------------------------------- */

static void test_psql_lines(void **state)
{
    static const struct interpreted_case cases[] = {
        {"\\restrict abc\nCREATE TABLE a (id int);\n\\unrestrict abc\n", {"table public.a"}},
        {"\\set ON_ERROR_STOP on\n\\echo don't 'quote\nCREATE TABLE a (id int);",
         {"table public.a"}},
        {"CREATE TABLE a (id int);\nCOPY a (id) FROM stdin;\n1\n;'\n\\.\nCREATE TABLE b (id int);",
         {"table public.a", "table public.b"}},
        {"COPY a FROM stdin WITH (FORMAT csv);\n$$\n\\.\n\nCREATE TABLE a (id int);\n",
         {"table public.a"}},
        {"CREATE TABLE a (t text DEFAULT E'\\\\');", {"table public.a"}},
        {"\xEF\xBB\xBF"
         "CREATE TABLE a (id int);",
         {"table public.a"}},
        {"\\connect other\nCREATE TABLE a (id int);", {"error: psql's command \\connect"}},
        {"SELECT 1 \\gexec\n", {"error: psql's command \\gexec"}},
        {"\\foo\n", {"error: psql's command \\foo is not understood"}},
        {"\\if true\n", {"error: psql's command \\if has no \\endif"}},
        {"\\else\n", {"error: \\else stands without its \\if"}},
        {"\\if 1\n\\else\n\\else\n\\endif\n", {"error: \\else stands behind \\else"}},
        {"\\if maybe\n\\endif\n", {"error: neither true nor false"}},
        {"\\if `test`\n\\endif\n", {"error: the condition of \\if is cannot be known"}},
        {"\\if 0\n\\if maybe\n\\foo\n\\endif\n\\i nothing\n\\elif 1\nCREATE TABLE a (id int);\n\\elif "
         "maybe\n\\endif\n",
         {"table public.a"}},
        {"\\i\n", {"error: names no file"}},
        {"CREATE TABLE a (id int); \\q\nCREATE TABLE b (id int);",
         {"table public.a", "! table public.b"}},
        {"CREATE TABLE a (id int) \\g\nCREATE TABLE b (id int) \\gx x.txt\n",
         {"table public.a", "table public.b"}},
        {"CREATE TABLE a (id int) \\; CREATE TABLE b (id int);",
         {"table public.a", "table public.b"}},
        {"", {NULL}},
        {"-- nothing\n", {NULL}},
    };

    (void)state;
    INTERPRETED_CHECK(cases);
}

static void test_psql_variables(void **state)
{
    static const struct interpreted_case cases[] = {
        {"\\set s app\nCREATE SCHEMA :s; CREATE TABLE :\"s\".:s (a text DEFAULT :'s');",
         {"table app.app", "default of column app.app.a | expression='app'"}},
        {"\\set x 'CREATE TABLE a (b int);\\n CREATE TABLE b (c int)'\n:x;",
         {"table public.a", "table public.b"}},
        {"\\set n 2\nCREATE TABLE a (b int[] DEFAULT (ARRAY[1,2])[1:n]);", {"table public.a"}},
        {"CREATE SCHEMA :s;", {"error: psql's variable s is not set"}},
        {"CREATE SCHEMA :'s';", {"error: psql's variable s is not set"}},
        {"\\unset s\nCREATE SCHEMA :\"s\";", {"error: psql's variable s is not set"}},
        {"\\prompt 'Which?' s\nCREATE SCHEMA :s;", {"error: what psql's variable s is"}},
        {"\\getenv s HOME\nCREATE SCHEMA :s;", {"error: what psql's variable s is"}},
        {"\\set s :USER\nCREATE SCHEMA :s;", {"error: what psql's variable s is"}},
        {"\\set s :s\n\\set s :s:s\nCREATE SCHEMA :s;", {"error: what psql's variable s is"}},
        {"\\set a-b 1\n", {"error: psql takes no variable of the name a-b"}},
        {"\\set a 'b\n", {"error: a quote of psql's command \\set is not closed"}},
    };

    (void)state;
    INTERPRETED_CHECK(cases);
}

/* Words that became keywords: what the newest parser does not take is read as of the youngest that does. */
static void test_keywords(void **state)
{
    static const struct interpreted_case cases[] = {
        {"CREATE FUNCTION f(json json) RETURNS json LANGUAGE sql AS ''",
         {"function public.f(json) | returns=json"}},
        {"CREATE TABLE system_user (json_array int); CREATE FUNCTION f(normalize text) RETURNS int "
         "LANGUAGE sql AS ''",
         {"table public.system_user", "function public.f(text)"}},
        {"CREATE TABLE system_user (x missing)", {"error: type missing does not exist"}},
        {"\\set s app\nCREATE SCHEMA :s; CREATE TABLE :s.system_user (x int, y int);",
         {"table app.system_user"}},
        {"CREATE FUNCTION f(json json) RETURNS json LANGUAGE sql AS '' nonsense",
         {"error: syntax error at or near \"json\""}},
    };

    (void)state;
    INTERPRETED_CHECK(cases);
}

/* --- order and search path -------------------------------------------------------------------- */

static void test_order(void **state)
{
    static const struct interpreted_case cases[] = {
        {"CREATE FUNCTION f(e) RETURNS d LANGUAGE sql AS ''; CREATE DOMAIN d AS e; "
         "CREATE TYPE e AS ENUM ('a')",
         {"function public.f(public.e) | returns=public.d"}},
        {"COMMENT ON TABLE s.a IS 'x'; CREATE TABLE s.a (id int); CREATE SCHEMA s",
         {"comment on table s.a | text=x"}},
        {"CREATE TABLE a (id int); CREATE TABLE a (id int)", {"error: declared twice"}},
        {"CREATE TABLE IF NOT EXISTS a (id int); CREATE TABLE IF NOT EXISTS a (x int)",
         {"column public.a.id", "! column public.a.x"}},
        {"CREATE INDEX i ON a (id); CREATE TABLE i (id int)", {"error: does not exist"}},
        {"CREATE TABLE i (id int); CREATE INDEX i ON i (id)",
         {"error: is taken by table public.i"}},
        {"CREATE TABLE a (x missing)", {"error: type missing does not exist"}},
        {"CREATE TABLE s.a (x int)", {"error: schema s does not exist"}},
        {"CREATE SCHEMA pg_x", {"error: not acceptable"}},
        {"CREATE SCHEMA s CREATE VIEW v AS SELECT x FROM t CREATE TABLE t (x int) "
         "CREATE INDEX i ON t (x)",
         {"view s.v", "table s.t", "index s.t.i"}},
    };

    (void)state;
    INTERPRETED_CHECK(cases);
}

static void test_search_path(void **state)
{
    static const struct interpreted_case cases[] = {
        {"CREATE SCHEMA s; SET search_path = s, public; CREATE TABLE a (id int)", {"table s.a"}},
        {"SET search_path TO s; CREATE TABLE a (id int); CREATE SCHEMA s", {"table s.a"}},
        {"SET search_path TO s, public; CREATE TABLE a (id int)", {"table public.a"}},
        {"SELECT pg_catalog.set_config('search_path', '', false); CREATE TABLE public.a (id int)",
         {"table public.a"}},
        {"SELECT pg_catalog.set_config('search_path', '', false); CREATE TABLE a (id int)",
         {"error: no schema has been selected"}},
        {"CREATE SCHEMA \"S 1\"; SELECT set_config('search_path', '\"S 1\", Public', false); "
         "CREATE TABLE a (id int); RESET search_path; CREATE TABLE a (id int)",
         {"table \"S 1\".a", "table public.a"}},
        {"CREATE SCHEMA s; SET search_path = \"$user\", s; CREATE TYPE e AS ENUM ('a'); "
         "SET search_path = public; CREATE TABLE a (x e)",
         {"error: type e does not exist"}},
    };

    (void)state;
    INTERPRETED_CHECK(cases);
}

static void test_roles(void **state)
{
    static const struct interpreted_case cases[] = {
        {"SET ROLE app; CREATE TABLE a (id int); RESET ROLE; CREATE TABLE b (id int)",
         {"owner of table public.a | role=app", "! owner of table public.b"}},
        {"SET SESSION AUTHORIZATION app; CREATE FUNCTION f() RETURNS int LANGUAGE sql AS ''; "
         "SET SESSION AUTHORIZATION DEFAULT; CREATE TYPE e AS ENUM ()",
         {"owner of function public.f() | role=app", "! owner of enum public.e"}},
    };

    (void)state;
    INTERPRETED_CHECK(cases);
}

/* --- notes ------------------------------------------------------------------------------------ */

static struct model *interpret(const char *sql)
{
    struct source_text source = {.file = "a.sql", .text = sql, .length = strlen(sql)};
    struct model *model = model_new("test");
    struct error error = {0};

    if (!pg_interpret(&source, 1, model, &error))
        fail_msg("%s: %d:%d: %s", sql, error.line, error.column, error.message);
    return model;
}

static void test_notes(void **state)
{
    static const struct {
        const char *sql;
        const char *note;
    } cases[] = {
        {"INSERT INTO a VALUES (1); SELECT 1; TRUNCATE a; ANALYZE", "4 data statements skipped"},
        {"SELECT setval('s', 1)", "1 data statement skipped"},
        {"DO $$ begin end $$", NULL},
        {"CREATE ROLE r", "1 statement on roles skipped: they belong to the whole cluster"},
        {"ALTER DATABASE d SET work_mem = 1; CREATE DATABASE x",
         "2 statements on a database itself skipped"},
        {"CREATE TEMP TABLE t (a int); CREATE INDEX ON t (a); ALTER TABLE t ADD b int",
         "1 temporary object skipped"},
#define LETTERS_62 "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghij"
        {"CREATE TABLE " LETTERS_62 "k (a int)", NULL},
        {"CREATE TABLE \n" LETTERS_62 "Kl (a int); COMMENT ON TABLE " LETTERS_62
         "kl IS '" LETTERS_62 "kl'",
         "a.sql:2: a name of more than 63 bytes, which the server cuts to " LETTERS_62 "k"},
        {"CREATE TABLE \"" LETTERS_62 "\xC3\xA4\" (a int)",
         "a.sql:1: a name of more than 63 bytes, which the server cuts to " LETTERS_62},
        {"SECURITY LABEL ON TABLE a IS 'x'", "1 security label skipped"},
        {"COMMENT ON SCHEMA pg_catalog IS 'x'; GRANT SELECT ON pg_catalog.pg_class TO r",
         "2 statements on objects of the server or of extensions skipped"},
        {"BEGIN; SET work_mem = 1; COMMIT; SET CONSTRAINTS ALL DEFERRED; CREATE EXTENSION plpgsql",
         NULL},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        struct model *model = interpret(cases[i].sql);

        assert_int_equal(model->notes.count, cases[i].note != NULL);
        if (cases[i].note)
            assert_string_equal(model->notes.items[0], cases[i].note);
        model_free(model);
    }
}

/* --- errors ----------------------------------------------------------------------------------- */

static void test_places(void **state)
{
    static const struct {
        const char *sql;
        int line;
        int column;
        const char *message;
        const char *hint;
    } cases[] = {
        {"CREATE TABLE a (\n  id int,\n  x ütf\n);", 3, 5, "type ütf does not exist", ""},
        {"CREATE TABLE a (id int);\n\nCREATE TABEL b ();", 3, 8, "syntax error", ""},
        {"CREATE TABLE orders (id int);\nCOMMENT ON TABLE order_s IS 'x';", 2, 18,
         "relation order_s does not exist", "Did you mean table public.orders?"},
        {"CREATE TABLE a (amount int);\nCOMMENT ON COLUMN a.amuont IS 'x';", 2, 21,
         "column \"amuont\" of table public.a does not exist", "Did you mean \"amount\"?"},
        {"CREATE TYPE mood AS ENUM ('a');\nALTER TYPE moood ADD VALUE 'x';", 2, 12,
         "enum moood does not exist", "Did you mean enum public.mood?"},
        {"CREATE SCHEMA billing;\nCREATE TABLE biling.a (id int);", 2, 14,
         "schema biling does not exist", "Did you mean schema billing?"},
        {"CREATE TYPE e AS ENUM ('a');\n-- here\nCREATE TYPE e AS ENUM ('b');", 3, 13,
         "enum public.e is declared twice", "The other declaration is at a.sql:1."},
        {"SELECT a INTO t FROM u;", 1, 1, "columns of table t cannot be known: no relation u",
         "Write CREATE TABLE with its columns"},
        {"CREATE TABLE t AS EXECUTE p;", 1, 1, "only a prepared statement", "materialized view"},
        {"DROP TABLE t; CREATE TABLE t (a int);", 1, 12, "table t does not exist",
         "DROP counts at its place"},
        {"CREATE FUNCTION f(int) RETURNS int LANGUAGE sql AS ''; COMMENT ON FUNCTION f(text) IS 'x'",
         1, 76, "function f(text) does not exist", "There is f(integer)."},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        struct source_text source = {
            .file = "a.sql", .text = cases[i].sql, .length = strlen(cases[i].sql)};
        struct model *model = model_new("test");
        struct error error = {0};

        assert_false(pg_interpret(&source, 1, model, &error));
        if (!strstr(error.message, cases[i].message) || !strstr(error.hint, cases[i].hint) ||
            error.line != cases[i].line || error.column != cases[i].column)
            fail_msg("%s\n%d:%d: %s (%s)", cases[i].sql, error.line, error.column, error.message,
                     error.hint);
        assert_string_equal(error.file, "a.sql");
        model_free(model);
    }
}

/* --- several files ---------------------------------------------------------------------------- */

static char *include_file(void *context, const char *from_file, const char *path, bool relative,
                          size_t *length, struct error *error)
{
    const char *text = "CREATE TABLE included (id int);\nSET search_path = s;\n";
    const char *wanted = context;
    char *copy;

    if (strcmp(path, "loop.sql") == 0) {
        text = "\\i loop.sql\n";
        wanted = path;
    }
    if (strcmp(path, wanted) != 0 || (wanted != path && strcmp(from_file, "dir/main.sql") != 0) ||
        (wanted != path && !relative)) {
        error_set(error, ERROR_IO, "cannot read %s", path);
        return NULL;
    }
    *length = strlen(text);
    copy = memory_alloc(*length + 1);
    memcpy(copy, text, *length + 1);
    return copy;
}

static bool interpret_including(const char *sql, struct model *model, struct error *error)
{
    char wanted[] = "other file.sql";
    struct source_text source = {.file = "dir/main.sql",
                                 .text = sql,
                                 .length = strlen(sql),
                                 .include = include_file,
                                 .include_context = wanted};

    return pg_interpret(&source, 1, model, error);
}

static void test_includes(void **state)
{
    struct model *model = model_new("test");
    struct error error = {0};

    (void)state;
    assert_true(interpret_including(
        "CREATE SCHEMA s;\nCREATE TABLE before (id int);\n\\ir 'other file.sql'\n"
        "CREATE TABLE after (id int);\n",
        model, &error));
    assert_non_null(interpreted_find(model, "table public.before"));
    assert_non_null(interpreted_find(model, "table s.after"));
    assert_string_equal(interpreted_find(model, "table public.included")->location.file,
                        "dir/other file.sql");
    model_free(model);
}

static void test_bad_includes(void **state)
{
    struct model *model = model_new("test");
    struct error error = {0};

    (void)state;
    assert_false(interpret_including("SELECT 1;\n\\i nowhere.sql\n", model, &error));
    assert_string_equal(error.message, "cannot read nowhere.sql");
    assert_int_equal(error.line, 2);
    model_free(model);
    model = model_new("test");
    error = (struct error){0};
    assert_false(interpret_including("\\i loop.sql\n", model, &error));
    assert_non_null(strstr(error.message, "include each other"));
    model_free(model);
}

/* Files stand on their own: each begins with the default search path; names count across all. */
static void test_files(void **state)
{
    static const char *const texts[] = {
        "CREATE VIEW v AS SELECT x FROM t; COMMENT ON TABLE s.t IS 'x'; SET search_path = s;",
        "CREATE TABLE u (x s.e);", "CREATE SCHEMA s; CREATE TABLE s.t (x s.e);",
        "CREATE TYPE s.e AS ENUM ('a');"};
    struct source_text sources[4];
    struct model *model = model_new("test");
    struct error error = {0};

    (void)state;
    for (size_t i = 0; i < 4; i++)
        sources[i] =
            (struct source_text){.file = "x.sql", .text = texts[i], .length = strlen(texts[i])};
    assert_true(pg_interpret(sources, 4, model, &error));
    assert_non_null(interpreted_find(model, "table public.u"));
    assert_non_null(interpreted_find(model, "comment on table s.t"));
    model_free(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_psql_lines),  cmocka_unit_test(test_psql_variables),
        cmocka_unit_test(test_keywords),    cmocka_unit_test(test_order),
        cmocka_unit_test(test_search_path), cmocka_unit_test(test_roles),
        cmocka_unit_test(test_notes),       cmocka_unit_test(test_places),
        cmocka_unit_test(test_includes),    cmocka_unit_test(test_bad_includes),
        cmocka_unit_test(test_files),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
