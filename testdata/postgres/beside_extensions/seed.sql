INSERT INTO people VALUES (1, 'Ann', 'fine', 1, '(1,great)', '[2020-01-01,2021-01-01)');
