CREATE TABLE h (id int PRIMARY KEY, a varchar(20));
