CREATE TABLE mail (
    id int PRIMARY KEY, address varchar(100), doc json,
    KEY by_lower ((upper(address)) DESC),
    KEY by_sum ((id + 1), address(10)),
    KEY by_city ((CAST(doc ->> '$.city' AS char(30)) COLLATE utf8mb4_bin)),
    KEY by_tags ((CAST(doc -> '$.tags' AS unsigned ARRAY))),
    UNIQUE KEY ((abs(id)))
);
