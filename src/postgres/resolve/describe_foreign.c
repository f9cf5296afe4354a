/* Foreign-data wrappers, servers and user mappings. */
#include "postgres/resolve/describe.h"
#include "postgres/sql/quote.h"

#include <string.h>

/* HANDLER f, VALIDATOR f, or NO of either. */
static void wrapper_functions(struct describer *describer, List *functions)
{
    ListCell *cell;

    foreach (cell, functions) {
        const DefElem *function = lfirst_node(DefElem, cell);

        describe_fact(describer, function->defname,
                      function->arg ? describe_function(describer, (List *)function->arg) : NULL);
    }
}

static void literal_fact(struct describer *describer, const char *key, const char *text)
{
    describe_fact(describer, key, text ? pg_quote_literal(describer->arena, text) : NULL);
}

static void create_server(struct describer *describer, const CreateForeignServerStmt *statement)
{
    literal_fact(describer, "type", statement->servertype);
    literal_fact(describer, "version", statement->version);
    describe_fact(describer, "wrapper",
                  describe_named(describer, "foreign-data wrapper", statement->fdwname));
    describe_options(describer, statement->options);
}

static void mapping_options(struct describer *describer, List *options)
{
    describe_fact(describer, "mapping", "yes"); /* without options it would have no fact */
    describe_options(describer, options);
}

bool describe_foreign(struct describer *describer, Node *statement)
{
    switch (nodeTag(statement)) {
    case T_CreateFdwStmt:
        describe_fact(describer, "wrapper", "yes");
        wrapper_functions(describer, ((CreateFdwStmt *)statement)->func_options);
        describe_options(describer, ((CreateFdwStmt *)statement)->options);
        return true;
    case T_AlterFdwStmt:
        wrapper_functions(describer, ((AlterFdwStmt *)statement)->func_options);
        describe_options(describer, ((AlterFdwStmt *)statement)->options);
        return true;
    case T_CreateForeignServerStmt:
        create_server(describer, (CreateForeignServerStmt *)statement);
        return true;
    case T_AlterForeignServerStmt:
        if (((AlterForeignServerStmt *)statement)->has_version)
            literal_fact(describer, "version", ((AlterForeignServerStmt *)statement)->version);
        describe_options(describer, ((AlterForeignServerStmt *)statement)->options);
        return true;
    case T_CreateUserMappingStmt:
        describe_named(describer, "server", ((CreateUserMappingStmt *)statement)->servername);
        mapping_options(describer, ((CreateUserMappingStmt *)statement)->options);
        return true;
    case T_AlterUserMappingStmt:
        mapping_options(describer, ((AlterUserMappingStmt *)statement)->options);
        return true;
    default:
        return false;
    }
}
