INSERT INTO client VALUES (1, 'Ada', 'Ulm'), (2, 'Alan', NULL);
INSERT INTO visit VALUES (1, 2);
