INSERT INTO owner VALUES (1, 1), (2, 2);
INSERT INTO owned VALUES (1, 1, 1, 'x');
INSERT INTO pointing VALUES (1, 2);
INSERT INTO texts VALUES (1, 'a', 'b');
INSERT INTO lengths VALUES (1, 'a', 'a');
INSERT INTO counted VALUES (2);
