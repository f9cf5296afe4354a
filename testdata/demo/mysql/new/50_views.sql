CREATE VIEW order_totals AS
SELECT o.id AS order_id, o.customer_id, c.full_name, o.status, sum(i.amount * i.unit_price) AS total
FROM orders o
JOIN customers c ON c.id = o.customer_id
JOIN order_items i ON i.order_id = o.id
GROUP BY o.id, o.customer_id, c.full_name, o.status;
