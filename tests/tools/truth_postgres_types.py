"""PostgreSQL's column types for truth.py: values of each that some conversion could cut, round, shift or refuse, and the
changes from each to each other."""
from truth import Change

TYPES = {
    "smallint": ["-32768", "32767", "7"],
    "integer": ["-2147483648", "2147483647", "16777217", "70000", "7"],
    "bigint": ["-9223372036854775808", "9223372036854775807", "9007199254740993", "7"],
    "numeric": ["12345678901234567890.123456789", "1.005", "7", "'NaN'"],
    "numeric(10,2)": ["99999999.99", "-1.50", "7"],
    "numeric(6,0)": ["999999", "-7"],
    "real": ["'16777216'", "'1.1'", "'3.4e38'", "'NaN'", "'-0'"],
    "double precision": ["'9007199254740992'", "0.1", "1e300", "1.0000000000000002", "'Infinity'"],
    "money": ["'92233720368547758.07'", "'-1.50'"],
    "boolean": ["true", "false"],
    "text": ["'a long text, longer than others'", "'ab '", "''", "'7'", "'2020-02-30'"],
    "character varying": ["'a long text, longer than others'", "'ab '", "''", "'{1,2}'"],
    "character varying(5)": ["'abcde'", "'ab '", "''"],
    "character(5)": ["'abcde'", "'ab'"],
    "name": ["'ab '", "'a name'"],
    "\"char\"": ["'a'"],
    "bytea": ["'\\x00ff'", "'\\x'"],
    "date": ["'2021-03-28'", "'4713-01-01 BC'", "'infinity'", "'5874897-12-31'"],
    "time without time zone": ["'23:59:59.999999'", "'24:00'", "'10:00'"],
    "time(0) without time zone": ["'23:59:59'", "'10:00'"],
    "time with time zone": ["'23:59:59.5+05'", "'10:00+01'"],
    "timestamp without time zone": ["'2021-03-28 02:30'", "'2020-06-01 10:00:00.123456'", "'infinity'", "'2020-01-01'"],
    "timestamp(0) without time zone": ["'2021-03-28 02:30'", "'2020-01-01'"],
    "timestamp with time zone": ["'2021-10-31 02:30+02'", "'2021-10-31 02:30+01'", "'2020-06-01 10:00:00.123456+02'"],
    "interval": ["'1 mon 2 days 03:04:05.123456'", "'-1 day'", "'30 days'"],
    "json": ["'{\"b\": 1,  \"a\": 2, \"a\": 3}'", "'1'", "'\"7\"'"],
    "jsonb": ["'{\"a\": 1.50}'", "'1'", "'true'", "'\"x\"'"],
    "uuid": ["'01234567-89ab-cdef-0123-456789abcdef'"],
    "inet": ["'10.0.0.1/8'", "'10.0.0.0/8'", "'::1'"],
    "cidr": ["'10.0.0.0/8'", "'::/0'"],
    "macaddr8": ["'08:00:2b:ff:fe:01:02:03'", "'08:00:2b:01:02:03:04:05'"],
    "bit(4)": ["'1010'"],
    "bit varying": ["'1010'", "'10101010101'", "''"],
    "oid": ["4294967295", "7"],
    "integer[]": ["'{1,2,NULL}'", "'{2147483647}'", "'{{1,2},{3,4}}'"],
    "text[]": ["'{a,\"b c\",NULL}'", "'{}'"],
    "int4range": ["'[1,5)'", "'empty'"],
    "point": ["'(1.5,2)'"],
}


def rows(values):
    """Statements that put each value, and NULL, into a table of its own."""
    return [f"INSERT INTO @t VALUES ({number}, {value})" for number, value in enumerate([*values, "NULL"], 1)]


def pairs(version):
    for before, values in TYPES.items():
        for after in TYPES:
            if before != after:
                yield Change(f"{before} to {after}", f"CREATE TABLE @t (id int, v {before})", f"CREATE TABLE @t (id int, v {after})",
                             rows(values), complete=True)


def changes(version):
    return [*pairs(version)]
