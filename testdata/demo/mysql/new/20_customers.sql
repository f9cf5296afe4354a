CREATE TABLE customers (
    id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
    email varchar(250) CHARACTER SET ascii NOT NULL UNIQUE,
    full_name varchar(80) NOT NULL COMMENT 'As it is printed on parcels', -- @renamed from=name
    phone varchar(30),
    newsletter boolean NOT NULL DEFAULT FALSE,
    created_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP
) COMMENT 'Everybody who ever ordered or asked for the newsletter';
