INSERT INTO a (n) VALUES (1), (2), (3);
INSERT INTO b (n) VALUES (1), (2);
INSERT INTO c VALUES (7, 1), (9, 2);
INSERT INTO d (n) VALUES (1);
SELECT nextval('s');
