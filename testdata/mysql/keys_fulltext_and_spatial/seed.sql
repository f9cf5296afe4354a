INSERT INTO place VALUES (1, 'a', 'b', ST_GeomFromText('POINT(1 1)'), ST_GeomFromText('POLYGON((0 0, 1 0, 1 1, 0 0))'));
