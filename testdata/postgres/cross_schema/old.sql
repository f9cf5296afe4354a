CREATE EXTENSION IF NOT EXISTS hstore WITH SCHEMA ext;
CREATE SCHEMA "Odd Name";
CREATE TABLE "Odd Name"."Order" ("select" int PRIMARY KEY, "a""b" ext.hstore);
