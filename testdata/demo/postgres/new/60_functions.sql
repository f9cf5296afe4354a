CREATE FUNCTION shop.take_from_stock() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    UPDATE shop.products SET stock = stock - NEW.amount WHERE id = NEW.product_id;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no product %', NEW.product_id;
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER take_from_stock AFTER INSERT ON shop.order_items
FOR EACH ROW EXECUTE FUNCTION shop.take_from_stock();

CREATE FUNCTION shop.customer_total(customer bigint) RETURNS numeric
LANGUAGE sql STABLE
RETURN (SELECT coalesce(sum(t.total), 0) FROM shop.order_totals t WHERE t.customer_id = customer);
