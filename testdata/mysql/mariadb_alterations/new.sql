CREATE TABLE versioned (id int PRIMARY KEY, n bigint WITHOUT SYSTEM VERSIONING, k int, m int WITHOUT SYSTEM VERSIONING)
WITH SYSTEM VERSIONING;
CREATE TABLE sized (id int PRIMARY KEY, t varchar(50), u int UNIQUE, KEY t (t));
CREATE TABLE resized (id int PRIMARY KEY, t varchar(50), KEY t (t)) ROW_FORMAT=COMPRESSED KEY_BLOCK_SIZE=4;
CREATE TABLE searched (id int PRIMARY KEY, a text, b text, c varchar(100), FULLTEXT KEY fa (a), FULLTEXT KEY fb (b),
  FULLTEXT KEY fab (a, b), KEY c (c));
CREATE TABLE p (id int NOT NULL PRIMARY KEY) TABLESPACE innodb_system;
CREATE TABLE c (id int, pid int, FOREIGN KEY (pid) REFERENCES p (id) ON DELETE SET DEFAULT);
