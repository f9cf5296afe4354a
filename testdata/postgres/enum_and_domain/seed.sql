INSERT INTO diary VALUES (1, 'sad', 1), (2, 'happy', 100);
