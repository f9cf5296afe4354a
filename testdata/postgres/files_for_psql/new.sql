-- What psql itself reads: variables, conditions, COPY with options that MySQL's client has for commands.
\set ON_ERROR_STOP on
\set schema app
\set full :schema .lines
\set text 'it''s \\ a\ttab \x41\101' and ' more'
\set empty
\set quoted "Quoted"
\set a 1 \set b 2 \\ CREATE SCHEMA :"quoted";
\if :{?owner} \\ CREATE TABLE never(x integer); \else
\set owner nobody
\endif
\if false
CREATE TABLE never (x integer);
\if true
CREATE TABLE never (x integer);
\endif
\elif :a
CREATE TABLE reached (x integer);
\else
CREATE TABLE never (x integer);
\endif
CREATE SCHEMA :schema;
CREATE TABLE :full (
    a integer DEFAULT :a+:b,
    b text DEFAULT :'text',
    c text DEFAULT ':schema' || :'owner'::text || ':' || :'empty',
    d integer[] DEFAULT (ARRAY[1,2,3])[1:2]
);
COPY app.lines (a, b) FROM stdin
  WITH DELIMITER ',';
1,`:schema`
\.
\copy app.lines (a, b) from stdin with (delimiter '|')
2|CREATE TABLE `x` (a int AUTO_INCREMENT);
\.
DELETE FROM app.lines;
CREATE FUNCTION app.f() RETURNS text LANGUAGE sql AS $$ SELECT ':schema' || $q$:'owner'$q$ $$;
COMMENT ON FUNCTION :schema.f() IS :'owner';
SELECT 5 AS five \gset
CREATE TABLE delimited (
    delimiter text,
    auto_increment boolean
) \g
\echo `never run`
\unset schema
\q
CREATE TABLE never (x integer);
