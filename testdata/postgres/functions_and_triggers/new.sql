CREATE TABLE job (id int PRIMARY KEY, state text, changed timestamp);
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$ BEGIN NEW.changed := clock_timestamp(); RETURN NEW; END $$;
CREATE TRIGGER touched BEFORE INSERT OR UPDATE OF state, id ON job
    FOR EACH ROW WHEN (NEW.state IS NOT NULL) EXECUTE FUNCTION touch();
CREATE FUNCTION seen() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
CREATE TRIGGER seen AFTER UPDATE ON job REFERENCING OLD TABLE AS before NEW TABLE AS after
    FOR EACH STATEMENT EXECUTE FUNCTION seen('a', 'b c');
CREATE FUNCTION add(a bigint, b bigint DEFAULT 1) RETURNS bigint LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 5 AS 'SELECT a + b';
CREATE FUNCTION names(state text, VARIADIC ids int[]) RETURNS TABLE (id int, name text) LANGUAGE sql STABLE ROWS 10
BEGIN ATOMIC
    SELECT j.id, j.state FROM job j WHERE j.state = names.state AND j.id = ANY (ids);
END;
CREATE PROCEDURE clean(INOUT n int) LANGUAGE plpgsql AS $$ BEGIN DELETE FROM job WHERE id = n; END $$;
CREATE AGGREGATE total (int) (SFUNC = int4pl, STYPE = int, INITCOND = '0');
ALTER TABLE job DISABLE TRIGGER seen;
