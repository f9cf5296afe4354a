-- MySQL honours REFERENCES on a column from version 9 on, MariaDB always.
CREATE TABLE p (id int PRIMARY KEY);
CREATE TABLE c (id int PRIMARY KEY, a int REFERENCES p (id) ON DELETE CASCADE, b int NOT NULL REFERENCES p (id));
