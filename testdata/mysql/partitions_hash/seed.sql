INSERT INTO h VALUES (1, 1), (2, 2), (3, 3), (4, 4);
INSERT INTO k VALUES (1, 1), (2, 2), (3, 3);
