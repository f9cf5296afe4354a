-- What tools for migrations and careful people write, so that a file can be run again.
DO $$ BEGIN
    CREATE TYPE state AS ENUM ('new', 'paid');
EXCEPTION
    WHEN duplicate_object THEN NULL;
END $$;
CREATE TABLE IF NOT EXISTS customers (id bigint PRIMARY KEY);
CREATE TABLE IF NOT EXISTS orders (id bigint PRIMARY KEY, amount numeric NOT NULL);
DO $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM information_schema.columns
                   WHERE table_schema = 'public' AND table_name = 'orders' AND column_name = 'state') THEN
        ALTER TABLE public.orders ADD COLUMN state state NOT NULL DEFAULT 'new';
    END IF;
    IF NOT EXISTS (SELECT 1 FROM information_schema.columns
                   WHERE table_schema = 'public' AND table_name = 'orders' AND column_name = 'customer_id') THEN
        ALTER TABLE public.orders ADD COLUMN customer_id bigint;
    END IF;
END $$;
DO $$ BEGIN
    ALTER TABLE "orders" ADD CONSTRAINT "orders_customer_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."customers"("id")
        ON DELETE no action ON UPDATE no action;
EXCEPTION
    WHEN duplicate_object THEN null;
END $$;
--> statement-breakpoint
DO $do$
DECLARE
    name text := 'orders_positive';
BEGIN
    IF NOT EXISTS (SELECT FROM pg_constraint WHERE conrelid = 'orders'::regclass AND conname = name) THEN
        EXECUTE format('ALTER TABLE orders ADD CONSTRAINT %I CHECK (amount > %L)', name, 0);
    END IF;
    IF to_regclass('public.orders_by_customer') IS NULL THEN
        CREATE INDEX orders_by_customer ON orders (customer_id);
    END IF;
END $do$;
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_policies WHERE schemaname = 'public' AND tablename = 'orders' AND policyname = 'all rows') THEN
        CREATE POLICY "all rows" ON orders FOR SELECT USING (true);
    ELSE
        RAISE NOTICE 'there already';
    END IF;
END $$;
DO 'BEGIN COMMENT ON TABLE orders IS ''what was ordered''; END';
