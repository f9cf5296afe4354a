SET foreign_key_checks = 0;
CREATE TABLE here (id int PRIMARY KEY);
CREATE TABLE away (id int PRIMARY KEY, p int, CONSTRAINT away_fk FOREIGN KEY (p) REFERENCES missing (id));
CREATE TABLE mixed (id int PRIMARY KEY, p int, q int, CONSTRAINT mixed_fk FOREIGN KEY (p) REFERENCES missing (id));
CREATE TABLE gets (id int PRIMARY KEY, p int, q int);
CREATE TABLE goes (id int PRIMARY KEY);
CREATE TABLE left_behind (id int PRIMARY KEY, p int, CONSTRAINT left_fk FOREIGN KEY (p) REFERENCES goes (id));
CREATE TABLE beside (id int PRIMARY KEY, p int, q int, CONSTRAINT beside_p FOREIGN KEY (p) REFERENCES plumb_nowhere.missing (id));
CREATE TABLE `both` (id int PRIMARY KEY, p int, q int, CONSTRAINT both_p FOREIGN KEY (p) REFERENCES plumb_nowhere.missing (id));
