CREATE TABLE reader (id int PRIMARY KEY, name varchar(30), note text) DEFAULT CHARSET=latin1 COLLATE=latin1_swedish_ci;
