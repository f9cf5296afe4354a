CREATE TABLE team (id int PRIMARY KEY, captain int);
CREATE TABLE player (id int PRIMARY KEY, team int, CONSTRAINT plays FOREIGN KEY (team) REFERENCES team (id));
CREATE TABLE gone_a (id int PRIMARY KEY, b int);
CREATE TABLE gone_b (id int PRIMARY KEY, a int, CONSTRAINT b_a FOREIGN KEY (a) REFERENCES gone_a (id));
ALTER TABLE gone_a ADD CONSTRAINT a_b FOREIGN KEY (b) REFERENCES gone_b (id);
