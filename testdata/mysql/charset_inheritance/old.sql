CREATE TABLE reader (
    id int PRIMARY KEY,
    name varchar(30),
    code char(4) CHARACTER SET ascii,
    note text COLLATE utf8mb4_bin,
    kind enum('a', 'b')
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
CREATE TABLE legacy (id int PRIMARY KEY, word varchar(20), other varchar(20) COLLATE latin1_bin) DEFAULT CHARSET=latin1;
CREATE TABLE untouched (id int PRIMARY KEY, word varchar(20));
