CREATE VIEW shop.order_totals AS
SELECT o.id AS order_id, o.customer_id, sum(i.amount * i.unit_price) AS total
FROM shop.orders o
JOIN shop.order_items i ON i.order_id = o.id
GROUP BY o.id, o.customer_id;
