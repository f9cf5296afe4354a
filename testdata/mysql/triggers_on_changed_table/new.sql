CREATE TABLE item (id int PRIMARY KEY, name varchar(40), here int);
CREATE TRIGGER uses_here BEFORE INSERT ON item FOR EACH ROW SET NEW.here = 1;
