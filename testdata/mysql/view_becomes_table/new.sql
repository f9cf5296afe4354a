CREATE TABLE base (id int PRIMARY KEY, a int);
CREATE TABLE first_one (id int);
CREATE VIEW second_one AS SELECT id FROM base;
