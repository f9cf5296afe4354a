INSERT INTO stock VALUES (1, 1, 'x', 'y', '2024-01-01'), (2, 1, 'z', 'y', '2024-01-02');
