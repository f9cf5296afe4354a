INSERT INTO client VALUES (1, 'Ada', 'red'), (2, 'Alan', NULL);
