CREATE TABLE p (id int NOT NULL, PRIMARY KEY (id));
CREATE TABLE c (
    id int NOT NULL, a int, b int, d int, e int,
    PRIMARY KEY (id), KEY a (a), KEY fk_b (b), KEY c_ibfk_2 (d), KEY e_key (e, d),
    CONSTRAINT fk_b FOREIGN KEY (b) REFERENCES p (id) ON DELETE SET NULL,
    CONSTRAINT c_ibfk_2 FOREIGN KEY (d) REFERENCES p (id),
    CONSTRAINT c_ibfk_3 FOREIGN KEY (e) REFERENCES p (id) ON DELETE CASCADE
);
