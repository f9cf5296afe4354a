-- The collation that clients of MySQL say at the start, and the strings of views and programs get.
SET NAMES utf8mb4;
CREATE TABLE person (id int PRIMARY KEY, name varchar(40), boss int, pay int, town varchar(30));
-- A view that others look through gets a column; they are made from it, and in the right order.
CREATE VIEW top AS SELECT id, name, town FROM person WHERE boss IS NULL;
CREATE VIEW paid (who, amount) AS SELECT name, pay * 2 FROM person WHERE pay > 0;
CREATE VIEW over_top AS SELECT t.id, upper(t.name) AS loud, t.town FROM top t;
CREATE VIEW tree AS WITH RECURSIVE r (id, depth) AS (
    SELECT id, 0 FROM person WHERE boss IS NULL
    UNION ALL
    SELECT p.id, r.depth + 1 FROM person p JOIN r ON p.boss = r.id
) SELECT id, depth FROM r;
CREATE VIEW everything AS
    SELECT p.name, b.name AS boss_name, count(c.id) AS people
    FROM person p LEFT JOIN person b ON p.boss = b.id LEFT JOIN person c ON c.boss = p.id
    WHERE p.id IN (SELECT id FROM over_top) GROUP BY p.id, p.name, b.name HAVING count(c.id) >= 0 ORDER BY p.name DESC LIMIT 10;
CREATE VIEW both_kinds AS SELECT id, 'top' AS kind FROM top UNION SELECT id, 'other' FROM person WHERE boss IS NOT NULL;
CREATE ALGORITHM=TEMPTABLE SQL SECURITY DEFINER VIEW merged AS SELECT id FROM person;
