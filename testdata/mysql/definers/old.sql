CREATE TABLE t (id int PRIMARY KEY);
CREATE DEFINER='plumb_test_clerk'@'localhost' VIEW v AS SELECT id FROM t;
CREATE DEFINER='plumb_test_clerk'@'localhost' PROCEDURE p() SELECT 1;
CREATE DEFINER='plumb_test_clerk'@'localhost' TRIGGER tr BEFORE INSERT ON t FOR EACH ROW SET NEW.id = NEW.id + 1;
CREATE DEFINER='plumb_test_clerk'@'localhost' EVENT e ON SCHEDULE EVERY 1 DAY STARTS '2031-01-01 00:00:00' DO DELETE FROM t;
