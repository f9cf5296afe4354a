-- What no kind covers is described by facts: both doors come to the same ones.
CREATE SCHEMA shop;

SET search_path = shop;

CREATE FOREIGN DATA WRAPPER remote OPTIONS (debug 'true');
CREATE SERVER warehouse TYPE 'db' VERSION '1.0' FOREIGN DATA WRAPPER remote OPTIONS (host 'old', port '5432');
CREATE SERVER archive FOREIGN DATA WRAPPER remote;
CREATE USER MAPPING FOR PUBLIC SERVER warehouse OPTIONS (user 'reader', password 'hidden');

CREATE TABLE items (id int PRIMARY KEY, name text NOT NULL, price numeric NOT NULL, kind int);
CREATE TABLE log (id int, what text);
CREATE TABLE orders (id int PRIMARY KEY, total numeric);

CREATE FUNCTION note_change() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
CREATE EVENT TRIGGER on_table ON ddl_command_end WHEN TAG IN ('alter table', 'CREATE TABLE')
    EXECUTE FUNCTION note_change();
CREATE EVENT TRIGGER on_end ON sql_drop EXECUTE FUNCTION note_change();

CREATE RULE keep AS ON DELETE TO items WHERE old.price > 100 DO INSTEAD NOTHING;
CREATE RULE write_down AS ON UPDATE TO items DO ALSO INSERT INTO log VALUES (new.id, old.name);
CREATE RULE twice AS ON INSERT TO orders DO ALSO (
    INSERT INTO log (id, what) VALUES (new.id, 'new');
    DELETE FROM log WHERE id = new.id AND what IS NULL);

CREATE STATISTICS item_statistics (dependencies, ndistinct) ON kind, name FROM items;
CREATE STATISTICS item_all ON price, kind, (lower(name)) FROM items;

CREATE PUBLICATION everything FOR ALL TABLES;
CREATE PUBLICATION a_few FOR TABLE items, orders WITH (publish = 'insert,delete');

CREATE COLLATION sorted (PROVIDER = icu, LOCALE = 'de_DE');
CREATE COLLATION plain (LOCALE = 'C');

CREATE TEXT SEARCH DICTIONARY words (TEMPLATE = simple, Accept = false);
CREATE TEXT SEARCH DICTIONARY stems (TEMPLATE = snowball, Language = german, StopWords = german);
CREATE TEXT SEARCH CONFIGURATION search (COPY = pg_catalog.german);
ALTER TEXT SEARCH CONFIGURATION search ALTER MAPPING FOR word, asciiword WITH words, stems;

CREATE FUNCTION to_money(item items) RETURNS money LANGUAGE sql IMMUTABLE AS 'SELECT 1::money';
CREATE CAST (items AS money) WITH FUNCTION to_money(items) AS ASSIGNMENT;

CREATE FUNCTION close_to(a numeric, b numeric) RETURNS boolean LANGUAGE sql IMMUTABLE
    AS 'SELECT abs(a - b) < 1';
CREATE OPERATOR ~~~ (FUNCTION = close_to, LEFTARG = numeric, RIGHTARG = numeric, COMMUTATOR = ~~~);

CREATE ACCESS METHOD pile TYPE TABLE HANDLER heap_tableam_handler;

CREATE TABLE told (c1 int);
CREATE RULE tells AS ON UPDATE TO told DO NOTIFY told;
CREATE RULE tells_more AS ON INSERT TO told DO ALSO (NOTIFY told, 'more'; NOTIFY other);
