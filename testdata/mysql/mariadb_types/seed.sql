INSERT INTO m (ip, c) VALUES ('::2', 'x');
