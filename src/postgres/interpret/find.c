/* The object that a statement such as COMMENT, ALTER ... OWNER, DROP or RENAME names: the parser
 * gives its kind and a node whose shape depends on the kind. */
#include "postgres/interpret/base/interpreter.h"

#include <string.h>

#include "postgres/interpret/base/base.h"
#include "postgres/interpret/table/table.h"
#include "postgres/sql/quote.h"
#include "postgres/types/types.h"
#include "postgres/facts/universe_internal.h"

static const enum kind view_kinds[] = {KIND_VIEW, KIND_NONE};
static const enum kind materialized_view_kinds[] = {KIND_MATERIALIZED_VIEW, KIND_NONE};
static const enum kind relation_kinds[] = {KIND_TABLE,       KIND_VIEW,     KIND_MATERIALIZED_VIEW,
                                           KIND_SEQUENCE,    KIND_IDENTITY, KIND_INDEX,
                                           KIND_PRIMARY_KEY, KIND_UNIQUE,   KIND_EXCLUSION,
                                           KIND_COMPOSITE,   KIND_NONE};
static const enum kind column_parents[] = {KIND_TABLE, KIND_VIEW, KIND_MATERIALIZED_VIEW,
                                           KIND_COMPOSITE, KIND_NONE};
static const enum kind child_parents[] = {KIND_TABLE, KIND_VIEW, KIND_MATERIALIZED_VIEW, KIND_NONE};

/* --- what is left out on purpose -------------------------------------------------------------- */

bool interpret_is_system_schema(const char *schema)
{
    return schema && (strncmp(schema, "pg_", 3) == 0 || strcmp(schema, "plumb") == 0 ||
                      strcmp(schema, "information_schema") == 0);
}

static enum outcome leave_out(struct interpreter *interpreter)
{
    interpret_note(interpreter, "statement on an object of the server or an extension skipped",
                   "statements on objects of the server or of extensions skipped");
    return OUTCOME_DONE;
}

static void see_any(void *object, int place, void *context)
{
    bool *seen = context;

    (void)object;
    (void)place;
    *seen = true;
}

static bool is_foreign_function(struct interpreter *interpreter, List *names)
{
    const char *schema;
    const char *name;
    bool seen = false;

    interpret_name(names, &schema, &name);
    universe_functions(interpret_universe(interpreter), schema, name, see_any, &seen);
    return seen;
}

/* Where nothing else helps, a name in an extension's schema is taken for one of its members. */
static bool may_be_member(const struct interpreter *interpreter, const char *schema)
{
    return interpreter->rounds.lenient && interpreter->unknown_extension &&
           (!schema ||
            (interpreter->unknown_schema && strcmp(schema, interpreter->unknown_schema) == 0));
}

const char *interpret_print_object(struct interpreter *interpreter, Node *name)
{
    const ListCell *cell;

    switch (nodeTag(name)) {
    case T_String:
        return pg_quote_name(interpreter->arena, strVal(name));
    case T_TypeName:
        return interpret_print_name(interpreter, castNode(TypeName, name)->names);
    case T_ObjectWithArgs:
        return interpret_print_name(interpreter, castNode(ObjectWithArgs, name)->objname);
    case T_RangeVar:
        return pg_qualify(interpreter->arena, castNode(RangeVar, name)->schemaname,
                          castNode(RangeVar, name)->relname);
    case T_List:
        foreach (cell, (List *)name)
            if (!IsA(lfirst(cell), String))
                return "";
        return interpret_print_name(interpreter, (List *)name);
    default:
        return "";
    }
}

/* --- relations and their parts ---------------------------------------------------------------- */

static RangeVar *relation_name(List *names)
{
    const char *schema;
    const char *name;
    union {
        const char *constant;
        char *plain;
    } schema_name, relation;

    interpret_name(names, &schema, &name);
    schema_name.constant = schema;
    relation.constant = name;
    return makeRangeVar(schema_name.plain, relation.plain, -1);
}

static enum outcome find_relation(struct interpreter *interpreter, const RangeVar *name,
                                  const enum kind *kinds, struct object **object)
{
    *object = interpret_find_relation(interpreter, name->schemaname, name->relname, kinds);
    if (*object)
        return OUTCOME_DONE;
    if (interpret_is_system_schema(name->schemaname) ||
        may_be_member(interpreter, name->schemaname))
        return leave_out(interpreter);
    if (pg_universe_relation(interpret_universe(interpreter), name->schemaname, name->relname) &&
        !interpret_find_relation(interpreter, name->schemaname, name->relname, relation_kinds))
        return leave_out(interpreter);
    return interpret_no_relation(interpreter, name, kinds);
}

/* A view's column is an object only from the moment on that something hangs on it. */
static enum outcome view_column(struct interpreter *interpreter, struct object *view,
                                const char *name, struct object **object)
{
    const struct text_list *columns;

    *object = object_child(view, KIND_COLUMN, name);
    if (*object)
        return OUTCOME_DONE;
    *object = interpret_add_implied(interpreter, KIND_COLUMN, view, name, NULL, -1);
    if (!*object)
        return interpret_failed(interpreter);
    as_column(*object)->statistics = -1;
    columns =
        view->kind == KIND_VIEW ? &as_view(view)->columns : &as_materialized_view(view)->columns;
    for (size_t i = 0; i < columns->count; i++)
        if (strcmp(columns->items[i], name) == 0)
            as_column(*object)->position = (int64_t)i + 1;
    return OUTCOME_DONE;
}

enum outcome interpret_find_column(struct interpreter *interpreter, struct object *relation,
                                   const char *name, int location, struct object **object)
{
    enum kind kind = relation->kind == KIND_COMPOSITE ? KIND_ATTRIBUTE : KIND_COLUMN;

    if (relation->kind == KIND_VIEW || relation->kind == KIND_MATERIALIZED_VIEW)
        return view_column(interpreter, relation, name, object);
    *object = object_child(relation, kind, name);
    return *object ? OUTCOME_DONE : interpret_no_child(interpreter, relation, kind, name, location);
}

static enum outcome find_column(struct interpreter *interpreter, List *names,
                                struct object **object)
{
    List *path = interpret_all_but_last(names);
    struct object *relation = NULL;
    enum outcome outcome;

    if (list_length(path) == 0)
        return interpret_fail(interpreter, -1, "the column's table is not named");
    outcome = find_relation(interpreter, relation_name(path), column_parents, &relation);
    if (outcome != OUTCOME_DONE || !relation)
        return outcome;
    return interpret_find_column(interpreter, relation, strVal(llast(names)), -1, object);
}

struct object *interpret_find_constraint(const struct object *table, const char *name)
{
    for (struct object *child = table->first_child; child; child = child->next_sibling)
        switch (child->kind) {
        case KIND_CHECK:
        case KIND_PRIMARY_KEY:
        case KIND_UNIQUE:
        case KIND_EXCLUSION:
        case KIND_FOREIGN_KEY:
            if (strcmp(child->name, name) == 0)
                return child;
            break;
        default:
            break;
        }
    return NULL;
}

/* NOT NULL constraints have names too. */
static struct object *find_not_null(struct interpreter *interpreter, const struct object *table,
                                    const char *name)
{
    for (struct object *column = NULL;
         (column = object_next_child(table, KIND_COLUMN, column)) != NULL;) {
        struct object *not_null = object_next_child(column, KIND_NOT_NULL, NULL);

        if (not_null && strcmp(column_not_null_name(interpreter, not_null), name) == 0)
            return not_null;
    }
    return NULL;
}

/* Triggers, policies and constraints: the table's name and then its own. */
static enum outcome find_part(struct interpreter *interpreter, ObjectType type, List *names,
                              struct object **object)
{
    List *path = interpret_all_but_last(names);
    const char *name = strVal(llast(names));
    struct object *relation = NULL;
    enum kind kind = type == OBJECT_TRIGGER  ? KIND_TRIGGER
                     : type == OBJECT_POLICY ? KIND_POLICY
                                             : KIND_CHECK;
    enum outcome outcome =
        find_relation(interpreter, relation_name(path), child_parents, &relation);

    if (outcome != OUTCOME_DONE || !relation)
        return outcome;
    if (kind != KIND_CHECK)
        *object = object_child(relation, kind, name);
    else
        *object = interpret_find_constraint(relation, name);
    if (!*object && kind == KIND_CHECK)
        *object = find_not_null(interpreter, relation, name);
    if (!*object && kind == KIND_CHECK && object_child(relation, KIND_TRIGGER, name))
        return leave_out(interpreter); /* the constraint behind a constraint trigger */
    if (*object)
        return OUTCOME_DONE;
    if (kind == KIND_CHECK)
        return interpret_missing(interpreter, -1, "constraint \"%s\" of table %s does not exist",
                                 name, relation->name);
    return interpret_no_child(interpreter, relation, kind, name, -1);
}

static enum outcome find_domain_constraint(struct interpreter *interpreter, List *names,
                                           struct object **object)
{
    struct object *domain = NULL;
    enum outcome outcome =
        interpret_find_object(interpreter, OBJECT_DOMAIN, linitial(names), &domain);

    if (outcome != OUTCOME_DONE || !domain)
        return outcome;
    *object = object_child(domain, KIND_DOMAIN_CHECK, strVal(lsecond(names)));
    return *object ? OUTCOME_DONE
                   : interpret_no_child(interpreter, domain, KIND_DOMAIN_CHECK,
                                        strVal(lsecond(names)), -1);
}

/* --- types, routines, schemas ----------------------------------------------------------------- */

static enum outcome find_type(struct interpreter *interpreter, ObjectType type, Node *name,
                              struct object **object)
{
    List *names = IsA(name, TypeName) ? castNode(TypeName, name)->names : (List *)name;
    TypeName *type_name = makeTypeNameFromNameList(names);
    struct error ignored = {0};
    const struct pg_type *found;
    const char *schema;
    const char *bare;
    int32_t typmod;

    interpret_name(names, &schema, &bare);
    *object = interpret_find_type(interpreter, schema, bare);
    if (!*object)
        *object = interpret_find_unmodelled(interpreter, OBJECT_TYPE, (Node *)names);
    if (*object)
        return OUTCOME_DONE;
    found = pg_resolve_type_name(interpret_universe(interpreter), type_name, &typmod, &ignored);
    if ((found && !interpret_type_object(interpreter, found)) || may_be_member(interpreter, schema))
        return leave_out(interpreter);
    interpret_missing(interpreter, -1, "%s %s does not exist",
                      type == OBJECT_DOMAIN ? "domain" : "type",
                      interpret_print_name(interpreter, names));
    return OUTCOME_MISSING;
}

static enum outcome find_routine(struct interpreter *interpreter, ObjectType type,
                                 ObjectWithArgs *name, struct object **object)
{
    const char *schema;
    const char *bare;
    enum kind kind = type == OBJECT_AGGREGATE                              ? KIND_AGGREGATE
                     : type == OBJECT_FUNCTION || type == OBJECT_PROCEDURE ? KIND_FUNCTION
                                                                           : KIND_NONE;

    interpret_name(name->objname, &schema, &bare);
    /* GRANT ... ON FUNCTION takes aggregates as well. */
    *object =
        interpret_find_routine(interpreter, kind == KIND_FUNCTION ? KIND_NONE : kind, name, -1);
    if (*object)
        return OUTCOME_DONE;
    if (interpret_is_system_schema(schema) || may_be_member(interpreter, schema) ||
        is_foreign_function(interpreter, name->objname))
        return leave_out(interpreter);
    return interpret_failed(interpreter);
}

static enum outcome find_schema(struct interpreter *interpreter, const char *name,
                                struct object **object)
{
    *object = interpret_schema(interpreter, name);
    if (*object)
        return OUTCOME_DONE;
    if (interpret_is_system_schema(name))
        return leave_out(interpreter);
    return interpret_no_object(interpreter, KIND_SCHEMA, list_make1(makeString(pstrdup(name))), -1);
}

static enum outcome find_extension(struct interpreter *interpreter, const char *name,
                                   struct object **object)
{
    if (strcmp(name, "plpgsql") == 0)
        return OUTCOME_DONE;
    *object = model_find(interpreter->model, KIND_EXTENSION, NULL, name, NULL);
    return *object ? OUTCOME_DONE
                   : interpret_no_object(interpreter, KIND_EXTENSION,
                                         list_make1(makeString(pstrdup(name))), -1);
}

/* --- all kinds -------------------------------------------------------------------------------- */

static enum outcome find_unmodelled(struct interpreter *interpreter, ObjectType type, Node *name,
                                    struct object **object)
{
    *object = interpret_find_unmodelled(interpreter, type, name);
    if (*object)
        return OUTCOME_DONE;
    if (type == OBJECT_LANGUAGE || interpret_may_be_foreign(interpreter, type))
        return leave_out(interpreter);
    return interpret_missing(interpreter, -1, "%s %s does not exist",
                             interpret_unmodelled_class(type),
                             interpret_print_object(interpreter, name));
}

static const enum kind *kinds_of(ObjectType type)
{
    switch (type) {
    case OBJECT_VIEW:
        return view_kinds;
    case OBJECT_MATVIEW:
        return materialized_view_kinds;
    case OBJECT_SEQUENCE:
        return interpret_sequence_kinds;
    case OBJECT_INDEX:
        return interpret_index_kinds;
    default:
        return relation_kinds;
    }
}

enum outcome interpret_find_object(struct interpreter *interpreter, ObjectType type, Node *name,
                                   struct object **object)
{
    *object = NULL;
    switch (type) {
    case OBJECT_TABLE:
    case OBJECT_FOREIGN_TABLE:
    case OBJECT_VIEW:
    case OBJECT_MATVIEW:
    case OBJECT_SEQUENCE:
    case OBJECT_INDEX:
        return find_relation(interpreter,
                             IsA(name, RangeVar) ? castNode(RangeVar, name)
                                                 : relation_name((List *)name),
                             kinds_of(type), object);
    case OBJECT_COLUMN:
        return find_column(interpreter, (List *)name, object);
    case OBJECT_TABCONSTRAINT:
    case OBJECT_TRIGGER:
    case OBJECT_POLICY:
        return find_part(interpreter, type, (List *)name, object);
    case OBJECT_DOMCONSTRAINT:
        return find_domain_constraint(interpreter, (List *)name, object);
    case OBJECT_TYPE:
    case OBJECT_DOMAIN:
        return find_type(interpreter, type, name, object);
    case OBJECT_FUNCTION:
    case OBJECT_PROCEDURE:
    case OBJECT_ROUTINE:
    case OBJECT_AGGREGATE:
        return find_routine(interpreter, type, castNode(ObjectWithArgs, name), object);
    case OBJECT_SCHEMA:
        return find_schema(interpreter, strVal(name), object);
    case OBJECT_EXTENSION:
        return find_extension(interpreter, strVal(name), object);
    case OBJECT_DATABASE:
    case OBJECT_ROLE:
    case OBJECT_TABLESPACE:
    case OBJECT_LARGEOBJECT:
    case OBJECT_PARAMETER_ACL:
        return leave_out(interpreter);
    default:
        return find_unmodelled(interpreter, type, name, object);
    }
}
