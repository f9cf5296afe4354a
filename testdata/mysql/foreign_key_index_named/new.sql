CREATE TABLE users (id int NOT NULL PRIMARY KEY);
CREATE TABLE admins (id int NOT NULL PRIMARY KEY);
CREATE TABLE posts (id int NOT NULL PRIMARY KEY, author_id int, reader_id int, FOREIGN KEY (author_id) REFERENCES admins (id),
  CONSTRAINT reads_it FOREIGN KEY (reader_id) REFERENCES admins (id));
