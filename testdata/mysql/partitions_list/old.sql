CREATE TABLE shop (id int NOT NULL, region int NOT NULL, town varchar(20)) PARTITION BY LIST (region) (
    PARTITION north VALUES IN (1, 2, 3),
    PARTITION south VALUES IN (4, 5),
    PARTITION nowhere VALUES IN (NULL, 0)
);
CREATE TABLE tagged (id int NOT NULL, tag varchar(10) NOT NULL) PARTITION BY LIST COLUMNS (tag) (
    PARTITION a VALUES IN ('a', 'b'),
    PARTITION z VALUES IN ('z')
);
