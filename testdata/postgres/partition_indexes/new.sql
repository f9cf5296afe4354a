-- An index of one partition is taken over, the other partition has a copy made.
CREATE SCHEMA a;
CREATE TABLE a.p (k int NOT NULL, n int NOT NULL, t text) PARTITION BY LIST (k);
CREATE TABLE a.p1 PARTITION OF a.p FOR VALUES IN (1);
CREATE TABLE a.p2 PARTITION OF a.p FOR VALUES IN (2);
CREATE INDEX own ON a.p1 (t DESC) WITH (fillfactor = 70);
CREATE INDEX i ON a.p (t);

-- The same with a key, named otherwise.
CREATE SCHEMA b;
CREATE TABLE b.p (k int NOT NULL, n int NOT NULL, t text) PARTITION BY LIST (k);
CREATE TABLE b.p1 PARTITION OF b.p FOR VALUES IN (1);
CREATE TABLE b.p2 PARTITION OF b.p FOR VALUES IN (2);
CREATE TABLE b.p3 PARTITION OF b.p FOR VALUES IN (3);
ALTER TABLE b.p1 ADD CONSTRAINT own UNIQUE (k, n);
ALTER TABLE b.p ADD UNIQUE (k, n);

-- Indexes of the partitioned table are there; new partitions come with their own, by ATTACH.
CREATE SCHEMA c;
CREATE TABLE c.p (k int NOT NULL, n int NOT NULL, t text) PARTITION BY LIST (k);
CREATE UNIQUE INDEX u ON c.p (k, n);
CREATE INDEX i ON c.p (t);
CREATE TABLE c.p1 (k int NOT NULL, n int NOT NULL, t text);
ALTER TABLE c.p1 ADD CONSTRAINT own PRIMARY KEY (k, n);
CREATE INDEX own_i ON c.p1 (t);
ALTER TABLE c.p ATTACH PARTITION c.p1 FOR VALUES IN (1);
CREATE TABLE c.p2 PARTITION OF c.p FOR VALUES IN (2);
CREATE TABLE c.p3 PARTITION OF c.p (PRIMARY KEY (k, n)) FOR VALUES IN (3);

-- The key of a partition comes after the index of the table: it stands beside the copy.
CREATE SCHEMA d;
CREATE TABLE d.p (k int NOT NULL, n int NOT NULL, t text) PARTITION BY LIST (k);
CREATE TABLE d.p1 PARTITION OF d.p FOR VALUES IN (1);
CREATE UNIQUE INDEX u ON d.p (k, n);
ALTER TABLE d.p1 ADD PRIMARY KEY (k, n);

CREATE SCHEMA e;
CREATE TABLE e.p (k int NOT NULL, n int NOT NULL, t text, UNIQUE (k) INCLUDE (n)) PARTITION BY LIST (k);
CREATE UNIQUE INDEX u ON e.p (k, n);
CREATE TABLE e.p1 PARTITION OF e.p (CONSTRAINT beside PRIMARY KEY (k, n)) FOR VALUES IN (1);
CREATE TABLE e.p2 (k int NOT NULL, n int NOT NULL, t text, CONSTRAINT under UNIQUE (k, n), CONSTRAINT over UNIQUE (k) INCLUDE (n));
CREATE INDEX lower_own ON e.p2 (lower(t)) WHERE n > 0;
CREATE INDEX lower_parent ON e.p (lower(t)) WHERE n > 0;
ALTER TABLE e.p ATTACH PARTITION e.p2 FOR VALUES IN (2);

CREATE SCHEMA f;
CREATE TABLE f.p (k int NOT NULL, n int NOT NULL) PARTITION BY LIST (k);
CREATE TABLE f.s PARTITION OF f.p FOR VALUES IN (1) PARTITION BY RANGE (n);
CREATE TABLE f.s1 PARTITION OF f.s FOR VALUES FROM (0) TO (10);
CREATE TABLE f.s2 PARTITION OF f.s FOR VALUES FROM (10) TO (20);
ALTER TABLE f.s1 ADD CONSTRAINT own UNIQUE (k, n);
ALTER TABLE f.p ADD CONSTRAINT whole UNIQUE (k, n);
