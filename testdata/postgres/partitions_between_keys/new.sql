-- A key of a partition stands under an index of the table that is no key.
CREATE TABLE logs (id int NOT NULL, region text NOT NULL) PARTITION BY LIST (region);
CREATE TABLE logs_eu PARTITION OF logs FOR VALUES IN ('eu');
ALTER TABLE logs_eu ADD CONSTRAINT logs_eu_key UNIQUE (region, id);
ALTER TABLE logs ADD CONSTRAINT logs_key UNIQUE (region, id);

-- A table that is attached where an index of its own looks like the table's.
CREATE TABLE visits (id int, page text) PARTITION BY LIST (page);
CREATE INDEX visits_by_page ON visits (page, id);
CREATE TABLE visits_home (id int, page text);
ALTER TABLE visits ATTACH PARTITION visits_home FOR VALUES IN ('home');
CREATE INDEX visits_home_own ON visits_home (page, id);

-- Partitioned tables with foreign keys to each other, which are put aside.
CREATE TABLE authors (name varchar(20), book text) PARTITION BY LIST (name);
CREATE TABLE authors_a PARTITION OF authors FOR VALUES IN ('a');
CREATE UNIQUE INDEX authors_unique ON authors (name, book);
CREATE TABLE books (name varchar(20), book text) PARTITION BY LIST (name);
CREATE TABLE books_a PARTITION OF books FOR VALUES IN ('a');
CREATE UNIQUE INDEX books_unique ON books (name, book);
ALTER TABLE authors ADD CONSTRAINT authors_book FOREIGN KEY (name, book) REFERENCES books (name, book);
ALTER TABLE books ADD CONSTRAINT books_author FOREIGN KEY (name, book) REFERENCES authors (name, book);

-- Partitions that go over from tables with foreign keys to each other, which are dropped.
CREATE TABLE halls (number int) PARTITION BY LIST (number);
CREATE TABLE rooms_1 PARTITION OF halls FOR VALUES IN (1);
CREATE UNIQUE INDEX rooms_number ON halls (number);
CREATE TABLE visitors (room int) PARTITION BY LIST (room);
CREATE TABLE guests_1 PARTITION OF visitors FOR VALUES IN (1);
CREATE UNIQUE INDEX guests_room ON visitors (room);
ALTER TABLE visitors ADD CONSTRAINT guests_in FOREIGN KEY (room) REFERENCES halls (number);
ALTER TABLE halls ADD CONSTRAINT rooms_for FOREIGN KEY (number) REFERENCES visitors (room);

-- Another kind of aggregate under its name.
CREATE FUNCTION count_states(int[], boolean) RETURNS int[] LANGUAGE sql IMMUTABLE AS 'SELECT $1';
CREATE FUNCTION most(int[], boolean) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT true';
CREATE AGGREGATE ranked(boolean ORDER BY boolean) (sfunc = count_states, stype = int[], finalfunc = most, initcond = '{0,0}', hypothetical);

-- LIMIT as the server keeps it.
CREATE TABLE words (word text);
CREATE VIEW first_words AS
SELECT w.word, (SELECT x.word FROM words x WHERE x.word < w.word ORDER BY x.word LIMIT 1) AS before
FROM (SELECT word FROM words ORDER BY word LIMIT 10 OFFSET 2) w;

CREATE TABLE stands (number int PRIMARY KEY);
CREATE TABLE stands_1 (number int PRIMARY KEY);
CREATE TABLE tickets (stand int);
CREATE TABLE tickets_1 (stand int);
ALTER TABLE tickets ADD CONSTRAINT tickets_stand FOREIGN KEY (stand) REFERENCES stands;

CREATE TABLE seats (number int) PARTITION BY LIST (number);
CREATE TABLE seats_1 PARTITION OF seats FOR VALUES IN (1);
