/* Triggers and policies. */
#include <stdlib.h>
#include <string.h>

#include "core/buffer.h"
#include "postgres/catalog/catalog.h"
#include "postgres/sql/quote.h"

/* --- triggers ------------------------------------------------------------------------------------ */

enum {
    TRIGGER_OID,
    TRIGGER_NAME,
    TRIGGER_TABLE,
    TRIGGER_TYPE,
    TRIGGER_COLUMNS,
    TRIGGER_DEFINITION,
    TRIGGER_FUNCTION_OID,
    TRIGGER_FUNCTION_SCHEMA,
    TRIGGER_FUNCTION,
    TRIGGER_ARGUMENTS,
    TRIGGER_OLD_TABLE,
    TRIGGER_NEW_TABLE,
    TRIGGER_CONSTRAINT,
    TRIGGER_FROM,
    TRIGGER_DEFERRABLE,
    TRIGGER_DEFERRED,
    TRIGGER_ENABLED,
    TRIGGER_PARENT
};

/* Copies that partitions got from the partitioned table count as internal before 15; triggers of
 * foreign keys and of deferrable keys always do. */
static const char triggers_sql[] =
    "SELECT t.oid, t.tgname, t.tgrelid, t.tgtype, t.tgattr, "
    "CASE WHEN t.tgqual IS NOT NULL THEN pg_get_triggerdef(t.oid) END, "
    "p.oid, pn.nspname, p.proname, encode(t.tgargs, 'hex'), t.tgoldtable, t.tgnewtable, "
    "k.oid, t.tgconstrrelid, t.tgdeferrable, t.tginitdeferred, t.tgenabled, t.tgparentid "
    "FROM pg_catalog.pg_trigger t JOIN pg_catalog.pg_proc p ON p.oid = t.tgfoid "
    "JOIN pg_catalog.pg_namespace pn ON pn.oid = p.pronamespace "
    "LEFT JOIN pg_catalog.pg_constraint k ON k.oid = t.tgconstraint "
    "WHERE NOT t.tgisinternal OR t.tgparentid <> 0 AND (k.oid IS NULL OR k.contype = 't')";

/* The bits of tgtype. */
enum {
    TYPE_ROW = 1,
    TYPE_BEFORE = 2,
    TYPE_INSERT = 4,
    TYPE_DELETE = 8,
    TYPE_UPDATE = 16,
    TYPE_TRUNCATE = 32,
    TYPE_INSTEAD = 64
};

static void read_events(struct catalog *catalog, int64_t type, struct trigger *trigger)
{
    static const struct {
        int bit;
        const char *name;
    } events[] = {{TYPE_INSERT, "INSERT"},
                  {TYPE_DELETE, "DELETE"},
                  {TYPE_UPDATE, "UPDATE"},
                  {TYPE_TRUNCATE, "TRUNCATE"}};

    trigger->timing = type & TYPE_INSTEAD ? "INSTEAD OF" : type & TYPE_BEFORE ? "BEFORE" : "AFTER";
    trigger->each_row = (type & TYPE_ROW) != 0;
    for (size_t i = 0; i < sizeof(events) / sizeof(events[0]); i++)
        if (type & events[i].bit)
            text_list_add(&trigger->events, catalog->arena, events[i].name);
}

/* The condition can be had only as a part of the whole definition: "... WHEN (condition) EXECUTE". */
static const char *read_condition(struct catalog *catalog, const char *definition)
{
    static const char when[] = " WHEN (";
    const char *found = definition ? catalog_find(definition, when) : NULL;

    return found ? catalog_group(catalog->arena, found + sizeof(when) - 2) : NULL;
}

/* Hexadecimal digits; each argument ends with a zero byte. */
static struct text_list read_trigger_arguments(struct catalog *catalog, const char *hex)
{
    struct text_list list = {0};
    struct buffer argument = BUFFER_EMPTY;

    for (; hex && hex[0] && hex[1]; hex += 2) {
        char digits[3] = {hex[0], hex[1], 0};
        char byte = (char)strtol(digits, NULL, 16);

        if (byte)
            buffer_append_char(&argument, byte);
        else
            text_list_add(&list, catalog->arena, buffer_take(&argument, catalog->arena));
    }
    buffer_free(&argument);
    return list;
}

static const char *enabled_name(char letter)
{
    switch (letter) {
    case 'D':
        return "disabled";
    case 'R':
        return "replica";
    case 'A':
        return "always";
    default:
        return "origin";
    }
}

static const char *function_name(struct catalog *catalog, const struct row *row)
{
    const char *schema = row_raw(row, TRIGGER_FUNCTION_SCHEMA);

    return pg_qualify(catalog->arena, strcmp(schema, "pg_catalog") == 0 ? NULL : schema,
                      row_raw(row, TRIGGER_FUNCTION));
}

static void read_trigger(struct catalog *catalog, const struct row *row, struct trigger *trigger)
{
    read_events(catalog, row_number(row, TRIGGER_TYPE), trigger);
    trigger->columns = row_columns(catalog, row, TRIGGER_COLUMNS, row_oid(row, TRIGGER_TABLE), 0);
    trigger->condition.written = read_condition(catalog, row_raw(row, TRIGGER_DEFINITION));
    trigger->function = function_name(catalog, row);
    trigger->arguments = read_trigger_arguments(catalog, row_raw(row, TRIGGER_ARGUMENTS));
    trigger->old_table = row_text(catalog, row, TRIGGER_OLD_TABLE);
    trigger->new_table = row_text(catalog, row, TRIGGER_NEW_TABLE);
    trigger->constraint = row_raw(row, TRIGGER_CONSTRAINT) != NULL;
    trigger->from_table = catalog_get(catalog, CLASS_RELATION, row_oid(row, TRIGGER_FROM), 0);
    trigger->deferrable = row_flag(row, TRIGGER_DEFERRABLE);
    trigger->deferred = row_flag(row, TRIGGER_DEFERRED);
    trigger->enabled = enabled_name(row_letter(row, TRIGGER_ENABLED));
}

static void trigger_row(struct catalog *catalog, const struct row *row)
{
    struct object *table = catalog_get(catalog, CLASS_RELATION, row_oid(row, TRIGGER_TABLE), 0);
    struct object *object;

    if (!table || (table->kind != KIND_TABLE && table->kind != KIND_VIEW))
        return;
    object = catalog_add_known(catalog, KIND_TRIGGER, table, row_raw(row, TRIGGER_NAME),
                               CLASS_TRIGGER, row_oid(row, TRIGGER_OID));
    object->implied = row_oid(row, TRIGGER_PARENT) != 0;
    read_trigger(catalog, row, as_trigger(object));
    model_need(catalog->model, object,
               catalog_get(catalog, CLASS_ROUTINE, row_oid(row, TRIGGER_FUNCTION_OID), 0));
}

const struct catalog_query catalog_triggers = {
    .what = "triggers", .sql = triggers_sql, .row = trigger_row};

/* --- policies ------------------------------------------------------------------------------------ */

enum {
    POLICY_OID,
    POLICY_NAME,
    POLICY_TABLE,
    POLICY_COMMAND,
    POLICY_PERMISSIVE,
    POLICY_ROLES,
    POLICY_USING,
    POLICY_CHECK
};

static const char policies_sql[] =
    "SELECT p.oid, p.polname, p.polrelid, p.polcmd, p.polpermissive, p.polroles, "
    "pg_get_expr(p.polqual, p.polrelid), "
    "pg_get_expr(p.polwithcheck, p.polrelid) FROM pg_catalog.pg_policy p";

static const char *command_name(char letter)
{
    switch (letter) {
    case 'r':
        return "SELECT";
    case 'a':
        return "INSERT";
    case 'w':
        return "UPDATE";
    case 'd':
        return "DELETE";
    default:
        return "ALL";
    }
}

/* Role 0 is PUBLIC, and then the only one. */
static struct text_list read_roles(struct catalog *catalog, const struct row *row)
{
    struct text_list oids = row_list(catalog, row, POLICY_ROLES);
    struct text_list roles = {0};

    for (size_t i = 0; i < oids.count; i++) {
        uint32_t oid = (uint32_t)strtoul(oids.items[i], NULL, 10);

        if (oid)
            text_list_add(&roles, catalog->arena, catalog_role(catalog, oid));
    }
    return roles;
}

static void policy_row(struct catalog *catalog, const struct row *row)
{
    struct object *table = catalog_get(catalog, CLASS_RELATION, row_oid(row, POLICY_TABLE), 0);
    struct object *object;
    struct policy *policy;

    if (!table || table->kind != KIND_TABLE)
        return;
    object = catalog_add_known(catalog, KIND_POLICY, table, row_raw(row, POLICY_NAME), CLASS_POLICY,
                               row_oid(row, POLICY_OID));
    policy = as_policy(object);
    policy->command = command_name(row_letter(row, POLICY_COMMAND));
    policy->restrictive = !row_flag(row, POLICY_PERMISSIVE);
    policy->roles = read_roles(catalog, row);
    policy->using_expression = row_expression(catalog, row, POLICY_USING);
    policy->check_expression = row_expression(catalog, row, POLICY_CHECK);
}

const struct catalog_query catalog_policies = {
    .what = "policies", .sql = policies_sql, .row = policy_row};
