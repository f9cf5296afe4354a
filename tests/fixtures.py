#!/usr/bin/env python3
"""Runs plumb on the fixtures in testdata, against real servers: those in testdata/postgres on PostgreSQL, those in
testdata/mysql on MySQL and MariaDB.

A fixture is a folder: old.sql and new.sql, two schemas; setup.sql, what both need first; seed.sql, rows for old.sql
that have to survive; wanted.sql, what plumb is given in place of new.sql (which the server's own client loads); and
meta.json, all of it optional:

  "min_version": 15, "max_version": 17   the servers that take it; MySQL: {"mysql": "8.0.16", "mariadb": "10.11"}
  "extensions": ["postgis"]    PostgreSQL: only where they can be had
  "vendors": ["mariadb"]       MySQL: not on every vendor
  "mysql": {...}               MySQL: what is different there, in place of the general entries; "mariadb" likewise
  "roles": ["clerk"]           roles that must exist; they are made on each server and stay
  "hazards": ["drop-column"]   the lossy hazards of the way from old to new: refused until they are allowed; no others
  "steps": {"require": [REGEX], "forbid": [REGEX]}   what the plan's SQL has to match, and what it must not
  "manage": "all"              handed to plumb as --manage
  "allow": "all"               handed to apply, forwards, as --allow (default: the hazards)
  "args": ["--schema", "a"]    more arguments for each plumb command
  "same": true                 old and new are one schema: the plan is empty
  "oneway": true               not from new to old
  "rows": {"s.t": 3}           rows that tables have after old became new (for renamed tables, say, or where rows go)
  "skip": {"doors": "why"}     checks that are not run

The checks, each counted once, on each server but for offline:

  load      the client takes the files, and by the server's own descriptions (tools/*signature*) old.sql and new.sql make
            different databases, or the same with "same"
  offline   diff old.sql new.sql: exit status 2, or 0 with "same"; its SQL obeys "steps". MySQL: for each vendor
  doors     new.sql, loaded by the client: diff DATABASE new.sql --ask never finds nothing
  refused   without --allow, a plan with "hazards" exits 3, names them, and changes nothing
  forward   old.sql, loaded by the client: apply makes it new.sql; nothing is left to do, no row is lost, and by the
            server's own descriptions the database is what the client makes of new.sql; there is no drift
  back      and from there to old.sql again
  dump      dump DATABASE: finds nothing to do against itself, loads, and is dumped to the same bytes
  foreign   what pg_dump or mariadb-dump writes of the database is read as a state and is that database

The last line is "N passed, N failed"; exit status 0 means that something passed and nothing failed. Needs psql and
mariadb, whichever servers there are.
"""
import argparse, concurrent.futures, fnmatch, itertools, json, os, queue, re, shlex, shutil, sys, tempfile, threading

TESTS = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(TESTS)
sys.path.insert(0, os.path.join(TESTS, "tools"))

from fixture_servers import Wrong, connect, lines, run, running_servers

CHECKS = ("load", "offline", "doors", "refused", "forward", "back", "dump", "foreign")
FLAVORS = {"postgres": [None], "mysql": ["mysql:9.7", "mariadb:10.11"]}  # for which the check without a server is made


class Fixture:
    def __init__(self, folder, root):
        self.folder, self.name = folder, os.path.relpath(folder, root)
        inside = os.path.relpath(folder, ROOT)
        parts = (os.path.abspath(folder) if inside.startswith("..") else inside).split(os.sep)
        self.family = "mysql" if "mysql" in parts else "postgres"
        path = os.path.join(folder, "meta.json")
        self.general = {}
        if os.path.exists(path):
            with open(path) as handle:
                self.general = json.load(handle)

    def meta(self, vendor):
        """What meta.json says for servers of this vendor."""
        return {**self.general, **self.general.get(vendor, {})}

    def file(self, name):
        path = os.path.join(self.folder, name)
        return path if os.path.exists(path) else None

    def takes(self, server):
        return server.family == self.family and server.takes(self.general)

    def places(self, servers):
        """(vendor, flavor, server) where it is tried; no server: where the files alone are compared."""
        for flavor in FLAVORS[self.family]:
            vendor = flavor.split(":")[0] if flavor else self.family
            if vendor in self.general.get("vendors", [vendor]):
                yield vendor, flavor, None
        for server in servers:
            if self.takes(server):
                yield server.vendor, server.flavor, server

    def sql(self, name):
        """The files that make a schema: what both sides need, and its own."""
        return [path for path in (self.file("setup.sql"), self.file(name)) if path]

    def state(self, name):
        """The same for plumb."""
        own = self.file("wanted.sql") if name == "new.sql" else None
        return [path for path in (self.file("setup.sql"), own or self.file(name)) if path]

    def checks(self, wanted, vendor, server):
        meta = self.meta(vendor)
        for check in CHECKS:
            absent = (check == "foreign" and not (server and server.dumps)
                      or check == "refused" and not meta.get("hazards") or check == "back" and meta.get("oneway")
                      or (check == "offline") != (server is None))
            if check in wanted and not absent and check not in meta.get("skip", {}):
                yield check


class Runner:
    """One fixture on one server (or on none, for the check without one)."""

    def __init__(self, plumb, fixture, place, slot, work):
        vendor, self.flavor, self.server = place
        self.plumb, self.fixture, self.work = plumb, fixture, work
        self.want, self.now, self.other = (f"plumb_test_{os.getpid()}_{slot}_{part}" for part in ("want", "now", "other"))
        self.meta = fixture.meta(vendor)
        self.access = self.meta.get("manage") == "all"
        self.extra = list(self.meta.get("args", []))
        self.manage = ["--manage", self.meta["manage"]] if "manage" in self.meta else []
        self.moved = False

    def state(self, name):
        """What plumb is given for old.sql or new.sql: the file, or a folder with setup.sql before it."""
        files = self.fixture.state(name)
        if len(files) == 1:
            return files[0]
        folder = os.path.join(self.work, name)
        if not os.path.isdir(folder):
            os.makedirs(folder)
            for number, path in enumerate(files):
                shutil.copy(path, os.path.join(folder, f"{number}_{os.path.basename(path)}"))
        return folder

    def expect(self, status, command, *arguments, manage=True):
        line = [self.plumb, command, *arguments, *(self.manage if manage else []), *self.extra]
        result = run(line)
        if result.returncode != status:
            raise Wrong(f"$ {shlex.join(['plumb', *line[1:]])}\nexit status {result.returncode}, not {status}\n"
                        + lines(result.stdout) + ("\n" if result.stdout.strip() else "") + lines(result.stderr))
        return result

    def compare(self, what, got, want):
        if got != want:
            rows = [f"- {r}" for r in sorted(want - got)] + [f"+ {r}" for r in sorted(got - want)]
            raise Wrong(f"{what} (- is missing, + is too much)\n" + lines("\n".join(rows), 16))

    def load(self):
        old, new = (self.server.signature(database, self.access) for database in (self.now, self.want))
        if self.meta.get("same"):
            self.compare("new.sql does not make what old.sql makes", new, old)
        elif old == new:
            raise Wrong("old.sql and new.sql make the same database")

    def offline(self):
        steps = self.meta.get("steps", {})
        sql = self.expect(0 if self.meta.get("same") else 2, "diff", self.state("old.sql"), self.state("new.sql"),
                          "--format", "sql", *(["--flavor", self.flavor] if self.flavor else [])).stdout
        for pattern in steps.get("require", []):
            if not re.search(pattern, sql, re.I | re.M):
                raise Wrong(f"the plan has nothing like {pattern}:\n{lines(sql, 30)}")
        for pattern in steps.get("forbid", []):
            if re.search(pattern, sql, re.I | re.M):
                raise Wrong(f"the plan must not have {pattern}:\n{lines(sql, 30)}")

    def doors(self):
        self.expect(0, "diff", self.server.url(self.want), self.state("new.sql"), "--ask", "never")

    def refused(self):
        before = self.server.signature(self.now, True)
        result = self.expect(3, "apply", self.server.url(self.now), self.state("new.sql"), "--yes")
        for hazard in self.meta["hazards"]:
            if hazard not in result.stdout + result.stderr:
                raise Wrong(f"the refusal does not name {hazard}:\n{lines(result.stdout + result.stderr)}")
        self.compare("a refused plan changed the database", self.server.signature(self.now, True), before)

    def travel(self, name, allow, target):
        """Applies old.sql or new.sql to the database NOW and looks whether it is what TARGET is."""
        url = self.server.url(self.now)
        before = self.server.rows(self.now)
        self.expect(0, "apply", url, self.state(name), "--yes", *(["--allow", allow] if allow else []))
        self.moved = True
        after = self.server.rows(self.now)
        lost = [f"{t}: {n} rows, now {after[t]}" for t, n in before.items() if t in after and after[t] < n
                and not (name == "new.sql" and t in self.meta.get("rows", {}))]
        if lost:
            raise Wrong("rows were lost\n" + "\n".join(lost))
        self.compare(f"the database is not {name}", self.server.signature(self.now, self.access), target)
        self.expect(0, "diff", url, self.state(name))
        self.expect(0, "drift", url)
        for pair in ((f"recorded:{url}", url), (url, f"recorded:{url}")):  # the same where digests do not end it early
            self.expect(0, "diff", *pair, "--ask", "never", manage=False)

    def forward(self):
        self.travel("new.sql", self.meta.get("allow", ",".join(self.meta.get("hazards", []))), self.server.signature(self.want, self.access))
        rows = self.server.rows(self.now)
        for table, count in self.meta.get("rows", {}).items():
            if rows.get(table) != count:
                raise Wrong(f"{table} has {rows.get(table)} rows, not {count}")

    def back(self):
        if not self.moved:
            raise Wrong("not tried, because the way forward failed")
        self.server.recreate(self.other)
        self.server.load(self.other, *self.fixture.sql("old.sql"))
        self.travel("old.sql", "all", self.server.signature(self.other, self.access))

    def dump(self):
        first = self.expect(0, "dump", self.server.url(self.want)).stdout
        path = os.path.join(self.work, "dump.sql")
        with open(path, "w") as handle:
            handle.write(first)
        self.expect(0, "diff", self.server.url(self.want), path)
        self.server.recreate(self.other)
        self.server.load(self.other, path)
        self.compare("the dump, loaded, is not the database", self.server.signature(self.other, self.access),
                     self.server.signature(self.want, self.access))
        second = self.expect(0, "dump", self.server.url(self.other)).stdout
        if first != second:
            pairs = [f"{a!r} became {b!r}" for a, b in itertools.zip_longest(first.splitlines(), second.splitlines()) if a != b]
            raise Wrong("the dump, loaded and dumped again, differs\n" + lines("\n".join(pairs), 4))

    def foreign(self):
        path = os.path.join(self.work, "foreign.sql")
        with open(path, "w") as handle:
            handle.write(self.server.foreign_dump(self.want))
        self.expect(0, "diff", self.server.url(self.want), path, "--ask", "never")

    def prepare(self):
        """The databases WANT, made from new.sql, and NOW, made from old.sql and with the seed's rows."""
        self.server.recreate(self.want, self.now)
        self.server.load(self.want, *self.fixture.sql("new.sql"))
        seed = self.fixture.file("seed.sql")
        self.server.load(self.now, *self.fixture.sql("old.sql"), *([seed] if seed else []))

    def run(self, checks):
        """Yields (check, None or what is wrong)."""
        try:
            if self.server:
                try:
                    self.prepare()
                except Wrong as wrong:
                    yield "prepare", str(wrong)
                    return
            for check in checks:
                try:
                    getattr(self, check)()
                    yield check, None
                except Wrong as wrong:
                    yield check, str(wrong)
        finally:
            if self.server:
                self.server.drop(self.want, self.now, self.other)


def find_fixtures(root, pattern):
    folders = sorted(folder for folder, _, files in os.walk(root) if {"old.sql", "new.sql"} <= set(files))
    fixtures = [Fixture(folder, root) for folder in folders]
    return [f for f in fixtures if fnmatch.fnmatch(f.name, pattern) or fnmatch.fnmatch(f.name.partition("/")[2], pattern)]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--server", action="append", metavar="15=URL", help="default: those that tools/servers has running")
    parser.add_argument("--case", default="*", metavar="GLOB", help="mysql/keys, mysql/*, or keys wherever there is one")
    parser.add_argument("--check", default=",".join(CHECKS), metavar="CHECK,...")
    parser.add_argument("--plumb", default=os.path.join(ROOT, "build", "release", "plumb"), metavar="PATH")
    parser.add_argument("--root", default=os.path.join(ROOT, "testdata"), metavar="FOLDER",
                        help="other fixtures; for MySQL where a folder of the path is called mysql")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--verbose", action="store_true", help="a line for each fixture and server")
    options = parser.parse_args()

    fixtures = find_fixtures(options.root, options.case)
    wanted = options.check.split(",")
    passed = failed = 0
    plumb = os.path.abspath(options.plumb)
    servers = []
    try:
        if set(wanted) - set(CHECKS):
            raise Wrong(f"no such check: {options.check}; there are {', '.join(CHECKS)}")
        if not os.access(plumb, os.X_OK):
            raise Wrong(f"{options.plumb} is not there")
        if not fixtures:
            raise Wrong(f"no fixture matches {options.case}")
        if wanted != ["offline"]:
            servers = [connect(text) for text in options.server or running_servers()]
            if not servers:
                raise Wrong("no server runs: tests/tools/servers start 15")
        for server in servers:
            server.make_roles(sorted({role for f in fixtures if f.takes(server) for role in f.meta(server.vendor).get("roles", [])}))
    except Wrong as wrong:
        print(f"fixtures: {wrong}\n0 passed, 1 failed")
        return 1

    jobs = [(fixture, place, checks) for fixture in fixtures for place in fixture.places(servers)
            if (checks := list(fixture.checks(wanted, place[0], place[2])))]
    slots = queue.SimpleQueue()
    for slot in range(options.jobs):
        slots.put(slot)
    printing = threading.Lock()

    def work(job):
        nonlocal passed, failed
        fixture, place, checks = job
        slot = slots.get()
        try:
            with tempfile.TemporaryDirectory(prefix="plumb-fixture-") as folder:
                results = list(Runner(plumb, fixture, place, slot, folder).run(checks))
        except Exception as error:  # a server that went away, say
            results = [("error", f"{type(error).__name__}: {error}")]
        finally:
            slots.put(slot)
        with printing:
            where = place[2].name if place[2] else place[1] or "-"
            bad = [(check, wrong) for check, wrong in results if wrong]
            passed, failed = passed + len(results) - len(bad), failed + len(bad)
            for check, wrong in bad:
                print(f"FAILED {fixture.name} [{where}] {check}\n    " + wrong.replace("\n", "\n    "), flush=True)
            if options.verbose and not bad:
                print(f"passed {fixture.name} [{where}] {' '.join(checks)}", flush=True)

    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        list(pool.map(work, jobs))
    print(f"{passed} passed, {failed} failed")
    return 0 if passed and not failed else 1


if __name__ == "__main__":
    sys.exit(main())
