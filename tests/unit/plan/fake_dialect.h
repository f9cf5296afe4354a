/* A tiny dialect for tests of the planner. Its statements are "create table s.t (columns)", "alter
 * column s.t.c: type", and so on. Its rules:
 *
 *   a table's access method and a function's body are replaced, a column's statistics are ignored,
 *   all else is altered; a view whose new query starts with "!" has to be replaced
 *   columns, defaults, checks and row security fold into their table
 *   what is below a dropped object ends with it
 *   tables, views, indexes and sequences share the names of a schema
 *   a view or index on a column whose type changes has to be ended for it
 *   a changed enum can be used after COMMIT only; an index named "apart..." is made outside of
 *   transactions; dropping a table or column loses data */
#ifndef PLUMB_TESTS_FAKE_DIALECT_H
#define PLUMB_TESTS_FAKE_DIALECT_H

#include "../world.h"

#include "core/buffer.h"
#include "dialect/dialect.h"

static inline struct field_rule fake_field_rule(enum kind kind, int field)
{
    if (kind == KIND_TABLE && field == field_table_access_method)
        return (struct field_rule){.rule = RULE_REPLACE};
    if (kind == KIND_FUNCTION && field == field_function_body)
        return (struct field_rule){.rule = RULE_REPLACE};
    if (kind == KIND_COLUMN && field == field_column_statistics)
        return (struct field_rule){.rule = RULE_IGNORE, .reason = "no schema"};
    return (struct field_rule){.rule = RULE_ALTER};
}

static inline bool fake_must_replace(const struct object *before, const struct object *after,
                                     uint64_t changed, int server_version)
{
    (void)changed;
    (void)server_version;
    return before->kind == KIND_VIEW && as_view(after)->query.written[0] == '!';
}

static inline bool fake_must_end_dependent(const struct object *dependent,
                                           const struct object *before, const struct object *after,
                                           uint64_t changed, int server_version)
{
    (void)after;
    (void)server_version;
    return (dependent->kind == KIND_VIEW || dependent->kind == KIND_INDEX) &&
           before->kind == KIND_COLUMN && fields_has(changed, field_column_type);
}

static inline const struct object *fake_folds_into(const struct object *object)
{
    switch ((int)object->kind) {
    case KIND_COLUMN:
    case KIND_DEFAULT:
    case KIND_CHECK:
    case KIND_ROW_SECURITY:
        return object->parent;
    default:
        return NULL;
    }
}

static inline bool fake_ends_with(const struct object *object, const struct object *ancestor)
{
    while (object && object != ancestor)
        object = object->parent;
    return object != NULL;
}

static inline const char *fake_slot(struct arena *arena, const struct object *object)
{
    const struct object *schema = object;

    switch ((int)object->kind) {
    case KIND_TABLE:
    case KIND_VIEW:
    case KIND_INDEX:
    case KIND_SEQUENCE:
        break;
    default:
        return NULL;
    }
    while (schema->parent)
        schema = schema->parent;
    return arena_printf(arena, "relation:%s/%s", schema->name, object->name);
}

static inline void fake_create(struct step_sink *sink, const struct object *object,
                               const struct pointer_list *folded)
{
    struct buffer parts = BUFFER_EMPTY;
    struct step *step;

    for (size_t i = 0; i < folded->count; i++) {
        const struct object *part = folded->items[i];

        buffer_append(&parts, i ? ", " : " (");
        buffer_append(&parts, part->name[0] ? part->name : kind_word(part->kind));
    }
    if (folded->count)
        buffer_append(&parts, ")");
    step = sink_statement(sink, "create %s%s", identity_print(sink->arena, object),
                          buffer_text(&parts));
    buffer_free(&parts);
    if (object->kind == KIND_INDEX && starts_with(object->name, "apart"))
        step->transaction = TRANSACTION_NEVER;
    if (object->kind == KIND_INDEX && !sink->table_is_new)
        step->hazards = UINT64_C(1) << HAZARD_BLOCK_WRITES;
}

static inline void fake_drop(struct step_sink *sink, const struct object *object)
{
    struct step *step = sink_statement(sink, "drop %s", identity_print(sink->arena, object));

    if (object->kind == KIND_TABLE)
        step->hazards = UINT64_C(1) << HAZARD_DROP_TABLE;
    if (object->kind == KIND_COLUMN)
        step->hazards = UINT64_C(1) << HAZARD_DROP_COLUMN;
}

static inline void fake_alter(struct step_sink *sink, const struct object *before,
                              const struct object *after, uint64_t changed)
{
    struct fields fields = kind_fields(before->kind);

    for (size_t i = 0; i < fields.count; i++) {
        struct step *step;

        if (!(changed >> i & 1) || fake_field_rule(before->kind, (int)i).rule == RULE_IGNORE)
            continue;
        step = sink_statement(sink, "alter %s: %s", identity_print(sink->arena, after),
                              fields.items[i].name);
        if (after->kind == KIND_ENUM)
            step->transaction = TRANSACTION_COMMIT_AFTER;
    }
}

static inline void fake_rename(struct step_sink *sink, const struct object *object)
{
    sink_statement(sink, "rename %s from %s", identity_print(sink->arena, object),
                   object->former_name);
}

static inline void fake_rename_label(struct step_sink *sink, const struct object *object,
                                     const char *former, const char *label)
{
    sink_statement(sink, "rename label of %s: %s to %s", identity_print(sink->arena, object),
                   former, label);
}

static inline void fake_session(struct step_sink *before, struct step_sink *after,
                                const struct model *from, const struct model *to)
{
    (void)after;
    (void)from;
    (void)to;
    sink_statement(before, "set quiet");
}

static const struct dialect_planning fake_planning = {
    .field_rule = fake_field_rule,
    .must_replace = fake_must_replace,
    .must_end_dependent = fake_must_end_dependent,
    .folds_into = fake_folds_into,
    .ends_with = fake_ends_with,
    .slot = fake_slot,
};

static const struct dialect_writing fake_writing = {
    .create = fake_create,
    .drop = fake_drop,
    .alter = fake_alter,
    .rename = fake_rename,
    .rename_label = fake_rename_label,
    .session = fake_session,
};

static const struct dialect fake_dialect = {
    .name = "fake",
    .planning = &fake_planning,
    .writing = &fake_writing,
};

#endif
