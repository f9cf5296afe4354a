-- The default of a table alone, of columns alone, and of both.
CREATE TABLE reader (
    id int PRIMARY KEY,
    name varchar(30),
    code char(4) CHARACTER SET latin1,
    note text COLLATE utf8mb4_general_ci,
    kind enum('a', 'b') COLLATE utf8mb4_unicode_ci
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
CREATE TABLE legacy (id int PRIMARY KEY, word varchar(20), other varchar(20) CHARACTER SET latin1 COLLATE latin1_bin)
    DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;
CREATE TABLE untouched (id int PRIMARY KEY, word varchar(20) CHARACTER SET utf8mb4) COMMENT 'now with a comment';
