INSERT INTO reader VALUES (1, 'ä', 'ö');
