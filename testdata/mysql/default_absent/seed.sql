INSERT INTO third (id, a) VALUES (1, 1);
