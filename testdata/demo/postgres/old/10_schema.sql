-- The shop's own schema and the types that its tables share.
CREATE SCHEMA shop;
COMMENT ON SCHEMA shop IS 'What the shop sells, to whom, and when';

CREATE TYPE shop.order_status AS ENUM ('open', 'paid', 'shipped');
CREATE DOMAIN shop.money_amount AS numeric(12, 2) CHECK (VALUE >= 0);
