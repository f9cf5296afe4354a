/* Event triggers and rules. */
#include "postgres/resolve/describe.h"

#include <ctype.h>
#include <string.h>

#include "core/text/trim.h"
#include "core/buffer.h"
#include "core/text/letter_case.h"
#include "postgres/sql/parse.h"
#include "postgres/sql/quote.h"

/* --- event triggers ------------------------------------------------------------------------------- */

/* The server keeps tags in capitals; their order says nothing. */
static const char *tags(struct describer *describer, List *names)
{
    struct text_list texts = {0};
    ListCell *cell;

    foreach (cell, names)
        text_list_add(
            &texts, describer->arena,
            pg_quote_literal(describer->arena, text_upper(describer->arena, strVal(lfirst(cell)))));
    text_list_sort(&texts);
    return text_list_join(&texts, describer->arena, ", ");
}

static void create_event_trigger(struct describer *describer, const CreateEventTrigStmt *statement)
{
    ListCell *cell;

    describe_fact(describer, "event", arena_strdup(describer->arena, statement->eventname));
    foreach (cell, statement->whenclause)
        describe_fact(describer, "tags", tags(describer, (List *)lfirst_node(DefElem, cell)->arg));
    describe_fact(describer, "function", describe_function(describer, statement->funcname));
}

static const char *enabled_word(char letter)
{
    switch (letter) {
    case 'D':
        return "DISABLE";
    case 'R':
        return "ENABLE REPLICA";
    case 'A':
        return "ENABLE ALWAYS";
    default:
        return NULL;
    }
}

/* --- rules ---------------------------------------------------------------------------------------- */

static const char *event_word(CmdType event)
{
    switch (event) {
    case CMD_SELECT:
        return "SELECT";
    case CMD_UPDATE:
        return "UPDATE";
    case CMD_INSERT:
        return "INSERT";
    default:
        return "DELETE";
    }
}

/* "BEGIN ATOMIC a; b; END" as DO takes it: "(a; b)". */
static const char *as_actions(struct arena *arena, const char *body)
{
    static const char start[] = "BEGIN ATOMIC";
    const char *end = body + strlen(body);

    body += strlen(start);
    end -= strlen("END");
    trim_blanks(&body, &end);
    end = body + trim_statement(body, (size_t)(end - body));
    return arena_printf(arena, "(%.*s)", (int)(end - body), body);
}

/* True where all that is done is to notify: that names no object, and is its own canonical text. */
static bool only_notifies(List *statements)
{
    ListCell *cell;

    foreach (cell, statements)
        if (!IsA(lfirst(cell), NotifyStmt))
            return false;
    return statements != NIL;
}

/* Actions are analyzed as a body of statements in which OLD and NEW are known. */
static struct described_text actions(struct describer *describer, List *statements,
                                     const struct pg_scope *scope)
{
    struct resolver *resolver = describer->resolver;
    struct buffer body = BUFFER_EMPTY;
    struct pg_analysis analysis = {0};
    struct error ignored = {0};
    ListCell *cell;
    const char *text;

    buffer_append(&body, "BEGIN ATOMIC ");
    foreach (cell, statements) {
        char *action = pg_deparse_statement(lfirst(cell), describer->arena, &ignored);

        if (!action || (IsA(lfirst(cell), NotifyStmt) && !only_notifies(statements)))
            describer->understood = false;
        buffer_printf(&body, "%s; ", action ? action : "");
    }
    buffer_append(&body, "END");
    text = buffer_take(&body, describer->arena);
    if (describer->understood && only_notifies(statements)) {
        text = as_actions(describer->arena, text);
        return (struct described_text){text, text};
    }
    resolver_enter(resolver, describer->object);
    if (!describer->understood ||
        !pg_analyze_routine_body(resolver->universe, text, scope, describer->arena, &analysis,
                                 &ignored) ||
        !analysis.complete) {
        describer->understood = false;
        return (struct described_text){0};
    }
    resolver_note_needs(resolver, describer->object, &analysis);
    return (struct described_text){
        as_actions(describer->arena, analysis.canonical),
        as_actions(describer->arena, analysis.written ? analysis.written : text)};
}

static void create_rule(struct describer *describer, const RuleStmt *statement)
{
    struct object *relation = describe_relation(describer, statement->relation);
    struct pg_scope scope = {0};

    if (!relation)
        return;
    scope.old_relation = resolver_relation(describer->resolver, relation);
    describe_fact(describer, "name", pg_quote_name(describer->arena, statement->rulename));
    describe_fact(describer, "table", describe_relation_path(describer, relation));
    describe_fact(describer, "event", event_word(statement->event));
    describe_fact(describer, "instead", statement->instead ? "INSTEAD " : NULL);
    if (statement->whereClause) {
        scope.boolean = true;
        describe_worded_fact(describer, "where",
                             describe_expression(describer, statement->whereClause, &scope));
        scope.boolean = false;
    }
    if (!statement->actions) {
        describe_fact(describer, "actions", "NOTHING");
        return;
    }
    describe_worded_fact(describer, "actions", actions(describer, statement->actions, &scope));
}

static const char *rule_state(AlterTableType type)
{
    switch (type) {
    case AT_DisableRule:
        return "DISABLE";
    case AT_EnableReplicaRule:
        return "ENABLE REPLICA";
    case AT_EnableAlwaysRule:
        return "ENABLE ALWAYS";
    default:
        return NULL;
    }
}

static bool alter_table(struct describer *describer, const AlterTableStmt *statement)
{
    ListCell *cell;

    foreach (cell, statement->cmds) {
        const AlterTableCmd *command = lfirst_node(AlterTableCmd, cell);

        switch (command->subtype) {
        case AT_EnableRule:
        case AT_DisableRule:
        case AT_EnableReplicaRule:
        case AT_EnableAlwaysRule:
            describe_fact(describer, "enabled", rule_state(command->subtype));
            break;
        default:
            return false;
        }
    }
    return true;
}

bool describe_event(struct describer *describer, Node *statement)
{
    switch (nodeTag(statement)) {
    case T_CreateEventTrigStmt:
        create_event_trigger(describer, (CreateEventTrigStmt *)statement);
        return true;
    case T_AlterEventTrigStmt:
        describe_fact(describer, "enabled",
                      enabled_word(((AlterEventTrigStmt *)statement)->tgenabled));
        return true;
    case T_RuleStmt:
        create_rule(describer, (RuleStmt *)statement);
        return true;
    case T_AlterTableStmt:
        return alter_table(describer, (AlterTableStmt *)statement);
    default:
        return false;
    }
}
