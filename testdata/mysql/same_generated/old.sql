CREATE TABLE g (
    a int, b varchar(20), j json,
    c int GENERATED ALWAYS AS ((`a` + 1)) VIRTUAL,
    d varchar(40) GENERATED ALWAYS AS (concat(b, _utf8mb4'x')) STORED,
    e varchar(30) GENERATED ALWAYS AS (json_unquote(json_extract(j, '$.name'))) VIRTUAL
);
