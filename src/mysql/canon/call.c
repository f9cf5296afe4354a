/* Calls. A function of several names is printed by one; a call that the servers store as another
 * expression (DATE(x) is CAST(x AS DATE)) becomes that expression, and arguments that the servers fill in
 * are filled in. */
#include "mysql/canon/internal.h"

#include <string.h>

#include "core/text/letter_case.h"

struct synonym {
    const char *written;
    const char *name;
    bool mariadb; /* there alone */
};

static const struct synonym synonyms[] = {
#define SYNONYM(written, name) {#written, #name, false},
#define MARIADB_SYNONYM(written, name) {#written, #name, true},
#define BOOLEAN(name)
#include "mysql/canon/function.def"
#undef SYNONYM
#undef MARIADB_SYNONYM
#undef BOOLEAN
};

static const char *one_name(const struct canon *canon, const char *written)
{
    for (size_t i = 0; i < sizeof(synonyms) / sizeof(*synonyms); i++)
        if (strcmp(written, synonyms[i].written) == 0 &&
            (!synonyms[i].mariadb || canon->flavor.vendor == MY_MARIADB))
            return synonyms[i].name;
    return written;
}

/* --- calls that are other expressions ------------------------------------------------------------- */

typedef struct my_node *call_rewriter(struct canon *canon, struct my_node *call);

static struct my_node *cast_date(struct canon *canon, struct my_node *call)
{
    return canon_cast(canon->arena, canon_child(call, 0), "DATE");
}

/* In queries the servers know what the argument is, and keep what fraction a text may have. */
static struct my_node *cast_time(struct canon *canon, struct my_node *call)
{
    struct my_node *time = canon_child(call, 0);
    bool query = canon->scope && !canon->scope->bare;

    return canon_cast(canon->arena, time, query && canon_is_text(time) ? "TIME(6)" : "TIME");
}

static struct my_node *cast_datetime(struct canon *canon, struct my_node *call)
{
    return canon_cast(canon->arena, canon_child(call, 0), "DATETIME");
}

static struct my_node *cast_binary(struct canon *canon, struct my_node *call)
{
    return canon_type(canon, canon_cast(canon->arena, canon_child(call, 0), "BINARY"));
}

static struct my_node *add_number(struct canon *canon, struct my_node *call, const char *number)
{
    canon_add(canon->arena, call, canon_number(canon->arena, number));
    return call;
}

static struct my_node *convert_base(struct canon *canon, struct my_node *call, const char *base)
{
    call->name = "CONV";
    add_number(canon, call, "10");
    return add_number(canon, call, base);
}

static struct my_node *base_two(struct canon *canon, struct my_node *call)
{
    return convert_base(canon, call, "2");
}

static struct my_node *base_eight(struct canon *canon, struct my_node *call)
{
    return convert_base(canon, call, "8");
}

static struct my_node *default_zero(struct canon *canon, struct my_node *call)
{
    return add_number(canon, call, "0");
}

static struct my_node *week_mode(struct canon *canon, struct my_node *call)
{
    return canon->flavor.vendor == MY_MYSQL ? default_zero(canon, call) : call;
}

static struct my_node *default_one(struct canon *canon, struct my_node *call)
{
    return add_number(canon, call, "1");
}

static struct my_node *iso_week(struct canon *canon, struct my_node *call)
{
    call->name = "WEEK";
    return add_number(canon, call, "3");
}

static struct my_node *swap_to_locate(struct canon *canon, struct my_node *call)
{
    struct my_node *locate = canon_call(canon->arena, "LOCATE");

    canon_add(canon->arena, locate, canon_child(call, 1));
    canon_add(canon->arena, locate, canon_child(call, 0));
    return locate;
}

static struct my_node *days(struct canon *canon, struct my_node *date)
{
    struct my_node *call = canon_call(canon->arena, "TO_DAYS");

    canon_add(canon->arena, call, date);
    return call;
}

static struct my_node *difference_in_days(struct canon *canon, struct my_node *call)
{
    return canon_binary(canon->arena, "-", days(canon, canon_child(call, 0)),
                        days(canon, canon_child(call, 1)));
}

static struct my_node *format_unix_time(struct canon *canon, struct my_node *call)
{
    struct my_node *format;
    struct my_node *time;

    time = canon_call(canon->arena, "FROM_UNIXTIME");
    canon_add(canon->arena, time, canon_child(call, 0));
    format = canon_call(canon->arena, "DATE_FORMAT");
    canon_add(canon->arena, format, time);
    canon_add(canon->arena, format, canon_child(call, 1));
    return format;
}

static struct my_node *remainder_operator(struct canon *canon, struct my_node *call)
{
    return canon_binary(canon->arena, "MOD", canon_child(call, 0), canon_child(call, 1));
}

static struct my_node *null_test(struct canon *canon, struct my_node *call)
{
    struct my_node *test = canon_node(canon->arena, MY_IS, "NULL");

    canon_add(canon->arena, test, canon_child(call, 0));
    return test;
}

/* ... (x, INTERVAL n unit) and (x, days) are x + INTERVAL. */
static struct my_node *step_in_time(struct canon *canon, struct my_node *call, const char *sign)
{
    struct my_node *step = canon_child(call, 1);

    if (step->kind != MY_INTERVAL) {
        struct my_node *interval = canon_node(canon->arena, MY_INTERVAL, NULL);

        interval->text = "DAY";
        canon_add(canon->arena, interval, step);
        step = interval;
    }
    return canon_binary(canon->arena, sign, canon_child(call, 0), step);
}

static struct my_node *step_forward(struct canon *canon, struct my_node *call)
{
    return step_in_time(canon, call, "+");
}

static struct my_node *step_back(struct canon *canon, struct my_node *call)
{
    return step_in_time(canon, call, "-");
}

/* A unit as an argument: the grammar keeps the word. */
static const char *unit_of(struct canon *canon, const struct my_node *word)
{
    const char *unit = text_upper(canon->arena, word->text ? word->text : "");

    return strncmp(unit, "SQL_TSI_", 8) == 0 ? unit + 8 : unit;
}

static struct my_node *step_of_units(struct canon *canon, struct my_node *call)
{
    struct my_node *interval = canon_node(canon->arena, MY_INTERVAL, NULL);

    interval->text = unit_of(canon, canon_child(call, 0));
    canon_add(canon->arena, interval, canon_child(call, 1));
    return canon_binary(canon->arena, "+", canon_child(call, 2), interval);
}

static struct my_node *difference_in_units(struct canon *canon, struct my_node *call)
{
    struct my_node *unit = canon_node(canon->arena, MY_OTHER, NULL);

    unit->text = unit_of(canon, canon_child(call, 0));
    call->children.items[0] = unit;
    return call;
}

/* A precision of 0 is none. */
static struct my_node *drop_zero(struct canon *canon, struct my_node *call)
{
    const struct my_node *first = canon_child(call, 0);

    (void)canon;
    if (first->kind == MY_NUMBER && strcmp(first->text, "0") == 0)
        call->children.count = 0;
    return call;
}

static struct my_node *count_rows(struct canon *canon, struct my_node *call)
{
    const struct my_node *first = canon_child(call, 0);

    if (first->kind == MY_COLUMN && strcmp(first->text, "*") == 0)
        call->children.items[0] = canon_number(canon->arena, "0");
    return call;
}

static struct my_node *default_format(struct canon *canon, struct my_node *call)
{
    canon_add(canon->arena, call, canon_text(canon->arena, "YYYY-MM-DD HH24:MI:SS"));
    return call;
}

static struct my_node *one_character(struct canon *canon, struct my_node *call)
{
    call->name = "CHAR";
    call->charset = canon->flavor.vendor == MY_MARIADB ? "utf8mb4" : call->charset;
    return call;
}

static struct my_node *charset_of_characters(struct canon *canon, struct my_node *call)
{
    if (canon->flavor.vendor == MY_MYSQL) /* it does not print it */
        call->charset = NULL;
    if (call->charset)
        call->charset = canon_charset(canon, call->charset);
    return call;
}

static struct my_node *whole_weight(struct canon *canon, struct my_node *call)
{
    add_number(canon, call, "0");
    add_number(canon, call, "0");
    return add_number(canon, call, "1");
}

enum { any = 100 };

static const struct {
    const char *name;
    size_t arguments; /* with so many of them; any: whatever their number */
    call_rewriter *rewrite;
} rewriters[] = {
    {"BIN", 1, base_two},
    {"BINARY", 1, cast_binary},
    {"CHAR", any, charset_of_characters},
    {"CHR", 1, one_character},
    {"COUNT", 1, count_rows},
    {"CURRENT_TIMESTAMP", 1, drop_zero},
    {"CURTIME", 1, drop_zero},
    {"DATE", 1, cast_date},
    {"DATEDIFF", 2, difference_in_days},
    {"DATE_ADD", 2, step_forward},
    {"DATE_SUB", 2, step_back},
    {"FROM_UNIXTIME", 2, format_unix_time},
    {"INSTR", 2, swap_to_locate},
    {"ISNULL", 1, null_test},
    {"LAG", 1, default_one},
    {"LEAD", 1, default_one},
    {"MOD", 2, remainder_operator},
    {"OCT", 1, base_eight},
    {"ROUND", 1, default_zero},
    {"SYSDATE", 1, drop_zero},
    {"TIME", 1, cast_time},
    {"TIMESTAMP", 1, cast_datetime},
    {"TIMESTAMPADD", 3, step_of_units},
    {"TIMESTAMPDIFF", 3, difference_in_units},
    {"TO_CHAR", 1, default_format},
    {"UTC_TIME", 1, drop_zero},
    {"UTC_TIMESTAMP", 1, drop_zero},
    {"WEEK", 1, week_mode},
    {"WEEKOFYEAR", 1, iso_week},
    {"WEIGHT_STRING", 1, whole_weight},
    {"YEARWEEK", 1, default_zero},
};

/* The schema of a stored function is left out where it is the one that the expression stands in. */
static void settle_stored(struct canon *canon, struct my_node *call)
{
    if (canon->use_function)
        canon->use_function(canon->context, call->schema, call->name);
    if (call->schema && canon->own_schema)
        call->schema = canon->own_schema(canon->context, call->schema);
}

struct my_node *canon_function(struct canon *canon, struct my_node *call)
{
    call->flags &= ~(unsigned)(MY_NO_PARENTHESES | MY_PARENTHESIZED);
    settle_stored(canon, call);
    if (call->schema)
        return call;
    call->name = one_name(canon, text_upper(canon->arena, call->name));
    for (size_t i = 0; i < sizeof(rewriters) / sizeof(*rewriters); i++)
        if (strcmp(call->name, rewriters[i].name) == 0 &&
            (rewriters[i].arguments == any || rewriters[i].arguments == call->children.count))
            return rewriters[i].rewrite(canon, call);
    return call;
}
