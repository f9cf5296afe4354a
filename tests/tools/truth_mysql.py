"""MySQL's and MariaDB's driver for truth.py: runs statements and steps as the client does, reads all values and positions
back. Values are compared as texts of all their digits and bytes; rows of a versioned table's history count as rows."""
import collections, re

import truth_mysql_features, truth_mysql_types
from postgres_server import Wrong, lines, run
import truth
from truth import Position, Probe, token_of


LAX = "SET sql_mode = '';\n"  # of rows: old tables hold what no strict server takes
PLAN = "SET sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION,NO_AUTO_VALUE_ON_ZERO';\n"  # as plumb's own session
ERROR = re.compile(r"^ERROR (\d+) \(\w+\) at line (\d+): (.*)", re.M)

BYTES = ("binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob", "vector", "geometry", "point", "linestring",
         "polygon", "multipoint", "multilinestring", "multipolygon", "geometrycollection", "geomcollection")
TEXTS = ("char", "varchar", "tinytext", "text", "mediumtext", "longtext", "enum", "set")

COLUMNS = r"""SELECT c.table_name, column_name, data_type, column_type, COALESCE(collation_name, ''),
    CONCAT(extra, ' ', COALESCE(generation_expression, '')), table_type, COALESCE(auto_increment, 0)
    FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
    WHERE table_schema = DATABASE() AND table_type IN ('BASE TABLE', 'SYSTEM VERSIONED', 'SEQUENCE') ORDER BY 1, ordinal_position"""


def text_of(name, kind):
    """An expression for the value as a text of hexadecimal digits."""
    quoted = f"`{name}`"
    if kind in BYTES:
        return f"HEX({quoted})"
    if kind in TEXTS:
        return f"HEX(CONVERT({quoted} USING utf8mb4))"
    if kind == "float":  # which prints six digits only
        return f"HEX(CAST(CAST({quoted} AS DOUBLE) AS CHAR))"
    if kind == "bit":
        return f"HEX(CAST({quoted} + 0 AS CHAR))"
    return f"HEX(CAST({quoted} AS CHAR))"


def cell_of(name, kind):
    return f"COALESCE(CONCAT('=', {text_of(name, kind)}), '-')"


def value_of(cell, kind):
    if cell == "-":
        return None
    return "0x" + cell[1:] if kind in BYTES else bytes.fromhex(cell[1:]).decode("utf8", "replace")


class Column:
    """A generated column is computed, unless it is called so because its values are to be kept."""

    def __init__(self, name, kind, type, collation, extra):
        self.name, self.kind, self.extra = name, kind, extra
        self.type = f"{type} COLLATE {collation}" if collation else type
        self.computed = "GENERATED" in extra and name != "kept"

    def is_of_period(self, which):
        return f"ROW {which}" in self.extra


class Table:
    def __init__(self, kind, counter):
        self.columns, self.kind, self.counter = [], kind, counter
        self.versioned = kind == "SYSTEM VERSIONED"

    def moment(self, which):
        """The column, shown or hidden, of the moment when a row of a versioned table began or ended to be what it is."""
        return next((f"`{column.name}`" for column in self.columns if column.is_of_period(which)), f"row_{which}")

    def key(self):
        """The row's id; of history, with the moment when it became that."""
        if not self.versioned:
            return "CAST(id AS CHAR)"
        return f"CONCAT(id, IF({self.moment('END')} > NOW(6), '', CONCAT('@', {self.moment('END')})))"

    def cells(self):
        """(name, type, kind, expression) of each value of a row; whatever columns of a period are called, or shown."""
        found = [(column.name, column.type, column.kind, cell_of(column.name, column.kind)) for column in self.columns
                 if not column.is_of_period("START") and not column.is_of_period("END")]
        if self.versioned:
            found += [(f"({which})", "timestamp(6)", "timestamp", f"CONCAT('=', HEX(CAST({self.moment(which)} AS CHAR)))")
                      for which in ("START", "END")]
        return found


class MySQLTruth:
    def __init__(self, place):
        self.place, self.server = place, place.server
        self.maria = self.server.vendor == "mariadb"

    def changes(self):
        return [*truth_mysql_types.changes(self.server), *truth_mysql_features.changes(self.server)]

    def coverage(self):
        """Each compared field that a statement brings about, but for those of which the list says why not."""
        return truth.altered_fields("mysql", truth_mysql_features.left_out(self.server))

    # --- running ---

    def client(self, database, text):
        path = self.place.write("truth.sql", text)
        with open(path, "rb") as handle:
            return run([*self.server.client, "-BN", "--force", database], stdin=handle, timeout=300)

    def by_token(self, database, head, texts):
        """Runs the statements of each token; the first error of each."""
        script, owners = head, {}
        for token, statements in texts.items():
            for statement in statements:
                owners[script.count("\n") + 1] = token
                script += statement.rstrip().rstrip(";") + ";\n"
        errors = {}
        for number, line, message in ERROR.findall(self.client(database, script).stderr):
            errors.setdefault(owners.get(int(line)), f"{message} ({number})")
        return errors

    def load(self, database, texts):
        return self.by_token(database, LAX, texts)

    def execute(self, database, plans):
        head = PLAN + ("SET system_versioning_alter_history = KEEP;\n" if self.maria else "")
        return self.by_token(database, head, {token: [sql for step in steps for sql in (*step.get("before", []), step["sql"], *step.get("after", []))] for token, steps in plans.items()})

    # --- reading ---

    def tables(self, database):
        """{name: Table}, with those that are sequences."""
        tables = {}
        fresh = "" if self.maria else "SET information_schema_stats_expiry = 0;"
        for table, name, kind, type, collation, extra, table_type, counter in self.server.query(database, fresh + COLUMNS):
            tables.setdefault(table, Table(table_type, int(counter))).columns.append(
                Column(name, kind.lower(), type, collation, extra.upper()))
        return tables

    def probe(self, database):
        probe, script = Probe(), "SET time_zone = '+00:00';\n"
        tables = self.tables(database)
        for name, table in tables.items():
            if table.kind == "SEQUENCE":
                continue
            cells = table.cells()
            script += (f"SELECT '{name}', HEX({table.key()}), {', '.join(cell[-1] for cell in cells)}"
                       f" FROM `{name}`{' FOR SYSTEM_TIME ALL' if table.versioned else ''};\n")
            probe.types.update({(name, column): type for column, type, _, _ in cells})
            probe.computed |= {(name, column.name) for column in table.columns if column.computed}
        self.take_rows(probe, tables, self.client(database, script))
        self.take_positions(probe, database, tables)
        return probe

    def take_rows(self, probe, tables, result):
        if result.stderr:
            raise Wrong(lines(result.stderr))
        shapes = {name: [(column, kind) for column, _, kind, _ in table.cells()] for name, table in tables.items()}
        for line in result.stdout.splitlines():
            table, key, *cells = line.split("\t")
            values = {column: value_of(cell, kind) for (column, kind), cell in zip(shapes[table], cells)}
            probe.rows[token_of(table)].append((table, bytes.fromhex(key).decode(), values))

    def take_positions(self, probe, database, tables):
        """A counter that no row shows is a position."""
        for name, table in tables.items():
            token = token_of(name)
            if table.kind == "SEQUENCE":
                row = self.server.query(database, f"SELECT next_not_cached_value, increment, start_value FROM `{name}`")[0]
                following, increment, start = map(int, row)
                probe.positions[token, f"sequence {name}"] = Position(following, False, increment, following != start)
            for column in table.columns:
                if "AUTO_INCREMENT" in column.extra:
                    highest = max((int(cells[column.name]) for where, _, cells in probe.rows[token]
                                   if where == name and cells[column.name]), default=0)
                    probe.positions[token, f"column {name}.{column.name}"] = Position(
                        table.counter - 1, True, 1, table.counter - 1 > highest)

    def back(self, database, cells):
        """Each type gets a table, and each value is put into that of its type. The labels of an ENUM go with the type, and are
        the same only where each byte is."""
        tables, script = {}, PLAN
        cells = [(table, key, name, re.sub(r"^((?:enum|set).*COLLATE) .*", r"\1 utf8mb4_bin", type)) for table, key, name, type in cells]
        for number, (table, key, name, type) in enumerate(cells):
            if type not in tables:
                tables[type] = f"back_{len(tables)}"
                script += f"CREATE TABLE {tables[type]} (number int PRIMARY KEY, v {type});\n"
            script += f"INSERT INTO {tables[type]} SELECT {number}, `{name}` FROM `{table}` WHERE id = '{key.split('@')[0]}';\n"
        self.client(database, script)
        now = {(table, column.name): column.kind for table, found in self.tables(database).items()
               for column in found.columns}
        kinds = {type: type.split("(")[0].split()[0].lower() for type in tables}
        read = "".join(f"SELECT number, {cell_of('v', kinds[type])} FROM {table};\n" for type, table in tables.items())
        found = dict(line.split("\t") for line in self.client(database, read).stdout.splitlines())
        return [[value_of(found[str(number)], kinds[type])]
                if str(number) in found and (kinds[type] not in ("enum", "set") or now[table, name] in TEXTS + BYTES) else []
                for number, (table, _, name, type) in enumerate(cells)]
