CREATE TABLE e (
    a varchar(40) DEFAULT (uuid()), b int DEFAULT ((1 + 2)), c varchar(9) DEFAULT (_utf8mb4'abc'),
    d double DEFAULT (pi() * 2), f date DEFAULT (curdate()), g varchar(20) DEFAULT (lower(concat('A', 'B')))
);
