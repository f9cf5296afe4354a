-- What is written where there is no ADD COLUMN IF NOT EXISTS.
CREATE TABLE IF NOT EXISTS orders (id int PRIMARY KEY, amount int NOT NULL);
DELIMITER $$
DROP PROCEDURE IF EXISTS add_column_if_missing$$
CREATE PROCEDURE add_column_if_missing(IN table_to_change varchar(64), IN column_to_add varchar(64), IN definition text)
BEGIN
    DECLARE there int DEFAULT 0;
    SELECT COUNT(*) INTO there FROM information_schema.COLUMNS
        WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = table_to_change AND COLUMN_NAME = column_to_add;
    IF there = 0 THEN
        SET @ddl = CONCAT('ALTER TABLE `', table_to_change, '` ADD COLUMN `', column_to_add, '` ', definition);
        PREPARE statement_to_run FROM @ddl;
        EXECUTE statement_to_run;
        DEALLOCATE PREPARE statement_to_run;
    END IF;
END$$
DELIMITER ;
CALL add_column_if_missing('orders', 'state', 'varchar(10) NOT NULL DEFAULT ''new''');
CALL add_column_if_missing('orders', 'amount', 'text');
CALL add_column_if_missing('orders', 'state', 'text');
DROP PROCEDURE add_column_if_missing;

SET @there = (SELECT COUNT(*) FROM information_schema.STATISTICS
              WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = 'orders' AND INDEX_NAME = 'by_state');
SET @ddl = IF(@there > 0, 'SELECT 1', 'CREATE INDEX by_state ON orders (state)');
PREPARE statement_to_run FROM @ddl;
EXECUTE statement_to_run;
DEALLOCATE PREPARE statement_to_run;

DELIMITER //
CREATE PROCEDURE make_the_rest()
BEGIN
    DECLARE CONTINUE HANDLER FOR 1060, 1061 BEGIN END;
    ALTER TABLE orders ADD COLUMN amount int;
    CREATE TABLE customers (id int PRIMARY KEY, name varchar(40));
END//
CALL make_the_rest()//
DROP PROCEDURE make_the_rest//
DELIMITER ;
