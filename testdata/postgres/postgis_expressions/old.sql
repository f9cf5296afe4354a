CREATE EXTENSION postgis;
CREATE TABLE places (id int PRIMARY KEY, track geometry(LineStringZ));
