/* Finds the parts of a CREATE TABLE statement by its words alone: commas and parentheses, and the words that begin a
 * clause of a column. Whoever edits by that has the result proven. */
#include "edit/element.h"

#include <string.h>
#include <strings.h>

/* --- elements ----------------------------------------------------------------------------------- */

static void add_element(struct elements *elements, struct arena *arena, struct element element)
{
    elements->items = list_room(arena, elements->items, elements->count, &elements->room,
                                sizeof(*elements->items));
    elements->items[elements->count++] = element;
}

static bool is_one_of(const char *text, const struct text_mark *mark, const char *const *words)
{
    for (; *words; words++)
        if (mark_is(text, mark, *words))
            return true;
    return false;
}

/* A word that begins a constraint or key, and no column: where it could be a column's name, it is not taken. */
static bool begins_constraint(const struct dialect_layout *layout, const char *text, size_t end,
                              const struct text_mark *first)
{
    static const char *const always[] = {"constraint", "primary", "unique",
                                         "check",      "foreign", NULL};
    static const char *const reserved[] = {"like", "key", "index", "fulltext", "spatial", NULL};
    struct text_mark next;

    if (first->kind != MARK_WORD)
        return false;
    if (is_one_of(text, first, always))
        return true;
    if (is_one_of(text, first, reserved))
        return layout->is_reserved(text + first->start, first->end - first->start);
    return mark_is(text, first, "exclude") && mark_code(layout, text, end, first->end, &next) &&
           (mark_is(text, &next, "using") || mark_is(text, &next, "("));
}

static bool is_name(const struct text_mark *mark)
{
    return mark->kind == MARK_WORD || mark->kind == MARK_NAME;
}

/* CONSTRAINT name; [UNIQUE] KEY name (...); PRIMARY KEY, which has one name alone. */
static void read_constraint(const struct dialect_layout *layout, struct arena *arena,
                            const char *text, struct element *element)
{
    static const char *const heads[] = {"unique", "fulltext", "spatial", "key", "index", NULL};
    struct text_mark mark;
    bool constraint, key;

    element->constraint = true;
    element->name = "";
    if (!mark_code(layout, text, element->end, element->start, &mark))
        return;
    constraint = mark_is(text, &mark, "constraint");
    key = is_one_of(text, &mark, heads);
    if (mark_is(text, &mark, "primary"))
        element->name = "PRIMARY";
    while (key && is_one_of(text, &mark, heads))
        if (!mark_code(layout, text, element->end, mark.end, &mark))
            return;
    if (constraint && !mark_code(layout, text, element->end, mark.end, &mark))
        return;
    if ((constraint || key) && is_name(&mark) && !mark_is(text, &mark, "using")) {
        element->name = mark_name(arena, text, &mark);
        element->named = true;
    }
}

static void end_element(const struct dialect_layout *layout, struct arena *arena, const char *text,
                        struct elements *elements, struct element element)
{
    struct text_mark first;

    if (element.start == element.end ||
        !mark_code(layout, text, element.end, element.start, &first))
        return;
    if (begins_constraint(layout, text, element.end, &first))
        read_constraint(layout, arena, text, &element);
    else
        element.name = is_name(&first) ? mark_name(arena, text, &first) : "";
    add_element(elements, arena, element);
}

bool elements_read(const struct dialect_layout *layout, struct arena *arena, const char *text,
                   size_t from, size_t to, struct elements *elements)
{
    struct element element = {0};
    struct text_mark mark;
    size_t depth = 0;

    elements->close = to;
    while (mark_code(layout, text, to, from, &mark)) {
        from = mark.end;
        if (mark_is(text, &mark, "(")) {
            depth++;
        } else if (mark_is(text, &mark, ")")) {
            if (!depth) {
                elements->close = mark.start;
                break;
            }
            depth--;
        }
        if (!depth && mark_is(text, &mark, ",")) {
            element.comma = mark.start;
            end_element(layout, arena, text, elements, element);
            element = (struct element){0};
            continue;
        }
        if (!element.end)
            element.start = mark.start;
        element.end = mark.end;
    }
    element.comma = (size_t)NOWHERE;
    end_element(layout, arena, text, elements, element);
    return true;
}

/* Moves to the parenthesis that opens the list. */
static bool find_open(const struct dialect_layout *layout, const char *text, size_t from, size_t to,
                      size_t *open)
{
    static const char *const before[] = {"create", "global",  "local",  "temporary", "temp",
                                         "or",     "replace", "table",  "unlogged",  "if",
                                         "not",    "foreign", "exists", NULL};
    struct text_mark mark;
    bool table = false, named = false;

    while (mark_code(layout, text, to, from, &mark)) {
        from = mark.end;
        if (mark_is(text, &mark, "(")) {
            *open = mark.start;
            return table && named;
        }
        table = table || mark_is(text, &mark, "table");
        if (named && !mark_is(text, &mark, ".") && text[mark.start - 1] != '.')
            return false;
        if (!named && !is_one_of(text, &mark, before)) {
            if (!table || !is_name(&mark))
                return false;
            named = true;
        }
    }
    return false;
}

bool elements_find(const struct dialect_layout *layout, struct arena *arena, const char *text,
                   size_t from, size_t to, struct elements *elements)
{
    struct text_mark mark;
    size_t open;

    *elements = (struct elements){0};
    if (!mark_code(layout, text, to, from, &mark) || !mark_is(text, &mark, "create") ||
        !find_open(layout, text, from, to, &open))
        return false;
    elements->open = open;
    return elements_read(layout, arena, text, open + 1, to, elements) && elements->count > 0 &&
           elements->close < to;
}

const struct element *element_named(const struct elements *elements, const char *name,
                                    bool constraint)
{
    for (size_t i = 0; i < elements->count; i++)
        if (elements->items[i].constraint == constraint &&
            strcasecmp(elements->items[i].name, name) == 0)
            return &elements->items[i];
    return NULL;
}

const struct element *element_at(const struct elements *elements, size_t offset)
{
    for (size_t i = 0; i < elements->count; i++)
        if (offset >= elements->items[i].start && offset < elements->items[i].end)
            return &elements->items[i];
    return NULL;
}

/* --- clauses of a column ------------------------------------------------------------------------ */

struct words {
    const char *first;
    const char *second; /* NULL: any */
    enum clause_kind kind;
};

static const struct words heads[] = {
    {"not", "null", CLAUSE_NULL},
    {"null", NULL, CLAUSE_NULL},
    {"default", NULL, CLAUSE_DEFAULT},
    {"generated", NULL, CLAUSE_GENERATED},
    {"as", "(", CLAUSE_GENERATED},
    {"collate", NULL, CLAUSE_COLLATE},
    {"character", "set", CLAUSE_CHARSET},
    {"charset", NULL, CLAUSE_CHARSET},
    {"comment", NULL, CLAUSE_COMMENT},
    {"auto_increment", NULL, CLAUSE_INCREMENT},
    {"on", "update", CLAUSE_ON_UPDATE},
    {"storage", NULL, CLAUSE_STORAGE},
    {"compression", NULL, CLAUSE_COMPRESSION},
    {"invisible", NULL, CLAUSE_VISIBLE},
    {"visible", NULL, CLAUSE_VISIBLE},
    {"check", "(", CLAUSE_CHECK},
    {"unique", NULL, CLAUSE_UNIQUE},
    {"primary", "key", CLAUSE_PRIMARY},
    {"references", NULL, CLAUSE_REFERENCES},
};

/* True where a word cannot begin a clause because the one that it stands in, or the word before, takes it. */
static bool is_taken(enum clause_kind inside, const char *text, const struct text_mark *before,
                     enum clause_kind kind)
{
    if (inside == CLAUSE_REFERENCES && kind == CLAUSE_ON_UPDATE)
        return true;
    if (inside == CLAUSE_GENERATED && (kind == CLAUSE_DEFAULT || kind == CLAUSE_GENERATED))
        return true;
    return mark_is(text, before, "set") || mark_is(text, before, "not") ||
           (inside == CLAUSE_DEFAULT && mark_is(text, before, "default"));
}

static bool head_of(const struct dialect_layout *layout, const char *text, size_t end,
                    const struct text_mark *mark, enum clause_kind *kind)
{
    struct text_mark next;
    bool more = mark_code(layout, text, end, mark->end, &next);

    for (size_t i = 0; i < sizeof(heads) / sizeof(*heads); i++)
        if (mark_is(text, mark, heads[i].first) &&
            (!heads[i].second || (more && mark_is(text, &next, heads[i].second)))) {
            *kind = heads[i].kind;
            return true;
        }
    return false;
}

static bool begin_clause(struct clauses *clauses, enum clause_kind kind, size_t start, size_t body)
{
    if (clauses->count == sizeof(clauses->items) / sizeof(*clauses->items))
        return false;
    clauses->items[clauses->count++] = (struct clause){kind, start, body, body};
    return true;
}

bool clauses_read(const struct dialect_layout *layout, const char *text,
                  const struct element *element, struct clauses *clauses)
{
    struct text_mark mark, before = {0};
    enum clause_kind kind;
    size_t from = element->start, depth = 0, constraint = (size_t)NOWHERE;
    int named = 0; /* words of CONSTRAINT name that are still to come */

    clauses->count = 0;
    while (mark_code(layout, text, element->end, from, &mark)) {
        bool fine = true;

        from = mark.end;
        if (!clauses->count) {
            fine = begin_clause(clauses, CLAUSE_NAME, mark.start, mark.start);
        } else if (clauses->count == 1) {
            fine = begin_clause(clauses, CLAUSE_TYPE, mark.start, mark.start);
        } else if (!depth && mark_is(text, &mark, "constraint")) {
            constraint = mark.start;
            named = 1;
            continue;
        } else if (named) {
            named--;
            continue;
        } else if (!depth && head_of(layout, text, element->end, &mark, &kind) &&
                   !is_taken(clauses->items[clauses->count - 1].kind, text, &before, kind)) {
            fine = begin_clause(
                clauses, kind, constraint == (size_t)NOWHERE ? mark.start : constraint, mark.start);
            constraint = (size_t)NOWHERE;
        }
        if (!fine)
            return false;
        if (mark_is(text, &mark, "("))
            depth++;
        else if (mark_is(text, &mark, ")") && depth)
            depth--;
        clauses->items[clauses->count - 1].end = mark.end;
        before = mark;
    }
    return clauses->count > 0;
}

const struct clause *clause_of(const struct clauses *clauses, enum clause_kind kind)
{
    for (size_t i = 0; i < clauses->count; i++)
        if (clauses->items[i].kind == kind)
            return &clauses->items[i];
    return NULL;
}
