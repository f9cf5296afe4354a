-- One ALTER TABLE does not do: a foreign key and a check are made anew under their names, two full-text indexes come.
CREATE TABLE p (id int PRIMARY KEY, a int, KEY (a));
CREATE TABLE c (
    id int PRIMARY KEY, x int, y int, t text, u text, k int,
    KEY k_key (k), KEY swap_1 (x, y), KEY swap_2 (y, x),
    CONSTRAINT f FOREIGN KEY (x) REFERENCES p (id) ON DELETE CASCADE,
    CONSTRAINT ck CHECK (y > 0)
);
