CREATE VIEW shop.order_totals AS
SELECT o.id AS order_id, o.customer_id, c.full_name, o.status, sum(i.amount * i.unit_price) AS total
FROM shop.orders o
JOIN shop.customers c ON c.id = o.customer_id
JOIN shop.order_items i ON i.order_id = o.id
GROUP BY o.id, o.customer_id, c.full_name, o.status;

COMMENT ON VIEW shop.order_totals IS 'One row an order that has items';
