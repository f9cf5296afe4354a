CREATE TABLE k (
    id int NOT NULL AUTO_INCREMENT,
    a int DEFAULT NULL,
    b varchar(10) DEFAULT NULL,
    c int DEFAULT NULL,
    PRIMARY KEY (id),
    UNIQUE KEY a (a),
    KEY b (b),
    KEY b_2 (b, c),
    KEY a_2 (a, c),
    KEY named (c, a),
    FULLTEXT KEY words (b)
);
CREATE TABLE p (a int NOT NULL, b int NOT NULL, PRIMARY KEY (a, b));
