CREATE TABLE model (id int AUTO_INCREMENT PRIMARY KEY, a varchar(10) NOT NULL DEFAULT 'x' COMMENT 'c', KEY (a), b int, CHECK (b > 0)) COMMENT 'm';
CREATE TABLE copy LIKE model;
