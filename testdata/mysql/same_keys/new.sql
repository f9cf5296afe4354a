CREATE TABLE k (
    id int AUTO_INCREMENT PRIMARY KEY,
    a int UNIQUE,
    b varchar(10),
    c int,
    INDEX (b(10) ASC),
    KEY (b, c),
    FULLTEXT INDEX words (b)
);
CREATE INDEX a_2 USING BTREE ON k (a, c);
ALTER TABLE k ADD INDEX named (c ASC, a) USING BTREE;
CREATE TABLE p (a int, b int);
ALTER TABLE p ADD CONSTRAINT whatever PRIMARY KEY USING BTREE (a, b);
