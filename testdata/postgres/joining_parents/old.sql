-- Tables that join a parent which has more than they have, and others that leave theirs.
CREATE TABLE a1 (foo text);
CREATE TABLE a2 (foo text, n int);
CREATE TABLE b (foo text CHECK (length(foo) > 0), n int NOT NULL);
CREATE TABLE b1 (foo text, n int) INHERITS (b);
CREATE TABLE c_old (id int NOT NULL, common text CHECK (common <> ''));
CREATE TABLE c (x text) INHERITS (c_old);
CREATE TABLE e (k int, v text, PRIMARY KEY (k)) PARTITION BY LIST (k);
CREATE TABLE e1 PARTITION OF e FOR VALUES IN (1);
CREATE TABLE f (k int REFERENCES e);
CREATE TABLE g (k int, v text, PRIMARY KEY (k)) PARTITION BY LIST (k);
CREATE TABLE g1 PARTITION OF g FOR VALUES IN (1);
CREATE TABLE g2 PARTITION OF g FOR VALUES IN (2);
CREATE TABLE h (k int REFERENCES g);
