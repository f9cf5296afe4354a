INSERT INTO account VALUES (1, 5, 'cash', 1, 2), (2, 0, 'bank', NULL, NULL);
