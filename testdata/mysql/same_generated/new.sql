CREATE TABLE g (
    a INT, b VARCHAR(20), j JSON,
    c INT AS (a+1),
    d VARCHAR(40) AS (CONCAT(`b`, 'x')) STORED,
    e VARCHAR(30) AS (JSON_UNQUOTE(JSON_EXTRACT(j, "$.name")))
);
