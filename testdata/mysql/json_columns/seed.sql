INSERT INTO doc VALUES (1, '{"k": "\\u00e9"}', '[1]', '{}');
