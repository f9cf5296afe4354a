CREATE SCHEMA arrived;
CREATE TYPE arrived.mood AS ENUM ('sad', 'glad');
CREATE DOMAIN arrived.short AS varchar(10);
CREATE SEQUENCE arrived.numbers;
CREATE FUNCTION arrived.one() RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE TABLE arrived.human (
    id integer PRIMARY KEY,
    mood arrived.mood,
    name arrived.short CHECK (name <> '')
);
CREATE INDEX by_mood ON arrived.human (mood);
CREATE VIEW arrived.happy AS SELECT id FROM arrived.human WHERE mood = 'glad';
CREATE TABLE public.stays (id integer, person integer REFERENCES arrived.human (id));
