/* What of two columns, or of a value and a column, has to be of types that go together: the values of a partition's bound,
 * the columns of a foreign key. */
#include <string.h>

#include "dialect/resolve.h"
#include "model/identity.h"
#include "postgres/facts/universe_internal.h"
#include "postgres/resolve/resolve.h"
#include "postgres/sql/parse.h"
#include "postgres/sql/quote.h"
#include "postgres/sql/tree.h"

static struct resolved_type type_of_column(struct resolver *resolver, const struct object *table,
                                           const char *name)
{
    const struct object *column = object_child(table, KIND_COLUMN, name);

    return column ? resolver_type(resolver, as_column(column)->type)
                  : (struct resolved_type){.typmod = -1};
}

/* --- bounds ----------------------------------------------------------------------------------------- */

/* The one name that stands there; NULL for all else. */
static const char *single_name(const Node *node)
{
    const ColumnRef *reference = (const ColumnRef *)node;

    return IsA(node, ColumnRef) && list_length(reference->fields) == 1 &&
                   IsA(linitial(reference->fields), String)
               ? strVal(linitial(reference->fields))
               : NULL;
}

/* A value of a bound as an expression. The server prints what it can without quotes, which whatever was written for a
 * number is here as well; a fraction for a whole number is rounded. NULL for what is no value. */
static const char *value_text(struct resolver *resolver, Node *node)
{
    const char *name = single_name(node);
    struct error unprinted = {0};

    if (name)
        return strcmp(name, "minvalue") == 0 || strcmp(name, "maxvalue") == 0
                   ? NULL
                   : pg_quote_literal(resolver->scratch, name);
    if (IsA(node, A_Const) && !castNode(A_Const, node)->isnull) {
        const union ValUnion *value = &castNode(A_Const, node)->val;

        if (nodeTag(value) == T_Float)
            return strpbrk(value->fval.fval, ".eE")
                       ? NULL
                       : pg_quote_literal(resolver->scratch, value->fval.fval);
        if (nodeTag(value) == T_Integer)
            return arena_printf(resolver->scratch, "'%d'", value->ival.ival);
    }
    return pg_deparse_expression(node, resolver->scratch, &unprinted);
}

static bool judge_values(struct resolver *resolver, const struct object *attachment, List *values)
{
    const struct object *table = as_attachment(attachment)->table;
    const struct expression_list *keys = &as_table(table)->partition_keys;
    bool list = strcmp(as_table(table)->partition_strategy, "LIST") == 0;
    size_t place = 0;
    ListCell *cell;

    foreach (cell, values) {
        const char *key = keys->items[list ? 0 : place].written;
        const char *text = value_text(resolver, lfirst(cell));
        struct resolved_type type =
            type_of_column(resolver, table, pg_take_name(resolver->scratch, &key, " ("));
        struct pg_analysis analysis = {0};

        if (text && type.type &&
            (!pg_analyze_expression(resolver->universe, text,
                                    &(struct pg_scope){.target = type.type, .target_typmod = -1},
                                    resolver->scratch, &analysis, resolver->error) ||
             !resolver_accepts(resolver, attachment, &analysis)))
            return false;
        if (++place >= keys->count && !list)
            break;
    }
    return true;
}

bool resolver_bound(struct resolver *resolver, const struct object *attachment)
{
    const char *statement = arena_printf(resolver->scratch, "ALTER TABLE p ATTACH PARTITION t %s",
                                         as_attachment(attachment)->bound);
    const struct object *table = as_attachment(attachment)->table;
    struct error unread = {0};
    void *context;
    List *statements = NIL;
    bool done = true;

    if (!attachment->location.file || !table || !as_table(table)->partition_strategy ||
        !as_table(table)->partition_keys.count)
        return true;
    context = pg_parse_enter();
    if (pg_parse(statement, &statements, &unread)) {
        AlterTableStmt *alter = (AlterTableStmt *)linitial_node(RawStmt, statements)->stmt;
        PartitionCmd *command = (PartitionCmd *)linitial_node(AlterTableCmd, alter->cmds)->def;

        done = judge_values(resolver, attachment, command->bound->listdatums) &&
               judge_values(resolver, attachment, command->bound->lowerdatums) &&
               judge_values(resolver, attachment, command->bound->upperdatums);
    }
    pg_parse_leave(context);
    return done;
}

/* --- foreign keys ----------------------------------------------------------------------------------- */

/* The families of btree over several types: their operators compare any of them with any other. */
static bool share_family(const struct pg_type *one, const struct pg_type *other)
{
    static const char *const families[][4] = {{"int2", "int4", "int8"},
                                              {"float4", "float8"},
                                              {"date", "timestamp", "timestamptz"},
                                              {"text", "name"}};

    for (size_t i = 0; i < sizeof(families) / sizeof(*families); i++) {
        int found = 0;

        for (size_t j = 0; j < 4 && families[i][j]; j++)
            found += (strcmp(families[i][j], one->name) == 0) +
                     (strcmp(families[i][j], other->name) == 0);
        if (found == 2)
            return true;
    }
    return false;
}

static bool is_known(const struct pg_type *type)
{
    return type && type->type_class != PG_TYPE_PSEUDO && type->type_class != PG_TYPE_COMPOSITE &&
           (!type->user || type->type_class == PG_TYPE_ENUM || type->element) &&
           (!type->element || is_known(universe_base_type(type->element, NULL)));
}

/* The type that the default operator class of a referenced column compares; NULL for those that take many. */
static const struct pg_type *compared_type(const struct pg_universe *universe,
                                           const struct pg_type *type)
{
    const char *name = type->name;

    if (type->type_class != PG_TYPE_BASE || type->element)
        return NULL;
    if (strcmp(name, "varchar") == 0)
        name = "text";
    if (strcmp(name, "cidr") == 0)
        name = "inet";
    return universe_builtin_type(universe, name);
}

/* False where it is certain that no operator compares the two as the referenced key's index does. */
static bool can_refer(const struct pg_universe *universe, const struct pg_type *referring,
                      const struct pg_type *referenced)
{
    const struct pg_type *compared;
    const struct pg_cast *cast;
    struct pg_cast room;

    referring = universe_base_type(referring, NULL);
    referenced = universe_base_type(referenced, NULL);
    if (referring == referenced || !is_known(referring) || !is_known(referenced))
        return true;
    compared = compared_type(universe, referenced);
    if (!compared)
        return false;
    if (referring == compared || share_family(referring, compared))
        return true;
    cast = universe_cast(universe, referring, compared, &room);
    return cast && cast->context == 'i';
}

bool resolver_foreign_key(struct resolver *resolver, const struct object *object)
{
    const struct foreign_key *key = as_foreign_key(object);

    if (!object->location.file || !key->table || key->attached_to || key->period ||
        resolver->universe->casts_unknown || resolver->model->not_run.count)
        return true;
    for (size_t i = 0; i < key->columns.count && i < key->referenced_columns.count; i++) {
        struct resolved_type from = type_of_column(resolver, object->parent, key->columns.items[i]);
        struct resolved_type to =
            type_of_column(resolver, key->table, key->referenced_columns.items[i]);

        if (!from.type || !to.type || can_refer(resolver->universe, from.type, to.type))
            continue;
        error_set(resolver->error, ERROR_SCHEMA,
                  "%s: column %s is of type %s, and %s of %s, which it refers to, of type %s",
                  identity_print(resolver->scratch, object), key->columns.items[i],
                  pg_type_format(from.type, from.typmod, resolver->scratch),
                  key->referenced_columns.items[i], identity_print(resolver->scratch, key->table),
                  pg_type_format(to.type, to.typmod, resolver->scratch));
        error_hint(resolver->error, "No operator compares the two: give both columns one type.");
        resolve_place_error_at(object, key->columns.items[i], resolver->error);
        return false;
    }
    return true;
}
