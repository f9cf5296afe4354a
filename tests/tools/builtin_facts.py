#!/usr/bin/env python3
"""Writes src/postgres/facts/builtin.def, extension.def and packaged.def: what PostgreSQL's system catalog and its contrib extensions hold,
with the majors that have it. Facts of running servers only.

  builtin_facts.py URL...           one URL a major version, e.g. $(tests/tools/servers url 14)
  builtin_facts.py --packaged URL   writes packaged.def alone: what extensions that are not PostgreSQL's own offer
  builtin_facts.py --check URL...   writes nothing, and says where the files are not what the servers say; needs the newest
                              of them, and compares what older ones alone have only where all are given
"""
import collections, json, os, re, subprocess, sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
EXTENSIONS = ("amcheck autoinc bloom btree_gin btree_gist citext cube dblink dict_int dict_xsyn earthdistance file_fdw "
              "fuzzystrmatch hstore insert_username intagg intarray isn lo ltree moddatetime pageinspect pg_buffercache "
              "pg_freespacemap pg_prewarm pg_stat_statements pg_surgery pg_trgm pg_visibility pg_walinspect pgcrypto "
              "pgrowlocks pgstattuple postgres_fdw refint seg sslinfo tablefunc tcn tsm_system_rows tsm_system_time "
              "unaccent uuid-ossp xml2").split()
# Those that have packages of their own: Debian's unstable branch has them all for one server, which has to preload
# timescaledb and pg_cron (cron.database_name = 'plumb_builtin').
PACKAGED = "pg_cron pg_partman postgis postgis_topology timescaledb vector".split()

TYPES = """
select t.typname as name, t.typtype as class, t.typcategory as category, t.typispreferred as preferred,
       t.typcollation <> 0 as collatable,
       case when t.typsubscript = 'array_subscript_handler'::regproc then e.typname else '' end as element,
       coalesce(a.typname, '') as array, coalesce(s.typname, '') as subtype, n.nspname as schema,
       coalesce(b.typname, '') as base, t.typtypmod as base_typmod
  from pg_type t join pg_namespace n on n.oid = t.typnamespace
  left join pg_type e on e.oid = t.typelem left join pg_type a on a.oid = t.typarray
  left join pg_range r on t.oid in (r.rngtypid, r.rngmultitypid) left join pg_type s on s.oid = r.rngsubtype
  left join pg_type b on b.oid = t.typbasetype
 where t.typrelid = 0 and coalesce(e.typrelid, 0) = 0 and {where}"""

# Functions that only the server itself can call are left out: they can never be what a name in SQL means.
FUNCTIONS = """
select p.proname as name, p.prokind as kind, p.pronargs as count, p.pronargdefaults as defaults,
       p.provariadic <> 0 as variadic, p.proretset as set,
       (select typname from pg_type where oid = p.prorettype) as result,
       (select coalesce(json_agg(t.typname order by a.n), '[]') from unnest(p.proargtypes) with ordinality a(o, n)
          join pg_type t on t.oid = a.o) as types,
       p.proargnames as names, p.proargmodes as modes,
       (select json_agg(t.typname order by a.n) from unnest(p.proallargtypes) with ordinality a(o, n)
          join pg_type t on t.oid = a.o) as alltypes
  from pg_proc p join pg_namespace n on n.oid = p.pronamespace
 where not ('internal'::regtype = any (p.proargtypes::oid[]) and p.prokind = 'f')
   and p.prorettype not in ('internal'::regtype, 'trigger'::regtype, 'event_trigger'::regtype,
                            'index_am_handler'::regtype, 'table_am_handler'::regtype, 'language_handler'::regtype)
   and p.oid not in (select unnest(array[typinput, typoutput, typreceive, typsend, typmodin, typmodout, typanalyze])
                       from pg_type)
   and not exists (select from pg_type t where t.oid = p.prorettype and t.typrelid <> 0) and {where}"""

OPERATORS = """
select o.oprname as name, coalesce(l.typname, '') as left, r.typname as right, s.typname as result
  from pg_operator o left join pg_type l on l.oid = o.oprleft join pg_type r on r.oid = o.oprright
  join pg_type s on s.oid = o.oprresult join pg_namespace n on n.oid = o.oprnamespace where {where}"""

CASTS = """
select s.typname as source, t.typname as target, c.castcontext as context, c.castmethod as method
  from pg_cast c join pg_type s on s.oid = c.castsource join pg_type t on t.oid = c.casttarget where {where}"""

CLASSES = """
select am.amname as method, c.opcname as name, t.typname as type
  from pg_opclass c join pg_am am on am.oid = c.opcmethod join pg_type t on t.oid = c.opcintype
  join pg_namespace n on n.oid = c.opcnamespace where c.opcdefault and {where}"""

# The relations of pg_catalog and information_schema, which views of users may read.
RELATIONS = """
select n.nspname as schema, c.relname as name, c.relkind as kind,
       (select json_agg(json_build_array(a.attname, tn.nspname, t.typname) order by a.attnum) from pg_attribute a
          join pg_type t on t.oid = a.atttypid join pg_namespace tn on tn.oid = t.typnamespace
         where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
 where n.nspname in ('pg_catalog', 'information_schema') and c.relkind in ('r', 'v')"""

def ask(url, query):
    """The rows of a query as dictionaries."""
    text = f"select coalesce(json_agg(q), '[]') from ({query}) q"
    output = subprocess.run(["psql", "-XAtq", "-d", url, "-c", text], check=True, stdout=subprocess.PIPE).stdout
    return json.loads(output)


def built_in(query):
    return query.format(where="n.nspname = 'pg_catalog'")


def freeze(value):
    return tuple(freeze(item) for item in value) if isinstance(value, list) else value


def merge(urls, query):
    """Distinct rows over all servers, each with the first and the last major that has it (0: still there)."""
    rows = {}
    newest = max(urls)
    for major in sorted(urls):
        for row in ask(urls[major], query):
            key = tuple(sorted((name, freeze(value)) for name, value in row.items()))
            first = rows.get(key, (row, major))[1]
            rows[key] = (row, first, 0 if major == newest else major)
    oldest = min(urls)
    return [dict(row, first=0 if first == oldest else first, last=last) for row, first, last in rows.values()]


def newest(rows, *keys):
    """One row a key: what the newest server says of it, for as long as any has it."""
    kept = {}
    for row in rows:
        key = tuple(row[name] for name in keys)
        if key in kept:
            old, new = sorted((kept[key], row), key=lambda r: r["first"])
            row = dict(new, first=old["first"])
        kept[key] = row
    return list(kept.values())


def details(function):
    """Names of the input arguments, then of the output columns with their types: "a,b;key text,value jsonb"."""
    names, modes, types = function["names"] or [], function["modes"], function["alltypes"]
    if not modes or not types:
        return ",".join(names)
    inputs = [name for name, mode in zip(names, modes) if mode in "ibv"] if names else []
    outputs = [f"{name} {kind}" for name, mode, kind in zip(names or [""] * len(modes), modes, types) if mode in "obt"]
    return ",".join(inputs) + ";" + ",".join(outputs)


def column_list(relation):
    """The columns of a relation: "oid oid,typname name". Types outside pg_catalog are written schema.name."""
    return ",".join(f"{name} {kind}" if schema == "pg_catalog" else f"{name} {schema}.{kind}"
                    for name, schema, kind in relation["columns"])


class Blob:
    """Strings, one after the other, by offset."""
    def __init__(self):
        self.offsets, self.parts, self.size = {}, [], 0
        self.add("")

    def add(self, text):
        if text not in self.offsets:
            self.offsets[text] = self.size
            self.parts.append(text)
            self.size += len(text.encode()) + 1
        return self.offsets[text]


class Pool:
    """Sequences of numbers, one after the other, by offset; equal ones are shared."""
    def __init__(self):
        self.offsets, self.items = {}, []

    def add(self, items):
        items = tuple(items)
        if items not in self.offsets:
            self.offsets[items] = len(self.items)
            self.items.extend(items)
        return self.offsets[items]


def quote(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def letter(char):
    return f"'{char}'"


def section(out, name, rows):
    out.append(f"#ifdef {name}")
    out.extend(f"{name}({row})" for row in rows)
    out.append(f"#undef {name}\n#endif\n")


def write_built_in(urls):
    types = sorted(newest(merge(urls, built_in(TYPES)), "name"), key=lambda t: t["name"].encode())
    index = {row["name"]: number for number, row in enumerate(types)}
    at = lambda name: index.get(name, -1)
    functions = merge(urls, built_in(FUNCTIONS))
    functions.sort(key=lambda f: (f["name"].encode(), f["count"], f["types"], f["first"]))
    operators = sorted(merge(urls, built_in(OPERATORS)), key=lambda o: (o["name"].encode(), o["left"], o["right"]))
    casts = newest(merge(urls, CASTS.format(where="c.oid < 16384")), "source", "target")
    casts = [c for c in casts if c["source"] in index and c["target"] in index]
    casts.sort(key=lambda c: (at(c["source"]), at(c["target"])))
    classes = sorted(merge(urls, built_in(CLASSES)), key=lambda c: (c["method"], c["type"]))
    relations = sorted(merge(urls, RELATIONS), key=lambda r: (r["schema"], r["name"].encode(), r["first"]))
    blob, pool = Blob(), Pool()
    out = ["/* Written by tests/tools/builtin_facts.py from servers " + ", ".join(map(str, sorted(urls))) + ": do not edit.",
           " * Types are named by their place in the list; the last two numbers are the first and the last",
           " * major version that has the row (0: the oldest, the newest). */"]
    section(out, "BUILTIN_TYPE", [
        f"{quote(t['name'])}, {letter(t['class'])}, {letter(t['category'])}, {int(t['preferred'])}, "
        f"{int(t['collatable'])}, {at(t['element'])}, {at(t['array'])}, {at(t['subtype'])}, {t['first']}, {t['last']}"
        for t in types])
    section(out, "BUILTIN_FUNCTION", [
        f"{quote(f['name'])}, {letter(f['kind'])}, {f['count']}, {f['defaults']}, {int(f['variadic'])}, {int(f['set'])}, "
        f"{at(f['result'])}, {pool.add(at(name) for name in f['types'])}, {blob.add(details(f))}, {f['first']}, {f['last']}"
        for f in functions])
    section(out, "BUILTIN_OPERATOR", [
        f"{quote(o['name'])}, {at(o['left'])}, {at(o['right'])}, {at(o['result'])}, {o['first']}, {o['last']}"
        for o in operators])
    section(out, "BUILTIN_CAST", [
        f"{at(c['source'])}, {at(c['target'])}, {letter(c['context'])}, {letter(c['method'])}, {c['first']}, {c['last']}"
        for c in casts])
    section(out, "BUILTIN_CLASS", [
        f"{quote(c['method'])}, {quote(c['name'])}, {at(c['type'])}, {c['first']}, {c['last']}" for c in classes])
    section(out, "BUILTIN_RELATION", [
        f"{quote(r['schema'])}, {quote(r['name'])}, {letter(r['kind'])}, {blob.add(column_list(r))}, "
        f"{r['first']}, {r['last']}" for r in relations])
    section(out, "BUILTIN_ARGUMENTS", [", ".join(map(str, pool.items[i:i + 24])) for i in range(0, len(pool.items), 24)])
    section(out, "BUILTIN_DETAILS", [quote(part)[:-1] + '\\0"' for part in blob.parts])
    return "\n".join(out)


def members(url):
    """The lines of each extension of a database, by the query with which plumb reads them (catalog/offer.c)."""
    with open(os.path.join(ROOT, "src/postgres/catalog/offer.c")) as file:
        source = re.sub("(?m)^#include.*$", "", file.read())
    source = subprocess.run(["cc", "-E", "-P", "-"], input=source, check=True, stdout=subprocess.PIPE, text=True).stdout
    literals = re.findall(r'"((?:\\.|[^"\\])*)"', re.search(r"offers_sql\[\] =(.*?);\s*static", source, re.S)[1])
    query = re.sub(r"\\(.)", r"\1", "".join(literals))
    return {row["extname"]: row["lines"].split("\n") for row in ask(url, f"SELECT * FROM ({query}) o (extname, lines)")}


def controls(url):
    """What the control files say: the schema that an extension goes to whatever is asked for, if it can move."""
    rows = ask(url, "select v.name, v.schema, v.relocatable from pg_available_extension_versions v "
                    "join pg_available_extensions e on e.name = v.name and e.default_version = v.version")
    return {row["name"]: f"x {row['schema'] or '-'} {int(row['relocatable'])}" for row in rows}


def write_extensions(url, names):
    """What the extensions that the server has offer, all of them made in one scratch database."""
    server = url.rsplit("/", 1)[0]
    run = lambda database, text: subprocess.run(["psql", "-XAtq", "-d", f"{server}/{database}", "-c", text], check=True)
    out = ["/* Written by tests/tools/builtin_facts.py: do not edit. The members of extensions, one string a line. */"]
    have = {row["name"] for row in ask(url, "select name from pg_available_extensions")}
    run("postgres", "drop database if exists plumb_builtin with (force)")
    run("postgres", "create database plumb_builtin")
    try:
        for extension in names:
            if extension not in have:
                sys.exit(f"the server has no {extension}")
            run("plumb_builtin", f'set client_min_messages = warning; create extension "{extension}" cascade')
        lines, control = members(f"{server}/plumb_builtin"), controls(url)
        for extension in names:
            out.append(f'EXTENSION_BEGIN("{extension}")')
            out.append(quote(control[extension]) + ' "\\n"')
            out.extend(quote(line) + ' "\\n"' for line in lines.get(extension, []))
            out.append("EXTENSION_END")
    finally:
        run("postgres", "drop database plumb_builtin with (force)")
    return "\n".join(out) + "\n"


# --- Comparing ----------------------------------------------------------------------------------------------------------

FACTS = os.path.join(ROOT, "src/postgres/facts")
TOKEN = re.compile(r'"((?:\\.|[^"\\])*)"|\'(.)\'|(-?\d+)')

# Which columns of a row name types by their place in the list, and which texts by their offset.
TYPE_COLUMNS = {"TYPE": (5, 6, 7), "FUNCTION": (6,), "OPERATOR": (1, 2, 3), "CAST": (0, 1), "CLASS": (2,), "RELATION": ()}
TEXT_COLUMN = {"FUNCTION": 8, "RELATION": 3}


def decode(text):
    """The rows of builtin.def, places and offsets replaced by what they stand for; how often each."""
    sections = collections.defaultdict(list)
    for name, row in re.findall(r"^BUILTIN_(\w+)\((.*)\)$", text, re.M):
        sections[name].append([string if number == "" and char == "" else char or int(number)
                               for string, char, number in TOKEN.findall(row)])
    types = [row[0] for row in sections["TYPE"]]
    arguments = [number for row in sections.pop("ARGUMENTS") for number in row]
    details, offset = {}, 0
    for row in sections.pop("DETAILS"):
        part = re.sub(r"\\(.)", r"\1", row[0].removesuffix("\\0"))
        details[offset] = part
        offset += len(part.encode()) + 1
    type_of = lambda number: types[number] if number >= 0 else None
    rows = collections.Counter()
    for name, section in sections.items():
        for row in section:
            row = list(row)
            if name == "FUNCTION":
                row[7] = tuple(type_of(number) for number in arguments[row[7]:row[7] + row[2]])
            if name in TEXT_COLUMN:
                row[TEXT_COLUMN[name]] = details[row[TEXT_COLUMN[name]]]
            for column in TYPE_COLUMNS[name]:
                row[column] = type_of(row[column])
            rows[(name, *row)] += 1
    return rows


def of_newest(rows):
    """Those that the newest server has, whoever had them first."""
    kept = collections.Counter()
    for row, count in rows.items():
        kept[row[:-2]] += count if row[-1] == 0 else 0
    return +kept


def read_facts(name):
    with open(os.path.join(FACTS, name)) as file:
        return file.read()


def majors_of(held):
    return list(map(int, re.findall(r"\d+", held.split(":", 1)[0].split("servers", 1)[1])))


def newest_major():
    return max(majors_of(read_facts("builtin.def")))


def check(urls):
    """Yields what is wrong."""
    held = read_facts("builtin.def")
    majors = majors_of(held)
    if max(urls) != max(majors):
        yield f"builtin.def is made from servers up to {max(majors)}, not {max(urls)}"
        return
    have, want = decode(held), decode(write_built_in(urls))
    if sorted(urls) != sorted(majors):
        have, want = of_newest(have), of_newest(want)
    for word, rows in (("lacks", want - have), ("has, but no server", have - want)):
        for row in sorted(rows, key=repr)[:20]:
            yield f"builtin.def {word}: {row}"
        if len(rows) > 20:
            yield f"and {len(rows) - 20} more"
    held, live = (text.splitlines() for text in (read_facts("extension.def"), write_extensions(urls[max(urls)], EXTENSIONS)))
    for line in sorted(set(live) ^ set(held))[:20]:
        yield f"extension.def {'lacks' if line in live else 'has, but no server'}: {line}"


def main():
    urls = {}
    for url in [argument for argument in sys.argv[1:] if not argument.startswith("--")]:
        version = subprocess.run(["psql", "-XAtq", "-d", url, "-c", "show server_version_num"], check=True,
                                 stdout=subprocess.PIPE).stdout
        urls[int(version) // 10000] = url
    if not urls:
        sys.exit(__doc__)
    if "--check" in sys.argv[1:]:
        problems = list(check(urls))
        print("\n".join(problems))
        sys.exit(1 if problems else 0)
    if "--packaged" in sys.argv[1:]:
        with open(os.path.join(FACTS, "packaged.def"), "w") as file:
            file.write(write_extensions(urls[max(urls)], PACKAGED))
        return
    text = write_built_in(urls)
    with open(os.path.join(FACTS, "builtin.def"), "w") as file:
        file.write(text)
    with open(os.path.join(FACTS, "extension.def"), "w") as file:
        file.write(write_extensions(urls[max(urls)], EXTENSIONS))


if __name__ == "__main__":
    main()
