CREATE TABLE n (id int PRIMARY KEY, a int, b varchar(10) DEFAULT 'x', c int NOT NULL, d timestamp NULL);
