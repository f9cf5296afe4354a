INSERT INTO token (id) VALUES (1), (2);
