CREATE TABLE events (id bigint, at date NOT NULL) PARTITION BY RANGE (at);
DO $$
BEGIN
    FOR year IN 2024..2027 LOOP
        EXECUTE format('CREATE TABLE IF NOT EXISTS events_%s PARTITION OF events FOR VALUES FROM (%L) TO (%L)',
                       year, year || '-01-01', (year + 1) || '-01-01');
    END LOOP;
END $$;
