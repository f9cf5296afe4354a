CREATE TABLE item (id int PRIMARY KEY, name varchar(40), touched int NOT NULL DEFAULT 0);
CREATE TABLE log (n int AUTO_INCREMENT PRIMARY KEY, what varchar(80));
CREATE TRIGGER t_first BEFORE INSERT ON item FOR EACH ROW SET NEW.name = upper(trim(NEW.name));
CREATE TRIGGER t_second BEFORE INSERT ON item FOR EACH ROW SET NEW.touched = 1;
CREATE TRIGGER t_third BEFORE INSERT ON item FOR EACH ROW PRECEDES t_second SET NEW.touched = 2;
CREATE TRIGGER t_stays AFTER DELETE ON item FOR EACH ROW INSERT INTO log (what) VALUES (concat('gone ', OLD.id));
DELIMITER //
CREATE TRIGGER t_update AFTER UPDATE ON item FOR EACH ROW
BEGIN
    -- a comment; with a semicolon, and a 'quote
    IF NEW.touched <> OLD.touched THEN
        INSERT INTO log (what) VALUES (concat('from ', OLD.touched, ' to ', NEW.touched, ';'));
    END IF;
END//
DELIMITER ;
