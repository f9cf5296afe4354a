-- MySQL tells "no default" from DEFAULT NULL; MariaDB does not.
CREATE TABLE third (id int PRIMARY KEY, a int, b varchar(10), c int DEFAULT 5);
ALTER TABLE third ALTER COLUMN b DROP DEFAULT, ALTER c SET DEFAULT 6;
