CREATE TABLE a (
    x varchar(10) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci, y char(5) COLLATE utf8mb4_unicode_ci, z text, w enum('p')
) COLLATE utf8mb4_unicode_ci;
CREATE TABLE b (x varchar(10) CHARSET utf8mb3, y varchar(10) COLLATE latin1_swedish_ci, z varchar(9) BINARY) CHARACTER SET = 'utf8';
CREATE TABLE c (x varchar(10) CHARACTER SET utf8mb4 BINARY, y varchar(5) UNICODE);
