/* Measures the analyzer: against a database into which a schema file has just been loaded, compares the
 * canonical form of what the author wrote with that of what the server made of it.
 *
 *   analyze_driver URL FILE.sql      prints one line of JSON for each expression, query and body
 *   analyze_driver -t TEXT           prints the canonical form of an expression or a query (no server)
 *
 * The universe is filled from the server's catalog. Only for tests: it exits on any error. */
#include "postgres/sql/tree.h"

#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buffer.h"
#include "core/map.h"
#include "postgres/canon/canon.h"
#include "postgres/sql/parse.h"
#include "postgres/sql/print.h"
#include "postgres/facts/universe.h"

struct driver {
    PGconn *connection;
    struct arena *arena;
    struct pg_universe *universe;
    struct text_list path;
    struct map types;     /* oid -> struct pg_type */
    struct map relations; /* oid -> struct pg_relation */
};

static void die(const char *message)
{
    fprintf(stderr, "analyze_driver: %s\n", message);
    exit(1);
}

static PGresult *query(struct driver *driver, const char *text, const char *a, const char *b)
{
    const char *values[2] = {a, b};
    PGresult *result = PQexecParams(driver->connection, text,
                                    b   ? 2
                                    : a ? 1
                                        : 0,
                                    NULL, values, NULL, NULL, 0);

    if (PQresultStatus(result) != PGRES_TUPLES_OK) {
        fprintf(stderr, "%s\n%s\n", text, PQerrorMessage(driver->connection));
        die("query failed");
    }
    return result;
}

static const char *cell(struct driver *driver, PGresult *result, int row, int column)
{
    if (PQgetisnull(result, row, column))
        return NULL;
    return arena_strdup(driver->arena, PQgetvalue(result, row, column));
}

static int number(PGresult *result, int row, int column)
{
    return atoi(PQgetvalue(result, row, column));
}

/* -- The universe ------------------------------------------------------------------------------- */

#define USERS                                                                                      \
    " not in ('pg_catalog', 'information_schema') and nspname not like 'pg_toast%' and nspname not like 'pg_temp%' "

static struct pg_type *type_of(struct driver *driver, const char *oid)
{
    return oid && *oid && strcmp(oid, "0") != 0 ? map_get(&driver->types, oid) : NULL;
}

static void load_types(struct driver *driver)
{
    PGresult *result = query(
        driver,
        "select t.oid, nspname, typname, typtype, typcategory, typispreferred, typcollation <> 0, typbasetype, "
        "typtypmod, coalesce(rngsubtype, 0), typarray, typrelid, typelem, "
        "typsubscript = 'array_subscript_handler'::regproc from pg_type t join pg_namespace n on n.oid = typnamespace "
        "left join pg_range r on r.rngtypid = t.oid or r.rngmultitypid = t.oid "
        "where nspname <> 'pg_toast' and not exists (select from pg_type e where e.oid = t.typelem and e.typarray = t.oid "
        "and nspname " USERS ") and typrelid = 0 "
        "order by typtype = 'd', t.oid",
        NULL, NULL);

    for (int i = 0; i < PQntuples(result); i++) {
        const char *oid = cell(driver, result, i, 0), *schema = cell(driver, result, i, 1);
        const char *name = cell(driver, result, i, 2);
        union {
            const struct pg_type *constant;
            struct pg_type *plain;
        } type;

        if (strcmp(schema, "pg_catalog") == 0) {
            type.constant = pg_universe_type(driver->universe, schema, name);
        } else if (strcmp(schema, "information_schema") == 0) {
            continue;
        } else {
            type.plain = pg_universe_add_type(
                driver->universe,
                (struct pg_type){.schema = schema,
                                 .name = name,
                                 .type_class = (enum pg_type_class) * PQgetvalue(result, i, 3),
                                 .category = *PQgetvalue(result, i, 4),
                                 .preferred = *PQgetvalue(result, i, 5) == 't',
                                 .collatable = *PQgetvalue(result, i, 6) == 't',
                                 .base = type_of(driver, PQgetvalue(result, i, 7)),
                                 .base_typmod = number(result, i, 8),
                                 .subtype = type_of(driver, PQgetvalue(result, i, 9)),
                                 .user = true});
            map_set(&driver->types, cell(driver, result, i, 10),
                    (void *)(uintptr_t)type.plain->array);
        }
        if (type.plain)
            map_set(&driver->types, oid, type.plain);
    }
    PQclear(result);
}

static void load_relations(struct driver *driver)
{
    PGresult *result = query(
        driver,
        "select c.oid, nspname, relname, relkind, reltype, (select typarray from pg_type where oid = reltype) from pg_class c "
        "join pg_namespace n on n.oid = relnamespace where nspname " USERS
        " and relkind in ('r','p','v','m','f','c','S')",
        NULL, NULL);

    for (int i = 0; i < PQntuples(result); i++) {
        struct pg_relation *relation = pg_universe_add_relation(
            driver->universe, (struct pg_relation){.schema = cell(driver, result, i, 1),
                                                   .name = cell(driver, result, i, 2),
                                                   .kind = *PQgetvalue(result, i, 3),
                                                   .user = true});
        const struct pg_type *type =
            pg_universe_type(driver->universe, relation->schema, relation->name);

        map_set(&driver->relations, cell(driver, result, i, 0), relation);
        if (type) {
            map_set(&driver->types, cell(driver, result, i, 4), (void *)(uintptr_t)type);
            if (type->array && !PQgetisnull(result, i, 5))
                map_set(&driver->types, cell(driver, result, i, 5), (void *)(uintptr_t)type->array);
        }
    }
    PQclear(result);
}

static void load_columns(struct driver *driver)
{
    PGresult *result = query(
        driver,
        "select attrelid, attname, atttypid, atttypmod, attnotnull, "
        "case when attcollation <> typcollation then (select collname from pg_collation where oid = attcollation) end "
        "from pg_attribute join pg_class c on c.oid = attrelid join pg_namespace n on n.oid = relnamespace "
        "join pg_type t on t.oid = atttypid "
        "where attnum > 0 and not attisdropped and nspname " USERS " order by attrelid, attnum",
        NULL, NULL);
    int rows = PQntuples(result);

    for (int i = 0, j; i < rows; i = j) {
        struct pg_relation *relation = map_get(&driver->relations, PQgetvalue(result, i, 0));
        struct pg_column *columns;

        for (j = i; j < rows && strcmp(PQgetvalue(result, i, 0), PQgetvalue(result, j, 0)) == 0;
             j++)
            ;
        if (!relation)
            continue;
        columns = ARENA_ARRAY(driver->arena, struct pg_column, (size_t)(j - i));
        for (int k = i; k < j; k++)
            columns[k - i] = (struct pg_column){.name = cell(driver, result, k, 1),
                                                .type = type_of(driver, PQgetvalue(result, k, 2)),
                                                .typmod = number(result, k, 3),
                                                .not_null = *PQgetvalue(result, k, 4) == 't',
                                                .collation = cell(driver, result, k, 5)};
        relation->columns = columns;
        relation->column_count = j - i;
    }
    PQclear(result);
    result = query(
        driver,
        "select conrelid, (select string_agg(attname, ',') from pg_attribute where attrelid = conrelid and attnum = any (conkey)) "
        "from pg_constraint where contype = 'p'",
        NULL, NULL);
    for (int i = 0; i < PQntuples(result); i++) {
        struct pg_relation *relation = map_get(&driver->relations, PQgetvalue(result, i, 0));
        const char **names = ARENA_ARRAY(driver->arena, const char *, 40);
        char *state = NULL, *list = arena_strdup(driver->arena, PQgetvalue(result, i, 1));

        for (int k = 0; k < 39 && (names[k] = strtok_r(k ? NULL : list, ",", &state)); k++)
            ;
        if (relation)
            relation->primary_key = names;
    }
    PQclear(result);
}

/* Splits a blank-separated list. */
static int split(struct driver *driver, const char *text, const char **items, const char *separator)
{
    char *state = NULL, *copy = arena_strdup(driver->arena, text ? text : "");
    int count = 0;

    for (char *item = strtok_r(copy, separator, &state); item && count < 100;
         item = strtok_r(NULL, separator, &state))
        items[count++] = item;
    return count;
}

static void load_function(struct driver *driver, PGresult *result, int i)
{
    const char *oids[100], *names[100], *modes[100], *all[100];
    struct pg_function function = {.schema = cell(driver, result, i, 0),
                                   .name = cell(driver, result, i, 1),
                                   .kind = *PQgetvalue(result, i, 2),
                                   .default_count = number(result, i, 3),
                                   .variadic = *PQgetvalue(result, i, 4) == 't',
                                   .returns_set = *PQgetvalue(result, i, 5) == 't',
                                   .result = type_of(driver, PQgetvalue(result, i, 6)),
                                   .user = true};
    const struct pg_type **types = ARENA_ARRAY(driver->arena, const struct pg_type *, 100);
    const char **argument_names = ARENA_ARRAY(driver->arena, const char *, 100);
    int name_count = split(driver, cell(driver, result, i, 8), names, "\x01");
    int mode_count = split(driver, cell(driver, result, i, 9), modes, ",");
    int all_count = split(driver, cell(driver, result, i, 10), all, ",");
    struct pg_column *columns = ARENA_ARRAY(driver->arena, struct pg_column, 100);

    function.argument_count = split(driver, cell(driver, result, i, 7), oids, " ");
    for (int k = 0; k < function.argument_count; k++)
        types[k] = type_of(driver, oids[k]);
    for (int k = 0, in = 0; k < name_count; k++) {
        const char *name = strcmp(names[k], "\x02") == 0 ? NULL : names[k];
        char mode = k < mode_count ? modes[k][0] : 'i';

        if (mode == 'i' || mode == 'b' || mode == 'v')
            argument_names[in++] = name;
        if ((mode == 'o' || mode == 'b' || mode == 't') && k < all_count)
            columns[function.out_column_count++] = (struct pg_column){
                .name = name ? name : "", .type = type_of(driver, all[k]), .typmod = -1};
    }
    function.argument_types = types;
    function.argument_names = argument_names;
    function.out_columns = columns;
    pg_universe_add_function(driver->universe, function);
}

static void load_functions(struct driver *driver)
{
    PGresult *result = query(
        driver,
        "select nspname, proname, prokind, pronargdefaults, provariadic <> 0, proretset, prorettype, proargtypes, "
        "(select string_agg(case when a = '' then E'\\002' else a end, E'\\001' order by n) from unnest(proargnames) with ordinality u(a, n)), "
        "array_to_string(proargmodes, ','), array_to_string(proallargtypes, ',') "
        "from pg_proc p join pg_namespace n on n.oid = pronamespace where nspname " USERS,
        NULL, NULL);

    for (int i = 0; i < PQntuples(result); i++)
        load_function(driver, result, i);
    PQclear(result);
    result = query(
        driver,
        "select nspname, oprname, oprleft, oprright, oprresult from pg_operator o join pg_namespace n "
        "on n.oid = oprnamespace where nspname " USERS,
        NULL, NULL);
    for (int i = 0; i < PQntuples(result); i++)
        pg_universe_add_operator(
            driver->universe,
            (struct pg_operator){.schema = cell(driver, result, i, 0),
                                 .name = cell(driver, result, i, 1),
                                 .left = type_of(driver, PQgetvalue(result, i, 2)),
                                 .right = type_of(driver, PQgetvalue(result, i, 3)),
                                 .result = type_of(driver, PQgetvalue(result, i, 4)),
                                 .user = true});
    PQclear(result);
    result = query(
        driver,
        "select castsource, casttarget, castcontext, castmethod from pg_cast where oid >= 16384",
        NULL, NULL);
    for (int i = 0; i < PQntuples(result); i++)
        if (type_of(driver, PQgetvalue(result, i, 0)) && type_of(driver, PQgetvalue(result, i, 1)))
            pg_universe_add_cast(driver->universe,
                                 (struct pg_cast){type_of(driver, PQgetvalue(result, i, 0)),
                                                  type_of(driver, PQgetvalue(result, i, 1)),
                                                  *PQgetvalue(result, i, 2),
                                                  *PQgetvalue(result, i, 3)});
    PQclear(result);
}

/* -- Output ------------------------------------------------------------------------------------- */

static void print_json(const char *key, const char *text)
{
    printf(", \"%s\": ", key);
    if (!text) {
        printf("null");
        return;
    }
    putchar('"');
    for (; *text; text++) {
        if (*text == '"' || *text == '\\')
            putchar('\\');
        if ((unsigned char)*text < 0x20)
            printf("\\u%04x", *text);
        else
            putchar(*text);
    }
    putchar('"');
}

enum text_kind { EXPRESSION, QUERY, BODY };

static bool analyze(struct driver *driver, enum text_kind kind, const char *text,
                    const struct text_list *names, const struct pg_scope *scope, bool server,
                    struct pg_analysis *analysis)
{
    struct error error = {0};
    struct text_list empty = {0};
    bool ok;

    pg_universe_set_search_path(driver->universe, server ? &empty : &driver->path);
    ok = kind == EXPRESSION
             ? pg_analyze_expression(driver->universe, text, scope, driver->arena, analysis, &error)
         : kind == QUERY ? pg_analyze_query(driver->universe, text, names, scope, driver->arena,
                                            analysis, &error)
                         : pg_analyze_routine_body(driver->universe, text, scope, driver->arena,
                                                   analysis, &error);
    if (!ok) {
        analysis->canonical = arena_printf(driver->arena, "ERROR %s", error.message);
        analysis->reason = analysis->canonical;
    }
    pg_universe_set_search_path(driver->universe, &driver->path);
    return ok;
}

/* Compares the author's text with the server's; written is read again under an empty path. */
static void compare(struct driver *driver, const char *what, const char *object,
                    enum text_kind kind, const char *author, const char *server,
                    const struct text_list *names, const struct pg_scope *scope)
{
    struct pg_analysis a = {0}, s = {0}, w = {0}, c = {0};

    if (!author || !server)
        return;
    analyze(driver, kind, author, names, scope, false, &a);
    analyze(driver, kind, server, names, scope, true, &s);
    if (a.written)
        analyze(driver, kind, a.written, names, scope, true, &w);
    if (s.canonical)
        analyze(driver, kind, s.canonical, names, scope, true, &c);
    printf("{\"kind\": \"%s\"", what);
    print_json("object", object);
    printf(
        ", \"ok\": %s, \"complete\": %s, \"server_complete\": %s, \"written_ok\": %s, \"fixed\": %s",
        strcmp(a.canonical, s.canonical) == 0 ? "true" : "false", a.complete ? "true" : "false",
        s.complete ? "true" : "false",
        w.canonical && strcmp(w.canonical, a.canonical) == 0 ? "true" : "false",
        c.canonical && strcmp(c.canonical, s.canonical) == 0 ? "true" : "false");
    print_json("author", author);
    print_json("server", server);
    print_json("author_canonical", a.canonical);
    print_json("server_canonical", s.canonical);
    print_json("written", a.written);
    print_json("reason", a.reason);
    print_json("server_reason", s.reason);
    printf("}\n");
}

/* -- The statements ----------------------------------------------------------------------------- */

static struct pg_relation *relation_of(struct driver *driver, RangeVar *range)
{
    return pg_universe_relation(driver->universe, range->schemaname, range->relname);
}

static const char *one(struct driver *driver, const char *text, const char *a, const char *b)
{
    PGresult *result = query(driver, text, a, b);
    const char *value = PQntuples(result) ? cell(driver, result, 0, 0) : NULL;

    PQclear(result);
    return value;
}

static const char *qualified(struct driver *driver, const struct pg_relation *relation)
{
    return arena_printf(driver->arena, "\"%s\".\"%s\"", relation->schema, relation->name);
}

static char *expression_text(struct driver *driver, Node *node)
{
    return node ? pg_print_expression(node, driver->arena, NULL) : NULL;
}

/* Checks have no order of their own: the server's one with the same canonical form, else the first. */
static const char *closest(struct driver *driver, PGresult *result, const char *author,
                           const struct pg_scope *scope)
{
    struct pg_analysis a = {0}, s = {0};
    const char *first = NULL;

    analyze(driver, EXPRESSION, author, NULL, scope, false, &a);
    for (int i = 0; i < PQntuples(result); i++) {
        const char *text = cell(driver, result, i, 0);

        first = first ? first : text;
        analyze(driver, EXPRESSION, text, NULL, scope, true, &s);
        if (strcmp(a.canonical, s.canonical) == 0)
            return text;
    }
    return first;
}

static void check(struct driver *driver, struct pg_relation *relation, Constraint *constraint)
{
    struct pg_scope scope = {
        .relation = relation, .boolean = true, .value_typmod = -1, .target_typmod = -1};
    const char *author = expression_text(driver, constraint->raw_expr),
               *name = qualified(driver, relation);
    PGresult *result = query(
        driver,
        "select pg_get_expr(conbin, conrelid) from pg_constraint where conrelid = $1::regclass and contype = 'c' "
        "and ($2 = '' or conname = $2)",
        name, constraint->conname ? constraint->conname : "");

    if (author && PQntuples(result))
        compare(driver, "check", name, EXPRESSION, author, closest(driver, result, author, &scope),
                NULL, &scope);
    PQclear(result);
}

static void column_default(struct driver *driver, struct pg_relation *relation, const char *column,
                           Node *node, bool generated)
{
    struct pg_scope scope = {
        .relation = generated ? relation : NULL, .value_typmod = -1, .target_typmod = -1};
    const char *name = qualified(driver, relation);

    for (int i = 0; i < relation->column_count; i++)
        if (strcmp(relation->columns[i].name, column) == 0) {
            scope.target = relation->columns[i].type;
            scope.target_typmod = relation->columns[i].typmod;
        }
    compare(
        driver, generated ? "generated" : "default",
        arena_printf(driver->arena, "%s.%s", name, column), EXPRESSION,
        expression_text(driver, node),
        one(driver,
            "select pg_get_expr(adbin, adrelid) from pg_attrdef join pg_attribute on attrelid = adrelid and "
            "attnum = adnum where adrelid = $1::regclass and attname = $2",
            name, column),
        NULL, &scope);
}

static void column(struct driver *driver, struct pg_relation *relation, ColumnDef *definition)
{
    ListCell *item;

    foreach (item, definition->constraints) {
        Constraint *constraint = lfirst(item);

        if (constraint->contype == CONSTR_CHECK)
            check(driver, relation, constraint);
        else if (constraint->contype == CONSTR_DEFAULT || constraint->contype == CONSTR_GENERATED)
            column_default(driver, relation, definition->colname, constraint->raw_expr,
                           constraint->contype == CONSTR_GENERATED);
    }
}

static void table(struct driver *driver, CreateStmt *statement)
{
    struct pg_relation *relation = relation_of(driver, statement->relation);
    ListCell *item;

    if (!relation)
        return;
    foreach (item, statement->tableElts) {
        Node *element = lfirst(item);

        if (IsA(element, ColumnDef))
            column(driver, relation, (ColumnDef *)element);
        else if (IsA(element, Constraint) && ((Constraint *)element)->contype == CONSTR_CHECK)
            check(driver, relation, (Constraint *)element);
    }
}

static void alter_table(struct driver *driver, AlterTableStmt *statement)
{
    struct pg_relation *relation = relation_of(driver, statement->relation);
    ListCell *item;

    foreach (item, relation ? statement->cmds : NIL) {
        AlterTableCmd *command = lfirst(item);

        if (command->subtype == AT_AddConstraint &&
            ((Constraint *)command->def)->contype == CONSTR_CHECK)
            check(driver, relation, (Constraint *)command->def);
        else if (command->subtype == AT_ColumnDefault && command->def)
            column_default(driver, relation, command->name, command->def, false);
        else if (command->subtype == AT_AddColumn)
            column(driver, relation, (ColumnDef *)command->def);
    }
}

static struct text_list name_list(struct driver *driver, List *names)
{
    struct text_list list = {0};
    ListCell *item;

    foreach (item, names)
        text_list_add(&list, driver->arena, arena_strdup(driver->arena, strVal(lfirst(item))));
    return list;
}

static void view(struct driver *driver, RangeVar *range, Node *query_, List *aliases)
{
    struct pg_relation *relation = relation_of(driver, range);
    struct text_list names = name_list(driver, aliases);
    const char *name;

    if (!relation || (relation->kind != 'v' && relation->kind != 'm'))
        return;
    name = qualified(driver, relation);
    compare(driver, "view", name, QUERY, pg_print_query(query_, driver->arena),
            one(driver, "select pg_get_viewdef($1::regclass)", name, NULL), &names, NULL);
}

static void index_(struct driver *driver, IndexStmt *statement)
{
    struct pg_relation *relation = relation_of(driver, statement->relation);
    struct pg_scope scope = {
        .relation = relation, .index = true, .value_typmod = -1, .target_typmod = -1};
    const char *name, *index_name;
    int place = 0;
    ListCell *item;

    if (!relation || !statement->idxname)
        return;
    name = qualified(driver, relation);
    index_name =
        one(driver,
            "select indexrelid::regclass::text from pg_index join pg_class c on c.oid = indexrelid "
            "where indrelid = $1::regclass and relname = $2",
            name, statement->idxname);
    if (!index_name)
        return;
    foreach (item, statement->indexParams) {
        IndexElem *element = lfirst(item);
        char digits[16];

        place++;
        if (!element->expr)
            continue;
        snprintf(digits, sizeof(digits), "%d", place);
        compare(
            driver, "index", index_name, EXPRESSION, expression_text(driver, element->expr),
            one(driver, "select pg_get_indexdef($1::regclass, $2::int, false)", index_name, digits),
            NULL, &scope);
    }
    if (statement->whereClause) {
        scope.boolean = true;
        compare(
            driver, "predicate", index_name, EXPRESSION,
            expression_text(driver, statement->whereClause),
            one(driver,
                "select pg_get_expr(indpred, indrelid) from pg_index where indexrelid = $1::regclass",
                index_name, NULL),
            NULL, &scope);
    }
}

static void policy(struct driver *driver, RangeVar *range, const char *policy_name, Node *qual,
                   Node *with_check)
{
    struct pg_relation *relation = relation_of(driver, range);
    struct pg_scope scope = {
        .relation = relation, .boolean = true, .value_typmod = -1, .target_typmod = -1};
    const char *name;

    if (!relation)
        return;
    name = qualified(driver, relation);
    compare(
        driver, "policy", policy_name, EXPRESSION, expression_text(driver, qual),
        one(driver,
            "select pg_get_expr(polqual, polrelid) from pg_policy where polrelid = $1::regclass and polname = $2",
            name, policy_name),
        NULL, &scope);
    compare(
        driver, "policy", policy_name, EXPRESSION, expression_text(driver, with_check),
        one(driver,
            "select pg_get_expr(polwithcheck, polrelid) from pg_policy where polrelid = $1::regclass and polname = $2",
            name, policy_name),
        NULL, &scope);
}

static void trigger(struct driver *driver, CreateTrigStmt *statement)
{
    struct pg_relation *relation = relation_of(driver, statement->relation);
    struct pg_scope scope = {
        .old_relation = relation, .boolean = true, .value_typmod = -1, .target_typmod = -1};
    const char *definition, *name;
    struct List *parsed;
    struct error error = {0};

    if (!relation || !statement->whenClause)
        return;
    name = qualified(driver, relation);
    definition = one(
        driver,
        "select pg_get_triggerdef(oid) from pg_trigger where tgrelid = $1::regclass and tgname = $2",
        name, statement->trigname);
    if (!definition || !pg_parse(definition, &parsed, &error))
        return;
    compare(driver, "trigger", statement->trigname, EXPRESSION,
            expression_text(driver, statement->whenClause),
            expression_text(driver,
                            ((CreateTrigStmt *)((RawStmt *)linitial(parsed))->stmt)->whenClause),
            NULL, &scope);
}

static void domain(struct driver *driver, CreateDomainStmt *statement)
{
    const char *name = strVal(llast(statement->domainname));
    const char *schema =
        list_length(statement->domainname) > 1 ? strVal(linitial(statement->domainname)) : NULL;
    const struct pg_type *type = pg_universe_type(driver->universe, schema, name);
    struct pg_scope scope = {.boolean = true, .value_typmod = -1, .target_typmod = -1};
    ListCell *item;

    if (!type || type->type_class != PG_TYPE_DOMAIN)
        return;
    scope.value_type = type->base;
    scope.value_typmod = type->base_typmod;
    foreach (item, statement->constraints) {
        Constraint *constraint = lfirst(item);
        const char *author = expression_text(driver, constraint->raw_expr);
        PGresult *result;

        if (constraint->contype != CONSTR_CHECK || !author)
            continue;
        result = query(
            driver,
            "select pg_get_expr(conbin, 0) from pg_constraint c join pg_type t on t.oid = contypid join "
            "pg_namespace n on n.oid = typnamespace where nspname = $1 and typname = $2 and contype = 'c'",
            type->schema, type->name);
        if (PQntuples(result))
            compare(driver, "domain", name, EXPRESSION, author,
                    closest(driver, result, author, &scope), NULL, &scope);
        PQclear(result);
    }
}

static struct pg_function routine_scope(struct driver *driver, const char *oid, const char *name)
{
    PGresult *result = query(
        driver,
        "select nspname, proname, prokind, pronargdefaults, provariadic <> 0, proretset, prorettype, proargtypes, "
        "(select string_agg(case when a = '' then E'\\002' else a end, E'\\001' order by n) from unnest(proargnames) with ordinality u(a, n)), "
        "array_to_string(proargmodes, ',') from pg_proc p join pg_namespace n on n.oid = pronamespace where p.oid = $1::oid",
        oid, NULL);
    struct pg_function function = {
        .schema = "", .name = name, .result = type_of(driver, PQgetvalue(result, 0, 6))};
    const struct pg_type **types = ARENA_ARRAY(driver->arena, const struct pg_type *, 100);
    const char **argument_names = ARENA_ARRAY(driver->arena, const char *, 100);
    const char *oids[100], *names[100], *modes[100];
    int name_count = split(driver, cell(driver, result, 0, 8), names, "\x01");
    int mode_count = split(driver, cell(driver, result, 0, 9), modes, ",");

    function.argument_count = split(driver, cell(driver, result, 0, 7), oids, " ");
    for (int k = 0; k < function.argument_count; k++)
        types[k] = type_of(driver, oids[k]);
    for (int k = 0, in = 0; k < name_count; k++)
        if (k >= mode_count || strchr("ibv", modes[k][0]))
            argument_names[in++] = strcmp(names[k], "\x02") == 0 ? NULL : names[k];
    function.argument_types = types;
    function.argument_names = argument_names;
    PQclear(result);
    return function;
}

static void append_body(struct buffer *buffer, struct arena *arena, Node *body)
{
    struct error error = {0};
    ListCell *item;

    if (!IsA(body, List)) {
        buffer_printf(buffer, "RETURN %s",
                      pg_print_expression(((ReturnStmt *)body)->returnval, arena, NULL));
        return;
    }
    buffer_append(buffer, "BEGIN ATOMIC ");
    foreach (item, (List *)linitial((List *)body))
        buffer_printf(buffer, "%s; ", pg_deparse_statement(lfirst(item), arena, &error));
    buffer_append(buffer, "END");
}

static void routine(struct driver *driver, CreateFunctionStmt *statement)
{
    const char *name = strVal(llast(statement->funcname));
    PGresult *result =
        query(driver,
              "select p.oid, pg_get_function_sqlbody(p.oid) from pg_proc p join pg_namespace n on "
              "n.oid = pronamespace where nspname = $2 and proname = $1 and prosqlbody is not null",
              name,
              list_length(statement->funcname) > 1 ? strVal(linitial(statement->funcname))
                                                   : driver->path.items[0]);
    struct buffer text = BUFFER_EMPTY;

    if (statement->sql_body && PQntuples(result) == 1) {
        struct pg_function function = routine_scope(driver, PQgetvalue(result, 0, 0), name);
        struct pg_scope scope = {.routine = &function, .value_typmod = -1, .target_typmod = -1};

        append_body(&text, driver->arena, statement->sql_body);
        compare(driver, "body", name, BODY, buffer_text(&text), cell(driver, result, 0, 1), NULL,
                &scope);
    }
    buffer_free(&text);
    PQclear(result);
}

static void set_path(struct driver *driver, VariableSetStmt *statement)
{
    ListCell *item;

    if (!statement->name || strcmp(statement->name, "search_path") != 0 ||
        statement->kind != VAR_SET_VALUE)
        return;
    driver->path = (struct text_list){0};
    foreach (item, statement->args) {
        A_Const *constant = lfirst(item);

        if (IsA(constant, A_Const) && nodeTag(&constant->val) == T_String)
            text_list_add(&driver->path, driver->arena,
                          arena_strdup(driver->arena, constant->val.sval.sval));
    }
    pg_universe_set_search_path(driver->universe, &driver->path);
}

static void statement(struct driver *driver, Node *node)
{
    switch ((int)nodeTag(node)) {
    case T_VariableSetStmt:
        set_path(driver, (VariableSetStmt *)node);
        break;
    case T_ViewStmt:
        view(driver, ((ViewStmt *)node)->view, ((ViewStmt *)node)->query,
             ((ViewStmt *)node)->aliases);
        break;
    case T_CreateTableAsStmt:
        view(driver, ((CreateTableAsStmt *)node)->into->rel, ((CreateTableAsStmt *)node)->query,
             ((CreateTableAsStmt *)node)->into->colNames);
        break;
    case T_CreateStmt:
        table(driver, (CreateStmt *)node);
        break;
    case T_AlterTableStmt:
        alter_table(driver, (AlterTableStmt *)node);
        break;
    case T_IndexStmt:
        index_(driver, (IndexStmt *)node);
        break;
    case T_CreatePolicyStmt:
        policy(driver, ((CreatePolicyStmt *)node)->table, ((CreatePolicyStmt *)node)->policy_name,
               ((CreatePolicyStmt *)node)->qual, ((CreatePolicyStmt *)node)->with_check);
        break;
    case T_CreateTrigStmt:
        trigger(driver, (CreateTrigStmt *)node);
        break;
    case T_CreateDomainStmt:
        domain(driver, (CreateDomainStmt *)node);
        break;
    case T_CreateFunctionStmt:
        routine(driver, (CreateFunctionStmt *)node);
        break;
    default:
        break;
    }
}

/* Only a view's last definition counts: pg_dump writes some twice. */
static bool replaced_later(List *statements, Node *node)
{
    bool passed = false;
    ListCell *item;

    if (!IsA(node, ViewStmt))
        return false;
    foreach (item, statements) {
        Node *other = ((RawStmt *)lfirst(item))->stmt;

        if (passed && IsA(other, ViewStmt) &&
            strcmp(((ViewStmt *)other)->view->relname, ((ViewStmt *)node)->view->relname) == 0)
            return true;
        passed = passed || other == node;
    }
    return false;
}

static char *read_file(struct driver *driver, const char *name)
{
    FILE *file = fopen(name, "rb");
    char *text;
    long size;

    if (!file || fseek(file, 0, SEEK_END) || (size = ftell(file)) < 0 || fseek(file, 0, SEEK_SET))
        die("cannot read the file");
    text = arena_alloc(driver->arena, (size_t)size + 1);
    if (fread(text, 1, (size_t)size, file) != (size_t)size)
        die("cannot read the file");
    fclose(file);
    /* psql's own lines are not for the parser. */
    for (char *line = text; line && *line;
         line = strchr(line, '\n') ? strchr(line, '\n') + 1 : NULL)
        if (*line == '\\')
            memset(line, ' ', strcspn(line, "\n"));
    return text;
}

static void connect_and_load(struct driver *driver, const char *url)
{
    driver->connection = PQconnectdb(url);
    if (PQstatus(driver->connection) != CONNECTION_OK)
        die(PQerrorMessage(driver->connection));
    PQclear(PQexec(driver->connection, "set search_path = ''"));
    driver->universe = pg_universe_new(driver->arena, PQserverVersion(driver->connection) / 10000);
    load_types(driver);
    load_relations(driver);
    load_columns(driver);
    load_functions(driver);
}

static int show_text(struct driver *driver, const char *text)
{
    struct pg_analysis analysis = {0};
    struct error error = {0};

    driver->universe = pg_universe_new(driver->arena, 0);
    if (!pg_analyze_query(driver->universe, text, NULL, NULL, driver->arena, &analysis, &error)) {
        error = (struct error){0};
        if (!pg_analyze_expression(driver->universe, text, NULL, driver->arena, &analysis, &error))
            die(error.message);
    }
    printf("%s\n%s\n%s\n", analysis.canonical, analysis.written,
           analysis.reason ? analysis.reason : "complete");
    return 0;
}

int main(int count, char **arguments)
{
    struct driver driver = {.arena = arena_new()};
    struct error error = {0};
    struct List *statements;
    void *context = pg_parse_enter();
    ListCell *item;

    driver.types = map_new(driver.arena);
    driver.relations = map_new(driver.arena);
    text_list_add(&driver.path, driver.arena, "public");
    if (count == 3 && strcmp(arguments[1], "-t") == 0)
        return show_text(&driver, arguments[2]);
    if (count != 3)
        die("usage: analyze_driver URL FILE.sql | -t TEXT");
    connect_and_load(&driver, arguments[1]);
    if (!pg_parse(read_file(&driver, arguments[2]), &statements, &error))
        die(error.message);
    foreach (item, statements)
        if (!replaced_later(statements, ((RawStmt *)lfirst(item))->stmt))
            statement(&driver, ((RawStmt *)lfirst(item))->stmt);
    pg_parse_leave(context);
    PQfinish(driver.connection);
    arena_free(driver.arena);
    return 0;
}
