DELIMITER //
CREATE TRIGGER take_from_stock AFTER INSERT ON order_items FOR EACH ROW
BEGIN
    UPDATE products SET stock = stock - NEW.amount WHERE id = NEW.product_id;
    IF row_count() = 0 THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'no such product';
    END IF;
END//

CREATE FUNCTION customer_total(customer bigint unsigned) RETURNS decimal(12, 2) READS SQL DATA
RETURN (SELECT coalesce(sum(t.total), 0) FROM order_totals t WHERE t.customer_id = customer)//
DELIMITER ;
