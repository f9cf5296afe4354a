CREATE TYPE colour AS ENUM ('red', 'green');
CREATE TABLE customer ( -- @renamed from=client
    id int PRIMARY KEY,
    full_name text NOT NULL, -- @renamed from=fullname
    c colour
);
CREATE INDEX customer_by_name /* @renamed from=client_by_name */ ON customer (full_name);
CREATE VIEW client_names AS SELECT full_name AS fullname FROM customer;
