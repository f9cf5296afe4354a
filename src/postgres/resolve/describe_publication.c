/* Publications: which tables and schemas, with which columns and rows, and what of their changes. */
#include "model/identity.h"
#include "postgres/resolve/describe.h"

#include <string.h>

#include "core/buffer.h"
#include "postgres/session/record_check.h"
#include "postgres/sql/quote.h"

/* --- tables and schemas --------------------------------------------------------------------------- */

/* The server takes no other type, and no leave, of a column that is published by name. */
static void need_columns(struct describer *describer, List *names, const struct object *relation)
{
    struct object *column = NULL;
    ListCell *cell;

    while ((column = object_next_child(relation, KIND_COLUMN, column)))
        foreach (cell, names)
            if (strcmp(strVal(lfirst(cell)), object_present_name(column)) == 0)
                model_need(describer->resolver->model, describer->object, column);
}

static struct described_text table_details(struct describer *describer,
                                           const PublicationTable *table,
                                           const struct object *relation)
{
    struct arena *arena = describer->arena;
    struct pg_scope scope = {.relation = resolver_relation(describer->resolver, relation),
                             .boolean = true};
    const char *columns = "";
    struct described_text condition;

    need_columns(describer, table->columns, relation);
    if (table->columns)
        columns = arena_printf(arena, " (%s)", describe_names(describer, table->columns, true));
    if (!table->whereClause)
        return (struct described_text){columns, columns};
    condition = describe_expression(describer, table->whereClause, &scope);
    return (struct described_text){
        arena_printf(arena, "%s WHERE (%s)", columns, condition.canonical),
        arena_printf(arena, "%s WHERE (%s)", columns, condition.written)};
}

static void table_fact(struct describer *describer, const PublicationTable *table, bool drop)
{
    struct object *relation = describe_relation(describer, table->relation);
    const char *key;

    if (!relation)
        return;
    key = arena_printf(describer->arena, "table %s", describe_relation_path(describer, relation));
    if (drop)
        describe_worded_fact(describer, key, (struct described_text){0});
    else
        describe_worded_fact(describer, key, table_details(describer, table, relation));
}

/* The record's tables are tables like others to the server: who subscribes would get them, or fail for lack of them. */
static void note_record(const struct describer *describer, const char *what)
{
    const struct object *publication = describer->object;

    if (publication->location.file)
        text_list_add(
            &describer->resolver->model->notes, describer->arena,
            arena_printf(describer->arena,
                         "%s:%d: %s publishes %s: --record FILE keeps it out of the database",
                         publication->location.file, publication->location.line,
                         identity_print(describer->arena, publication), what));
}

static void schema_fact(struct describer *describer, const char *name, bool drop)
{
    struct resolver *resolver = describer->resolver;

    if (!name) {
        describer->understood = false;
        return;
    }
    if (!drop && strcmp(name, RECORD_SCHEMA) == 0)
        note_record(describer, "the schema plumb, where plumb's record is kept");
    model_need(resolver->model, describer->object,
               model_find(resolver->model, KIND_SCHEMA, NULL, name, NULL));
    describe_fact(
        describer,
        arena_printf(describer->arena, "schema %s", pg_quote_name(describer->arena, name)),
        drop ? NULL : "all");
}

static void members(struct describer *describer, List *objects, bool drop)
{
    const struct text_list *path = describer->object->search_path;
    ListCell *cell;

    foreach (cell, objects) {
        const PublicationObjSpec *object = lfirst_node(PublicationObjSpec, cell);

        if (object->pubobjtype == PUBLICATIONOBJ_TABLE)
            table_fact(describer, object->pubtable, drop);
        else if (object->pubobjtype == PUBLICATIONOBJ_TABLES_IN_SCHEMA)
            schema_fact(describer, object->name, drop);
        else
            schema_fact(describer, path && path->count ? path->items[0] : NULL, drop);
    }
}

static void forget_members(struct describer *describer)
{
    struct text_list kept = {0};

    for (size_t i = 0; i < describer->facts.count; i++)
        if (strncmp(describer->facts.items[i], "table ", 6) != 0 &&
            strncmp(describer->facts.items[i], "schema ", 7) != 0)
            text_list_add(&kept, describer->arena, describer->facts.items[i]);
    describer->facts = kept;
}

/* --- options -------------------------------------------------------------------------------------- */

/* "insert, update" in the server's order; NULL for all of them, which is the default. */
static const char *published(struct describer *describer, const char *text)
{
    static const char *const all[] = {"insert", "update", "delete", "truncate"};
    struct buffer words = BUFFER_EMPTY;
    size_t count = 0;

    for (size_t i = 0; text && i < sizeof(all) / sizeof(*all); i++)
        if (strstr(text, all[i])) {
            buffer_printf(&words, "%s%s", count ? ", " : "", all[i]);
            count++;
        }
    text = buffer_take(&words, describer->arena);
    return count == sizeof(all) / sizeof(*all) ? NULL : pg_quote_literal(describer->arena, text);
}

static void options(struct describer *describer, List *list)
{
    ListCell *cell;

    foreach (cell, list) {
        const DefElem *option = lfirst_node(DefElem, cell);
        const char *text;

        if (strcmp(option->defname, "publish") == 0) {
            describe_fact(describer, "publish",
                          published(describer, describe_text(describer, option->arg)));
        } else if (strcmp(option->defname, "publish_via_partition_root") == 0) {
            describe_fact(describer, "publish_via_partition_root",
                          describe_truth(option->arg) ? "true" : NULL);
        } else if (strcmp(option->defname, "publish_generated_columns") == 0) {
            text = describe_text(describer, option->arg);
            if (text && strcmp(text, "none") == 0)
                text = NULL;
            describe_fact(describer, "publish_generated_columns", text);
        } else {
            describer->understood = false;
        }
    }
}

static void alter(struct describer *describer, const AlterPublicationStmt *statement)
{
    options(describer, statement->options);
    if (!statement->pubobjects)
        return;
    if (statement->action == AP_SetObjects)
        forget_members(describer);
    members(describer, statement->pubobjects, statement->action == AP_DropObjects);
}

bool describe_publication(struct describer *describer, Node *statement)
{
    const CreatePublicationStmt *create;

    switch (nodeTag(statement)) {
    case T_CreatePublicationStmt:
        create = (CreatePublicationStmt *)statement;
        describe_fact(describer, "all tables", create->for_all_tables ? "yes" : "no");
        if (create->for_all_tables)
            note_record(describer, "all tables, plumb's record in the schema plumb too");
        members(describer, create->pubobjects, false);
        options(describer, create->options);
        return true;
    case T_AlterPublicationStmt:
        alter(describer, (AlterPublicationStmt *)statement);
        return true;
    default:
        return false;
    }
}
