SET foreign_key_checks = 0;
CREATE TABLE here (id int PRIMARY KEY);
CREATE TABLE away (id int PRIMARY KEY, p int, CONSTRAINT away_fk FOREIGN KEY (p) REFERENCES missing (id) ON DELETE CASCADE);
CREATE TABLE mixed (id int PRIMARY KEY, p int, q int, CONSTRAINT mixed_fk FOREIGN KEY (p) REFERENCES missing (id) ON DELETE SET NULL, CONSTRAINT mixed_q FOREIGN KEY (q) REFERENCES here (id));
CREATE TABLE gets (id int PRIMARY KEY, p int, q int, CONSTRAINT gets_p FOREIGN KEY (p) REFERENCES nowhere (id), CONSTRAINT gets_q FOREIGN KEY (q) REFERENCES here (id));
CREATE TABLE left_behind (id int PRIMARY KEY, p int, CONSTRAINT left_fk FOREIGN KEY (p) REFERENCES goes (id));
CREATE TABLE beside (id int PRIMARY KEY, p int, x int, q int, CONSTRAINT beside_p FOREIGN KEY (p) REFERENCES plumb_nowhere.missing (id) ON DELETE CASCADE);
CREATE TABLE `both` (id int PRIMARY KEY, p int, q int, CONSTRAINT both_p FOREIGN KEY (p) REFERENCES plumb_nowhere.missing (id) ON DELETE CASCADE, CONSTRAINT both_q FOREIGN KEY (q) REFERENCES here (id));
