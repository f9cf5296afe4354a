-- plumb does not know the types that this operator takes, so only the server can tell which casts it puts in.
CREATE FUNCTION same(a text, b text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS 'BEGIN RETURN a = b; END';
CREATE OPERATOR === (LEFTARG = text, RIGHTARG = text, FUNCTION = same);
CREATE TABLE part (
    id integer PRIMARY KEY,
    code character varying(20) NOT NULL,
    spare boolean DEFAULT 'a' OPERATOR(public.===) 'b',
    first boolean GENERATED ALWAYS AS (code OPERATOR(public.===) 'A1') STORED,
    CONSTRAINT part_code_check CHECK (code OPERATOR(public.===) 'A1' OR id > 0)
);
CREATE INDEX part_code_idx ON part ((code OPERATOR(public.===) 'A1'))
    WHERE code OPERATOR(public.===) 'B2';
ALTER TABLE part ENABLE ROW LEVEL SECURITY;
CREATE POLICY part_owner ON part
    USING (EXISTS (SELECT FROM part other WHERE other.code OPERATOR(public.===) part.code));
CREATE VIEW first_part AS
    SELECT id FROM part WHERE code OPERATOR(public.===) 'A1';
CREATE MATERIALIZED VIEW parts AS
    SELECT id, code OPERATOR(public.===) 'A1' AS is_first FROM part;
CREATE DOMAIN part_code AS character varying
    CONSTRAINT part_code_check CHECK (VALUE OPERATOR(public.===) 'A1');
CREATE VIEW second_part AS SELECT id FROM part WHERE code OPERATOR(public.===) 'B2';
