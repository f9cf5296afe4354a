CREATE TABLE e (id int PRIMARY KEY, a varchar(20), KEY (a)) ENGINE=InnoDB;
