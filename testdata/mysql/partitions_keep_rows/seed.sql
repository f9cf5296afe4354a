INSERT INTO moves VALUES (1), (2), (3), (4);
INSERT INTO ends_earlier VALUES (5), (20);
INSERT INTO ends_later VALUES ('2023-01-01'), ('2024-03-01');
INSERT INTO below_zero VALUES (-30), (-15);
INSERT INTO pairs VALUES (1, 1), (2, 2);
INSERT INTO ranged VALUES (1), (15);
