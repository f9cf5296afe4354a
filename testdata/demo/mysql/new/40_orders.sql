CREATE TABLE orders (
    id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
    customer_id bigint unsigned NOT NULL,
    status enum('open', 'paid', 'shipped', 'returned') NOT NULL DEFAULT 'open',
    placed_at datetime NOT NULL DEFAULT CURRENT_TIMESTAMP,
    note text,
    KEY unfinished (status, placed_at DESC),
    FOREIGN KEY (customer_id) REFERENCES customers (id)
);

CREATE TABLE order_items (
    order_id bigint unsigned NOT NULL,
    product_id int unsigned NOT NULL,
    amount int NOT NULL DEFAULT 1,
    unit_price decimal(10, 2) NOT NULL,
    PRIMARY KEY (order_id, product_id),
    FOREIGN KEY (order_id) REFERENCES orders (id) ON DELETE CASCADE,
    FOREIGN KEY (product_id) REFERENCES products (id)
);

CREATE TABLE order_archive (id bigint unsigned NOT NULL, placed_on date NOT NULL)
PARTITION BY RANGE (year(placed_on)) (
    PARTITION y2024 VALUES LESS THAN (2025),
    PARTITION y2025 VALUES LESS THAN (2026),
    PARTITION later VALUES LESS THAN MAXVALUE
);
