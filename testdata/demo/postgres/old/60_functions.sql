CREATE FUNCTION shop.take_from_stock() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    UPDATE shop.products SET stock = stock - NEW.amount WHERE id = NEW.product_id;
    RETURN NEW;
END
$$;

CREATE TRIGGER take_from_stock AFTER INSERT ON shop.order_items
FOR EACH ROW EXECUTE FUNCTION shop.take_from_stock();
