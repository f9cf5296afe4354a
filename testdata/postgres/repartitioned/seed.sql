INSERT INTO events VALUES (1, '2019-05-05', 'a'), (2, '2021-05-05', 'b');
INSERT INTO plain (name) VALUES ('x'), ('y'), ('z');
INSERT INTO plain_refers VALUES (1, 1);
INSERT INTO split VALUES (1, 'kept by itself'), (2, 'moved');
