CREATE TABLE base (id int PRIMARY KEY, a int);
CREATE VIEW first_one AS SELECT id FROM base;
CREATE TABLE second_one (id int);
