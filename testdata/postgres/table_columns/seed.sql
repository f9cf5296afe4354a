INSERT INTO account VALUES (1, 'a', 1.5, 'x', '2000-01-01'), (2, 'b', 2.5, 'y', NULL);
