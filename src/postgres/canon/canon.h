/* Parse analysis of expressions and queries as the server would do it, on raw parse trees: names are
 * resolved, types inferred, implicit casts written out, stars expanded, and the result is printed in
 * one canonical form. Two texts that the server stores alike have equal canonical texts; the server's
 * own text (pg_get_expr, pg_get_viewdef, ...) is a fixed point. No server is asked.
 *
 * What cannot be resolved (an unknown function, say) does not fail: the result is then marked
 * incomplete, the canonical text is as good as it gets, and the dependencies are found by name. */
#ifndef PLUMB_POSTGRES_CANON_CANON_H
#define PLUMB_POSTGRES_CANON_CANON_H

#include <stdbool.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/error.h"
#include "postgres/facts/universe.h"

enum pg_dependency_kind {
    PG_DEPENDS_RELATION, /* schema, name */
    PG_DEPENDS_COLUMN,   /* schema, name (of the relation), column */
    PG_DEPENDS_TYPE,     /* schema, name (never an array type: its element) */
    PG_DEPENDS_FUNCTION, /* function, or schema and name alone where it was found by name only */
    PG_DEPENDS_NAMED, /* class_name, schema, name: a collation, an operator, ...: see universe.h */
    PG_DEPENDS_PRIMARY_KEY /* schema, name (of the relation): GROUP BY relies on its primary key */
};

/* Only objects with the user flag are reported, each once. */
struct pg_dependency {
    enum pg_dependency_kind kind;
    const char *schema;
    const char *name;
    const char *column;
    const char *class_name;
    const struct pg_function *function;
    const struct pg_relation *relation;
    const struct pg_type *type;
};

/* What the server is certain to refuse when the expression is declared. */
struct pg_refusal {
    const char *message;
    const char *hint; /* NULL: none */
    const char *word; /* what is refused, as it is written; NULL: the whole expression */
};

struct pg_analysis {
    const char *canonical; /* for comparison: complete, one form */
    const char *written;   /* for DDL: as the author wrote it, but every name of a user object
                              qualified by its schema, so that it means the same under any path */
    bool complete;         /* false: something could not be resolved, see reason */
    const char *reason;
    bool no_column; /* the reason is a column that a known relation does not have */
    const struct pg_refusal *refusal; /* NULL: the server may take it */
    const struct pg_type *type;       /* of an expression; NULL unknown */
    int32_t typmod;
    const char *collation;
    const struct pg_column *columns; /* of a query: its result columns */
    int column_count;
    const struct pg_dependency *dependencies;
    int dependency_count;
};

/* Where an expression stands. All fields may be zero. */
struct pg_scope {
    const struct pg_relation
        *relation; /* its columns can be named without (and with) qualification */
    const struct pg_relation *old_relation; /* trigger WHEN: OLD.column and NEW.column, of this */
    const struct pg_function *routine;      /* its arguments can be named: SQL bodies, defaults */
    const struct pg_type *value_type;       /* domain checks: the type of VALUE */
    int32_t value_typmod;
    const struct pg_type *target; /* the result is assigned to this type, if not NULL: */
    int32_t target_typmod;        /* column defaults, generated columns, argument defaults */
    bool boolean;                 /* the result must be boolean (checks, WHERE, WHEN, policies) */
    bool index;                   /* an index or partition key expression: printed as such */
};

/* Analyzes an expression given as SQL text ("price > 0"). False only on a syntax error; the place in
 * error is then relative to the text. Results are in the arena. */
bool pg_analyze_expression(struct pg_universe *universe, const char *text,
                           const struct pg_scope *scope, struct arena *arena,
                           struct pg_analysis *analysis, struct error *error);

/* Analyzes a query given as SQL text: SELECT, VALUES, WITH, set operations (a view's body).
 * column_names, where not NULL, renames the first result columns (CREATE VIEW v (a, b)). */
bool pg_analyze_query(struct pg_universe *universe, const char *text,
                      const struct text_list *column_names, const struct pg_scope *scope,
                      struct arena *arena, struct pg_analysis *analysis, struct error *error);

/* Analyzes a routine's SQL-standard body: "RETURN expression" or "BEGIN ATOMIC ...; END". */
bool pg_analyze_routine_body(struct pg_universe *universe, const char *text,
                             const struct pg_scope *scope, struct arena *arena,
                             struct pg_analysis *analysis, struct error *error);

#endif
