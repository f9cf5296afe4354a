#!/bin/bash
# Finds a libpg_query that plumb can use and tells CMake where it is.
#
#   libpg_query.sh auto|17|18 FOLDER CC [CFLAG...]
#
# prints three lines: the major version, the folder that holds include/ and the static library.
# The installed libpg-query-dev is taken when it is new enough and ships PostgreSQL's node headers.
# Otherwise the package of a later Debian suite is downloaded into FOLDER, with a private apt state
# and from the mirror that this machine's own apt sources name: the system is not changed. The first
# package that compiles, links and runs a smoke program wins. CFLAGs are for src/postgres/sql/compat.c.
set -euo pipefail

want=$1 folder=$2 cc=$3
shift 3
compat=$(cd "$(dirname "$0")/../.." && pwd)/src/postgres/sql/compat.c
compat_flags=("$@")

note() { echo "libpg_query: $*" >&2; }

wanted() { # MAJOR: is this a version that was asked for?
    case $want in
        auto) [ "$1" = 17 ] || [ "$1" = 18 ] ;;
        *) [ "$1" = "$want" ] ;;
    esac
}

# Compiles and runs a program that parses and deparses one statement, and makes a shared library of it all:
# an archive that is no position-independent code can be no part of ours.
smoke() { # ROOT LIBRARY
    local work status=0
    work=$(mktemp -d)
    cat >"$work/smoke.c" <<'C'
#include "pg_query.h"
#include "pg_query_internal.h"
#include "lib/stringinfo.h"
#include "nodes/parsenodes.h"
extern void deparseRawStmt(StringInfo, struct RawStmt *);
int main(void)
{
    MemoryContext context = pg_query_enter_memory_context();
    PgQueryInternalParsetreeAndError result = pg_query_raw_parse("SELECT 1", 0);
    StringInfoData text;
    int failed;
    initStringInfo(&text);
    deparseRawStmt(&text, linitial(result.tree));
    failed = strcmp(text.data, "SELECT 1") != 0;
    pg_query_exit_memory_context(context);
    return failed;
}
C
    "$cc" -w -o "$work/smoke" -isystem "$1/include" -isystem "$1/include/pg_query" \
        -isystem "$1/include/pg_query/postgres" "${compat_flags[@]}" "$work/smoke.c" "$2" "$compat" \
        -lpthread -lm >"$work/log" 2>&1 && "$work/smoke" >>"$work/log" 2>&1 &&
        "$cc" -w -shared -o "$work/smoke.so" -Wl,--whole-archive "$2" -Wl,--no-whole-archive \
            >>"$work/log" 2>&1 || status=$?
    if [ $status != 0 ]; then
        note "$2 does not work here:"
        head -n 20 "$work/log" >&2
    fi
    rm -rf "$work"
    return $status
}

# Answers with ROOT if it holds a wanted, working version.
offer() { # MAJOR ROOT
    local library
    wanted "$1" && [ -e "$2/include/pg_query/postgres/nodes/parsenodes.h" ] || return 1
    library=$(find "$2/lib" -name libpg_query.a 2>/dev/null | head -n 1)
    [ -n "$library" ] && smoke "$2" "$library" || return 1
    printf '%s\n%s\n%s\n' "$1" "$2" "$library"
}

major_of() { local version=${1#*:}; echo "${version%%[.-]*}"; }

# The mirror behind this machine's main suite, as apt itself sees it.
mirror() {
    local codename
    codename=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
    apt-get indextargets --format '$(RELEASE) $(COMPONENT) $(REPO_URI)' 'Created-By: Packages' |
        awk -v suite="$codename" '$1 == suite && $2 == "main" { print $3; exit }'
}

# Downloads and unpacks libpg-query-dev of one suite; prints its major version.
fetch() { # SUITE
    local state=$folder/apt/$1 uri keyring version major options
    uri=$(mirror)
    [ -n "$uri" ] || { note "this machine's apt sources name no Debian mirror"; return 1; }
    mkdir -p "$state/lists/partial" "$state/cache/archives/partial"
    keyring=/usr/share/keyrings/debian-archive-keyring.gpg
    echo "deb $([ -e $keyring ] && echo "[signed-by=$keyring]") $uri $1 main" >"$state/sources.list"
    options=(-qq -o "Dir::Etc::sourcelist=$state/sources.list" -o Dir::Etc::sourceparts=/dev/null
        -o Dir::Etc::preferences=/dev/null -o Dir::Etc::preferencesparts=/dev/null
        -o "Dir::State::lists=$state/lists" -o "Dir::Cache=$state/cache"
        -o APT::Sandbox::User= -o Acquire::Languages=none -o Acquire::IndexTargets::deb::DEP-11::DefaultEnabled=false
        -o Acquire::IndexTargets::deb::Contents-deb::DefaultEnabled=false -o APT::Get::List-Cleanup=false)
    apt-get "${options[@]}" update >&2 || return 1
    version=$(apt-cache "${options[@]}" show --no-all-versions libpg-query-dev | sed -n 's/^Version: //p' | head -n 1)
    major=$(major_of "$version")
    wanted "$major" || { note "$1 has ${version:-none}"; return 1; }
    note "downloading libpg-query-dev $version of $1"
    (cd "$state" && rm -f ./*.deb && apt-get "${options[@]}" download "libpg-query-dev=$version" >&2) || return 1
    rm -rf "${folder:?}/$major" && mkdir -p "$folder/$major"
    dpkg -x "$state"/*.deb "$folder/$major" || return 1
    rm -rf "$state"
    echo "$major"
}

version=$(dpkg-query -W -f '${Version}' libpg-query-dev 2>/dev/null || true)
if [ -n "$version" ] && offer "$(major_of "$version")" /usr; then
    exit 0
fi

mkdir -p "$folder"
exec 9>"$folder/lock"
flock 9 # two builds may be configured at the same time
for major in 18 17; do
    if [ -d "$folder/$major/usr" ] && offer $major "$folder/$major/usr"; then
        exit 0
    fi
done
suites="sid forky trixie"
[ "$want" = 17 ] && suites="trixie forky sid"
for suite in $suites; do
    if major=$(fetch "$suite") && offer "$major" "$folder/$major/usr"; then
        exit 0
    fi
done
note "no later Debian suite has a libpg-query-dev that works here"
exit 1
