INSERT INTO app.t VALUES (1, 'a', 0), (2, 'b', 0), (20, 'c', 0);
