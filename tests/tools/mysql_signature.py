"""What a MySQL or MariaDB database holds, one fact a line, in no order: two databases with the same facts have the same
schema. Written for the tests, from the server's own descriptions and without a look at how plumb reads them.

Character sets and collations are taken as they are in force, from information_schema: SHOW CREATE repeats what once was
written. The order of columns is a fact, that of keys, constraints and table options is none; nor are AUTO_INCREMENT's
position, introducers of literals, USING BTREE, RESTRICT and NO ACTION (which mean the same), and, unless access is
asked for, definers. Bodies of programs are compared byte by byte, with the sql_mode and character sets that they run under."""
import re, time

PIECE = re.compile(r"""
    (?P<quoted> '(?:[^'\\]|\\.|'')*' | `(?:[^`]|``)*` | "(?:[^"\\]|\\.|"")*")
  | (?P<word> [\w$.@]+)
  | (?P<blank> \s+)
  | (?P<mark> .)
""", re.X | re.S)

OURS = "NOT LIKE 'plumb\\\\_%'"  # plumb's own tables are no part of a schema

CATALOG = f"""
SELECT 'database', default_character_set_name, default_collation_name FROM information_schema.schemata WHERE schema_name = DATABASE();
SELECT 'collation', table_name, table_collation FROM information_schema.tables
    WHERE table_schema = DATABASE() AND table_type <> 'VIEW' AND table_name {OURS};
SELECT 'characters', table_name, column_name, character_set_name, collation_name FROM information_schema.columns
    WHERE table_schema = DATABASE() AND collation_name IS NOT NULL AND table_name {OURS};
SELECT 'object', table_type, table_name FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name {OURS};
SELECT 'trigger', trigger_name, event_object_table, action_timing, event_manipulation, action_order, action_statement,
    sql_mode, definer, character_set_client, collation_connection, database_collation
    FROM information_schema.triggers WHERE trigger_schema = DATABASE();
SELECT 'routine', routine_type, routine_name, dtd_identifier, character_set_name, collation_name, routine_definition,
    is_deterministic, sql_data_access, security_type, routine_comment, sql_mode, definer, character_set_client,
    collation_connection, database_collation FROM information_schema.routines WHERE routine_schema = DATABASE();
SELECT 'parameter', routine_type, specific_name, ordinal_position, parameter_mode, parameter_name, dtd_identifier,
    character_set_name, collation_name FROM information_schema.parameters WHERE specific_schema = DATABASE();
SELECT 'event', event_name, event_definition, time_zone, event_type, execute_at, interval_value, interval_field, starts, ends, status,
    on_completion, event_comment, sql_mode, definer, character_set_client, collation_connection, database_collation
    FROM information_schema.events WHERE event_schema = DATABASE();
"""

DEFINER = {"trigger": 8, "routine": 12, "event": 14}  # where the definer stands in a row

SHOW = {"BASE TABLE": "TABLE", "SYSTEM VERSIONED": "TABLE", "VIEW": "VIEW", "SEQUENCE": "SEQUENCE"}


def pieces(text):
    """The tokens of SQL that a server printed; what stands in comments that it executes counts, their marks do not."""
    text = re.sub(r"'(?:[^'\\]|\\.|'')*'|`(?:[^`]|``)*`|/\*M?!\d*|\*/", lambda m: m[0] if m[0][0] in "'`" else " ", text)
    out = []
    for match in PIECE.finditer(text):
        if match["blank"]:
            continue
        if match["word"] and re.fullmatch(r"_(utf8mb4|utf8mb3|utf8|latin1|binary|ascii)", match[0]):
            continue
        out.append(match[0])
    return out


def without(text, *patterns):
    """The pieces of the text joined by blanks, without what the patterns find between quoted pieces."""
    words, strings = [], []
    for piece in pieces(text):
        if piece[0] in "'\"":
            strings.append(piece)
            piece = f"'{len(strings) - 1}'"
        words.append(piece)
    joined = " ".join(words)
    for pattern in patterns:
        joined = re.sub(pattern, "", joined)
    joined = re.sub(r"'(\d+)'", lambda match: strings[int(match[1])], joined)
    return " ".join(joined.split(" ")).strip().rstrip(",").strip()


def clauses(text):
    """The parts of CREATE TABLE: columns and keys as texts, what stands behind the list, as one."""
    depth, start, parts, quote = 0, None, [], None
    at = 0
    for match in re.finditer(r"'(?:[^'\\]|\\.|'')*'|`(?:[^`]|``)*`|[(),]", text):
        mark, at = match[0], match.start()
        if mark == "(":
            depth += 1
            if depth == 1:
                start = at + 1
        elif mark == ")":
            depth -= 1
            if depth == 0:
                return parts + [text[start:at]], text[at + 1:]
        elif mark == "," and depth == 1:
            parts.append(text[start:at])
            start = at + 1
    return parts, ""


CHARACTERS = r" (?:CHARACTER SET|COLLATE) \w+"
ACTIONS = r" ON (?:DELETE|UPDATE) (?:RESTRICT|NO ACTION)"
KEY = re.compile(r"(PRIMARY|UNIQUE|KEY|FULLTEXT|SPATIAL|VECTOR|CONSTRAINT|CHECK|PERIOD|INDEX)\b")


def table_facts(name, text):
    parts, rest = clauses(text)
    columns = []
    for part in map(str.strip, parts):
        if KEY.match(part):
            yield f"table {name} | {without(part, ACTIONS, r' USING BTREE')}"
        else:
            yield f"table {name} | {without(part, CHARACTERS)}"
            columns.append(pieces(part)[0])
    yield f"table {name} | columns {' '.join(columns)}"
    options, mark, partitions = re.sub(r"/\*M?!\d*|\*/", " ", rest).partition("PARTITION BY")
    joined = without(options, r"\bAUTO_INCREMENT = \d+", r"(?:DEFAULT )?(?:CHARSET|CHARACTER SET) = \w+", r"\bCOLLATE = \w+")
    for option in re.findall(r"\S+ = (?:'(?:[^'\\]|\\.|'')*'|\S+)|\S+", joined):
        yield f"table {name} | option {option.rstrip(',')}"
    if mark:
        yield f"table {name} | {without(mark + partitions)}"


def view_facts(name, text, access):
    patterns = () if access else (r"\bDEFINER = \S+ @ \S+",)
    yield f"view {name} | {without(text, *patterns)}"


def started(text):
    """An event without STARTS starts when it was made."""
    try:
        age = abs(time.time() - time.mktime(time.strptime(text[:19], "%Y-%m-%d %H:%M:%S")))
    except ValueError:
        return text
    return "NOW" if age < 2 * 86400 else text


def row_facts(kind, cells, access):
    if kind in DEFINER and not access:
        cells[DEFINER[kind] - 1] = ""
    if kind == "event":
        cells[7] = started(cells[7])
    yield " | ".join([kind, *cells])


def signature(query, database, access):
    """The facts as a set; query(SQL) answers with a list of rows, each a list of texts."""
    facts, shows = set(), ["SET SESSION sql_mode = '', sql_quote_show_create = 1;"]
    for kind, *cells in query(CATALOG):
        if kind == "object":
            shows.append(f"SHOW CREATE {SHOW[cells[0]]} `{cells[1].replace('`', '``')}`;")
        else:
            facts.update(row_facts(kind, cells, access))
    for cells in query("\n".join(shows)):
        name, text = cells[0], cells[1].replace(f"`{database}`.", "")
        if text.startswith("CREATE TABLE"):
            facts.update(table_facts(name, text))
        elif text.startswith("CREATE SEQUENCE"):
            facts.add(f"sequence {name} | {without(text)}")
        else:
            facts.update(view_facts(name, text, access))
            facts.add(f"view {name} | characters {cells[2]} {cells[3]}")
    return {fact.replace(database, "DATABASE") for fact in facts}
