INSERT INTO country VALUES ('de'), ('fr');
INSERT INTO city VALUES (1, 'de', 'fr', 'de', NULL), (2, 'fr', NULL, NULL, 'de');
