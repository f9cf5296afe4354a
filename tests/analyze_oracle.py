#!/usr/bin/env python3
"""Compares the analyzer with a server: canonical(what the author wrote) against canonical(what the server stored).

  analyze_oracle.py --corpus FOLDER --driver build/dev/analyze_driver --url URL [--out FILE] [CASE...]

Loads old.sql or new.sql of every case under the corpus folder into a database of its own, runs the driver on it, and
prints a table by kind. Differences go to FILE, one line of JSON each. The corpus is foreign: none of it is kept here.
"""
import argparse, collections, glob, itertools, json, os, subprocess, sys

DATABASE = f"plumb_analyze_{os.getpid()}"
NUMBERS = itertools.count(1)


def psql(url, database, *arguments):
    return subprocess.run(["psql", "-Xqd", url.rsplit("/", 1)[0] + "/" + database, *arguments], stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, text=True)


# Much faster than a new database; false when something remains that belongs to no schema.
RESET = """
do $$ declare name text; begin
  for name in select extname from pg_extension where extname <> 'plpgsql' loop
    execute format('drop extension if exists %I cascade', name); end loop;
  for name in select nspname from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema' loop
    execute format('drop schema %I cascade', name); end loop;
  create schema public; grant all on schema public to public;
end $$;
select not exists (select from pg_event_trigger) and not exists (select from pg_publication)
   and not exists (select from pg_foreign_data_wrapper) and not exists (select from pg_cast where oid >= 16384)
   and not exists (select from pg_language where oid >= 16384 and lanname <> 'plpgsql')
   and not exists (select from pg_default_acl) and not exists (select from pg_subscription)
   and not exists (select from pg_db_role_setting d join pg_database b on b.oid = d.setdatabase
                    where b.datname = current_database())
   and (select datacl is null from pg_database where datname = current_database())
   and current_schemas(false) = '{public}'"""


def fresh(options):
    """An empty database."""
    global DATABASE
    result = psql(options.url, DATABASE, "-v", "ON_ERROR_STOP=1", "-Atc", "set client_min_messages = error", "-c", RESET)
    if result.returncode == 0 and result.stdout.strip().endswith("t"):
        return
    # One with subscriptions and event triggers may refuse to go: the next has another name.
    psql(options.url, "postgres", "-c", f"drop database if exists {DATABASE} with (force)")
    DATABASE = f"plumb_analyze_{os.getpid()}_{next(NUMBERS)}"
    created = psql(options.url, "postgres", "-c", f"create database {DATABASE} template template0")
    if created.returncode:
        sys.exit(created.stderr)


def measure(options, folder):
    """The lines of the driver for one case."""
    fresh(options)
    meta = os.path.join(folder, "meta.json")
    if os.path.exists(meta):
        for role in json.load(open(meta)).get("roles", []):
            psql(options.url, "postgres", "-c", f'create role "{role}"')
    setup = os.path.join(folder, "setup.sql")
    if os.path.exists(setup):
        psql(options.url, DATABASE, "-f", setup)
    psql(options.url, DATABASE, "-f", os.path.join(folder, "new.sql"))
    result = subprocess.run([options.driver, options.url.rsplit("/", 1)[0] + "/" + DATABASE,
                             os.path.join(folder, "new.sql")], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if result.returncode:
        print(f"{folder}: {result.stderr.decode(errors='replace').strip()[-300:]}", file=sys.stderr)
    return [dict(json.loads(line), case=os.path.relpath(folder, options.corpus))
            for line in result.stdout.decode(errors="replace").splitlines() if line.endswith("}")]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--driver", required=True)
    parser.add_argument("--corpus", required=True)
    parser.add_argument("--url", required=True)
    parser.add_argument("--out", default="/tmp/analyze_oracle.json")
    parser.add_argument("cases", nargs="*")
    options = parser.parse_args()
    folders = sorted(os.path.dirname(name) for name in glob.glob(options.corpus + "/**/new.sql", recursive=True))
    if options.cases:
        folders = [folder for folder in folders if any(case in folder for case in options.cases)]
    counts = collections.defaultdict(collections.Counter)
    with open(options.out, "w") as out:
        for folder in folders:
            for row in measure(options, folder):
                count = counts[row["kind"]]
                count["all"] += 1
                for key in ("ok", "complete", "server_complete", "written_ok", "fixed"):
                    count[key] += row[key]
                count["bad"] += row["complete"] and row["server_complete"] and not row["ok"]
                if not all(row[key] for key in ("ok", "complete", "server_complete", "written_ok", "fixed")):
                    out.write(json.dumps(row) + "\n")
            out.flush()
    psql(options.url, "postgres", "-c", f"drop database if exists {DATABASE} with (force)")
    keys = ("all", "ok", "bad", "complete", "server_complete", "written_ok", "fixed")
    print(f"{'kind':12}" + "".join(f"{key:>16}" for key in keys))
    for kind in sorted(counts):
        print(f"{kind:12}" + "".join(f"{counts[kind][key]:>16}" for key in keys))


main()
