/* Objects that the server has and no kind covers: event triggers, rules, statistics, publications,
 * foreign data, text search, operators, ... Each becomes an UNMODELLED object under the name that
 * pg_identify_object would give, with the author's text. */
#include "postgres/interpret/base/interpreter.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "core/buffer.h"
#include "postgres/facts/flavor.h"
#include "postgres/facts/name.h"
#include "postgres/interpret/base/base.h"
#include "postgres/sql/quote.h"

/* --- names ------------------------------------------------------------------------------------ */

const char *interpret_unmodelled_class(ObjectType type)
{
    switch (type) {
    case OBJECT_ACCESS_METHOD:
        return "access method";
    case OBJECT_CAST:
        return "cast";
    case OBJECT_COLLATION:
        return "collation";
    case OBJECT_CONVERSION:
        return "conversion";
    case OBJECT_EVENT_TRIGGER:
        return "event trigger";
    case OBJECT_FDW:
        return "foreign-data wrapper";
    case OBJECT_FOREIGN_SERVER:
        return "server";
    case OBJECT_LANGUAGE:
        return "language";
    case OBJECT_OPCLASS:
        return "operator class";
    case OBJECT_OPERATOR:
        return "operator";
    case OBJECT_OPFAMILY:
        return "operator family";
    case OBJECT_PUBLICATION:
        return "publication";
    case OBJECT_RULE:
        return "rule";
    case OBJECT_STATISTIC_EXT:
        return "statistics object";
    case OBJECT_SUBSCRIPTION:
        return "subscription";
    case OBJECT_TRANSFORM:
        return "transform";
    case OBJECT_TSCONFIGURATION:
        return "text search configuration";
    case OBJECT_TSDICTIONARY:
        return "text search dictionary";
    case OBJECT_TSPARSER:
        return "text search parser";
    case OBJECT_TSTEMPLATE:
        return "text search template";
    case OBJECT_TYPE:
        return "type";
    case OBJECT_USER_MAPPING:
        return "user mapping";
    default:
        return NULL;
    }
}

/* Types that the server writes without their schema even where it qualifies everything. */
static bool is_plain_type(const struct interpreter *interpreter, const struct pg_type *type)
{
    static const char *const names[] = {
        "bit",       "bool",    "bpchar",   "float4",      "float8", "int2",
        "int4",      "int8",    "time",     "timetz",      "varbit", "varchar",
        "timestamp", "numeric", "interval", "timestamptz", NULL};

    if (strcmp(type->schema, "pg_catalog") != 0)
        return true; /* the schema is written anyway */
    for (const char *const *name = names; *name; name++)
        if (strcmp(*name, type->name) == 0)
            return true;
    return strcmp(type->name, "json") == 0 &&
           pg_can(interpreter->model->server_version, PG_CAN_JSON_SPELLING);
}

/* As format_type_be_qualified prints it. */
static const char *type_text(struct interpreter *interpreter, TypeName *name)
{
    const struct pg_type *type = name ? interpret_resolve_type(interpreter, name, NULL) : NULL;
    const char *text;

    if (!type)
        return NULL;
    text = interpret_argument_type(interpreter, type);
    if (is_plain_type(interpreter, type->element && type->category == 'A' ? type->element : type))
        return text;
    return arena_printf(interpreter->arena, "pg_catalog.%s", text);
}

/* "(integer,text)" of an operator; NONE stands for no operand. */
static const char *operand_types(struct interpreter *interpreter, TypeName *left, TypeName *right)
{
    const char *left_text = left ? type_text(interpreter, left) : "NONE";
    const char *right_text = right ? type_text(interpreter, right) : "NONE";

    if (!left_text || !right_text)
        return NULL;
    return arena_printf(interpreter->arena, "(%s,%s)", left_text, right_text);
}

static const char *cast_identity(struct interpreter *interpreter, TypeName *source,
                                 TypeName *target)
{
    const char *source_text = type_text(interpreter, source);
    const char *target_text = type_text(interpreter, target);

    if (!source_text || !target_text)
        return NULL;
    return arena_printf(interpreter->arena, "(%s AS %s)", source_text, target_text);
}

static const char *transform_identity(struct interpreter *interpreter, TypeName *type,
                                      const char *language)
{
    const char *text = type_text(interpreter, type);

    return text ? arena_printf(interpreter->arena, "for %s on language %s", text, language) : NULL;
}

/* What follows the class in the name: qualified by schema where the kind has one. NULL: a type
 * in it is unknown (reported). */
static const char *identity_in(struct interpreter *interpreter, ObjectType type, Node *name,
                               const char *schema)
{
    struct arena *arena = interpreter->arena;
    List *names = IsA(name, List) ? (List *)name : NIL;
    const ObjectWithArgs *operator= NULL;
    const char *ignored;
    const char *bare;
    const char *types;

    switch (type) {
    case OBJECT_OPERATOR:
        operator= castNode(ObjectWithArgs, name);
        interpret_name(operator->objname, &ignored, &bare);
        types = operand_types(interpreter, linitial(operator->objargs), lsecond(operator->objargs));
        return types ? arena_printf(arena, "%s.%s%s", pg_quote_name(arena, schema), bare, types)
                     : NULL;
    case OBJECT_OPCLASS:
    case OBJECT_OPFAMILY:
        bare = strVal(llast(names));
        return arena_printf(arena, "%s USING %s", pg_qualify(arena, schema, bare),
                            pg_quote_name(arena, strVal(linitial(names))));
    case OBJECT_CAST:
        return cast_identity(interpreter, linitial(names), lsecond(names));
    case OBJECT_TRANSFORM:
        return transform_identity(interpreter, linitial(names), strVal(lsecond(names)));
    default:
        if (!names)
            return pg_quote_name(arena, strVal(name));
        interpret_name(names, &ignored, &bare);
        return pg_qualify(arena, schema, bare);
    }
}

/* The schema that the statement writes; *has_schema: whether such objects are in schemas at all. */
static const char *written_schema(ObjectType type, Node *name, bool *has_schema)
{
    const char *schema = NULL;
    const char *bare;

    *has_schema = type != OBJECT_CAST && type != OBJECT_TRANSFORM && !IsA(name, String);
    if (!*has_schema)
        return NULL;
    if (type == OBJECT_OPERATOR)
        interpret_name(castNode(ObjectWithArgs, name)->objname, &schema, &bare);
    else if (type == OBJECT_OPCLASS || type == OBJECT_OPFAMILY)
        interpret_name(list_copy_tail((List *)name, 1), &schema, &bare);
    else
        interpret_name((List *)name, &schema, &bare);
    return schema;
}

static struct object *find_identity(struct interpreter *interpreter, ObjectType type,
                                    const char *identity)
{
    return identity ? model_find(interpreter->model, KIND_UNMODELLED, NULL,
                                 arena_printf(interpreter->arena, "%s %s",
                                              interpret_unmodelled_class(type), identity),
                                 NULL)
                    : NULL;
}

/* Rules are named by their table: its path and then the rule's name. */
static struct object *find_rule(struct interpreter *interpreter, List *names)
{
    List *path = interpret_all_but_last(names);
    const char *schema;
    const char *relation;
    struct object *found;

    if (!path)
        return NULL;
    interpret_name(path, &schema, &relation);
    found = interpret_find_relation(interpreter, schema, relation, interpret_row_kinds);
    if (!found)
        return NULL;
    return find_identity(
        interpreter, OBJECT_RULE,
        arena_printf(interpreter->arena, "%s on %s",
                     pg_quote_name(interpreter->arena, strVal(llast(names))),
                     pg_qualify(interpreter->arena, found->parent->name, found->name)));
}

struct object *interpret_find_unmodelled(struct interpreter *interpreter, ObjectType type,
                                         Node *name)
{
    const struct text_list *path = interpreter->search_path;
    struct object *found = NULL;
    bool has_schema;
    const char *schema;

    if (!interpret_unmodelled_class(type))
        return NULL;
    if (type == OBJECT_RULE)
        return find_rule(interpreter, (List *)name);
    if (type == OBJECT_TYPE && IsA(name, TypeName))
        name = (Node *)castNode(TypeName, name)->names;
    schema = written_schema(type, name, &has_schema);
    if (schema || !has_schema)
        return find_identity(interpreter, type, identity_in(interpreter, type, name, schema));
    for (size_t i = 0; !found && i < path->count; i++)
        found =
            find_identity(interpreter, type, identity_in(interpreter, type, name, path->items[i]));
    return found;
}

bool interpret_split_identity(struct interpreter *interpreter, const char *identity,
                              const char **schema, const char **name)
{
    while (*identity == ' ')
        identity++;
    *schema = pg_take_name(interpreter->arena, &identity, ". ");
    if (*identity != '.')
        return false;
    identity++;
    *name = pg_take_name(interpreter->arena, &identity, ". ");
    return true;
}

/* --- making ----------------------------------------------------------------------------------- */

static struct object *make(struct interpreter *interpreter, ObjectType type, const char *identity)
{
    const char *class = interpret_unmodelled_class(type);
    struct object *object =
        interpret_add(interpreter, KIND_UNMODELLED, NULL,
                      arena_printf(interpreter->arena, "%s %s", class, identity), NULL, -1);

    if (!object)
        return NULL;
    object->verbatim = interpret_statement_text(interpreter);
    as_unmodelled(object)->object_class = class;
    as_unmodelled(object)->definition = object->verbatim;
    interpret_register(interpreter, object);
    return object;
}

/* Names longer than the server takes would be cut: identities are no names. */
static enum outcome create(struct interpreter *interpreter, ObjectType type, Node *name,
                           bool if_not_exists, bool replace)
{
    bool has_schema;
    const char *schema = written_schema(type, name, &has_schema);
    const char *identity;
    struct object *existing;

    if (has_schema) {
        struct object *place = interpret_creation_schema(interpreter, schema, -1);

        if (!place)
            return interpret_failed(interpreter);
        schema = place->name;
    }
    identity = identity_in(interpreter, type, name, schema);
    if (!identity)
        return interpret_failed(interpreter);
    existing = find_identity(interpreter, type, identity);
    if (existing && if_not_exists)
        return OUTCOME_DONE;
    if (existing && replace)
        interpret_remove(interpreter, existing);
    return make(interpreter, type, identity) ? OUTCOME_DONE : interpret_failed(interpreter);
}

static enum outcome create_named(struct interpreter *interpreter, ObjectType type, const char *name,
                                 bool if_not_exists)
{
    return create(interpreter, type, (Node *)makeString(pstrdup(name)), if_not_exists, false);
}

static enum outcome create_rule(struct interpreter *interpreter, const RuleStmt *statement)
{
    struct object *relation =
        interpret_find_relation(interpreter, statement->relation->schemaname,
                                statement->relation->relname, interpret_row_kinds);
    struct object *existing;
    struct object *rule;
    const char *identity;

    if (!relation)
        return interpret_no_relation(interpreter, statement->relation, interpret_row_kinds);
    identity = arena_printf(interpreter->arena, "%s on %s",
                            pg_quote_name(interpreter->arena, statement->rulename),
                            pg_qualify(interpreter->arena, relation->parent->name, relation->name));
    existing = find_identity(interpreter, OBJECT_RULE, identity);
    if (existing && statement->replace)
        interpret_remove(interpreter, existing);
    rule = make(interpreter, OBJECT_RULE, identity);
    if (!rule)
        return interpret_failed(interpreter);
    model_need(interpreter->model, rule, relation);
    return OUTCOME_DONE;
}

static bool statistics_name_taken(struct interpreter *interpreter, const char *name, void *context)
{
    const struct object *schema = context;

    return find_identity(interpreter, OBJECT_STATISTIC_EXT,
                         pg_qualify(interpreter->arena, schema->name, name)) != NULL;
}

/* table_column_column_stat, where the statement names none. */
static const char *choose_statistics_name(struct interpreter *interpreter,
                                          const CreateStatsStmt *statement, struct object *relation)
{
    struct buffer columns = BUFFER_EMPTY;
    const char *joined;
    ListCell *cell;

    foreach (cell, statement->exprs) {
        const StatsElem *element = lfirst_node(StatsElem, cell);

        buffer_separate(&columns, 0, "_");
        buffer_append(&columns, element->name ? element->name : "expr");
        if (columns.length >= PG_NAME_BYTES)
            break;
    }
    joined = interpret_cut_name(interpreter, buffer_take(&columns, interpreter->arena));
    return interpret_choose_name(interpreter, relation->name, joined, "stat", statistics_name_taken,
                                 relation->parent);
}

static enum outcome create_statistics(struct interpreter *interpreter,
                                      const CreateStatsStmt *statement)
{
    const RangeVar *name = linitial_node(RangeVar, statement->relations);
    struct object *relation =
        interpret_find_relation(interpreter, name->schemaname, name->relname, interpret_row_kinds);
    List *names = statement->defnames;
    struct object *object;
    enum outcome outcome;

    if (!relation)
        return interpret_no_relation(interpreter, name, interpret_row_kinds);
    if (!names)
        names = list_make2(
            makeString(pstrdup(relation->parent->name)),
            makeString(pstrdup(choose_statistics_name(interpreter, statement, relation))));
    outcome =
        create(interpreter, OBJECT_STATISTIC_EXT, (Node *)names, statement->if_not_exists, false);
    object = interpret_find_unmodelled(interpreter, OBJECT_STATISTIC_EXT, (Node *)names);
    if (outcome == OUTCOME_DONE && object)
        model_need(interpreter->model, object, relation);
    return outcome;
}

static const char *mapping_identity(struct interpreter *interpreter, const RoleSpec *user,
                                    const char *server)
{
    const char *role = interpret_role(user);

    if (user->roletype == ROLESPEC_PUBLIC)
        role = "public";
    return arena_printf(interpreter->arena, "%s on server %s", role ? role : "current_user",
                        server);
}

/* The operand types stand among the options. */
static TypeName *operand(List *definition, const char *name)
{
    ListCell *cell;

    foreach (cell, definition) {
        const DefElem *element = lfirst_node(DefElem, cell);

        if (strcasecmp(element->defname, name) != 0 || !element->arg)
            continue;
        if (IsA(element->arg, TypeName))
            return castNode(TypeName, element->arg);
        if (IsA(element->arg, List))
            return makeTypeNameFromNameList((List *)element->arg);
    }
    return NULL;
}

static enum outcome define(struct interpreter *interpreter, const DefineStmt *statement)
{
    ObjectWithArgs *operator;
    Node *name = (Node *)statement->defnames;
    const char *schema;
    const char *bare;
    struct object *place;

    if (statement->kind == OBJECT_OPERATOR) {
        operator= makeNode(ObjectWithArgs);
        operator->objname = statement->defnames;
        operator->objargs = list_make2(operand(statement->definition, "leftarg"),
                                       operand(statement->definition, "rightarg"));
        return create(interpreter, OBJECT_OPERATOR, (Node *)operator, false, false);
    }
    if (statement->kind == OBJECT_TYPE) {
        interpret_name(statement->defnames, &schema, &bare);
        place = interpret_creation_schema(interpreter, schema, -1);
        if (!place)
            return interpret_failed(interpreter);
        interpret_remove_shell(interpreter, place, bare);
    }
    return create(interpreter, statement->kind, name, statement->if_not_exists, statement->replace);
}

void interpret_remove_shell(struct interpreter *interpreter, const struct object *schema,
                            const char *name)
{
    struct object *object =
        find_identity(interpreter, OBJECT_TYPE, pg_qualify(interpreter->arena, schema->name, name));

    /* CREATE TYPE name, without any parenthesis: only an announcement. */
    if (object && !strchr(object->verbatim, '('))
        interpret_remove(interpreter, object);
}

/* CREATE OPERATOR CLASS makes a family of the same name where it names none. */
static enum outcome create_class(struct interpreter *interpreter,
                                 const CreateOpClassStmt *statement)
{
    List *names = lcons(makeString(statement->amname), list_copy(statement->opclassname));
    enum outcome outcome = create(interpreter, OBJECT_OPCLASS, (Node *)names, false, false);

    if (outcome == OUTCOME_DONE && !statement->opfamilyname &&
        !interpret_find_unmodelled(interpreter, OBJECT_OPFAMILY, (Node *)names) &&
        create(interpreter, OBJECT_OPFAMILY, (Node *)names, false, false) == OUTCOME_DONE) {
        struct object *family =
            interpret_find_unmodelled(interpreter, OBJECT_OPFAMILY, (Node *)names);

        family->implied = true;
        family->verbatim = NULL;
        as_unmodelled(family)->definition = NULL;
    }
    return outcome;
}

static enum outcome create_language(struct interpreter *interpreter,
                                    const CreatePLangStmt *statement)
{
    if (strcmp(statement->plname, "plpgsql") == 0)
        return OUTCOME_DONE;
    return create(interpreter, OBJECT_LANGUAGE, (Node *)makeString(statement->plname), false,
                  statement->replace);
}

/* --- altering and dropping -------------------------------------------------------------------- */

bool interpret_may_be_foreign(const struct interpreter *interpreter, ObjectType type)
{
    switch (type) {
    case OBJECT_PUBLICATION:
    case OBJECT_SUBSCRIPTION:
    case OBJECT_FOREIGN_SERVER:
    case OBJECT_EVENT_TRIGGER:
    case OBJECT_STATISTIC_EXT:
    case OBJECT_RULE:
    case OBJECT_USER_MAPPING:
        return false;
    default:
        return interpreter->rounds.lenient;
    }
}

/* Later statements on the object follow its own. */
static enum outcome append(struct interpreter *interpreter, ObjectType type, Node *name)
{
    struct object *object = interpret_find_unmodelled(interpreter, type, name);

    if (!object && interpret_may_be_foreign(interpreter, type)) {
        interpret_note(interpreter, "statement on an object of the server or an extension skipped",
                       "statements on objects of the server or of extensions skipped");
        return OUTCOME_DONE;
    }
    if (!object)
        return interpret_missing(interpreter, -1, "%s %s does not exist",
                                 interpret_unmodelled_class(type),
                                 interpret_print_object(interpreter, name));
    interpret_append_unmodelled(interpreter, object);
    return OUTCOME_DONE;
}

void interpret_append_unmodelled(struct interpreter *interpreter, struct object *object)
{
    object->verbatim =
        arena_printf(interpreter->arena, "%s;\n%s", object->verbatim ? object->verbatim : "",
                     interpret_statement_text(interpreter));
    as_unmodelled(object)->definition = object->verbatim;
}

static enum outcome append_named(struct interpreter *interpreter, ObjectType type, const char *name)
{
    return append(interpreter, type, (Node *)makeString(pstrdup(name)));
}

static enum outcome drop_identity(struct interpreter *interpreter, ObjectType type,
                                  const char *identity, bool missing_ok)
{
    struct object *object = find_identity(interpreter, type, identity);

    if (object)
        interpret_remove(interpreter, object);
    else if (!missing_ok)
        return interpret_fail(interpreter, -1, "%s %s does not exist",
                              interpret_unmodelled_class(type), identity);
    return OUTCOME_DONE;
}

static enum outcome append_mapping(struct interpreter *interpreter, const char *identity)
{
    struct object *object = find_identity(interpreter, OBJECT_USER_MAPPING, identity);

    if (!object)
        return interpret_missing(interpreter, -1, "user mapping %s does not exist", identity);
    interpret_append_unmodelled(interpreter, object);
    return OUTCOME_DONE;
}

/* --- dispatch --------------------------------------------------------------------------------- */

bool interpret_is_unmodelled(const Node *statement)
{
    switch (nodeTag(statement)) {
    case T_CreateEventTrigStmt:
    case T_AlterEventTrigStmt:
    case T_RuleStmt:
    case T_CreateStatsStmt:
    case T_AlterStatsStmt:
    case T_CreatePublicationStmt:
    case T_AlterPublicationStmt:
    case T_CreateSubscriptionStmt:
    case T_AlterSubscriptionStmt:
    case T_DropSubscriptionStmt:
    case T_CreateFdwStmt:
    case T_AlterFdwStmt:
    case T_CreateForeignServerStmt:
    case T_AlterForeignServerStmt:
    case T_CreateUserMappingStmt:
    case T_AlterUserMappingStmt:
    case T_DropUserMappingStmt:
    case T_ImportForeignSchemaStmt:
    case T_CreateCastStmt:
    case T_CreateOpClassStmt:
    case T_CreateOpFamilyStmt:
    case T_AlterOpFamilyStmt:
    case T_AlterOperatorStmt:
    case T_AlterTypeStmt:
    case T_CreatePLangStmt:
    case T_CreateTransformStmt:
    case T_CreateAmStmt:
    case T_CreateConversionStmt:
    case T_DefineStmt:
    case T_AlterTSDictionaryStmt:
    case T_AlterTSConfigurationStmt:
    case T_AlterCollationStmt:
        return true;
    default:
        return false;
    }
}

#define AS(type) const type *s = (const type *)statement

static enum outcome run_alter(struct interpreter *interpreter, Node *statement)
{
    switch (nodeTag(statement)) {
    case T_AlterEventTrigStmt: {
        AS(AlterEventTrigStmt);
        return append_named(interpreter, OBJECT_EVENT_TRIGGER, s->trigname);
    }
    case T_AlterStatsStmt: {
        AS(AlterStatsStmt);
        return append(interpreter, OBJECT_STATISTIC_EXT, (Node *)s->defnames);
    }
    case T_AlterPublicationStmt: {
        AS(AlterPublicationStmt);
        return append_named(interpreter, OBJECT_PUBLICATION, s->pubname);
    }
    case T_AlterSubscriptionStmt: {
        AS(AlterSubscriptionStmt);
        return append_named(interpreter, OBJECT_SUBSCRIPTION, s->subname);
    }
    case T_AlterFdwStmt: {
        AS(AlterFdwStmt);
        return append_named(interpreter, OBJECT_FDW, s->fdwname);
    }
    case T_AlterForeignServerStmt: {
        AS(AlterForeignServerStmt);
        return append_named(interpreter, OBJECT_FOREIGN_SERVER, s->servername);
    }
    case T_AlterUserMappingStmt: {
        AS(AlterUserMappingStmt);
        return append_mapping(interpreter, mapping_identity(interpreter, s->user, s->servername));
    }
    case T_AlterOpFamilyStmt: {
        AS(AlterOpFamilyStmt);
        return append(interpreter, OBJECT_OPFAMILY,
                      (Node *)lcons(makeString(s->amname), list_copy(s->opfamilyname)));
    }
    case T_AlterOperatorStmt: {
        AS(AlterOperatorStmt);
        return append(interpreter, OBJECT_OPERATOR, (Node *)s->opername);
    }
    case T_AlterTypeStmt: {
        AS(AlterTypeStmt);
        return append(interpreter, OBJECT_TYPE, (Node *)s->typeName);
    }
    case T_AlterTSDictionaryStmt: {
        AS(AlterTSDictionaryStmt);
        return append(interpreter, OBJECT_TSDICTIONARY, (Node *)s->dictname);
    }
    case T_AlterTSConfigurationStmt: {
        AS(AlterTSConfigurationStmt);
        return append(interpreter, OBJECT_TSCONFIGURATION, (Node *)s->cfgname);
    }
    case T_AlterCollationStmt: {
        AS(AlterCollationStmt);
        return append(interpreter, OBJECT_COLLATION, (Node *)s->collname);
    }
    case T_DropSubscriptionStmt: {
        AS(DropSubscriptionStmt);
        return drop_identity(interpreter, OBJECT_SUBSCRIPTION,
                             pg_quote_name(interpreter->arena, s->subname), s->missing_ok);
    }
    case T_DropUserMappingStmt: {
        AS(DropUserMappingStmt);
        return drop_identity(interpreter, OBJECT_USER_MAPPING,
                             mapping_identity(interpreter, s->user, s->servername), s->missing_ok);
    }
    default:
        interpret_note(interpreter, "IMPORT FOREIGN SCHEMA skipped",
                       "IMPORT FOREIGN SCHEMA statements skipped");
        return OUTCOME_DONE;
    }
}

enum outcome interpret_unmodelled(struct interpreter *interpreter, Node *statement)
{
    switch (nodeTag(statement)) {
    case T_CreateEventTrigStmt: {
        AS(CreateEventTrigStmt);
        return create_named(interpreter, OBJECT_EVENT_TRIGGER, s->trigname, false);
    }
    case T_RuleStmt:
        return create_rule(interpreter, (const RuleStmt *)statement);
    case T_CreateStatsStmt:
        return create_statistics(interpreter, (const CreateStatsStmt *)statement);
    case T_CreatePublicationStmt: {
        AS(CreatePublicationStmt);
        return create_named(interpreter, OBJECT_PUBLICATION, s->pubname, false);
    }
    case T_CreateSubscriptionStmt: {
        AS(CreateSubscriptionStmt);
        return create_named(interpreter, OBJECT_SUBSCRIPTION, s->subname, false);
    }
    case T_CreateFdwStmt: {
        AS(CreateFdwStmt);
        return create_named(interpreter, OBJECT_FDW, s->fdwname, false);
    }
    case T_CreateForeignServerStmt: {
        AS(CreateForeignServerStmt);
        return create_named(interpreter, OBJECT_FOREIGN_SERVER, s->servername, s->if_not_exists);
    }
    case T_CreateUserMappingStmt: {
        AS(CreateUserMappingStmt);
        const char *identity = mapping_identity(interpreter, s->user, s->servername);

        if (s->if_not_exists && find_identity(interpreter, OBJECT_USER_MAPPING, identity))
            return OUTCOME_DONE;
        return make(interpreter, OBJECT_USER_MAPPING, identity) ? OUTCOME_DONE
                                                                : interpret_failed(interpreter);
    }
    case T_CreateCastStmt: {
        AS(CreateCastStmt);
        return create(interpreter, OBJECT_CAST, (Node *)list_make2(s->sourcetype, s->targettype),
                      false, false);
    }
    case T_CreateOpClassStmt:
        return create_class(interpreter, (const CreateOpClassStmt *)statement);
    case T_CreateOpFamilyStmt: {
        AS(CreateOpFamilyStmt);
        return create(interpreter, OBJECT_OPFAMILY,
                      (Node *)lcons(makeString(s->amname), list_copy(s->opfamilyname)), false,
                      false);
    }
    case T_CreatePLangStmt:
        return create_language(interpreter, (const CreatePLangStmt *)statement);
    case T_CreateTransformStmt: {
        AS(CreateTransformStmt);
        return create(interpreter, OBJECT_TRANSFORM,
                      (Node *)list_make2(s->type_name, makeString(s->lang)), false, s->replace);
    }
    case T_CreateAmStmt: {
        AS(CreateAmStmt);
        return create_named(interpreter, OBJECT_ACCESS_METHOD, s->amname, false);
    }
    case T_CreateConversionStmt: {
        AS(CreateConversionStmt);
        return create(interpreter, OBJECT_CONVERSION, (Node *)s->conversion_name, false, false);
    }
    case T_DefineStmt:
        return define(interpreter, (const DefineStmt *)statement);
    default:
        return run_alter(interpreter, statement);
    }
}
