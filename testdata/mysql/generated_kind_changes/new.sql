-- No server alters a virtual column into a stored one: it is dropped and added, in its place.
CREATE TABLE g (id int PRIMARY KEY, a int, v int AS (a + 1) STORED, s int AS (a + 2) VIRTUAL, KEY by_s (s));
