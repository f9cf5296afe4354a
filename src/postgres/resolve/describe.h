/* What the files that describe objects without a kind share: the statements of such an object (its
 * CREATE and what was said of it later), from an author or from the catalog reader, are folded into
 * facts. */
#ifndef PLUMB_POSTGRES_RESOLVE_DESCRIBE_H
#define PLUMB_POSTGRES_RESOLVE_DESCRIBE_H

#include "postgres/resolve/facts.h"
#include "postgres/resolve/resolve.h"
#include "postgres/sql/tree.h"

struct describer {
    struct resolver *resolver;
    struct object *object;
    struct arena *arena; /* the model's */
    struct text_list facts;
    struct text_list wording;
    bool understood; /* false: something cannot be known without the server */
};

/* describe.c: gives an UNMODELLED object its facts (none where its definition is not understood) and
 * its needs. Does nothing to one that has them. */
void describe_object(struct resolver *resolver, struct object *object);

void describe_fact(struct describer *describer, const char *key, const char *value);
const char *describe_known(const struct describer *describer, const char *key);

/* Facts "option NAME" of a list of DefElem, each to be added, set or dropped. */
void describe_options(struct describer *describer, List *options);

/* --- names; each also becomes a need where the model has it ------------------------------------- */

/* A name of one part: "server", "wrapper". */
const char *describe_named(struct describer *describer, const char *class_name, const char *name);

/* An object of that class whose name may be qualified. */
const char *describe_path(struct describer *describer, const char *class_name, List *names);

const char *describe_function(struct describer *describer, List *names);

/* "name(type, type)" where the types are written, else the name. */
const char *describe_routine(struct describer *describer, const ObjectWithArgs *routine);

const char *describe_type(struct describer *describer, TypeName *type);

/* The relation, NULL where it is unknown (the definition is then not understood). */
struct object *describe_relation(struct describer *describer, const RangeVar *name);
const char *describe_relation_path(struct describer *describer, const struct object *relation);

/* --- values ------------------------------------------------------------------------------------- */

/* The text of an option's value: a word, a number, a string; NULL where there is none. */
const char *describe_text(struct describer *describer, Node *value);

/* The same as a literal. */
const char *describe_literal(struct describer *describer, Node *value);

bool describe_truth(Node *value);

/* The parts of a name. */
void describe_parts(struct arena *arena, List *names, const char **schema, const char **name);

/* A list of String nodes as "a, b", names quoted, sorted if that is asked for. */
const char *describe_names(struct describer *describer, List *names, bool sorted);

/* An expression in both forms; empty texts where it is not understood. */
struct described_text {
    const char *canonical;
    const char *written; /* for DDL */
};

struct described_text describe_expression(struct describer *describer, Node *expression,
                                          const struct pg_scope *scope);

/* A fact in its canonical form, and as DDL is to have it. */
void describe_worded_fact(struct describer *describer, const char *key, struct described_text text);

/* --- statements: false where one is none of theirs ---------------------------------------------- */

bool describe_foreign(struct describer *describer, Node *statement);
bool describe_event(struct describer *describer, Node *statement);
bool describe_publication(struct describer *describer, Node *statement);
bool describe_text_search(struct describer *describer, Node *statement);
bool describe_definition(struct describer *describer, Node *statement);

#endif
