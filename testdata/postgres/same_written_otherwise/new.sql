CREATE SEQUENCE public.t_id_seq AS integer;
CREATE TABLE public.t (
    id int NOT NULL DEFAULT nextval('t_id_seq'),
    a varchar(10) DEFAULT 'x',
    b decimal(10, 0),
    c integer,
    d timestamp with time zone DEFAULT current_timestamp,
    e bool NOT NULL DEFAULT 't',
    CONSTRAINT t_a_b_key UNIQUE (a, b),
    CONSTRAINT t_pkey PRIMARY KEY (id),
    CHECK (b BETWEEN 1 AND 5),
    CHECK ((c = ANY (ARRAY[1, 2, 3])))
);
ALTER SEQUENCE t_id_seq OWNED BY public.t.id;
CREATE INDEX t_a_idx ON public.t (a);
CREATE VIEW public.v AS SELECT id, a FROM t WHERE (b != 3) AND (c IS NOT NULL);
