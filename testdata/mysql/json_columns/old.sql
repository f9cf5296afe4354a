CREATE TABLE doc (id int PRIMARY KEY, a json, b longtext, c json NOT NULL);
