#!/usr/bin/env python3
"""Writes src/mysql/facts/alter.def: how MySQL and MariaDB alter a table, found out by trying. Each action that plumb has
for a table is tried alone, on tables of each sort, and with each other action in one ALTER TABLE.

  mysql_alter_facts.py URL...          asks these servers, one a version; rows of versions that are not asked are kept
  mysql_alter_facts.py --check URL...  writes nothing, and says where the file is not what the servers do

A way is the cheapest ALGORITHM and LOCK that the server takes, of INSTANT, INPLACE with LOCK=NONE, INPLACE with LOCK=SHARED, COPY
with LOCK=SHARED; CHOSEN is what it takes only where nothing is asked for. Of pairs, only those are written that are not done the dearer way of the two: what the server takes
together by a dearer way, or not at all, or does not do as it does them one after another.
"""
import concurrent.futures, os, re, subprocess, sys, urllib.parse

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
FILE = os.path.join(ROOT, "src", "mysql", "facts", "alter.def")
WAYS = [("INSTANT", "ALGORITHM=INSTANT"), ("INPLACE", "ALGORITHM=INPLACE, LOCK=NONE"), ("SHARED", "ALGORITHM=INPLACE, LOCK=SHARED"),
        ("COPY", "ALGORITHM=COPY, LOCK=SHARED"), ("CHOSEN", ""), ("REFUSED", None)]
RANK = {name: number for number, (name, _) in enumerate(WAYS)}
DATABASE = "plumb_alter_facts"
SESSIONS = 6  # at once on a server: most of the time goes into waiting for files
MYSQL, MARIADB = "mysql", "mariadb"

# What each action needs in the table before (columns and keys), and its clause. # is 1 or 2, so that an action can be
# joined with itself; a clause without # is tried with others only.
ACTIONS = {
    "ADD_COLUMN": ("", "ADD COLUMN new# int"),
    "ADD_COLUMN_PLACED": ("", "ADD COLUMN new# int AFTER id"),
    "ADD_COLUMN_NOT_NULL": ("", "ADD COLUMN new# int NOT NULL"),
    "ADD_COLUMN_DEFAULT_EXPRESSION": ("", "ADD COLUMN new# varchar(40) COLLATE utf8mb4_general_ci DEFAULT (concat('a', 'b'))"),
    "ADD_COLUMN_AUTO_INCREMENT": ("", "ADD COLUMN new int NOT NULL AUTO_INCREMENT, ADD UNIQUE KEY new (new)"),
    "ADD_COLUMN_VIRTUAL": ("", "ADD COLUMN new# int GENERATED ALWAYS AS (k1 + #) VIRTUAL"),
    "ADD_COLUMN_STORED": ("", "ADD COLUMN new# int GENERATED ALWAYS AS (k1 + #) STORED"),
    "ADD_COLUMN_INVISIBLE": ("", "ADD COLUMN new# int INVISIBLE"),
    "ADD_COLUMN_GEOMETRY": ("", "ADD COLUMN new# point"),
    "ADD_COLUMN_SRID": ("", "ADD COLUMN new# point SRID 4326", MYSQL),
    "ADD_COLUMN_CHECK": ("", "ADD COLUMN new# int CHECK (new# > 0)", MARIADB),
    "ADD_COLUMN_COMPRESSED": ("", "ADD COLUMN new# text COMPRESSED COLLATE utf8mb4_general_ci", MARIADB),
    "ADD_COLUMN_WITHOUT_VERSIONING": ("", "ADD COLUMN new# int WITHOUT SYSTEM VERSIONING", MARIADB),
    "DROP_COLUMN": ("#c int", "DROP COLUMN #c"),
    "DROP_COLUMN_VIRTUAL": ("#c int GENERATED ALWAYS AS (k1 + 1) VIRTUAL", "DROP COLUMN #c"),
    "DROP_COLUMN_STORED": ("#c int GENERATED ALWAYS AS (k1 + 1) STORED", "DROP COLUMN #c"),
    "RENAME_COLUMN": ("#c int", "RENAME COLUMN #c TO renamed#"),
    "MOVE_COLUMN": ("#c int, #d int", "MODIFY COLUMN #d int AFTER id"),
    "SET_NOT_NULL": ("#c int DEFAULT 1", "MODIFY COLUMN #c int NOT NULL DEFAULT 1"),
    "DROP_NOT_NULL": ("#c int NOT NULL DEFAULT 1", "MODIFY COLUMN #c int DEFAULT 1"),
    "SET_DEFAULT": ("#c int", "ALTER COLUMN #c SET DEFAULT 7"),
    "MODIFY_DEFAULT": ("#c int", "MODIFY COLUMN #c int DEFAULT 7"),
    "DROP_DEFAULT": ("#c int NOT NULL DEFAULT 7", "ALTER COLUMN #c DROP DEFAULT"),
    "COLUMN_COMMENT": ("#c int", "MODIFY COLUMN #c int COMMENT 'new'"),
    "COLUMN_INVISIBLE": ("#c int DEFAULT 1", "MODIFY COLUMN #c int DEFAULT 1 INVISIBLE"),
    "COLUMN_SRID": ("#c point", "MODIFY COLUMN #c point SRID 4326", MYSQL),
    "COLUMN_CHECK": ("#c int DEFAULT 1", "MODIFY COLUMN #c int DEFAULT 1 CHECK (#c > 0)", MARIADB),
    "COLUMN_WITHOUT_VERSIONING": ("#c int", "MODIFY COLUMN #c int WITHOUT SYSTEM VERSIONING", MARIADB),
    "VARCHAR_LONGER": ("#c varchar(10)", "MODIFY COLUMN #c varchar(20) COLLATE utf8mb4_general_ci"),
    "VARCHAR_LONGER_THAN_BYTE": ("#c varchar(10)", "MODIFY COLUMN #c varchar(100) COLLATE utf8mb4_general_ci"),
    "VARCHAR_LONGER_IN_KEY": ("#c varchar(10), KEY #k (#c)", "MODIFY COLUMN #c varchar(20) COLLATE utf8mb4_general_ci"),
    "VARCHAR_SHORTER": ("#c varchar(20)", "MODIFY COLUMN #c varchar(10) COLLATE utf8mb4_general_ci"),
    "CHANGE_TYPE": ("#c int", "MODIFY COLUMN #c bigint"),
    "ENUM_LABEL_LAST": ("#c enum('a', 'b')", "MODIFY COLUMN #c enum('a', 'b', 'c') COLLATE utf8mb4_general_ci"),
    "ENUM_LABEL_FIRST": ("#c enum('a', 'b')", "MODIFY COLUMN #c enum('c', 'a', 'b') COLLATE utf8mb4_general_ci"),
    "COLLATION_VARCHAR": ("#c varchar(10) COLLATE utf8mb4_bin", "MODIFY COLUMN #c varchar(10) COLLATE utf8mb4_general_ci"),
    "COLLATION_TEXT": ("#c text COLLATE utf8mb4_bin", "MODIFY COLUMN #c text COLLATE utf8mb4_general_ci"),
    "COLLATION_CHAR": ("#c char(10) COLLATE utf8mb4_bin", "MODIFY COLUMN #c char(10) COLLATE utf8mb4_general_ci"),
    "COLLATION_ENUM": ("#c enum('a') COLLATE utf8mb4_bin", "MODIFY COLUMN #c enum('a') COLLATE utf8mb4_general_ci"),
    "COLLATION_IN_KEY": ("#c varchar(10) COLLATE utf8mb4_bin, KEY #k (#c)", "MODIFY COLUMN #c varchar(10) COLLATE utf8mb4_general_ci"),
    "CHARACTER_SET": ("#c varchar(10) CHARACTER SET latin1", "MODIFY COLUMN #c varchar(10) CHARACTER SET utf8mb4"),
    "GENERATION": ("#c int GENERATED ALWAYS AS (k1 + 1) VIRTUAL", "MODIFY COLUMN #c int GENERATED ALWAYS AS (k1 + 2) VIRTUAL"),
    "GENERATION_STORED": ("#c int GENERATED ALWAYS AS (k1 + 1) STORED", "MODIFY COLUMN #c int GENERATED ALWAYS AS (k1 + 2) STORED"),
    "ADD_PRIMARY_KEY": ("", "DROP PRIMARY KEY, ADD PRIMARY KEY (id, k1)"),
    "ADD_INDEX": ("", "ADD KEY added# (k#)"),
    "ADD_UNIQUE": ("", "ADD UNIQUE KEY added# (k#)"),
    "ADD_FULLTEXT": ("#t text", "ADD FULLTEXT KEY added# (#t)"),
    "ADD_SPATIAL": ("#g point NOT NULL DEFAULT (point(1, 1))", "ADD SPATIAL KEY added# (#g)"),
    "ADD_INDEX_EXPRESSION": ("", "ADD KEY added# ((k1 + #))", MYSQL),
    "ADD_INDEX_VIRTUAL": ("#c int GENERATED ALWAYS AS (k1 + 1) VIRTUAL", "ADD KEY added# (#c)"),
    "DROP_INDEX": ("KEY #k (k1)", "DROP KEY #k"),
    "DROP_FULLTEXT": ("#t text, FULLTEXT KEY #k (#t)", "DROP KEY #k"),
    "DROP_SPATIAL": ("#g point NOT NULL DEFAULT (point(1, 1)), SPATIAL KEY #k (#g)", "DROP KEY #k"),
    "RENAME_INDEX": ("KEY #k (k1)", "RENAME INDEX #k TO renamed#"),
    "HIDE_INDEX": ("KEY #k (k1)", {MYSQL: "ALTER INDEX #k INVISIBLE", MARIADB: "ALTER INDEX #k IGNORED"}),
    "ADD_FOREIGN_KEY": ("#c int, KEY #k (#c)", "ADD CONSTRAINT added# FOREIGN KEY (#c) REFERENCES other (id)"),
    "DROP_FOREIGN_KEY": ("#c int, KEY #k (#c), CONSTRAINT old#@ FOREIGN KEY (#c) REFERENCES other (id)", "DROP FOREIGN KEY old#@"),
    "ADD_CHECK": ("", "ADD CONSTRAINT added#@ CHECK (k1 > -#)"),
    "DROP_CHECK": ("CONSTRAINT old#@ CHECK (k1 > -#)", "DROP CONSTRAINT old#@"),
    "TABLE_COMMENT": ("", "COMMENT='new'"),
    "TABLE_COLLATION": ("", "DEFAULT CHARACTER SET latin1 COLLATE latin1_bin"),
    "TABLE_STATISTICS": ("", "STATS_PERSISTENT=1"),
    "TABLE_ROWS": ("", "MAX_ROWS=100"),
    "ROW_FORMAT": ("", "ROW_FORMAT=COMPACT"),
    "ROW_FORMAT_COMPRESSED": ("", "ROW_FORMAT=COMPRESSED KEY_BLOCK_SIZE=8"),
    "ENGINE": ("", "ENGINE=MyISAM"),
    "PARTITION": ("", "PARTITION BY HASH (id) PARTITIONS 2"),
    "ADD_VERSIONING": ("", "ADD SYSTEM VERSIONING", MARIADB),
    "ADD_PERIOD": ("#d date NOT NULL DEFAULT '2020-01-01', #e date NOT NULL DEFAULT '2021-01-01'",
                   "ADD PERIOD FOR p (#d, #e)", MARIADB),
}
# Sorts of tables: what is in them, and what stands behind them.
TRAITS = {
    "PLAIN": ("", ""),
    "FULLTEXT": ("zt text, FULLTEXT KEY zf (zt)", ""),
    "SPATIAL": ("zg point NOT NULL DEFAULT (point(1, 1)), SPATIAL KEY zs (zg)", ""),
    "VIRTUAL": ("zv int GENERATED ALWAYS AS (k1 + 9) VIRTUAL", ""),
    "VIRTUAL_KEY": ("zv int GENERATED ALWAYS AS (k1 + 9) VIRTUAL, KEY zk (zv)", ""),
    "STORED": ("zv int GENERATED ALWAYS AS (k1 + 9) STORED", ""),
    "CHECKED": ("CHECK (k1 > -9)", ""),
    "FOREIGN_KEY": ("zc int, KEY zc (zc), CONSTRAINT zf@ FOREIGN KEY (zc) REFERENCES other (id)", ""),
    "COMPRESSED": ("", "ROW_FORMAT=COMPRESSED KEY_BLOCK_SIZE=8"),
    "COMPACT": ("", "ROW_FORMAT=COMPACT"),
    "PARTITIONED": ("", "PARTITION BY HASH (id) PARTITIONS 2"),
    "VERSIONED": ("", "WITH SYSTEM VERSIONING", MARIADB),
    "MYISAM": ("", "ENGINE=MyISAM"),
}


class Server:
    def __init__(self, url):
        parts = urllib.parse.urlsplit(url)
        self.client = ["mariadb", "--no-defaults", "--default-character-set=utf8mb4", "--skip-reconnect", f"-h{parts.hostname}",
                       f"-P{parts.port or 3306}", f"-u{parts.username or 'root'}", "-BN", "--force"]
        version = self.run("SELECT VERSION()")[0][0]
        numbers = [int(part) for part in re.match(r"(\d+)\.(\d+)\.(\d+)", version).groups()]
        self.vendor = MARIADB if "MariaDB" in version else MYSQL
        self.version = numbers[0] * 10000 + numbers[1] * 100 + numbers[2]

    def run(self, sql):
        """The rows of all statements; those that fail are told by what they would have given."""
        result = subprocess.run(self.client, input=sql, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        return [line.split("\t") for line in result.stdout.splitlines()]

    def preparation(self, number=0):
        """As plumb's own session is, in a database of that number."""
        return PREPARATION.replace("@;", f"{DATABASE}_{number};").replace("EXISTS @", f"EXISTS {DATABASE}_{number}").replace(
            "DATABASE @", f"DATABASE {DATABASE}_{number}") + ("SET system_versioning_alter_history = KEEP;\n" if self.vendor == MARIADB else "")

    def takes(self, entry):
        return len(entry) < 3 or entry[2] == self.vendor


# Runs a statement unless another of its key has succeeded, and notes that it has.
PREPARATION = """
DROP DATABASE IF EXISTS @; CREATE DATABASE @ CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci; USE @;
CREATE TABLE results (id varchar(200) PRIMARY KEY, way varchar(20));
CREATE TABLE other (id int PRIMARY KEY);
SET foreign_key_checks = 0;
DELIMITER //
CREATE PROCEDURE attempt(wanted varchar(200), by_way varchar(20), statement text)
BEGIN
    DECLARE EXIT HANDLER FOR SQLEXCEPTION BEGIN END;
    IF NOT EXISTS (SELECT 1 FROM results WHERE id = wanted) THEN
        SET @statement = statement;
        PREPARE tried FROM @statement;
        EXECUTE tried;
        INSERT INTO results VALUES (wanted, by_way);
    END IF;
END//
DELIMITER ;
"""


def quoted(text):
    return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'"


def form(server, name, number, table):
    """What the table has to hold for an action, and the clause."""
    needs, clause = ACTIONS[name][:2]
    if isinstance(clause, dict):
        clause = clause[server.vendor]
    prefix = f"f{number}"
    return [re.sub(r"#(?=[a-z])", prefix, text).replace("#", str(number)).replace("@", table) for text in (needs, clause)]


def made(table, parts, behind):
    columns = ", ".join(["id int PRIMARY KEY", "k1 int NOT NULL DEFAULT 1", "k2 int NOT NULL DEFAULT 2", *filter(None, parts)])
    return f"DROP TABLE IF EXISTS {table}; CREATE TABLE {table} ({columns}) {behind}; INSERT INTO {table} (id) VALUES (1);\n"


def without_comma(clause):
    """PARTITION BY stands last, behind a blank."""
    return clause.startswith("PARTITION BY")


def joined(clauses, asked):
    last = [clause for clause in clauses if without_comma(clause)]
    first = [clause for clause in clauses if clause not in last] + [asked] * (asked != "")
    return " ".join([", ".join(first), *last])


def tried(key, table, clauses):
    return "".join(f"CALL attempt({quoted(key)}, '{way}', {quoted(f'ALTER TABLE {table} ' + joined(clauses, asked))});\n"
                   for way, asked in WAYS if asked is not None)


def single(server, name, trait):
    needs, clause = form(server, name, 1, "t")
    parts, behind = TRAITS[trait][:2]
    return made("t", [needs, parts.replace("@", "t")], behind) + tried(f"{name} {trait}", "t", [clause])


def names_of(server):
    return [name for name, entry in ACTIONS.items() if server.takes(entry)]


def asked(server, texts, end):
    """What all the texts give, in some sessions at once; end is asked in each one at last."""
    def run(number):
        return server.run(server.preparation(number) + "".join(texts[number::SESSIONS]) + end + f"DROP DATABASE {DATABASE}_{number};")

    with concurrent.futures.ThreadPoolExecutor(SESSIONS) as pool:
        return list(pool.map(run, range(SESSIONS)))


def singles(server):
    tries = [(name, trait) for name in names_of(server) for trait in TRAITS if server.takes(TRAITS[trait])]
    answers = asked(server, [single(server, *one) for one in tries], "SELECT * FROM results;")
    ways = dict(row for rows in answers for row in rows)
    return {(name, trait): ways.get(f"{name} {trait}", "REFUSED") for name, trait in tries}


def pair(server, first, second):
    (needs, one), (more, two) = form(server, first, 1, "t"), form(server, second, 2, "t")
    (needs_again, first_alone), (more_again, second_alone) = form(server, first, 1, "s"), form(server, second, 2, "s")
    key = f"{first} {second}"
    sql = made("t", [needs, more], "") + tried(key, "t", [one, two])
    sql += made("s", [needs_again, more_again], "")
    for number, clause in ((0, first_alone), (1, second_alone), (0, first_alone)):
        sql += f"CALL attempt({quoted(f'{key} {number}')}, '', {quoted(f'ALTER TABLE s {clause}')});\n"
    return sql + f"SELECT {quoted(key)}; SHOW CREATE TABLE t; SHOW CREATE TABLE s;\n"


def canonical(text, table):
    """A table's lines, whatever the order of keys and the names in which the two tables differ."""
    text = text.replace(f"`{table}`", "`t`")
    text = re.sub(r"`(old|added)(\d)%s`" % table, r"`\1\2`", text)
    return sorted(line.strip().rstrip(",") for line in re.sub(r"`%s_" % table, "`t_", text).split("\\n"))


def can_repeat(name, vendor):
    needs, clause = ACTIONS[name][:2]
    return "#" in (clause if isinstance(clause, str) else clause[vendor])


def pairs(server, alone):
    names = names_of(server)
    texts = [pair(server, first, second) for number, first in enumerate(names)
             for second in names[number + (not can_repeat(first, server.vendor)):]]
    ways, shown = {}, {}
    for rows in asked(server, texts, "SELECT 'results'; SELECT * FROM results;"):
        mark, key = rows.index(["results"]), None
        ways.update(row for row in rows[mark + 1:])
        for row in rows[:mark]:
            if len(row) == 1:
                key = row[0]
            elif len(row) == 2 and key:
                shown.setdefault(key, {})[row[0]] = canonical(row[1], row[0])
    found = {}
    for key, tables in shown.items():
        first, second = key.split(" ")
        apart = f"{key} 0" in ways and f"{key} 1" in ways
        way = ways.get(key, "REFUSED")
        if way == "REFUSED":
            if apart:
                found[first, second] = "REFUSED"
        elif apart and tables.get("t") != tables.get("s"):
            found[first, second] = "OTHERWISE"
        elif RANK[way] > max(RANK[alone[first, "PLAIN"]], RANK[alone[second, "PLAIN"]]):
            found[first, second] = way
    return found


def facts(server):
    """The rows for a server."""
    alone = singles(server)
    rows = [("ALONE", name, trait, way) for (name, trait), way in alone.items() if trait == "PLAIN" or way != alone[name, "PLAIN"]]
    rows += [("TOGETHER", first, second, way) for (first, second), way in pairs(server, alone).items()]
    return [f"{kind}({server.vendor.upper()}, {server.version}, {', '.join(rest)})" for kind, *rest in rows]


HEAD = """/* How MySQL and MariaDB alter tables: what was found out by trying. Written by tests/tools/mysql_alter_facts.py.
 * ACTION(NAME): what plumb does to a table. TRAIT(NAME): what a table has.
 * ALONE(VENDOR, VERSION, ACTION, TRAIT, WAY): how the server does it with such a table; where a trait has no row, as with a PLAIN one.
 * TOGETHER(VENDOR, VERSION, ACTION, ACTION, WAY): how it does both in one statement, where that is not the dearer way of the two:
 * REFUSED though it takes one after the other, or OTHERWISE, with another table as a result. */
"""
MACROS = {"ACTION": "name", "TRAIT": "name", "ALONE": "vendor, version, action, trait, way",
          "TOGETHER": "vendor, version, first, second, way"}


def kept_rows(asked):
    """Rows of the file that other versions have given."""
    if not os.path.exists(FILE):
        return []
    with open(FILE) as handle:
        rows = [line.strip() for line in handle if re.match(r"(ALONE|TOGETHER)\(", line)]
    return [row for row in rows if re.search(r"\((\w+), (\d+),", row).groups() not in asked]


def text_of(rows):
    order = sorted(rows, key=lambda row: re.match(r"(\w+)\((\w+), (\d+)", row).groups() + (row,))
    out = HEAD + "".join(f"#ifndef {name}\n#define {name}({arguments})\n#endif\n" for name, arguments in MACROS.items())
    out += "".join(f"ACTION({name})\n" for name in ACTIONS) + "".join(f"TRAIT({name})\n" for name in TRAITS)
    return out + "".join(row + "\n" for row in order) + "".join(f"#undef {name}\n" for name in MACROS)


def main(arguments):
    checks = arguments[:1] == ["--check"]
    servers = [Server(url) for url in arguments[checks:]]
    if not servers:
        sys.exit(__doc__.strip())
    asked = {(server.vendor.upper(), str(server.version)) for server in servers}
    with concurrent.futures.ThreadPoolExecutor() as pool:
        found = list(pool.map(facts, servers))
    text = text_of(kept_rows(asked) + [row for rows in found for row in rows])
    if not checks:
        with open(FILE, "w") as handle:
            handle.write(text)
        return 0
    with open(FILE) as handle:
        old = handle.read()
    for mark, one, other in (("-", old, text), ("+", text, old)):
        for line in sorted(set(one.splitlines()) - set(other.splitlines())):
            print(mark, line)
    return old != text


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
