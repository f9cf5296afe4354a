INSERT INTO h VALUES ('a', 'A'), ('b', 'B');
