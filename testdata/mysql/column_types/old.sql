CREATE TABLE instrument (
    id int NOT NULL PRIMARY KEY,
    label varchar(40) NOT NULL,
    remark varchar(60),
    reading decimal(8, 2) NOT NULL,
    raw_bytes varbinary(16),
    grade tinyint unsigned,
    taken date,
    state enum('new', 'used') NOT NULL DEFAULT 'new',
    tags set('red', 'green'),
    flags bit(4),
    body text,
    code char(5)
);
