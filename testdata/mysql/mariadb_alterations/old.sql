CREATE TABLE versioned (id int PRIMARY KEY, n int, k int);
CREATE TABLE sized (id int PRIMARY KEY, t varchar(50), u int UNIQUE, KEY t (t)) ROW_FORMAT=COMPRESSED KEY_BLOCK_SIZE=8;
CREATE TABLE resized (id int PRIMARY KEY, t varchar(50), KEY t (t)) ROW_FORMAT=COMPRESSED KEY_BLOCK_SIZE=8;
CREATE TABLE searched (id int PRIMARY KEY, a text, b text, c varchar(100));
CREATE TABLE p (id int NOT NULL PRIMARY KEY);
