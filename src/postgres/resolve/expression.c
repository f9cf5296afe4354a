/* Brings the expressions of one object to canonical form: each kind says where its expressions
 * stand, the analyzer does the rest, and what it found to be used becomes what the object needs. */
#include <string.h>

#include "core/text/word.h"
#include "dialect/resolve.h"
#include "model/fields.h"
#include "model/identity.h"
#include "postgres/resolve/resolve.h"

static struct object *dependency_object(struct resolver *resolver,
                                        const struct pg_dependency *dependency)
{
    switch (dependency->kind) {
    case PG_DEPENDS_RELATION:
    case PG_DEPENDS_COLUMN:
    case PG_DEPENDS_PRIMARY_KEY:
        return resolver_find(&resolver->relation_objects, dependency->schema, dependency->name);
    case PG_DEPENDS_TYPE:
        return resolver_find(&resolver->type_objects, dependency->schema, dependency->name);
    case PG_DEPENDS_FUNCTION:
    case PG_DEPENDS_NAMED:
        return NULL;
    }
    return NULL;
}

static struct object *find_known_child(const struct object *parent, enum kind kind,
                                       const char *name)
{
    for (struct object *child = NULL; (child = object_next_child(parent, kind, child));)
        if (strcmp(object_present_name(child), name) == 0)
            return child;
    return NULL;
}

/* A routine found by name alone may be any of that name. */
static void need_function(struct resolver *resolver, struct object *object,
                          const struct pg_dependency *dependency)
{
    union {
        const void *constant;
        struct object *object;
    } owner = {.constant = dependency->function ? dependency->function->owner : NULL};
    const struct pointer_list *list;

    if (dependency->function) {
        model_need(resolver->model, object, owner.object);
        return;
    }
    list = map_get(&resolver->function_objects,
                   arena_printf(resolver->scratch, "%s\x1f%s",
                                dependency->schema ? dependency->schema : "", dependency->name));
    for (size_t i = 0; list && i < list->count; i++)
        model_need(resolver->model, object, list->items[i]);
}

static void note_need(struct resolver *resolver, struct object *object,
                      const struct pg_dependency *dependency)
{
    struct object *other = dependency_object(resolver, dependency);
    struct object *part = NULL;

    if (dependency->kind == PG_DEPENDS_FUNCTION) {
        need_function(resolver, object, dependency);
        return;
    }
    if (dependency->kind == PG_DEPENDS_NAMED) {
        resolver_need_named(resolver, object, dependency->class_name, dependency->schema,
                            dependency->name);
        return;
    }
    if (!other)
        return;
    if (dependency->kind == PG_DEPENDS_COLUMN)
        part = find_known_child(other, other->kind == KIND_COMPOSITE ? KIND_ATTRIBUTE : KIND_COLUMN,
                                dependency->column);
    else if (dependency->kind == PG_DEPENDS_PRIMARY_KEY)
        part = object_next_child(other, KIND_PRIMARY_KEY, NULL);
    if (part && !object_is_below(object, part))
        model_need(resolver->model, object, part);
    if (!object_is_below(object, other))
        model_need(resolver->model, object, other);
}

void resolver_note_needs(struct resolver *resolver, struct object *object,
                         const struct pg_analysis *analysis)
{
    for (int i = 0; i < analysis->dependency_count; i++)
        note_need(resolver, object, &analysis->dependencies[i]);
}

/* The first word or literal of a text, as the author wrote it. */
static const char *first_word(struct resolver *resolver, const char *text)
{
    size_t length = 0;

    text += strspn(text, "(");
    if (*text == '\'')
        return arena_strndup(resolver->scratch, text, strcspn(text + 1, "'") + 2);
    while (is_letter_of_word(text[length]))
        length++;
    return arena_strndup(resolver->scratch, text, length);
}

bool resolver_accepts(struct resolver *resolver, const struct object *object,
                      const struct pg_analysis *analysis)
{
    const struct pg_refusal *refusal = analysis->refusal;

    if (!refusal || !object->location.file || resolver->model->not_run.count)
        return true;
    error_set(resolver->error, ERROR_SCHEMA, "%s: %s", identity_print(resolver->scratch, object),
              refusal->message);
    if (refusal->hint)
        error_hint(resolver->error, "%s", refusal->hint);
    resolve_place_error_at(object,
                           refusal->word ? refusal->word : first_word(resolver, analysis->written),
                           resolver->error);
    return false;
}

/* A column that a known relation does not have is an error of the file; what else plumb cannot
 * resolve without the server is said: it may be a slip of the pen, or something of an extension. */
static bool judge_incomplete(struct resolver *resolver, const struct object *object,
                             const struct pg_analysis *analysis)
{
    if (analysis->complete || !object->location.file || !analysis->reason)
        return true;
    if (analysis->no_column) {
        error_hint(resolver->error, "Columns are looked up in what the files declare.");
        return error_set(resolver->error, ERROR_SCHEMA, "%s: there is %s",
                         identity_print(resolver->scratch, object), analysis->reason);
    }
    text_list_add(&resolver->model->notes, resolver->arena,
                  arena_printf(resolver->arena, "%s:%d: %s: %s: only the server can tell",
                               object->location.file, object->location.line,
                               identity_print(resolver->arena, object), analysis->reason));
    return true;
}

static bool take_analysis(struct resolver *resolver, struct object *object,
                          struct expression *expression, const struct pg_analysis *analysis)
{
    expression->canonical = analysis->canonical;
    if (analysis->written)
        expression->written = analysis->written;
    expression->incomplete = !analysis->complete;
    resolver_note_needs(resolver, object, analysis);
    return resolver_accepts(resolver, object, analysis) &&
           judge_incomplete(resolver, object, analysis);
}

static bool analyze(struct resolver *resolver, struct object *object, struct expression *expression,
                    const struct pg_scope *scope)
{
    struct pg_analysis analysis = {0};

    if (!expression->written)
        return true;
    resolver_enter(resolver, object);
    if (!pg_analyze_expression(resolver->universe, expression->written, scope, resolver->arena,
                               &analysis, resolver->error))
        return false;
    return take_analysis(resolver, object, expression, &analysis);
}

static bool analyze_over_table(struct resolver *resolver, struct object *object,
                               struct expression *expression, bool boolean)
{
    return analyze(resolver, object, expression,
                   &(struct pg_scope){.relation = resolver_relation(resolver, object->parent),
                                      .boolean = boolean});
}

/* --- views ---------------------------------------------------------------------------------------- */

struct view_parts {
    struct expression *query;
    struct expression *stand_in; /* NULL: the kind has none */
    struct text_list *columns;
    struct text_list *types;
};

static struct view_parts parts_of_view(const struct object *object)
{
    if (object->kind == KIND_VIEW) {
        struct view *view = as_view(object);

        return (struct view_parts){&view->query, &view->stand_in, &view->columns,
                                   &view->column_types};
    }
    {
        struct materialized_view *view = as_materialized_view(object);

        return (struct view_parts){&view->query, NULL, &view->columns, &view->column_types};
    }
}

const char *resolver_query_text(const struct object *object)
{
    return object->kind == KIND_VIEW || object->kind == KIND_MATERIALIZED_VIEW
               ? parts_of_view(object).query->written
               : NULL;
}

/* The columns that a view was declared with, or the server's list, give way to the analysis. */
static void take_columns(struct resolver *resolver, struct view_parts parts,
                         const struct pg_analysis *analysis)
{
    *parts.columns = (struct text_list){0};
    *parts.types = (struct text_list){0};
    for (int i = 0; i < analysis->column_count; i++) {
        const struct pg_column *column = &analysis->columns[i];

        text_list_add(
            parts.columns, resolver->arena,
            arena_strdup(resolver->arena, column->print_name ? column->print_name : column->name));
        text_list_add(parts.types, resolver->arena,
                      column->type ? pg_type_format(column->type, column->typmod, resolver->arena)
                                   : "");
    }
}

static bool depends_on(const struct pg_analysis *analysis, const struct pg_relation *relation)
{
    for (int i = 0; i < analysis->dependency_count; i++)
        if (analysis->dependencies[i].relation == relation)
            return true;
    return false;
}

/* A view that reads itself has the columns that it had before it did. */
static bool resolve_stand_in(struct resolver *resolver, struct object *view,
                             struct view_parts parts, struct pg_relation *relation)
{
    struct pg_analysis analysis = {0};

    if (!parts.stand_in || !parts.stand_in->written)
        return true;
    if (!pg_analyze_query(resolver->universe, parts.stand_in->written,
                          parts.columns->count ? parts.columns : NULL, NULL, resolver->arena,
                          &analysis, resolver->error) ||
        !take_analysis(resolver, view, parts.stand_in, &analysis))
        return false;
    relation->columns = analysis.columns;
    relation->column_count = analysis.column_count;
    return true;
}

bool resolver_query(struct resolver *resolver, struct object *view)
{
    struct view_parts parts = parts_of_view(view);
    struct pg_relation *relation = resolver_relation(resolver, view);
    struct pg_analysis analysis = {0};

    if (parts.query->canonical || !parts.query->written)
        return true;
    resolver_enter(resolver, view);
    if (!resolve_stand_in(resolver, view, parts, relation) ||
        !pg_analyze_query(resolver->universe, parts.query->written,
                          parts.columns->count ? parts.columns : NULL, NULL, resolver->arena,
                          &analysis, resolver->error))
        return false;
    if (!take_analysis(resolver, view, parts.query, &analysis))
        return false;
    if (parts.stand_in && !depends_on(&analysis, relation))
        *parts.stand_in = (struct expression){0};
    if (analysis.column_count) {
        relation->columns = analysis.columns;
        relation->column_count = analysis.column_count;
        take_columns(resolver, parts, &analysis);
    }
    return true;
}

/* --- routines ------------------------------------------------------------------------------------- */

static bool resolve_routine(struct resolver *resolver, struct object *object)
{
    struct function *function = as_function(object);
    const struct pg_function *routine = resolver_function(resolver, object);
    size_t first = (size_t)routine->argument_count - function->defaults.count;
    struct pg_analysis analysis = {0};

    for (size_t i = 0; i < function->defaults.count; i++) {
        struct pg_scope scope = {.target_typmod = -1};

        if (first + i < (size_t)routine->argument_count)
            scope.target = routine->argument_types[first + i];
        if (!analyze(resolver, object, &function->defaults.items[i], &scope))
            return false;
    }
    if (!function->sql_body.written)
        return true;
    resolver_enter(resolver, object);
    if (!pg_analyze_routine_body(resolver->universe, function->sql_body.written,
                                 &(struct pg_scope){.routine = routine}, resolver->arena, &analysis,
                                 resolver->error))
        return false;
    return take_analysis(resolver, object, &function->sql_body, &analysis);
}

/* --- the rest ------------------------------------------------------------------------------------- */

static bool resolve_keys(struct resolver *resolver, struct object *object, struct object *table,
                         const char *method, struct expression_list *keys)
{
    for (size_t i = 0; i < keys->count; i++)
        if (!resolver_key(resolver, object, table, method, &keys->items[i]))
            return false;
    return true;
}

static bool resolve_domain(struct resolver *resolver, struct object *object)
{
    struct domain *domain = as_domain(object);
    struct resolved_type base = resolver_type(resolver, domain->type);

    return analyze(resolver, object, &domain->default_value,
                   &(struct pg_scope){.target = base.type, .target_typmod = base.typmod});
}

static bool resolve_domain_check(struct resolver *resolver, struct object *object)
{
    struct resolved_type base = resolver_type(resolver, as_domain(object->parent)->type);

    return analyze(
        resolver, object, &as_domain_check(object)->expression,
        &(struct pg_scope){.value_type = base.type, .value_typmod = base.typmod, .boolean = true});
}

static bool resolve_column(struct resolver *resolver, struct object *object)
{
    struct column *column = as_column(object);
    struct resolved_type type = resolver_type(resolver, column->type);

    return analyze(resolver, object, &column->generation,
                   &(struct pg_scope){.relation = resolver_relation(resolver, object->parent),
                                      .target = type.type,
                                      .target_typmod = type.typmod});
}

static struct resolved_type type_of_view_column(struct resolver *resolver,
                                                const struct object *column)
{
    const struct pg_relation *relation = resolver_relation(resolver, column->parent);

    if (column->parent->kind != KIND_TABLE)
        resolver_query(resolver, column->parent);
    for (int i = 0; relation && i < relation->column_count; i++)
        if (strcmp(relation->columns[i].name, column->name) == 0)
            return (struct resolved_type){relation->columns[i].type, relation->columns[i].typmod};
    return (struct resolved_type){.typmod = -1};
}

static bool resolve_default(struct resolver *resolver, struct object *object)
{
    struct object *column = object->parent;
    struct resolved_type type = column->parent->kind == KIND_TABLE
                                    ? resolver_type(resolver, as_column(column)->type)
                                    : type_of_view_column(resolver, column);

    return analyze(resolver, object, &as_default_value(object)->expression,
                   &(struct pg_scope){.target = type.type, .target_typmod = type.typmod});
}

static bool resolve_trigger(struct resolver *resolver, struct object *object)
{
    const struct pg_relation *relation = resolver_relation(resolver, object->parent);

    return analyze(resolver, object, &as_trigger(object)->condition,
                   &(struct pg_scope){.old_relation = relation, .boolean = true});
}

static bool resolve_policy(struct resolver *resolver, struct object *object)
{
    struct policy *policy = as_policy(object);

    return analyze_over_table(resolver, object, &policy->using_expression, true) &&
           analyze_over_table(resolver, object, &policy->check_expression, true);
}

static bool resolve_index(struct resolver *resolver, struct object *object)
{
    struct index *index = as_index(object);

    return resolve_keys(resolver, object, object->parent, index->method, &index->keys) &&
           analyze_over_table(resolver, object, &index->predicate, true);
}

static bool resolve_exclusion(struct resolver *resolver, struct object *object)
{
    struct exclusion *exclusion = as_exclusion(object);

    return resolve_keys(resolver, object, object->parent, exclusion->method, &exclusion->keys) &&
           analyze_over_table(resolver, object, &exclusion->predicate, true);
}

static bool resolve_table(struct resolver *resolver, struct object *object)
{
    struct table *table = as_table(object);
    bool hash = table->partition_strategy && strcmp(table->partition_strategy, "HASH") == 0;

    return resolve_keys(resolver, object, object, hash ? "hash" : "btree", &table->partition_keys);
}

bool resolver_expressions(struct resolver *resolver, struct object *object)
{
    switch (object->kind) {
    case KIND_DOMAIN:
        return resolve_domain(resolver, object);
    case KIND_DOMAIN_CHECK:
        return resolve_domain_check(resolver, object);
    case KIND_FUNCTION:
        return resolve_routine(resolver, object);
    case KIND_TABLE:
        return resolve_table(resolver, object);
    case KIND_COLUMN:
        return resolve_column(resolver, object);
    case KIND_DEFAULT:
        return resolve_default(resolver, object);
    case KIND_CHECK:
        return analyze_over_table(resolver, object, &as_check_constraint(object)->expression, true);
    case KIND_EXCLUSION:
        return resolve_exclusion(resolver, object);
    case KIND_ATTACHMENT:
        return resolver_bound(resolver, object);
    case KIND_FOREIGN_KEY:
        return resolver_foreign_key(resolver, object);
    case KIND_VIEW:
    case KIND_MATERIALIZED_VIEW:
        return resolver_query(resolver, object);
    case KIND_INDEX:
        return resolve_index(resolver, object);
    case KIND_TRIGGER:
        return resolve_trigger(resolver, object);
    case KIND_POLICY:
        return resolve_policy(resolver, object);
    default:
        return true;
    }
}
