INSERT INTO shipments VALUES (1, 1), (2, 2), (3, 3), (4, NULL), (5, 9);
INSERT INTO by_kind VALUES ('x', 1), ('x', 2), ('y', 1);
