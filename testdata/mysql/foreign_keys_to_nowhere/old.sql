SET foreign_key_checks = 0;
CREATE TABLE here (id int PRIMARY KEY);
CREATE TABLE away (id int PRIMARY KEY, p int, CONSTRAINT away_fk FOREIGN KEY (p) REFERENCES missing (id));
CREATE TABLE mixed (id int PRIMARY KEY, p int, q int, CONSTRAINT mixed_fk FOREIGN KEY (p) REFERENCES missing (id));
CREATE TABLE gets (id int PRIMARY KEY, p int, q int);
