INSERT INTO t (a, was_typed, b) VALUES (1, 99, 2), (2, NULL, 3);
