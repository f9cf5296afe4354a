CREATE TABLE orders (id bigint PRIMARY KEY, amount numeric NOT NULL);
CREATE TABLE customers (id bigint PRIMARY KEY);
