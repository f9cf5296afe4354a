CREATE TABLE c (id int PRIMARY KEY, a int CHECK (a > 1), b int, d int CHECK (d IN (1, 2)));
