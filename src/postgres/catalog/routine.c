/* Functions, procedures, window functions, aggregates. */
#include <string.h>

#include "core/buffer.h"
#include "postgres/catalog/catalog.h"
#include "postgres/sql/quote.h"

/* --- arguments ----------------------------------------------------------------------------------- */

/* The columns that both queries begin with. */
enum {
    ROUTINE_OID,
    ROUTINE_NAME,
    ROUTINE_SCHEMA,
    ROUTINE_OWNER,
    ROUTINE_ACL,
    ROUTINE_INPUT_TYPES,
    ROUTINE_ALL_TYPES,
    ROUTINE_MODES,
    ROUTINE_NAMES,
    ROUTINE_COLUMNS
};

#define SQL_ROUTINE                                                                                \
    "p.oid, p.proname, p.pronamespace, p.proowner, array_to_string(p.proacl, ','), "               \
    "p.proargtypes::oid[]::regtype[], p.proallargtypes::regtype[], p.proargmodes, p.proargnames"

struct arguments {
    struct text_list modes;
    struct text_list names;
    struct text_list types;
    const char *signature;
};

static const char *mode_name(const char *letter)
{
    switch (*letter) {
    case 'o':
        return "out";
    case 'b':
        return "inout";
    case 'v':
        return "variadic";
    case 't':
        return "table";
    default:
        return "in";
    }
}

/* Without OUT arguments the catalog has only the input types; without any name it has no names. */
static struct arguments read_arguments(struct catalog *catalog, const struct row *row)
{
    struct text_list input = row_list(catalog, row, ROUTINE_INPUT_TYPES);
    struct text_list modes = row_list(catalog, row, ROUTINE_MODES);
    struct text_list names = row_list(catalog, row, ROUTINE_NAMES);
    struct arguments arguments = {.types = row_list(catalog, row, ROUTINE_ALL_TYPES)};

    arguments.signature = text_list_join(&input, catalog->arena, ", ");
    if (arguments.types.count == 0)
        arguments.types = input;
    for (size_t i = 0; i < arguments.types.count; i++) {
        text_list_add(&arguments.modes, catalog->arena,
                      i < modes.count ? mode_name(modes.items[i]) : "in");
        text_list_add(&arguments.names, catalog->arena, i < names.count ? names.items[i] : "");
    }
    return arguments;
}

static struct object *add_routine(struct catalog *catalog, const struct row *row, enum kind kind,
                                  const struct arguments *arguments)
{
    struct object *schema = catalog_schema_for(catalog, CLASS_ROUTINE, row_oid(row, ROUTINE_OID),
                                               row_oid(row, ROUTINE_SCHEMA));
    struct object *object;

    if (!schema)
        return NULL;
    object = catalog_add(catalog, kind, schema, row_raw(row, ROUTINE_NAME), arguments->signature);
    catalog_put(catalog, CLASS_ROUTINE, row_oid(row, ROUTINE_OID), 0, object);
    catalog_owner(catalog, object, row_oid(row, ROUTINE_OWNER));
    catalog_privileges(catalog, object, row_raw(row, ROUTINE_ACL), row_oid(row, ROUTINE_OWNER));
    return object;
}

/* --- functions ----------------------------------------------------------------------------------- */

enum {
    FUNCTION_KIND = ROUTINE_COLUMNS,
    FUNCTION_DEFAULTS,
    FUNCTION_RETURNS,
    FUNCTION_RETURNS_SET,
    FUNCTION_LANGUAGE,
    FUNCTION_VOLATILITY,
    FUNCTION_STRICT,
    FUNCTION_SECURITY_DEFINER,
    FUNCTION_LEAKPROOF,
    FUNCTION_PARALLEL,
    FUNCTION_COST,
    FUNCTION_ROWS,
    FUNCTION_SUPPORT,
    FUNCTION_SETTINGS,
    FUNCTION_TRANSFORMS,
    FUNCTION_BODY,
    FUNCTION_LIBRARY,
    FUNCTION_SQL_BODY
};

static const char routines_sql[] =
    "SELECT " SQL_ROUTINE ", p.prokind, pg_get_expr(p.proargdefaults, 0), p.prorettype::regtype, "
    "p.proretset, l.lanname, p.provolatile, p.proisstrict, p.prosecdef, p.proleakproof, "
    "p.proparallel, p.procost, p.prorows, p.prosupport, p.proconfig, p.protrftypes::regtype[], "
    "p.prosrc, p.probin, "
    "{14:CASE WHEN p.prosqlbody IS NOT NULL THEN pg_get_function_sqlbody(p.oid) END|NULL} "
    "FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_language l ON l.oid = p.prolang "
    "WHERE p.prokind <> 'a' AND p.oid >= " SQL_FIRST_OID " "
    /* what comes with a range type */
    "AND NOT (l.lanname = 'internal' AND EXISTS (SELECT FROM pg_catalog.pg_depend d "
    "WHERE d.classid = 1255 AND d.objid = p.oid AND d.refclassid = 1247 AND d.deptype = 'i'))";

static const char *routine_name(char letter)
{
    return letter == 'p' ? "procedure" : letter == 'w' ? "window" : "function";
}

static const char *volatility_name(char letter)
{
    return letter == 'i' ? "immutable" : letter == 's' ? "stable" : "volatile";
}

static const char *parallel_name(char letter)
{
    return letter == 's' ? "safe" : letter == 'r' ? "restricted" : "unsafe";
}

/* The server prints the list of defaults as one expression with commas. */
static void read_defaults(struct catalog *catalog, const struct row *row, struct function *function)
{
    const char *text = row_raw(row, FUNCTION_DEFAULTS);
    struct text_list list = {0};

    if (text)
        list = catalog_split(catalog->arena, text, strlen(text));
    for (size_t i = 0; i < list.count; i++)
        expression_list_add(&function->defaults, catalog->arena,
                            (struct expression){.written = list.items[i]});
}

static void read_result(struct catalog *catalog, const struct row *row, struct function *function)
{
    function->returns_set = row_flag(row, FUNCTION_RETURNS_SET);
    if (row_letter(row, FUNCTION_KIND) != 'p' &&
        !text_list_contains(&function->argument_modes, "table"))
        function->returns = row_text(catalog, row, FUNCTION_RETURNS);
}

static void read_body(struct catalog *catalog, const struct row *row, struct function *function)
{
    function->sql_body = row_expression(catalog, row, FUNCTION_SQL_BODY);
    if (!function->sql_body.written)
        function->body = row_text(catalog, row, FUNCTION_BODY);
    function->library = row_text(catalog, row, FUNCTION_LIBRARY);
}

static void routine_row(struct catalog *catalog, const struct row *row)
{
    struct arguments arguments = read_arguments(catalog, row);
    struct object *object = add_routine(catalog, row, KIND_FUNCTION, &arguments);
    struct function *function;

    if (!object)
        return;
    function = as_function(object);
    function->routine = routine_name(row_letter(row, FUNCTION_KIND));
    function->argument_modes = arguments.modes;
    function->argument_names = arguments.names;
    function->argument_types = arguments.types;
    read_defaults(catalog, row, function);
    read_result(catalog, row, function);
    function->language = row_text(catalog, row, FUNCTION_LANGUAGE);
    function->volatility = volatility_name(row_letter(row, FUNCTION_VOLATILITY));
    function->strict = row_flag(row, FUNCTION_STRICT);
    function->security_definer = row_flag(row, FUNCTION_SECURITY_DEFINER);
    function->leakproof = row_flag(row, FUNCTION_LEAKPROOF);
    function->parallel = parallel_name(row_letter(row, FUNCTION_PARALLEL));
    function->cost = row_text(catalog, row, FUNCTION_COST);
    function->rows = row_text(catalog, row, FUNCTION_ROWS);
    function->support = row_name(catalog, row, FUNCTION_SUPPORT);
    function->settings = row_list(catalog, row, FUNCTION_SETTINGS);
    function->transforms = row_list(catalog, row, FUNCTION_TRANSFORMS);
    read_body(catalog, row, function);
}

const struct catalog_query catalog_routines = {
    .what = "functions", .sql = routines_sql, .row = routine_row};

/* --- aggregates ---------------------------------------------------------------------------------- */

enum {
    AGGREGATE_KIND = ROUTINE_COLUMNS,
    AGGREGATE_DIRECT,
    AGGREGATE_SFUNC,
    AGGREGATE_STYPE,
    AGGREGATE_SSPACE,
    AGGREGATE_FINALFUNC,
    AGGREGATE_FINALFUNC_EXTRA,
    AGGREGATE_FINALFUNC_MODIFY,
    AGGREGATE_COMBINEFUNC,
    AGGREGATE_SERIALFUNC,
    AGGREGATE_DESERIALFUNC,
    AGGREGATE_INITCOND,
    AGGREGATE_MSFUNC,
    AGGREGATE_MINVFUNC,
    AGGREGATE_MSTYPE,
    AGGREGATE_MSSPACE,
    AGGREGATE_MFINALFUNC,
    AGGREGATE_MFINALFUNC_EXTRA,
    AGGREGATE_MFINALFUNC_MODIFY,
    AGGREGATE_MINITCOND,
    AGGREGATE_SORTOP,
    AGGREGATE_PARALLEL
};

static const char aggregates_sql[] =
    "SELECT " SQL_ROUTINE ", a.aggkind, a.aggnumdirectargs, a.aggtransfn, a.aggtranstype::regtype, "
    "NULLIF(a.aggtransspace, 0), a.aggfinalfn, NULLIF(a.aggfinalextra, false), a.aggfinalmodify, "
    "a.aggcombinefn, a.aggserialfn, a.aggdeserialfn, a.agginitval, a.aggmtransfn, "
    "a.aggminvtransfn, NULLIF(a.aggmtranstype, 0)::regtype, NULLIF(a.aggmtransspace, 0), "
    "a.aggmfinalfn, NULLIF(a.aggmfinalextra, false), "
    "CASE WHEN a.aggmtransfn <> 0 THEN a.aggmfinalmodify END, a.aggminitval, "
    "CASE WHEN o_n.nspname = 'pg_catalog' THEN o.oprname "
    "ELSE 'OPERATOR(' || quote_ident(o_n.nspname) || '.' || o.oprname || ')' END, "
    "CASE p.proparallel WHEN 's' THEN 'safe' WHEN 'r' THEN 'restricted' END "
    "FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_aggregate a ON a.aggfnoid = p.oid "
    "LEFT JOIN pg_catalog.pg_operator o ON o.oid = a.aggsortop "
    "LEFT JOIN pg_catalog.pg_namespace o_n ON o_n.oid = o.oprnamespace "
    "WHERE p.oid >= " SQL_FIRST_OID;

/* How an option's value is written: as it is, as a literal, not at all, or as the word for a letter. */
enum option_form { FORM_NAME, FORM_LITERAL, FORM_BARE, FORM_MODIFY };

static const struct {
    int column;
    const char *name;
    enum option_form form;
} aggregate_options[] = {
    {AGGREGATE_SFUNC, "sfunc", FORM_NAME},
    {AGGREGATE_STYPE, "stype", FORM_NAME},
    {AGGREGATE_SSPACE, "sspace", FORM_NAME},
    {AGGREGATE_FINALFUNC, "finalfunc", FORM_NAME},
    {AGGREGATE_FINALFUNC_EXTRA, "finalfunc_extra", FORM_BARE},
    {AGGREGATE_FINALFUNC_MODIFY, "finalfunc_modify", FORM_MODIFY},
    {AGGREGATE_COMBINEFUNC, "combinefunc", FORM_NAME},
    {AGGREGATE_SERIALFUNC, "serialfunc", FORM_NAME},
    {AGGREGATE_DESERIALFUNC, "deserialfunc", FORM_NAME},
    {AGGREGATE_INITCOND, "initcond", FORM_LITERAL},
    {AGGREGATE_MSFUNC, "msfunc", FORM_NAME},
    {AGGREGATE_MINVFUNC, "minvfunc", FORM_NAME},
    {AGGREGATE_MSTYPE, "mstype", FORM_NAME},
    {AGGREGATE_MSSPACE, "msspace", FORM_NAME},
    {AGGREGATE_MFINALFUNC, "mfinalfunc", FORM_NAME},
    {AGGREGATE_MFINALFUNC_EXTRA, "mfinalfunc_extra", FORM_BARE},
    {AGGREGATE_MFINALFUNC_MODIFY, "mfinalfunc_modify", FORM_MODIFY},
    {AGGREGATE_MINITCOND, "minitcond", FORM_LITERAL},
    {AGGREGATE_SORTOP, "sortop", FORM_NAME},
    {AGGREGATE_PARALLEL, "parallel", FORM_NAME},
};

/* What a final function does to the state; NULL for the default, which depends on the aggregate. */
static const char *modify_name(const struct row *row, int column)
{
    char letter = row_letter(row, column);

    if (!letter || letter == (row_letter(row, AGGREGATE_KIND) == 'n' ? 'r' : 'w'))
        return NULL;
    return letter == 'r' ? "read_only" : letter == 's' ? "shareable" : "read_write";
}

/* The option's value as it is written, NULL where it is at its default. */
static const char *option_value(struct catalog *catalog, const struct row *row, int column,
                                enum option_form form)
{
    const char *value;

    if (form == FORM_NAME)
        return row_name(catalog, row, column);
    if (form == FORM_MODIFY)
        return modify_name(row, column);
    value = row_raw(row, column);
    return value && form == FORM_LITERAL ? pg_quote_literal(catalog->scratch, value) : value;
}

/* "name = value" for each option that is not at its default. */
static struct text_list read_options(struct catalog *catalog, const struct row *row)
{
    struct text_list options = {0};

    for (size_t i = 0; i < sizeof(aggregate_options) / sizeof(aggregate_options[0]); i++) {
        const char *name = aggregate_options[i].name;
        enum option_form form = aggregate_options[i].form;
        const char *value = option_value(catalog, row, aggregate_options[i].column, form);

        if (value)
            text_list_add(&options, catalog->arena,
                          form == FORM_BARE ? name
                                            : arena_printf(catalog->arena, "%s = %s", name, value));
    }
    if (row_letter(row, AGGREGATE_KIND) == 'h')
        text_list_add(&options, catalog->arena, "hypothetical");
    return options;
}

static void aggregate_row(struct catalog *catalog, const struct row *row)
{
    struct arguments arguments = read_arguments(catalog, row);
    struct object *object = add_routine(catalog, row, KIND_AGGREGATE, &arguments);
    struct aggregate *aggregate;

    if (!object)
        return;
    aggregate = as_aggregate(object);
    aggregate->argument_modes = arguments.modes;
    aggregate->argument_names = arguments.names;
    aggregate->argument_types = arguments.types;
    aggregate->direct_arguments = -1;
    if (row_letter(row, AGGREGATE_KIND) != 'n')
        aggregate->direct_arguments = row_number(row, AGGREGATE_DIRECT);
    aggregate->options = read_options(catalog, row);
}

const struct catalog_query catalog_aggregates = {
    .what = "aggregates", .sql = aggregates_sql, .row = aggregate_row};
