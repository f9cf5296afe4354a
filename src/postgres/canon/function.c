/* Function calls: which function is meant, with variadic, named and omitted arguments; aggregates and
 * window calls. */
#include "postgres/canon/internal.h"

#include <string.h>

#include "utils/builtins.h"

/* The arguments of a call as written. */
struct arguments {
    int count;
    struct value *values[FUNCTION_ARGUMENTS];
    const char *names[FUNCTION_ARGUMENTS]; /* NULL where positional */
    const struct pg_type *types[FUNCTION_ARGUMENTS];
    bool named;
    bool typed; /* all types are known */
    bool explicit_variadic;
    int direct_count; /* WITHIN GROUP: the arguments before the sorted ones */
};

struct gathering {
    const struct arguments *arguments;
    struct candidate *candidates;
    const struct pg_function *first; /* of any shape */
    const struct pg_type *result;    /* of all, while they agree */
    int found;
};

/* -- Candidates --------------------------------------------------------------------------------- */

static int parameter_named(const struct pg_function *function, const char *name)
{
    for (int i = 0; function->argument_names && i < function->argument_count; i++)
        if (function->argument_names[i] && strcmp(function->argument_names[i], name) == 0)
            return i;
    return -1;
}

/* Named notation: each name must be a parameter, and what is left out must have a default. */
static bool match_named(const struct pg_function *function, const struct arguments *arguments,
                        struct candidate *candidate)
{
    bool given[FUNCTION_ARGUMENTS] = {false};

    if (arguments->count > function->argument_count ||
        function->argument_count > FUNCTION_ARGUMENTS ||
        (function->variadic && !arguments->explicit_variadic))
        return false;
    for (int i = 0; i < arguments->count; i++) {
        int place = arguments->names[i] ? parameter_named(function, arguments->names[i]) : i;

        if (place < 0 || given[place])
            return false;
        given[place] = true;
        candidate->types[i] = function->argument_types[place];
    }
    for (int i = 0; i < function->argument_count - function->default_count; i++)
        if (!given[i])
            return false;
    candidate->defaults = function->argument_count - arguments->count;
    return true;
}

static bool match_positional(const struct pg_function *function, const struct arguments *arguments,
                             struct candidate *candidate)
{
    int count = arguments->count, fixed = function->argument_count;
    bool expand = function->variadic && !arguments->explicit_variadic && fixed <= count;
    const struct pg_type *last;

    if (fixed > count) {
        if (count + function->default_count < fixed)
            return false;
        candidate->defaults = fixed - count;
    } else if (fixed != count && !expand) {
        return false;
    }
    for (int i = 0; i < count && i < fixed; i++)
        candidate->types[i] = function->argument_types[i];
    if (!expand)
        return true;
    last = function->argument_types[fixed - 1];
    candidate->variadic = count - fixed + 1;
    for (int i = fixed - 1; i < count; i++)
        candidate->types[i] = universe_type_is(last, "any") ? last : last ? last->element : NULL;
    return true;
}

static const struct pg_type *variadic_element(struct analyzer *analyzer,
                                              const struct pg_type *array)
{
    if (array == analyzer->types.anyarray)
        return analyzer->types.anyelement;
    if (array == analyzer->types.anycompatiblearray)
        return analyzer->types.anycompatible;
    return array ? array->element : NULL;
}

static void gather(void *object, int place, void *context)
{
    struct gathering *gathering = context;
    const struct pg_function *function = object;
    struct candidate *candidate = palloc0(sizeof(struct candidate));
    size_t room = (size_t)gathering->arguments->count + 1;

    if (!gathering->first)
        gathering->first = function;
    gathering->result =
        gathering->found && gathering->result != function->result ? NULL : function->result;
    gathering->found++;
    if (function->kind == 'p')
        return;
    candidate->types = palloc0(room * sizeof(candidate->types[0]));
    candidate->object = function;
    candidate->place = place;
    if (!(gathering->arguments->named
              ? match_named(function, gathering->arguments, candidate)
              : match_positional(function, gathering->arguments, candidate)))
        return;
    candidate->next = gathering->candidates;
    gathering->candidates = candidate;
}

/* The elements of VARIADIC anyarray are themselves polymorphic. */
static void fix_variadic(struct analyzer *analyzer, struct gathering *gathering)
{
    for (struct candidate *candidate = gathering->candidates; candidate;
         candidate = candidate->next) {
        const struct pg_function *function = candidate->object;
        const struct pg_type *last;

        if (!candidate->variadic)
            continue;
        last = function->argument_types[function->argument_count - 1];
        for (int i = function->argument_count - 1; i < gathering->arguments->count; i++)
            if (last != analyzer->types.any)
                candidate->types[i] = variadic_element(analyzer, last);
    }
}

static bool types_known(const struct candidate *candidate, int count)
{
    for (int i = 0; i < count; i++)
        if (!candidate->types[i])
            return false;
    return true;
}

/* A parameter of an unknown type leaves the choice open, unless there is none. */
static struct candidate *choose(struct analyzer *analyzer, struct gathering *gathering)
{
    const struct arguments *arguments = gathering->arguments;

    for (struct candidate *candidate = gathering->candidates; candidate;
         candidate = candidate->next)
        if (!types_known(candidate, arguments->count) || !arguments->typed)
            return candidate->next || gathering->candidates != candidate ? NULL : candidate;
    return candidate_select(analyzer, gathering->candidates, arguments->types, arguments->count);
}

/* -- name(x) as a conversion to the type of that name ----------------------------------------- */

static struct value *as_conversion(struct analyzer *analyzer, const char *schema, const char *name,
                                   const struct arguments *arguments)
{
    const struct pg_type *type, *source = arguments->types[0];
    struct pg_cast room;
    const struct pg_cast *cast;

    if (arguments->count != 1 || arguments->named || arguments->explicit_variadic || !source)
        return NULL;
    type = pg_universe_type(analyzer->universe, schema, name);
    if (!type || type->relation)
        return NULL;
    if (source != analyzer->types.unknown) {
        const struct pg_type *from = universe_base_type(source, NULL),
                             *to = universe_base_type(type, NULL);

        cast = from == to ? NULL : universe_cast(analyzer->universe, from, to, &room);
        if (cast && cast->method != 'b' && cast->method != 'i')
            return NULL;
        if (!cast && from != to && to->category != 'S' && from->category != 'S')
            return NULL;
        if (!cast && from != to && from->type_class == PG_TYPE_COMPOSITE && to->category == 'S')
            return NULL;
    }
    analyze_depend_type(analyzer, type);
    return coerce_value(analyzer, arguments->values[0], type, -1, COERCE_EXPLICIT);
}

/* -- Arguments ---------------------------------------------------------------------------------- */

static void add_argument(struct analyzer *analyzer, struct arguments *arguments, Node *node)
{
    struct value *value;

    if (arguments->count >= FUNCTION_ARGUMENTS) {
        analyze_incomplete(analyzer, "too many arguments");
        return;
    }
    if (IsA(node, NamedArgExpr)) {
        arguments->names[arguments->count] = ((NamedArgExpr *)node)->name;
        arguments->named = true;
        node = (Node *)((NamedArgExpr *)node)->arg;
    }
    value = analyze_expression(analyzer, node);
    arguments->typed = arguments->typed && value->type;
    arguments->types[arguments->count] = value->type;
    arguments->values[arguments->count++] = value;
}

static void read_arguments(struct analyzer *analyzer, FuncCall *call, struct arguments *arguments)
{
    ListCell *cell;

    memset(arguments, 0, sizeof(*arguments));
    arguments->typed = true;
    arguments->explicit_variadic = call->func_variadic;
    foreach (cell, call->args)
        add_argument(analyzer, arguments, lfirst(cell));
    arguments->direct_count = arguments->count;
    if (call->agg_within_group)
        foreach (cell, call->agg_order)
            add_argument(analyzer, arguments, ((SortBy *)lfirst(cell))->node);
}

static Node *with_name(const struct arguments *arguments, int i, Node *node)
{
    NamedArgExpr *named;

    if (!arguments->names[i])
        return node;
    named = makeNode(NamedArgExpr);
    named->name = pstrdup(arguments->names[i]);
    named->arg = (Expr *)node;
    return (Node *)named;
}

/* The expanded arguments become VARIADIC ARRAY[...], as the server prints them. */
static Node *collapse(struct analyzer *analyzer, struct value **values, int count)
{
    A_ArrayExpr *array = makeNode(A_ArrayExpr);

    (void)analyzer;
    for (int i = 0; i < count; i++)
        array->elements = lappend(array->elements, values[i]->node);
    return (Node *)array;
}

static const char *printed_schema(const struct pg_function *function)
{
    return function->print_schema ? function->print_schema : function->schema;
}

static List *printed_name(const struct pg_function *function)
{
    const char *name = function->print_name ? function->print_name : function->name;

    if (strcmp(function->schema, "pg_catalog") == 0)
        return list_make1(makeString(pstrdup(name)));
    return list_make2(makeString(pstrdup(printed_schema(function))), makeString(pstrdup(name)));
}

/* Puts the schema before an unqualified name in the author's text, or the new name in its place. */
static void edit_name(struct analyzer *analyzer, FuncCall *call, const struct pg_function *function)
{
    int offset = call->location, last = offset;
    bool qualified = list_length(call->funcname) > 1;

    if (!function->user || offset < 0)
        return;
    if (!qualified)
        analyze_edit(analyzer, offset, 0,
                     psprintf("%s.", quote_identifier(printed_schema(function))));
    else if (function->print_schema)
        analyze_edit(analyzer, offset, tree_name_length(analyzer->text, offset),
                     quote_identifier(function->print_schema));
    if (!function->print_name)
        return;
    if (qualified)
        last = tree_after_dot(analyzer->text, offset);
    if (last >= 0)
        analyze_edit(analyzer, last, tree_name_length(analyzer->text, last),
                     quote_identifier(function->print_name));
}

static void depend_function(struct analyzer *analyzer, const struct pg_function *function)
{
    if (function->user)
        analyze_depend(analyzer, (struct pg_dependency){.kind = PG_DEPENDS_FUNCTION,
                                                        .schema = function->schema,
                                                        .name = function->name,
                                                        .function = function});
}

/* -- Aggregates and windows --------------------------------------------------------------------- */

/* ORDER BY an argument means the argument as the aggregate gets it. */
static List *sort_arguments(struct analyzer *analyzer, FuncCall *call, List *plain, List *converted)
{
    List *sorted = analyze_sort(analyzer, call->agg_order, NULL);
    ListCell *cell;

    foreach (cell, sorted) {
        SortBy *sort = lfirst(cell);

        for (int i = 0; i < list_length(plain) && i < list_length(converted); i++)
            if (equal(list_nth(plain, i), sort->node)) {
                sort->node = list_nth(converted, i);
                break;
            }
    }
    return sorted;
}

static Node *frame_offset(struct analyzer *analyzer, Node *node, int options,
                          const struct pg_type *sorted)
{
    struct value *value;
    bool time;

    if (!node)
        return NULL;
    value = analyze_expression(analyzer, node);
    if (!(options & FRAMEOPTION_RANGE))
        return coerce_value(analyzer, value, analyzer->types.int8, -1, COERCE_IMPLICIT)->node;
    time = sorted && sorted->category == 'D';
    if (value->type == analyzer->types.unknown)
        value = coerce_value(analyzer, value, time ? analyzer->types.interval : sorted, -1,
                             COERCE_IMPLICIT);
    return value->node;
}

WindowDef *analyze_window(struct analyzer *analyzer, WindowDef *window)
{
    WindowDef *result = makeNode(WindowDef);
    const struct pg_type *sorted = NULL;
    ListCell *cell;

    *result = *window;
    result->partitionClause = NIL;
    foreach (cell, window->partitionClause)
        result->partitionClause =
            lappend(result->partitionClause,
                    coerce_unknown(analyzer, analyze_expression(analyzer, lfirst(cell)))->node);
    result->orderClause = analyze_sort(analyzer, window->orderClause, NULL);
    if (window->startOffset || window->endOffset) {
        if (window->orderClause)
            sorted =
                analyze_expression(analyzer, ((SortBy *)linitial(window->orderClause))->node)->type;
        result->startOffset =
            frame_offset(analyzer, window->startOffset, window->frameOptions, sorted);
        result->endOffset = frame_offset(analyzer, window->endOffset, window->frameOptions, sorted);
    }
    return result;
}

/* -- The call ----------------------------------------------------------------------------------- */

static FuncCall *new_call(FuncCall *call)
{
    FuncCall *result = makeNode(FuncCall);

    *result = *call;
    result->args = NIL;
    result->funcformat = COERCE_EXPLICIT_CALL;
    return result;
}

static void finish_call(struct analyzer *analyzer, FuncCall *call, FuncCall *result, List *plain,
                        List *converted)
{
    if (!call->agg_within_group && call->agg_order)
        result->agg_order = sort_arguments(analyzer, call, plain, converted);
    if (call->agg_filter)
        result->agg_filter = analyze_boolean(analyzer, call->agg_filter);
    if (call->over && !call->over->name)
        result->over = analyze_window(analyzer, call->over);
}

static void note_use(struct value *value, const struct arguments *arguments)
{
    for (int i = 0; i < arguments->count; i++) {
        value->variables = value->variables || arguments->values[i]->variables;
        value->aggregate = value->aggregate || arguments->values[i]->aggregate;
        value->set = value->set || arguments->values[i]->set;
        if (!value->collation && value->type && value->type->collatable)
            value->collation = arguments->values[i]->collation;
    }
}

/* Not known: the arguments stay as they are, and whoever bears the name is a dependency. */
static struct value *unresolved(struct analyzer *analyzer, FuncCall *call,
                                const struct arguments *arguments,
                                const struct gathering *gathering)
{
    FuncCall *result = new_call(call);
    struct value *value;
    List *plain = NIL;

    for (int i = 0; i < arguments->direct_count; i++) {
        plain = lappend(plain, arguments->values[i]->node);
        result->args = lappend(result->args, with_name(arguments, i, arguments->values[i]->node));
    }
    if (call->agg_within_group)
        result->agg_order = analyze_sort(analyzer, call->agg_order, NULL);
    finish_call(analyzer, call, result, plain, plain);
    if (gathering->first) {
        depend_function(analyzer, gathering->first);
        edit_name(analyzer, call, gathering->first);
        result->funcname = printed_name(gathering->first);
    }
    value = tree_value((Node *)result, gathering->result, -1);
    if (value->type && polymorphic_type(analyzer, value->type))
        value->type = NULL;
    analyze_incomplete(analyzer, gathering->first ? "no single function %s fits" : "no function %s",
                       strVal(llast(call->funcname)));
    note_use(value, arguments);
    return value;
}

/* Ordered-set aggregates: the sorted arguments go back to WITHIN GROUP, converted. */
static List *within_group(struct analyzer *analyzer, FuncCall *call, struct arguments *arguments)
{
    List *sorted = analyze_sort(analyzer, call->agg_order, NULL);
    int i = arguments->direct_count;
    ListCell *cell;

    foreach (cell, sorted)
        if (i < arguments->count)
            ((SortBy *)lfirst(cell))->node = arguments->values[i++]->node;
    return sorted;
}

static struct value *build(struct analyzer *analyzer, FuncCall *call, struct arguments *arguments,
                           const struct candidate *chosen)
{
    const struct pg_function *function = chosen->object;
    FuncCall *result = new_call(call);
    List *plain = NIL, *converted = NIL;
    const struct pg_type *type;
    struct value *value;
    int expanded = arguments->count - chosen->variadic;
    bool collapsed = chosen->variadic && chosen->types[expanded] != analyzer->types.any;

    type = polymorphic_resolve(analyzer, arguments->types, chosen->types, arguments->count,
                               function->result);
    for (int i = 0; i < arguments->count; i++) {
        plain = lappend(plain, arguments->values[i]->node);
        arguments->values[i] =
            coerce_value(analyzer, arguments->values[i], chosen->types[i], -1, COERCE_IMPLICIT);
        converted = lappend(converted, arguments->values[i]->node);
        if (i < arguments->direct_count && !(collapsed && i >= expanded))
            result->args =
                lappend(result->args, with_name(arguments, i, arguments->values[i]->node));
    }
    if (collapsed && !call->agg_within_group) {
        result->args = lappend(result->args,
                               collapse(analyzer, arguments->values + expanded, chosen->variadic));
        result->func_variadic = true;
    }
    if (call->agg_within_group)
        result->agg_order = within_group(analyzer, call, arguments);
    finish_call(analyzer, call, result, plain, converted);
    result->funcname = printed_name(function);
    value = tree_value((Node *)result, type, -1);
    note_use(value, arguments);
    value->function = function;
    value->set = value->set || function->returns_set;
    value->aggregate = value->aggregate || function->kind == 'a' || call->over;
    if (function->kind == 'a' && !call->over)
        result->location = AGGREGATE_MARK;
    depend_function(analyzer, function);
    edit_name(analyzer, call, function);
    return value;
}

struct value *analyze_call(struct analyzer *analyzer, FuncCall *call)
{
    int parts = list_length(call->funcname);
    const char *name = strVal(llast(call->funcname));
    const char *schema = parts > 1 ? strVal(list_nth(call->funcname, parts - 2)) : NULL;
    struct arguments *arguments = palloc(sizeof(struct arguments));
    struct gathering gathering = {.arguments = arguments};
    struct candidate *chosen, *match = NULL;
    struct value *value;

    read_arguments(analyzer, call, arguments);
    universe_functions(analyzer->universe, schema, name, gather, &gathering);
    fix_variadic(analyzer, &gathering);
    for (struct candidate *candidate = gathering.candidates; candidate; candidate = candidate->next)
        if (memcmp(candidate->types, arguments->types,
                   (size_t)arguments->count * sizeof(candidate->types[0])) == 0)
            match = candidate;
    if (!match && !call->agg_star && !call->over && !call->agg_distinct && !call->agg_order) {
        value = as_conversion(analyzer, schema, name, arguments);
        if (value)
            return value;
    }
    chosen = choose(analyzer, &gathering);
    if (chosen)
        return build(analyzer, call, arguments, chosen);
    if (!schema && arguments->count == 1 && !arguments->named && !call->agg_star) {
        value = names_select_field(analyzer, arguments->values[0], name);
        if (value)
            return value;
    }
    return unresolved(analyzer, call, arguments, &gathering);
}

struct value *analyze_field_call(struct analyzer *analyzer, const char *name,
                                 struct value *argument)
{
    FuncCall *call = makeNode(FuncCall);
    struct arguments *arguments = palloc0(sizeof(struct arguments));
    struct gathering gathering = {.arguments = arguments};
    struct candidate *chosen;

    arguments->count = arguments->direct_count = 1;
    arguments->values[0] = argument;
    arguments->types[0] = argument->type;
    arguments->typed = argument->type != NULL;
    universe_functions(analyzer->universe, NULL, name, gather, &gathering);
    chosen = arguments->typed ? choose(analyzer, &gathering) : NULL;
    if (!chosen)
        return NULL;
    call->funcname = list_make1(makeString(pstrdup(name)));
    call->location = -1;
    return build(analyzer, call, arguments, chosen);
}
