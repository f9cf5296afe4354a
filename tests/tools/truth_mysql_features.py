"""MySQL's and MariaDB's features for truth.py: every field of a schema that has to do with rows, values or positions."""
from truth import Change

BOTH, MYSQL, MARIADB = ("mysql", "mariadb"), ("mysql",), ("mariadb",)
BIN, CI = "COLLATE utf8mb4_bin", "COLLATE utf8mb4_general_ci"


def put(*values, columns=""):
    """Statements that each put one row in place, numbered by itself."""
    return [f"INSERT INTO @t{f' (id, {columns})' if columns else ''} VALUES ({number}, {value})"
            for number, value in enumerate(values, 1)]


def table(*parts, tail="", name="@t"):
    return f"CREATE TABLE {name} ({', '.join(('id int NOT NULL', *parts))}) {tail}".rstrip()


class List:
    def __init__(self, vendor):
        self.vendor, self.changes = vendor, []

    def add(self, vendors, name, old, new, rows=(), **more):
        if self.vendor in vendors:
            self.changes.append(Change(name, old, new, rows, **more))

    def column(self, vendors, name, old, new, *values, **more):
        """A column c that is to be another one; "": none."""
        self.add(vendors, name, table(*filter(None, [f"c {old}" if old else ""])), table(*filter(None, [f"c {new}" if new else ""])),
                 put(*values) if old else [f"INSERT INTO @t VALUES ({number})" for number in (1, 2)], **more)

    def parts(self, vendors, name, columns, old, new, *values, **more):
        """The same columns with other keys, checks or partitions: what stands behind them, a text within the list and one
        behind it."""
        def made(within, behind=""):
            return table(*columns, *filter(None, [within]), tail=behind)
        self.add(vendors, name, made(*([old] if isinstance(old, str) else old)), made(*([new] if isinstance(new, str) else new)),
                 put(*values), **more)


def columns(list):
    column = list.column
    column(BOTH, "not null comes", "int NULL", "int NOT NULL", "1", "NULL", complete=True)
    column(BOTH, "not null comes over varchar", "varchar(9) NULL", "varchar(9) NOT NULL", "'a'", "NULL", complete=True)
    column(BOTH, "not null comes over timestamp", "timestamp NULL", "timestamp NOT NULL", "'2020-01-01'", "NULL")
    column(BOTH, "not null comes over timestamp with default", "timestamp NULL", "timestamp NOT NULL DEFAULT '2021-01-01'", "'2020-01-01'", "NULL")
    column(BOTH, "not null comes over timestamp beside a copy", "timestamp NULL, d int", "timestamp NOT NULL, d bigint", "'2020-01-01', 1", "NULL, 2")
    column(BOTH, "not null comes with a type", "int NULL", "bigint NOT NULL", "1", "NULL", complete=True)
    column(BOTH, "datetime becomes timestamp not null", "datetime NULL", "timestamp NOT NULL", "'2020-01-01'", "NULL")
    column(BOTH, "not null goes", "int NOT NULL", "int NULL", "1", "0")
    column(BOTH, "not null comes with a default", "int NULL", "int NOT NULL DEFAULT 5", "1", "NULL", complete=True)
    column(BOTH, "not null comes over json", "json NULL", "json NOT NULL", "'1'", "NULL")
    column(BOTH, "not null comes over text", "text NULL", "text NOT NULL", "'1'", "NULL", complete=True)
    column(BOTH, "default changes", "int DEFAULT 1", "int DEFAULT 2", "1", "NULL")
    column(BOTH, "default becomes an expression", "int DEFAULT 1", "int DEFAULT (1 + 1)", "1", "NULL")
    column(BOTH, "default of a timestamp changes", "timestamp NULL DEFAULT '2020-01-01'", "timestamp NULL DEFAULT CURRENT_TIMESTAMP", "NULL", "'2021-01-01'")
    column(BOTH, "on update comes", "timestamp NULL", "timestamp NULL DEFAULT NULL ON UPDATE CURRENT_TIMESTAMP", "NULL", "'2021-01-01'")
    column(BOTH, "invisible", "int DEFAULT 1", "int DEFAULT 1 INVISIBLE", "7")
    column(BOTH, "comment of a column", "int COMMENT 'a'", "int COMMENT 'b'", "7")
    column(BOTH, "counts up over nulls", "int NULL, KEY (c)", "int NOT NULL AUTO_INCREMENT, KEY (c)", "NULL", "5")
    column(BOTH, "counts up", "int NOT NULL, KEY (c)", "int NOT NULL AUTO_INCREMENT, KEY (c)", "3", "5")
    column(BOTH, "counts up over zero", "int NOT NULL, KEY (c)", "int NOT NULL AUTO_INCREMENT, KEY (c)", "0", "-4", "5")
    column(BOTH, "counts up with a primary key", "int NOT NULL", "int NOT NULL AUTO_INCREMENT, PRIMARY KEY (c)", "3", "5", "5")
    column(BOTH, "counts no more", "int NOT NULL AUTO_INCREMENT, KEY (c)", "int NOT NULL, KEY (c)", "3", "5")
    column(BOTH, "counts in a wider type", "int NOT NULL AUTO_INCREMENT, PRIMARY KEY (c)", "bigint NOT NULL AUTO_INCREMENT, PRIMARY KEY (c)",
           "3", "5", seed=["ALTER TABLE @t AUTO_INCREMENT = 1000"])
    column(BOTH, "counts in a narrower type", "int NOT NULL AUTO_INCREMENT, PRIMARY KEY (c)", "smallint NOT NULL AUTO_INCREMENT, PRIMARY KEY (c)",
           "3", "50000")
    counting = ["c int NOT NULL AUTO_INCREMENT", "PRIMARY KEY (c)"]
    list.add(BOTH, "counts in another engine", table(*counting), table(*counting, tail="ENGINE=MyISAM"), put("3", "5"),
             seed=["ALTER TABLE @t AUTO_INCREMENT = 1000"])
    column(BOTH, "column goes", "int", "", "1", "NULL")
    column(BOTH, "column comes", "", "int")
    column(BOTH, "column comes with a default", "", "int NOT NULL DEFAULT 5")
    column(BOTH, "column comes without a default", "", "int NOT NULL")
    column(BOTH, "date comes not null", "", "date NOT NULL")
    column(BOTH, "timestamp comes not null", "", "timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP")
    column(BOTH, "column comes with a unique key", "", "int NOT NULL DEFAULT 5, UNIQUE KEY (c)")
    column(BOTH, "column comes that counts", "", "int NOT NULL AUTO_INCREMENT, UNIQUE KEY (c)")
    column(BOTH, "geometry comes not null", "", "point NOT NULL")
    column(BOTH, "computed column comes", "", "int AS (id * 2) STORED")
    column(BOTH, "column of another name", "int", "int, d int", "1")


def generated(list):
    column = list.column
    column(BOTH, "plain becomes stored", "int, g int", "int, g int AS (c + 1) STORED", "1, 77", "NULL, NULL")
    column(BOTH, "plain becomes virtual", "int, g int", "int, g int AS (c + 1) VIRTUAL", "1, 77", "NULL, NULL")
    for kind in ("STORED", "VIRTUAL"):
        column(BOTH, f"{kind} becomes plain", f"int, kept int AS (c + 1) {kind}", "int, kept int")
        column(BOTH, f"{kind} of another expression", f"int, g int AS (c + 1) {kind}", f"int, g int AS (c + 2) {kind}")
        column(BOTH, f"{kind} of another type", f"int, g int AS (c + 1) {kind}", f"int, g bigint AS (c + 1) {kind}")
        list.changes[-3].rows = list.changes[-2].rows = list.changes[-1].rows = put("1", "NULL", columns="c")
    column(BOTH, "stored becomes virtual", "int, g int AS (c + 1) STORED", "int, g int AS (c + 1) VIRTUAL")
    column(BOTH, "virtual becomes stored", "int, g int AS (c + 1) VIRTUAL", "int, g int AS (c + 1) STORED")
    column(BOTH, "stored of an expression that fails", "varchar(9), g int AS (1) STORED", "varchar(9), g int AS (CAST(c AS SIGNED)) STORED")
    for change in list.changes[-3:]:
        change.rows = put("1", "NULL", *(["'x'"] if "fails" in change.name else []), columns="c")


def texts(list):
    column = list.column
    long = "REPEAT('é', 32767)"
    for name, old, new, values in [
            ("utf8mb4 to latin1", "utf8mb4", "latin1", ["'ab'", "'é€'", "'日'"]),
            ("utf8mb4 to utf8mb3", "utf8mb4", "utf8mb3", ["'ab'", "'日'", "'💩'"]),
            ("utf8mb4 to ascii", "utf8mb4", "ascii", ["'ab'", "'é'"]),
            ("utf8mb3 to utf8mb4", "utf8mb3", "utf8mb4", ["'ab'", "'日'"]),
            ("latin1 to utf8mb4", "latin1", "utf8mb4", ["'ab'", "'é'"]),
            ("latin1 to latin2", "latin1", "latin2", ["'ab'", "'é'", "'ñ'"]),
            ("cp1251 to utf8mb4", "cp1251", "utf8mb4", ["'ab'", "'ж'"]),
            ("utf8mb4 to cp1251", "utf8mb4", "cp1251", ["'ab'", "'ж'", "'é'"]),
            ("ascii to latin1", "ascii", "latin1", ["'ab'"]),
            ("utf8mb4 to utf16", "utf8mb4", "utf16", ["'ab'", "'💩'"]),
            ("utf8mb4 to ucs2", "utf8mb4", "ucs2", ["'ab'", "'💩'"]),
            ("latin1 to sjis", "latin1", "sjis", ["'ab'", "'é'"])]:
        column(BOTH, name, f"varchar(9) CHARACTER SET {old}", f"varchar(9) CHARACTER SET {new}", *values)
    column(BOTH, "latin1 text to utf8mb4", "text CHARACTER SET latin1", "text CHARACTER SET utf8mb4", "'é'", "REPEAT('é', 65535)")
    column(BOTH, "latin1 tinytext to utf8mb4", "tinytext CHARACTER SET latin1", "tinytext CHARACTER SET utf8mb4", "'é'", "REPEAT('é', 200)")
    column(BOTH, "utf8mb3 text to utf8mb4", "text CHARACTER SET utf8mb3", "text CHARACTER SET utf8mb4", "'日'", "REPEAT('日', 21845)")
    column(BOTH, "utf8mb4 text to utf16", "text", "text CHARACTER SET utf16", "'日'", long)
    column(BOTH, "enum of another character set", "enum('é', 'b')", "enum('é', 'b') CHARACTER SET latin1", "'é'", "'b'")
    column(BOTH, "varchar to char", "varchar(9)", "char(9)", "'ab '", "'ab'")
    column(BOTH, "char to varchar", "char(9)", "varchar(9)", "'ab'")
    column(BOTH, "varchar to a longer char", "varchar(9)", "char(20)", "'ab '", "'ab'")
    column(BOTH, "char to binary", "char(4)", "binary(4)", "'ab'", "'abcd'")
    column(BOTH, "binary to varbinary", "binary(4)", "varbinary(4)", "'ab'")
    column(BOTH, "varbinary to binary", "varbinary(4)", "binary(4)", "'ab'")
    column(BOTH, "binary grows", "binary(4)", "binary(6)", "'ab'")
    column(BOTH, "varbinary grows", "varbinary(4)", "varbinary(6)", "'ab'")
    column(BOTH, "varchar grows beyond a byte", "varchar(60)", "varchar(300)", "'ab '")
    column(BOTH, "varchar shrinks", "varchar(60)", "varchar(5)", "'ab '", "'abcdefg'", "'abcde  '")
    column(BOTH, "varchar becomes mediumtext", "varchar(60)", "mediumtext", "'ab '", "REPEAT('é', 60)")
    column(BOTH, "mediumtext becomes text", "mediumtext", "text", "'ab '", "REPEAT('x', 70000)")
    column(BOTH, "collation without a key", f"varchar(9) {BIN}", f"varchar(9) {CI}", "'a'", "'A'")
    column(BOTH, "collation in a primary key", f"varchar(9) {BIN}, PRIMARY KEY (c)", f"varchar(9) {CI}, PRIMARY KEY (c)", "'a'", "'A'")
    column(BOTH, "collation in a unique key", f"varchar(9) {BIN}, UNIQUE KEY (c)", f"varchar(9) {CI}, UNIQUE KEY (c)", "'a'", "'A'", "NULL")
    column(BOTH, "collation in a key", f"varchar(9) {BIN}, KEY (c)", f"varchar(9) {CI}, KEY (c)", "'a'", "'A'")
    column(BOTH, "collation in a unique key of more", f"varchar(9) {BIN}, d int, UNIQUE KEY (d, c)", f"varchar(9) {CI}, d int, UNIQUE KEY (d, c)", "'a', 1", "'A', 1")
    column(BOTH, "a stricter collation in a unique key", f"varchar(9) {CI}, UNIQUE KEY (c)", f"varchar(9) {BIN}, UNIQUE KEY (c)", "'a'", "'b'")
    column(MYSQL, "a collation without padding", f"varchar(9) {BIN}, UNIQUE KEY (c)", "varchar(9) COLLATE utf8mb4_0900_bin, UNIQUE KEY (c)", "'a'", "'b '")
    column(MYSQL, "a collation with padding", "varchar(9) COLLATE utf8mb4_0900_bin, UNIQUE KEY (c)", f"varchar(9) {BIN}, UNIQUE KEY (c)", "'a'", "'a '")
    column(BOTH, "collation of an enum", f"enum('a', 'b') {BIN}", f"enum('a', 'b') {CI}", "'a'")


def choices(list):
    column = list.column
    column(BOTH, "enum: a label at the end", "enum('a', 'b')", "enum('a', 'b', 'c')", "'a'", "'b'", "NULL")
    column(BOTH, "enum: a label at the start", "enum('a', 'b')", "enum('z', 'a', 'b')", "'a'", "'b'")
    column(BOTH, "enum: another order", "enum('a', 'b')", "enum('b', 'a')", "'a'", "'b'")
    column(BOTH, "enum: a label less", "enum('a', 'b', 'c')", "enum('a', 'c')", "'a'", "'b'", "'c'")
    column(BOTH, "enum: another letter case", f"enum('a', 'b') {CI}", f"enum('A', 'b') {CI}", "'a'", "'b'")
    column(BOTH, "enum: the empty value", "enum('a', 'b')", "enum('a', 'b', 'c', 'd')", "'a'", "''")
    column(BOTH, "enum of many labels", f"enum({', '.join(repr(f'v{n}') for n in range(255))})",
           f"enum({', '.join(repr(f'v{n}') for n in range(260))})", "'v0'", "'v254'")
    column(BOTH, "set: a member at the end", "set('a', 'b')", "set('a', 'b', 'c')", "'a,b'", "''")
    column(BOTH, "set: another order", "set('a', 'b')", "set('b', 'a')", "'a,b'", "'a'")
    column(BOTH, "set: a member less", "set('a', 'b', 'c')", "set('a', 'c')", "'a,b'", "'c'")
    column(BOTH, "set of nine members", "set('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h')", "set('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i')", "'a,h'")
    column(BOTH, "enum to set", "enum('a', 'b')", "set('a', 'b')", "'a'", "'b'")
    column(BOTH, "set to enum", "set('a', 'b')", "enum('a', 'b')", "'a'", "'a,b'")
    column(BOTH, "enum to a short varchar", "enum('a', 'bcd')", "varchar(2)", "'a'", "'bcd'")
    column(BOTH, "set to varchar", "set('a', 'b')", "varchar(3)", "'a,b'")


def numbers(list):
    column = list.column
    column(BOTH, "int becomes unsigned", "int", "int unsigned", "7", "-1")
    column(BOTH, "decimal becomes unsigned", "decimal(6,2)", "decimal(6,2) unsigned", "7", "-1")
    column(BOTH, "double becomes unsigned", "double", "double unsigned", "7", "-1")
    column(BOTH, "unsigned becomes signed", "int unsigned", "int", "7", "4294967295")
    column(BOTH, "unsigned becomes a wider signed", "int unsigned", "bigint", "7", "4294967295")
    column(BOTH, "zerofill comes", "int unsigned", "int(8) unsigned zerofill", "7")
    column(BOTH, "mediumint to smallint", "mediumint", "smallint", "7", "40000")
    column(BOTH, "decimal of a smaller scale", "decimal(8,3)", "decimal(8,2)", "1.25", "1.255")
    column(BOTH, "decimal of a larger scale", "decimal(8,2)", "decimal(8,3)", "1.25", "999999.99")
    column(BOTH, "decimal grows", "decimal(8,2)", "decimal(12,4)", "1.25", "999999.99")
    column(BOTH, "double to decimal", "double", "decimal(20,5)", "1.5", "0.1234567")
    column(BOTH, "boolean to int", "boolean", "int", "1", "0", "NULL")
    column(BOTH, "int to boolean", "int", "boolean", "1", "1000")
    column(BOTH, "bit grows", "bit(4)", "bit(9)", "b'1010'")
    column(BOTH, "bit shrinks", "bit(9)", "bit(4)", "b'1010'", "b'111111111'")
    column(BOTH, "bigint unsigned to decimal", "bigint unsigned", "decimal(20,0)", "18446744073709551615")
    column(BOTH, "tinytext to varchar", "tinytext", "varchar(255)", "REPEAT('x', 255)")
    column(BOTH, "datetime loses fractions", "datetime(6)", "datetime(3)", "'2020-01-01 10:00:00.123456'", "'2020-01-01'")
    column(BOTH, "datetime gets fractions", "datetime", "datetime(6)", "'2020-01-01 10:00:00'")
    column(BOTH, "timestamp to datetime without a zone", "timestamp NULL", "datetime", "'2020-01-01 10:00:00'")
    column(BOTH, "datetime to timestamp within its years", "datetime", "timestamp NULL", "'2020-01-01 10:00:00'", "'1950-01-01'", "'0000-00-00'")
    column(BOTH, "zero dates", "date", "date NOT NULL", "'0000-00-00'", "'2020-00-01'")
    column(BOTH, "zero datetimes grow", "datetime", "datetime(3)", "'0000-00-00'", "'2020-00-01 10:00:00'")


def keys(list):
    parts, c, v = list.parts, ["c int"], [f"c varchar(20) {CI}"]
    parts(BOTH, "primary key comes", c, "", "PRIMARY KEY (c)", "1", "2", "2")
    parts(BOTH, "primary key comes over nulls", c, "", "PRIMARY KEY (c)", "1", "NULL")
    parts(BOTH, "primary key goes", ["c int NOT NULL"], "PRIMARY KEY (c)", "", "1", "2")
    parts(BOTH, "primary key of other columns", ["c int NOT NULL"], "PRIMARY KEY (id)", "PRIMARY KEY (c)", "1", "2", "2")
    parts(BOTH, "primary key of more columns", ["c int NOT NULL"], "PRIMARY KEY (id)", "PRIMARY KEY (id, c)", "1", "2")
    parts(BOTH, "primary key of a prefix", ["c varchar(20) NOT NULL"], "PRIMARY KEY (c)", "PRIMARY KEY (c(2))", "'ab'", "'abc'")
    parts(BOTH, "unique key comes", c, "", "UNIQUE KEY k (c)", "1", "2", "2", "NULL", "NULL")
    parts(BOTH, "key becomes unique", c, "KEY k (c)", "UNIQUE KEY k (c)", "1", "2", "2")
    parts(BOTH, "unique key becomes plain", c, "UNIQUE KEY k (c)", "KEY k (c)", "1", "2")
    parts(BOTH, "unique key of fewer columns", c, "UNIQUE KEY k (c, id)", "UNIQUE KEY k (c)", "1", "1")
    parts(BOTH, "unique key of a prefix", v, "UNIQUE KEY k (c)", "UNIQUE KEY k (c(2))", "'ab'", "'abc'")
    parts(BOTH, "key comes", c, "", "KEY k (c)", "1", "2", "2")
    parts(BOTH, "key goes", c, "KEY k (c)", "", "1", "2")
    parts(BOTH, "key descends", c, "KEY k (c)", "KEY k (c DESC)", "1", "2")
    parts(BOTH, "comment of a key", c, "KEY k (c) COMMENT 'a'", "KEY k (c) COMMENT 'b'", "1")
    parts(BOTH, "fulltext key comes", v, "", "FULLTEXT KEY k (c)", "'a b'", "NULL")
    parts(BOTH, "key of a hash in memory", c, ("KEY k (c)", "ENGINE=MEMORY"), ("KEY k (c) USING BTREE", "ENGINE=MEMORY"), "1", "1")
    parts(BOTH, "spatial key comes", ["c point NOT NULL"], "", "SPATIAL KEY k (c)", "POINT(1, 2)")
    parts(MYSQL, "spatial key comes with a reference system", ["c point NOT NULL SRID 4326"], "", "SPATIAL KEY k (c)", "ST_GeomFromText('POINT(1 2)', 4326)")
    parts(MYSQL, "key is hidden", c, "KEY k (c)", "KEY k (c) INVISIBLE", "1")
    parts(MARIADB, "key is ignored", c, "KEY k (c)", "KEY k (c) IGNORED", "1")
    parts(MYSQL, "unique key of an expression", c, "", "UNIQUE KEY k ((c % 10))", "1", "11", "2")
    parts(MYSQL, "key of a computed value that fails", ["c json"], "", "KEY k ((CAST(c->'$[*]' AS UNSIGNED ARRAY)))", "'[1, 2]'", "'[\"x\"]'")
    parts(MARIADB, "unique key of a long text", ["c text"], "", "UNIQUE KEY k (c)", "'a'", "REPEAT('b', 5000)", "'a'")
    parts(BOTH, "check comes", c, "", "CONSTRAINT @t_c CHECK (c > 0)", "1", "-1", "NULL")
    parts(BOTH, "check changes", c, "CONSTRAINT @t_c CHECK (c > 0)", "CONSTRAINT @t_c CHECK (c > 5)", "1", "7")
    parts(BOTH, "check goes", c, "CONSTRAINT @t_c CHECK (c > 0)", "", "1", "7")
    parts(BOTH, "check comes on a column", ["c int"], "CHECK (id <> 99)", "CHECK (id <> 99 AND c > 0)", "1", "-1")
    parts(MYSQL, "check is enforced", c, "CONSTRAINT @t_c CHECK (c > 0) NOT ENFORCED", "CONSTRAINT @t_c CHECK (c > 0)", "1", "-1")
    parts(MYSQL, "check is enforced no more", c, "CONSTRAINT @t_c CHECK (c > 0)", "CONSTRAINT @t_c CHECK (c > 0) NOT ENFORCED", "1")
    list.column(MARIADB, "column check comes", "int", "int CHECK (c > 0)", "1", "-1", "NULL")
    list.column(MARIADB, "column check changes", "int CHECK (c > 0)", "int CHECK (c > 5)", "1", "7")
    list.column(MARIADB, "column check goes", "int CHECK (c > 0)", "int", "1")
    list.column(MARIADB, "column comes with a check", "int", "int, d int DEFAULT 4 CHECK (d > 5)", "1")
    list.column(MARIADB, "text becomes json", "longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_bin", "json", "'{}'", "'{'")
    list.add(MARIADB, "column check beside a partition", table("c int", "d int"),
             table("c int CHECK (c > 0)", "d int", tail="PARTITION BY HASH (d) PARTITIONS 2"), put("1, 1", "-1, 1"))


def foreign_keys(list):
    parent = [table("k int", "j int", "PRIMARY KEY (id)", "UNIQUE KEY (k)", name="@t_p"), "INSERT INTO @t_p VALUES (101, 1, 2), (102, 2, 3)"]

    def add(vendors, name, old, new, *values, type="int", **more):
        def made(key, of):
            return table(f"c {of}", *filter(None, [key]))
        list.add(vendors, name, [*parent, made(old, "int")], [parent[0], made(new, type)], put(*values), **more)

    key = "CONSTRAINT @t_f FOREIGN KEY (c) REFERENCES @t_p"
    add(BOTH, "foreign key comes", "", f"{key} (id)", "101", "7", "NULL")
    add(BOTH, "foreign key goes", f"{key} (id)", "", "101")
    add(BOTH, "foreign key of another action", f"{key} (id)", f"{key} (id) ON DELETE CASCADE ON UPDATE SET NULL", "101", "NULL")
    add(BOTH, "foreign key to another column", f"{key} (id)", f"{key} (k)", "101", "NULL")
    add(BOTH, "foreign key that sets null over not null", f"{key} (id)", f"{key} (id) ON DELETE SET NULL", "101")
    list.add(BOTH, "foreign key of another column", [*parent, table("c int", "d int", f"{key} (id)")],
             [parent[0], table("c int", "d int", f"{key.replace('(c)', '(d)')} (id)")], put("101, 102", "101, 7"))
    list.add(BOTH, "foreign key to another table", [*parent, table("c int", f"{key} (id)"), table("PRIMARY KEY (id)", name="@t_q")],
             [parent[0], table("c int", f"{key.replace('@t_p', '@t_q')} (id)"), table("PRIMARY KEY (id)", name="@t_q")], put("101", "NULL"))
    list.add(BOTH, "foreign key with its types", [*parent, table("c int", f"{key} (id)")],
             [parent[0].replace("id int", "id bigint"), table("c bigint", f"{key} (id)")], put("101", "NULL"))
    list.add(BOTH, "foreign key's column becomes not null", [*parent, table("c int", "d int", f"{key} (id)")],
             [parent[0], table("c int NOT NULL", "d bigint", f"{key} (id)")], put("101, 1", "NULL, 2"))
    list.add(BOTH, "foreign key's parent counts up", [*parent, table("c int", f"{key} (id)")],
             [parent[0].replace("id int NOT NULL", "id int NOT NULL AUTO_INCREMENT"), table("c int", f"{key} (id)")], put("101", "NULL"))
    list.add(BOTH, "foreign key to nowhere", ["SET foreign_key_checks = 0", table("c int", f"{key} (id)"), "SET foreign_key_checks = 1"],
             ["SET foreign_key_checks = 0", table("c int", f"{key.replace('@t_p', '@t_q')} (id)"), "SET foreign_key_checks = 1"], put("NULL"))
    list.add(BOTH, "foreign key within the table", [table("c int", "PRIMARY KEY (id)")],
             [table("c int", "PRIMARY KEY (id)", "CONSTRAINT @t_f FOREIGN KEY (c) REFERENCES @t (id)")], put("1", "NULL", "77"))


def options(list):
    def tail(vendors, name, old, new, *values, within="c int", **more):
        list.parts(vendors, name, [within], ("", old), ("", new), *(values or ("1", "NULL")), **more)

    tail(BOTH, "InnoDB becomes MyISAM", "", "ENGINE=MyISAM")
    tail(BOTH, "MyISAM becomes InnoDB", "ENGINE=MyISAM", "")
    tail(BOTH, "InnoDB becomes MEMORY", "", "ENGINE=MEMORY")
    tail(BOTH, "MEMORY becomes InnoDB", "ENGINE=MEMORY", "")
    tail(MYSQL, "InnoDB becomes ARCHIVE", "", "ENGINE=ARCHIVE")
    tail(BOTH, "InnoDB becomes BLACKHOLE" if list.vendor == "mysql" else "InnoDB becomes Aria", "",
         "ENGINE=BLACKHOLE" if list.vendor == "mysql" else "ENGINE=Aria")
    tail(BOTH, "InnoDB becomes CSV", "", "ENGINE=CSV", "1", "2", within="c int NOT NULL")
    tail(BOTH, "another default collation", "DEFAULT COLLATE utf8mb4_bin", "DEFAULT COLLATE utf8mb4_general_ci", "'a'", within="c varchar(9) COLLATE utf8mb4_bin")
    tail(BOTH, "another default character set", "DEFAULT CHARSET=utf8mb4", "DEFAULT CHARSET=latin1", "'日'", within="c varchar(9) CHARACTER SET utf8mb4")
    for option in ("ROW_FORMAT=COMPACT", "ROW_FORMAT=REDUNDANT", "STATS_PERSISTENT=0", "MAX_ROWS=10", "MIN_ROWS=5", "AVG_ROW_LENGTH=100", "CHECKSUM=1",
                   "COMMENT='x'", "STATS_AUTO_RECALC=0", "DELAY_KEY_WRITE=1", "PACK_KEYS=1", "ROW_FORMAT=COMPRESSED KEY_BLOCK_SIZE=8"):
        tail(BOTH, f"{option} comes", "", option)
    tail(BOTH, "ROW_FORMAT=COMPRESSED goes", "ROW_FORMAT=COMPRESSED", "")
    tail(MYSQL, "COMPRESSION comes", "", "COMPRESSION='zlib'")
    tail(MARIADB, "PAGE_COMPRESSED comes", "", "PAGE_COMPRESSED=1")
    tail(MARIADB, "TRANSACTIONAL goes", "ENGINE=Aria TRANSACTIONAL=1", "ENGINE=Aria TRANSACTIONAL=0")
    list.add(BOTH, "another order of columns", table("c int", "d int"), table("d int", "c int"), put("1, 2"))
    list.add(BOTH, "another order and another type", table("c int", "d int"), table("d bigint", "c varchar(12)"), put("1, 2"))
    list.add(BOTH, "table goes", table("c int"), table("d int", name="@t_other"), put("1"))
    list.add(BOTH, "table of another name", table("c int"), f"-- @renamed from=@t\n{table('c int', name='@t_new')}", put("1"))
    list.add(BOTH, "column of a new name", table("c int", "d int"), table("\n    e int -- @renamed from=c\n", "d int"), put("1, 2"), moved={"c": "e"})
    list.add(BOTH, "column of a new name and type", table("c int", "d int"), table("\n    e bigint -- @renamed from=c\n", "d int"), put("1, 2"), moved={"c": "e"})
    list.column(MYSQL, "reference system comes", "point", "point SRID 0", "POINT(1, 2)", "ST_GeomFromText('POINT(1 2)', 4326)")
    list.column(MYSQL, "column format", "int", "int COLUMN_FORMAT FIXED", "1")
    list.column(MARIADB, "compressed column", "text", "text COMPRESSED", "'a'", "REPEAT('x', 1000)")
    list.column(MARIADB, "compressed column no more", "text COMPRESSED", "text", "'a'", "REPEAT('x', 1000)")


def partitions(list):
    def parts(name, old, new, *values, vendors=BOTH, within="c int"):
        list.parts(vendors, name, [within], ("", old), ("", new), *(values or ("1", "12", "NULL")))

    def ranges(*bounds, by="RANGE (c)"):
        return f"PARTITION BY {by} ({', '.join(f'PARTITION p{number} VALUES LESS THAN ({bound})' for number, bound in enumerate(bounds))})"

    def lists(*values, by="LIST (c)", start=0):
        return f"PARTITION BY {by} ({', '.join(f'PARTITION p{number} VALUES IN ({value})' if value != 'DEFAULT' else f'PARTITION p{number} DEFAULT' for number, value in enumerate(values, start))})"

    parts("partitions of ranges come", "", ranges(10, 20), "1", "12", "30", "NULL")
    parts("partitions of ranges come with all", "", ranges(10, "MAXVALUE"))
    parts("partitions of lists come", "", lists("1, 2", "12"), "1", "12", "30", "NULL")
    parts("partitions of a hash come", "", "PARTITION BY HASH (c) PARTITIONS 3")
    parts("partitions of keys come", "", "PARTITION BY KEY (c) PARTITIONS 3")
    parts("partitions go", ranges(10, 20), "")
    parts("range: one comes", ranges(10, 20), ranges(10, 20, 30))
    parts("range: one goes at the end", ranges(10, 20, 30), ranges(10, 20), "1", "12", "25")
    parts("range: one goes at the start", ranges(10, 20).replace("p0", "q"), ranges("20").replace("p0", "p1"), "1", "12")
    parts("range: the end comes nearer", ranges(10, 20), ranges(10, 15), "1", "12", "18")
    parts("range: the end goes away", ranges(10, 20), ranges(10, 25), "1", "12")
    parts("range: the end is no more open", ranges(10, "MAXVALUE"), ranges(10, 20), "1", "12", "40")
    parts("range: one is split", ranges(10, 20), ranges(5, 10, 20), "1", "7", "12")
    parts("range: bounds move", ranges(10, 20), ranges(5, 20), "1", "7", "12")
    parts("range of columns: the end comes nearer", ranges("1, 10", "2, 20", by="RANGE COLUMNS (id, c)"), ranges("1, 10", "2, 15", by="RANGE COLUMNS (id, c)"), "5", "18")
    parts("range of dates: the end goes away", ranges("'2020-01-01'", "'2021-01-01'", by="RANGE COLUMNS (c)"), ranges("'2020-01-01'", "'2022-01-01'", by="RANGE COLUMNS (c)"), "'2019-01-01'", "'2020-05-05'", within="c date")
    parts("list: a value leaves", lists("1, 2", "12"), lists("1", "12"), "1", "2", "12")
    parts("list: a null leaves", lists("1, NULL", "12"), lists("1", "12"), "1", "NULL")
    parts("list: a value comes", lists("1, 2", "12"), lists("1, 2", "12, 13"), "1", "12")
    parts("list: a value moves", lists("1, 2", "12"), lists("1", "12, 2"), "1", "2", "12")
    parts("list: one goes", lists("1, 2", "12"), lists("1, 2"), "1", "12")
    parts("list: one comes", lists("1, 2", "12"), lists("1, 2", "12", "13"), "1", "12")
    parts("list of columns: a value leaves", lists("('a', 1), ('b', 1)", "('c', 1)", by="LIST COLUMNS (c, id)"), lists("('a', 1)", "('c', 1)", by="LIST COLUMNS (c, id)"), "'b'", within="c varchar(5)")
    parts("list: a value comes out of the default one", lists("1", "DEFAULT"), lists("1", "DEFAULT", "2"), "1", "2", "NULL", vendors=MARIADB)
    parts("list: a value goes into the default one", lists("1, 2", "3", "DEFAULT"), lists("1", "3", "DEFAULT"), "1", "2", "3", "NULL", vendors=MARIADB)
    parts("list: the default one goes", lists("1", "DEFAULT"), lists("1"), "1", "2", vendors=MARIADB)
    parts("list: the default one is closed", lists("DEFAULT", "1"), lists("2", "1"), "1", "2", "3", vendors=MARIADB)
    parts("list becomes ranges", lists("1, 2", "12"), ranges(10), "1", "12")
    parts("ranges of another expression", ranges(10, 20), ranges(10, 20, by="RANGE (c + 5)"), "1", "12", "18")
    parts("hash: more partitions", "PARTITION BY HASH (c) PARTITIONS 2", "PARTITION BY HASH (c) PARTITIONS 5")
    parts("hash: fewer partitions", "PARTITION BY HASH (c) PARTITIONS 5", "PARTITION BY HASH (c) PARTITIONS 2")
    parts("hash becomes linear", "PARTITION BY HASH (c) PARTITIONS 4", "PARTITION BY LINEAR HASH (c) PARTITIONS 4")
    parts("keys: fewer partitions", "PARTITION BY KEY (c) PARTITIONS 4", "PARTITION BY KEY (c) PARTITIONS 3")
    parts("subpartitions come", ranges(10, 20), ranges(10, 20).replace("(PARTITION", "SUBPARTITION BY HASH (id) SUBPARTITIONS 2 (PARTITION", 1))
    parts("subpartitions of other names", f"PARTITION BY RANGE (c) SUBPARTITION BY HASH (id) (PARTITION p0 VALUES LESS THAN (20) (SUBPARTITION a, SUBPARTITION b))",
          f"PARTITION BY RANGE (c) SUBPARTITION BY HASH (id) (PARTITION p0 VALUES LESS THAN (20) (SUBPARTITION a, SUBPARTITION c))")
    parts("comment of a partition", ranges(20).replace("(20)", "(20) COMMENT = 'a'"), ranges(20).replace("(20)", "(20) COMMENT = 'b'"))
    parts("option of a partition", ranges(20).replace("(20)", "(20) MAX_ROWS = 10"), ranges(20).replace("(20)", "(20) MAX_ROWS = 20"))
    parts("partition of another name", ranges(10, 20), ranges(10, 20).replace("p1", "q1"))
    list.add(BOTH, "column and partitions change", table("c int", "d int", tail=ranges(10, 20)), table("c int", "d bigint", tail=ranges(10, 25)), put("1, 2", "12, 3"))
    list.add(BOTH, "partitions and not null", table("c int", tail=ranges(10, 20)), table("c int NOT NULL", tail=ranges(10, 20)), put("1", "NULL"))
    list.add(BOTH, "timestamp becomes not null in partitions", table("c int", "d timestamp NULL", tail="PARTITION BY HASH (c) PARTITIONS 2"),
             table("c int", "d timestamp NOT NULL", tail="PARTITION BY HASH (c) PARTITIONS 2"), put("1, '2020-01-01'", "2, NULL"))


def versions(list):
    """Of rows: MariaDB's."""
    times = ["since timestamp(6) GENERATED ALWAYS AS ROW START", "until timestamp(6) GENERATED ALWAYS AS ROW END"]
    period = "PERIOD FOR SYSTEM_TIME (since, until)"
    on = "WITH SYSTEM VERSIONING"
    past = [f"UPDATE @t SET c = c + 10", "DELETE FROM @t WHERE c = 12"]

    def add(name, old, new, rows=put("1", "2", "3", columns="c")):
        list.add(MARIADB, name, old, new, rows, seed=past)

    written = table("c int", *times, period, tail=on)
    parted = f"{on} PARTITION BY SYSTEM_TIME (PARTITION p HISTORY, PARTITION q CURRENT)"
    add("versioning goes", table("c int", tail=on), table("c int"))
    add("versioning comes", table("c int"), table("c int", tail=on))
    add("versioning goes with its columns", written, table("c int"))
    add("versioning goes with its partitions", table("c int", tail=parted), table("c int"))
    add("versioning becomes a hash", table("c int", tail=parted), table("c int", tail="PARTITION BY HASH (c) PARTITIONS 2"))
    add("period is hidden", written, table("c int", tail=on))
    add("period is shown", table("c int", tail=on), written)
    add("period changes", written, written.replace("ROW START", "ROW START COMMENT 'x'"))
    add("period of other names", written, written.replace("until", "til"))
    add("versioned column changes", table("c int", tail=on), table("c bigint", tail=on))
    add("versioned column comes", table("c int", tail=on), table("c int", "d int DEFAULT 4", tail=on))
    add("versioned column goes", table("c int", "d int", tail=on), table("c int", tail=on), put("1, 5", "2, 6"))
    add("column without versioning", table("c int", "d int", tail=on), table("c int", "d int WITHOUT SYSTEM VERSIONING", tail=on))
    add("history gets partitions", table("c int", tail=on), table("c int", tail=parted))
    add("history loses partitions", table("c int", tail=parted), table("c int", tail=on))
    add("history has fewer partitions", table("c int", tail=f"{on} PARTITION BY SYSTEM_TIME LIMIT 2 (PARTITION p HISTORY, PARTITION o HISTORY, PARTITION q CURRENT)"),
        table("c int", tail=f"{on} PARTITION BY SYSTEM_TIME LIMIT 2 (PARTITION p HISTORY, PARTITION q CURRENT)"))
    add("history rotates otherwise", table("c int", tail=f"{on} PARTITION BY SYSTEM_TIME LIMIT 2 PARTITIONS 3"),
        table("c int", tail=f"{on} PARTITION BY SYSTEM_TIME INTERVAL 1 DAY PARTITIONS 2"))
    dates = ["c int", "a date", "b date"]
    list.add(MARIADB, "period of an application comes", table(*dates), table(*dates, "PERIOD FOR p (a, b)"),
             put("1, '2020-01-01', '2021-01-01'", "2, '2020-01-01', '2019-01-01'", "3, NULL, NULL"))
    list.add(MARIADB, "period of an application goes", table(*dates, "PERIOD FOR p (a, b)"), table("c int", "a date NOT NULL", "b date NOT NULL"),
             put("1, '2020-01-01', '2021-01-01'"))
    list.add(MARIADB, "key without overlaps", table(*dates, "PERIOD FOR p (a, b)", "PRIMARY KEY (c, a)"),
             table(*dates, "PERIOD FOR p (a, b)", "PRIMARY KEY (c, p WITHOUT OVERLAPS)"), put("1, '2020-01-01', '2021-01-01'", "1, '2020-05-01', '2021-06-01'"))


def sequences(list):
    def add(name, old, new, seed=("SELECT NEXT VALUE FOR @t",)):
        list.add(MARIADB, name, f"CREATE SEQUENCE @t {old}", f"CREATE SEQUENCE @t {new}", seed=list_of(seed))

    def list_of(seed):
        return [f"DO {text[len('SELECT '):]}" if text.startswith("SELECT") else text for text in seed] * 3

    add("sequence: another increment", "NOCACHE", "NOCACHE INCREMENT BY 5")
    add("sequence: another start", "NOCACHE", "NOCACHE START WITH 100")
    add("sequence: a cache", "NOCACHE", "CACHE 10")
    add("sequence: a larger maximum", "NOCACHE MAXVALUE 100", "NOCACHE MAXVALUE 1000")
    add("sequence: a smaller maximum", "NOCACHE MAXVALUE 1000", "NOCACHE MAXVALUE 100")
    add("sequence: a maximum before its position", "NOCACHE MAXVALUE 1000", "NOCACHE MAXVALUE 2")
    add("sequence: a smaller minimum", "NOCACHE MINVALUE 1", "NOCACHE MINVALUE -5 START WITH 1")
    add("sequence: a cycle", "NOCACHE", "NOCACHE CYCLE")
    add("sequence: another engine", "NOCACHE", "NOCACHE ENGINE=MyISAM")
    add("sequence goes", "NOCACHE", "NOCACHE")
    if list.vendor == "mariadb":
        list.changes[-1].new = table(name="@t_other")


def changes(server):
    made = List(server.vendor)
    for family in (columns, generated, texts, choices, numbers, keys, foreign_keys, options, partitions, versions, sequences):
        family(made)
    return made.changes


def left_out(server):
    """No rows: programs, views and what belongs to whom."""
    return {"SCHEMA.", "FUNCTION.", "VIEW.", "TRIGGER.", "EVENT.", "OWNER.", "UNMODELLED.", "TABLE.tablespace", "FOREIGN_KEY.match",
            "PRIMARY_KEY.options", "PRIMARY_KEY.without_overlaps", "INDEX.options", *({"SEQUENCE.", "TABLE.periods"}
                                                       if server.vendor == "mysql" else {"CHECK.not_enforced", "SEQUENCE.type"})}
