INSERT INTO orders VALUES (1, 'abc', '{abc,d}', 'abc', 1.25, 'new', '(abc,1.25,new)', '{"(abc,1.25,new)"}');
INSERT INTO old_orders VALUES (2, 'abcd', '{}', NULL, 1, 'sent', NULL, NULL);
