"""MySQL's and MariaDB's column types for truth.py: values of each that some conversion could cut, round, shift or refuse,
and the changes from each to each other."""
from truth import Change

TYPES = {
    "tinyint": ["-128", "127", "99", "0"],
    "int": ["-2147483648", "2147483647", "16777217", "2020"],
    "bigint": ["-9223372036854775808", "9223372036854775807", "9007199254740993"],
    "decimal(10,2)": ["99999999.99", "-1.50", "7"],
    "float": ["16777216", "1.1", "-3.4e38", "7"],
    "double": ["9007199254740992", "0.1", "1e300", "1.0000000000000002"],
    "bit(8)": ["b'11111111'", "b'1100011'"],
    "char(5)": ["'abcde'", "'ab'", "'7'"],
    "varchar(40)": ["'a long text, longer than others'", "'ab '", "'2020-02-29'", "'7'", "'{\"a\": 1}'", "REPEAT('é', 40)"],
    "text": ["'a long text, longer than others'", "'ab '", "REPEAT('x', 300)", "'10:00:00'"],
    "varbinary(40)": ["'a b\\0'", "''", "x'FF00'", "'abc'"],
    "blob": ["x'FF00'", "REPEAT('x', 300)", "'abc'"],
    "enum('a','b ','7')": ["'a'", "'b '", "'7'"],
    "set('a','b','c')": ["'a,c'", "''", "'b'"],
    "date": ["'2020-02-29'", "'0001-01-01'", "'9999-12-31'"],
    "datetime": ["'2020-02-29 10:00:01'", "'0099-01-01 10:00:00'", "'2020-01-01'"],
    "timestamp": ["'2020-02-29 10:00:01'", "'1970-01-02'"],
    "time": ["'838:59:59'", "'-10:00:01'"],
    "year": ["2020", "1901", "1999"],
    "json": ["'{\"b\": 1,  \"a\": 1.50}'", "'1'", "'\"x\"'", "JSON_QUOTE(REPEAT('x', 70000))"],
}
MARIADB = {
    "uuid": ["'123e4567-e89b-42d3-a456-426655440000'"],
    "inet6": ["'2001:db8::1'", "'::10.0.0.1'"],
}


def declared(type):
    """TIMESTAMP is NOT NULL by itself on some servers."""
    return f"{type} NULL"


def rows(values):
    """Statements that put each value, and NULL, into a table of its own."""
    return [f"INSERT INTO @t VALUES ({number}, {value})" for number, value in enumerate([*values, "NULL"], 1)]


def types(server):
    return {**TYPES, **(MARIADB if server.vendor == "mariadb" else {})}


def changes(server):
    for before, values in types(server).items():
        for after in types(server):
            if before != after:
                yield Change(f"{before} to {after}", f"CREATE TABLE @t (id int, v {declared(before)})",
                             f"CREATE TABLE @t (id int, v {declared(after)})", rows(values), complete=after != "json")
