INSERT INTO gains VALUES ('a'), ('b');
INSERT INTO loses (a) VALUES (1), (2);
INSERT INTO wider VALUES (7);
INSERT INTO moves (nr) VALUES (1), (2);
