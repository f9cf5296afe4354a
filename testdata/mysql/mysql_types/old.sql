CREATE TABLE m (id int PRIMARY KEY, v vector(3), p point NOT NULL SRID 4326, g geometry);
