/* The analyzer without a server: pairs of texts that must, and that must not, have one canonical form; the
 * text for DDL; dependencies; renames; and input that makes no sense. tests/fixtures.py compares with real
 * servers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buffer.h"
#include "postgres/canon/canon.h"
#include "postgres/facts/universe.h"
#include "postgres/types/types.h"

struct fixture {
    struct arena *arena;
    struct pg_universe *universe;
    struct pg_relation *users;
    struct pg_relation *orders;
};

static const struct pg_type *type(struct fixture *fixture, const char *name)
{
    struct error error = {0};
    int32_t typmod;
    const struct pg_type *found = pg_resolve_type(fixture->universe, name, &typmod, &error);

    if (!found)
        print_error("%s: %s\n", name, error.message);
    assert_non_null(found);
    return found;
}

/* "name type, name type" */
static struct pg_relation *add_relation(struct fixture *fixture, const char *schema,
                                        const char *name, const char *definition)
{
    struct pg_column *columns = ARENA_ARRAY(fixture->arena, struct pg_column, 32);
    char *copy = arena_strdup(fixture->arena, definition), *state = NULL;
    int count = 0;

    for (char *item = strtok_r(copy, ",", &state); item; item = strtok_r(NULL, ",", &state)) {
        struct error error = {0};
        char *blank;

        item += strspn(item, " ");
        blank = strchr(item, ' ');
        *blank = '\0';
        columns[count].name = item;
        columns[count].type =
            pg_resolve_type(fixture->universe, blank + 1, &columns[count].typmod, &error);
        assert_non_null(columns[count++].type);
    }
    return pg_universe_add_relation(fixture->universe, (struct pg_relation){.schema = schema,
                                                                            .name = name,
                                                                            .kind = 'r',
                                                                            .columns = columns,
                                                                            .column_count = count,
                                                                            .user = true});
}

static void add_function(struct fixture *fixture, const char *schema, const char *name,
                         const char *argument, const char *result)
{
    const struct pg_type **types = ARENA_ARRAY(fixture->arena, const struct pg_type *, 1);

    types[0] = type(fixture, argument);
    pg_universe_add_function(fixture->universe,
                             (struct pg_function){.schema = schema,
                                                  .name = name,
                                                  .kind = 'f',
                                                  .argument_count = 1,
                                                  .argument_types = types,
                                                  .result = type(fixture, result),
                                                  .user = true});
}

static int set_up(void **state)
{
    static const char *const key[] = {"id", NULL};
    struct fixture *fixture = test_calloc(1, sizeof(*fixture));

    fixture->arena = arena_new();
    fixture->universe = pg_universe_new(fixture->arena, 0);
    pg_universe_add_type(fixture->universe, (struct pg_type){.schema = "public",
                                                             .name = "status",
                                                             .type_class = PG_TYPE_ENUM,
                                                             .base_typmod = -1,
                                                             .user = true});
    pg_universe_add_type(fixture->universe, (struct pg_type){.schema = "public",
                                                             .name = "email",
                                                             .type_class = PG_TYPE_DOMAIN,
                                                             .base = type(fixture, "text"),
                                                             .base_typmod = -1,
                                                             .user = true});
    fixture->users = add_relation(
        fixture, "public", "users",
        "id bigint, name varchar(40), age integer, ok boolean, state status, born date, created timestamptz, "
        "amount numeric, data jsonb, tags text[], mail email, nick text, small smallint");
    fixture->users->primary_key = key;
    fixture->orders =
        add_relation(fixture, "public", "orders",
                     "id integer, user_id bigint, total numeric, kind varchar, note text");
    add_relation(fixture, "app", "events", "id integer, at timestamp");
    add_function(fixture, "public", "check_age", "integer", "boolean");
    add_function(fixture, "app", "hidden", "text", "text");
    pg_universe_add_relation(
        fixture->universe,
        (struct pg_relation){.schema = "public", .name = "numbers", .kind = 'S', .user = true});
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;

    arena_free(fixture->arena);
    test_free(fixture);
    return 0;
}

static struct pg_analysis expression(struct fixture *fixture, const char *text, const char *target)
{
    struct pg_scope scope = {.relation = fixture->users, .value_typmod = -1, .target_typmod = -1};
    struct pg_analysis analysis;
    struct error error = {0};

    if (target)
        scope.target = pg_resolve_type(fixture->universe, target, &scope.target_typmod, &error);
    if (!pg_analyze_expression(fixture->universe, text, &scope, fixture->arena, &analysis,
                               &error)) {
        print_error("%s: %s\n", text, error.message);
        fail();
    }
    return analysis;
}

static struct pg_analysis query(struct fixture *fixture, const char *text)
{
    struct pg_analysis analysis;
    struct error error = {0};

    if (!pg_analyze_query(fixture->universe, text, NULL, NULL, fixture->arena, &analysis, &error)) {
        print_error("%s: %s\n", text, error.message);
        fail();
    }
    return analysis;
}

/* -- Expressions that mean the same ------------------------------------------------------------- */

static const struct {
    const char *author;
    const char *server;
    const char *target;
} same[] = {
    {"age in (1,2)", "(age = ANY (ARRAY[1, 2]))", NULL},
    {"name in ('a','b')",
     "((name)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[]))",
     NULL},
    {"name in ('a','b')",
     "((name)::text = ANY (ARRAY[('a'::character varying)::text, ('b'::character varying)::text]))",
     NULL},
    {"state in ('a','b')", "(state = ANY (ARRAY['a'::public.status, 'b'::public.status]))", NULL},
    {"state not in ('a','b')", "(state <> ALL (ARRAY['a'::public.status, 'b'::public.status]))",
     NULL},
    {"age in (1)", "(age = 1)", NULL},
    {"amount between 1 and 2", "((amount >= (1)::numeric) AND (amount <= (2)::numeric))", NULL},
    {"name != 'x'", "((name)::text <> 'x'::text)", NULL},
    {"name like 'x%'", "((name)::text ~~ 'x%'::text)", NULL},
    {"nick not ilike 'x'", "(nick !~~* 'x'::text)", NULL},
    {"nick like 'a' escape '!'", "(nick ~~ like_escape('a'::text, '!'::text))", NULL},
    {"nick similar to 'a'", "(nick ~ similar_to_escape('a'::text))", NULL},
    {"not (age = 1 and (ok and ok))", "(NOT ((age = 1) AND ok AND ok))", NULL},
    {"age is not distinct from 1", "(NOT (age IS DISTINCT FROM 1))", NULL},
    {"age is distinct from null", "(age IS NOT NULL)", NULL},
    {"cast(age as text)", "(age)::text", NULL},
    {"varchar 'x'", "'x'::character varying", NULL},
    {"-1", "'-1'::integer", NULL},
    {"- 5::int", "(- 5)", NULL},
    {"1e3", "'1000'::numeric", NULL},
    {"5000000000", "'5000000000'::bigint", NULL},
    {"age + 1.5", "((age)::numeric + 1.5)", NULL},
    {"extract(year from born)", "EXTRACT(year FROM born)", NULL},
    {"created at time zone 'utc'", "(created AT TIME ZONE 'utc'::text)", NULL},
    {"substring(nick from 1 for 2)", "\"substring\"(nick, 1, 2)", NULL},
    {"trim(nick)", "TRIM(BOTH FROM nick)", NULL},
    {"position('a' in nick)", "POSITION(('a'::text) IN (nick))", NULL},
    {"data->>'a' = 'b'", "((data ->> 'a'::text) = 'b'::text)", NULL},
    {"data @> '{\"b\": 1, \"a\":2}'", "(data @> '{\"a\": 2, \"b\": 1}'::jsonb)", NULL},
    {"'a' = any (tags)", "('a'::text = ANY (tags))", NULL},
    {"tags[1] = 'x'", "(tags[1] = 'x'::text)", NULL},
    {"coalesce(name, 'x')", "COALESCE(name, 'x'::character varying)", NULL},
    {"case when ok then 1 end", "CASE WHEN ok THEN 1 ELSE NULL::integer END", NULL},
    {"case name when 'a' then 1 else 2.5 end",
     "CASE name WHEN 'a'::text THEN (1)::numeric ELSE 2.5 END", NULL},
    {"users.age > 1 and public.users.ok", "((age > 1) AND ok)", NULL},
    {"check_age(age)", "public.check_age(age)", NULL},
    {"check_age('5')", "public.check_age(5)", NULL},
    {"mail = 'x'", "((mail)::text = 'x'::text)", NULL},
    {"mail || 'x'", "((mail)::text || 'x'::text)", NULL},
    {"(age, id) = (1, 2)", "((age = 1) AND (id = 2))", NULL},
    {"(age, id) < (1, 2)", "(ROW(age, id) < ROW(1, 2))", NULL},
    {"name collate \"C\" < 'x'", "(((name)::text COLLATE \"C\") < 'x'::text)", NULL},
    {"created > now() - interval '24 hours'", "(created > (now() - '24:00:00'::interval))", NULL},
    {"interval '1 year 14 months 3 d 90 min'", "'2 years 2 mons 3 days 01:30:00'::interval", NULL},
    {"interval '-1 day +2:03'", "'-1 days +02:03:00'::interval", NULL},
    {"interval '3' month", "'3 mons'::interval month", NULL},
    {"date '2020-1-2'", "'2020-01-02'::date", NULL},
    {"timestamptz '2020-01-02T03:04+02'", "'2020-01-02 01:04:00+00'::timestamp with time zone",
     NULL},
    {"concat(name, 1, 'x')", "concat(name, 1, 'x')", NULL},
    {"jsonb_build_object('a', 1)", "jsonb_build_object('a', 1)", NULL},
    {"to_tsvector('english', nick)", "to_tsvector('english'::regconfig, nick)", NULL},
    {"make_interval(days => 3)", "make_interval(days => 3)", NULL},
    {"round(amount, 1)", "round(amount, 1)", NULL},
    {"small = 1", "(small = 1)", NULL},
    {"id in (1, 2)", "(id = ANY (ARRAY[(1)::bigint, (2)::bigint]))", NULL},
    {"exists (select 1 from orders where user_id = users.id)",
     "(EXISTS ( SELECT 1 FROM public.orders WHERE (orders.user_id = users.id)))", NULL},
    {"exists (select 1 from users u where u.id = users.id)",
     "(EXISTS ( SELECT 1 FROM public.users u WHERE (u.id = users.id)))", NULL},
    /* Where the author's name is taken the server puts a number behind it. */
    {"exists (select 1 from users where id > 0)",
     "(EXISTS ( SELECT 1 FROM public.users users_1 WHERE (users_1.id > 0)))", NULL},
    {"id in (select user_id from orders)", "(id IN ( SELECT orders.user_id FROM public.orders))",
     NULL},
    {"true", "true", "boolean"},
    {"'t'", "true", "boolean"},
    {"'yes'", "true", "boolean"},
    {"'5'", "5", "integer"},
    {"0", "'0'::bigint", "bigint"},
    {"'{}'", "'{}'::text[]", "text[]"},
    {"array[]::text[]", "ARRAY[]::text[]", "text[]"},
    {"'{ a, \"b\" }'", "'{a,b}'::text[]", "text[]"},
    {"'{}'", "'{}'::jsonb", "jsonb"},
    {"'x'", "'x'::character varying", "varchar(10)"},
    {"'new'", "'new'::public.status", "status"},
    {"nextval('numbers')", "nextval('public.numbers'::regclass)", "bigint"},
    {"'1 day'", "'24:00:00'::interval", NULL},
    {"'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'", "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::uuid",
     "uuid"},
    {"null", "NULL::text", "text"},
    {"B'101'", "'101'::\"bit\"", "bit(3)"},
    {"'abc'", "'\\x616263'::bytea", "bytea"},
};

static void test_same(void **state)
{
    struct fixture *fixture = *state;

    for (size_t i = 0; i < sizeof(same) / sizeof(same[0]); i++) {
        struct pg_analysis author = expression(fixture, same[i].author, same[i].target);
        struct pg_analysis server = expression(fixture, same[i].server, same[i].target);
        struct pg_analysis again = expression(fixture, server.canonical, same[i].target);

        /* The one pair that is not the same. */
        if (strcmp(same[i].author, "'1 day'") == 0) {
            assert_string_not_equal(author.canonical, server.canonical);
            continue;
        }
        if (!author.complete || !server.complete)
            print_error("%s: %s; %s: %s\n", same[i].author, author.reason, same[i].server,
                        server.reason);
        assert_true(author.complete && server.complete);
        assert_string_equal(author.canonical, server.canonical);
        assert_string_equal(again.canonical, server.canonical);
    }
}

/* -- Expressions that do not -------------------------------------------------------------------- */

static const struct {
    const char *one;
    const char *other;
} different[] = {
    {"age in (1,2)", "age in (2,1)"},
    {"age in (1,2)", "age not in (1,2)"},
    {"age = any (array[1,2])", "age = all (array[1,2])"},
    {"age - (1 - 2)", "(age - 1) - 2"},
    {"(ok and ok) is null", "ok and ok is null"},
    {"not ok is null", "(not ok) is null"},
    {"(not ok)::text", "not ok::text::boolean"},
    {"ok or ok and ok", "(ok or ok) and ok"},
    {"name::varchar(3)", "name::varchar(4)"},
    {"'abcd'::varchar(3)", "'abcd'::varchar"},
    {"'abc'::char(3)", "'abc'::varchar(3)"},
    {"'a'::text", "'a'::bpchar"},
    {"name = 'x'", "name::bpchar = 'x'"},
    {"1.0", "1.00"},
    {"1", "1::bigint"},
    {"'1'", "1"},
    {"amount > 1", "amount > 1::integer::double precision"},
    {"name like 'x'", "name ilike 'x'"},
    {"nick like 'a' escape '!'", "nick like 'a'"},
    {"age is distinct from 1", "age <> 1"},
    {"ok is true", "ok is not false"},
    {"date '2020-01-02'", "date '2020-02-01'"},
    {"interval '1 day'", "interval '24 hours'"},
    {"interval '1 month'", "interval '30 days'"},
    {"interval '1'", "interval '1' day"},
    {"data -> 'a'", "data ->> 'a'"},
    {"data -> 'a'", "data -> '\"a\"'"},
    {"data = '{\"a\": 1}'", "data = '{\"a\": \"1\"}'"},
    {"data = '{\"a\": 1.0}'", "data = '{\"a\": 1}'"},
    {"tags = '{a,b}'", "tags = '{\"a,b\"}'"},
    {"tags = '{null}'", "tags = '{\"null\"}'"},
    {"tags[1]", "tags[1:1]"},
    {"coalesce(name, 'a')", "coalesce('a', name)"},
    {"nick collate \"C\" < 'x'", "nick < 'x'"},
    {"exists (select 1 from users u where u.id = users.id)",
     "exists (select 1 from users where users.id = users.id)"},
    {"id in (select user_id from orders)", "id in (select id from orders)"},
    {"id = any (select user_id from orders)", "id = all (select user_id from orders)"},
    {"current_timestamp", "now()"},
    {"current_timestamp(3)", "current_timestamp"},
    {"extract(year from born)", "date_part('year', born)"},
    {"trim(leading from nick)", "trim(nick)"},
    {"case when ok then 1 else 2 end", "case ok when false then 2 else 1 end"},
    {"(age, id) < (1, 2)", "age < 1 and id < 2"},
    {"row(age, id) = row(1, 2)", "row(age, id) is not distinct from row(1, 2)"},
    {"E'a\\\\b'", "'a\\\\b'"},
    {"'a''b'", "'a\"b'"},
};

static void test_different(void **state)
{
    struct fixture *fixture = *state;

    for (size_t i = 0; i < sizeof(different) / sizeof(different[0]); i++) {
        struct pg_analysis one = expression(fixture, different[i].one, NULL);
        struct pg_analysis other = expression(fixture, different[i].other, NULL);

        if (strcmp(one.canonical, other.canonical) == 0)
            print_error("%s and %s: %s\n", different[i].one, different[i].other, one.canonical);
        assert_string_not_equal(one.canonical, other.canonical);
    }
}

/* -- Queries ------------------------------------------------------------------------------------ */

static const struct {
    const char *author;
    const char *server;
} same_queries[] = {
    {"select * from orders", "SELECT id, user_id, total, kind, note FROM public.orders;"},
    {"select o.id x from orders o order by 1 asc",
     "SELECT o.id AS x FROM public.orders o ORDER BY o.id"},
    {"select kind, count(*) from orders group by 1 having count(*) > 1",
     "SELECT orders.kind, count(*) AS count FROM public.orders GROUP BY orders.kind HAVING (count(*) > 1)"},
    {"select id from users join orders using (id)",
     "SELECT users.id FROM (public.users JOIN public.orders ON ((users.id = orders.id)))"},
    {"select id, 'x' as a from orders union select 1, null",
     "SELECT orders.id, 'x'::text AS a FROM public.orders UNION SELECT 1 AS id, NULL::text AS a"},
    {"select string_agg(kind, ',' order by kind) from orders",
     "SELECT string_agg((orders.kind)::text, ','::text ORDER BY (orders.kind)::text) AS string_agg FROM public.orders"},
    {"select g from generate_series(1, 3) g", "SELECT g.g FROM generate_series(1, 3) g(g)"},
    {"with x as (select id from orders) select * from x",
     "WITH x AS ( SELECT orders.id FROM public.orders ) SELECT x.id FROM x"},
    {"select a.id from orders a, orders b where a.id = b.id",
     "SELECT a.id FROM public.orders a, public.orders b WHERE a.id = b.id"},
    {"select distinct on (kind) kind, id from orders order by kind, id desc nulls first",
     "SELECT DISTINCT ON (orders.kind) orders.kind, orders.id FROM public.orders ORDER BY orders.kind, orders.id DESC"},
    {"select row_to_json(o) from orders o",
     "SELECT row_to_json(o.*) AS row_to_json FROM public.orders o"},
    {"select id from orders limit 5", "SELECT id FROM public.orders LIMIT 5"},
    {"select id from orders limit '5'", "SELECT id FROM public.orders LIMIT '5'::bigint"},
    {"select u.name, x.n from users u, lateral (select count(*) n from orders where user_id = u.id) x",
     "SELECT u.name, x.n FROM public.users u, LATERAL ( SELECT count(*) AS n FROM public.orders WHERE (orders.user_id = u.id)) x"},
};

static const struct {
    const char *one;
    const char *other;
} different_queries[] = {
    {"select a.id from orders a, orders b where a.id = b.id",
     "select b.id from orders a, orders b where a.id = b.id"},
    /* The server keeps what the author calls things. */
    {"select a.id from orders a", "select b.id from orders b"},
    {"select id from orders", "select o.id from orders o"},
    {"select id from orders order by id", "select id from orders order by id desc"},
    {"select id from orders", "select id as x from orders"},
    {"select id from orders union select 1", "select id from orders union all select 1"},
    {"select 1 from orders left join users on true", "select 1 from orders join users on true"},
    {"select count(*) from orders", "select count(id) from orders"},
    {"select count(id) from orders", "select count(distinct id) from orders"},
    {"select id from orders for update", "select id from orders"},
    {"select sum(id) over (order by id) from orders",
     "select sum(id) over (partition by id) from orders"},
    {"select id from only orders", "select id from orders"},
    {"(select 1 union select 2) except select 3", "select 1 union (select 2 except select 3)"},
    {"select 1 from orders a join (orders b left join orders c on true) on true",
     "select 1 from (orders a join orders b on true) left join orders c on true"},
    {"select id from orders limit 5", "select id from orders offset 5"},
    {"with x as materialized (select 1) select * from x", "with x as (select 1) select * from x"},
    {"select at from app.events", "select id as at from app.events"},
};

static void test_queries(void **state)
{
    struct fixture *fixture = *state;

    for (size_t i = 0; i < sizeof(same_queries) / sizeof(same_queries[0]); i++) {
        struct pg_analysis author = query(fixture, same_queries[i].author);
        struct pg_analysis server = query(fixture, same_queries[i].server);

        if (!author.complete)
            print_error("%s: %s\n", same_queries[i].author, author.reason);
        assert_true(author.complete);
        assert_string_equal(author.canonical, server.canonical);
        assert_string_equal(query(fixture, server.canonical).canonical, server.canonical);
    }
    for (size_t i = 0; i < sizeof(different_queries) / sizeof(different_queries[0]); i++) {
        struct pg_analysis one = query(fixture, different_queries[i].one);
        struct pg_analysis other = query(fixture, different_queries[i].other);

        assert_string_not_equal(one.canonical, other.canonical);
    }
}

static void test_columns(void **state)
{
    struct fixture *fixture = *state;
    struct pg_analysis analysis =
        query(fixture, "select name, age + 1, 'x' as t, array_agg(amount), nick collate \"C\" "
                       "from users group by id");
    static const struct {
        const char *name, *type;
    } expected[] = {{"name", "character varying(40)"},
                    {"?column?", "integer"},
                    {"t", "text"},
                    {"array_agg", "numeric[]"},
                    {"nick", "text"}};

    assert_int_equal(analysis.column_count, 5);
    for (int i = 0; i < 5; i++) {
        assert_string_equal(analysis.columns[i].name, expected[i].name);
        assert_string_equal(
            pg_type_format(analysis.columns[i].type, analysis.columns[i].typmod, fixture->arena),
            expected[i].type);
    }
    assert_string_equal(analysis.columns[4].collation, "\"C\"");
}

/* -- The text for DDL and dependencies ---------------------------------------------------------- */

static const char *dependencies(struct fixture *fixture, const struct pg_analysis *analysis)
{
    static const char *const kinds[] = {"relation", "column", "type", "function", "named", "key"};
    struct buffer buffer = BUFFER_EMPTY;

    for (int i = 0; i < analysis->dependency_count; i++) {
        const struct pg_dependency *dependency = &analysis->dependencies[i];

        buffer_printf(&buffer, "%s%s %s.%s%s%s", buffer.length ? ", " : "", kinds[dependency->kind],
                      dependency->schema, dependency->name, dependency->column ? "." : "",
                      dependency->column ? dependency->column : "");
    }
    return buffer_take(&buffer, fixture->arena);
}

static const struct {
    const char *text;
    const char *written;
    const char *dependencies;
} written[] = {
    {"SELECT o.id -- a comment\n FROM orders o", "SELECT o.id -- a comment\n FROM public.orders o",
     "relation public.orders, column public.orders.id"},
    {"SELECT check_age(age), 'a'::status FROM public . users",
     "SELECT public.check_age(age), 'a'::public.status FROM public . users",
     "relation public.users, column public.users.age, function public.check_age, type public.status"},
    {"SELECT nextval('numbers')", "SELECT nextval('public.numbers')", "relation public.numbers"},
    {"SELECT count(*), app.hidden(name) FROM users GROUP BY id",
     "SELECT count(*), app.hidden(name) FROM public.users GROUP BY id",
     "relation public.users, column public.users.name, function app.hidden, column public.users.id, key public.users"},
    {"WITH orders AS (SELECT 1 AS id) SELECT id FROM orders",
     "WITH orders AS (SELECT 1 AS id) SELECT id FROM orders", ""},
    {"SELECT 1 FROM nowhere, orders", "SELECT 1 FROM nowhere, public.orders",
     "relation public.orders"},
    {"SELECT NULL::status[], CAST(NULL AS \"status\")",
     "SELECT NULL::public.status[], CAST(NULL AS public.\"status\")", "type public.status"},
};

static void test_written(void **state)
{
    struct fixture *fixture = *state;

    for (size_t i = 0; i < sizeof(written) / sizeof(written[0]); i++) {
        struct pg_analysis analysis = query(fixture, written[i].text);

        assert_string_equal(analysis.written, written[i].written);
        assert_string_equal(dependencies(fixture, &analysis), written[i].dependencies);
    }
}

/* What has no kind, in constants too (canon/literal_name.c): found along the path, behind what the server is born with. */
static void test_names(void **state)
{
    static const struct {
        const char *text, *written, *canonical, *dependencies;
    } cases[] = {
        {"'zconf'::regconfig", "'public.zconf'::regconfig", "'public.zconf'::regconfig",
         "named public.zconf"},
        {"to_tsvector('zconf', 'a')", "to_tsvector('public.zconf', 'a')",
         "to_tsvector('public.zconf'::regconfig, 'a'::text)", "named public.zconf"},
        {"'english'::regconfig", "'english'::regconfig", "'english'::regconfig", ""},
        {"'public.english'::regconfig", "'public.english'::regconfig",
         "'public.english'::regconfig", "named public.english"},
        {"ts_lexize('app.dict', 'a')", "ts_lexize('app.dict', 'a')",
         "ts_lexize('app.dict'::regdictionary, 'a'::text)", "named app.dict"},
        {"'a' COLLATE nocase", "'a' COLLATE public.nocase", "'a'::text COLLATE public.nocase",
         "named public.nocase"},
        {"'nocase'::regcollation", "'public.nocase'::regcollation", "'public.nocase'::regcollation",
         "named public.nocase"},
        {"'check_age'::regproc", "'public.check_age'::regproc", "'public.check_age'::regproc",
         "function public.check_age"},
        {"'check_age(int)'::regprocedure", "'public.check_age(integer)'::regprocedure",
         "'public.check_age(integer)'::regprocedure", "function public.check_age"},
        {"'lower(text)'::regprocedure", "'lower(text)'::regprocedure",
         "'lower(text)'::regprocedure", ""},
        {"'==='::regoper", "'public.==='::regoper", "'public.==='::regoper", "named public.==="},
        {"'public.===(int,int)'::regoperator", "'public.===(integer,integer)'::regoperator",
         "'public.===(integer,integer)'::regoperator", "named public.==="},
        {"1 === 2", "1 OPERATOR(public.===) 2", "1 OPERATOR(public.===) 2", "named public.==="},
        {"to_regclass('orders')", "to_regclass('orders')", "to_regclass('orders'::text)", ""},
    };
    struct fixture *fixture = *state;

    pg_universe_add_named(fixture->universe, "text search configuration", "public", "zconf");
    pg_universe_add_named(fixture->universe, "text search configuration", "public", "english");
    pg_universe_add_named(fixture->universe, "text search dictionary", "app", "dict");
    pg_universe_add_named(fixture->universe, "collation", "public", "nocase");
    pg_universe_add_named(fixture->universe, "operator", "public", "===");
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct pg_analysis analysis = expression(fixture, cases[i].text, NULL);

        assert_string_equal(analysis.canonical, cases[i].canonical);
        assert_string_equal(analysis.written, cases[i].written);
        assert_string_equal(dependencies(fixture, &analysis), cases[i].dependencies);
    }
}

/* The names under which objects will exist replace those they have. */
static void test_renames(void **state)
{
    struct fixture *fixture = *state;
    struct pg_analysis analysis;

    fixture->orders->print_name = "Purchases";
    ((struct pg_column *)(uintptr_t)&fixture->orders->columns[3])->print_name = "sort";
    ((struct pg_type *)(uintptr_t)type(fixture, "status"))->print_name = "state";
    analysis = query(fixture, "SELECT kind, o.kind AS k FROM orders o WHERE o . kind = 'x'");
    assert_string_equal(
        analysis.written,
        "SELECT sort AS kind, o.sort AS k FROM public.\"Purchases\" o WHERE o . sort = 'x'");
    assert_string_equal(
        analysis.canonical,
        "SELECT o.sort AS kind, o.sort AS k FROM public.\"Purchases\" o WHERE o.sort::text = 'x'::text");
    analysis = query(fixture, "SELECT orders.id FROM public.orders");
    assert_string_equal(analysis.written, "SELECT orders.id FROM public.\"Purchases\" AS orders");
    analysis = expression(fixture, "state = 'x'::status", NULL);
    assert_string_equal(analysis.written, "state = 'x'::public.state");
    assert_string_equal(analysis.canonical, "state = 'x'::public.state");
}

/* -- Other scopes ------------------------------------------------------------------------------- */

static void test_scopes(void **state)
{
    struct fixture *fixture = *state;
    struct pg_scope domain = {.value_type = type(fixture, "text"),
                              .value_typmod = -1,
                              .target_typmod = -1,
                              .boolean = true};
    struct pg_scope trigger = {
        .old_relation = fixture->users, .value_typmod = -1, .target_typmod = -1, .boolean = true};
    struct pg_analysis one, other;
    struct error error = {0};

    assert_true(pg_analyze_expression(fixture->universe, "VALUE ~ '^a' AND length(value) > 1",
                                      &domain, fixture->arena, &one, &error));
    assert_true(pg_analyze_expression(fixture->universe,
                                      "((VALUE ~ '^a'::text) AND (length(VALUE) > 1))", &domain,
                                      fixture->arena, &other, &error));
    assert_true(one.complete);
    assert_string_equal(one.canonical, other.canonical);
    assert_true(pg_analyze_expression(fixture->universe, "OLD.name IS DISTINCT FROM NEW.name",
                                      &trigger, fixture->arena, &one, &error));
    assert_true(one.complete);
    assert_string_equal(one.canonical, "old.name::text IS DISTINCT FROM new.name::text");
}

static void test_body(void **state)
{
    struct fixture *fixture = *state;
    const struct pg_type *types[] = {type(fixture, "integer"), type(fixture, "text")};
    static const char *const names[] = {"a", NULL};
    struct pg_function routine = {.schema = "public",
                                  .name = "f",
                                  .kind = 'f',
                                  .argument_count = 2,
                                  .argument_types = types,
                                  .argument_names = names,
                                  .result = type(fixture, "text")};
    struct pg_scope scope = {.routine = &routine, .value_typmod = -1, .target_typmod = -1};
    struct pg_analysis analysis;
    struct error error = {0};

    assert_true(pg_analyze_routine_body(fixture->universe, "RETURN a + f.a || $2", &scope,
                                        fixture->arena, &analysis, &error));
    assert_true(analysis.complete);
    assert_string_equal(analysis.canonical, "RETURN ($1 + $1) || $2");
    assert_true(pg_analyze_routine_body(
        fixture->universe,
        "BEGIN ATOMIC INSERT INTO orders VALUES (1, a); SELECT note FROM orders; END", &scope,
        fixture->arena, &analysis, &error));
    assert_true(analysis.complete);
    assert_string_equal(
        analysis.written,
        "BEGIN ATOMIC INSERT INTO public.orders VALUES (1, a); SELECT note FROM public.orders; END");
    assert_string_equal(analysis.canonical,
                        "BEGIN ATOMIC INSERT INTO public.orders (id, user_id) VALUES (1, $1); "
                        "SELECT orders.note FROM public.orders; END");
}

static void test_extension(void **state)
{
    struct fixture *fixture = *state;
    struct pg_analysis one, other;

    assert_true(pg_universe_add_extension(fixture->universe, "citext", "public"));
    assert_true(pg_universe_add_extension(fixture->universe, "hstore", "public"));
    fixture->users = add_relation(fixture, "public", "mails", "mail citext, attrs hstore");
    one = expression(fixture, "mail <> 'x' AND mail IN ('a', 'b') AND attrs -> 'k' = 'v'", NULL);
    other = expression(
        fixture,
        "((mail OPERATOR(public.<>) 'x'::public.citext) AND (mail OPERATOR(public.=) ANY "
        "(ARRAY['a'::public.citext, 'b'::public.citext])) AND ((attrs OPERATOR(public.->) "
        "'k'::text) = 'v'::text))",
        NULL);
    assert_true(one.complete);
    assert_string_equal(one.canonical, other.canonical);
}

/* -- What cannot be resolved -------------------------------------------------------------------- */

static const char *const odd[] = {
    "no_such_function(age)",
    "no_such_column",
    "a.b.c.d.e",
    "users.nothing",
    "'x'::no_such_type",
    "age + ok",
    "tags[ok]",
    "(select)",
    "(select * from nowhere)",
    "array[]",
    "row()",
    "(values (1), (2, 3))",
    "(age).x",
    "$1",
    "* ",
    "check_age(ok, ok)",
    "count(*) over w",
    "grouping(age)",
    "(select 1 union select 'a', 2)",
    "default",
    "xmlconcat(1)",
    "x.* is null",
    "(select a from orders as a (b, c, d, e, f, g, h))",
    "percentile_cont(0.5) within group (order by age)",
    "(with recursive x as (select * from x) select * from x)",
    "(select 1 from f(1) as (a int), g() with ordinality)",
    "case when 1 then 2 else 'a' end",
    "coalesce(1, ok)",
    "json_object('a': 1)",
    "cast(age as interval(3))",
    "(select * from orders natural join nowhere)",
    "(select x from orders full join users using (nope))",
    "(select j.a, j.b from json_table('{}', '$' columns (a int, nested '$.x' columns (b text))) j join orders on true)",
    "json_value('{}', '$.a' returning int)",
    "json_arrayagg(age order by id)",
    "data is json object",
    "(select x from xmltable('/a' passing '<a/>' columns x int path 'b', n for ordinality) t)",
    "extract(foo from 'x')",
    "interval '5 parsecs'",
    "'{'::text[]",
    "'{\"a\":'::jsonb",
    "'x'::regclass",
    "-'a'",
    "overlay('a' placing 'b' from 'c')",
    "nullif(1, 'a')",
    "(1,2) = (1)",
    "(1,2) < (1,2,3)",
    "1 in (select 1, 2)",
};

static void test_unresolved(void **state)
{
    struct fixture *fixture = *state;

    for (size_t i = 0; i < sizeof(odd) / sizeof(odd[0]); i++) {
        struct pg_scope scope = {
            .relation = fixture->users, .value_typmod = -1, .target_typmod = -1};
        struct pg_analysis analysis;
        struct error error = {0};

        if (!pg_analyze_expression(fixture->universe, odd[i], &scope, fixture->arena, &analysis,
                                   &error)) {
            assert_int_equal(error.code, ERROR_SYNTAX);
            continue;
        }
        assert_non_null(analysis.canonical);
        assert_non_null(analysis.written);
        assert_true(analysis.complete == (analysis.reason == NULL));
    }
}

/* What is certain to be refused, by target type: refused ones and taken ones (tests/checks/postgres_refusals asks servers). */
static void test_refusals(void **state)
{
    static const struct {
        const char *type, *text, *message;
    } cases[] = {
        {"integer", "'abc'", "type integer: 'abc' is no whole number"},
        {"smallint", "'32768'", "type smallint: '32768' is out of range"},
        {"smallint", "'-32768'", NULL},
        {"smallint", "70000", NULL},
        {"integer", "'0x1F'", NULL},
        {"integer", "now()",
         "a value of type timestamp with time zone cannot become one of type integer"},
        {"integer", "1.5", NULL},
        {"integer", "no_such_function()", NULL},
        {"text", "now()", NULL},
        {"boolean", "'o'", "type boolean: 'o' is neither true nor false"},
        {"date", "'2023-02-29'", "type date: '2023-02-29' is out of range"},
        {"date", "'29.02.2023'", NULL},
        {"json", "'{a}'", "type json: '{a}' is no JSON"},
        {"json", "'{\"a\": [1, \"\\u00e9\"]}'", NULL},
        {"integer[]", "'{1,x}'", "type integer: 'x' is no whole number"},
        {"mood", "'it''s'", "enum public.mood has no label 'it''s'"},
        {"mood", "'glad'", NULL},
        {"mood[]", "'{glad,sad}'", "enum public.mood has no label 'sad'"},
        {"status", "'anything'", NULL},
    };
    struct fixture *fixture = *state;
    struct text_list labels = {0};

    text_list_add(&labels, fixture->arena, "glad");
    pg_universe_add_type(fixture->universe, (struct pg_type){.schema = "public",
                                                             .name = "mood",
                                                             .type_class = PG_TYPE_ENUM,
                                                             .labels = &labels,
                                                             .base_typmod = -1,
                                                             .user = true});
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct pg_analysis analysis = expression(fixture, cases[i].text, cases[i].type);

        if (cases[i].message && analysis.refusal)
            assert_string_equal(analysis.refusal->message, cases[i].message);
        else if (cases[i].message || analysis.refusal)
            fail_msg("%s for %s", cases[i].text, cases[i].type);
    }
}

static void test_incomplete(void **state)
{
    struct fixture *fixture = *state;
    struct pg_analysis analysis = expression(fixture, "no_such_function(age) = 'x'", NULL);

    assert_false(analysis.complete);
    assert_string_equal(analysis.canonical, "no_such_function(age) = 'x'");
    assert_string_equal(analysis.reason, "no function no_such_function");
    assert_string_equal(dependencies(fixture, &analysis), "column public.users.age");
}

/* Deep nesting ends in a note, not in a crash. */
static void test_depth(void **state)
{
    struct fixture *fixture = *state;
    enum { DEPTH = 3000 };
    struct buffer text = BUFFER_EMPTY;
    struct pg_scope scope = {.value_typmod = -1, .target_typmod = -1};
    struct pg_analysis analysis;
    struct error error = {0};

    for (int i = 0; i < DEPTH; i++)
        buffer_append(&text, "1+");
    buffer_append(&text, "1");
    if (pg_analyze_expression(fixture->universe, text.text, &scope, fixture->arena, &analysis,
                              &error))
        assert_false(analysis.complete);
    buffer_truncate(&text, 0);
    for (int i = 0; i < DEPTH; i++)
        buffer_append(&text, "(select ");
    buffer_append(&text, "1");
    for (int i = 0; i < DEPTH; i++)
        buffer_append(&text, ")");
    if (pg_analyze_expression(fixture->universe, text.text, &scope, fixture->arena, &analysis,
                              &error))
        assert_false(analysis.complete);
    buffer_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_same, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_different, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_queries, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_columns, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_names, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_written, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_renames, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_scopes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_body, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_extension, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_unresolved, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_refusals, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_incomplete, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_depth, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
