CREATE SCHEMA "Z z";
CREATE TABLE t (id int, code text);
CREATE TABLE stays (a text);
CREATE FUNCTION keep(c text) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT upper(c) $$;
CREATE VIEW over_keep AS SELECT keep(a) AS k FROM stays;
CREATE TEXT SEARCH CONFIGURATION other (COPY = simple);
CREATE TEXT SEARCH DICTIONARY other (TEMPLATE = simple);
CREATE COLLATION other (provider = icu, locale = 'de');
CREATE OPERATOR ==== (LEFTARG = int, RIGHTARG = int, FUNCTION = int4eq);
