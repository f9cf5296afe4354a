INSERT INTO u (id, a, b) VALUES (1, 1, 2);
