CREATE TABLE client (id int PRIMARY KEY, fullname varchar(50) NOT NULL, town varchar(30), KEY client_town (town));
CREATE TABLE visit (id int PRIMARY KEY, client_id int, CONSTRAINT visit_client FOREIGN KEY (client_id) REFERENCES client (id));
CREATE VIEW names AS SELECT fullname AS n FROM client;
