INSERT INTO h VALUES (1, 'plain');
