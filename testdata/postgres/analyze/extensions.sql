-- Types, functions and operators of extensions, in a schema of their own and in public.
CREATE SCHEMA ext;
CREATE EXTENSION citext SCHEMA ext;
CREATE EXTENSION hstore;
CREATE EXTENSION ltree;
CREATE EXTENSION pg_trgm SCHEMA ext;
CREATE EXTENSION pgcrypto SCHEMA ext;
CREATE EXTENSION "uuid-ossp";
CREATE EXTENSION intarray;
CREATE EXTENSION cube;
CREATE EXTENSION btree_gist;
CREATE EXTENSION unaccent;
CREATE EXTENSION fuzzystrmatch;
SET search_path = public, ext;
CREATE TABLE things (
    id uuid PRIMARY KEY DEFAULT uuid_generate_v4(),
    other uuid DEFAULT gen_random_uuid(),
    salt text DEFAULT ext.gen_salt('bf'),
    mail citext DEFAULT 'x' CHECK (mail <> 'codigo' AND mail IN ('a', 'b') AND mail LIKE '%@%' AND mail ~ '^a'),
    attrs hstore DEFAULT '' CHECK (attrs -> 'a' = 'b' AND attrs ? 'k' AND attrs @> 'a=>1' AND NOT attrs ?| ARRAY['x', 'y']),
    path ltree CHECK (nlevel(path) > 1 AND path <@ 'a.b' AND path ~ '*.x.*'),
    nums int[] CHECK (nums && '{1,2}' AND sort(nums) = nums AND nums @> ARRAY[1]),
    c cube CHECK (c <-> '(1,2)' < 3),
    name text CHECK (name % 'abc' OR similarity(name, 'x') > 0.3 OR levenshtein(name, 'y') < 2 OR crypt('a', salt) = salt),
    low text GENERATED ALWAYS AS (lower(mail::text)) STORED
);
CREATE INDEX things_mail ON things (lower(mail), (attrs -> 'a'), subpath(path, 0, 1)) WHERE mail = 'q' AND attrs ? 'a';
CREATE VIEW things_view AS SELECT mail || 'x' AS m, mail = name AS same, upper(mail), split_part(mail, '@', 1), attrs || 'a=>b' AS h, (attrs -> 'a')::int + 1 AS n, (each(attrs)).key, akeys(attrs), path || 'x' AS p, lca(path, 'a.b'), unaccent(name), coalesce(mail, 'none') FROM things WHERE mail BETWEEN 'a' AND 'b' ORDER BY mail, name <-> 'abc';
