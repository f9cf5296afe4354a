-- Foreign tables are tables of a server: made after it, dropped before it, and altered like tables.
CREATE SCHEMA far;
CREATE FOREIGN DATA WRAPPER zeppelin;
CREATE SERVER ship FOREIGN DATA WRAPPER zeppelin;
CREATE SERVER old_ship FOREIGN DATA WRAPPER zeppelin;
CREATE USER MAPPING FOR PUBLIC SERVER ship OPTIONS (user 'a');

CREATE FOREIGN TABLE far.cargo (
    id int OPTIONS (column_name 'ident') NOT NULL,
    name varchar(20) DEFAULT 'none' CHECK (name <> ''),
    weight numeric
) SERVER ship OPTIONS (schema_name 'public', table_name 'cargo');
CREATE FOREIGN TABLE far.crew (id int, name text) SERVER old_ship;
COMMENT ON FOREIGN TABLE far.cargo IS 'what is carried';
COMMENT ON COLUMN far.cargo.name IS 'as painted on it';

CREATE TABLE far.events (at date NOT NULL, what text) PARTITION BY RANGE (at);
CREATE FOREIGN TABLE far.events_old PARTITION OF far.events FOR VALUES FROM ('2000-01-01') TO ('2010-01-01')
    SERVER ship;
CREATE VIEW far.heavy AS SELECT id FROM far.cargo WHERE weight > 100;
CREATE FUNCTION far.refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
CREATE TRIGGER no_insert BEFORE INSERT ON far.cargo FOR EACH ROW EXECUTE FUNCTION far.refuse();
GRANT SELECT ON far.cargo TO plumb_clerk;
