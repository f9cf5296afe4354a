CREATE TYPE colour AS ENUM ('red', 'green');
CREATE TABLE client (id int PRIMARY KEY, fullname text NOT NULL, c colour);
CREATE INDEX client_by_name ON client (fullname);
CREATE VIEW client_names AS SELECT fullname FROM client;
