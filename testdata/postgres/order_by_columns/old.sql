-- A generated column goes, the column that it was made of changes its type, and what uses only other columns of the
-- table is altered in place.
CREATE TABLE t (id int, age bigint, twice bigint GENERATED ALWAYS AS (age * 2) STORED);
CREATE VIEW v AS SELECT id FROM t WHERE id > 0;

-- a view that leaves another one, which goes
CREATE TABLE u (id int, age bigint, twice bigint GENERATED ALWAYS AS (age * 2) STORED);
CREATE VIEW u1 AS SELECT id FROM u;
CREATE VIEW u2 AS SELECT id FROM u1;

-- no column is named
CREATE TABLE n (id int, age bigint, twice bigint GENERATED ALWAYS AS (age * 2) STORED);
CREATE VIEW counted AS SELECT count(*) AS count FROM n WHERE true;

-- a policy, a function and a rule that use another table
CREATE TABLE p (id int, age bigint, twice bigint GENERATED ALWAYS AS (age * 2) STORED);
CREATE TABLE w (id int);
ALTER TABLE w ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON w USING (id IN (SELECT id FROM p WHERE id > 0));
CREATE FUNCTION ids() RETURNS SETOF int LANGUAGE sql BEGIN ATOMIC SELECT id FROM p WHERE id > 0; END;
CREATE RULE r AS ON DELETE TO w DO ALSO UPDATE p SET id = 0 WHERE p.id = OLD.id;

-- a policy of the table itself, and a publication that names columns
CREATE TABLE c (id int, age bigint, twice bigint GENERATED ALWAYS AS (age * 2) STORED);
CREATE POLICY own ON c USING (id > 0);
CREATE PUBLICATION pub FOR TABLE c (id, age) WHERE (id > 0);
