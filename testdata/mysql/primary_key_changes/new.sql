CREATE TABLE one (a int NOT NULL, b int NOT NULL, PRIMARY KEY (b, a));
CREATE TABLE two (a int NOT NULL, b int NOT NULL, PRIMARY KEY (a));
CREATE TABLE three (a int NOT NULL, b int);
CREATE TABLE four (id int NOT NULL AUTO_INCREMENT, b int NOT NULL, PRIMARY KEY (b, id), KEY (id));
