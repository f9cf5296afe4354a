CREATE TABLE stays (id int PRIMARY KEY, a int);
CREATE TABLE goes (id int PRIMARY KEY, stays_id int, CONSTRAINT goes_stays FOREIGN KEY (stays_id) REFERENCES stays (id));
CREATE TABLE goes_too (id int PRIMARY KEY, goes_id int, CONSTRAINT goes_goes FOREIGN KEY (goes_id) REFERENCES goes (id));
CREATE VIEW on_goes AS SELECT id FROM goes;
CREATE TRIGGER of_goes BEFORE INSERT ON goes FOR EACH ROW SET NEW.id = 1;
CREATE PROCEDURE p() SELECT 1;
