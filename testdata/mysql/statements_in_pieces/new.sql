-- A file may be a history: what counts is where it ends.
CREATE TABLE t (a int, temp int);
ALTER TABLE t ADD COLUMN b int FIRST, ADD c varchar(10) NOT NULL DEFAULT 'x' AFTER b, DROP COLUMN temp;
ALTER TABLE t MODIFY a bigint NOT NULL, ADD PRIMARY KEY (a);
ALTER TABLE t CHANGE COLUMN c d varchar(20) NOT NULL, RENAME COLUMN b TO e;
ALTER TABLE t ALTER e SET DEFAULT 5;
ALTER TABLE t ADD INDEX i (d), ADD UNIQUE u (e, d), COMMENT 'in pieces';
ALTER TABLE t RENAME INDEX i TO j, DROP INDEX u;
CREATE TABLE second_name (x int);
RENAME TABLE second_name TO final_name;
DROP TABLE IF EXISTS not_there, gone;
CREATE TABLE gone_at_last (x int);
DROP TABLE gone_at_last;
CREATE VIEW v AS SELECT 1 AS one;
CREATE OR REPLACE VIEW v AS SELECT 2 AS two;
