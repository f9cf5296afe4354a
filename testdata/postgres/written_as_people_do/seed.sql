INSERT INTO shop.customers (name, zip, age) VALUES ('a', 1, 2), ('b', 3, 4);
INSERT INTO shop.notes VALUES (1), (2);
