/* A CREATE TABLE statement is edited in two rounds: each part that changes is decided about, then the elements that go and
 * come are brought into the list with their commas, in the list's own layout. */
#include "edit/table.h"

#include <string.h>
#include <strings.h>

/* An element that comes. */
struct arrival {
    size_t after; /* the author's element; (size_t)NOWHERE: before the first */
    const char *text;
};

struct statement {
    const struct table_request *request;
    struct elements author;
    struct elements before;
    struct elements now;
    bool *gone; /* by the author's element */
    struct arrival *arrivals;
    size_t arrival_count;
    struct text_changes *changes;
};

static void change(struct statement *table, size_t from, size_t to, const char *text)
{
    text_changes_add(table->changes, table->request->arena, from, to, text);
}

static const char *copy_of(const struct statement *table, const char *text, size_t from, size_t to)
{
    return arena_strndup(table->request->arena, text + from, to - from);
}

static size_t index_of(const struct statement *table, const struct element *element)
{
    return (size_t)(element - table->author.items);
}

/* --- a column's clauses ------------------------------------------------------------------------- */

static bool same_clause(const char *a, const struct clause *in_a, const char *b,
                        const struct clause *in_b)
{
    size_t length = in_a ? in_a->end - in_a->start : 0;

    if (!in_a || !in_b)
        return in_a == in_b;
    return length == in_b->end - in_b->start &&
           strncasecmp(a + in_a->start, b + in_b->start, length) == 0;
}

/* Where a clause that the author lacks is put in: behind the type, or before the column's constraints. */
static size_t clause_place(const struct clauses *author, enum clause_kind kind)
{
    bool early = kind == CLAUSE_COLLATE || kind == CLAUSE_CHARSET || kind == CLAUSE_GENERATED;
    size_t place = author->items[0].end;

    for (size_t i = 0; i < author->count; i++)
        if (author->items[i].kind <= CLAUSE_TYPE ||
            (!early && author->items[i].kind < CLAUSE_CHECK))
            place = author->items[i].end;
    return place;
}

static void remove_clause(struct statement *table, const struct clause *clause)
{
    const char *text = table->request->text;
    size_t from = clause->start;

    while (from && strchr(" \t\r\n", text[from - 1]))
        from--;
    change(table, from, clause->end, "");
}

static void edit_clause(struct statement *table, const struct clauses *author,
                        enum clause_kind kind, const struct clause *now)
{
    const struct clause *own = clause_of(author, kind);
    const char *text = now ? copy_of(table, table->request->now, now->start, now->end) : NULL;

    if (own && now)
        change(table, own->start, own->end, text);
    else if (own)
        remove_clause(table, own);
    else if (now)
        change(table, clause_place(author, kind), clause_place(author, kind),
               arena_printf(table->request->arena, " %s", text));
}

static bool edit_clauses(struct statement *table, const struct element *author,
                         const struct element *before, const struct element *now)
{
    const struct table_request *request = table->request;
    struct clauses own, old, new;
    bool any = false;

    if (!clauses_read(request->layout, request->text, author, &own) ||
        !clauses_read(request->layout, request->before, before, &old) ||
        !clauses_read(request->layout, request->now, now, &new))
        return false;
    for (enum clause_kind kind = CLAUSE_TYPE; kind < CLAUSE_COUNT; kind++) {
        const struct clause *was = clause_of(&old, kind);
        const struct clause *is = clause_of(&new, kind);

        if (same_clause(request->before, was, request->now, is))
            continue;
        edit_clause(table, &own, kind, is);
        any = true;
    }
    return any;
}

static bool is_of_gone_part(const struct statement *table, const struct clause *clause)
{
    const struct table_request *request = table->request;

    for (size_t i = 0; i < request->count; i++)
        if (request->parts[i].action != TABLE_PART_NEW && request->parts[i].constraint &&
            request->parts[i].place >= clause->start && request->parts[i].place < clause->end)
            return true;
    return false;
}

/* The column as plumb writes it, with the constraints that the author has put into it. */
static bool replace_column(struct statement *table, const struct element *author,
                           const struct element *now)
{
    const struct table_request *request = table->request;
    struct clauses own;
    const char *text = copy_of(table, request->now, now->start, now->end);

    if (!clauses_read(request->layout, request->text, author, &own))
        return false;
    for (size_t i = 0; i < own.count; i++)
        if (own.items[i].kind >= CLAUSE_CHECK && !is_of_gone_part(table, &own.items[i]))
            text =
                arena_printf(request->arena, "%s %s", text,
                             copy_of(table, request->text, own.items[i].start, own.items[i].end));
    change(table, author->start, author->end, text);
    return true;
}

/* --- parts -------------------------------------------------------------------------------------- */

/* The element that declares the part. */
static const struct element *author_element(const struct statement *table,
                                            const struct table_part *part, const char *name)
{
    const struct element *found = NULL;

    if (part->place != (size_t)NOWHERE)
        found = element_at(&table->author, part->place);
    if (found && !part->constraint && (found->constraint || strcasecmp(found->name, name) != 0))
        found = NULL;
    return found || part->constraint ? found : element_named(&table->author, name, false);
}

/* The clause of a column's element that a constraint stands in. */
static bool clause_at(const struct statement *table, const struct element *element, size_t place,
                      struct clause *found)
{
    struct clauses own;

    if (!clauses_read(table->request->layout, table->request->text, element, &own))
        return false;
    for (size_t i = 0; i < own.count; i++)
        if (own.items[i].kind >= CLAUSE_CHECK && place >= own.items[i].start &&
            place < own.items[i].end) {
            *found = own.items[i];
            return true;
        }
    return false;
}

static bool lose_part(struct statement *table, struct table_part *part)
{
    const struct element *element = author_element(table, part, part->name);
    struct clause clause;

    if (!element)
        return false;
    part->done = true;
    if (!part->constraint || element->constraint) {
        table->gone[index_of(table, element)] = true;
        return true;
    }
    if (table->gone[index_of(table, element)])
        return true;
    if (!clause_at(table, element, part->place, &clause))
        return false;
    remove_clause(table, &clause);
    return true;
}

/* The author's element behind which a new column comes: the one that its column stands behind now. */
static size_t place_of_column(const struct statement *table, const struct element *now)
{
    for (size_t i = (size_t)(now - table->now.items); i-- > 0;) {
        const struct element *before =
            element_named(&table->author, table->now.items[i].name, false);

        if (!table->now.items[i].constraint && before)
            return index_of(table, before);
    }
    return (size_t)NOWHERE;
}

static void add_arrival(struct statement *table, size_t after, const char *text)
{
    table->arrivals[table->arrival_count++] = (struct arrival){after, text};
}

static bool take_new_name(struct statement *table, const struct element *author,
                          const struct element *now)
{
    const struct table_request *request = table->request;
    struct text_mark own, new;

    if (!mark_code(request->layout, request->text, author->end, author->start, &own) ||
        !mark_code(request->layout, request->now, now->end, now->start, &new))
        return false;
    change(table, own.start, own.end, copy_of(table, request->now, new.start, new.end));
    return true;
}

static bool gain_part(struct statement *table, struct table_part *part)
{
    const struct element *now = element_named(&table->now, part->name, part->constraint);
    const struct element *former =
        part->former ? element_named(&table->author, part->former, false) : NULL;
    const char *text =
        now ? copy_of(table, table->request->now, now->start, now->end) : part->element;

    if (!text)
        return true; /* a statement of its own makes it */
    part->done = true;
    if (former && now)
        return take_new_name(table, former, now);
    if (part->former)
        return false;
    add_arrival(table, part->constraint ? table->author.count - 1 : place_of_column(table, now),
                text);
    return true;
}

/* A constraint's text without the name, where the author gives none either. */
static const char *unnamed(const struct statement *table, const char *text, bool inline_reference)
{
    const struct dialect_layout *layout = table->request->layout;
    size_t length = strlen(text);
    struct text_mark mark;
    size_t from = 0;

    if (!mark_code(layout, text, length, 0, &mark))
        return text;
    if (mark_is(text, &mark, "constraint") && mark_code(layout, text, length, mark.end, &mark) &&
        mark_code(layout, text, length, mark.end, &mark))
        from = mark.start;
    while (inline_reference && !mark_is(text, &mark, "references")) {
        if (!mark_code(layout, text, length, mark.end, &mark))
            return NULL;
        from = mark.start;
    }
    return text + from;
}

static bool change_constraint(struct statement *table, const struct table_part *part,
                              const struct element *author)
{
    const struct element *now = element_named(&table->now, part->name, true);
    const char *text =
        now ? copy_of(table, table->request->now, now->start, now->end) : part->element;
    struct clause clause;

    if (!text || !author)
        return false;
    if (author->constraint) {
        change(table, author->start, author->end,
               author->named ? text : unnamed(table, text, false));
        return true;
    }
    if (!clause_at(table, author, part->place, &clause))
        return false;
    if (clause.kind == CLAUSE_CHECK || clause.kind == CLAUSE_REFERENCES) {
        text = unnamed(table, text, clause.kind == CLAUSE_REFERENCES);
        if (!text)
            return false;
        change(table, clause.body, clause.end, text);
        return true;
    }
    remove_clause(table, &clause);
    add_arrival(table, table->author.count - 1, text);
    return true;
}

static bool change_part(struct statement *table, struct table_part *part)
{
    const struct element *author = author_element(table, part, part->name);
    const struct element *before = element_named(&table->before, part->name, false);
    const struct element *now = element_named(&table->now, part->name, false);

    part->done = true;
    if (part->constraint)
        return change_constraint(table, part, author);
    if (!author || !before || !now)
        return false;
    return table->request->care == TABLE_BY_CLAUSE ? edit_clauses(table, author, before, now)
                                                   : replace_column(table, author, now);
}

static bool decide(struct statement *table)
{
    const struct table_request *request = table->request;

    for (size_t i = 0; i < request->count; i++)
        if (request->parts[i].action == TABLE_PART_GONE && !request->parts[i].constraint &&
            !lose_part(table, &request->parts[i]))
            return false;
    for (size_t i = 0; i < request->count; i++) {
        struct table_part *part = &request->parts[i];

        if (part->action == TABLE_PART_GONE && part->constraint && !lose_part(table, part))
            return false;
        if (part->action == TABLE_PART_CHANGED && !change_part(table, part))
            return false;
        if (part->action == TABLE_PART_NEW && !gain_part(table, part))
            return false;
    }
    return true;
}

/* --- what goes ---------------------------------------------------------------------------------- */

/* The comma stands before an element, first in its line. */
static bool leads(const struct statement *table, size_t comma)
{
    const char *text = table->request->text;

    return comma != (size_t)NOWHERE && text_is_blank(text, text_line_start(text, comma), comma) &&
           text_line_start(text, comma) > table->author.open;
}

/* Where the line ends that the element and its comma stand in; (size_t)NOWHERE where others stand in it too. */
static size_t own_line_end(const struct statement *table, size_t index)
{
    const struct table_request *request = table->request;
    const struct element *element = &table->author.items[index];
    size_t end = text_line_end(request->text, request->to, element->end);
    struct text_mark mark;
    size_t from = element->end;

    while (mark_code(request->layout, request->text, request->to, from, &mark) &&
           mark.start < end) {
        if (mark.start != element->comma)
            return (size_t)NOWHERE;
        from = mark.end;
    }
    return end;
}

/* Where the lines begin that are the element's alone, with the comments right above it. */
static size_t own_line_start(const struct statement *table, size_t index)
{
    const char *text = table->request->text;
    const struct element *element = &table->author.items[index];
    size_t comma = index ? table->author.items[index - 1].comma : (size_t)NOWHERE;
    size_t start = text_line_start(text, element->start);

    if (start <= table->author.open)
        return (size_t)NOWHERE;
    if (!text_is_blank(text, start, element->start) &&
        !(leads(table, comma) && comma >= start && text_is_blank(text, comma + 1, element->start)))
        return (size_t)NOWHERE;
    while (start > table->author.open + 1) {
        size_t above = text_line_start(text, start - 1);

        above += strspn(text + above, " \t");
        if (above <= table->author.open || strncmp(text + above, "--", 2) != 0)
            break;
        start = text_line_start(text, above);
    }
    return start;
}

static bool is_inside(const struct statement *table, size_t first, size_t offset)
{
    for (size_t i = first; i < table->changes->count; i++)
        if (offset >= table->changes->items[i].from && offset < table->changes->items[i].to)
            return true;
    return false;
}

static void remove_element(struct statement *table, size_t index)
{
    const char *text = table->request->text;
    const struct element *element = &table->author.items[index];
    size_t start = own_line_start(table, index);
    size_t end = own_line_end(table, index);

    if (start != (size_t)NOWHERE && end != (size_t)NOWHERE) {
        change(table, start, end + (text[end] == '\n'), "");
        return;
    }
    end = element->comma == (size_t)NOWHERE || leads(table, element->comma) ? element->end
                                                                            : element->comma + 1;
    if (end > element->end && strchr(" \t", text[end]))
        end++;
    start = element->start;
    while (element->comma == (size_t)NOWHERE && strchr(" \t\r\n", text[start - 1]))
        start--;
    change(table, start, end, "");
}

/* Elements a to b go: of the commas around them one stays, where something stands on both sides. */
static void remove_run(struct statement *table, size_t a, size_t b)
{
    size_t first = table->changes->count;
    bool stays = a > 0 && b + 1 < table->author.count;

    for (size_t i = a; i <= b; i++)
        remove_element(table, i);
    for (size_t i = a ? a - 1 : 0; i <= b; i++) {
        size_t comma = table->author.items[i].comma;

        if (comma == (size_t)NOWHERE || is_inside(table, first, comma))
            continue;
        if (!stays)
            change(table, comma, comma + 1, "");
        stays = false;
    }
}

static bool remove_gone(struct statement *table)
{
    size_t left = 0;

    for (size_t i = 0; i < table->author.count; i++) {
        size_t last = i;

        if (!table->gone[i]) {
            left++;
            continue;
        }
        while (last + 1 < table->author.count && table->gone[last + 1])
            last++;
        remove_run(table, i, last);
        i = last;
    }
    return left > 0;
}

/* --- what comes --------------------------------------------------------------------------------- */

/* The element that stays at or before that one. */
static size_t staying(const struct statement *table, size_t index)
{
    while (index != (size_t)NOWHERE && table->gone[index])
        index = index ? index - 1 : (size_t)NOWHERE;
    return index;
}

static bool is_last(const struct statement *table, size_t index)
{
    for (size_t i = index + 1; i < table->author.count; i++)
        if (!table->gone[i])
            return false;
    return true;
}

/* True where elements stand in lines of their own. */
static bool has_lines(const struct statement *table, size_t index)
{
    const char *text = table->request->text;

    return text_line_start(text, table->author.items[index].start) > table->author.open;
}

static void put_first(struct statement *table, const char *text)
{
    struct arena *arena = table->request->arena;
    size_t index = 0;

    while (table->gone[index])
        index++;
    change(table, table->author.items[index].start, table->author.items[index].start,
           has_lines(table, index) ? arena_printf(arena, "%s,\n%s", text,
                                                  text_indent(arena, table->request->text,
                                                              table->author.items[index].start))
                                   : arena_printf(arena, "%s, ", text));
}

/* chained: another one was put behind the same element already. */
static void put_behind(struct statement *table, size_t index, const char *text, bool chained)
{
    const struct table_request *request = table->request;
    struct arena *arena = request->arena;
    const struct element *element = &table->author.items[index];
    const char *indent = text_indent(arena, request->text, element->start);
    size_t end = own_line_end(table, index);
    size_t comma = table->author.items[0].comma;

    if (!has_lines(table, index)) {
        change(table, element->end, element->end, arena_printf(arena, ", %s", text));
    } else if (leads(table, comma)) {
        indent = text_indent(arena, request->text, comma);
        end = end == (size_t)NOWHERE ? element->end : end;
        change(table, end, end, arena_printf(arena, "\n%s, %s", indent, text));
    } else if (!is_last(table, index)) {
        end = end == (size_t)NOWHERE ? element->comma + 1 : end;
        change(table, end, end, arena_printf(arena, "\n%s%s,", indent, text));
    } else {
        end = end == (size_t)NOWHERE ? element->end : end;
        if (!chained)
            change(table, element->end, element->end, ",");
        change(table, end, end, arena_printf(arena, "%s\n%s%s", chained ? "," : "", indent, text));
    }
}

static void put_arrivals(struct statement *table)
{
    bool *chained = ARENA_ARRAY(table->request->arena, bool, table->author.count + 1);

    for (size_t i = 0; i < table->arrival_count; i++) {
        size_t index = staying(table, table->arrivals[i].after);

        if (index == (size_t)NOWHERE) {
            put_first(table, table->arrivals[i].text);
            continue;
        }
        put_behind(table, index, table->arrivals[i].text, chained[index]);
        chained[index] = true;
    }
}

/* Where COMMENT and its text stand among the options; false where they do not. */
static bool find_comment(const struct statement *table, const char *text, size_t from, size_t to,
                         struct text_mark *comment)
{
    const struct dialect_layout *layout = table->request->layout;
    struct text_mark mark;
    bool word = false;

    while (mark_code(layout, text, to, from, &mark)) {
        from = mark.end;
        if (mark_is(text, &mark, "comment")) {
            comment->start = mark.start;
            word = true;
        } else if (word && mark.kind == MARK_STRING) {
            comment->end = mark.end;
            return true;
        } else if (word && !mark_is(text, &mark, "=")) {
            word = false;
        }
    }
    return false;
}

/* The options without their comment, in the arena. */
static const char *uncommented(const struct statement *table, const char *text, size_t close,
                               const char **comment)
{
    struct arena *arena = table->request->arena;
    size_t to = strlen(text);
    struct text_mark found;
    size_t before;

    *comment = NULL;
    if (!find_comment(table, text, close + 1, to, &found))
        return arena_strdup(arena, text + close);
    *comment = arena_strndup(arena, text + found.start, found.end - found.start);
    before = found.start;
    while (before > close + 1 && text[before - 1] == ' ')
        before--;
    return arena_printf(arena, "%.*s%s", (int)(before - close), text + close, text + found.end);
}

static void change_comment(struct statement *table, const char *comment)
{
    const struct table_request *request = table->request;
    size_t close = table->author.close + 1;
    struct text_mark own;

    if (find_comment(table, request->text, close, request->to, &own)) {
        if (!comment)
            while (own.start > close && request->text[own.start - 1] == ' ')
                own.start--;
        change(table, own.start, own.end, comment ? comment : "");
    } else if (comment) {
        change(table, request->to, request->to, arena_printf(request->arena, " %s", comment));
    }
}

/* What follows the list: options, partitioning. */
static void change_options(struct statement *table)
{
    const struct table_request *request = table->request;
    const char *old_comment, *comment;
    const char *old = uncommented(table, request->before, table->before.close, &old_comment);
    const char *new = uncommented(table, request->now, table->now.close, &comment);

    if (strcmp(old, new) == 0)
        change_comment(table, comment);
    else
        change(table, table->author.close + 1, request->to,
               copy_of(table, request->now, table->now.close + 1, strlen(request->now)));
}

/* The order of columns can be a matter of the table too. */
static bool same_options(const struct statement *table)
{
    const struct table_request *request = table->request;

    return strcmp(request->before + table->before.close, request->now + table->now.close) == 0;
}

bool table_edit(const struct table_request *request, struct text_changes *changes)
{
    struct statement table = {.request = request, .changes = changes};
    size_t begin = changes->count;

    if (!elements_find(request->layout, request->arena, request->text, request->from, request->to,
                       &table.author) ||
        !elements_find(request->layout, request->arena, request->before, 0, strlen(request->before),
                       &table.before) ||
        !elements_find(request->layout, request->arena, request->now, 0, strlen(request->now),
                       &table.now))
        return false;
    table.gone = ARENA_ARRAY(request->arena, bool, table.author.count);
    table.arrivals = ARENA_ARRAY(request->arena, struct arrival, request->count + 1);
    if (!decide(&table) || !remove_gone(&table)) {
        text_changes_cut(changes, begin);
        return false;
    }
    put_arrivals(&table);
    if (request->options && !same_options(&table))
        change_options(&table);
    return true;
}
