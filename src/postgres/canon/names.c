/* What a name in an expression means: a column, a whole row, an argument of the routine, VALUE of a
 * domain check, a field of a composite value. */
#include "postgres/canon/internal.h"

#include <string.h>

#include "utils/builtins.h"

/* -- Range entries ------------------------------------------------------------------------------ */

const char *names_unique(struct analyzer *analyzer, const char *name)
{
    const char *candidate = name;

    for (int number = 2; !map_add(&analyzer->aliases, candidate); number++)
        candidate = psprintf("%s_%d", name, number);
    return candidate;
}

struct range_entry *names_of_relation(struct analyzer *analyzer, struct pg_relation *relation)
{
    struct range_entry *entry = palloc0(sizeof(struct range_entry));

    universe_filled(relation);
    entry->relation = relation;
    entry->name = relation->name;
    entry->schema = relation->schema;
    entry->known = relation->columns != NULL || relation->kind == 'S';
    entry->column_count = relation->column_count;
    entry->columns = palloc0(sizeof(struct range_column) * (size_t)(relation->column_count + 1));
    entry->row_type = pg_universe_type(analyzer->universe, relation->schema, relation->name);
    entry->name_visible = entry->columns_visible = entry->lateral_ok = true;
    for (int i = 0; i < relation->column_count; i++) {
        const struct pg_column *column = &relation->columns[i];

        entry->columns[i] =
            (struct range_column){.name = column->name,
                                  .print = column->print_name ? column->print_name : column->name,
                                  .type = column->type,
                                  .typmod = column->typmod,
                                  .collation = column->collation,
                                  .owner = entry,
                                  .owner_index = i,
                                  .real = column->name};
    }
    return entry;
}

struct range_column *names_column_in(struct range_entry *entry, const char *name)
{
    for (int i = 0; i < entry->column_count; i++)
        if (strcmp(entry->columns[i].name, name) == 0)
            return &entry->columns[i];
    return NULL;
}

/* -- References --------------------------------------------------------------------------------- */

static void depend_column(struct analyzer *analyzer, const struct range_entry *entry,
                          const char *column)
{
    const struct pg_relation *relation = entry->relation;

    if (relation && relation->user && column)
        analyze_depend(analyzer, (struct pg_dependency){.kind = PG_DEPENDS_COLUMN,
                                                        .schema = relation->schema,
                                                        .name = relation->name,
                                                        .column = column,
                                                        .relation = relation});
}

/* Every level between here and the entry's own refers outwards. */
static void note_level(struct analyzer *analyzer, const struct range_entry *entry)
{
    for (struct level *level = analyzer->level; level && level->number > entry->level;
         level = level->parent)
        level->outer = true;
}

struct value *names_value(struct analyzer *analyzer, const struct range_column *column)
{
    struct range_entry *owner = column->owner;
    struct value *value;

    if (column->merged) {
        value = tree_value(column->merged, column->type, column->typmod);
    } else {
        const struct range_column *real = &owner->columns[column->owner_index];
        /* In a sub-select the base relation's columns need its name. */
        bool bare = !owner->canonical || (owner == analyzer->base && analyzer->level->number == 0);

        value = tree_value(tree_column(bare ? NULL : owner->canonical, real->print), column->type,
                           column->typmod);
        depend_column(analyzer, owner, real->real);
    }
    if (owner)
        note_level(analyzer, owner);
    value->collation = column->collation;
    value->variables = true;
    value->column = column;
    return value;
}

struct value *names_whole_row(struct analyzer *analyzer, struct range_entry *entry)
{
    struct value *value;

    if (entry->scalar && entry->column_count == 1)
        return names_value(analyzer, &entry->columns[0]);
    for (int i = 0; i < entry->column_count; i++)
        if (entry->columns[i].owner == entry)
            depend_column(analyzer, entry, entry->columns[i].real);
    note_level(analyzer, entry);
    value = tree_value(tree_column(entry->canonical ? entry->canonical : entry->name, NULL),
                       entry->row_type ? entry->row_type : analyzer->types.record, -1);
    value->variables = true;
    value->whole = entry;
    return value;
}

/* -- Look-up ------------------------------------------------------------------------------------ */

static bool in_reach(const struct level *level, const struct range_entry *entry)
{
    return !entry->lateral_only || level->lateral;
}

struct range_entry *names_entry(struct analyzer *analyzer, const char *schema, const char *name)
{
    for (struct level *level = analyzer->level; level; level = level->parent) {
        ListCell *cell;

        foreach (cell, level->entries) {
            struct range_entry *entry = lfirst(cell);

            if (!entry->name_visible || !entry->name || !in_reach(level, entry) ||
                strcmp(entry->name, name) != 0)
                continue;
            if (!schema || (entry->schema && strcmp(entry->schema, schema) == 0))
                return entry;
        }
    }
    return NULL;
}

struct range_column *names_unqualified(struct analyzer *analyzer, const char *name, bool this_level)
{
    for (struct level *level = analyzer->level; level; level = this_level ? NULL : level->parent) {
        struct range_column *found = NULL;
        bool unknown = false;
        ListCell *cell;

        foreach (cell, level->entries) {
            struct range_entry *entry = lfirst(cell);
            struct range_column *column;

            if (!entry->columns_visible || !in_reach(level, entry))
                continue;
            unknown = unknown || !entry->known;
            column = names_column_in(entry, name);
            if (column && found) {
                analyze_incomplete(analyzer, "column %s is ambiguous", name);
                return found;
            }
            if (column)
                found = column;
        }
        if (found)
            return found;
        /* It may well be a column of what is not known here. */
        if (unknown) {
            analyze_incomplete(analyzer, "column %s of an unknown relation", name);
            return NULL;
        }
    }
    return NULL;
}

static struct value *system_column(struct analyzer *analyzer, struct range_entry *entry,
                                   const char *name)
{
    static const struct {
        const char *name, *type;
    } columns[] = {{"tableoid", "oid"}, {"ctid", "tid"}, {"xmin", "xid"},
                   {"xmax", "xid"},     {"cmin", "cid"}, {"cmax", "cid"}};

    if (!entry->relation)
        return NULL;
    for (size_t i = 0; i < lengthof(columns); i++)
        if (strcmp(columns[i].name, name) == 0) {
            struct value *value =
                tree_value(tree_column(entry == analyzer->base && analyzer->level->number == 0
                                           ? NULL
                                           : entry->canonical,
                                       columns[i].name),
                           universe_builtin_type(analyzer->universe, columns[i].type), -1);

            value->variables = true;
            return value;
        }
    return NULL;
}

/* -- Fields of composite values ----------------------------------------------------------------- */

struct range_column *names_fields(struct analyzer *analyzer, struct value *value, int *count)
{
    const struct pg_type *type = universe_base_type(value->type, NULL);
    const struct pg_function *function = value->function;

    *count = -1;
    if (value->whole) {
        *count = value->whole->known ? value->whole->column_count : -1;
        return value->whole->columns;
    }
    if (type && type->relation) {
        struct range_entry *entry =
            names_of_relation(analyzer, (struct pg_relation *)(uintptr_t)type->relation);

        *count = entry->known ? entry->column_count : -1;
        return entry->columns;
    }
    if (function && function->out_column_count) {
        struct range_column *columns =
            palloc0(sizeof(struct range_column) * (size_t)function->out_column_count);

        for (int i = 0; i < function->out_column_count; i++)
            columns[i] = (struct range_column){.name = function->out_columns[i].name,
                                               .print = function->out_columns[i].name,
                                               .type = function->out_columns[i].type,
                                               .typmod = -1};
        *count = function->out_column_count;
        return columns;
    }
    return NULL;
}

/* Records that SELECT made have the fields' real names; a composite type's relation is a dependency. */
struct value *names_select_field(struct analyzer *analyzer, struct value *value, const char *name)
{
    A_Indirection *selection;
    struct range_column *fields;
    struct value *result;
    int count;

    fields = names_fields(analyzer, value, &count);
    for (int i = 0; i < count; i++) {
        if (!fields[i].name || strcmp(fields[i].name, name) != 0)
            continue;
        /* The field of a whole row is the column itself. */
        if (value->whole)
            return names_value(analyzer, &fields[i]);
        if (fields[i].owner)
            depend_column(analyzer, fields[i].owner, fields[i].real);
        selection = makeNode(A_Indirection);
        selection->arg = value->node;
        selection->indirection = list_make1(makeString(pstrdup(fields[i].print)));
        result = tree_value((Node *)selection, fields[i].type, fields[i].typmod);
        result->variables = value->variables;
        result->aggregate = value->aggregate;
        result->set = value->set;
        result->collation = fields[i].collation;
        return result;
    }
    return NULL;
}

/* -- Arguments of routines and VALUE ------------------------------------------------------------ */

static struct value *argument_value(struct analyzer *analyzer, int number)
{
    const struct pg_function *routine = analyzer->scope->routine;
    ParamRef *parameter = makeNode(ParamRef);
    const struct pg_type *type = NULL;

    parameter->number = number;
    if (routine && number > 0 && number <= routine->argument_count)
        type = routine->argument_types[number - 1];
    else
        analyze_incomplete(analyzer, "no argument $%d", number);
    return tree_value((Node *)parameter, type, -1);
}

struct value *analyze_parameter(struct analyzer *analyzer, ParamRef *parameter)
{
    return argument_value(analyzer, parameter->number);
}

static struct value *argument_named(struct analyzer *analyzer, const char *name)
{
    const struct pg_function *routine = analyzer->scope->routine;

    for (int i = 0; routine && routine->argument_names && i < routine->argument_count; i++)
        if (routine->argument_names[i] && strcmp(routine->argument_names[i], name) == 0)
            return argument_value(analyzer, i + 1);
    return NULL;
}

static struct value *domain_value(struct analyzer *analyzer, const char *name)
{
    struct value *value;

    if (!analyzer->scope->value_type || strcmp(name, "value") != 0)
        return NULL;
    value = tree_value(tree_column(NULL, "value"), analyzer->scope->value_type,
                       analyzer->scope->value_typmod);
    value->variables = true;
    return value;
}

/* -- ColumnRef ---------------------------------------------------------------------------------- */

/* Where a column is being renamed, the author's text gets the new name: skip names come before it. */
static void edit_column(struct analyzer *analyzer, const ColumnRef *reference, int skip,
                        const struct range_column *column)
{
    const struct range_column *real;
    int offset = reference->location;

    if (!column || !column->owner || column->merged)
        return;
    real = &column->owner->columns[column->owner_index];
    if (!real->real || strcmp(real->print, real->real) == 0 ||
        strcmp(column->name, real->real) != 0)
        return;
    while (skip-- > 0 && offset >= 0)
        offset = tree_after_dot(analyzer->text, offset);
    if (offset >= 0)
        analyze_edit(analyzer, offset, tree_name_length(analyzer->text, offset),
                     quote_identifier(real->print));
}

static struct value *unresolved(struct analyzer *analyzer, ColumnRef *reference, const char *name)
{
    struct value *value = tree_value((Node *)reference, NULL, -1);

    analyze_no_column(analyzer, name);
    value->variables = true;
    return value;
}

static struct value *one_name(struct analyzer *analyzer, ColumnRef *reference, const char *name)
{
    struct value *value = domain_value(analyzer, name);
    struct range_column *column;
    struct range_entry *entry;

    if (value)
        return value;
    column = names_unqualified(analyzer, name, false);
    if (column) {
        edit_column(analyzer, reference, 0, column);
        return names_value(analyzer, column);
    }
    value = argument_named(analyzer, name);
    if (value)
        return value;
    entry = names_entry(analyzer, NULL, name);
    if (entry)
        return names_whole_row(analyzer, entry);
    for (struct level *level = analyzer->level; level && !value; level = level->parent) {
        ListCell *cell;

        foreach (cell, level->entries)
            if (((struct range_entry *)lfirst(cell))->columns_visible && !value)
                value = system_column(analyzer, lfirst(cell), name);
    }
    return value ? value : unresolved(analyzer, reference, name);
}

/* entry.name, where name is a column, a system column or a function of the row. */
static struct value *column_of(struct analyzer *analyzer, ColumnRef *reference,
                               struct range_entry *entry, int skip, const char *name)
{
    struct range_column *column = names_column_in(entry, name);
    struct value *value;

    if (column) {
        edit_column(analyzer, reference, skip, column);
        return names_value(analyzer, column);
    }
    value = system_column(analyzer, entry, name);
    if (!value && entry->known)
        value = analyze_field_call(analyzer, name, names_whole_row(analyzer, entry));
    if (value)
        return value;
    value = unresolved(analyzer, reference, name);
    if (entry->canonical)
        value->node = tree_column(entry->canonical, name);
    return value;
}

static struct value *qualified(struct analyzer *analyzer, ColumnRef *reference, int count)
{
    const char *parts[4] = {NULL};
    bool star = IsA(llast(reference->fields), A_Star);
    int names = star ? count - 1 : count;
    struct range_entry *entry = NULL;
    struct value *value;
    int used = 1;

    for (int i = 0; i < names && i < 4; i++)
        parts[i] = strVal(list_nth(reference->fields, i));
    entry = names_entry(analyzer, NULL, parts[0]);
    if (!entry && names > 1) {
        entry = names_entry(analyzer, parts[0], parts[1]);
        used = 2;
    }
    if (!entry) {
        const struct pg_function *routine = analyzer->scope->routine;

        if (routine && names == 2 && strcmp(parts[0], routine->name) == 0) {
            value = argument_named(analyzer, parts[1]);
            if (value)
                return value;
        }
        /* An argument or a column of a composite type, and its field. */
        value = names == 2 ? argument_named(analyzer, parts[0]) : NULL;
        if (value)
            value = names_select_field(analyzer, value, parts[1]);
        return value ? value : unresolved(analyzer, reference, parts[names - 1]);
    }
    if (names == used)
        return names_whole_row(analyzer, entry);
    value = column_of(analyzer, reference, entry, used, parts[used]);
    for (int i = used + 1; i < names; i++) {
        struct value *field = names_select_field(analyzer, value, parts[i]);

        if (!field)
            return unresolved(analyzer, reference, parts[i]);
        value = field;
    }
    return value;
}

struct value *analyze_column(struct analyzer *analyzer, ColumnRef *reference)
{
    int count = list_length(reference->fields);
    Node *first = linitial(reference->fields);

    if (IsA(first, A_Star) || count > 4)
        return unresolved(analyzer, reference, "*");
    if (count == 1)
        return one_name(analyzer, reference, strVal(first));
    return qualified(analyzer, reference, count);
}

/* -- Stars -------------------------------------------------------------------------------------- */

static List *columns_of(struct analyzer *analyzer, struct range_entry *entry)
{
    List *values = NIL;

    if (!entry->known)
        analyze_incomplete(analyzer, "the columns of %s are not known",
                           entry->name ? entry->name : "a join");
    for (int i = 0; i < entry->column_count; i++) {
        struct value *value = names_value(analyzer, &entry->columns[i]);

        value->label = entry->columns[i].name;
        values = lappend(values, value);
    }
    return values;
}

List *names_star(struct analyzer *analyzer, ColumnRef *reference)
{
    int count = list_length(reference->fields);
    struct range_entry *entry;
    List *values = NIL;
    ListCell *cell;

    if (count == 1) {
        foreach (cell, analyzer->level->entries) {
            entry = lfirst(cell);
            if (entry->columns_visible && !entry->lateral_only)
                values = list_concat(values, columns_of(analyzer, entry));
        }
        return values;
    }
    entry = names_entry(analyzer, count > 2 ? strVal(list_nth(reference->fields, count - 3)) : NULL,
                        strVal(list_nth(reference->fields, count - 2)));
    if (entry)
        return columns_of(analyzer, entry);
    return list_make1(analyze_expression(analyzer, (Node *)reference));
}
