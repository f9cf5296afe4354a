/* From the statements of an object that no kind covers to facts about it: the door is the parser for
 * authors' files and for the catalog alike, since the catalog reader writes such objects as SQL. */
#include "postgres/resolve/describe.h"

#include <string.h>
#include <strings.h>

#include "postgres/sql/parse.h"
#include "postgres/sql/quote.h"

void describe_fact(struct describer *describer, const char *key, const char *value)
{
    facts_set(&describer->facts, describer->arena, key, value);
}

const char *describe_known(const struct describer *describer, const char *key)
{
    return facts_get(&describer->facts, key);
}

/* --- names ---------------------------------------------------------------------------------------- */

void describe_parts(struct arena *arena, List *names, const char **schema, const char **name)
{
    ListCell *cell;

    *schema = *name = NULL;
    foreach (cell, names) {
        *schema = *name;
        *name = arena_strdup(arena, strVal(lfirst(cell)));
    }
}

static struct object *find_unmodelled(struct describer *describer, const char *class_name,
                                      const char *identity)
{
    return model_find(describer->resolver->model, KIND_UNMODELLED, NULL,
                      arena_printf(describer->arena, "%s %s", class_name, identity), NULL);
}

static void need(struct describer *describer, struct object *other)
{
    model_need(describer->resolver->model, describer->object, other);
}

const char *describe_named(struct describer *describer, const char *class_name, const char *name)
{
    const char *quoted = pg_quote_name(describer->arena, name);

    need(describer, find_unmodelled(describer, class_name, quoted));
    return quoted;
}

static const struct text_list *search_path(const struct describer *describer)
{
    static const struct text_list empty = {0};

    return describer->object->search_path ? describer->object->search_path : &empty;
}

const char *describe_path(struct describer *describer, const char *class_name, List *names)
{
    const struct text_list *path = search_path(describer);
    struct object *found = NULL;
    const char *schema;
    const char *name;
    const char *text;

    describe_parts(describer->arena, names, &schema, &name);
    if (schema && strcmp(schema, "pg_catalog") == 0)
        return pg_quote_name(describer->arena, name);
    text = pg_qualify(describer->arena, schema, name);
    if (schema)
        found = find_unmodelled(describer, class_name, text);
    for (size_t i = 0; !schema && !found && i < path->count; i++) {
        const char *here = pg_qualify(describer->arena, path->items[i], name);

        found = find_unmodelled(describer, class_name, here);
        if (found)
            text = here;
    }
    need(describer, found);
    return text;
}

/* The model's routines of that name: in its schema, or the first on the path that has one. */
static const struct pointer_list *find_routines(struct describer *describer, const char *schema,
                                                const char *name)
{
    const struct text_list *path = search_path(describer);
    const struct map *routines = &describer->resolver->function_objects;
    const struct pointer_list *found = NULL;

    if (schema)
        return map_get(routines, arena_printf(describer->arena, "%s\x1f%s", schema, name));
    for (size_t i = 0; !found && i < path->count; i++)
        found = map_get(routines, arena_printf(describer->arena, "%s\x1f%s", path->items[i], name));
    return found;
}

const char *describe_function(struct describer *describer, List *names)
{
    const struct pointer_list *found;
    const char *schema;
    const char *name;

    describe_parts(describer->arena, names, &schema, &name);
    if (schema && strcmp(schema, "pg_catalog") == 0)
        schema = NULL;
    found = find_routines(describer, schema, name);
    for (size_t i = 0; found && i < found->count; i++) {
        const struct object *routine = found->items[i];

        need(describer, found->items[i]);
        schema = routine->parent->name;
        name = routine->name;
    }
    return pg_qualify(describer->arena, schema, name);
}

const char *describe_type(struct describer *describer, TypeName *type)
{
    A_Const null = {.type = T_A_Const, .isnull = true, .location = -1};
    TypeCast cast = {.type = T_TypeCast, .arg = (Node *)&null, .typeName = type, .location = -1};
    struct error ignored = {0};
    struct resolved_type resolved;
    const char *text;
    const char *mark;

    text = pg_deparse_expression((Node *)&cast, describer->arena, &ignored);
    mark = text ? strstr(text, "::") : NULL;
    if (!mark) {
        describer->understood = false;
        return "";
    }
    resolver_enter(describer->resolver, describer->object);
    resolved = resolver_type(describer->resolver, mark + 2);
    if (!resolved.type)
        return arena_strdup(describer->arena, mark + 2);
    if (resolved.type->user)
        need(describer, resolver_find(&describer->resolver->type_objects, resolved.type->schema,
                                      resolved.type->name));
    return pg_type_format(resolved.type, resolved.typmod, describer->arena);
}

const char *describe_routine(struct describer *describer, const ObjectWithArgs *routine)
{
    const char *name = describe_function(describer, routine->objname);
    struct text_list types = {0};
    ListCell *cell;

    if (routine->args_unspecified)
        return name;
    foreach (cell, routine->objargs)
        text_list_add(&types, describer->arena, describe_type(describer, lfirst(cell)));
    return arena_printf(describer->arena, "%s(%s)", name,
                        text_list_join(&types, describer->arena, ", "));
}

struct object *describe_relation(struct describer *describer, const RangeVar *name)
{
    const struct map *relations = &describer->resolver->relation_objects;
    const struct text_list *path = search_path(describer);
    struct object *found = NULL;

    if (name->schemaname)
        found = resolver_find(relations, name->schemaname, name->relname);
    for (size_t i = 0; !name->schemaname && !found && i < path->count; i++)
        found = resolver_find(relations, path->items[i], name->relname);
    if (!found)
        describer->understood = false;
    need(describer, found);
    return found;
}

const char *describe_relation_path(struct describer *describer, const struct object *relation)
{
    return pg_qualify(describer->arena, relation->parent->name, relation->name);
}

/* --- values --------------------------------------------------------------------------------------- */

const char *describe_text(struct describer *describer, Node *value)
{
    const char *schema;
    const char *name;

    if (!value)
        return NULL;
    switch (nodeTag(value)) {
    case T_Integer:
        return arena_printf(describer->arena, "%d", intVal(value));
    case T_Float:
        return arena_strdup(describer->arena, castNode(Float, value)->fval);
    case T_Boolean:
        return boolVal(value) ? "true" : "false";
    case T_String:
        return arena_strdup(describer->arena, strVal(value));
    case T_TypeName:
        describe_parts(describer->arena, castNode(TypeName, value)->names, &schema, &name);
        return name;
    case T_List:
        describe_parts(describer->arena, (List *)value, &schema, &name);
        return name;
    default:
        describer->understood = false;
        return NULL;
    }
}

const char *describe_literal(struct describer *describer, Node *value)
{
    const char *text = describe_text(describer, value);

    return text ? pg_quote_literal(describer->arena, text) : NULL;
}

bool describe_truth(Node *value)
{
    if (!value)
        return true;
    if (IsA(value, Boolean))
        return boolVal(value);
    if (IsA(value, Integer))
        return intVal(value) != 0;
    if (IsA(value, String))
        return strcasecmp(strVal(value), "true") == 0 || strcasecmp(strVal(value), "on") == 0;
    if (IsA(value, TypeName))
        return strcmp(strVal(llast(castNode(TypeName, value)->names)), "true") == 0;
    return false;
}

const char *describe_names(struct describer *describer, List *names, bool sorted)
{
    struct text_list texts = {0};
    ListCell *cell;

    foreach (cell, names)
        text_list_add(&texts, describer->arena,
                      pg_quote_name(describer->arena, strVal(lfirst(cell))));
    if (sorted)
        text_list_sort(&texts);
    return text_list_join(&texts, describer->arena, ", ");
}

void describe_options(struct describer *describer, List *options)
{
    ListCell *cell;

    foreach (cell, options) {
        const DefElem *option = lfirst_node(DefElem, cell);
        const char *key = arena_printf(describer->arena, "option %s",
                                       pg_quote_name(describer->arena, option->defname));

        describe_fact(describer, key,
                      option->defaction == DEFELEM_DROP ? NULL
                                                        : describe_literal(describer, option->arg));
    }
}

struct described_text describe_expression(struct describer *describer, Node *expression,
                                          const struct pg_scope *scope)
{
    struct resolver *resolver = describer->resolver;
    struct pg_analysis analysis = {0};
    struct error ignored = {0};
    const char *text = pg_deparse_expression(expression, describer->arena, &ignored);

    resolver_enter(resolver, describer->object);
    if (!text || !pg_analyze_expression(resolver->universe, text, scope, describer->arena,
                                        &analysis, &ignored)) {
        describer->understood = false;
        return (struct described_text){"", ""};
    }
    if (!analysis.complete)
        describer->understood = false;
    resolver_note_needs(resolver, describer->object, &analysis);
    return (struct described_text){analysis.canonical, analysis.written ? analysis.written : text};
}

void describe_worded_fact(struct describer *describer, const char *key, struct described_text text)
{
    describe_fact(describer, key, text.canonical);
    facts_set(&describer->wording, describer->arena, key, text.written);
}

/* --- the whole ------------------------------------------------------------------------------------ */

static bool describe_statement(struct describer *describer, Node *statement)
{
    return describe_foreign(describer, statement) || describe_event(describer, statement) ||
           describe_publication(describer, statement) ||
           describe_text_search(describer, statement) || describe_definition(describer, statement);
}

static bool is_statement(const char *text)
{
    return strncasecmp(text, "create ", 7) == 0;
}

void describe_object(struct resolver *resolver, struct object *object)
{
    struct unmodelled *unmodelled = as_unmodelled(object);
    struct describer describer = {
        .resolver = resolver, .object = object, .arena = resolver->arena, .understood = true};
    struct error ignored = {0};
    List *statements = NIL;
    ListCell *cell;
    void *context;

    if (!unmodelled->definition || !is_statement(unmodelled->definition) || unmodelled->facts.count)
        return;
    context = pg_parse_enter();
    describer.understood = pg_parse(unmodelled->definition, &statements, &ignored);
    foreach (cell, statements)
        if (!describe_statement(&describer, lfirst_node(RawStmt, cell)->stmt))
            describer.understood = false;
    pg_parse_leave(context);
    if (!describer.understood)
        return;
    text_list_sort(&describer.facts);
    unmodelled->facts = describer.facts;
    unmodelled->wording = describer.wording;
}
