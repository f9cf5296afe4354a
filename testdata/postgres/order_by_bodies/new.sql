CREATE SCHEMA "Z z";
CREATE TEXT SEARCH CONFIGURATION other (COPY = simple);
CREATE TEXT SEARCH DICTIONARY other (TEMPLATE = simple);
CREATE COLLATION other (provider = icu, locale = 'de');
CREATE OPERATOR ==== (LEFTARG = int, RIGHTARG = int, FUNCTION = int4eq);

-- what bodies use stands behind what runs them in every order of names
CREATE TABLE zt (id int, k text, n numeric);
CREATE SEQUENCE zs;
CREATE TYPE zlabel AS ENUM ('a', 'b');
CREATE TYPE zrow AS (a int, b text);
CREATE TEXT SEARCH CONFIGURATION zc (COPY = simple);
CREATE VIEW zv AS SELECT * FROM zt WHERE n > 0;
CREATE FUNCTION by_sql(c text) RETURNS bool LANGUAGE sql STABLE AS $$
  SELECT NOT EXISTS (SELECT FROM public.zv v JOIN public.zt ON v.id = zt.id WHERE v.k = c) $$;
CREATE FUNCTION by_plpgsql(c text) RETURNS bool LANGUAGE plpgsql STABLE AS $$
DECLARE r public.zt%ROWTYPE; e public.zlabel := 'a';
BEGIN SELECT * INTO r FROM public.zt LIMIT 1; RETURN public.by_sql(c); END $$;
CREATE FUNCTION by_execute(c text) RETURNS int LANGUAGE plpgsql AS $$
DECLARE n int; BEGIN EXECUTE 'SELECT count(*) FROM public.zt' INTO n; RETURN n; END $$;
CREATE FUNCTION by_sequence() RETURNS bigint LANGUAGE sql AS $$ SELECT nextval('public.zs') $$;
CREATE FUNCTION by_configuration(c text) RETURNS tsvector LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN RETURN to_tsvector('public.zc', c); END $$;
CREATE FUNCTION by_path(c text) RETURNS text LANGUAGE plpgsql IMMUTABLE SET search_path = public AS $f$
DECLARE z zrow; BEGIN z := ROW(1, c)::zrow; RETURN (z).b; END $f$;
CREATE TABLE t (id int, code text, added bigint DEFAULT by_sequence(),
  made text GENERATED ALWAYS AS (by_path(code)) STORED,
  CONSTRAINT known CHECK (by_plpgsql(code)), CONSTRAINT counted CHECK (by_execute(code) >= 0));
CREATE INDEX t_words ON t USING gin (by_configuration(code));
CREATE INDEX t_path ON t (by_path(code)) WHERE by_path(code) IS NOT NULL;
CREATE TABLE stays (a text);
CREATE FUNCTION keep(c text) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT upper(c) || (SELECT count(*) FROM public.zt)::text $$;
CREATE VIEW over_keep AS SELECT keep(a) AS k FROM stays;
CREATE MATERIALIZED VIEW a_kept AS SELECT * FROM over_keep;
CREATE DOMAIN a_domain AS text CHECK (by_sql(VALUE));
CREATE TABLE a_parts (c text) PARTITION BY LIST (by_path(c));
CREATE TABLE a_part PARTITION OF a_parts FOR VALUES IN ('x');

-- bodies that use one another's tables
CREATE TABLE ring_a (id int PRIMARY KEY, b_id int);
CREATE TABLE ring_b (id int PRIMARY KEY, a_id int REFERENCES ring_a);
CREATE FUNCTION reads_b(i int) RETURNS bool LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN RETURN EXISTS (SELECT FROM public.ring_b WHERE id = i); END $$;
CREATE FUNCTION reads_a(i int) RETURNS bool LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN RETURN EXISTS (SELECT FROM public.ring_a WHERE id = i) OR public.reads_b(i); END $$;
ALTER TABLE ring_a ADD CHECK (reads_b(b_id)), ADD COLUMN n bool GENERATED ALWAYS AS (reads_b(id)) STORED;
ALTER TABLE ring_b ADD CHECK (reads_a(a_id));
CREATE INDEX ring_a_i ON ring_a (reads_b(b_id));
CREATE INDEX ring_b_i ON ring_b (reads_a(a_id));

-- what has no kind, before what names it: in expressions and in constants
SET search_path = "Z z", public;
CREATE COLLATION nocase (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
CREATE TEXT SEARCH CONFIGURATION "Conf" (COPY = english);
CREATE TEXT SEARCH DICTIONARY dict (TEMPLATE = simple);
CREATE FUNCTION zeq(a int, b int) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT a = b';
CREATE OPERATOR === (LEFTARG = int, RIGHTARG = int, FUNCTION = zeq);
CREATE TABLE a (a int, b int, c text, d text COLLATE nocase, CHECK (a === b), CHECK (c COLLATE nocase <> 'x'),
  CHECK (a OPERATOR("Z z".===) 1 OR b > 1), v tsvector GENERATED ALWAYS AS (to_tsvector('"Conf"', c)) STORED);
CREATE INDEX a_collation ON a (c COLLATE nocase, (lower(c)) COLLATE nocase);
CREATE INDEX a_inside ON a ((c || 'x' COLLATE nocase));
CREATE INDEX a_configuration ON a USING gin (to_tsvector('"Conf"', c));
CREATE INDEX a_dictionary ON a (ts_lexize('dict', c)) WHERE a === b;
CREATE VIEW a_view AS SELECT a === b AS s, c COLLATE nocase AS n, to_tsquery('"Conf"', 'x') AS q FROM a;
CREATE TABLE a_names (r regconfig DEFAULT '"Conf"', p regproc DEFAULT 'zeq', pp regprocedure DEFAULT 'zeq(int, integer)',
  o regoper DEFAULT '===', oo regoperator DEFAULT '===(int,int)', co regcollation DEFAULT 'nocase',
  d regdictionary DEFAULT 'dict', rc regclass DEFAULT 'a', e regconfig DEFAULT 'english');

-- aggregates after their functions, of every kind; what takes other arguments is not meant
SET search_path = public;
CREATE FUNCTION ordered_set_transition_multi(internal, boolean, boolean, VARIADIC "any") RETURNS internal
  AS 'ordered_set_transition_multi' LANGUAGE internal IMMUTABLE;
CREATE FUNCTION z_transition(internal, VARIADIC "any") RETURNS internal AS 'ordered_set_transition_multi' LANGUAGE internal IMMUTABLE;
CREATE FUNCTION z_rank(internal, VARIADIC "any") RETURNS bigint AS 'hypothetical_rank_final' LANGUAGE internal IMMUTABLE;
CREATE FUNCTION z_final(internal) RETURNS bigint AS 'int8_avg' LANGUAGE internal IMMUTABLE;
CREATE FUNCTION z_single(internal, "any") RETURNS internal AS 'ordered_set_transition' LANGUAGE internal IMMUTABLE;
CREATE FUNCTION z_disc(internal, float8, anyelement) RETURNS anyelement AS 'percentile_disc_final' LANGUAGE internal IMMUTABLE;
CREATE FUNCTION z_sum(s int, VARIADIC r int[]) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT s + r[1]';
CREATE AGGREGATE a_borrowed(VARIADIC "any" ORDER BY VARIADIC "any")
  (SFUNC = ordered_set_transition_multi, STYPE = internal, FINALFUNC = rank_final, FINALFUNC_EXTRA);
CREATE AGGREGATE a_hypothetical(VARIADIC "any" ORDER BY VARIADIC "any")
  (SFUNC = z_transition, STYPE = internal, FINALFUNC = z_rank, FINALFUNC_EXTRA, HYPOTHETICAL);
CREATE AGGREGATE a_any(ORDER BY VARIADIC "any") (SFUNC = z_transition, STYPE = internal, FINALFUNC = z_rank, FINALFUNC_EXTRA);
CREATE AGGREGATE a_ordered(float8 ORDER BY anyelement) (SFUNC = z_single, STYPE = internal, FINALFUNC = z_disc, FINALFUNC_EXTRA);
CREATE AGGREGATE a_variadic(VARIADIC int[]) (SFUNC = z_sum, STYPE = int, INITCOND = '0');
CREATE AGGREGATE a_qualified(boolean, boolean, VARIADIC "any")
  (SFUNC = public.ordered_set_transition_multi, STYPE = internal, FINALFUNC = public.z_final);
