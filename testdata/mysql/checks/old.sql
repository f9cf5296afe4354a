CREATE TABLE account (
    id int PRIMARY KEY,
    balance int NOT NULL,
    kind varchar(10) NOT NULL,
    low int, high int,
    CONSTRAINT not_negative CHECK (balance >= 0),
    CONSTRAINT known_kind CHECK (kind IN ('cash', 'bank')),
    CONSTRAINT in_order CHECK (low <= high),
    CONSTRAINT stays CHECK (kind <> '' AND (balance <= 1000000 OR id > 0))
);
