CREATE TABLE t (id int PRIMARY KEY, a int);
CREATE FUNCTION twice(x int) RETURNS bigint DETERMINISTIC RETURN x * 2;
CREATE FUNCTION stays(x varchar(20)) RETURNS varchar(40) NO SQL RETURN concat(x, x);
DELIMITER $$
CREATE PROCEDURE fill(IN n int, OUT done bool, INOUT `odd name` varchar(10))
    MODIFIES SQL DATA
    COMMENT 'fills; it''s easy'
BEGIN
    DECLARE i int DEFAULT 0;
    again: WHILE i < n DO
        INSERT INTO t VALUES (i, i);
        SET i = i + 1;
        IF i > 1000 THEN LEAVE again; END IF;
    END WHILE again;
    SET done = TRUE;
END$$
DELIMITER ;
CREATE PROCEDURE commented() COMMENT 'second' SQL SECURITY DEFINER SELECT 1;
CREATE FUNCTION uses_other(x int) RETURNS bigint DETERMINISTIC RETURN twice(x) + 1;
