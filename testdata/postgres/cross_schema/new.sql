CREATE EXTENSION IF NOT EXISTS hstore WITH SCHEMA ext;
CREATE SCHEMA "Odd Name";
CREATE TABLE "Odd Name"."Order" ("select" bigint PRIMARY KEY, "a""b" ext.hstore DEFAULT '"k"=>"v"'::ext.hstore);
CREATE INDEX ON "Odd Name"."Order" USING gist ("a""b");
SET search_path = "Odd Name", ext;
CREATE FUNCTION pick(h hstore) RETURNS text LANGUAGE sql IMMUTABLE RETURN h -> 'k';
CREATE VIEW picked AS SELECT "select", pick("a""b") FROM "Order";
