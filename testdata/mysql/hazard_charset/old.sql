CREATE TABLE h (id int PRIMARY KEY, word varchar(50) CHARACTER SET utf8mb4);
