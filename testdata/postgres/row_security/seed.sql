INSERT INTO doc VALUES (1, 'me', true);
