INSERT INTO line (id, price, amount, word) VALUES (1, 2.50, 3, 'a'), (2, 1, 1, NULL);
