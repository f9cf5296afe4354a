/* Whether rows that are there can make a statement fail which does not look like it: by an expression that the server computes
 * for each of them, or by a collation under which values become equal; and how what a step costs those rows' users could be avoided. */
#include "postgres/write/write.h"

#include <ctype.h>
#include <string.h>

#include "postgres/resolve/facts.h"
#include "postgres/types/type_text.h"

/* --- expressions ----------------------------------------------------------------------------------- */

static bool is_one_of(const char *text, size_t length, const char *const *list)
{
    for (; *list; list++)
        if (strlen(*list) == length && strncmp(*list, text, length) == 0)
            return true;
    return false;
}

/* Functions, and words that stand before a parenthesis, for which no argument is wrong. */
static bool is_safe_function(const char *name, size_t length)
{
    static const char *const names[] = {
        "lower",       "upper",        "initcap",     "btrim",        "ltrim",
        "rtrim",       "length",       "md5",         "coalesce",     "COALESCE",
        "nullif",      "NULLIF",       "greatest",    "GREATEST",     "least",
        "LEAST",       "reverse",      "replace",     "translate",    "strpos",
        "starts_with", "hashtext",     "ascii",       "octet_length", "char_length",
        "date_trunc",  "date_part",    "extract",     "EXTRACT",      "timezone",
        "isfinite",    "jsonb_typeof", "json_typeof", "cardinality",  "array_length",
        "lower_inc",   "upper_inc",    "lower_inf",   "upper_inf",    "isempty",
        "AND",         "OR",           "NOT",         "IN",           "ANY",
        "ALL",         "CASE",         "WHEN",        "THEN",         "ELSE",
        "IS",          "BETWEEN",      "FROM",        "TRIM",         "concat_ws",
        "num_nulls",   "num_nonnulls", "unaccent",    "int4range",    "LIKE",
        NULL};

    return is_one_of(name, length, names);
}

/* Types that take any text. */
static bool is_safe_type(const char *name, size_t length)
{
    static const char *const names[] = {"text",      "character", "bpchar", "name",
                                        "regconfig", "varchar",   "citext", NULL};

    return is_one_of(name, length, names);
}

static bool is_word(char letter)
{
    return isalnum((unsigned char)letter) || letter == '_';
}

/* Behind a literal, or a number in parentheses: 'a'::e, (0)::numeric. That is known to be right. */
static bool is_constant_before(const char *text, const char *at)
{
    const char *last = at - 1;

    if (last < text)
        return true;
    if (*last == '\'' || isdigit((unsigned char)*last))
        return *last == '\'' || !is_word(last > text ? last[-1] : ' ') ||
               isdigit((unsigned char)last[-1]);
    if (*last != ')')
        return false;
    while (--last > text && (isdigit((unsigned char)*last) || strchr(".-", *last)))
        ;
    return *last == '(' && last + 1 < at - 1;
}

static const char *skip_quoted(const char *at)
{
    char quote = *at++;

    while (*at && *at != quote)
        at++;
    return *at ? at + 1 : at;
}

/* Operators that overflow, or divide by zero; "->" and "||" do not. */
static bool is_arithmetic(const char *at)
{
    if (*at == '-' && (at[1] == '>' || isdigit((unsigned char)at[1])))
        return false;
    return strchr("+-*/%^", *at) != NULL;
}

static bool text_may_fail(const char *text)
{
    const char *at = text;

    while (*at) {
        const char *word = at;

        if (*at == '\'' || *at == '"') {
            at = skip_quoted(at);
        } else if (is_word(*at)) {
            while (is_word(*at))
                at++;
            if (*at == '(' && !isdigit((unsigned char)*word) &&
                !is_safe_function(word, (size_t)(at - word)))
                return true;
        } else if (at[0] == ':' && at[1] == ':') {
            word = at + 2;
            for (at = word; is_word(*at); at++)
                ;
            if (!is_constant_before(text, word - 2) && !is_safe_type(word, (size_t)(at - word)))
                return true;
        } else if (is_arithmetic(at)) {
            return true;
        } else {
            at += at[0] == '-' && at[1] == '>' ? 2 : 1;
        }
    }
    return false;
}

bool write_expression_may_fail(const struct expression *expression)
{
    const char *text = expression->canonical ? expression->canonical : expression->written;

    return text && text_may_fail(text);
}

bool write_expressions_may_fail(const struct expression_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        if (write_expression_may_fail(&list->items[i]))
            return true;
    return false;
}

/* --- collations ------------------------------------------------------------------------------------ */

/* True when values may be equal under the collation that differ in their bytes. Those of the server
 * itself are not so. */
static bool is_nondeterministic(const struct step_sink *sink, const char *collation)
{
    const struct object *object;

    if (!collation || !strchr(collation, '.'))
        return false;
    object = model_find(sink->to, KIND_UNMODELLED, NULL,
                        arena_printf(sink->arena, "collation %s", collation), NULL);
    return !object || !as_unmodelled(object)->facts.count ||
           text_equal(facts_get(&as_unmodelled(object)->facts, "deterministic"), "false");
}

static bool lists(const struct text_list *columns, const struct object *column)
{
    return text_list_contains(columns, column->name);
}

/* What a column's values are compared by changes in which ways. */
struct comparison {
    bool distinct; /* values may become equal */
    bool order;    /* values may stand otherwise, or operators give something else */
};

/* True when rows may break the constraint or index, a child of the column's table. */
static bool may_break(const struct object *child, const struct object *column,
                      struct comparison changes)
{
    switch (child->kind) {
    case KIND_PRIMARY_KEY:
        return changes.distinct && lists(&as_primary_key(child)->columns, column);
    case KIND_UNIQUE:
        return changes.distinct && lists(&as_unique_constraint(child)->columns, column);
    case KIND_INDEX:
        return as_index(child)->unique && object_needs(child, column) &&
               (changes.distinct || write_expressions_may_fail(&as_index(child)->keys));
    case KIND_EXCLUSION:
    case KIND_CHECK:
        return object_needs(child, column);
    default:
        return false;
    }
}

static bool is_column_of(const struct object *object, const struct object *column)
{
    for (; object; object = write_parent_column(object))
        if (object == column)
            return true;
    return false;
}

/* True when rows may break a key or check on the wanted column, of its table or of those that inherit it. */
static bool keys_may_break(const struct step_sink *sink, const struct object *column,
                           struct comparison changes)
{
    const struct model *to = sink->to;

    if (!changes.distinct && !changes.order)
        return false;
    for (size_t i = model_first_of(to, KIND_COLUMN); i < to->count; i++) {
        const struct object *object = to->objects[i];

        if (object->kind != KIND_COLUMN || strcmp(object->name, column->name) != 0 ||
            !is_column_of(object, column))
            continue;
        for (const struct object *child = object->parent->first_child; child;
             child = child->next_sibling)
            if (may_break(child, object, changes))
                return true;
    }
    return false;
}

/* Its own, or that of the first domain that has one. */
static const char *collation_of(const struct column *column, const struct type_text *type)
{
    if (column->collation)
        return column->collation;
    for (size_t i = 0; i < type->domains.count; i++)
        if (as_domain(type->domains.items[i])->collation)
            return as_domain(type->domains.items[i])->collation;
    return NULL;
}

/* Types between which operators and comparisons mean the same. */
static const char *family_of(const char *base)
{
    if (strcmp(base, "smallint") == 0 || strcmp(base, "integer") == 0)
        return "bigint";
    return strcmp(base, "character varying") == 0 ? "text" : base;
}

/* Of the types, the one under which texts are equal that differ. */
static bool ignores_differences(const char *base)
{
    const char *dot = strrchr(base, '.');

    return (dot && strcmp(dot, ".citext") == 0) || strcmp(base, "bpchar") == 0 ||
           strcmp(base, "character") == 0;
}

bool write_comparison_may_fail(const struct step_sink *sink, const struct object *before,
                               const struct object *after, const char *type)
{
    struct type_text from = type_text_below(sink->arena, sink->from, as_column(before)->type);
    struct type_text to = type_text_below(sink->arena, sink->to, type);
    const char *collation = collation_of(as_column(after), &to);
    bool collates = !text_equal(collation_of(as_column(before), &from), collation);
    bool converts = strcmp(family_of(from.base), family_of(to.base)) != 0;
    struct comparison changes = {.distinct = (collates && is_nondeterministic(sink, collation)) ||
                                             (converts && ignores_differences(to.base)),
                                 .order = collates || converts};

    return keys_may_break(sink, after, changes);
}

/* --- costs ----------------------------------------------------------------------------------------- */

/* Only where what is done by hand beforehand is found there by the next plan. */
const char *pg_avoid(const struct step *step, enum hazard hazard)
{
    bool costs = hazard == HAZARD_BLOCK_READS || hazard == HAZARD_BLOCK_WRITES ||
                 hazard == HAZARD_SCAN_TABLE;

    if (hazard == HAZARD_REWRITE_TABLE)
        return "A new column beside the old one, filled in batches, needs no rewriting.";
    if (!costs || step->rewrites || !step->object)
        return NULL;
    switch (step->object->kind) {
    case KIND_INDEX:
        return "CREATE INDEX CONCURRENTLY by hand beforehand blocks nobody, and the plan then finds the "
               "index there.";
    case KIND_CHECK:
    case KIND_FOREIGN_KEY:
        return "ADD CONSTRAINT ... NOT VALID and then VALIDATE CONSTRAINT by hand beforehand keep the lock "
               "for an instant.";
    case KIND_NOT_NULL:
        return "A check (column IS NOT NULL), added NOT VALID and then validated, spares the scan.";
    case KIND_UNIQUE:
    case KIND_PRIMARY_KEY:
        return "CREATE UNIQUE INDEX CONCURRENTLY and ADD CONSTRAINT ... USING INDEX by hand beforehand keep "
               "the lock for an instant.";
    default:
        return NULL;
    }
}
