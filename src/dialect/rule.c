/* Looks rules up, and tells from them what is replaced. */
#include "dialect/rule.h"

struct field_rule rule_find(const struct rule_line *lines, size_t count, enum kind kind, int field)
{
    for (size_t i = 0; i < count; i++)
        if (lines[i].kind == kind && lines[i].field == field)
            return lines[i].rule;
    return (struct field_rule){RULE_NONE, NULL};
}

bool rule_replaces(field_rule_function *field_rule, must_replace_function *must_replace,
                   const struct object *before, const struct object *after, uint64_t changed,
                   int server_version)
{
    struct fields fields = kind_fields(before->kind);

    if (!after)
        return true;
    for (size_t i = 0; i < fields.count; i++)
        if (changed >> i & 1 && field_rule(before->kind, (int)i).rule == RULE_REPLACE)
            return true;
    return must_replace(before, after, changed, server_version);
}

const char *rule_slot(struct arena *arena, const char *space, const struct object *object,
                      const char *name)
{
    const struct object *schema = object_ancestor(object, KIND_SCHEMA);

    return arena_printf(arena, "%s:%s/%s", space, schema ? schema->name : "", name);
}
