"""PostgreSQL's driver for truth.py: runs statements and steps as psql does, reads all values and positions back."""
import json

import truth_postgres_features, truth_postgres_types
from postgres_server import PSQL, Wrong, lines, run
import truth
from truth import Position, Probe, token_of


# The zone has hours that are not there and hours that are there twice.
SESSION = "SET client_min_messages = error; SET timezone = 'Europe/Berlin'; SET lc_monetary = 'C';\n"

BELOW = r"""
CREATE FUNCTION pg_temp.below(type oid, modifier int) RETURNS text LANGUAGE plpgsql AS $$
DECLARE t pg_type; e pg_type;
BEGIN
    SELECT * INTO t FROM pg_type WHERE oid = type;
    SELECT * INTO e FROM pg_type WHERE oid = t.typelem AND t.typcategory = 'A' AND typtype = 'd';
    IF t.typtype = 'd' THEN RETURN pg_temp.below(t.typbasetype, t.typtypmod); END IF;
    IF e.oid IS NOT NULL THEN RETURN pg_temp.below(e.typbasetype, e.typtypmod) || '[]'; END IF;
    RETURN format_type(type, modifier);
END $$;
"""

# One line of JSON a fact, of everything that can hold rows or positions.
PROBE = BELOW + r"""
SELECT json_build_array('column', c.oid::regclass, attname, pg_temp.below(atttypid, atttypmod), attgenerated <> '')
    FROM pg_class c JOIN pg_attribute ON attrelid = c.oid AND attnum > 0 AND NOT attisdropped
    WHERE relkind = 'r' AND relnamespace::regnamespace::text !~ '^(pg_|information_schema)';
SELECT format('SELECT json_build_array(''row'', %L, id::text, json_build_object(%s)) FROM ONLY %s', c.oid::regclass,
        string_agg(format('%L, %I::text', attname, attname), ', ' ORDER BY attnum), c.oid::regclass)
    FROM pg_class c JOIN pg_attribute ON attrelid = c.oid AND attnum > 0 AND NOT attisdropped
    WHERE relkind = 'r' AND relnamespace::regnamespace::text !~ '^(pg_|information_schema)' GROUP BY c.oid \gexec
SELECT format('SELECT json_build_array(''position'', %L, %L, last_value, is_called, %s, last_value <> %s OR is_called) FROM %s',
        c.oid::regclass, (SELECT refobjid::regclass || '.' || attname FROM pg_depend
            JOIN pg_attribute ON attrelid = refobjid AND attnum = refobjsubid AND (deptype = 'i' OR atthasdef)
            WHERE classid = 'pg_class'::regclass AND objid = c.oid AND deptype IN ('a', 'i')), seqincrement, seqstart,
        c.oid::regclass)
    FROM pg_class c JOIN pg_sequence ON seqrelid = c.oid \gexec
"""

BACK = r"""
CREATE FUNCTION pg_temp.back(tab text, key text, col text, type text) RETURNS text[] LANGUAGE plpgsql AS $$
DECLARE result text; results text[] = '{}'; cast_to text;
BEGIN
    FOREACH cast_to IN ARRAY ARRAY['(%I::%s)::text', '(%I::text::%s)::text', '(%I::numeric::%s)::text', '(%I::int::%s)::text',
        '(%I[1]::%s)::text', 'convert_from(%I, ''UTF8'')::%s::text'] LOOP
        BEGIN
            EXECUTE format('SELECT ' || cast_to || ' FROM ONLY %s WHERE id::text = %L', col, type, tab, key) INTO STRICT result;
            results = results || result;
        EXCEPTION WHEN OTHERS THEN NULL;
        END;
    END LOOP;
    RETURN results;
END $$;
"""


class PostgresTruth:
    def __init__(self, place):
        self.place, self.server = place, place.server

    def changes(self):
        return [*truth_postgres_types.changes(self.server.version), *truth_postgres_features.changes(self.server.version)]

    def coverage(self):
        """Each compared field that a statement brings about, but for those of which the list says why not."""
        return truth.altered_fields("postgres", truth_postgres_features.left_out(self.server.version))

    def psql(self, database, text):
        path = self.place.write("truth.sql", SESSION + text)
        return run([PSQL, "-XAtq", "-d", self.server.url(database), "-f", path], timeout=300)

    def query(self, database, text):
        result = self.psql(database, text)
        if result.returncode or result.stderr:
            raise Wrong(f"{database}\n{lines(result.stderr)}")
        return [json.loads(line) for line in result.stdout.splitlines()]

    def by_token(self, database, texts):
        """Runs the text of each token; the first error of each."""
        script = "".join(f"\\warn @ {token}\nBEGIN;\n{text}COMMIT;\n" for token, text in texts.items())
        errors, token = {}, None
        for line in self.psql(database, script).stderr.splitlines():
            if line.startswith("@ "):
                token = line[2:]
            elif "ERROR: " in line and "current transaction is aborted" not in line:
                errors.setdefault(token, line[line.index("ERROR:"):])
        return errors

    def load(self, database, texts):
        self.psql(database, f"ALTER DATABASE {database} SET timezone = 'Europe/Berlin';"
                            f"ALTER DATABASE {database} SET lc_monetary = 'C';\n")
        return self.by_token(database, {token: "".join(text + ";\n" for text in statements) for token, statements in texts.items()})

    def execute(self, database, plans):
        def text(steps):
            return "".join(step["sql"] + ";\n" + ("COMMIT; BEGIN;\n" if step["transaction"] != "any" else "") for step in steps)
        return self.by_token(database, {token: text(steps) for token, steps in plans.items()})

    def probe(self, database):
        probe = Probe()
        for kind, name, *rest in self.query(database, PROBE):
            token = token_of(name)
            if kind == "column":
                column, below, computed = rest
                probe.types[name, column] = below
                if computed:
                    probe.computed.add((name, column))
            elif kind == "row":
                key, cells = rest
                probe.rows[token].append((name, key, cells))
            else:
                column, *numbers = rest
                probe.positions[token, f"column {column}" if column else f"sequence {name}"] = Position(*numbers)
        return probe

    def back(self, database, cells):
        def literal(text):
            return "'" + text.replace("'", "''") + "'"
        text = "".join(f"SELECT to_json(pg_temp.back({', '.join(map(literal, (table, key, column, below)))}));\n"
                       for table, key, column, below in cells)
        return [json.loads(line) for line in self.psql(database, BACK + text).stdout.splitlines()]
