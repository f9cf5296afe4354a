INSERT INTO meter (id, n4) VALUES (1, 10), (2, 20);
