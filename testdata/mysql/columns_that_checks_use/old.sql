CREATE TABLE u (
    id int PRIMARY KEY, a int, b int, word varchar(10),
    doubled int AS (a * 2) STORED,
    CONSTRAINT on_a CHECK (a > 0),
    CONSTRAINT on_both CHECK (a < b)
);
CREATE VIEW sees AS SELECT a, b FROM u;
