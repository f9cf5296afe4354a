CREATE TABLE h (word varchar(50) COLLATE utf8mb4_bin NOT NULL, free varchar(10) COLLATE utf8mb4_bin, UNIQUE KEY (word));
