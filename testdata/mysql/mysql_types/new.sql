CREATE TABLE m (id int PRIMARY KEY, v vector(3), w vector, p point NOT NULL SRID 4326, g geometry NOT NULL SRID 0, SPATIAL KEY (p));
