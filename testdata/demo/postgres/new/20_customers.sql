CREATE TABLE shop.customers (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    email text NOT NULL UNIQUE,
    full_name text NOT NULL, -- @renamed from=name
    phone text,
    newsletter boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now()
);

COMMENT ON TABLE shop.customers IS 'Everybody who ever ordered or asked for the newsletter';
COMMENT ON COLUMN shop.customers.full_name IS 'As it is printed on parcels';
