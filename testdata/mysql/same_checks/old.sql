CREATE TABLE c (
    id int NOT NULL, a int, b varchar(20), d date,
    PRIMARY KEY (id),
    CONSTRAINT c1 CHECK (((a > 0) and (a < 10))),
    CONSTRAINT c2 CHECK ((a in (1,2,3))),
    CONSTRAINT c3 CHECK ((b <> _utf8mb4'x')),
    CONSTRAINT c4 CHECK ((a is not null) or (b like 'q%')),
    CONSTRAINT c5 CHECK (char_length(b) between 1 and 20),
    CONSTRAINT c6 CHECK (coalesce(a, 0) <> -1),
    CONSTRAINT c7 CHECK ((case when (a = 1) then 2 else 3 end) > 1),
    CONSTRAINT c8 CHECK (a * (id + 1) > 0)
);
