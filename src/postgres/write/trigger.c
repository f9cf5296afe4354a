/* Triggers and row security policies. */
#include "postgres/write/write.h"

#include <string.h>

#include "model/fields.h"
#include "postgres/resolve/reconcile.h"

/* --- triggers -------------------------------------------------------------------------------------- */

static void append_events(const struct step_sink *sink, struct buffer *sql,
                          const struct trigger *trigger)
{
    static const char *const order[] = {"INSERT", "DELETE", "UPDATE", "TRUNCATE"};
    bool first = true;

    for (size_t i = 0; i < 4; i++) {
        if (!text_list_contains(&trigger->events, order[i]))
            continue;
        buffer_printf(sql, "%s%s", first ? " " : " OR ", order[i]);
        first = false;
        if (i == 2 && trigger->columns.count)
            buffer_printf(sql, " OF %s", clause_names(sink, write_name, &trigger->columns));
    }
}

static void append_transition_tables(const struct step_sink *sink, struct buffer *sql,
                                     const struct trigger *trigger)
{
    if (!trigger->old_table && !trigger->new_table)
        return;
    buffer_append(sql, "\n    REFERENCING");
    if (trigger->old_table)
        buffer_printf(sql, " OLD TABLE AS %s", write_name(sink, trigger->old_table));
    if (trigger->new_table)
        buffer_printf(sql, " NEW TABLE AS %s", write_name(sink, trigger->new_table));
}

static const char *trigger_text(const struct step_sink *sink, const struct object *object,
                                bool replace)
{
    const struct trigger *trigger = as_trigger(object);
    struct buffer sql = BUFFER_EMPTY;

    buffer_printf(&sql, "CREATE %s%sTRIGGER %s\n    %s", replace ? "OR REPLACE " : "",
                  trigger->constraint ? "CONSTRAINT " : "", write_name(sink, object->name),
                  trigger->timing);
    append_events(sink, &sql, trigger);
    buffer_printf(&sql, " ON %s", write_path(sink, object->parent));
    if (trigger->from_table)
        buffer_printf(&sql, "\n    FROM %s", write_path(sink, trigger->from_table));
    if (trigger->deferrable)
        buffer_printf(&sql, "\n    DEFERRABLE%s", trigger->deferred ? " INITIALLY DEFERRED" : "");
    append_transition_tables(sink, &sql, trigger);
    buffer_printf(&sql, "\n    FOR EACH %s", trigger->each_row ? "ROW" : "STATEMENT");
    if (write_expression(&trigger->condition))
        buffer_printf(&sql, "\n    WHEN %s",
                      write_parenthesized(sink, write_expression(&trigger->condition)));
    buffer_printf(&sql, "\n    EXECUTE FUNCTION %s(", trigger->function);
    for (size_t i = 0; i < trigger->arguments.count; i++)
        buffer_printf(&sql, "%s%s", i ? ", " : "",
                      write_literal(sink, trigger->arguments.items[i]));
    buffer_append(&sql, ")");
    return buffer_take(&sql, sink->arena);
}

static void set_enabled(struct step_sink *sink, const struct object *object)
{
    const char *enabled = as_trigger(object)->enabled;
    const char *word = text_equal(enabled, "disabled")  ? "DISABLE"
                       : text_equal(enabled, "replica") ? "ENABLE REPLICA"
                       : text_equal(enabled, "always")  ? "ENABLE ALWAYS"
                                                        : "ENABLE";

    write_statement(sink, LOCK_SHARE_ROW_EXCLUSIVE, "ALTER TABLE %s %s TRIGGER %s",
                    write_path(sink, object->parent), word, write_name(sink, object->name));
}

static bool is_enabled(const struct object *object)
{
    const char *enabled = as_trigger(object)->enabled;

    return !enabled || strcmp(enabled, "origin") == 0;
}

static void create_trigger(struct step_sink *sink, const struct object *object,
                           const struct pointer_list *folded)
{
    (void)folded;
    if (object->implied) { /* is there by now, as what it is a copy of was made */
        if (pg_trigger_deviates(object))
            set_enabled(sink, object);
        return;
    }
    write_statement(sink, LOCK_SHARE_ROW_EXCLUSIVE, "%s", trigger_text(sink, object, false));
    if (!is_enabled(object))
        set_enabled(sink, object);
}

static void drop_trigger(struct step_sink *sink, const struct object *object)
{
    write_statement(sink, LOCK_ACCESS_EXCLUSIVE, "DROP TRIGGER %s ON %s",
                    write_name(sink, object->name), write_path(sink, object->parent));
}

static void alter_trigger(struct step_sink *sink, const struct object *before,
                          const struct object *after, uint64_t changed)
{
    uint64_t only_enabled = field_bit(field_trigger_enabled);

    (void)before;
    if (changed != only_enabled && !after->implied) {
        write_statement(sink, LOCK_SHARE_ROW_EXCLUSIVE, "%s", trigger_text(sink, after, true));
        if (is_enabled(after))
            return;
    }
    set_enabled(sink, after);
}

static void rename_trigger(struct step_sink *sink, const struct object *object)
{
    write_statement(sink, LOCK_ACCESS_EXCLUSIVE, "ALTER TRIGGER %s ON %s RENAME TO %s",
                    write_name(sink, object->former_name), write_path(sink, object->parent),
                    write_name(sink, object->name));
}

const struct writer write_trigger_writer = {
    .create = create_trigger,
    .drop = drop_trigger,
    .alter = alter_trigger,
    .rename = rename_trigger,
};

/* --- policies -------------------------------------------------------------------------------------- */

/* Who the connection's user will be is not known without one. */
static const char *role_name(const struct step_sink *sink, const char *role)
{
    return strcmp(role, "current_user") == 0 ? "CURRENT_USER" : write_name(sink, role);
}

static const char *role_list(const struct step_sink *sink, const struct text_list *roles)
{
    return roles->count ? clause_names(sink, role_name, roles) : "PUBLIC";
}

static void append_expressions(const struct step_sink *sink, struct buffer *sql,
                               const struct policy *policy, bool using_expression,
                               bool check_expression)
{
    if (using_expression && write_expression(&policy->using_expression))
        buffer_printf(sql, "\n    USING %s",
                      write_parenthesized(sink, write_expression(&policy->using_expression)));
    if (check_expression && write_expression(&policy->check_expression))
        buffer_printf(sql, "\n    WITH CHECK %s",
                      write_parenthesized(sink, write_expression(&policy->check_expression)));
}

static void create_policy(struct step_sink *sink, const struct object *object,
                          const struct pointer_list *folded)
{
    const struct policy *policy = as_policy(object);
    struct buffer sql = BUFFER_EMPTY;

    (void)folded;
    buffer_printf(&sql, "CREATE POLICY %s ON %s", write_name(sink, object->name),
                  write_path(sink, object->parent));
    if (policy->restrictive)
        buffer_append(&sql, "\n    AS RESTRICTIVE");
    if (policy->command && strcmp(policy->command, "ALL") != 0)
        buffer_printf(&sql, "\n    FOR %s", policy->command);
    if (policy->roles.count)
        buffer_printf(&sql, "\n    TO %s", role_list(sink, &policy->roles));
    append_expressions(sink, &sql, policy, true, true);
    write_hazard(sink, write_buffer(sink, LOCK_ACCESS_EXCLUSIVE, &sql), HAZARD_CHANGE_PRIVILEGES);
}

static void drop_policy(struct step_sink *sink, const struct object *object)
{
    struct step *step =
        write_statement(sink, LOCK_ACCESS_EXCLUSIVE, "DROP POLICY %s ON %s",
                        write_name(sink, object->name), write_path(sink, object->parent));

    write_hazard(sink, step, HAZARD_CHANGE_PRIVILEGES);
}

static void alter_policy(struct step_sink *sink, const struct object *before,
                         const struct object *after, uint64_t changed)
{
    const struct policy *policy = as_policy(after);
    struct buffer sql = BUFFER_EMPTY;

    (void)before;
    buffer_printf(&sql, "ALTER POLICY %s ON %s", write_name(sink, after->name),
                  write_path(sink, after->parent));
    if (fields_has(changed, field_policy_roles))
        buffer_printf(&sql, "\n    TO %s", role_list(sink, &policy->roles));
    append_expressions(sink, &sql, policy, fields_has(changed, field_policy_using_expression),
                       fields_has(changed, field_policy_check_expression));
    write_hazard(sink, write_buffer(sink, LOCK_ACCESS_EXCLUSIVE, &sql), HAZARD_CHANGE_PRIVILEGES);
}

static void rename_policy(struct step_sink *sink, const struct object *object)
{
    write_statement(sink, LOCK_ACCESS_EXCLUSIVE, "ALTER POLICY %s ON %s RENAME TO %s",
                    write_name(sink, object->former_name), write_path(sink, object->parent),
                    write_name(sink, object->name));
}

const struct writer write_policy_writer = {
    .create = create_policy,
    .drop = drop_policy,
    .alter = alter_policy,
    .rename = rename_policy,
};
