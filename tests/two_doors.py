#!/usr/bin/env python3
"""Two doors, one model: compares, object by object, the model of SQL files with that of databases which ran them.

  two_doors.py [--tool two_doors] [--server URL]... [--kinds KIND,...] [--implied] [--manage] [--jobs N] PATH...

A PATH is an SQL file, or a folder: each old.sql and new.sql below it is one case, with setup.sql beside it run before and
the roles of meta.json made. Without a server the files are only interpreted, for --flavor mysql:9.7 if that is given. What
a server does not take is counted and left out. Servers are PostgreSQL's, MySQL's and MariaDB's, by their URLs. --tool is tests/tools/two_doors.c, built against libplumb (default: build/*/tools/two_doors, the newest). Prints what differs, and at the end how many cases
were equal; exit status 0 when all were. Needs psql or mariadb.
"""
import argparse, collections, concurrent.futures, glob, json, os, re, sys

TESTS = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(TESTS)
sys.path.insert(0, os.path.join(TESTS, "tools"))

from fixture_servers import Wrong, connect, run


class Case:
    def __init__(self, path):
        self.path = path
        self.name = "/".join(path.split("/")[-3:])
        folder = os.path.dirname(path)
        setup = os.path.join(folder, "setup.sql")
        is_side = os.path.basename(path) in ("old.sql", "new.sql")
        self.files = ([setup] if is_side and os.path.exists(setup) else []) + [path]
        wanted = os.path.join(folder, "wanted.sql")
        self.read = [wanted if f.endswith("/new.sql") and os.path.exists(wanted) else f for f in self.files]  # by plumb
        self.roles = []
        if is_side and os.path.exists(os.path.join(folder, "meta.json")):
            with open(os.path.join(folder, "meta.json")) as handle:
                self.roles = json.load(handle).get("roles", [])


def find_cases(paths):
    for path in paths:
        if os.path.isfile(path):
            yield Case(path)
        for folder, _, files in sorted(os.walk(path)):
            for name in ("old.sql", "new.sql"):
                if name in files:
                    yield Case(os.path.join(folder, name))


def tool(options, *arguments):
    try:
        result = run([options.tool, *arguments])
        return result.returncode, result.stdout, result.stderr
    except Wrong as wrong:
        return 124, "", str(wrong)


def only_parse(case, options):
    flavor = ["--flavor", options.flavor] if options.flavor else []
    return tool(options, *flavor, "--parse", *case.read)


def compare(case, server, number, options):
    """Status, differences, complaints; status 3: the server does not take the files."""
    database = f"two_doors_{os.getpid()}_{number}"
    try:
        server.recreate(database)
        try:
            server.make_roles(case.roles)
            server.load(database, *case.files)
        except Wrong as wrong:
            return 3, "", str(wrong)
        switches = [s for s, on in (("--implied", options.implied), ("--manage", options.manage)) if on]
        if options.kinds:
            switches += ["--kinds", options.kinds]
        return tool(options, *switches, server.url(database), *case.read)
    finally:
        server.drop(database)


def shape(line):
    """What kind of difference a line is, for the summary."""
    found = re.match(r"(only in the \w+): (.*)", line)
    if found:
        return f"{found[1]}: {kind_of(found[2])}"
    found = re.match(r"(.*?): (\w+): file <", line)
    return f"{kind_of(found[1])}: {found[2]}" if found else line


def kind_of(identity):
    return re.split(r" [^ ]*[.\"(]", identity, maxsplit=1)[0]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tool", default=max(glob.glob(os.path.join(ROOT, "build", "*", "tools", "two_doors")), key=os.path.getmtime,
                                              default="two_doors"))
    parser.add_argument("--server", action="append", default=[])
    parser.add_argument("--flavor")
    parser.add_argument("--kinds")
    parser.add_argument("--implied", action="store_true")
    parser.add_argument("--manage", action="store_true")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--quiet", action="store_true", help="the summary alone")
    parser.add_argument("paths", nargs="+")
    options = parser.parse_args()
    servers = [connect(url if re.match(r"[\w.]+=\w+://", url) else f"{url}={url}") for url in options.server]
    counts, shapes = collections.Counter(), collections.Counter()
    work = [(case, server) for case in find_cases(options.paths) for server in servers or [None]]

    def one(item):
        number, (case, server) = item
        return compare(case, server, number, options) if server else only_parse(case, options)

    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for (case, server), (status, out, err) in zip(work, pool.map(one, enumerate(work))):
            word = {0: "equal", 2: "different", 3: "not loaded", 124: "timed out"}.get(status, "refused")
            if status not in (0, 1, 2, 3, 124):
                word = "crashed"
            counts[word] += 1
            shapes.update(shape(line) for line in out.splitlines())
            if status and not options.quiet:
                print(f"--- {word}: {case.name}" + (f" on {server.name}" if server else ""))
                print((out + (err if status != 3 else "\n".join(line for line in err.splitlines() if "ERROR" in line))).rstrip())
    for name, count in shapes.most_common():
        print(f"{count:6} {name}")
    print(", ".join(f"{count} {name}" for name, count in sorted(counts.items())))
    return 0 if set(counts) <= {"equal", "not loaded"} else 1


if __name__ == "__main__":
    sys.exit(main())
