CREATE TABLE e (
    a varchar(40) DEFAULT (UUID( )), b int DEFAULT (1+2), c varchar(9) DEFAULT ('abc'),
    d double DEFAULT (((PI())*2)), f date DEFAULT (CURRENT_DATE), g varchar(20) DEFAULT (LCASE(CONCAT('A','B')))
);
