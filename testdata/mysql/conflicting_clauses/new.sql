CREATE TABLE p (id int PRIMARY KEY, a int, KEY (a));
CREATE TABLE c (
    id int PRIMARY KEY, x int, y int, t text, u text, k int,
    KEY k_key (k, y), KEY swap_1 (y, x), KEY swap_2 (x, y),
    FULLTEXT KEY ft (t), FULLTEXT KEY fu (u),
    CONSTRAINT f FOREIGN KEY (x) REFERENCES p (id) ON DELETE SET NULL,
    CONSTRAINT ck CHECK (y > 1)
);
