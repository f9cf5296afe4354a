-- plumb does not know the types that this operator takes, so only the server can tell which casts it puts in.
CREATE FUNCTION same(a text, b text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS 'BEGIN RETURN a = b; END';
CREATE OPERATOR === (LEFTARG = text, RIGHTARG = text, FUNCTION = same);
CREATE TABLE part (
    id integer PRIMARY KEY,
    code character varying(20) NOT NULL,
    spare boolean DEFAULT 'a'::text OPERATOR(public.===) 'b'::text,
    first boolean GENERATED ALWAYS AS (code::text OPERATOR(public.===) 'A1'::text) STORED,
    CONSTRAINT part_code_check CHECK (code::text OPERATOR(public.===) 'A1'::text OR id > 0)
);
CREATE INDEX part_code_idx ON part ((code::text OPERATOR(public.===) 'A1'::text))
    WHERE code::text OPERATOR(public.===) 'B2'::text;
ALTER TABLE part ENABLE ROW LEVEL SECURITY;
CREATE POLICY part_owner ON part
    USING (EXISTS (SELECT FROM part other WHERE other.code::text OPERATOR(public.===) part.code::text));
CREATE VIEW first_part AS
    SELECT id FROM part WHERE code::text OPERATOR(public.===) 'A1'::text;
CREATE MATERIALIZED VIEW parts AS
    SELECT id, code::text OPERATOR(public.===) 'A1'::text AS is_first FROM part;
CREATE DOMAIN part_code AS character varying
    CONSTRAINT part_code_check CHECK (VALUE::text OPERATOR(public.===) 'A1'::text);
CREATE VIEW second_part AS SELECT id FROM part WHERE code OPERATOR(public.===) 'B1';
