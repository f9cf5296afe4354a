CREATE TABLE owner (id int PRIMARY KEY, alias int NULL, UNIQUE KEY (alias)) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE owned (id int PRIMARY KEY, o int NULL, a int, s char(8) COLLATE utf8mb4_bin, CONSTRAINT owned_fk FOREIGN KEY (o) REFERENCES owner (id)) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE pointing (id int PRIMARY KEY, o int, CONSTRAINT pointing_fk FOREIGN KEY (o) REFERENCES owner (alias)) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE texts (id int PRIMARY KEY, t text COLLATE utf8mb4_bin, m mediumtext COLLATE utf8mb4_bin) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE lengths (id int PRIMARY KEY, v varchar(10), e enum ('a', 'b') COLLATE utf8mb4_bin) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE counted (id int NOT NULL, CONSTRAINT counted_fk FOREIGN KEY (id) REFERENCES owner (id)) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
