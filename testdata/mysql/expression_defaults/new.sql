CREATE TABLE token (
    id int PRIMARY KEY,
    secret varchar(40) DEFAULT (replace(uuid(), '-', '')),
    label varchar(20) DEFAULT (concat('a', 'c')),
    number int DEFAULT 2,
    due date DEFAULT (curdate() + INTERVAL 2 WEEK),
    plain int DEFAULT (2 * 3),
    doc text DEFAULT (_utf8mb4'{}')
);
