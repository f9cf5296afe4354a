CREATE TABLE ordered (
    a int PRIMARY KEY, b int, c int, d int, e int, f int
);
