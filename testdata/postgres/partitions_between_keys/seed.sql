INSERT INTO logs VALUES (1, 'eu');
INSERT INTO visits_home VALUES (1, 'home');
