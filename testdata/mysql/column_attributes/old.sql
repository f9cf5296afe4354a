CREATE TABLE person (
    id int NOT NULL PRIMARY KEY,
    name varchar(50),
    nick varchar(50) NOT NULL,
    born date COMMENT 'by the passport',
    height int unsigned,
    hidden int INVISIBLE DEFAULT 3,
    shown int DEFAULT 4
);
