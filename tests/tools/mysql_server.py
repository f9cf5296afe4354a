"""A MySQL or MariaDB server as the tests see it: makes and drops databases, loads files as the mariadb client does,
counts rows, and says what a database holds (mysql_signature.py). It has the methods of PostgresServer."""
import re, urllib.parse

import mysql_signature
from postgres_server import Wrong, lines, run

ESCAPES = {"n": "\n", "t": "\t", "0": "\0", "\\": "\\"}


def numbers(version):
    """10.11.19-MariaDB-0+deb12u1 as (10, 11, 19)."""
    return tuple(int(part) for part in re.match(r"[\d.]*\d", version)[0].split("."))


class MySQLServer:
    family = "mysql"
    dumps = True

    def __init__(self, text):
        self.name, url = text.split("=", 1)
        parts = urllib.parse.urlsplit(url)
        self.base = f"{parts.scheme}://{parts.netloc}"
        self.client = ["mariadb", "--no-defaults", "--default-character-set=utf8mb4", "--comments", f"-h{parts.hostname}",
                       f"-P{parts.port or 3306}", f"-u{urllib.parse.unquote(parts.username or 'root')}"]
        if parts.password:
            self.client.append(f"-p{urllib.parse.unquote(parts.password)}")
        version = self.query("", "SELECT VERSION()")[0][0]
        self.vendor = "mariadb" if "MariaDB" in version else "mysql"
        self.version = numbers(version)
        self.flavor = f"{self.vendor}:{self.version[0]}.{self.version[1]}"

    def takes(self, meta):
        least, most = (meta.get(key, {}).get(self.vendor) for key in ("min_version", "max_version"))
        return (self.vendor in meta.get("vendors", ["mysql", "mariadb"])
                and (not least or numbers(least) <= self.version)
                and (not most or self.version[:len(numbers(most))] <= numbers(most)))

    def url(self, database):
        return f"{self.base}/{database}"

    def sql(self, database, text):
        """Runs a text as the client does, and gives what it prints."""
        result = run([*self.client, "-BN", *([database] if database else [])], input=text)
        if result.returncode:
            raise Wrong(f"mariadb {self.url(database)}\n{lines(result.stderr)}")
        return result.stdout

    def query(self, database, text):
        out = self.sql(database, text)
        return [[re.sub(r"\\(.)", lambda match: ESCAPES.get(match[1], match[0]), cell) for cell in row.split("\t")]
                for row in out.split("\n") if row]

    def recreate(self, *databases):
        self.sql("", "".join(f"DROP DATABASE IF EXISTS `{d}`; CREATE DATABASE `{d}` CHARACTER SET utf8mb4;\n" for d in databases))

    def drop(self, *databases):
        self.sql("", "".join(f"DROP DATABASE IF EXISTS `{d}`;\n" for d in databases))

    def load(self, database, *files):
        for path in files:
            with open(path, "rb") as handle:
                result = run([*self.client, database], stdin=handle)
            if result.returncode:
                raise Wrong(f"mariadb {self.url(database)} < {path}\n{lines(result.stderr)}")

    def foreign_dump(self, database):
        connection = [part for part in self.client[2:] if part != "--comments"]
        result = run(["mariadb-dump", "--no-defaults", *connection, "--routines", "--events", "--triggers", database])
        if result.returncode:
            raise Wrong(f"mariadb-dump {self.url(database)}\n{lines(result.stderr)}")
        return result.stdout

    def make_roles(self, names):
        """Definers: accounts like 'clerk'@'localhost'."""
        for name in names:
            user, _, host = name.partition("@")
            self.sql("", f"CREATE USER IF NOT EXISTS '{user}'@'{host or '%'}'")

    def signature(self, database, access):
        return mysql_signature.signature(lambda text: self.query(database, text), database, access)

    def rows(self, database):
        names = [row[0] for row in self.query(database, r"""SELECT table_name FROM information_schema.tables
            WHERE table_schema = DATABASE() AND table_type IN ('BASE TABLE', 'SYSTEM VERSIONED') AND table_name NOT LIKE 'plumb\_%'""")]
        counts = self.query(database, "".join(f"SELECT count(*) FROM `{name.replace('`', '``')}`;" for name in names))
        return {name: int(row[0]) for name, row in zip(names, counts)}
