CREATE TABLE d (x text, also text);
CREATE TABLE e (id int, gone int CHECK (gone > 0));
CREATE TABLE e1 (x text);
