CREATE TABLE shipments (
    id int NOT NULL,
    region int
) PARTITION BY LIST (region) (
    PARTITION north VALUES IN (1, 5),
    PARTITION south VALUES IN (3, NULL),
    PARTITION rest VALUES IN (9)
);
CREATE TABLE by_kind (
    kind char(2) NOT NULL,
    grade int NOT NULL
) PARTITION BY LIST COLUMNS (kind, grade) (
    PARTITION a VALUES IN (('x', 2)),
    PARTITION b VALUES IN (('y', 1))
);
