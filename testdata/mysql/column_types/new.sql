CREATE TABLE instrument (
    id bigint NOT NULL PRIMARY KEY,
    label varchar(80) NOT NULL,
    remark varchar(400),
    reading decimal(12, 4) NOT NULL,
    raw_bytes varbinary(64),
    grade smallint unsigned,
    taken datetime(3),
    state enum('new', 'used', 'broken') NOT NULL DEFAULT 'new',
    tags set('red', 'green', 'blue'),
    flags bit(8),
    body mediumtext,
    code char(9)
);
