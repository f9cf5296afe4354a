CREATE TABLE h (id int PRIMARY KEY, n int unsigned, m int unsigned);
