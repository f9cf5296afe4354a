"""Cuts files for MySQL and MariaDB into statements that can stand in any order, for tests/checks/shuffle: each comes with
the DELIMITER that it needs. Also says where the order of statements matters, and makes up schemas."""
import random, re

PIECE = re.compile(r"""
    (?P<comment> --(?=\s)[^\n]*\n? | \#[^\n]*\n? | /\*(?![!M]).*?\*/)
  | (?P<quoted> '(?:[^'\\]|\\.|'')*' | "(?:[^"\\]|\\.|"")*" | `(?:[^`]|``)*`)
  | (?P<word> \w+)
""", re.X | re.S)
DELIMITER = re.compile(r"[ \t]*DELIMITER[ \t]+(\S+)[^\n]*\n?", re.I)


def cut(text):
    """Yields each statement as (its words, its text with what ends it and the comments before it)."""
    delimiter, start, at, words = ";", 0, 0, []
    while at < len(text):
        at_line = at == 0 or text[at - 1] == "\n"
        if at_line and not words and (match := DELIMITER.match(text, at)):
            delimiter, at = match[1], match.end()
            start = at
        elif text.startswith(delimiter, at):
            if words:
                yield words, wrap(text[start:at].strip(), delimiter)
            at += len(delimiter)
            start, words = at, []
        elif match := PIECE.match(text, at):
            at = match.end()
            if match["word"]:
                words.append(match[0].upper())
        else:
            at += 1
    if words:
        yield words, wrap(text[start:].strip(), delimiter)


def wrap(sql, delimiter):
    """A statement may end with a comment that runs to the end of its line."""
    return f"{sql}\n;" if delimiter == ";" else f"DELIMITER {delimiter}\n{sql}\n{delimiter}\nDELIMITER ;"


def head(sql):
    """The statement without comments, its blanks joined."""
    return " ".join(re.sub(r"--(?=\s)[^\n]*|#[^\n]*|/\*.*?\*/|DELIMITER[ \t]+\S+", " ", sql, flags=re.S).split())


def subject(sql):
    """What a statement makes, and the chain of triggers that it is a part of."""
    code = re.sub(r"(?i)\bOR REPLACE |\bIF NOT EXISTS |\b(?:DEFINER|ALGORITHM) ?= ?\S+ |SQL SECURITY \w+ ", "", head(sql))
    trigger = re.match(r"(?i)CREATE TRIGGER \S+ (BEFORE|AFTER) (\w+) ON (\S+)", code)
    if trigger:
        return f"trigger {trigger[3]} {trigger[1]} {trigger[2]}".lower()
    made = re.match(r"(?i)CREATE (?:\w+ )*?(TABLE|VIEW|PROCEDURE|FUNCTION|EVENT|SEQUENCE|INDEX) (`(?:[^`]|``)*`|\"[^\"]*\"|[^\s(]+)", code)
    return f"{made[1]} {made[2]}".lower() if made else code


def order_matters(statements):
    """Why the statements must stay in their order; None where they need not."""
    for words, sql in statements:
        foreign_key = re.fullmatch(r"(?i)ALTER TABLE \S+ ADD CONSTRAINT \S+ FOREIGN KEY [^,]*", head(sql))
        if words[0] != "CREATE" and not foreign_key:
            return f"{words[0]} statements"
        if re.match(r"(?i)CREATE TABLE \S+ (\( *)?LIKE ", head(sql)):
            return "LIKE, which copies what is there by then"
    seen = set()
    for _, sql in statements:
        name = subject(sql)
        if name in seen:
            return f"{name} twice"
        seen.add(name)
    return None


def invent(seed):
    """A schema in which many things depend on others, as SQL."""
    rng = random.Random(seed)
    out, tables, views = [], [], []
    out.append("CREATE FUNCTION short(t varchar(99)) RETURNS varchar(9) DETERMINISTIC RETURN left(t, 9);")
    for number in range(rng.randint(3, 9)):
        name = f"t{number}"
        parts = ["id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY", "name varchar(40) NOT NULL DEFAULT 'x;y'",
                 "state enum('new', 'it''s') COMMENT 'a;b'", "price decimal(8, 2) DEFAULT 1",
                 "made datetime DEFAULT CURRENT_TIMESTAMP"]
        for i, target in enumerate(rng.sample(tables, min(len(tables), rng.randint(0, 2)))):
            parts.append(f"ref{i} bigint unsigned, CONSTRAINT t{number}_{target} FOREIGN KEY (ref{i}) REFERENCES {target} (id)")
        if rng.random() < 0.5:
            parts.append(f"up bigint unsigned, FOREIGN KEY (up) REFERENCES {name} (id) ON DELETE SET NULL")
        if rng.random() < 0.5:
            parts.append(f"CHECK (char_length(name) < {rng.randint(41, 90)})")
        if rng.random() < 0.4:
            parts.append("loud varchar(40) AS (upper(name)) VIRTUAL")
        out.append(f"-- table {number}; it's commented\nCREATE TABLE {name} (\n    " + ",\n    ".join(parts) + "\n) COMMENT='no. ; 1';")
        tables.append(name)
        if rng.random() < 0.6:
            out.append(f"CREATE INDEX t{number}_name ON {name} (name(10), price DESC); # behind; it")
    for number in range(rng.randint(1, 5)):
        source = rng.choice(tables + views)
        out.append(f"CREATE VIEW v{number} AS SELECT a.id, a.name, short(a.name) AS short FROM {source} a WHERE a.id > {number};")
        views.append(f"v{number}")
    for name in rng.sample(tables, 2):
        out.append(f"DELIMITER //\nCREATE TRIGGER {name}_touch BEFORE UPDATE ON {name} FOR EACH ROW\nBEGIN\n"
                   "    SET NEW.name = short(NEW.name); -- it's; short\nEND//\nDELIMITER ;")
    out.append(f"CREATE PROCEDURE total(OUT n int) READS SQL DATA SELECT count(*) INTO n FROM {rng.choice(views)};")
    return "\n".join(out) + "\n"


def self_test():
    """What the functions above must do; yields what they do not."""
    text = ("CREATE TABLE a (b int DEFAULT ';', `c;` int, d varchar(9) DEFAULT 'it\\'s;'); -- behind; it\n# it's;\n"
            "DELIMITER $$\nCREATE PROCEDURE p() BEGIN SELECT 1; SELECT '$$'; END$$\nDELIMITER ;\n"
            "/* a; */ CREATE VIEW v AS SELECT 1 - -2 AS x;")
    parts = [sql for _, sql in cut(text)]
    if len(parts) != 3 or "DELIMITER $$" not in parts[1] or not parts[1].endswith("DELIMITER ;"):
        yield f"the splitter makes {len(parts)} statements: {parts}"
    for bad in ("ALTER TABLE a ADD b int;", "SET sql_mode = '';", "CREATE TABLE a LIKE b;", "CREATE TABLE a (x int); CREATE TABLE `A` (y int);",
                "CREATE TRIGGER a BEFORE INSERT ON t FOR EACH ROW SET @a = 1; CREATE TRIGGER b BEFORE INSERT ON t FOR EACH ROW SET @a = 2;"):
        if not order_matters(list(cut(bad.replace("`A`", "a")))):
            yield f"the order of {bad!r} matters"
    made_up = list(cut(invent(1)))
    if order_matters(made_up) or invent(1) != invent(1):
        yield f"made-up schemas cannot be used: {order_matters(made_up)}"
