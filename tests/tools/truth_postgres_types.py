"""PostgreSQL's column types for truth.py: values of each that some conversion could cut, round, shift or refuse, and the
changes from each to each other."""
import re

from truth import Change

LONG = "'" + "a text that is longer than most others, and longer than names can be" + "'"

TYPES = {
    "smallint": ["-32768", "32767", "7"],
    "integer": ["-2147483648", "2147483647", "16777217", "70000", "7"],
    "bigint": ["-9223372036854775808", "9223372036854775807", "9007199254740993", "7"],
    "numeric": ["12345678901234567890.123456789", "1.005", "7", "'NaN'",
                "1234567890123456789012345678901234567890123456789012345678901234567890"],
    "numeric(10,2)": ["99999999.99", "-1.50", "7", "'NaN'"],
    "numeric(6,0)": ["999999", "-7", "'NaN'"],
    "real": ["'16777216'", "'1.1'", "'3.4e38'", "'NaN'", "'-0'"],
    "double precision": ["'9007199254740992'", "0.1", "1e300", "1.0000000000000002", "'Infinity'"],
    "money": ["'92233720368547758.07'", "'-1.50'"],
    "boolean": ["true", "false"],
    "text": [LONG, "'\\'", "'ab '", "''", "'7'", "'2020-02-30'"],
    "character varying": [LONG, "'\\'", "'ab '", "''", "'{1,2}'"],
    "character varying(5)": ["'abcde'", "'\\'", "'ab '", "''"],
    "character(5)": ["'abcde'", "'\\'", "'ab'"],
    "name": ["'ab '", "'\\'", "'a name'"],
    "\"char\"": ["'a'", "' '", "'\\'"],
    "bytea": ["'\\x00ff'", "'\\x" + 40 * "01" + "'", "'\\x'"],
    "date": ["'2021-03-28'", "'4713-01-01 BC'", "'infinity'", "'5874897-12-31'"],
    "time without time zone": ["'23:59:59.999999'", "'24:00'", "'10:00'"],
    "time(0) without time zone": ["'23:59:59'", "'10:00'"],
    "time with time zone": ["'23:59:59.5+05'", "'10:00+01'"],
    "timestamp without time zone": ["'2021-03-28 02:30'", "'2020-06-01 10:00:00.123456'", "'infinity'", "'2020-01-01'"],
    "timestamp(0) without time zone": ["'2021-03-28 02:30'", "'2020-01-01'"],
    "timestamp with time zone": ["'2021-10-31 02:30+02'", "'2021-10-31 02:30+01'", "'2020-06-01 10:00:00.123456+02'"],
    "interval": ["'1 mon 2 days 03:04:05.123456'", "'-178000000 years -11 mons -2147483647 days -2000000000:59:59.123456'", "'-1 day'", "'30 days'"],
    "json": ["'{\"b\": 1,  \"a\": 2, \"a\": \"\\n" + LONG[1:-1] + "\"}'", "'1'", "'\"7\"'"],
    "jsonb": ["'{\"a\": \"\\n" + LONG[1:-1] + "\"}'", "'1'", "'true'", "'\"x\"'"],
    "uuid": ["'01234567-89ab-cdef-0123-456789abcdef'"],
    "inet": ["'10.0.0.1/8'", "'10.0.0.0/8'", "'::1'"],
    "cidr": ["'10.0.0.0/8'", "'::/0'"],
    "macaddr8": ["'08:00:2b:ff:fe:01:02:03'", "'08:00:2b:01:02:03:04:05'"],
    "bit(4)": ["'1010'", "'0011'"],
    "bit varying": ["'1010'", "'0011'", "'" + 40 * "10" + "'", "''"],
    "oid": ["4294967295", "7"],
    "integer[]": ["'{1,2,NULL}'", "'{2147483647}'", "'{{1,2},{3,4}}'", "array_fill(7, ARRAY[40])"],
    "text[]": ["ARRAY[" + LONG + ", E'\\\\']", "'{a,\"b c\",NULL}'", "'{}'"],
    "int4range": ["'[1,5)'", "'[-2000000000,2000000000)'", "'empty'"],
    "point": ["'(1.5,2)'", "'(-1.2345678901234567e-300,-1.2345678901234567e-300)'"],
}


# More types, each changed only into the others of its family.
FAMILIES = [
    {"numeric": ["0.5", "12345.678"], "numeric(12,2)": ["9999999999.99", "'NaN'"], "numeric(12,4)": ["99999999.9999"],
     "numeric(10,0)": ["9999999999", "'NaN'"], "numeric(4,0)": ["9999", "'NaN'"], "numeric(3,3)": ["0.999"], "numeric(20,18)": ["12.123456789012345678"],
     "smallint": ["-32768"], "bigint": ["9223372036854775807"], "double precision": ["1.1"], "real": ["1.1"], "money": ["'1.50'"]},
    {"text": ["repeat('x', 120)", "'a '"], "bpchar": ["'a  '", "repeat('x', 120)"], "character varying(3)": ["'abc'", "'a '"], "character varying(10)": ["'abcdefghij'", "'ab '"],
     "character(3)": ["'abc'"], "character(10)": ["'abcdefghij'"], "character varying(100)": [LONG, "'ab '"], "name": ["'abcdefghijklmnop'"],
     "uuid": ["'01234567-89ab-cdef-0123-456789abcdef'"], "date": ["'5874897-12-31'"], "inet": ["'255.255.255.255/8'"]},
    {"time(3) without time zone": ["'10:00:00.123'"], "time without time zone": ["'10:00:00.123456'"],
     "time(0) with time zone": ["'10:00+05'"], "time with time zone": ["'10:00:00.5+01'"], "interval": ["'10:00:00.123456'"]},
    {"date": ["'2020-02-29'", "'294277-01-01'"], "timestamp(3) without time zone": ["'2021-03-28 02:30:00.123'"],
     "timestamp without time zone": ["'2020-01-01 10:00:00.123456'", "'2021-03-28 02:30'"],
     "timestamp(0) with time zone": ["'2021-10-31 02:30+02'", "'2021-10-31 02:30+01'"],
     "timestamp with time zone": ["'2020-01-01 10:00:00.123456+01'", "'2021-10-31 02:30+02'", "'2021-10-31 02:30+01'"],
     "timestamp(6) with time zone": ["'2020-01-01 10:00:00.123456+01'", "'2021-10-31 02:30+02'", "'2021-10-31 02:30+01'"]},
    {"interval": ["'1 year 2 mons 3 days 04:05:06.789'"], "interval day to second": ["'3 days 04:05:06.789'", "'1 year 04:05:06.789'"],
     "interval day to second(0)": ["'1 year 3 days 04:05:06'"], "interval(2)": ["'1 year 04:05:06.78'"], "interval year to month": ["'1 year 2 mons'"],
     "interval day": ["'1 year 3 days'"]},
    {"bit(4)": ["'1010'"], "bit(8)": ["'10101010'"], "bit varying(6)": ["'101010'", "'0011'"], "bit varying(8)": ["'10101010'", "'0011'"],
     "bit varying": ["'101010101010'", "''"], "integer": ["-1", "70000"], "bigint": ["-1", "7"]},
    {"macaddr": ["'08:00:2b:01:02:03'"], "macaddr8": ["'08:00:2b:01:02:03:04:05'"], "inet": ["'10.0.0.1/8'"], "cidr": ["'10.0.0.0/8'"]},
    {"point": ["'(1,2)'"], "lseg": ["'[(0,0),(1,2)]'"], "box": ["'(1,2),(0,0)'"], "path": ["'[(0,0),(1,2),(3,0)]'", "'((0,0),(1,2))'"],
     "polygon": ["'((0,0),(1,2),(3,0))'"], "circle": ["'<(0.1,0.2),0.3>'"]},
    {"int4range": ["'[1,5)'", "'empty'", "'(,)'"], "int8range": ["'[1,5000000000)'"], "numrange": ["'[1.5,2.5]'"]},
    {"daterange": ["'[2020-01-01,2020-02-01)'", "'[294277-01-01,294278-01-01)'"], "tsrange": ["'[2020-01-01 10:00,2020-02-01 10:00)'"]},
    {"smallint[]": ["'{1,NULL,-32768}'"], "integer[]": ["'{1,NULL,70000}'"], "bigint[]": ["'{{5000000000},{1}}'", "'{9007199254740993}'"],
     "numeric(5,2)[]": ["'{-123.45,NULL}'", "'{NaN}'"], "double precision[]": ["'{1.25,1e300}'", "'{NaN}'"], "text[]": ["'{a,\"b  \",abcdef}'"],
     "character varying(3)[]": ["'{abc,\"a \"}'"], "character varying(5)[]": ["'{abcde}'"], "character(3)[]": ["'{abc}'"], "jsonb[]": ["'{1,1.5}'", "'{\"{\\\"a\\\": 1}\"}'"], "date[]": ["'{2020-01-01}'"]},
    {"oid": ["4294967295", "1259"], "regclass": ["'pg_class'", "'pg_class_oid_index'", "4294967295::oid"], "regtype": ["'int4'", "4294967295::oid"], "bigint": ["-1", "5000000000"], "integer": ["-1"]},
    {"json": ["'{\"b\":1}'", "'\"<\"'"], "jsonb": ["'{\"b\":1}'", "'\"<\"'"], "xml": ["'<a/>'"], "text": ["'<b> '", "'x<'"]},
]

# What a column of each context is changed from and to, with values.
ALTERATIONS = [
    ("text", "character varying(3)", ["'abc'", "'abcdef'"]), ("text", "character(3)", ["'a '", "'abc'"]),
    ("character varying(5)", "text", ["'abcde'"]), ("character varying(3)", "character varying(6)", ["'abc'"]),
    ("character(5)", "character(3)", ["'abc'", "'abcde'"]), ("integer", "bigint", ["2147483647"]), ("bigint", "smallint", ["7", "70000"]),
    ("numeric", "numeric(5,2)", ["1.255", "7"]), ("numeric(5,2)", "numeric(8,3)", ["999.99"]), ("double precision", "real", ["1.0000000000000002", "0.5"]),
    ("real", "double precision", ["1.1"]), ("timestamp without time zone", "date", ["'2020-01-01 10:00'", "'2020-01-01'"]),
    ("date", "timestamp without time zone", ["'2020-01-01'", "'5874897-12-31'"]), ("json", "jsonb", ["'{\"b\": 1,  \"a\": 2}'"]),
    ("jsonb", "json", ["'{\"b\": 1}'"]), ("bit varying", "bit(4)", ["'1010'", "'10'"]), ("interval", "interval(0)", ["'00:00:01.5'"]),
    ("time without time zone", "time(0) without time zone", ["'10:00:00.5'"]), ("text", "integer", ["'7'", "'x'", "'007'"]),
    ("integer", "text", ["7"]), ("boolean", "integer", ["true"]), ("integer", "boolean", ["1", "5"]), ("integer", "date", ["7"]),
    ("inet", "cidr", ["'10.0.0.0/8'", "'10.0.0.1/8'"]), ("text[]", "character varying(3)[]", ["'{abc}'", "'{abcdef}'"]),
    ("integer[]", "bigint[]", ["'{1,NULL}'"]), ("integer", "integer[]", ["7"]), ("numeric(10,2)", "integer", ["7", "7.5"]),
]


def rows(values):
    """Statements that put each value, and NULL, into a table of its own."""
    return [f"INSERT INTO @t VALUES ({number}, {value})" for number, value in enumerate([*values, "NULL"], 1)]


def pair(before, after, values):
    return Change(f"{before} to {after}", f"CREATE TABLE @t (id int, v {before})", f"CREATE TABLE @t (id int, v {after})",
                  rows(values), complete=True)


def pairs():
    done = set()
    for types in [TYPES, *FAMILIES]:
        for before, values in types.items():
            values = list(dict.fromkeys([*values, *TYPES.get(before, [])]))
            for after in types:
                if before != after and (before, after) not in done:
                    done.add((before, after))
                    yield pair(before, after, values)


# How the table, and what it needs, is declared around the type @v.
CONTEXTS = {
    "domain": "CREATE DOMAIN @t_d AS @v; CREATE TABLE @t (id int, v @t_d)",
    "domain of a domain": "CREATE DOMAIN @t_e AS @v; CREATE DOMAIN @t_d AS @t_e; CREATE TABLE @t (id int, v @t_d)",
    "domain with a condition": "CREATE DOMAIN @t_d AS @v CHECK (VALUE IS NOT NULL OR true); CREATE TABLE @t (id int, v @t_d)",
    "partitioned": "CREATE TABLE @t (id int, v @v) PARTITION BY LIST (id); CREATE TABLE @t_p PARTITION OF @t DEFAULT",
    "inherited": "CREATE TABLE @t (id int, v @v); CREATE TABLE @t_c () INHERITS (@t)",
    "typed table": "CREATE TYPE @t_y AS (id int, v @v); CREATE TABLE @t OF @t_y",
    "attribute": "CREATE TYPE @t_y AS (x int, v @v); CREATE TABLE @t (id int, v @t_y)",
    "array of an attribute": "CREATE TYPE @t_y AS (x int, v @v); CREATE TABLE @t (id int, v @t_y[])",
    "range": "CREATE TYPE @t_r AS RANGE (subtype = @v); CREATE TABLE @t (id int, v @t_r)",
    "with a default": "CREATE TABLE @t (id int, v @v DEFAULT NULL)",
    "with an index": "CREATE TABLE @t (id int, v @v); CREATE INDEX @t_i ON @t (v)",
    "read by a view": "CREATE TABLE @t (id int, v @v); CREATE VIEW @t_v AS SELECT id, v FROM @t",
    "array of a domain": "CREATE DOMAIN @t_d AS @v; CREATE TABLE @t (id int, v @t_d[])",
    "domain of an array": "CREATE DOMAIN @t_d AS @v[]; CREATE TABLE @t (id int, v @t_d)",
}

NO_ORDER = {"json", "point"}  # neither ranges nor indexes


def value_in(context, type, value):
    if "attribute" in context:
        value = f"ROW(1, {value})"
    if context == "range":
        return f"@t_r({value}, NULL)"
    if context == "array of an attribute":
        return f"ARRAY[{value}]::@t_y[]"
    return f"ARRAY[{value}]::{type}[]" if "array" in context else value


def contextual():
    for context, text in CONTEXTS.items():
        for before, after, values in ALTERATIONS:
            if {before, after} & NO_ORDER and context in ("range", "with an index"):
                continue
            if context == "range" and re.sub(r"\(.*?\)", "", before) == re.sub(r"\(.*?\)", "", after):
                continue  # a range's subtype has no modifiers
            if "[]" in before + after and "array" in context:
                continue
            if after in ("numeric(8,3)", "timestamp without time zone") and "attribute" in context:
                continue  # kept, but the row's text is another one, and nothing leads back
            table = "@t_c" if context == "inherited" else "@t"
            inserts = [f"INSERT INTO {table} VALUES ({number}, {value_in(context, before, value)})" for number, value in enumerate(values, 1)]
            yield Change(f"{context}: {before} to {after}", text.replace("@v", before), text.replace("@v", after), inserts,
                         complete="attribute" not in context)


def changes(version):
    return [*pairs(), *contextual()]
