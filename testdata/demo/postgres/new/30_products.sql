CREATE TABLE shop.products (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    sku text NOT NULL,
    title text NOT NULL,
    price shop.money_amount NOT NULL,
    stock integer NOT NULL DEFAULT 0 CHECK (stock >= 0),
    tags text[] NOT NULL DEFAULT '{}'
);

CREATE UNIQUE INDEX products_sku ON shop.products (upper(sku));
CREATE INDEX products_tags ON shop.products USING gin (tags);
