CREATE TABLE account (
    id int PRIMARY KEY,
    balance int NOT NULL,
    kind varchar(10) NOT NULL,
    low int, high int,
    CONSTRAINT not_negative CHECK (balance > -1),
    CONSTRAINT known_kind CHECK (kind IN ('cash', 'bank', 'loan')),
    CONSTRAINT stays CHECK (kind <> '' AND (balance <= 1000000 OR id > 0)),
    CONSTRAINT added CHECK (low IS NULL OR low BETWEEN 0 AND 9),
    CHECK (high % 2 = 0)
);
