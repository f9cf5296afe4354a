"""The servers that the tests run on, whatever they are: connect("15=URL") gives a PostgresServer or a MySQLServer, and
running_servers() says what tools/servers has running."""
import os, re

from mysql_server import MySQLServer
from postgres_server import TOOLS, PostgresServer, Wrong, lines, run

__all__ = ["MySQLServer", "PostgresServer", "Wrong", "connect", "lines", "run", "running_servers"]


def is_mysql(text):
    """Whether NAME=URL is a MySQL's or a MariaDB's."""
    return bool(re.search(r"=(mysql|mariadb)://", text))


def connect(text):
    return (MySQLServer if is_mysql(text) else PostgresServer)(text)


def running_servers():
    """Each as NAME=URL."""
    out = run([os.path.join(TOOLS, "servers"), "status"]).stdout
    return [row.replace(" ", "=", 1) for row in out.splitlines() if "://" in row]
