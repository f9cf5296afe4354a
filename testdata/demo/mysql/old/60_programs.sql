CREATE TRIGGER take_from_stock AFTER INSERT ON order_items FOR EACH ROW
UPDATE products SET stock = stock - NEW.amount WHERE id = NEW.product_id;
