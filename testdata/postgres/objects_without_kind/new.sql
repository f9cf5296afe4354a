-- Everything of the old state, changed: some by ALTER, some by being dropped and made anew.
CREATE SCHEMA shop;

CREATE FOREIGN DATA WRAPPER remote OPTIONS (debug 'false', trace 'on');
CREATE SERVER warehouse TYPE 'db' FOREIGN DATA WRAPPER remote OPTIONS (host 'new', dbname 'w');
CREATE SERVER archive VERSION '2' FOREIGN DATA WRAPPER remote;
CREATE USER MAPPING FOR PUBLIC SERVER warehouse OPTIONS (user 'writer', password 'hidden');

CREATE TABLE shop.items (id int PRIMARY KEY, name text NOT NULL, price numeric NOT NULL, kind int);
CREATE TABLE shop.log (id int, what text);
CREATE TABLE shop.orders (id int PRIMARY KEY, total numeric);

CREATE FUNCTION shop.note_change() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
CREATE EVENT TRIGGER on_table ON ddl_command_end WHEN TAG IN ('DROP TABLE')
    EXECUTE FUNCTION shop.note_change();
CREATE EVENT TRIGGER on_end ON sql_drop EXECUTE FUNCTION shop.note_change();
ALTER EVENT TRIGGER on_end DISABLE;

CREATE RULE keep AS ON DELETE TO shop.items WHERE old.price > 10 DO INSTEAD NOTHING;
CREATE RULE write_down AS ON UPDATE TO shop.items DO ALSO
    INSERT INTO shop.log VALUES (new.id, old.name);
CREATE RULE twice AS ON INSERT TO shop.orders DO ALSO
    UPDATE shop.log SET what = 'again' WHERE log.id = new.id;
ALTER TABLE shop.items DISABLE RULE write_down;

CREATE STATISTICS shop.item_statistics (dependencies) ON kind, name FROM shop.items;
CREATE STATISTICS shop.item_all ON price, kind, (lower(name)) FROM shop.items;
ALTER STATISTICS shop.item_all SET STATISTICS 50;

CREATE PUBLICATION everything;
CREATE PUBLICATION a_few FOR TABLE shop.items WITH (publish_via_partition_root);

CREATE COLLATION shop.sorted (PROVIDER = icu, LOCALE = 'de-DE', DETERMINISTIC = false);
CREATE COLLATION shop.plain (LOCALE = 'C');

CREATE TEXT SEARCH DICTIONARY shop.words (TEMPLATE = simple, Accept = true);
CREATE TEXT SEARCH DICTIONARY shop.stems (TEMPLATE = snowball, Language = english);
CREATE TEXT SEARCH CONFIGURATION shop.search (COPY = pg_catalog.german);
ALTER TEXT SEARCH CONFIGURATION shop.search ALTER MAPPING FOR word WITH shop.words;
ALTER TEXT SEARCH CONFIGURATION shop.search DROP MAPPING FOR email, url;

CREATE FUNCTION shop.to_money(item shop.items) RETURNS money LANGUAGE sql IMMUTABLE
    AS 'SELECT 1::money';
CREATE CAST (shop.items AS money) WITH FUNCTION shop.to_money(shop.items);

CREATE FUNCTION shop.close_to(a numeric, b numeric) RETURNS boolean LANGUAGE sql IMMUTABLE
    AS 'SELECT abs(a - b) < 1';
CREATE OPERATOR shop.~~~ (FUNCTION = shop.close_to, LEFTARG = numeric, RIGHTARG = numeric,
    COMMUTATOR = OPERATOR(shop.~~~), RESTRICT = eqsel, JOIN = eqjoinsel);

CREATE ACCESS METHOD pile TYPE TABLE HANDLER heap_tableam_handler;

CREATE TABLE told (c1 int);
CREATE RULE tells AS ON UPDATE TO told DO NOTIFY told;
ALTER TABLE told DISABLE RULE tells;
CREATE RULE tells_more AS ON INSERT TO told DO ALSO (NOTIFY told, 'less'; NOTIFY other);
