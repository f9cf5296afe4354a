-- SQL-standard routine bodies (PostgreSQL 14 and later).
CREATE TABLE items (id int PRIMARY KEY, name varchar(20), price numeric(10,2), tags text[]);
CREATE FUNCTION f1(a int, b int DEFAULT 5) RETURNS int LANGUAGE sql RETURN a + b;
CREATE FUNCTION f2(text) RETURNS text LANGUAGE sql IMMUTABLE RETURN upper($1) || '!';
CREATE FUNCTION f3(item_name text) RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT count(*) FROM items WHERE name = item_name; END;
CREATE FUNCTION f4(id int) RETURNS SETOF items LANGUAGE sql BEGIN ATOMIC SELECT * FROM items WHERE items.id = f4.id ORDER BY name; END;
CREATE FUNCTION f5(n text) RETURNS int LANGUAGE sql BEGIN ATOMIC INSERT INTO items VALUES (1, n, 0, '{}'); UPDATE items SET price = price * 2, name = 'x' WHERE name = n; DELETE FROM items i WHERE i.price > 5; SELECT 1; END;
CREATE FUNCTION f6() RETURNS TABLE (a int, b text) LANGUAGE sql BEGIN ATOMIC SELECT id, name FROM items UNION SELECT 1, 'x'; END;
CREATE FUNCTION f7(d date) RETURNS boolean LANGUAGE sql RETURN d > '2020-01-01' AND extract(dow FROM d) IN (0, 6);
CREATE FUNCTION f8(i items) RETURNS text LANGUAGE sql RETURN i.name || (i).price;
CREATE FUNCTION f9(x int) RETURNS int LANGUAGE sql BEGIN ATOMIC INSERT INTO items (id, name) SELECT x, 'y' ON CONFLICT (id) DO UPDATE SET name = excluded.name WHERE items.price > 0 RETURNING id; END;
