-- Spellings that the server stores in another way. tests/analyze_oracle.py loads this file too.
CREATE SCHEMA app;
CREATE TYPE app.status AS ENUM ('new', 'open', 'closed');
CREATE TYPE app.pair AS (a int, b text);
CREATE DOMAIN app.email AS varchar(100) CHECK (VALUE ~~ '%@%' AND length(VALUE) BETWEEN 3 AND 100);
CREATE DOMAIN app.positive AS int DEFAULT 1 CHECK (VALUE > 0) CHECK (value != 13);
CREATE DOMAIN app.tags AS text[] CHECK (array_length(VALUE, 1) < 10);
CREATE FUNCTION app.twice(x int, y int DEFAULT 2) RETURNS int LANGUAGE sql IMMUTABLE AS 'select x * y';
CREATE FUNCTION app.many(VARIADIC xs int[]) RETURNS int LANGUAGE sql IMMUTABLE AS 'select 1';
CREATE FUNCTION app.anyone(x anyelement, ys anyarray) RETURNS anyelement LANGUAGE sql IMMUTABLE AS 'select x';
CREATE FUNCTION app.rows(n int, OUT k int, OUT v text) RETURNS SETOF record LANGUAGE sql IMMUTABLE AS 'select 1, ''x''::text';
CREATE FUNCTION app.one_out(n int, OUT k int) LANGUAGE sql IMMUTABLE AS 'select 1';
CREATE FUNCTION app.table_of(n int) RETURNS TABLE (id int, label varchar) LANGUAGE sql IMMUTABLE AS 'select 1, ''x''::varchar';
CREATE SEQUENCE app.numbers;
CREATE TABLE app.users (
    id bigint PRIMARY KEY DEFAULT nextval('app.numbers'),
    name varchar(40) NOT NULL DEFAULT 'nobody',
    nick character(8) DEFAULT 'x',
    mail app.email,
    age int DEFAULT -1 CHECK (age >= -1 AND age < 200 OR age IS NULL),
    small smallint DEFAULT '3',
    big bigint DEFAULT 5000000000,
    amount numeric(10,2) DEFAULT 0.50,
    ratio float8 DEFAULT 1.5e-3,
    half real DEFAULT .5,
    ok boolean DEFAULT 't',
    state app.status DEFAULT 'new' CHECK (state IN ('new', 'open')),
    created timestamptz DEFAULT now() - interval '24 hours',
    born date DEFAULT '2020-1-2' CHECK (born > DATE '1900-01-01'),
    at timestamp DEFAULT '2020-01-02T03:04',
    wait interval DEFAULT '90 min',
    wait2 interval DEFAULT interval '1' day,
    wait3 interval hour to minute DEFAULT '1 day 2:03:04',
    data jsonb DEFAULT '{"b":1,  "a":[1,2.50,"x"]}',
    raw json DEFAULT '{"b":1}',
    list text[] DEFAULT '{}',
    list2 text[] DEFAULT ARRAY[]::text[],
    list3 varchar(10)[] DEFAULT ARRAY['a', 'b'],
    list4 int[] DEFAULT '{1, 2,  3}',
    deleted timestamp,
    uid uuid DEFAULT 'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11',
    ip inet DEFAULT '127.0.0.1',
    bits bit(4) DEFAULT B'1010',
    code "char" DEFAULT 'c',
    span int4range DEFAULT '[1,5)',
    pos point,
    pr app.pair,
    tag app.tags DEFAULT '{}',
    pos2 app.positive,
    upper_name text GENERATED ALWAYS AS (upper(name) || '-' || age) STORED,
    total numeric GENERATED ALWAYS AS (amount * 2 + 1) STORED,
    CHECK (name <> '' AND name NOT LIKE 'x%' AND (name ILIKE '%a%' OR name SIMILAR TO '(a|b)%')),
    CHECK (amount BETWEEN 0 AND 1000.0),
    CHECK (amount NOT BETWEEN SYMMETRIC 5 AND 1),
    CHECK (nick IN ('a', 'b', 'c')),
    CHECK (name NOT IN ('q', 'r')),
    CHECK (age IN (1)),
    CHECK (age IN (1, id, 3)),
    CHECK ((ok IS TRUE) = (age IS NOT NULL)),
    CHECK (ok IS NOT FALSE AND NOT ok IS UNKNOWN),
    CHECK (age != 5 AND id % 2 = 0 AND -age < 3 AND +age > -5),
    CHECK (char_length(trim(name)) > 0 AND trim(both ' ' from name) = name AND trim(leading from name) <> 'k'),
    CHECK (position('a' in name) > 0 AND substring(name from 2 for 3) <> 'abc' AND substring(name, 2) = 'x'),
    CHECK (overlay(name placing 'x' from 1) <> 'y' AND extract(year from created) > 2000 AND date_part('month', born) = 1),
    CHECK (coalesce(name, 'x') <> nullif(nick, 'y') AND greatest(age, small, 5) > least(1, id)),
    CHECK (CASE WHEN age > 1 THEN true ELSE false END AND CASE age WHEN 1 THEN 'a' WHEN 2 THEN name END = 'a'),
    CHECK ((data ->> 'a') = 'x' AND data -> 'b' ->> 0 = 'c' AND data @> '{"x": 1}' AND data ? 'k'),
    CHECK (list[1] = 'x' AND list[1:2] = '{a,b}' AND cardinality(list) > 0 AND 'a' = ANY (list) AND data['a'] = '1'),
    CHECK ((pr).a > 1 AND (pr).b = 'z' AND pr IS NOT NULL AND ROW(age, name) = ROW(1, 'a') AND (age, id) < (1, 2)),
    CHECK (name IS DISTINCT FROM 'x' AND age IS NOT DISTINCT FROM 3 AND age IS DISTINCT FROM NULL),
    CHECK (state > 'new' AND state::text = 'open' AND state = 'closed'::app.status AND state = ANY ('{new,open}')),
    CHECK (mail = 'a@b' AND mail LIKE 'a%' AND lower(mail) = mail AND pos2 + 1 > 2 AND tag[1] = 'x'),
    CHECK (created AT TIME ZONE 'UTC' > '2020-01-01' AND timezone('UTC', created) > '2020-01-01'),
    CHECK (at + '1 day' > at AND at - at < '2 hours' AND created < now() + wait * 2),
    CHECK (name COLLATE "C" < 'b' AND (name || 'x') COLLATE "C" > 'a'),
    CHECK (amount::int > 1 AND cast(age AS text) = '1' AND name::varchar(3) = 'abc' AND age::numeric(10,2) > 1),
    CHECK (app.twice(age) > 1 AND app.twice(y => 1, x => age) > 1 AND app.many(1, 2, age) > 0 AND app.many(VARIADIC list4) > 0),
    CHECK (app.anyone(age, list4) > 0 AND app.anyone(1, '{1}') = 1 AND concat(name, 'x', age) <> 'y' AND format('%s', name) <> 'z'),
    CHECK (jsonb_extract_path_text(data, 'a', 'b') = 'c' AND jsonb_path_exists(data, '$.a')),
    CHECK (array_position(list, 'x') = 1 AND array_append(list4, 5) = '{1}' AND list || 'x'::text = list AND list4 || 5 = list4),
    CHECK (name ~ '^[a-z]+\d$' AND name !~* 'X' AND regexp_replace(name, 'a', 'b') = 'c' AND starts_with(name, 'x')),
    CHECK (span @> 3 AND int4range(1, 5) && span AND lower(span) > 0 AND age <@ span),
    CHECK (pos <-> point '(1,2)' < 5 AND pos[0] > 1.0),
    CHECK (ip << '10.0.0.0/8' AND host(ip) = 'x' AND inet '1.2.3.4' = ip),
    CHECK (bits = B'0101' AND bits & '1111' = b'1010'),
    CHECK (round(amount, 1) = 1.5 AND round(ratio) = 2 AND mod(age, 2) = 0 AND power(age, 2) > 3 AND age / 2.0 > 1 AND 10 ^ 2 > age),
    CHECK (current_date > born AND CURRENT_TIMESTAMP > created AND localtimestamp(3) > at AND current_user = name AND now()::date > born),
    CHECK (num_nonnulls(name, age) = 1 AND num_nulls(VARIADIC list) = 0),
    CHECK (length(nick) > 0 AND nick = 'abc' AND nick || 'x' = 'y' AND upper(nick) = 'A' AND nick::text = 'a' AND nick = name),
    CHECK (md5(name) = encode(sha256(name::bytea), 'hex') AND convert_to(name, 'UTF8') <> '\x00' AND name::bytea <> 'abc'),
    CHECK (to_char(created, 'YYYY') = '2020' AND date_trunc('day', created) = created AND age(created) > interval '1 year 2 months' AND make_interval(days => 3) > wait),
    CHECK (code = 'c' AND code IN ('a', 'b') AND code::text = 'a'),
    CHECK (small = 1 AND small IN (1, 2) AND small + 1 = 2 AND big = 1 AND big IN (1, 2) AND amount IN (1, 2) AND amount = 3 AND ratio = 1 AND ratio IN (1, 2.5)),
    CHECK (((((age > 1)) AND ((age < 5)))) OR NOT (NOT (ok))),
    CHECK (id = 1 OR id = 2 OR (id = 3 OR id = 4) AND (ok AND (ok AND NOT ok)))
);
CREATE INDEX users_lower ON app.users (lower(name), (age + 1), (data ->> 'a'), coalesce(nick, 'x'), (name::text COLLATE "C"));
CREATE INDEX users_some ON app.users (id) WHERE state IN ('new', 'open') AND name <> 'x' AND deleted IS NULL OR true;
CREATE INDEX users_date ON app.users ((created AT TIME ZONE 'utc'), ((data #>> '{a,b}')), date_trunc('day', at)) WHERE ok AND amount > 5 AND big > 3;
CREATE TABLE app.orders (
    id int PRIMARY KEY, user_id bigint REFERENCES app.users, total numeric(12,2), placed timestamptz, kind varchar(10), note text, users_id int
);
SET search_path = app, public;
CREATE VIEW v1 AS SELECT * FROM users;
CREATE VIEW v2 AS SELECT u.*, o.id AS order_id, o.kind FROM users u LEFT JOIN orders o ON o.user_id = u.id WHERE u.ok;
CREATE VIEW v3 (a, b) AS SELECT name, count(*) FROM users GROUP BY name HAVING count(*) > 1 ORDER BY 2 DESC, name LIMIT 10;
CREATE VIEW v4 AS SELECT users.id, name, age, sum(orders.total) AS sum, 'x' AS x, NULL AS n, 1 AS one, 2.5, now(), CASE WHEN ok THEN 1 END FROM users JOIN orders ON users.id = user_id GROUP BY users.id;
CREATE VIEW v5 AS WITH x AS (SELECT id, name FROM users WHERE age > 3), y(a, b) AS MATERIALIZED (SELECT * FROM x) SELECT y.a, b, x.name FROM x, y WHERE x.id = y.a;
CREATE VIEW v6 AS WITH RECURSIVE t(n, path) AS (VALUES (1, 'a') UNION ALL SELECT n + 1, path || 'x' FROM t WHERE n < 100) SELECT sum(n), path FROM t GROUP BY path;
CREATE VIEW v7 AS SELECT id, name FROM users UNION SELECT user_id, kind FROM orders UNION ALL (SELECT 1, 'lit' ORDER BY 1 LIMIT 1) ORDER BY name DESC, 1;
CREATE VIEW v8 AS SELECT * FROM (VALUES (1, 'a', NULL), (2.5, 'b', 3)) AS t(x, y, z);
CREATE VIEW v9 AS SELECT g, g.g AS h, n.*, n.ord + 1 AS o1 FROM generate_series(1, 3) g, unnest(ARRAY['a', 'b'], ARRAY[1, 2]) WITH ORDINALITY n(l, r, ord);
CREATE VIEW v10 AS SELECT r.k, r.v, t.label, o FROM app.rows(1) r, table_of(2) AS t, one_out(3) o CROSS JOIN LATERAL (SELECT t.id + 1 AS z) q;
CREATE VIEW v11 AS SELECT json_agg(u), row_to_json(u), to_jsonb(u.*) AS j, u AS whole, (u).name AS nm, array_agg(DISTINCT age ORDER BY age DESC) FROM users u GROUP BY u.id;
CREATE VIEW v12 AS SELECT string_agg(name, ', ' ORDER BY name), percentile_cont(0.5) WITHIN GROUP (ORDER BY age), count(DISTINCT name) FILTER (WHERE ok), bool_and(ok), max(created), min(name), sum(age), avg(amount), mode() WITHIN GROUP (ORDER BY name) FROM users;
CREATE VIEW v13 AS SELECT id, row_number() OVER (PARTITION BY state ORDER BY created DESC), lag(name, 1, 'none') OVER w, sum(age) OVER (w ROWS BETWEEN 1 PRECEDING AND CURRENT ROW), first_value(age) OVER (ORDER BY created RANGE BETWEEN '1 day' PRECEDING AND '2 days'::interval FOLLOWING) FROM users WINDOW w AS (PARTITION BY ok ORDER BY id);
CREATE VIEW v14 AS SELECT name FROM users u WHERE EXISTS (SELECT 1 FROM orders WHERE user_id = u.id AND kind IN ('a', 'b')) AND id IN (SELECT user_id FROM orders) AND id NOT IN (SELECT user_id FROM orders WHERE total > 5) AND age > ALL (SELECT users_id FROM orders) AND (id, name) IN (SELECT user_id, kind FROM orders) AND age = (SELECT max(users_id) FROM orders o WHERE o.user_id = u.id);
CREATE VIEW v15 AS SELECT ARRAY(SELECT id FROM orders o WHERE o.user_id = users.id ORDER BY id) AS ids, (SELECT count(*) FROM users u2 WHERE u2.age = users.age), (SELECT name FROM users LIMIT 1) FROM users;
CREATE VIEW v16 AS SELECT id, name, kind, users.total AS t1 FROM users JOIN orders USING (id);
CREATE VIEW v17 AS SELECT id, a.user_id, b.kind FROM orders a FULL JOIN orders b USING (id);
CREATE VIEW v18 AS SELECT * FROM orders a NATURAL JOIN (SELECT id, total AS t2 FROM orders) b;
CREATE VIEW v19 AS SELECT j.oid, j.ouid, j.name, note FROM (orders a LEFT JOIN users b ON a.user_id = b.id) AS j(oid, ouid);
CREATE VIEW v20 AS SELECT DISTINCT ON (user_id) user_id, placed, kind k FROM orders ORDER BY user_id, placed DESC NULLS LAST;
CREATE VIEW v21 AS SELECT kind, user_id, grouping(kind, user_id), sum(total) FROM orders GROUP BY ROLLUP (kind, user_id), GROUPING SETS ((), (kind, note), CUBE (note));
CREATE VIEW v22 AS SELECT date_trunc('month', placed) AS month, extract(epoch FROM placed)::int, placed::date AS day, date_part('year', placed), to_char(placed, 'YYYY-MM'), placed + interval '1 month' AS a, placed - '1 day'::interval AS b, now() - placed AS since FROM orders;
CREATE VIEW v23 AS SELECT coalesce(kind, 'none') AS kind, coalesce(total, 0) AS total, nullif(kind, '') , greatest(total, 1), kind || '-' || id AS c1, kind || note AS c2, concat_ws(',', kind, note), total::text || 'x' AS c3, length(kind), upper(kind), left(kind, 2), kind LIKE 'a%' AS c4, CASE kind WHEN 'a' THEN 1 WHEN 'b' THEN 2.5 ELSE 0 END FROM orders;
CREATE VIEW v24 AS SELECT a.id FROM orders a, orders b, (SELECT id FROM orders) c WHERE a.id = b.id AND b.id = c.id FOR UPDATE OF a;
CREATE VIEW v25 AS SELECT (pr).a AS a2, (pr).*, list[1], list4[1:2], data['a']['b'], data #>> '{a,b}' AS c1, data -> 'x' -> 0 AS c2, (data ->> 'n')::int + 1 AS c3 FROM users;
CREATE VIEW v26 AS SELECT jsonb_build_object('id', id, 'name', name), json_build_array(1, 'x', NULL), x.key, x.value, e.value AS ev, rec.* FROM users, jsonb_each(data) x, jsonb_array_elements_text(data -> 'a') e, jsonb_to_record(data) AS rec(a int, b text);
CREATE VIEW v27 AS SELECT count(*) AS "Count", "u"."name" AS "Name", 'it''s' || E'\n' AS s FROM users "u" GROUP BY "u"."name", 3;
CREATE VIEW v28 AS TABLE orders;
CREATE VIEW v29 AS SELECT sub.n, sub.kind FROM (SELECT count(*) n, kind FROM orders GROUP BY kind) sub WHERE sub.n > 5 AND sub.kind = 'x';
CREATE VIEW v30 AS SELECT o.id, name(o.kind) AS nm, o.kind::varchar(3), 'abc'::varchar(2) AS cut, 'abc'::char(5) c, '12'::numeric(5,2), 1::bool, true::int, '1'::int8, 5::numeric(10,2) AS n2, ARRAY[1, 2.5, NULL], ARRAY[[1,2],[3,4]] AS a1, ARRAY['a','b']::varchar[] AS a2, '{1,2}'::int[] AS a3, ROW(1, 'x')::pair FROM orders o CROSS JOIN LATERAL upper(o.kind);
CREATE VIEW v31 AS SELECT relname, n.nspname, pg_get_userbyid(relowner), c.oid::regclass, 'app.users'::regclass::oid AS o FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE relkind IN ('r', 'v') AND n.nspname !~ '^pg_' AND relname = 'x';
CREATE VIEW v32 AS SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'app' AND table_name LIKE 'u%' AND is_nullable = 'YES';
CREATE VIEW v33 AS SELECT u.id, o.* FROM users u, LATERAL (SELECT total, placed FROM orders WHERE user_id = u.id ORDER BY placed DESC FETCH FIRST 3 ROWS ONLY) o WHERE u.created >= date '2020-01-01' AND u.at BETWEEN '2020-01-01' AND now()::timestamp;
CREATE VIEW v34 AS SELECT user_id, kind, total FROM orders WHERE (kind, total) = ('a', 5) OR (user_id, total) >= (1, 2.5) OR ROW(kind, note) IS DISTINCT FROM ROW('a', 'b') OR (kind, note) IN (('a', 'b'), ('c', 'd'));
CREATE VIEW v35 AS SELECT xmlelement(name foo, xmlattributes(id AS x), name) AS x, xmlforest(name, age AS a), xpath('/a', '<a/>'::xml), XMLCONCAT('<a/>', '<b/>') FROM users;
CREATE VIEW v36 AS SELECT t1.id, t2.id AS id2 FROM orders t1 JOIN (orders t2 JOIN orders t3 ON t2.id = t3.id) ON t1.id = t2.id RIGHT JOIN users t4 ON true;
CREATE VIEW v37 AS SELECT v1.id, v2.order_id, v3.b FROM v1 JOIN v2 ON v1.id = v2.id, v3 WHERE v3.a = v1.name;
CREATE VIEW v38 AS SELECT sum(CASE WHEN kind = 'a' THEN total ELSE 0 END) / NULLIF(count(*), 0)::numeric * 100 AS pct, round(avg(total), 2), count(*) FILTER (WHERE placed > now() - interval '7 days'), 100.0 * count(id) / 3 AS x FROM orders WHERE placed IS NOT NULL AND NOT (kind = 'x' OR kind IS NULL);
CREATE VIEW v39 AS SELECT * FROM (SELECT 1 AS a, 2 AS b, 'x' UNION SELECT 3, 4, NULL) q;
CREATE VIEW v40 AS SELECT a.x, b.x AS bx FROM (SELECT 1 AS x) a, (SELECT 2 AS x) b WHERE a.x <> b.x ORDER BY a.x + b.x, bx USING >;
CREATE VIEW v41 AS SELECT state AS st, state = 'new' AS isnew, CASE WHEN state IN ('new', 'open') THEN 'active' ELSE state::text END, coalesce(state, 'closed'), enum_range(NULL::status), 'open'::status AS o FROM users;
CREATE VIEW v42 AS SELECT mail, mail || 'x' AS c1, split_part(mail, '@', 2), mail = name AS c2, pos2 + 1 AS c3, pos2 = 1 AS c4, coalesce(mail, 'a@b'), tag || 'x'::text AS c5, CASE WHEN ok THEN mail END FROM users;
CREATE VIEW v43 AS SELECT -age AS a, - 5 AS b, -5::int AS c, +3 AS d, ~age AS e, @ -5.0 AS f, age::bigint, !! 'a & b'::tsquery AS g, to_tsvector('english', name) @@ to_tsquery('a') AS h, 2 ^ 3 AS i FROM users;
CREATE VIEW v44 AS SELECT unnest(list) AS item, generate_series(1, age), jsonb_object_keys(data) FROM users;
CREATE VIEW v45 AS SELECT FROM users;
CREATE VIEW v46 AS SELECT id FROM ONLY users TABLESAMPLE bernoulli (10) REPEATABLE (1) OFFSET 5;
CREATE VIEW v47 AS SELECT id FROM users EXCEPT SELECT id FROM orders INTERSECT ALL SELECT users_id FROM orders;
CREATE VIEW v48 AS SELECT d, d::date AS e FROM generate_series('2020-01-01'::timestamp, '2020-12-31', '1 day') AS d;
CREATE VIEW v49 AS SELECT u.id FROM users u JOIN users u2 ON u.id = u2.id JOIN orders ON orders.user_id = u2.id WHERE orders.id IN (SELECT users.id FROM users WHERE users.id = orders.id);
CREATE VIEW v50 AS SELECT 'a' = 'b' AS c, 'x' || 'y' AS d, 1 || 'x' AS e, '5' + 3 AS f, '2020-01-01' < now() AS g, null IS NULL AS h, 'a' LIKE 'b' AS i, '1' IN ('2', '3') AS j;
CREATE VIEW v51 AS VALUES (1, 'a'), (2, 'b');
CREATE VIEW v52 (p, q) AS VALUES (1, 'a'), (2, NULL) ORDER BY 1;
CREATE MATERIALIZED VIEW m1 AS SELECT kind, max(total) FROM orders GROUP BY 1 ORDER BY 1;
CREATE VIEW v53 AS WITH RECURSIVE tree AS (SELECT id, user_id, ARRAY[id] AS path, 0 AS depth FROM orders WHERE user_id IS NULL UNION ALL SELECT o.id, o.user_id, t.path || o.id, t.depth + 1 FROM orders o JOIN tree t ON o.user_id = t.id WHERE NOT o.id = ANY (t.path)) CYCLE id SET looped USING seen SELECT id, path, looped FROM tree;
CREATE TABLE app.access (user_id bigint, resource text);
CREATE POLICY p1 ON app.users USING (name = current_user AND (ok OR age > 5)) WITH CHECK (state <> 'closed');
CREATE POLICY p2 ON app.users USING (EXISTS (SELECT 1 FROM access WHERE access.user_id = users.id AND resource = 'x')) WITH CHECK (id IN (SELECT user_id FROM app.access a WHERE a.resource = name));
CREATE POLICY p3 ON app.access USING (user_id = (current_setting('app.user', true))::bigint OR EXISTS (SELECT FROM access a WHERE a.user_id = access.user_id));
CREATE FUNCTION app.trg() RETURNS trigger LANGUAGE plpgsql AS 'begin return new; end';
CREATE TRIGGER t1 BEFORE UPDATE ON app.users FOR EACH ROW WHEN (OLD.pr IS DISTINCT FROM NEW.pr AND new.name <> 'x' AND old.state IN ('new', 'open') AND NEW.age BETWEEN 1 AND 5) EXECUTE FUNCTION trg();
CREATE TRIGGER t3 AFTER UPDATE ON app.users FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION trg();
CREATE TRIGGER t2 BEFORE INSERT ON app.users FOR EACH ROW WHEN (pg_trigger_depth() < 1 AND NEW.data ->> 'a' = 'b') EXECUTE FUNCTION trg();
