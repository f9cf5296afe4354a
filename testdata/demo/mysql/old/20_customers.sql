CREATE TABLE customers (
    id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
    email varchar(120) CHARACTER SET ascii NOT NULL UNIQUE,
    name varchar(80) NOT NULL,
    phone varchar(30),
    created_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP
) COMMENT 'Everybody who ever ordered';
