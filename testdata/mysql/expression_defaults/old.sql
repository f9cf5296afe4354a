CREATE TABLE token (
    id int PRIMARY KEY,
    secret varchar(40) DEFAULT (uuid()),
    label varchar(20) DEFAULT (concat('a', 'b')),
    number int DEFAULT (1 + 1),
    due date DEFAULT (curdate() + INTERVAL 1 DAY),
    plain int DEFAULT 1
);
