CREATE TABLE shop.orders (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    customer_id bigint NOT NULL REFERENCES shop.customers (id),
    status shop.order_status NOT NULL DEFAULT 'open',
    note text,
    placed_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE shop.order_items (
    order_id bigint NOT NULL REFERENCES shop.orders (id) ON DELETE CASCADE,
    product_id bigint NOT NULL REFERENCES shop.products (id),
    amount integer NOT NULL DEFAULT 1 CHECK (amount > 0),
    unit_price shop.money_amount NOT NULL,
    PRIMARY KEY (order_id, product_id)
);

CREATE INDEX orders_customer ON shop.orders (customer_id);
CREATE INDEX orders_unfinished ON shop.orders (placed_at) WHERE status IN ('open', 'paid');

-- A connection that works for one customer sees that customer's orders only.
ALTER TABLE shop.orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_orders ON shop.orders FOR SELECT
USING (customer_id = current_setting('shop.customer', true)::bigint);
