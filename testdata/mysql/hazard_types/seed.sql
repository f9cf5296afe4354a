INSERT INTO h VALUES (1, 'short', 5, 1.25, '2024-01-01 10:11:12', 'x');
