-- A key of a partition stands under an index of the table that is no key.
CREATE TABLE logs (id int NOT NULL, region text NOT NULL) PARTITION BY LIST (region);
CREATE TABLE logs_eu PARTITION OF logs FOR VALUES IN ('eu');
CREATE UNIQUE INDEX logs_number ON logs (region, id);
ALTER TABLE logs_eu ADD CONSTRAINT logs_eu_key UNIQUE USING INDEX logs_eu_region_id_idx;

-- A table that is attached where an index of its own looks like the table's.
CREATE TABLE visits (id int, page text) PARTITION BY LIST (page);
CREATE INDEX visits_by_page ON visits (page, id);
CREATE TABLE visits_home (id int, page text);
CREATE INDEX visits_home_own ON visits_home (page, id);

-- Partitioned tables with foreign keys to each other, which are put aside.
CREATE TABLE authors (name varchar(20), book text);
CREATE UNIQUE INDEX authors_unique ON authors (name, book);
CREATE TABLE books (name varchar(20), book text);
CREATE UNIQUE INDEX books_unique ON books (name, book);
ALTER TABLE authors ADD CONSTRAINT authors_book FOREIGN KEY (name, book) REFERENCES books (name, book);
ALTER TABLE books ADD CONSTRAINT books_author FOREIGN KEY (name, book) REFERENCES authors (name, book);

-- Partitions that go over from tables with foreign keys to each other, which are dropped.
CREATE TABLE rooms (number int) PARTITION BY LIST (number);
CREATE TABLE rooms_1 PARTITION OF rooms FOR VALUES IN (1);
CREATE UNIQUE INDEX rooms_number ON rooms (number);
CREATE TABLE guests (room int) PARTITION BY LIST (room);
CREATE TABLE guests_1 PARTITION OF guests FOR VALUES IN (1);
CREATE UNIQUE INDEX guests_room ON guests (room);
ALTER TABLE guests ADD CONSTRAINT guests_in FOREIGN KEY (room) REFERENCES rooms (number);
ALTER TABLE rooms ADD CONSTRAINT rooms_for FOREIGN KEY (number) REFERENCES guests (room);

-- Another kind of aggregate under its name.
CREATE FUNCTION count_states(int[], boolean) RETURNS int[] LANGUAGE sql IMMUTABLE AS 'SELECT $1';
CREATE FUNCTION most(int[], boolean) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT true';
CREATE AGGREGATE ranked(boolean ORDER BY boolean) (sfunc = count_states, stype = int[], finalfunc = most, initcond = '{0,0}');

-- LIMIT as the server keeps it.
CREATE TABLE words (word text);

-- Both ends of a foreign key cease to be partitioned, and what were their partitions stays.
CREATE TABLE stands (number int PRIMARY KEY) PARTITION BY LIST (number);
CREATE TABLE stands_1 PARTITION OF stands FOR VALUES IN (1);
CREATE TABLE tickets (stand int) PARTITION BY LIST (stand);
CREATE TABLE tickets_1 PARTITION OF tickets FOR VALUES IN (1);
ALTER TABLE tickets ADD CONSTRAINT tickets_stand FOREIGN KEY (stand) REFERENCES stands;

-- A partition's key goes with a column of its table, and what the key wanted not null goes after it.
CREATE TABLE seats (number int, side text) PARTITION BY LIST (number);
CREATE TABLE seats_1 PARTITION OF seats (CONSTRAINT seats_1_key PRIMARY KEY (number, side)) FOR VALUES IN (1);
