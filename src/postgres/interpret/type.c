/* Types: enums, domains, composites, ranges. */
#include "postgres/interpret/base/interpreter.h"

#include <string.h>

#include "dialect/annotation.h"
#include "postgres/interpret/base/base.h"
#include "postgres/sql/quote.h"
#include "postgres/sql/scan.h"
#include "postgres/types/type_text.h"

/* The schema for a new type; NULL: reported. */
static struct object *place_of(struct interpreter *interpreter, List *names, const char **name)
{
    const char *schema;

    interpret_name(names, &schema, name);
    return interpret_creation_schema(interpreter, schema, -1);
}

/* The type that a statement alters; NULL: reported as missing. */
static struct object *find_type(struct interpreter *interpreter, enum kind kind, List *names)
{
    const char *schema;
    const char *name;
    struct object *object;

    interpret_name(names, &schema, &name);
    object = interpret_find(interpreter, kind, schema, name, NULL);
    if (!object)
        interpret_no_object(interpreter, kind, names, -1);
    return object;
}

/* --- enums ------------------------------------------------------------------------------------ */

/* The rename annotations of an enum's labels: label number i is the i-th string in the
 * statement. */
static void annotate_labels(struct interpreter *interpreter, struct object *object)
{
    const struct enumeration *enumeration = as_enumeration(object);
    struct interpret_file *file = interpreter->file;
    size_t end = (size_t)(interpreter->statement->offset + interpreter->statement->length);
    struct pg_token token = {.end = (size_t)interpreter->statement->offset};
    struct annotation *annotation;
    size_t label = 0;

    if (!file->annotated.count)
        return;
    while (label < enumeration->labels.count && pg_scan_code(file->text, end, token.end, &token)) {
        if (token.kind != PG_TOKEN_STRING)
            continue;
        while ((annotation = annotation_take(&file->annotated, token.start, 0, REACH_ELEMENT)))
            model_request_rename(
                interpreter->model,
                (struct rename_request){
                    .enumeration = object,
                    .label = enumeration->labels.items[label],
                    .former_name = annotation->former_name,
                    .location = interpret_location(interpreter, (int)annotation->offset)});
        label++;
    }
}

enum outcome interpret_create_enum(struct interpreter *interpreter, CreateEnumStmt *statement)
{
    const char *name;
    struct object *schema = place_of(interpreter, statement->typeName, &name);
    struct text_list labels = {0};
    struct map known = map_new(interpreter->arena);
    struct object *object;
    ListCell *cell;

    if (!schema)
        return interpret_failed(interpreter);
    foreach (cell, statement->vals) {
        const char *label = strVal(lfirst(cell));

        if (!map_add(&known, label))
            return interpret_fail(interpreter, -1, "the label '%s' of enum %s occurs twice", label,
                                  name);
        text_list_add(&labels, interpreter->arena, arena_strdup(interpreter->arena, label));
    }
    object = interpret_add(interpreter, KIND_ENUM, schema, name, NULL, -1);
    if (!object)
        return interpret_failed(interpreter);
    as_enumeration(object)->labels = labels;
    annotate_labels(interpreter, object);
    interpret_register(interpreter, object);
    return OUTCOME_DONE;
}

static size_t find_label(const struct text_list *labels, const char *label)
{
    size_t at = 0;

    while (at < labels->count && strcmp(labels->items[at], label) != 0)
        at++;
    return at;
}

static void insert_label(struct interpreter *interpreter, struct text_list *labels, size_t at,
                         const char *label)
{
    text_list_add(labels, interpreter->arena, arena_strdup(interpreter->arena, label));
    for (size_t i = labels->count - 1; i > at; i--) {
        const char *moved = labels->items[i];

        labels->items[i] = labels->items[i - 1];
        labels->items[i - 1] = moved;
    }
}

enum outcome interpret_alter_enum(struct interpreter *interpreter, AlterEnumStmt *statement)
{
    struct object *object = find_type(interpreter, KIND_ENUM, statement->typeName);
    struct text_list *labels;
    size_t at;

    if (!object)
        return interpret_failed(interpreter);
    labels = &as_enumeration(object)->labels;
    if (statement->oldVal) {
        at = find_label(labels, statement->oldVal);
        if (at == labels->count)
            return interpret_missing(interpreter, -1, "enum %s has no label '%s'", object->name,
                                     statement->oldVal);
        if (find_label(labels, statement->newVal) < labels->count) {
            interpreter->exists = true;
            return interpret_fail(interpreter, -1, "enum %s has the label '%s' already",
                                  object->name, statement->newVal);
        }
        labels->items[at] = arena_strdup(interpreter->arena, statement->newVal);
        return OUTCOME_DONE;
    }
    if (find_label(labels, statement->newVal) < labels->count) {
        if (statement->skipIfNewValExists)
            return OUTCOME_DONE;
        interpreter->exists = true;
        return interpret_fail(interpreter, -1, "enum %s has the label '%s' already", object->name,
                              statement->newVal);
    }
    at = labels->count;
    if (statement->newValNeighbor) {
        at = find_label(labels, statement->newValNeighbor);
        if (at == labels->count)
            return interpret_missing(interpreter, -1, "enum %s has no label '%s'", object->name,
                                     statement->newValNeighbor);
        if (statement->newValIsAfter)
            at++;
    }
    insert_label(interpreter, labels, at, statement->newVal);
    return OUTCOME_DONE;
}

/* --- domains ---------------------------------------------------------------------------------- */

static bool domain_name_taken(struct interpreter *interpreter, const char *name, void *context)
{
    const struct object *object = context;

    (void)interpreter;
    return object_child(object, KIND_DOMAIN_CHECK, name) != NULL ||
           (as_domain(object)->not_null_name &&
            strcmp(as_domain(object)->not_null_name, name) == 0);
}

static enum outcome add_domain_check(struct interpreter *interpreter, struct object *object,
                                     const Constraint *constraint)
{
    const char *name = constraint->conname;
    struct expression expression = interpret_written(interpreter, constraint->raw_expr);
    struct object *check;

    if (!expression.written)
        return interpret_failed(interpreter);
    if (!name)
        name = interpret_choose_name(interpreter, object->name, NULL, "check", domain_name_taken,
                                     object);
    check = interpret_add(interpreter, KIND_DOMAIN_CHECK, object, name, NULL, constraint->location);
    if (!check)
        return interpret_failed(interpreter);
    check->name_chosen = !constraint->conname;
    as_domain_check(check)->expression = expression;
    as_domain_check(check)->not_valid = constraint->skip_validation;
    return OUTCOME_DONE;
}

static bool is_null_constant(const Node *expression)
{
    return IsA(expression, A_Const) && ((const A_Const *)expression)->isnull;
}

/* NOT NULL, NULL and DEFAULT; checks come when the domain is in the model. */
static enum outcome apply_domain_constraint(struct interpreter *interpreter, struct domain *domain,
                                            const Constraint *constraint)
{
    switch (constraint->contype) {
    case CONSTR_NOTNULL:
        domain->not_null = true;
        domain->not_null_name = arena_strdup(interpreter->arena, constraint->conname);
        return OUTCOME_DONE;
    case CONSTR_NULL:
        domain->not_null = false;
        return OUTCOME_DONE;
    case CONSTR_DEFAULT:
        domain->default_value = (struct expression){0};
        if (!is_null_constant(constraint->raw_expr))
            domain->default_value = interpret_written(interpreter, constraint->raw_expr);
        return OUTCOME_DONE;
    case CONSTR_CHECK:
        return OUTCOME_DONE;
    default:
        return interpret_fail(interpreter, constraint->location,
                              "a domain cannot have this constraint");
    }
}

enum outcome interpret_create_domain(struct interpreter *interpreter, CreateDomainStmt *statement)
{
    const char *name;
    struct object *schema = place_of(interpreter, statement->domainname, &name);
    const char *type = schema ? interpret_type(interpreter, statement->typeName) : NULL;
    struct domain fields = {.type = type};
    struct object *object;
    ListCell *cell;

    if (!type)
        return interpret_failed(interpreter);
    fields.collation = interpret_collation(interpreter, statement->collClause);
    foreach (cell, statement->constraints)
        if (apply_domain_constraint(interpreter, &fields, lfirst_node(Constraint, cell)) !=
            OUTCOME_DONE)
            return OUTCOME_FAILED;
    object = interpret_add(interpreter, KIND_DOMAIN, schema, name, NULL, -1);
    if (!object)
        return interpret_failed(interpreter);
    fields.object = *object;
    *as_domain(object) = fields;
    foreach (cell, statement->constraints) {
        const Constraint *constraint = lfirst_node(Constraint, cell);

        if (constraint->contype == CONSTR_CHECK &&
            add_domain_check(interpreter, object, constraint) != OUTCOME_DONE)
            return OUTCOME_FAILED;
    }
    interpret_register(interpreter, object);
    return OUTCOME_DONE;
}

static enum outcome add_domain_constraint(struct interpreter *interpreter, struct object *object,
                                          const Constraint *constraint)
{
    if (constraint->contype == CONSTR_CHECK)
        return add_domain_check(interpreter, object, constraint);
    return apply_domain_constraint(interpreter, as_domain(object), constraint);
}

static enum outcome drop_domain_constraint(struct interpreter *interpreter, struct object *object,
                                           const AlterDomainStmt *statement)
{
    struct object *check = object_child(object, KIND_DOMAIN_CHECK, statement->name);
    struct domain *domain = as_domain(object);

    if (check) {
        interpret_remove(interpreter, check);
        return OUTCOME_DONE;
    }
    if (domain->not_null && domain->not_null_name &&
        strcmp(domain->not_null_name, statement->name) == 0) {
        domain->not_null = false;
        domain->not_null_name = NULL;
        return OUTCOME_DONE;
    }
    if (statement->missing_ok)
        return OUTCOME_DONE;
    return interpret_no_child(interpreter, object, KIND_DOMAIN_CHECK, statement->name, -1);
}

static enum outcome validate_domain_constraint(struct interpreter *interpreter,
                                               struct object *object, const char *name)
{
    struct object *check = object_child(object, KIND_DOMAIN_CHECK, name);

    if (!check)
        return interpret_no_child(interpreter, object, KIND_DOMAIN_CHECK, name, -1);
    as_domain_check(check)->not_valid = false;
    return OUTCOME_DONE;
}

enum outcome interpret_alter_domain(struct interpreter *interpreter, AlterDomainStmt *statement)
{
    struct object *object = find_type(interpreter, KIND_DOMAIN, statement->typeName);
    struct domain *domain;

    if (!object)
        return interpret_failed(interpreter);
    domain = as_domain(object);
    switch (statement->subtype) {
    case 'T':
        domain->default_value = (struct expression){0};
        if (statement->def && !is_null_constant(statement->def))
            domain->default_value = interpret_written(interpreter, statement->def);
        object->search_path = interpreter->search_path;
        return OUTCOME_DONE;
    case 'N':
        domain->not_null = false;
        domain->not_null_name = NULL;
        return OUTCOME_DONE;
    case 'O':
        domain->not_null = true;
        return OUTCOME_DONE;
    case 'C':
        return add_domain_constraint(interpreter, object, castNode(Constraint, statement->def));
    case 'X':
        return drop_domain_constraint(interpreter, object, statement);
    case 'V':
        return validate_domain_constraint(interpreter, object, statement->name);
    default:
        return interpret_fail(interpreter, -1, "this ALTER DOMAIN is not understood");
    }
}

/* --- composites ------------------------------------------------------------------------------- */

static enum outcome read_attribute(struct interpreter *interpreter, const ColumnDef *column,
                                   struct attribute *attribute)
{
    attribute->type = interpret_type(interpreter, column->typeName);
    attribute->collation = interpret_collation(interpreter, column->collClause);
    return attribute->type ? OUTCOME_DONE : interpret_failed(interpreter);
}

static enum outcome add_attribute(struct interpreter *interpreter, struct object *object,
                                  const ColumnDef *column, int64_t position)
{
    struct attribute fields = {.position = position};
    enum outcome outcome = read_attribute(interpreter, column, &fields);
    struct object *attribute;

    if (outcome != OUTCOME_DONE)
        return outcome;
    attribute =
        interpret_add(interpreter, KIND_ATTRIBUTE, object, column->colname, NULL, column->location);
    if (!attribute)
        return interpret_failed(interpreter);
    fields.object = *attribute;
    *as_attribute(attribute) = fields;
    return OUTCOME_DONE;
}

/* All types have to be known before anything is made. */
static enum outcome check_attributes(struct interpreter *interpreter, List *columns)
{
    struct text_list names = {0};
    ListCell *cell;

    foreach (cell, columns) {
        const ColumnDef *column = lfirst_node(ColumnDef, cell);

        if (!interpret_type(interpreter, column->typeName))
            return interpret_failed(interpreter);
        if (text_list_contains(&names, column->colname))
            return interpret_fail(interpreter, column->location, "attribute %s occurs twice",
                                  column->colname);
        text_list_add(&names, interpreter->arena, column->colname);
    }
    return OUTCOME_DONE;
}

enum outcome interpret_create_composite(struct interpreter *interpreter,
                                        CompositeTypeStmt *statement)
{
    struct object *schema = interpret_creation_schema(interpreter, statement->typevar->schemaname,
                                                      statement->typevar->location);
    struct object *object;
    int64_t position = 0;
    ListCell *cell;

    if (!schema || check_attributes(interpreter, statement->coldeflist) != OUTCOME_DONE)
        return interpret_failed(interpreter);
    object =
        interpret_add(interpreter, KIND_COMPOSITE, schema, statement->typevar->relname, NULL, -1);
    if (!object)
        return interpret_failed(interpreter);
    foreach (cell, statement->coldeflist) {
        enum outcome outcome =
            add_attribute(interpreter, object, lfirst_node(ColumnDef, cell), ++position);

        if (outcome != OUTCOME_DONE)
            return outcome;
    }
    return OUTCOME_DONE;
}

static int64_t last_position(const struct object *object)
{
    int64_t last = 0;

    for (const struct object *child = NULL;
         (child = object_next_child(object, KIND_ATTRIBUTE, child)) != NULL;)
        if (as_attribute(child)->position > last)
            last = as_attribute(child)->position;
    return last;
}

static enum outcome drop_attribute(struct interpreter *interpreter, struct object *object,
                                   const AlterTableCmd *command)
{
    struct object *attribute = object_child(object, KIND_ATTRIBUTE, command->name);
    int64_t position;

    if (!attribute)
        return command->missing_ok
                   ? OUTCOME_DONE
                   : interpret_no_child(interpreter, object, KIND_ATTRIBUTE, command->name, -1);
    position = as_attribute(attribute)->position;
    interpret_remove(interpreter, attribute);
    for (struct object *child = NULL;
         (child = object_next_child(object, KIND_ATTRIBUTE, child)) != NULL;)
        if (as_attribute(child)->position > position)
            as_attribute(child)->position--;
    return OUTCOME_DONE;
}

static enum outcome alter_attribute(struct interpreter *interpreter, struct object *object,
                                    const AlterTableCmd *command)
{
    struct object *child = object_child(object, KIND_ATTRIBUTE, command->name);
    struct attribute fields = {0};
    enum outcome outcome;

    if (!child)
        return interpret_no_child(interpreter, object, KIND_ATTRIBUTE, command->name, -1);
    outcome = read_attribute(interpreter, castNode(ColumnDef, command->def), &fields);
    if (outcome != OUTCOME_DONE)
        return outcome;
    as_attribute(child)->type = fields.type;
    as_attribute(child)->collation = fields.collation;
    return OUTCOME_DONE;
}

static enum outcome alter_composite(struct interpreter *interpreter, struct object *object,
                                    const AlterTableCmd *command)
{
    switch (command->subtype) {
    case AT_AddColumn:
        return add_attribute(interpreter, object, castNode(ColumnDef, command->def),
                             last_position(object) + 1);
    case AT_DropColumn:
        return drop_attribute(interpreter, object, command);
    case AT_AlterColumnType:
        return alter_attribute(interpreter, object, command);
    case AT_ChangeOwner:
        interpret_set_owner(interpreter, object, command->newowner);
        return OUTCOME_DONE;
    default:
        return interpret_fail(interpreter, -1, "this ALTER TYPE is not understood");
    }
}

/* What could be missing is looked for first: a statement is done as a whole or not at all. */
static enum outcome check_composite_commands(struct interpreter *interpreter,
                                             const struct object *object, List *commands)
{
    ListCell *cell;

    foreach (cell, commands) {
        const AlterTableCmd *command = lfirst_node(AlterTableCmd, cell);

        if ((command->subtype == AT_AddColumn || command->subtype == AT_AlterColumnType) &&
            !interpret_type(interpreter, castNode(ColumnDef, command->def)->typeName))
            return interpret_failed(interpreter);
        if (command->subtype == AT_AlterColumnType &&
            !object_child(object, KIND_ATTRIBUTE, command->name) && list_length(commands) == 1)
            return interpret_no_child(interpreter, object, KIND_ATTRIBUTE, command->name, -1);
    }
    return OUTCOME_DONE;
}

enum outcome interpret_alter_composite(struct interpreter *interpreter, AlterTableStmt *statement)
{
    static const enum kind composites[] = {KIND_COMPOSITE, KIND_NONE};
    struct object *object = interpret_find_relation(interpreter, statement->relation->schemaname,
                                                    statement->relation->relname, composites);
    enum outcome outcome;
    ListCell *cell;

    if (!object)
        return statement->missing_ok
                   ? OUTCOME_DONE
                   : interpret_no_relation(interpreter, statement->relation, composites);
    outcome = check_composite_commands(interpreter, object, statement->cmds);
    foreach (cell, statement->cmds) {
        if (outcome != OUTCOME_DONE)
            return outcome;
        outcome = alter_composite(interpreter, object, lfirst_node(AlterTableCmd, cell));
    }
    interpreter->universe_stale = true;
    return outcome;
}

/* --- ranges ----------------------------------------------------------------------------------- */

const char *interpret_multirange_name(struct interpreter *interpreter, const char *range)
{
    const char *part = strstr(range, "range");

    if (part)
        return interpret_cut_name(interpreter, arena_printf(interpreter->arena, "%.*smulti%s",
                                                            (int)(part - range), range, part));
    return interpret_choose_name(interpreter, range, NULL, "multirange", NULL, NULL);
}

/* An option's name in parts: the parser makes a type name of it. */
static List *option_names(const DefElem *option)
{
    if (option->arg && IsA(option->arg, TypeName))
        return castNode(TypeName, option->arg)->names;
    if (option->arg && IsA(option->arg, List))
        return (List *)option->arg;
    return list_make1(makeString(option->arg && IsA(option->arg, String) ? strVal(option->arg)
                                                                         : option->defname));
}

static const char *operator_class(struct interpreter *interpreter, const DefElem *option)
{
    const char *schema;
    const char *name;

    interpret_name(option_names(option), &schema, &name);
    for (size_t i = 0; !schema && i < interpreter->search_path->count; i++) {
        const char *tried = interpreter->search_path->items[i];
        const char *identity = arena_printf(interpreter->arena, "operator class %s USING btree",
                                            pg_qualify(interpreter->arena, tried, name));

        if (model_find(interpreter->model, KIND_UNMODELLED, NULL, identity, NULL))
            schema = tried;
    }
    if (schema && strcmp(schema, "pg_catalog") == 0)
        schema = NULL;
    return pg_qualify(interpreter->arena, schema, name);
}

/* The function takes and gives the very type, which was declared as a shell before. */
static const char *canonical_function(struct interpreter *interpreter, const DefElem *option,
                                      const char *type)
{
    List *names = option_names(option);
    const char *schema;
    const char *name;
    struct object *function;

    interpret_name(names, &schema, &name);
    function = interpret_find(interpreter, KIND_FUNCTION, schema, name, type);
    if (function)
        return pg_qualify(interpreter->arena, function->parent->name, name);
    interpret_missing(interpreter, option->location, "function %s(%s) does not exist",
                      interpret_print_name(interpreter, names), type);
    return NULL;
}

/* Modifiers of a range's subtype are taken, and forgotten. */
static const char *range_subtype(struct interpreter *interpreter, TypeName *name)
{
    const char *type = interpret_type(interpreter, name);
    struct type_text parts;

    if (!type)
        return NULL;
    parts = type_text_split(interpreter->arena, type);
    return type_text_bare(interpreter->arena, &parts);
}

static enum outcome read_range_option(struct interpreter *interpreter, const DefElem *option,
                                      const char *type, struct range *range)
{
    const char *schema;
    const char *name;
    struct object *found;

    if (strcmp(option->defname, "subtype") == 0) {
        if (!option->arg || !IsA(option->arg, TypeName))
            return interpret_fail(interpreter, option->location, "subtype is not a type");
        range->subtype = range_subtype(interpreter, castNode(TypeName, option->arg));
        return range->subtype ? OUTCOME_DONE : interpret_failed(interpreter);
    }
    if (strcmp(option->defname, "subtype_opclass") == 0) {
        range->operator_class = operator_class(interpreter, option);
    } else if (strcmp(option->defname, "collation") == 0) {
        CollateClause clause = {.type = T_CollateClause, .collname = option_names(option)};

        range->collation = interpret_collation(interpreter, &clause);
    } else if (strcmp(option->defname, "canonical") == 0) {
        range->canonical = canonical_function(interpreter, option, type);
        return range->canonical ? OUTCOME_DONE : interpret_failed(interpreter);
    } else if (strcmp(option->defname, "subtype_diff") == 0) {
        range->difference = interpret_function_name(interpreter, option_names(option), NULL, &found,
                                                    option->location);
        return range->difference ? OUTCOME_DONE : interpret_failed(interpreter);
    } else if (strcmp(option->defname, "multirange_type_name") == 0) {
        interpret_name(option_names(option), &schema, &name);
        range->multirange = arena_strdup(interpreter->arena, name);
    } else {
        return interpret_fail(interpreter, option->location, "unknown option %s of a range type",
                              option->defname);
    }
    return OUTCOME_DONE;
}

enum outcome interpret_create_range(struct interpreter *interpreter, CreateRangeStmt *statement)
{
    const char *name;
    struct object *schema = place_of(interpreter, statement->typeName, &name);
    struct range fields = {0};
    struct object *object;
    ListCell *cell;

    if (!schema)
        return interpret_failed(interpreter);
    foreach (cell, statement->params) {
        enum outcome outcome =
            read_range_option(interpreter, lfirst_node(DefElem, cell),
                              pg_qualify(interpreter->arena, schema->name, name), &fields);

        if (outcome != OUTCOME_DONE)
            return outcome;
    }
    if (!fields.subtype)
        return interpret_fail(interpreter, -1, "the range type %s has no subtype", name);
    if (fields.multirange &&
        strcmp(fields.multirange, interpret_multirange_name(interpreter, name)) == 0)
        fields.multirange = NULL;
    interpret_remove_shell(interpreter, schema, name);
    object = interpret_add(interpreter, KIND_RANGE, schema, name, NULL, -1);
    if (!object)
        return interpret_failed(interpreter);
    fields.object = *object;
    *as_range(object) = fields;
    interpret_register(interpreter, object);
    return OUTCOME_DONE;
}
