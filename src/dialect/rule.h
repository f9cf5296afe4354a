/* The list of rules of a dialect (rules.def): how each compared field is brought about. */
#ifndef PLUMB_DIALECT_RULE_H
#define PLUMB_DIALECT_RULE_H

#include "dialect/dialect.h"
#include "model/fields.h"

struct rule_line {
    enum kind kind;
    int field;
    struct field_rule rule;
};

/* The line that RULE of a rules.def stands for. */
#define RULE_LINE(lower, name, rule, reason)                                                       \
    {(enum kind)KIND_OF_##lower, field_##lower##_##name, {RULE_##rule, reason}},

/* The rule for that field; RULE_NONE where no line names it. */
struct field_rule rule_find(const struct rule_line *lines, size_t count, enum kind kind, int field);

/* What decides about a change, of planning. */
typedef struct field_rule field_rule_function(enum kind kind, int field);
typedef bool must_replace_function(const struct object *before, const struct object *after,
                                   uint64_t changed, int server_version);

/* True when the change needs the object to be dropped and made anew: by the rule of a changed field, or as such.
 * after NULL: it goes for good, which comes to the same. */
bool rule_replaces(field_rule_function *field_rule, must_replace_function *must_replace,
                   const struct object *before, const struct object *after, uint64_t changed,
                   int server_version);

/* "space:schema/name": the name that must be free for the object to have it, among those of a space of its schema's. In
 * the arena. */
const char *rule_slot(struct arena *arena, const char *space, const struct object *object,
                      const char *name);

#endif
