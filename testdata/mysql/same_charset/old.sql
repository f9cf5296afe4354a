CREATE TABLE a (x varchar(10), y char(5), z text, w enum('p')) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;
CREATE TABLE b (x varchar(10), y varchar(10) CHARACTER SET latin1, z varchar(9) COLLATE utf8mb3_bin) DEFAULT CHARSET=utf8mb3;
CREATE TABLE c (x varchar(10) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin, y varchar(5) CHARACTER SET ucs2);
