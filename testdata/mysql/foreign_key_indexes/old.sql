CREATE TABLE parent (id int PRIMARY KEY);
CREATE TABLE child (
    id int PRIMARY KEY, a int, b int, c int, d int,
    CONSTRAINT by_a FOREIGN KEY (a) REFERENCES parent (id),
    KEY explicit_b (b, c),
    CONSTRAINT by_b FOREIGN KEY (b) REFERENCES parent (id),
    CONSTRAINT by_c FOREIGN KEY (c) REFERENCES parent (id),
    KEY by_d_key (d),
    CONSTRAINT by_d FOREIGN KEY (d) REFERENCES parent (id)
);
