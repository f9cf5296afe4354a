-- A table that leaves its parent, and with that what it had from it.
CREATE TABLE d_old (id int, gone int CHECK (gone > 0), also text NOT NULL);
CREATE TABLE d (x text) INHERITS (d_old);
CREATE TABLE e (id int, gone int CHECK (gone > 0));
CREATE TABLE e1 (x text) INHERITS (e);
