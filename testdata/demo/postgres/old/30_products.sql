CREATE TABLE shop.products (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    sku text NOT NULL,
    title text NOT NULL,
    price shop.money_amount NOT NULL,
    stock integer NOT NULL DEFAULT 0 CHECK (stock >= 0)
);

CREATE UNIQUE INDEX products_sku ON shop.products (sku);
