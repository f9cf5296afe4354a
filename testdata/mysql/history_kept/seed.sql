INSERT INTO hides (id) VALUES (1), (2);
INSERT INTO rotates VALUES (1), (2);
UPDATE rotates SET id = id + 10;
INSERT INTO rests VALUES (1);
DELETE FROM rests;
INSERT INTO widens VALUES (1, 1);
UPDATE widens SET a = 2;
