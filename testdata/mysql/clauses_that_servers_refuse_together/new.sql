CREATE TABLE owner (id int PRIMARY KEY, alias int NOT NULL, name varchar(10) DEFAULT (concat('a', 'b')), UNIQUE KEY (alias)) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE owned (id int PRIMARY KEY, o int NOT NULL, a bigint, s char(8) COLLATE utf8mb4_general_ci, CONSTRAINT owned_fk FOREIGN KEY (o) REFERENCES owner (id)) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE pointing (id int PRIMARY KEY, o int, CONSTRAINT pointing_fk FOREIGN KEY (o) REFERENCES owner (alias)) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE texts (id int PRIMARY KEY, t text COLLATE utf8mb4_general_ci, m mediumtext COLLATE utf8mb4_general_ci NOT NULL) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='texts';
CREATE TABLE lengths (id int PRIMARY KEY, v varchar(20), e enum ('a', 'b') COLLATE utf8mb4_general_ci) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='lengths';
CREATE TABLE counted (id int NOT NULL AUTO_INCREMENT, CONSTRAINT counted_fk FOREIGN KEY (id) REFERENCES owner (id)) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
