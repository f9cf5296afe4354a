CREATE TABLE doc (id int PRIMARY KEY, a json, b json, c json NOT NULL, d json DEFAULT (json_array()));
