INSERT INTO shop VALUES (1, 1, 'x'), (2, 3, 'y'), (3, 4, 'z'), (4, 0, 'w');
INSERT INTO tagged VALUES (1, 'a'), (2, 'z');
