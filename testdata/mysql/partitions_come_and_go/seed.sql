INSERT INTO comes VALUES (1, 1), (1000, 2);
INSERT INTO goes VALUES (1, 1), (2, 2);
INSERT INTO other_way VALUES (1, 1), (2, 2);
