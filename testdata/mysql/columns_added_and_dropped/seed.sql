INSERT INTO parcel VALUES (1, 500, 'x', 'Ann', 1), (2, NULL, NULL, 'Bob', 2);
