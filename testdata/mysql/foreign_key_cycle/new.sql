CREATE TABLE team (id int PRIMARY KEY, captain int);
CREATE TABLE player (
    id int PRIMARY KEY, team int, mentor int,
    CONSTRAINT plays FOREIGN KEY (team) REFERENCES team (id),
    CONSTRAINT learns FOREIGN KEY (mentor) REFERENCES player (id)
);
ALTER TABLE team ADD CONSTRAINT leads FOREIGN KEY (captain) REFERENCES player (id);
CREATE TABLE new_a (id int PRIMARY KEY, b int);
CREATE TABLE new_b (id int PRIMARY KEY, a int, CONSTRAINT new_b_a FOREIGN KEY (a) REFERENCES new_a (id));
ALTER TABLE new_a ADD CONSTRAINT new_a_b FOREIGN KEY (b) REFERENCES new_b (id);
