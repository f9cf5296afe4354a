CREATE TABLE t (a int, b int);
CREATE TABLE gone (a int);
