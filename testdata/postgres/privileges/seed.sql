INSERT INTO ledger VALUES (1, 2, 'x');
