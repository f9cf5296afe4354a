INSERT INTO comes VALUES (1), (2), (3);
INSERT INTO goes VALUES (1), (2), (3), (4), (NULL);
INSERT INTO closes VALUES (1), (2), (3);
INSERT INTO is_called VALUES (1), (2);
