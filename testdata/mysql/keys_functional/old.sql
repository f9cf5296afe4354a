CREATE TABLE mail (
    id int PRIMARY KEY, address varchar(100), doc json,
    KEY by_lower ((lower(address))),
    KEY by_sum ((id + 1), address(10))
);
