/* The doors of the analyzer: an expression, a query, a routine's body. Each parses its text in a
 * memory context of its own, walks the tree, and leaves texts and lists in the caller's arena. */
#include "postgres/canon/internal.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "parser/parser.h"

#include "postgres/sql/keyword.h"
#include "postgres/sql/parse.h"
#include "postgres/sql/print.h"

/* -- Notes -------------------------------------------------------------------------------------- */

void analyze_incomplete(struct analyzer *analyzer, const char *format, ...)
{
    va_list arguments;

    analyzer->complete = false;
    if (analyzer->reason)
        return;
    va_start(arguments, format);
    analyzer->reason = arena_vprintf(analyzer->arena, format, arguments);
    va_end(arguments);
}

void analyze_no_column(struct analyzer *analyzer, const char *name)
{
    analyzer->no_column = analyzer->no_column || !analyzer->reason;
    analyze_incomplete(analyzer, "no column %s", name);
}

void analyze_refuse(struct analyzer *analyzer, const char *word, const char *hint,
                    const char *format, ...)
{
    va_list arguments;

    if (analyzer->refusal || !analyzer->complete)
        return;
    analyzer->refusal = ARENA_NEW(analyzer->arena, struct pg_refusal);
    va_start(arguments, format);
    analyzer->refusal->message = arena_vprintf(analyzer->arena, format, arguments);
    va_end(arguments);
    analyzer->refusal->hint = arena_strdup(analyzer->arena, hint);
    analyzer->refusal->word = arena_strdup(analyzer->arena, word);
}

void analyze_edit(struct analyzer *analyzer, int offset, int length, const char *replacement)
{
    struct edit *edit = palloc(sizeof(struct edit));

    edit->offset = offset;
    edit->length = length;
    edit->replacement = pstrdup(replacement);
    pointer_list_add(&analyzer->edits, analyzer->arena, edit);
}

void analyze_depend(struct analyzer *analyzer, struct pg_dependency dependency)
{
    const char *key =
        psprintf("%d %s.%s.%s %p %s", (int)dependency.kind, dependency.schema, dependency.name,
                 dependency.column ? dependency.column : "", (const void *)dependency.function,
                 dependency.class_name ? dependency.class_name : "");

    if (map_add(&analyzer->seen, key))
        pointer_list_add(&analyzer->dependencies, analyzer->arena,
                         arena_copy(analyzer->arena, &dependency, sizeof(dependency)));
}

const char *analyze_named(struct analyzer *analyzer, const char *class_name, const char *schema,
                          const char *name)
{
    const char *found = pg_universe_find_named(analyzer->universe, class_name, schema, name);

    if (found)
        analyze_depend(analyzer, (struct pg_dependency){.kind = PG_DEPENDS_NAMED,
                                                        .class_name = class_name,
                                                        .schema = found,
                                                        .name = pstrdup(name)});
    return found;
}

void analyze_depend_type(struct analyzer *analyzer, const struct pg_type *type)
{
    if (type->element && type->category == 'A')
        type = type->element;
    if (!type->user)
        return;
    analyze_depend(analyzer, (struct pg_dependency){.kind = PG_DEPENDS_TYPE,
                                                    .schema = type->schema,
                                                    .name = type->name,
                                                    .type = type,
                                                    .relation = type->relation});
}

/* -- Start -------------------------------------------------------------------------------------- */

static void find_types(struct analyzer *analyzer)
{
    struct known_types *types = &analyzer->types;
    const struct {
        const struct pg_type **type;
        const char *name;
    } names[] = {{&types->boolean, "bool"},
                 {&types->int2, "int2"},
                 {&types->int4, "int4"},
                 {&types->int8, "int8"},
                 {&types->numeric, "numeric"},
                 {&types->float4, "float4"},
                 {&types->float8, "float8"},
                 {&types->text, "text"},
                 {&types->varchar, "varchar"},
                 {&types->bpchar, "bpchar"},
                 {&types->name, "name"},
                 {&types->unknown, "unknown"},
                 {&types->record, "record"},
                 {&types->record_array, "_record"},
                 {&types->any, "any"},
                 {&types->anyelement, "anyelement"},
                 {&types->anyarray, "anyarray"},
                 {&types->anynonarray, "anynonarray"},
                 {&types->anyenum, "anyenum"},
                 {&types->anyrange, "anyrange"},
                 {&types->anymultirange, "anymultirange"},
                 {&types->anycompatible, "anycompatible"},
                 {&types->anycompatiblearray, "anycompatiblearray"},
                 {&types->anycompatiblenonarray, "anycompatiblenonarray"},
                 {&types->anycompatiblerange, "anycompatiblerange"},
                 {&types->anycompatiblemultirange, "anycompatiblemultirange"},
                 {&types->date, "date"},
                 {&types->time, "time"},
                 {&types->timetz, "timetz"},
                 {&types->timestamp, "timestamp"},
                 {&types->timestamptz, "timestamptz"},
                 {&types->interval, "interval"},
                 {&types->json, "json"},
                 {&types->jsonb, "jsonb"},
                 {&types->xml, "xml"},
                 {&types->oid, "oid"},
                 {&types->regclass, "regclass"},
                 {&types->bit, "bit"},
                 {&types->void_, "void"},
                 {&types->cstring, "cstring"},
                 {&types->bytea, "bytea"}};

    for (size_t i = 0; i < lengthof(names); i++)
        *names[i].type = universe_builtin_type(analyzer->universe, names[i].name);
}

/* OLD and NEW of a trigger: their columns must be qualified. */
static struct range_entry *row_entry(struct analyzer *analyzer, const char *name)
{
    struct range_entry *entry =
        names_of_relation(analyzer, (struct pg_relation *)(uintptr_t)analyzer->scope->old_relation);

    entry->name = entry->canonical = name;
    entry->schema = NULL;
    entry->columns_visible = false;
    return entry;
}

static void start_scope(struct analyzer *analyzer)
{
    const struct pg_scope *scope = analyzer->scope;

    analyze_enter(analyzer);
    if (scope->relation) {
        struct pg_relation *relation = (struct pg_relation *)(uintptr_t)scope->relation;

        analyzer->base = names_of_relation(analyzer, relation);
        analyzer->base->canonical =
            names_unique(analyzer, relation->print_name ? relation->print_name : relation->name);
        analyzer->level->entries = list_make1(analyzer->base);
    }
    if (scope->old_relation) {
        analyzer->level->entries = lappend(analyzer->level->entries, row_entry(analyzer, "old"));
        analyzer->level->entries = lappend(analyzer->level->entries, row_entry(analyzer, "new"));
    }
}

/* What one call works on. */
struct job {
    struct analyzer analyzer;
    Node *node;
    const struct text_list *column_names;
    char *canonical;
    struct value *value;
    struct query *query;
};

static void start(struct job *job, struct pg_universe *universe, const char *text,
                  const struct pg_scope *scope, struct arena *arena)
{
    static const struct pg_scope nothing = {.value_typmod = -1, .target_typmod = -1};
    struct analyzer *analyzer = &job->analyzer;

    analyzer->universe = universe;
    analyzer->arena = arena;
    analyzer->scope = scope ? scope : &nothing;
    analyzer->text = text;
    analyzer->complete = true;
    /* Maps and lists of the walk are small: they may stay in the arena. */
    analyzer->seen = map_new(arena);
    analyzer->aliases = map_new(arena);
    /* They are looked up once a universe. */
    if (!universe->known_types) {
        find_types(analyzer);
        universe->known_types =
            arena_copy(universe->arena, &analyzer->types, sizeof(analyzer->types));
    }
    analyzer->types = *universe->known_types;
}

/* -- End ---------------------------------------------------------------------------------------- */

static int compare_edits(const void *a, const void *b)
{
    const struct edit *left = *(struct edit *const *)a, *right = *(struct edit *const *)b;

    if (left->offset != right->offset)
        return left->offset < right->offset ? -1 : 1;
    return left->length - right->length;
}

static bool same_edit(const struct edit *a, const struct edit *b)
{
    return a->offset == b->offset && a->length == b->length &&
           strcmp(a->replacement, b->replacement) == 0;
}

/* The author's text with all edits; the same tree may have been walked twice. */
static const char *edited(struct analyzer *analyzer)
{
    struct edit **edits = (struct edit **)analyzer->edits.items;
    size_t count = analyzer->edits.count;
    struct buffer buffer = BUFFER_EMPTY;
    int at = 0;

    if (!count)
        return arena_strdup(analyzer->arena, analyzer->text);
    qsort(edits, count, sizeof(edits[0]), compare_edits);
    for (size_t i = 0; i < count; i++) {
        if (edits[i]->offset < at || (i && same_edit(edits[i - 1], edits[i])))
            continue;
        buffer_append_bytes(&buffer, analyzer->text + at, (size_t)(edits[i]->offset - at));
        buffer_append(&buffer, edits[i]->replacement);
        at = edits[i]->offset + edits[i]->length;
    }
    buffer_append(&buffer, analyzer->text + at);
    return buffer_take(&buffer, analyzer->arena);
}

static void finish(struct job *job, struct pg_analysis *analysis)
{
    struct analyzer *analyzer = &job->analyzer;
    struct pg_dependency *dependencies =
        ARENA_ARRAY(analyzer->arena, struct pg_dependency, analyzer->dependencies.count + 1);

    for (size_t i = 0; i < analyzer->dependencies.count; i++) {
        struct pg_dependency *dependency = analyzer->dependencies.items[i];

        dependencies[i] = *dependency;
        /* The names may be of the parse context, which goes away. */
        dependencies[i].schema = arena_strdup(analyzer->arena, dependency->schema);
        dependencies[i].name = arena_strdup(analyzer->arena, dependency->name);
        dependencies[i].column = arena_strdup(analyzer->arena, dependency->column);
    }
    analysis->dependencies = dependencies;
    analysis->dependency_count = (int)analyzer->dependencies.count;
    analysis->written = edited(analyzer);
    analysis->canonical = job->canonical ? job->canonical : analysis->written;
    analysis->complete = analyzer->complete && job->canonical;
    analysis->no_column = !analysis->complete && analyzer->no_column;
    analysis->reason = analysis->complete ? NULL
                       : analyzer->reason ? analyzer->reason
                                          : "it cannot be printed";
    analysis->typmod = -1;
    analysis->refusal = analyzer->refusal;
}

/* The server's texts have no quotes around words that became keywords later. */
static const char *as_of(const struct pg_universe *universe, const char *text, struct arena *arena)
{
    return pg_quote_later_keywords(arena, text, pg_universe_version(universe));
}

/* -- Expressions -------------------------------------------------------------------------------- */

/* The text as a bare expression: the parser takes it as a target list without SELECT. */
static Node *parse_expression(const char *text, struct error *error)
{
    List *trees;
    SelectStmt *select;

    if (!pg_parse_as(text, RAW_PARSE_PLPGSQL_EXPR, &trees, error))
        return NULL;
    select = trees ? (SelectStmt *)((RawStmt *)linitial(trees))->stmt : NULL;
    if (!select || !IsA(select, SelectStmt) || list_length(select->targetList) != 1 ||
        select->fromClause || select->whereClause || select->sortClause || select->distinctClause ||
        ((ResTarget *)linitial(select->targetList))->name) {
        error_set(error, ERROR_SYNTAX, "this is not one expression");
        return NULL;
    }
    return ((ResTarget *)linitial(select->targetList))->val;
}

/* An interval's modifier cuts the literal when it is read; after that it is only a label. */
static struct value *interval_target(struct analyzer *analyzer, struct value *value)
{
    int32_t typmod = analyzer->scope->target_typmod;

    universe_base_type(analyzer->scope->target, &typmod);
    value = coerce_value(analyzer, value, analyzer->types.interval,
                         value->type == analyzer->types.unknown ? typmod : -1, COERCE_ASSIGNMENT);
    if (value->constant && value->typmod >= 0)
        value = tree_constant(analyzer, analyzer->types.interval, -1, value->literal, NULL);
    return value;
}

static struct value *to_target(struct analyzer *analyzer, struct value *value)
{
    const struct pg_scope *scope = analyzer->scope;
    const struct pg_type *base = universe_base_type(scope->target, NULL);

    if (scope->boolean)
        return coerce_boolean(analyzer, value);
    /* CREATE INDEX takes the outermost COLLATE for its own clause. */
    if (scope->index && value->collated) {
        struct value *inner = value->collated;

        inner->collation = value->collation;
        return inner;
    }
    if (!scope->target)
        return coerce_unknown(analyzer, value);
    if (base == analyzer->types.interval && value->constant)
        return interval_target(analyzer, value);
    /* A conversion on assignment is not shown; that of a constant is as good as done. */
    if (value->constant || (value->elements && !value->row && value->element_count == 0))
        return coerce_value(analyzer, value, base, -1, COERCE_ASSIGNMENT);
    analyze_refuse_type(analyzer, value, base, COERCE_ASSIGNMENT);
    return value;
}

static void run_expression(void *argument)
{
    struct job *job = argument;
    struct analyzer *analyzer = &job->analyzer;

    start_scope(analyzer);
    job->value = analyze_expression(analyzer, job->node);
    job->value = to_target(analyzer, job->value);
    job->canonical = pg_print_expression(job->value->node, analyzer->arena, NULL);
}

bool pg_analyze_expression(struct pg_universe *universe, const char *text,
                           const struct pg_scope *scope, struct arena *arena,
                           struct pg_analysis *analysis, struct error *error)
{
    void *context = pg_parse_enter();
    struct job *job = palloc0(sizeof(struct job));
    struct error inner = {0};

    memset(analysis, 0, sizeof(*analysis));
    text = as_of(universe, text, arena);
    job->node = parse_expression(text, error);
    if (!job->node) {
        pg_parse_leave(context);
        return false;
    }
    start(job, universe, text, scope, arena);
    if (!pg_parse_guard(run_expression, job, &inner))
        analyze_incomplete(&job->analyzer, "%s", inner.message);
    finish(job, analysis);
    if (job->value) {
        analysis->type = job->value->type;
        analysis->typmod = job->value->typmod;
        analysis->collation = arena_strdup(arena, job->value->collation);
    }
    pg_parse_leave(context);
    return true;
}

/* -- Queries ------------------------------------------------------------------------------------ */

/* The server shows VALUES whose columns were renamed as a selection from VALUES. */
static void select_from_values(struct analyzer *analyzer, struct query *query)
{
    SelectStmt *values = (SelectStmt *)query->node, *select = makeNode(SelectStmt);
    RangeSubselect *range = makeNode(RangeSubselect);
    ListCell *cell;

    *select = *values;
    select->valuesLists = NIL;
    values->sortClause = NIL;
    values->limitCount = values->limitOffset = NULL;
    values->withClause = NULL;
    values->limitOption = LIMIT_OPTION_DEFAULT;
    range->subquery = (Node *)values;
    range->alias = makeAlias(names_unique(analyzer, "subquery"), NIL);
    select->fromClause = list_make1(range);
    for (int i = 0; i < query->column_count; i++) {
        ResTarget *target = makeNode(ResTarget);

        target->val = tree_column(range->alias->aliasname, psprintf("column%d", i + 1));
        select->targetList = lappend(select->targetList, target);
    }
    foreach (cell, select->sortClause) {
        SortBy *sort = lfirst(cell);
        A_Const *position = (A_Const *)sort->node;

        if (IsA(position, A_Const) && nodeTag(&position->val) == T_Integer &&
            position->val.ival.ival <= list_length(select->targetList))
            sort->node =
                ((ResTarget *)list_nth(select->targetList, position->val.ival.ival - 1))->val;
    }
    query->node = (Node *)select;
}

static bool renames(const struct query *query, const struct text_list *names)
{
    for (size_t i = 0; names && i < names->count && (int)i < query->column_count; i++)
        if (names->items[i] && strcmp(names->items[i], query->columns[i].name) != 0)
            return true;
    return false;
}

/* CREATE VIEW v (a, b): the names of the first columns; they go into the tree, as AS would. */
static void rename_targets(struct analyzer *analyzer, struct query *query,
                           const struct text_list *names)
{
    SelectStmt *select;

    if (IsA(query->node, SelectStmt) && ((SelectStmt *)query->node)->valuesLists &&
        renames(query, names))
        select_from_values(analyzer, query);
    select = (SelectStmt *)query->node;
    for (size_t i = 0; names && i < names->count && (int)i < query->column_count; i++)
        if (names->items[i])
            query->columns[i].name = pstrdup(names->items[i]);
    while (IsA(select, SelectStmt) && select->op != SETOP_NONE)
        select = select->larg;
    if (!IsA(select, SelectStmt))
        return;
    for (int i = 0; i < list_length(select->targetList) && i < query->column_count; i++)
        ((ResTarget *)list_nth(select->targetList, i))->name = pstrdup(query->columns[i].name);
}

static void run_query(void *argument)
{
    struct job *job = argument;
    struct analyzer *analyzer = &job->analyzer;

    start_scope(analyzer);
    analyze_enter(analyzer);
    job->query = analyze_query(analyzer, job->node, true, UNKNOWN_TO_TEXT);
    rename_targets(analyzer, job->query, job->column_names);
    job->canonical = pg_print_query(job->query->node, analyzer->arena);
}

static void query_columns(struct job *job, struct pg_analysis *analysis)
{
    struct arena *arena = job->analyzer.arena;
    struct pg_column *columns;

    if (!job->query || !job->query->known)
        return;
    columns = ARENA_ARRAY(arena, struct pg_column, (size_t)job->query->column_count + 1);
    for (int i = 0; i < job->query->column_count; i++) {
        const struct range_column *column = &job->query->columns[i];

        columns[i] = (struct pg_column){.name = arena_strdup(arena, column->name),
                                        .type = column->type,
                                        .typmod = column->typmod,
                                        .collation = arena_strdup(arena, column->collation)};
    }
    analysis->columns = columns;
    analysis->column_count = job->query->column_count;
}

bool pg_analyze_query(struct pg_universe *universe, const char *text,
                      const struct text_list *column_names, const struct pg_scope *scope,
                      struct arena *arena, struct pg_analysis *analysis, struct error *error)
{
    void *context = pg_parse_enter();
    struct job *job = palloc0(sizeof(struct job));
    struct error inner = {0};
    struct List *statements;

    memset(analysis, 0, sizeof(*analysis));
    text = as_of(universe, text, arena);
    if (!pg_parse(text, &statements, error) ||
        (list_length(statements) != 1 &&
         !error_set(error, ERROR_SYNTAX, "this is not one query"))) {
        pg_parse_leave(context);
        return false;
    }
    job->node = ((RawStmt *)linitial(statements))->stmt;
    job->column_names = column_names;
    start(job, universe, text, scope, arena);
    if (!pg_parse_guard(run_query, job, &inner))
        analyze_incomplete(&job->analyzer, "%s", inner.message);
    finish(job, analysis);
    query_columns(job, analysis);
    pg_parse_leave(context);
    return true;
}

/* -- Bodies ------------------------------------------------------------------------------------- */

static void append_statement(struct job *job, struct buffer *buffer, Node *node)
{
    struct analyzer *analyzer = &job->analyzer;
    struct level *outer;
    struct query *query;
    char *text;

    if (IsA(node, ReturnStmt)) {
        struct value *value = analyze_expression(analyzer, ((ReturnStmt *)node)->returnval);
        const struct pg_function *routine = analyzer->scope->routine;

        if (routine && routine->result && value->type == analyzer->types.unknown)
            value = coerce_value(analyzer, value, routine->result, -1, COERCE_ASSIGNMENT);
        text = pg_print_expression(value->node, analyzer->arena, NULL);
        buffer_printf(buffer, "RETURN %s", text ? text : "");
    } else {
        outer = analyze_enter(analyzer);
        query = analyze_query(analyzer, node, false, UNKNOWN_TO_TEXT);
        analyze_leave(analyzer, outer);
        text = pg_print_query(query->node, analyzer->arena);
        buffer_append(buffer, text ? text : "");
    }
    if (!text)
        analyze_incomplete(analyzer, "a statement cannot be printed");
}

static void run_body(void *argument)
{
    struct job *job = argument;
    struct buffer buffer = BUFFER_EMPTY;
    ListCell *cell;

    start_scope(&job->analyzer);
    if (!IsA(job->node, List)) {
        append_statement(job, &buffer, job->node);
    } else {
        /* BEGIN ATOMIC gives a list with one list of statements. */
        buffer_append(&buffer, "BEGIN ATOMIC ");
        foreach (cell, (List *)linitial((List *)job->node)) {
            job->analyzer.aliases = map_new(job->analyzer.arena);
            append_statement(job, &buffer, lfirst(cell));
            buffer_append(&buffer, "; ");
        }
        buffer_append(&buffer, "END");
    }
    job->canonical = buffer_take(&buffer, job->analyzer.arena);
}

bool pg_analyze_routine_body(struct pg_universe *universe, const char *text,
                             const struct pg_scope *scope, struct arena *arena,
                             struct pg_analysis *analysis, struct error *error)
{
    static const char prefix[] = "CREATE FUNCTION f() RETURNS void ";
    void *context = pg_parse_enter();
    struct job *job = palloc0(sizeof(struct job));
    const char *whole = as_of(universe, psprintf("%s%s", prefix, text), arena);
    struct error inner = {0};
    struct List *statements;

    memset(analysis, 0, sizeof(*analysis));
    if (pg_parse(whole, &statements, error) && list_length(statements) == 1)
        job->node = ((CreateFunctionStmt *)((RawStmt *)linitial(statements))->stmt)->sql_body;
    if (!job->node) {
        error_set(error, ERROR_SYNTAX, "this is not a routine's body");
        pg_parse_leave(context);
        return false;
    }
    start(job, universe, whole, scope, arena);
    if (!pg_parse_guard(run_body, job, &inner))
        analyze_incomplete(&job->analyzer, "%s", inner.message);
    finish(job, analysis);
    analysis->written += strlen(prefix);
    pg_parse_leave(context);
    return true;
}
