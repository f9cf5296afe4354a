CREATE SCHEMA arrived;
-- @renamed from=leaving.mood
CREATE TYPE arrived.mood AS ENUM ('sad', 'glad');
-- @renamed from=leaving.short
CREATE DOMAIN arrived.short AS varchar(10);
-- @renamed from=leaving.numbers
CREATE SEQUENCE arrived.numbers;
-- @renamed from=leaving.one
CREATE FUNCTION arrived.one() RETURNS integer LANGUAGE sql AS 'SELECT 1';
-- @renamed from=leaving.person
CREATE TABLE arrived.human (
    id integer PRIMARY KEY,
    mood arrived.mood,
    name arrived.short CHECK (name <> '')
);
CREATE INDEX by_mood ON arrived.human (mood);
-- @renamed from=leaving.happy
CREATE VIEW arrived.happy AS SELECT id FROM arrived.human WHERE mood = 'glad';
CREATE TABLE public.stays (id integer, person integer REFERENCES arrived.human (id));
