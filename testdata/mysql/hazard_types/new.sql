CREATE TABLE h (id int PRIMARY KEY, word varchar(20), n int, price decimal(6, 2), at datetime, body text);
