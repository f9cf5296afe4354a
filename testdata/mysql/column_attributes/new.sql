CREATE TABLE person (
    id int NOT NULL PRIMARY KEY,
    name varchar(50) NOT NULL COMMENT 'as it''s written',
    nick varchar(50),
    born date,
    height int unsigned NOT NULL COMMENT 'in millimetres',
    hidden int DEFAULT 3,
    shown int INVISIBLE DEFAULT 4
);
