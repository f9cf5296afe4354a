CREATE TABLE shop.customers (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    email varchar(120) NOT NULL UNIQUE,
    name text NOT NULL,
    phone text,
    created_at timestamptz NOT NULL DEFAULT now()
);

COMMENT ON TABLE shop.customers IS 'Everybody who ever ordered';
