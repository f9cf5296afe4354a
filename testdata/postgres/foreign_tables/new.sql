CREATE SCHEMA far;
CREATE FOREIGN DATA WRAPPER zeppelin;
CREATE SERVER ship FOREIGN DATA WRAPPER zeppelin OPTIONS (host 'h');
CREATE USER MAPPING FOR PUBLIC SERVER ship OPTIONS (user 'b');
CREATE SERVER new_ship FOREIGN DATA WRAPPER zeppelin;

CREATE FOREIGN TABLE far.cargo (
    id bigint OPTIONS (column_name 'id') NOT NULL,
    name varchar(20) DEFAULT 'nothing' NOT NULL,
    weight numeric OPTIONS (column_name 'w'),
    length int
) SERVER ship OPTIONS (table_name 'freight', updatable 'false');
CREATE FOREIGN TABLE far.crew (id int, name text) SERVER new_ship;
CREATE FOREIGN TABLE far.log (line text) SERVER new_ship;
COMMENT ON FOREIGN TABLE far.cargo IS 'what is carried about';

CREATE TABLE far.events (at date NOT NULL, what text) PARTITION BY RANGE (at);
CREATE FOREIGN TABLE far.events_old PARTITION OF far.events FOR VALUES FROM ('2000-01-01') TO ('2010-01-01')
    SERVER ship OPTIONS (table_name 'events');
CREATE FOREIGN TABLE far.events_older PARTITION OF far.events FOR VALUES FROM ('1990-01-01') TO ('2000-01-01')
    SERVER ship;
CREATE VIEW far.heavy AS SELECT id FROM far.cargo WHERE weight > 100;
CREATE FUNCTION far.refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
CREATE TRIGGER no_insert BEFORE INSERT OR UPDATE ON far.cargo FOR EACH ROW EXECUTE FUNCTION far.refuse();
GRANT SELECT, INSERT ON far.cargo TO plumb_clerk;
