-- No server takes this order; plumb does.
CREATE INDEX b_twice ON b (a_id, id);
CREATE TRIGGER tr BEFORE INSERT ON b FOR EACH ROW SET NEW.a_id = f(NEW.a_id);
CREATE VIEW v2 AS SELECT v1.id, f(b.id) AS n FROM v1 JOIN b ON b.a_id = v1.id;
ALTER TABLE a ADD CONSTRAINT a_b FOREIGN KEY (b_id) REFERENCES b (id);
CREATE VIEW v1 AS SELECT id FROM a;
CREATE TABLE b (id int PRIMARY KEY, a_id int, CONSTRAINT b_a FOREIGN KEY (a_id) REFERENCES a (id));
CREATE FUNCTION f(x int) RETURNS int DETERMINISTIC RETURN x + 1;
CREATE TABLE a (id int PRIMARY KEY, b_id int);
