-- The collation that clients of MySQL say at the start, and the strings of views and programs get.
SET NAMES utf8mb4;
CREATE TABLE person (id int PRIMARY KEY, name varchar(40), boss int, pay int);
CREATE VIEW top AS SELECT id, name FROM person WHERE boss IS NULL;
CREATE VIEW paid (who, amount) AS SELECT name, pay FROM person WHERE pay > 0 WITH CHECK OPTION;
CREATE VIEW goes AS SELECT count(*) AS n FROM top;
CREATE VIEW over_top AS SELECT t.id, upper(t.name) AS loud FROM top t;
CREATE ALGORITHM=MERGE SQL SECURITY INVOKER VIEW merged AS SELECT id FROM person;
