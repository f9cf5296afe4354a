-- The table's default changes, its columns do not: they say now what they inherited before.
CREATE TABLE reader (
    id int PRIMARY KEY,
    name varchar(30) CHARACTER SET latin1 COLLATE latin1_swedish_ci,
    note text CHARACTER SET latin1
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
