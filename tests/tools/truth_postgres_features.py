"""PostgreSQL's features for truth.py: every field of a schema that has to do with rows, values or positions."""
from truth import Change


def changes(version):
    return []


def left_out(version):
    return set()
