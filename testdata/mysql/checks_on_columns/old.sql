CREATE TABLE c (id int PRIMARY KEY, a int CHECK (a > 0), b int CHECK (b < 9), d int);
