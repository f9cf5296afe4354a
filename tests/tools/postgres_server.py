"""A PostgreSQL server as the tests see it: makes and drops databases, loads files as psql does, counts rows, and says
what a database holds (signature.sql), without a look at how plumb does it. Also what the tests share: running programs,
failing. mysql_server.py has the same methods."""
import glob, itertools, os, re, shlex, subprocess

TOOLS = os.path.dirname(os.path.abspath(__file__))
SIGNATURE = os.path.join(TOOLS, "signature.sql")

# /usr/bin/psql is a slow wrapper on Debian
PSQL = max(glob.glob("/usr/lib/postgresql/*/bin/psql"), key=lambda path: int(path.split("/")[4]), default="psql")
PG_DUMP = os.path.join(os.path.dirname(PSQL), "pg_dump")


class Wrong(Exception):
    """A check that failed, and why."""


def lines(text, limit=12):
    rows = text.strip().splitlines()
    return "\n".join(row[:300] for row in rows[:limit]) + (f"\n... {len(rows) - limit} more" if len(rows) > limit else "")


def run(command, timeout=120, **options):
    try:
        return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, errors="replace",
                              timeout=timeout, **options)
    except subprocess.TimeoutExpired:
        raise Wrong(f"$ {shlex.join(command)}\nno answer within {timeout} s")


class PostgresServer:
    family = vendor = "postgres"
    flavor = None  # files need not be told which server they are for

    def __init__(self, text):
        self.name, url = text.split("=", 1)
        self.admin = url
        self.base = re.sub(r"(?<=[^/])/[^/]*$", "", url) if url.count("/") > 2 else url
        self.version = int(self.psql(url, "-c", "SHOW server_version_num").stdout) // 10000
        self.dumps = any(f"/{version}/" in PG_DUMP for version in range(self.version, 99))  # pg_dump refuses newer servers
        self.create_options = "TEMPLATE template0" + (" STRATEGY file_copy" if self.version >= 15 else "")

    def takes(self, meta):
        return (meta.get("min_version", 0) <= self.version <= meta.get("max_version", 999)
                and all(self.has_extension(name) for name in meta.get("extensions", [])))

    def has_extension(self, name):
        return bool(self.psql(self.admin, "-c", f"SELECT 1 FROM pg_available_extensions WHERE name = '{name}'").stdout)

    def url(self, database):
        return f"{self.base}/{database}"

    def psql(self, url, *arguments):
        result = run([PSQL, "-XAtq", "-v", "ON_ERROR_STOP=1", "-d", url, *arguments])
        if result.returncode:
            raise Wrong(f"psql {url} {' '.join(arguments)[:200]}\n{lines(result.stderr)}")
        return result

    def recreate(self, *databases):
        commands = [c for d in databases for c in (f'DROP DATABASE IF EXISTS "{d}" WITH (FORCE)', f'CREATE DATABASE "{d}" {self.create_options}')]
        self.psql(self.admin, "-c", "SET client_min_messages = error", *itertools.chain(*(("-c", c) for c in commands)))

    def drop(self, *databases):
        self.psql(self.admin, "-c", "SET client_min_messages = error",
                  *itertools.chain(*(("-c", f'DROP DATABASE IF EXISTS "{d}" WITH (FORCE)') for d in databases)))

    def load(self, database, *files):
        self.psql(self.url(database), *itertools.chain(*(("-f", f) for f in files)))

    def foreign_dump(self, database):
        result = run([PG_DUMP, "-d", self.url(database)])
        if result.returncode:
            raise Wrong(f"pg_dump {self.url(database)}\n{lines(result.stderr)}")
        return result.stdout

    def make_roles(self, names):
        for name in names:
            quoted = name.replace('"', '""')
            if not self.psql(self.admin, "-c", f"SELECT 1 FROM pg_roles WHERE rolname = $q${name}$q$").stdout:
                self.psql(self.admin, "-c", f'CREATE ROLE "{quoted}"')

    def signature(self, database, access):
        out = self.psql(self.url(database), "-v", f"access={int(access)}", "-f", SIGNATURE).stdout
        return set(out.replace(database, "DATABASE").splitlines())

    def rows(self, database):
        """How many rows each table has."""
        out = self.psql(self.url(database), "-c", r"""SELECT coalesce(string_agg(format(
            'SELECT %L, count(*) FROM %s', oid::regclass, oid::regclass), ' UNION ALL '), 'SELECT 1 WHERE false') FROM pg_class
            WHERE relkind = 'r' AND relpersistence <> 't' AND relnamespace::regnamespace::text !~ '^(pg_|information_schema|plumb)'""").stdout
        out = self.psql(self.url(database), "-c", out.strip()).stdout
        return {name: int(count) for name, count in (row.rsplit("|", 1) for row in out.splitlines())}
