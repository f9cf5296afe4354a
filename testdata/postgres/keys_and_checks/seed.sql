INSERT INTO team VALUES (1, 'x'), (2, 'y'); INSERT INTO member VALUES (1, 'n', 5), (2, 'n', 129);
