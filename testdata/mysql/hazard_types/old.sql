CREATE TABLE h (id int PRIMARY KEY, word varchar(50), n bigint, price decimal(10, 4), at datetime(6), body longtext);
