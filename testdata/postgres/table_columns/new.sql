CREATE TABLE account (
    id bigint NOT NULL,
    name varchar(80) NOT NULL DEFAULT 'nobody',
    credit decimal(10, 2),
    born date,
    seen timestamp with time zone DEFAULT now(),
    tags text[] NOT NULL DEFAULT '{}',
    label text GENERATED ALWAYS AS (name || '/' || id) STORED
);
CREATE UNLOGGED TABLE scratch (line text COLLATE "C", n int DEFAULT 1 + 1);
