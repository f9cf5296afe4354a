INSERT INTO event VALUES ('2025-05-05', 'a'), ('2025-05-06', 'b'); INSERT INTO child VALUES (1, 2, 'e');
