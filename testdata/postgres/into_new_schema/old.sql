CREATE SCHEMA leaving;
CREATE TYPE leaving.mood AS ENUM ('sad', 'glad');
CREATE DOMAIN leaving.short AS varchar(10);
CREATE SEQUENCE leaving.numbers;
CREATE FUNCTION leaving.one() RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE TABLE leaving.person (
    id integer PRIMARY KEY,
    mood leaving.mood,
    name leaving.short CHECK (name <> '')
);
CREATE INDEX by_mood ON leaving.person (mood);
CREATE VIEW leaving.happy AS SELECT id FROM leaving.person WHERE mood = 'glad';
CREATE TABLE public.stays (id integer, person integer REFERENCES leaving.person (id));
