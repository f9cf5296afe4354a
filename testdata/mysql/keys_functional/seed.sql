INSERT INTO mail VALUES (1, 'A@x', '{"city": "Ulm", "tags": [1, 2]}');
