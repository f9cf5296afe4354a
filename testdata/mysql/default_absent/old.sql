CREATE TABLE third (id int PRIMARY KEY, a int, b varchar(10) DEFAULT 'x', c int DEFAULT 5);
ALTER TABLE third ALTER a DROP DEFAULT;
