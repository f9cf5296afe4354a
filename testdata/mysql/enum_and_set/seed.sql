INSERT INTO ticket VALUES (1, 'open', 'green', 'a,b', 'hot'), (2, 'closed', NULL, 'it''s', 'hot,cold');
