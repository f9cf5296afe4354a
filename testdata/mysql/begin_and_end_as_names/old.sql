CREATE TABLE per (id int PRIMARY KEY, begin date, end date);
