CREATE TABLE t (a int, was_typed int AS (a * 3) STORED, b int, is_kept int);
