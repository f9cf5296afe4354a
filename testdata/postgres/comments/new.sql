CREATE SCHEMA s;
COMMENT ON SCHEMA s IS 'second';
CREATE TABLE s.t (id int CONSTRAINT t_key PRIMARY KEY, v text);
COMMENT ON TABLE s.t IS 'it''s a "table"
with two lines \ and a backslash';
COMMENT ON COLUMN s.t.id IS 'comes';
COMMENT ON COLUMN s.t.v IS NULL;
COMMENT ON CONSTRAINT t_key ON s.t IS 'the key';
COMMENT ON INDEX s.t_key IS 'the index of the key';
CREATE FUNCTION s.f(int) RETURNS int LANGUAGE sql AS 'SELECT $1';
COMMENT ON FUNCTION s.f(int) IS E'tab\tand \u00e9';
CREATE TYPE s.e AS ENUM ();
COMMENT ON TYPE s.e IS 'nothing yet';
CREATE SEQUENCE s.q AS smallint INCREMENT 5 CYCLE;
COMMENT ON SEQUENCE s.q IS 'fives';
