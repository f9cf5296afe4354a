/* "-- @renamed from=name": which object it belongs to. */
#include "interpreted.h"

struct annotation_case {
    const char *sql;
    const char
        *expected; /* "identity <- name", with "[label]" behind an enum; "" none; "error: text" */
};

static const char *print_requests(struct model *model)
{
    const char *text = "";

    for (size_t i = 0; i < model->rename_count; i++) {
        const struct rename_request *request = &model->renames[i];
        const struct object *object = request->object ? request->object : request->enumeration;

        text = arena_printf(model->arena, "%s%s%s%s%s%s <- %s", text, *text ? "; " : "",
                            identity_print(model->arena, object), request->label ? "[" : "",
                            request->label ? request->label : "", request->label ? "]" : "",
                            request->former_name);
    }
    return text;
}

static void check(const struct annotation_case *wanted)
{
    struct source_text source = {
        .file = "test.sql", .text = wanted->sql, .length = strlen(wanted->sql)};
    struct model *model = model_new("test");
    struct error error = {0};
    bool done = pg_interpret(&source, 1, model, &error);
    const char *got =
        done ? print_requests(model) : arena_printf(model->arena, "error: %s", error.message);

    if (strcmp(got, wanted->expected) != 0)
        fail_msg("%s\n<%s>, not <%s>", wanted->sql, got, wanted->expected);
    model_free(model);
}

#define TABLE "CREATE TABLE t (a int, b text);\n"

static void test_statements(void **state)
{
    static const struct annotation_case cases[] = {
        {"-- @renamed from=old\nCREATE TABLE t (a int);", "table public.t <- old"},
        {"-- why\n-- @renamed from=old\n-- more\n\nCREATE TABLE t (a int);",
         "table public.t <- old"},
        {"CREATE TABLE t ( -- @renamed from=old\n a int);", "table public.t <- old"},
        {"CREATE TABLE t /* @renamed from=old */ (a int);", "table public.t <- old"},
        {"CREATE TABLE t (a int); -- @renamed from=old", "table public.t <- old"},
        {"CREATE TABLE t (\na int\n) -- @renamed from=old\n;", "table public.t <- old"},
        {"-- @renamed from=\"Old \"\"T\"\n" TABLE, "table public.t <- Old \"T"},
        {"-- @renamed from=s.old\n" TABLE, "table public.t <- s.old"},
        {"-- @renamed from = old\n" TABLE, "table public.t <- old"},
        {"CREATE SCHEMA s; -- @renamed from=old", "schema s <- old"},
        {"CREATE INDEX i /* @renamed from=old */ ON t (a);\n" TABLE, "index public.t.i <- old"},
        {TABLE "CREATE INDEX i ON t (a, -- @renamed from=old\n b);", "index public.t.i <- old"},
        {"-- @renamed from=old\nCREATE VIEW v AS SELECT 1 AS a;", "view public.v <- old"},
        {"-- @renamed from=old\nCREATE MATERIALIZED VIEW v AS SELECT 1 AS a;",
         "materialized view public.v <- old"},
        {"-- @renamed from=old\nCREATE SEQUENCE s;", "sequence public.s <- old"},
        {"-- @renamed from=old\nCREATE DOMAIN d AS int;", "domain public.d <- old"},
        {"-- @renamed from=old\nCREATE FUNCTION f() RETURNS int LANGUAGE sql AS '';",
         "function public.f() <- old"},
        {TABLE "CREATE FUNCTION f() RETURNS trigger LANGUAGE sql AS '';\n"
               "-- @renamed from=old\n"
               "CREATE TRIGGER g BEFORE INSERT ON t EXECUTE FUNCTION f();",
         "trigger public.t.g <- old"},
        {TABLE "-- @renamed from=old\nCREATE POLICY p ON t;", "policy public.t.p <- old"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
        check(&cases[i]);
}

static void test_elements(void **state)
{
    static const struct annotation_case cases[] = {
        {"CREATE TABLE t (\n -- @renamed from=old\n a int,\n b int);", "column public.t.a <- old"},
        {"CREATE TABLE t (\n a int, -- @renamed from=old\n b int);", "column public.t.a <- old"},
        {"CREATE TABLE t (\n a int, b int -- @renamed from=old\n);", "column public.t.b <- old"},
        {"CREATE TABLE t (\n a numeric(10,\n 2) -- @renamed from=old\n);",
         "column public.t.a <- old"},
        {"CREATE TABLE t (a serial -- @renamed from=old\n);", "column public.t.a <- old"},
        {"CREATE TABLE t (\n a int PRIMARY KEY, -- @renamed from=old\n b int);",
         "column public.t.a <- old"},
        {"CREATE TABLE t (a int,\n CONSTRAINT c CHECK (a > 0) -- @renamed from=old\n);",
         "check constraint public.t.c <- old"},
        {"CREATE TABLE t (a int,\n -- @renamed from=old\n CONSTRAINT c UNIQUE (a));",
         "unique constraint public.t.c <- old"},
        {TABLE "-- @renamed from=old\nALTER TABLE t ADD CONSTRAINT c PRIMARY KEY (a);",
         "primary key public.t.c <- old"},
        {TABLE "ALTER TABLE t ADD COLUMN c int; -- @renamed from=old", "column public.t.c <- old"},
        {"CREATE TYPE p AS (\n a int, -- @renamed from=old\n b int);",
         "attribute public.p.a <- old"},
        {"CREATE TYPE e AS ENUM ('a', 'b', -- @renamed from=old\n 'c');",
         "enum public.e[b] <- old"},
        {"CREATE TYPE e AS ENUM (\n -- @renamed from='o d'\n 'a', 'b');",
         "enum public.e[a] <- o d"},
        {"CREATE TYPE e AS ENUM ( -- @renamed from=old\n 'a', 'b');", "enum public.e <- old"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
        check(&cases[i]);
}

static void test_none(void **state)
{
    static const struct annotation_case cases[] = {
        {"CREATE FUNCTION f() RETURNS text LANGUAGE sql AS $$ -- @renamed from=x\n $$;", ""},
        {"CREATE TABLE t (a text DEFAULT '-- @renamed from=x');", ""},
        {TABLE "-- @renamed from=old\n", "error: the annotation @renamed belongs to nothing"},
        {"CREATE TABLE t (a int\n-- @renamed from=old\n);",
         "error: the annotation @renamed belongs to nothing"},
        {TABLE "-- @renamed from=old\nCOMMENT ON TABLE t IS 'x';",
         "error: the annotation @renamed belongs to nothing"},
        {"-- @renamed from=\n" TABLE, "error: the annotation @renamed does not say from what"},
        {"-- @renamed to=x\n" TABLE, "error: the annotation @renamed does not say from what"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
        check(&cases[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_statements),
        cmocka_unit_test(test_elements),
        cmocka_unit_test(test_none),
    };

    (void)interpreted_check;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
