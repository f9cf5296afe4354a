INSERT INTO reader VALUES (1, 'Zoë', 'ab', 'x', 'a');
INSERT INTO legacy VALUES (1, 'é', 'ü');
