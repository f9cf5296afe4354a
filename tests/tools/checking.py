"""What the checks of the record share: options, servers, running plumb, counting. A check is a generator that takes a Place
and yields (name, None or what is wrong); the last line printed is "N passed, N failed"."""
import argparse, concurrent.futures, glob, json, os, re, subprocess, sys, tempfile

TOOLS = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(TOOLS))
sys.path.insert(0, TOOLS)
from mysql_server import MySQLServer
from postgres_server import PostgresServer, Wrong, run


class Place:
    """A database of a server's, with a folder for files."""

    def __init__(self, server, plumb, folder, options):
        self.server, self.plumb, self.folder, self.options = server, plumb, folder, options
        self.postgres = server.family == "postgres"
        self.databases = set()

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, text):
        path = self.path(name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w") as handle:
            handle.write(text)
        return path

    def database(self, name):
        """A new, empty one; its URL."""
        full = f"plumb_{name}_{os.getpid()}"
        self.server.recreate(full)
        self.databases.add(full)
        return self.server.url(full)

    def sql(self, url, text):
        database = url.rsplit("/", 1)[1]
        self.server.load(database, self.write("statement.sql", text + "\n"))

    def signature(self, url):
        return self.server.signature(url.rsplit("/", 1)[1], False)

    def close(self):
        self.server.drop(*self.databases)

    def run(self, *arguments, status=None, timeout=120, environment=None):
        """Runs plumb in the folder; checks its exit status where one is expected."""
        command = [self.plumb, *arguments]
        result = run(command, timeout=timeout, cwd=self.folder, env={**os.environ, **(environment or {})})
        if status is not None and result.returncode != status:
            raise Wrong(f"$ {' '.join(command)[:300]}\nexit status {result.returncode}, {status} expected\n"
                        f"{result.stdout[-1500:]}{result.stderr[-1500:]}")
        return result

    def json(self, *arguments, status=None):
        return json.loads(self.run(*arguments, "--format", "json", status=status).stdout)


def expect(condition, what):
    if not condition:
        raise Wrong(what)


def need(pattern, text):
    expect(re.search(pattern, text, re.I | re.S), f"{pattern} is not in:\n{text[:1500]}")


def connect(text):
    return (MySQLServer if re.search(r"=(mysql|mariadb)://", text) else PostgresServer)(text)


def running_servers():
    out = run([os.path.join(TOOLS, "servers"), "status"]).stdout
    return [row.replace(" ", "=", 1) for row in out.splitlines() if "://" in row]


def knows(plumb, server):
    """True when this plumb has the server's dialect, and keeps records there."""
    result = run([plumb, "status", server.url(getattr(server, "admin", "").rsplit("/", 1)[-1] or "mysql")])
    return "no database is known" not in result.stderr and "not a database" not in result.stderr


# What does not depend on a server's version is told by these; the fixtures run on all.
FEWER = ("15", "18", "mariadb", "mysql")
AT_ONCE = 3  # servers: most of the time somebody waits for one of them
ONE = "PLUMB_CHECK_SERVER"  # set for a process that checks on one server for another


def run_each(names):
    """Runs the script on each of the servers, some of them at a time; what came of it, in the order of names."""
    def run_one(name):
        result = run([sys.executable, *sys.argv], timeout=3600, env={**os.environ, ONE: name})
        counts = re.search(r"^(\d+) passed, (\d+) failed\n\Z", result.stdout, re.M)
        said = result.stdout[:counts.start()] if counts else result.stdout
        if not counts:
            said += f"FAILED {name.split('=')[0]}: exit status {result.returncode}\n"
        return said + result.stderr, *(map(int, counts.groups()) if counts else (0, 1))

    with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
        for said, passed, failed in pool.map(run_one, names):
            print(said, end="", flush=True)
            yield passed, failed


def finish(counts):
    passed, failed = (sum(numbers) for numbers in zip((0, 0), *counts))
    print(f"{passed} passed, {failed} failed")
    return 0 if passed and not failed else 1


def run_here(check, name, plumb, options):
    """Runs check(place) on one server; what it counts."""
    passed = failed = 0
    place = None
    with tempfile.TemporaryDirectory(prefix="plumb-check-") as folder:
        os.chmod(folder, 0o755)
        try:
            place = Place(connect(name), plumb, folder, options)
            if not knows(plumb, place.server):
                print(f"skipped {name.split('=')[0]}: this plumb does not know it")
                return passed, failed
            results = check(place)
            while True:
                try:
                    what, wrong = next(results)
                except StopIteration:
                    break
                except (Wrong, OSError, ValueError, KeyError, subprocess.SubprocessError) as error:
                    what, wrong = "check", f"{type(error).__name__}: {error}"
                passed, failed = passed + (not wrong), failed + bool(wrong)
                if wrong:
                    print(f"FAILED {what} [{name.split('=')[0]}]\n    " + str(wrong).replace("\n", "\n    "), flush=True)
        finally:
            if place:
                place.close()
    return passed, failed


def main(check, document, add_options=None, every=False):
    """Runs check(place) on each server; each check's own exceptions count as one that failed. every: without --server, on all
    that run, not on some of them only."""
    parser = argparse.ArgumentParser(description=document, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--server", action="append", metavar="15=URL", help="default: those that run")
    parser.add_argument("--plumb", default=os.environ.get("PLUMB") or os.path.join(ROOT, "build", "release", "plumb"))
    if add_options:
        add_options(parser)
    options = parser.parse_args()
    plumb = os.path.abspath(options.plumb)
    if os.environ.get(ONE):
        return finish([run_here(check, os.environ[ONE], plumb, options)])
    names = options.server or [name for name in running_servers() if every or name.split("=")[0] in FEWER]
    if not names or not os.access(plumb, os.X_OK):
        print(f"FAILED {'no server runs' if not names else plumb + ' is not there'}\n0 passed, 1 failed")
        return 1
    return finish([run_here(check, names[0], plumb, options)] if len(names) == 1 else list(run_each(names)))


def each(*functions):
    """A check made of functions of a place, each counted once under its name."""
    def check(place):
        for function in functions:
            if not place.postgres and getattr(function, "postgres_only", False):
                continue
            try:
                yield function.__name__, function(place)
            except (Wrong, OSError, ValueError, KeyError, subprocess.SubprocessError) as error:
                yield function.__name__, f"{type(error).__name__}: {error}"
    return check


def postgres_only(function):
    function.postgres_only = True
    return function
