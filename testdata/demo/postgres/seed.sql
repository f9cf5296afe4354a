INSERT INTO shop.customers (email, name) VALUES ('ada@example.com', 'Ada'), ('alan@example.com', 'Alan');
INSERT INTO shop.products (sku, title, price, stock) VALUES ('p-1', 'Plumb line', 12.50, 40), ('p-2', 'Spirit level', 24.00, 7);
INSERT INTO shop.orders (customer_id) VALUES (1), (2);
INSERT INTO shop.order_items (order_id, product_id, amount, unit_price) VALUES (1, 1, 2, 12.50), (2, 2, 1, 24.00);
