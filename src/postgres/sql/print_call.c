/* Function calls (with the spellings that SQL reserves for some), window definitions and type names
 * of raw parse trees as SQL text. */
#include "postgres/sql/print_internal.h"

#include <string.h>

#include "postgres/sql/print.h"
#include "utils/datetime.h"
#include "utils/timestamp.h"

/* A function that SQL writes in words of its own, and between which words its arguments stand. */
struct spelling {
    const char *name;
    int argument_count;
    enum print_level level;
    const char *before;     /* what opens */
    int order[4];           /* arguments in the order of the text */
    const char *between[4]; /* what follows each */
};

static const struct spelling spellings[] = {
    {"extract", 2, LEVEL_ATOM, "EXTRACT(", {0, 1}, {" FROM ", ")"}},
    {"overlay", 3, LEVEL_ATOM, "OVERLAY(", {0, 1, 2}, {" PLACING ", " FROM ", ")"}},
    {"overlay", 4, LEVEL_ATOM, "OVERLAY(", {0, 1, 2, 3}, {" PLACING ", " FROM ", " FOR ", ")"}},
    {"position", 2, LEVEL_ATOM, "POSITION(", {1, 0}, {" IN ", ")"}},
    {"substring", 2, LEVEL_ATOM, "SUBSTRING(", {0, 1}, {" FROM ", ")"}},
    {"substring", 3, LEVEL_ATOM, "SUBSTRING(", {0, 1, 2}, {" FROM ", " FOR ", ")"}},
    {"btrim", 1, LEVEL_ATOM, "TRIM(BOTH FROM ", {0}, {")"}},
    {"btrim", 2, LEVEL_ATOM, "TRIM(BOTH ", {1, 0}, {" FROM ", ")"}},
    {"ltrim", 1, LEVEL_ATOM, "TRIM(LEADING FROM ", {0}, {")"}},
    {"ltrim", 2, LEVEL_ATOM, "TRIM(LEADING ", {1, 0}, {" FROM ", ")"}},
    {"rtrim", 1, LEVEL_ATOM, "TRIM(TRAILING FROM ", {0}, {")"}},
    {"rtrim", 2, LEVEL_ATOM, "TRIM(TRAILING ", {1, 0}, {" FROM ", ")"}},
    {"timezone", 2, LEVEL_OPERATOR, "", {1, 0}, {" AT TIME ZONE ", ""}},
    {"timezone", 1, LEVEL_OPERATOR, "", {0}, {" AT LOCAL"}},
    {"overlaps", 4, LEVEL_OPERATOR, "(", {0, 1, 2, 3}, {", ", ") OVERLAPS (", ", ", ")"}},
    {"pg_collation_for", 1, LEVEL_ATOM, "COLLATION FOR (", {0}, {")"}},
    {"normalize", 1, LEVEL_ATOM, "NORMALIZE(", {0}, {")"}},
    {"normalize", 2, LEVEL_ATOM, "NORMALIZE(", {0, 1}, {", ", ")"}},
    {"is_normalized", 1, LEVEL_OPERATOR, "", {0}, {" IS NORMALIZED"}},
    {"is_normalized", 2, LEVEL_OPERATOR, "", {0, 1}, {" IS ", " NORMALIZED"}},
    {"xmlexists", 2, LEVEL_ATOM, "XMLEXISTS(", {0, 1}, {" PASSING ", ")"}},
    {"system_user", 0, LEVEL_ATOM, "SYSTEM_USER", {0}, {NULL}},
};

static const struct spelling *spelling_of(const FuncCall *call)
{
    if (call->funcformat != COERCE_SQL_SYNTAX || list_length(call->funcname) != 2)
        return NULL;
    for (size_t i = 0; i < lengthof(spellings); i++)
        if (spellings[i].argument_count == list_length(call->args) &&
            strcmp(spellings[i].name, strVal(lsecond(call->funcname))) == 0)
            return &spellings[i];
    return NULL;
}

enum print_level printer_call_level(const FuncCall *call)
{
    const struct spelling *spelling = spelling_of(call);

    return spelling ? spelling->level : LEVEL_ATOM;
}

/* The form of NORMALIZE is a keyword to SQL, a text in the tree; NULL for other arguments. */
static const char *keyword_of(const struct spelling *spelling, int number, Node *argument)
{
    if (number != 1 || !strstr(spelling->name, "normalize") || !IsA(argument, A_Const) ||
        !IsA(&castNode(A_Const, argument)->val, String))
        return NULL;
    return strVal(&castNode(A_Const, argument)->val);
}

static void print_spelling(struct printer *printer, const FuncCall *call,
                           const struct spelling *spelling)
{
    printer_text(printer, spelling->before);
    for (int i = 0; i < spelling->argument_count; i++) {
        Node *argument = list_nth(call->args, spelling->order[i]);
        const char *keyword = keyword_of(spelling, spelling->order[i], argument);

        if (keyword)
            printer_text(printer, keyword);
        else
            printer_expression(printer, argument, LEVEL_ATOM);
        printer_text(printer, spelling->between[i]);
    }
}

static void print_arguments(struct printer *printer, FuncCall *call)
{
    ListCell *cell;

    if (call->agg_distinct)
        printer_text(printer, "DISTINCT ");
    if (call->agg_star)
        printer_text(printer, "*");
    foreach (cell, call->args) {
        if (cell != list_head(call->args))
            printer_text(printer, ", ");
        if (call->func_variadic && !lnext(call->args, cell))
            printer_text(printer, "VARIADIC ");
        printer_expression(printer, lfirst(cell), LEVEL_OR);
    }
    if (call->agg_order && !call->agg_within_group)
        printer_sort(printer, call->agg_order);
}

void printer_call(struct printer *printer, FuncCall *call)
{
    const struct spelling *spelling = spelling_of(call);

    if (spelling) {
        print_spelling(printer, call, spelling);
        return;
    }
    printer_name(printer, call->funcname);
    printer_text(printer, "(");
    print_arguments(printer, call);
    printer_text(printer, ")");
    if (call->agg_order && call->agg_within_group) {
        printer_text(printer, " WITHIN GROUP (");
        printer_sort(printer, call->agg_order);
        printer_text(printer, ")");
    }
    if (call->agg_filter) {
        printer_text(printer, " FILTER (WHERE ");
        printer_expression(printer, call->agg_filter, LEVEL_OR);
        printer_text(printer, ")");
    }
    if (call->over) {
        printer_text(printer, " OVER ");
        if (call->over->name)
            printer_identifier(printer, call->over->name);
        else
            printer_window(printer, call->over);
    }
}

/* One end of a window frame. */
static void print_bound(struct printer *printer, int options, bool start, Node *offset)
{
    static const struct {
        int start;
        int end;
        const char *words;
    } bounds[] = {
        {FRAMEOPTION_START_UNBOUNDED_PRECEDING, FRAMEOPTION_END_UNBOUNDED_PRECEDING,
         "UNBOUNDED PRECEDING"},
        {FRAMEOPTION_START_UNBOUNDED_FOLLOWING, FRAMEOPTION_END_UNBOUNDED_FOLLOWING,
         "UNBOUNDED FOLLOWING"},
        {FRAMEOPTION_START_CURRENT_ROW, FRAMEOPTION_END_CURRENT_ROW, "CURRENT ROW"},
        {FRAMEOPTION_START_OFFSET_PRECEDING, FRAMEOPTION_END_OFFSET_PRECEDING, " PRECEDING"},
        {FRAMEOPTION_START_OFFSET_FOLLOWING, FRAMEOPTION_END_OFFSET_FOLLOWING, " FOLLOWING"},
    };

    for (size_t i = 0; i < lengthof(bounds); i++) {
        if (!(options & (start ? bounds[i].start : bounds[i].end)))
            continue;
        if (bounds[i].words[0] == ' ')
            printer_expression(printer, offset, LEVEL_COLLATE);
        printer_text(printer, bounds[i].words);
    }
}

static void print_frame(struct printer *printer, WindowDef *window)
{
    int options = window->frameOptions;

    printer_text(printer, options & FRAMEOPTION_RANGE  ? "RANGE "
                          : options & FRAMEOPTION_ROWS ? "ROWS "
                                                       : "GROUPS ");
    if (options & FRAMEOPTION_BETWEEN)
        printer_text(printer, "BETWEEN ");
    print_bound(printer, options, true, window->startOffset);
    if (options & FRAMEOPTION_BETWEEN) {
        printer_text(printer, " AND ");
        print_bound(printer, options, false, window->endOffset);
    }
    if (options & FRAMEOPTION_EXCLUDE_CURRENT_ROW)
        printer_text(printer, " EXCLUDE CURRENT ROW");
    else if (options & FRAMEOPTION_EXCLUDE_GROUP)
        printer_text(printer, " EXCLUDE GROUP");
    else if (options & FRAMEOPTION_EXCLUDE_TIES)
        printer_text(printer, " EXCLUDE TIES");
}

void printer_window(struct printer *printer, WindowDef *window)
{
    size_t start;

    printer_text(printer, "(");
    start = printer->text.length;
    if (window->refname)
        printer_identifier(printer, window->refname);
    if (window->partitionClause) {
        buffer_separate(&printer->text, start, " ");
        printer_text(printer, "PARTITION BY ");
        printer_expression_list(printer, window->partitionClause);
    }
    if (window->orderClause)
        printer_sort(printer, window->orderClause);
    if (window->frameOptions & FRAMEOPTION_NONDEFAULT) {
        buffer_separate(&printer->text, start, " ");
        print_frame(printer, window);
    }
    printer_text(printer, ")");
}

/* What the grammar calls a type of pg_catalog that SQL writes in words of its own; suffix follows
 * the modifier. */
static const struct {
    const char *name;
    const char *words;
    const char *suffix;
} sql_types[] = {
    {"bool", "boolean", ""},
    {"int2", "smallint", ""},
    {"int4", "integer", ""},
    {"int8", "bigint", ""},
    {"float4", "real", ""},
    {"float8", "double precision", ""},
    {"numeric", "numeric", ""},
    {"varchar", "character varying", ""},
    {"bit", "bit", ""},
    {"varbit", "bit varying", ""},
    {"time", "time", " without time zone"},
    {"timetz", "time", " with time zone"},
    {"timestamp", "timestamp", " without time zone"},
    {"timestamptz", "timestamp", " with time zone"},
    {"interval", "interval", ""},
};

static const struct {
    int mask;
    const char *words;
} interval_ranges[] = {
    {INTERVAL_MASK(YEAR), " year"},
    {INTERVAL_MASK(MONTH), " month"},
    {INTERVAL_MASK(DAY), " day"},
    {INTERVAL_MASK(HOUR), " hour"},
    {INTERVAL_MASK(MINUTE), " minute"},
    {INTERVAL_MASK(SECOND), " second"},
    {INTERVAL_MASK(YEAR) | INTERVAL_MASK(MONTH), " year to month"},
    {INTERVAL_MASK(DAY) | INTERVAL_MASK(HOUR), " day to hour"},
    {INTERVAL_MASK(DAY) | INTERVAL_MASK(HOUR) | INTERVAL_MASK(MINUTE), " day to minute"},
    {INTERVAL_MASK(DAY) | INTERVAL_MASK(HOUR) | INTERVAL_MASK(MINUTE) | INTERVAL_MASK(SECOND),
     " day to second"},
    {INTERVAL_MASK(HOUR) | INTERVAL_MASK(MINUTE), " hour to minute"},
    {INTERVAL_MASK(HOUR) | INTERVAL_MASK(MINUTE) | INTERVAL_MASK(SECOND), " hour to second"},
    {INTERVAL_MASK(MINUTE) | INTERVAL_MASK(SECOND), " minute to second"},
};

const char *pg_interval_words(int range)
{
    for (size_t i = 0; i < lengthof(interval_ranges); i++)
        if (interval_ranges[i].mask == range)
            return interval_ranges[i].words;
    return "";
}

/* interval's first modifier is a mask of fields, its second a precision. */
static List *print_interval_fields(struct printer *printer, List *modifiers)
{
    A_Const *fields = linitial(modifiers);

    if (!IsA(fields, A_Const) || nodeTag(&fields->val) != T_Integer)
        return modifiers;
    printer_text(printer, pg_interval_words((int)fields->val.ival.ival));
    return list_copy_tail(modifiers, 1);
}

static void print_modifiers(struct printer *printer, List *modifiers)
{
    if (!modifiers)
        return;
    printer_text(printer, "(");
    printer_expression_list(printer, modifiers);
    printer_text(printer, ")");
}

static void print_type_base(struct printer *printer, TypeName *type)
{
    const char *name = list_length(type->names) == 2 ? strVal(lsecond(type->names)) : "";
    List *modifiers = type->typmods;

    if (list_length(type->names) == 2 && strcmp(strVal(linitial(type->names)), "pg_catalog") == 0) {
        if (strcmp(name, "bpchar") == 0) {
            printer_text(printer, modifiers ? "character" : "bpchar");
            print_modifiers(printer, modifiers);
            return;
        }
        for (size_t i = 0; i < lengthof(sql_types); i++) {
            if (strcmp(sql_types[i].name, name) != 0)
                continue;
            printer_text(printer, sql_types[i].words);
            if (modifiers && strcmp(name, "interval") == 0)
                modifiers = print_interval_fields(printer, modifiers);
            print_modifiers(printer, modifiers);
            printer_text(printer, sql_types[i].suffix);
            return;
        }
    }
    printer_name(printer, type->names);
    print_modifiers(printer, modifiers);
}

void printer_type_name(struct printer *printer, TypeName *type)
{
    ListCell *cell;

    if (type->setof)
        printer_text(printer, "SETOF ");
    /* A canonical tree holds the finished text as its only name (canon/tree.c). */
    if (type->typeOid == PRINT_TYPE_VERBATIM) {
        printer_text(printer, strVal(linitial(type->names)));
        return;
    }
    print_type_base(printer, type);
    if (type->pct_type)
        printer_text(printer, "%TYPE");
    foreach (cell, type->arrayBounds) {
        int bound = intVal(lfirst(cell));

        if (bound >= 0)
            buffer_printf(&printer->text, "[%d]", bound);
        else
            printer_text(printer, "[]");
    }
}
