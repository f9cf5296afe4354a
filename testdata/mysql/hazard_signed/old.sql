CREATE TABLE h (id int PRIMARY KEY, n int, m int unsigned);
