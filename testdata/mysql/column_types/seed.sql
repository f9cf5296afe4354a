INSERT INTO instrument VALUES
    (1, 'scale', NULL, 12.50, x'00FF', 3, '2024-05-06', 'used', 'red,green', b'1010', 'long', 'ab'),
    (2, 'lamp', 'dim', 0.01, NULL, NULL, NULL, 'new', NULL, NULL, NULL, NULL);
