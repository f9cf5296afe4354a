CREATE TABLE item (id int PRIMARY KEY, name varchar(40), gone int);
CREATE TRIGGER uses_gone BEFORE INSERT ON item FOR EACH ROW SET NEW.gone = 1;
