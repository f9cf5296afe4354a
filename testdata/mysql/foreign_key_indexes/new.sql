-- The index that a foreign key made for itself gives way to one of the author's, and comes back where that goes.
CREATE TABLE parent (id int PRIMARY KEY);
CREATE TABLE child (
    id int PRIMARY KEY, a int, b int, c int, d int,
    KEY mine (a, id),
    CONSTRAINT by_a FOREIGN KEY (a) REFERENCES parent (id),
    CONSTRAINT by_b FOREIGN KEY (b) REFERENCES parent (id),
    CONSTRAINT by_c FOREIGN KEY (c) REFERENCES parent (id),
    KEY by_d_key (d)
);
