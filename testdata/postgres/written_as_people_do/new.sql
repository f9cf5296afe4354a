CREATE SCHEMA shop;
CREATE TABLE shop.customers (
    id serial PRIMARY KEY,
    name text,
    zip bigint,
    age bigint,
    phone text,
    email text NOT NULL DEFAULT '',
    born date,
    twice int GENERATED ALWAYS AS (id * 2) STORED,
    ref bigserial
);
-- What more is known of a sequence than "serial" says.
CREATE TABLE shop.counters (
    plain smallserial,
    told serial,
    granted serial,
    wide bigserial,
    starts serial,
    shared serial,
    called int NOT NULL,
    maybe serial,
    "Odd Name" serial
);
COMMENT ON SEQUENCE shop.counters_told_seq IS 'said';
GRANT USAGE ON SEQUENCE shop.counters_granted_seq TO PUBLIC;
ALTER SEQUENCE shop.counters_wide_seq CACHE 20;
ALTER SEQUENCE shop.counters_starts_seq START 100;
CREATE SEQUENCE shop.calls AS int;
ALTER SEQUENCE shop.calls OWNED BY shop.counters.called;
ALTER TABLE shop.counters ALTER called SET DEFAULT nextval('shop.calls'), ALTER maybe DROP NOT NULL;
CREATE TABLE shop.readers (id int DEFAULT nextval('shop.counters_shared_seq'));
CREATE FUNCTION shop.next_number() RETURNS bigint LANGUAGE plpgsql AS $$ BEGIN RETURN nextval('shop.rounds_id_seq'); END $$;
CREATE TABLE shop.rounds (id serial PRIMARY KEY, number bigint DEFAULT shop.next_number());
CREATE UNLOGGED TABLE shop.kept_lightly (id serial);
CREATE TABLE shop.parted (id bigserial, at date) PARTITION BY RANGE (at);
CREATE TABLE shop.parted_2030 PARTITION OF shop.parted FOR VALUES FROM ('2030-01-01') TO ('2031-01-01');
CREATE TABLE shop.notes (id int PRIMARY KEY, z int, a int, m int);
CREATE PROCEDURE shop.tidy() LANGUAGE sql AS 'SELECT 2';
CREATE VIEW shop.names AS
SELECT id,
       name
  FROM shop.customers
 WHERE id > 0;
