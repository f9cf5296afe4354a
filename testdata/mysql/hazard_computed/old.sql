CREATE TABLE t (a int, was_typed int, b int, is_kept int AS (a * 2) STORED);
