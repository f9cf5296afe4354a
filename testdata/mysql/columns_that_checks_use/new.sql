CREATE TABLE u (
    id int PRIMARY KEY, a bigint, c int, word varchar(20),
    doubled bigint AS (a * 2) STORED,
    CONSTRAINT on_a CHECK (a > 0),
    CONSTRAINT on_both CHECK (a < c)
);
CREATE VIEW sees AS SELECT a, c FROM u;
