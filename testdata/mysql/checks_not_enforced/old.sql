CREATE TABLE c (id int PRIMARY KEY, a int, CONSTRAINT off_to_on CHECK (a > 0) NOT ENFORCED, CONSTRAINT on_to_off CHECK (a < 9));
