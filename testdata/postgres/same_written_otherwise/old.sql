CREATE TABLE t (
    id serial PRIMARY KEY,
    a character varying(10) DEFAULT 'x'::character varying,
    b numeric(10) CHECK (b >= 1 AND b <= 5),
    c int4 CHECK (c IN (1, 2, 3)),
    d timestamptz DEFAULT CURRENT_TIMESTAMP,
    e boolean DEFAULT true NOT NULL
);
CREATE INDEX ON t USING btree (a ASC);
CREATE VIEW v AS SELECT t.id, t.a FROM public.t WHERE t.b <> 3 AND t.c IS NOT NULL;
ALTER TABLE t ADD UNIQUE (a, b);
