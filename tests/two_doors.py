#!/usr/bin/env python3
"""Two doors, one model: compares, object by object, the model of SQL files with that of databases which ran them.

  two_doors.py [--tool two_doors] [--server URL]... [--kinds KIND,...] [--implied] [--manage] [--jobs N] PATH...

A PATH is an SQL file, or a folder: each old.sql and new.sql below it is one case, with setup.sql beside it run before and
the roles of meta.json made. Without a server the files are only interpreted. What a server does not take is counted and
left out. --tool is tests/tools/two_doors.c, built against libplumb (default: build/*/two_doors, the newest). Prints what differs, and at the end how many cases
were equal; exit status 0 when all were. Needs psql.
"""
import argparse, collections, concurrent.futures, glob, json, os, re, subprocess, sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
# /usr/bin/psql is a slow wrapper on Debian
PSQL = max(glob.glob("/usr/lib/postgresql/*/bin/psql"), key=lambda path: int(path.split("/")[4]), default="psql")


def run(command, timeout=120):
    try:
        result = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, errors="replace",
                                timeout=timeout)
        return result.returncode, result.stdout, result.stderr
    except subprocess.TimeoutExpired:
        return 124, "", "timed out"


def psql(url, *arguments):
    return run([PSQL, "-XAtq", "-v", "ON_ERROR_STOP=1", "-d", url, *arguments])


class Case:
    def __init__(self, path):
        self.path = path
        self.name = "/".join(path.split("/")[-3:])
        folder = os.path.dirname(path)
        setup = os.path.join(folder, "setup.sql")
        is_side = os.path.basename(path) in ("old.sql", "new.sql")
        self.files = ([setup] if is_side and os.path.exists(setup) else []) + [path]
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


def only_parse(case, options):
    return run([options.tool, "--parse", *case.files])


def compare(case, server, number, options):
    """Status, differences, complaints; status 3: the server does not take the files."""
    database = f"two_doors_{os.getpid()}_{number}"
    base = server.rsplit("/", 1)[0] if server.count("/") > 2 else server
    strategy = "STRATEGY file_copy" if options.versions[server] >= 150000 else ""
    psql(server, "-c", f'CREATE DATABASE "{database}" TEMPLATE template0 {strategy}')
    try:
        for role in case.roles:
            psql(server, "-c", 'CREATE ROLE "%s"' % role.replace('"', '""'))
        for file in case.files:
            status, _, err = psql(f"{base}/{database}", "-f", file)
            if status:
                return 3, "", err
        switches = [s for s, on in (("--implied", options.implied), ("--manage", options.manage)) if on]
        if options.kinds:
            switches += ["--kinds", options.kinds]
        return run([options.tool, *switches, f"{base}/{database}", *case.files])
    finally:
        psql(server, "-c", f'DROP DATABASE "{database}" WITH (FORCE)')


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
    parser.add_argument("--tool", default=max(glob.glob(os.path.join(ROOT, "build", "*", "two_doors")), key=os.path.getmtime,
                                              default="two_doors"))
    parser.add_argument("--server", action="append", default=[])
    parser.add_argument("--kinds")
    parser.add_argument("--implied", action="store_true")
    parser.add_argument("--manage", action="store_true")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--quiet", action="store_true", help="the summary alone")
    parser.add_argument("paths", nargs="+")
    options = parser.parse_args()
    options.versions = {s: int(psql(s, "-c", "SHOW server_version_num")[1]) for s in options.server}
    counts, shapes = collections.Counter(), collections.Counter()
    work = [(case, server) for case in find_cases(options.paths) for server in options.server or [None]]

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
                print(f"--- {word}: {case.name}" + (f" on {server}" if server else ""))
                print((out + (err if status != 3 else "\n".join(line for line in err.splitlines() if "ERROR" in line))).rstrip())
    for name, count in shapes.most_common():
        print(f"{count:6} {name}")
    print(", ".join(f"{count} {name}" for name, count in sorted(counts.items())))
    return 0 if set(counts) <= {"equal", "not loaded"} else 1


if __name__ == "__main__":
    sys.exit(main())
