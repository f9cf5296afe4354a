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
-- Loops: over lists, and over what stands before them.
DO $$
DECLARE
    name text;
    item record;
BEGIN
    FOREACH name IN ARRAY '{orders,customers}'::text[] LOOP
        EXECUTE format('ALTER TABLE %I ADD COLUMN IF NOT EXISTS created_at timestamptz NOT NULL DEFAULT now()', name);
    END LOOP;
    FOR name IN SELECT unnest(ARRAY['orders', 'customers']) LOOP
        CONTINUE WHEN name = 'customers';
        EXECUTE 'CREATE INDEX ' || quote_ident(name || '_created') || ' ON ' || quote_ident(name) || ' (created_at)';
    END LOOP;
    FOR item IN SELECT * FROM (VALUES ('orders', 'note'), ('customers', 'name')) AS v (name, wanted) LOOP
        EXECUTE format('ALTER TABLE %I ADD COLUMN %I text', item.name, item.wanted);
    END LOOP;
    IF current_setting('server_version_num')::int / 10000 >= 14 THEN
        EXECUTE 'CREATE STATISTICS orders_apart (dependencies) ON amount, customer_id FROM orders';
    END IF;
    EXECUTE format('ALTER DATABASE %I SET statement_timeout = ''1min''', current_database());
END $$;
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.created_at := now(); RETURN NEW; END $$;
DO $$
DECLARE
    item record;
BEGIN
    FOR item IN SELECT table_schema, table_name FROM information_schema.tables
                WHERE table_catalog = current_database() AND table_schema = 'public' AND table_type = 'BASE TABLE' LOOP
        EXECUTE format('CREATE TRIGGER touched BEFORE UPDATE ON %I.%I FOR EACH ROW EXECUTE FUNCTION touch()',
                       item.table_schema, item.table_name);
    END LOOP;
    FOR item IN SELECT c.oid::regclass AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE n.nspname = 'public' AND c.relkind = 'r' LOOP
        EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', item.name);
    END LOOP;
    FOR item IN SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename LOOP
        EXECUTE format('COMMENT ON COLUMN %I.created_at IS %L', item.tablename, 'when a row of ' || item.tablename || ' was made');
    END LOOP;
END $$;
