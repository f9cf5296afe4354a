CREATE TABLE author (
    id int unsigned NOT NULL AUTO_INCREMENT,
    name varchar(60) NOT NULL COMMENT 'first; last',
    born date DEFAULT NULL,
    about text DEFAULT NULL,
    doc json DEFAULT NULL,
    initials varchar(10) GENERATED ALWAYS AS (left(name, 1)) VIRTUAL,
    PRIMARY KEY (id), UNIQUE KEY name (name), FULLTEXT KEY about (about)
) COMMENT='Who wrote; it''s "them"';
CREATE TABLE book (
    id int unsigned NOT NULL AUTO_INCREMENT,
    author_id int unsigned NOT NULL,
    title varchar(100) CHARACTER SET latin1 NOT NULL DEFAULT 'it''s new',
    price decimal(8, 2) NOT NULL DEFAULT 0.00,
    kind enum('novel', 'it''s', 'a;b') NOT NULL DEFAULT 'novel',
    changed timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
    PRIMARY KEY (id), KEY by_price (price DESC, title(20)),
    CONSTRAINT written_by FOREIGN KEY (author_id) REFERENCES author (id) ON DELETE CASCADE,
    CONSTRAINT price_is_good CHECK (price >= 0)
);
CREATE SEQUENCE numbers START WITH 10 INCREMENT BY 5;
CREATE TABLE sale (id int NOT NULL, sold_on date NOT NULL, PRIMARY KEY (id, sold_on))
PARTITION BY RANGE (year(sold_on)) (PARTITION y2024 VALUES LESS THAN (2025), PARTITION rest VALUES LESS THAN MAXVALUE);
CREATE VIEW priced AS SELECT b.title, b.price, a.name FROM book b JOIN author a ON a.id = b.author_id WHERE b.price > 10;
CREATE VIEW cheap (t) AS SELECT title FROM priced WHERE price < 20;
DELIMITER //
CREATE TRIGGER book_first BEFORE INSERT ON book FOR EACH ROW BEGIN
    IF NEW.price IS NULL THEN SET NEW.price = 1; END IF; -- free; nearly
END//
CREATE TRIGGER book_second BEFORE INSERT ON book FOR EACH ROW SET NEW.title = trim(NEW.title)//
CREATE PROCEDURE restock(IN amount int, OUT done bool) MODIFIES SQL DATA COMMENT 'it''s slow'
BEGIN
    DECLARE i int DEFAULT 0;
    WHILE i < amount DO SET i = i + 1; END WHILE;
    SET done = TRUE;
END//
CREATE FUNCTION gross(net decimal(8, 2)) RETURNS decimal(8, 2) DETERMINISTIC RETURN net * 1.07//
CREATE EVENT tidy ON SCHEDULE EVERY 1 DAY STARTS '2031-01-01 03:00:00' ON COMPLETION PRESERVE DISABLE COMMENT 'at night' DO BEGIN
    DELETE FROM sale WHERE id < 0;
    DELETE FROM sale WHERE id = 0;
END//
DELIMITER ;
SET sql_mode = 'PIPES_AS_CONCAT,ANSI_QUOTES';
CREATE FUNCTION joined(a varchar(9), b varchar(9)) RETURNS varchar(20) DETERMINISTIC RETURN a || b;
