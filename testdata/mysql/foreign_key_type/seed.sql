INSERT INTO owner_list VALUES (1, 'Ann'), (2, 'Bob');
INSERT INTO dog VALUES (1, 1, NULL), (2, 2, 1);
