INSERT INTO person VALUES (1, 'Ann', NULL, 5), (2, 'Bob', 1, 4);
