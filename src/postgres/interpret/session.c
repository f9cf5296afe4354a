/* Statements that are no schema: settings of the session (of which search_path is obeyed), data,
 * and what belongs to the whole cluster. All are skipped; notes count what a user may miss. */
#include "postgres/interpret/base/interpreter.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "core/buffer.h"
#include "postgres/interpret/guard.h"
#include "postgres/interpret/base/base.h"

/* --- the search path -------------------------------------------------------------------------- */

static void set_path(struct interpreter *interpreter, const struct text_list *schemas)
{
    struct text_list *path = ARENA_NEW(interpreter->arena, struct text_list);

    for (size_t i = 0; i < schemas->count; i++) {
        const char *schema = schemas->items[i];

        if (schema[0] && strcmp(schema, "$user") != 0 && !text_list_contains(path, schema))
            text_list_add(path, interpreter->arena, schema);
    }
    interpreter->session_path = path;
}

static void reset_path(struct interpreter *interpreter)
{
    struct text_list path = {0};

    text_list_add(&path, interpreter->arena, "public");
    set_path(interpreter, &path);
}

/* One element of a list as set_config takes it: quoted, or bare and folded to lower case. */
static const char *read_element(struct interpreter *interpreter, const char *at,
                                struct text_list *schemas)
{
    struct buffer name = BUFFER_EMPTY;

    while (isspace((unsigned char)*at))
        at++;
    if (*at == '"') {
        for (at++; *at && (*at != '"' || at[1] == '"'); at++) {
            buffer_append_char(&name, *at);
            if (*at == '"')
                at++;
        }
        if (*at)
            at++;
    } else {
        for (; *at && *at != ',' && !isspace((unsigned char)*at); at++)
            buffer_append_char(&name, (char)tolower((unsigned char)*at));
    }
    while (*at && *at != ',')
        at++;
    text_list_add(schemas, interpreter->arena, buffer_take(&name, interpreter->arena));
    return *at ? at + 1 : at;
}

static void set_path_from_text(struct interpreter *interpreter, const char *text)
{
    struct text_list schemas = {0};

    while (*text)
        text = read_element(interpreter, text, &schemas);
    set_path(interpreter, &schemas);
}

/* What is made from here on belongs to the role. */
static void set_role(struct interpreter *interpreter, const VariableSetStmt *statement)
{
    const char *role = "";

    if (statement->kind == VAR_SET_VALUE && statement->args)
        role = interpret_value(interpreter, linitial(statement->args));
    interpreter->session_role = strcmp(role, "none") == 0 ? "" : role;
}

bool interpret_is_off(const char *value)
{
    static const char *const words[] = {"off", "false", "no", "0", "f", "n"};

    for (size_t i = 0; value && i < sizeof(words) / sizeof(*words); i++)
        if (strcasecmp(value, words[i]) == 0)
            return true;
    return false;
}

static bool is_off(struct interpreter *interpreter, const VariableSetStmt *statement)
{
    return statement->args &&
           interpret_is_off(interpret_value(interpreter, linitial(statement->args)));
}

enum outcome interpret_refuse_oids(struct interpreter *interpreter)
{
    interpret_fail(interpreter, -1,
                   "tables declared with OIDs have not been supported since "
                   "PostgreSQL 12");
    error_hint(interpreter->error, "Take it out, and declare a column oid of type oid where one "
                                   "is used.");
    return OUTCOME_FAILED;
}

/* What a setting names, NULL where that is what a new database has. */
static const char *name_set(struct interpreter *interpreter, const VariableSetStmt *statement,
                            const char *usual)
{
    const char *value = statement->kind == VAR_SET_VALUE && statement->args
                            ? interpret_value(interpreter, linitial(statement->args))
                            : NULL;

    return value && *value && strcmp(value, usual) != 0 ? value : NULL;
}

const char *interpret_access_method(struct interpreter *interpreter, const char *said)
{
    if (!said)
        return interpreter->statement->access_method;
    return strcmp(said, "heap") == 0 ? NULL : arena_strdup(interpreter->arena, said);
}

const char *interpret_tablespace(struct interpreter *interpreter, const char *said)
{
    if (!said)
        return interpreter->statement->tablespace;
    return strcmp(said, "pg_default") == 0 ? NULL : arena_strdup(interpreter->arena, said);
}

enum outcome interpret_set(struct interpreter *interpreter, VariableSetStmt *statement)
{
    struct text_list schemas = {0};
    ListCell *cell;

    if (statement->name && strcmp(statement->name, "default_with_oids") == 0 &&
        statement->kind == VAR_SET_VALUE && !is_off(interpreter, statement))
        return interpret_refuse_oids(interpreter);
    if (statement->kind == VAR_RESET_ALL) {
        reset_path(interpreter);
        interpreter->session_access_method = NULL;
        interpreter->session_tablespace = NULL;
    } else if (statement->name && strcmp(statement->name, "search_path") == 0) {
        if (statement->kind == VAR_SET_VALUE) {
            foreach (cell, statement->args)
                text_list_add(&schemas, interpreter->arena,
                              interpret_value(interpreter, lfirst(cell)));
            set_path(interpreter, &schemas);
        } else if (statement->kind != VAR_SET_CURRENT) {
            reset_path(interpreter);
        }
    } else if (statement->name && (strcmp(statement->name, "role") == 0 ||
                                   strcmp(statement->name, "session_authorization") == 0)) {
        set_role(interpreter, statement);
    } else if (statement->name && strcmp(statement->name, "check_function_bodies") == 0) {
        interpreter->session_unchecked =
            statement->kind == VAR_SET_VALUE && is_off(interpreter, statement);
    } else if (statement->name && strcmp(statement->name, "default_table_access_method") == 0) {
        interpreter->session_access_method = name_set(interpreter, statement, "heap");
    } else if (statement->name && strcmp(statement->name, "default_tablespace") == 0) {
        interpreter->session_tablespace = name_set(interpreter, statement, "pg_default");
    }
    return OUTCOME_DONE;
}

/* --- calls ------------------------------------------------------------------------------------ */

struct call_search {
    struct interpreter *interpreter;
    bool found;
};

/* What the server itself has changes no schema; nor does what is declared to change nothing. */
static bool may_change(struct interpreter *interpreter, const FuncCall *call)
{
    const char *schema;
    const char *name;
    bool changes = false;
    bool declared = false;

    interpret_name(call->funcname, &schema, &name);
    for (size_t i = 0; i < interpreter->model->count; i++) {
        const struct object *object = interpreter->model->objects[i];

        if (object->removed || object->kind != KIND_FUNCTION || strcmp(object->name, name) != 0)
            continue;
        declared = true;
        changes |= strcmp(as_function(object)->volatility, "volatile") == 0;
    }
    if (declared)
        return changes;
    return (schema && strcmp(schema, "pg_catalog") != 0) || !guard_is_builtin_function(name);
}

static bool find_call(Node *node, void *context)
{
    struct call_search *search = context;

    if (!node)
        return false;
    if (IsA(node, FuncCall) && may_change(search->interpreter, (const FuncCall *)node))
        return search->found = true;
    return raw_expression_tree_walker(node, find_call, context);
}

bool interpret_may_make(struct interpreter *interpreter, Node *query)
{
    struct call_search search = {.interpreter = interpreter};

    find_call(query, &search);
    return search.found;
}

/* --- data ------------------------------------------------------------------------------------- */

static enum outcome skip_data(struct interpreter *interpreter)
{
    interpret_note(interpreter, "data statement skipped", "data statements skipped");
    return OUTCOME_DONE;
}

enum outcome interpret_refresh(struct interpreter *interpreter, RefreshMatViewStmt *statement)
{
    static const enum kind kinds[] = {KIND_MATERIALIZED_VIEW, KIND_NONE};
    struct object *view = interpret_find_relation(interpreter, statement->relation->schemaname,
                                                  statement->relation->relname, kinds);

    if (view)
        as_materialized_view(view)->no_data = statement->skipData;
    return skip_data(interpreter);
}

/* The call, if the query is nothing but one function call. */
static const FuncCall *only_call(const SelectStmt *statement)
{
    const ResTarget *target;

    if (list_length(statement->targetList) != 1 || statement->fromClause || statement->op)
        return NULL;
    target = linitial_node(ResTarget, statement->targetList);
    return target->val && IsA(target->val, FuncCall) ? (const FuncCall *)target->val : NULL;
}

static const char *string_argument(const FuncCall *call, int number)
{
    const Node *argument;

    if (list_length(call->args) <= number)
        return NULL;
    argument = list_nth(call->args, number);
    if (!IsA(argument, A_Const) || ((const A_Const *)argument)->isnull ||
        nodeTag(&((const A_Const *)argument)->val) != T_String)
        return NULL;
    return ((const A_Const *)argument)->val.sval.sval;
}

enum outcome interpret_select(struct interpreter *interpreter, SelectStmt *statement)
{
    const FuncCall *call = only_call(statement);

    if (interpret_into_name(statement))
        return interpret_select_into(interpreter, statement);
    if (call) {
        const char *name = strVal(llast(call->funcname));
        const char *setting = string_argument(call, 0);
        const char *value = string_argument(call, 1);

        if (strcmp(name, "set_config") == 0 && setting) {
            if (strcasecmp(setting, "search_path") == 0 && value)
                set_path_from_text(interpreter, value);
            return OUTCOME_DONE;
        }
    }
    if (interpret_may_make(interpreter, (Node *)statement)) {
        interpret_not_run(interpreter, interpreter->statement->offset,
                          "SELECT that calls a function");
        return OUTCOME_DONE;
    }
    return skip_data(interpreter);
}

/* --- everything else -------------------------------------------------------------------------- */

static enum outcome refuse(struct interpreter *interpreter)
{
    interpret_fail(interpreter, -1, "this statement is not understood");
    error_hint(interpreter->error,
               "Keep to statements that describe the schema; take this one out of the file.");
    return OUTCOME_FAILED;
}

/* What is prepared is a query or a change of data, seldom one that calls something. */
static enum outcome run_prepared(struct interpreter *interpreter, Node *statement)
{
    if (IsA(statement, PrepareStmt) &&
        interpret_may_make(interpreter, ((PrepareStmt *)statement)->query)) {
        interpret_not_run(interpreter, interpreter->statement->offset,
                          "PREPARE of a statement that calls a function");
        return OUTCOME_DONE;
    }
    return skip_data(interpreter);
}

bool interpret_is_harmless(struct interpreter *interpreter, Node *statement)
{
    switch (nodeTag(statement)) {
    case T_SelectStmt:
        return !interpret_into_name((SelectStmt *)statement) &&
               !interpret_may_make(interpreter, statement);
    case T_InsertStmt:
    case T_UpdateStmt:
    case T_DeleteStmt:
    case T_MergeStmt:
    case T_TruncateStmt:
    case T_NotifyStmt:
    case T_LockStmt:
    case T_CreateRoleStmt:
    case T_AlterRoleStmt:
    case T_AlterRoleSetStmt:
    case T_DropRoleStmt:
    case T_GrantRoleStmt:
    case T_CreatedbStmt:
    case T_AlterDatabaseStmt:
    case T_AlterDatabaseSetStmt:
    case T_CreateTableSpaceStmt:
    case T_AlterSystemStmt:
    case T_RefreshMatViewStmt:
        return true;
    default:
        return false;
    }
}

bool interpret_is_about_database(const Node *statement)
{
    switch (nodeTag(statement)) {
    case T_AlterDatabaseStmt:
    case T_AlterDatabaseSetStmt:
    case T_AlterDatabaseRefreshCollStmt:
        return true;
    case T_GrantStmt:
        return ((const GrantStmt *)statement)->objtype == OBJECT_DATABASE;
    case T_CommentStmt:
        return ((const CommentStmt *)statement)->objtype == OBJECT_DATABASE;
    case T_AlterOwnerStmt:
        return ((const AlterOwnerStmt *)statement)->objectType == OBJECT_DATABASE;
    default:
        return false;
    }
}

enum outcome interpret_skip(struct interpreter *interpreter, Node *statement)
{
    switch (nodeTag(statement)) {
    case T_TransactionStmt:
    case T_VariableShowStmt:
    case T_DiscardStmt:
    case T_LockStmt:
    case T_CheckPointStmt:
    case T_ConstraintsSetStmt:
    case T_ListenStmt:
    case T_UnlistenStmt:
    case T_NotifyStmt:
    case T_LoadStmt:
    case T_DeallocateStmt:
        break;
    case T_InsertStmt:
    case T_UpdateStmt:
    case T_DeleteStmt:
    case T_MergeStmt:
    case T_CopyStmt:
    case T_TruncateStmt:
    case T_ExplainStmt:
    case T_VacuumStmt:
    case T_ReindexStmt:
        return skip_data(interpreter);
    case T_CallStmt:
        interpret_not_run(interpreter, interpreter->statement->offset, "CALL");
        break;
    case T_PrepareStmt: /* can hold nothing but queries and changes of data */
    case T_ExecuteStmt:
        return run_prepared(interpreter, statement);
    case T_CreateRoleStmt:
    case T_AlterRoleStmt:
    case T_AlterRoleSetStmt:
    case T_DropRoleStmt:
    case T_GrantRoleStmt:
    case T_DropOwnedStmt:
    case T_ReassignOwnedStmt:
        interpret_note(interpreter, "statement on roles skipped: they belong to the whole cluster",
                       "statements on roles skipped: they belong to the whole cluster");
        break;
    case T_CreatedbStmt:
    case T_AlterDatabaseStmt:
    case T_AlterDatabaseSetStmt:
    case T_AlterDatabaseRefreshCollStmt:
    case T_DropdbStmt:
        interpret_note(interpreter, "statement on a database itself skipped",
                       "statements on a database itself skipped");
        break;
    case T_AlterSystemStmt:
    case T_CreateTableSpaceStmt:
    case T_AlterTableSpaceOptionsStmt:
    case T_DropTableSpaceStmt:
        interpret_note(interpreter, "statement on the server skipped",
                       "statements on the server skipped");
        break;
    case T_SecLabelStmt:
        interpret_note(interpreter, "security label skipped", "security labels skipped");
        break;
    case T_AlterObjectDependsStmt:
    case T_AlterExtensionContentsStmt:
        interpret_note(interpreter, "dependency on an extension skipped",
                       "dependencies on an extension skipped");
        break;
    default:
        return refuse(interpreter);
    }
    return OUTCOME_DONE;
}

/* --- temporary relations ---------------------------------------------------------------------- */

static bool is_temporary_name(struct interpreter *interpreter, const RangeVar *name)
{
    if (!name)
        return false;
    if (name->schemaname)
        return strcmp(name->schemaname, "pg_temp") == 0;
    return map_get(&interpreter->temporary, name->relname) &&
           !interpret_find_relation(interpreter, NULL, name->relname, interpret_row_kinds);
}

static bool make_temporary(struct interpreter *interpreter, const RangeVar *name)
{
    const char *bare;

    if (name->relpersistence != 't' &&
        (!name->schemaname || strcmp(name->schemaname, "pg_temp") != 0))
        return is_temporary_name(interpreter, name);
    bare = arena_strdup(interpreter->arena, name->relname);
    map_add(&interpreter->temporary, bare);
    interpret_note(interpreter, "temporary object skipped", "temporary objects skipped");
    return true;
}

bool interpret_is_temporary(struct interpreter *interpreter, Node *statement)
{
    switch (nodeTag(statement)) {
    case T_CreateStmt:
        return make_temporary(interpreter, ((CreateStmt *)statement)->relation);
    case T_ViewStmt:
        return make_temporary(interpreter, ((ViewStmt *)statement)->view);
    case T_CreateSeqStmt:
        return make_temporary(interpreter, ((CreateSeqStmt *)statement)->sequence);
    case T_CreateTableAsStmt:
        return make_temporary(interpreter, ((CreateTableAsStmt *)statement)->into->rel);
    case T_SelectStmt:
        return interpret_into_name((SelectStmt *)statement) &&
               make_temporary(interpreter, interpret_into_name((SelectStmt *)statement));
    case T_IndexStmt:
        return is_temporary_name(interpreter, ((IndexStmt *)statement)->relation);
    case T_AlterTableStmt:
        return is_temporary_name(interpreter, ((AlterTableStmt *)statement)->relation);
    case T_AlterSeqStmt:
        return is_temporary_name(interpreter, ((AlterSeqStmt *)statement)->sequence);
    case T_CreateTrigStmt:
        return is_temporary_name(interpreter, ((CreateTrigStmt *)statement)->relation);
    default:
        return false;
    }
}
