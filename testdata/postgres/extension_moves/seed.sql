INSERT INTO t VALUES ('A', '{B}', 'C');
