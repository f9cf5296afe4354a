INSERT INTO person (id, name, nick, height) VALUES (1, 'Ada', 'A', 1700), (2, 'Grace', 'G', 1680);
