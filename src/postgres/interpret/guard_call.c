/* What guards call: names looked up as oids, and texts put together for EXECUTE. */
#include <ctype.h>
#include <string.h>

#include "core/buffer.h"
#include "postgres/interpret/guard.h"
#include "postgres/interpret/base/base.h"
#include "postgres/sql/parse.h"
#include "postgres/sql/quote.h"

/* --- names as oids ------------------------------------------------------------------------------- */

/* "schema.name", quoted where needed, as a list of names; NIL where it is none. */
static List *read_name(struct guard *guard, const char *text)
{
    struct error *unseen = interpret_scratch_error(guard->interpreter);
    List *statements = NIL;
    RawStmt *raw;

    if (!pg_parse(arena_printf(guard->arena, "TABLE %s", text), &statements, unseen) ||
        list_length(statements) != 1)
        return NIL;
    raw = linitial_node(RawStmt, statements);
    if (!IsA(raw->stmt, SelectStmt) || list_length(((SelectStmt *)raw->stmt)->fromClause) != 1)
        return NIL;
    return ((SelectStmt *)raw->stmt)->fromClause;
}

enum looked_up { NO_NAME, A_RELATION, A_TYPE, A_SCHEMA };

static const struct object *find_relation(const struct guard *guard, const char *schema,
                                          const char *name)
{
    const struct text_list *path = guard->interpreter->search_path;
    const struct object *found = NULL;

    if (schema)
        return interpret_relation(guard->interpreter, schema, name);
    for (size_t i = 0; !found && i < path->count; i++)
        found = interpret_relation(guard->interpreter, path->items[i], name);
    return found;
}

static const struct object *look_up(struct guard *guard, enum looked_up what, const char *text)
{
    struct interpreter *interpreter = guard->interpreter;
    List *from = read_name(guard, text);
    const RangeVar *name = from && IsA(linitial(from), RangeVar) ? linitial(from) : NULL;

    if (!name)
        return NULL;
    if (what == A_SCHEMA)
        return name->schemaname ? NULL : interpret_schema(interpreter, name->relname);
    if (what == A_TYPE) {
        const struct object *type =
            interpret_find_type(interpreter, name->schemaname, name->relname);

        if (type)
            return type;
    }
    return find_relation(guard, name->schemaname, name->relname);
}

static enum looked_up what_of(const char *type)
{
    static const struct {
        const char *name;
        enum looked_up what;
    } types[] = {{"regclass", A_RELATION}, {"regtype", A_TYPE}, {"regnamespace", A_SCHEMA}};

    for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++)
        if (strcmp(types[i].name, type) == 0)
            return types[i].what;
    return NO_NAME;
}

static bool is_text_type(const char *type)
{
    static const char *const names[] = {"text",    "name", "varchar",       "bpchar",
                                        "int4",    "int8", "int2",          "bool",
                                        "numeric", "oid",  "sql_identifier"};

    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
        if (strcmp(names[i], type) == 0)
            return true;
    return false;
}

/* As regclass prints it: the schema only where the search path does not find it. */
static struct guard_value print_id(struct guard *guard, const char *key)
{
    const struct object *object = model_find_key(guard->interpreter->model, key);
    struct arena *arena = guard->arena;

    if (!object || !object->parent)
        return object ? guard_text(pg_quote_name(arena, object->name)) : guard_unknown();
    if (find_relation(guard, NULL, object->name) == object)
        return guard_text(pg_quote_name(arena, object->name));
    return guard_text(pg_qualify(arena, object->parent->name, object->name));
}

struct guard_value guard_cast(struct guard *guard, struct guard_value value, const TypeName *type)
{
    const char *name = type->names ? strVal(llast(type->names)) : "";
    enum looked_up what = what_of(name);
    const struct object *object;

    if (value.kind == GUARD_NULL || value.kind == GUARD_UNKNOWN)
        return value;
    if (value.kind == GUARD_LIST || value.kind == GUARD_OWN || value.kind == GUARD_HOLED)
        return value;
    if (type->arrayBounds)
        return guard_array(guard, value.text);
    if (value.kind == GUARD_ID)
        return what != NO_NAME || strcmp(name, "oid") == 0 ? value
               : is_text_type(name)                        ? print_id(guard, value.text)
                                                           : guard_unknown();
    if (what == NO_NAME)
        return is_text_type(name) ? value : guard_unknown();
    object = look_up(guard, what, value.text);
    if (object)
        return guard_id(object->key);
    guard->missing = true;
    return guard_unknown();
}

static struct guard_value to_id(struct guard *guard, enum looked_up what, struct guard_value name)
{
    const struct object *object;

    if (name.kind != GUARD_TEXT)
        return name.kind == GUARD_NULL ? name : guard_unknown();
    object = look_up(guard, what, name.text);
    return guard_id(object ? object->key : NULL);
}

/* --- arrays -------------------------------------------------------------------------------------- */

static struct guard_value add_item(struct guard *guard, struct guard_value list,
                                   struct guard_value item)
{
    struct guard_value *items = ARENA_ARRAY(guard->arena, struct guard_value, list.count + 1);

    if (list.count)
        memcpy(items, list.items, list.count * sizeof(*items));
    items[list.count] = item;
    return (struct guard_value){.kind = GUARD_LIST, .items = items, .count = list.count + 1};
}

/* An item up to the comma or brace behind it; NULL where that is not understood. */
static const char *read_item(struct guard *guard, const char *at, struct guard_value *item)
{
    struct buffer text = BUFFER_EMPTY;
    bool quoted = *at == '"';
    size_t length = quoted ? 0 : strcspn(at, ",{}\"\\"), trimmed = length;

    buffer_append(&text, "");
    for (at += quoted; quoted && *at && *at != '"'; at++) {
        at += *at == '\\' && at[1];
        buffer_append_char(&text, *at);
    }
    while (trimmed && isspace((unsigned char)at[trimmed - 1]))
        trimmed--;
    if (!quoted)
        buffer_append_bytes(&text, at, trimmed);
    *item = guard_text(buffer_take(&text, guard->arena));
    if (!quoted && strcasecmp(item->text, "null") == 0)
        *item = guard_null();
    at += quoted ? *at == '"' : length;
    at += strspn(at, " \t\n");
    return (*at == ',' || *at == '}') && (quoted || length) ? at : NULL;
}

struct guard_value guard_array(struct guard *guard, const char *text)
{
    static const char blanks[] = " \t\n";
    struct guard_value list = {.kind = GUARD_LIST};
    struct guard_value item;

    text += strspn(text, blanks);
    if (*text++ != '{')
        return guard_unknown();
    text += strspn(text, blanks);
    if (*text == '}')
        return text[1 + strspn(text + 1, blanks)] ? guard_unknown() : list;
    for (;; text++) {
        text = read_item(guard, text + strspn(text, blanks), &item);
        if (!text)
            return guard_unknown();
        list = add_item(guard, list, item);
        if (*text == '}')
            return text[1 + strspn(text + 1, blanks)] ? guard_unknown() : list;
    }
}

/* string_to_array */
static struct guard_value split(struct guard *guard, struct guard_value text,
                                struct guard_value separator)
{
    struct guard_value list = {.kind = GUARD_LIST};

    if (text.kind == GUARD_NULL)
        return text;
    if (text.kind != GUARD_TEXT || separator.kind != GUARD_TEXT || !*separator.text)
        return guard_unknown();
    for (const char *at = text.text; *text.text && at;) {
        const char *end = strstr(at, separator.text);
        size_t length = end ? (size_t)(end - at) : strlen(at);

        list = add_item(guard, list, guard_text(arena_strndup(guard->arena, at, length)));
        at = end ? end + strlen(separator.text) : NULL;
    }
    return list;
}

static struct guard_value count_items(struct guard *guard, struct guard_value list)
{
    if (list.kind != GUARD_LIST)
        return list.kind == GUARD_NULL ? list : guard_unknown();
    return guard_text(arena_printf(guard->arena, "%zu", list.count));
}

/* --- texts --------------------------------------------------------------------------------------- */

static struct guard_value fold(struct guard *guard, struct guard_value value, int (*change)(int))
{
    char *text;

    if (value.kind != GUARD_TEXT)
        return value.kind == GUARD_NULL ? value : guard_unknown();
    text = arena_strdup(guard->arena, value.text);
    for (char *at = text; *at; at++)
        *at = (char)change((unsigned char)*at);
    return guard_text(text);
}

bool guard_has_hole(struct guard_value *value)
{
    if (value->kind != GUARD_OWN && value->kind != GUARD_HOLED)
        return false;
    *value = guard_text(value->kind == GUARD_OWN ? "current_database" : value->text);
    return true;
}

struct guard_value guard_holed(bool holed, struct guard_value value)
{
    if (holed && value.kind == GUARD_TEXT)
        value.kind = GUARD_HOLED;
    return value;
}

/* One directive of format(); false where the value cannot be told. */
static bool append_formatted(struct guard *guard, struct buffer *text, char directive,
                             struct guard_value value)
{
    if (value.kind == GUARD_NULL && directive != 'I') {
        buffer_append(text, directive == 'L' ? "NULL" : "");
        return true;
    }
    if (value.kind == GUARD_ID)
        value = print_id(guard, value.text);
    if (value.kind != GUARD_TEXT)
        return false;
    buffer_append(text, directive == 'I'   ? pg_quote_name(guard->arena, value.text)
                        : directive == 'L' ? pg_quote_literal(guard->arena, value.text)
                                           : value.text);
    return true;
}

/* format(): %s, %I, %L and %%, with positions (%1$I), without widths. */
static struct guard_value format_text(struct guard *guard, const struct guard_value *arguments,
                                      size_t count)
{
    struct buffer text = BUFFER_EMPTY;
    size_t next = 1;
    bool known = count > 0 && arguments[0].kind == GUARD_TEXT;

    for (const char *at = known ? arguments[0].text : ""; known && *at; at++) {
        char *end;
        unsigned long position;

        if (*at != '%') {
            buffer_append_char(&text, *at);
            continue;
        }
        at++;
        position = strtoul(at, &end, 10);
        if (end > at && *end == '$')
            at = end + 1;
        else
            position = next;
        if (*at == '%') {
            buffer_append_char(&text, '%');
            continue;
        }
        next = position + 1;
        known = *at && strchr("sIL", *at) && position > 0 && position < count &&
                append_formatted(guard, &text, *at, arguments[position]);
    }
    if (known) {
        buffer_append(&text, "");
        return guard_text(buffer_take(&text, guard->arena));
    }
    buffer_free(&text);
    return guard_unknown();
}

static struct guard_value format(struct guard *guard, struct guard_value *arguments, size_t count)
{
    bool holed = false;

    for (size_t i = 0; i < count; i++)
        holed |= guard_has_hole(&arguments[i]);
    return guard_holed(holed, format_text(guard, arguments, count));
}

static struct guard_value concat(struct guard *guard, const struct guard_value *arguments,
                                 size_t count)
{
    struct buffer text = BUFFER_EMPTY;
    bool known = true;

    buffer_append(&text, "");
    for (size_t i = 0; known && i < count; i++) {
        known = arguments[i].kind == GUARD_TEXT || arguments[i].kind == GUARD_NULL;
        buffer_append(&text, known && arguments[i].text ? arguments[i].text : "");
    }
    if (known)
        return guard_text(buffer_take(&text, guard->arena));
    buffer_free(&text);
    return guard_unknown();
}

static struct guard_value quote(struct guard *guard, struct guard_value value, bool name)
{
    bool holed = guard_has_hole(&value);

    if (value.kind != GUARD_TEXT)
        return value.kind == GUARD_NULL ? value : guard_unknown();
    return guard_holed(holed, guard_text(name ? pg_quote_name(guard->arena, value.text)
                                              : pg_quote_literal(guard->arena, value.text)));
}

/* --- the server ---------------------------------------------------------------------------------- */

static struct guard_value first_schema(const struct guard *guard)
{
    const struct text_list *path = guard->interpreter->search_path;

    for (size_t i = 0; i < path->count; i++)
        if (interpret_schema(guard->interpreter, path->items[i]))
            return guard_text(path->items[i]);
    return guard_null();
}

static struct guard_value setting(struct guard *guard, struct guard_value name)
{
    const struct model *model = guard->interpreter->model;
    int version = model->server_version ? model->server_version : model->target_version;

    if (name.kind != GUARD_TEXT || strcmp(name.text, "server_version_num") != 0 || !version)
        return guard_unknown();
    return guard_text(arena_printf(guard->arena, "%d", version));
}

static struct guard_value call_by_name(struct guard *guard, const char *name,
                                       struct guard_value *arguments, size_t count)
{
    if (strcmp(name, "format") == 0)
        return format(guard, arguments, count);
    if (strcmp(name, "concat") == 0)
        return concat(guard, arguments, count);
    if (strcmp(name, "current_schema") == 0 && count == 0)
        return first_schema(guard);
    if (strcmp(name, "current_database") == 0 && count == 0)
        return (struct guard_value){.kind = GUARD_OWN, .text = ""};
    if (count == 0)
        return guard_unknown();
    if (strcmp(name, "string_to_array") == 0 && count == 2)
        return split(guard, arguments[0], arguments[1]);
    if (strcmp(name, "cardinality") == 0)
        return count_items(guard, arguments[0]);
    if (strcmp(name, "to_regclass") == 0)
        return to_id(guard, A_RELATION, arguments[0]);
    if (strcmp(name, "to_regtype") == 0)
        return to_id(guard, A_TYPE, arguments[0]);
    if (strcmp(name, "to_regnamespace") == 0)
        return to_id(guard, A_SCHEMA, arguments[0]);
    if (strcmp(name, "quote_ident") == 0 || strcmp(name, "quote_literal") == 0)
        return quote(guard, arguments[0], strcmp(name, "quote_ident") == 0);
    if (strcmp(name, "lower") == 0)
        return fold(guard, arguments[0], tolower);
    if (strcmp(name, "upper") == 0)
        return fold(guard, arguments[0], toupper);
    if (strcmp(name, "current_setting") == 0)
        return setting(guard, arguments[0]);
    return guard_unknown();
}

static struct guard_value value_of_session(struct guard *guard, const SQLValueFunction *function)
{
    switch (function->op) {
    case SVFOP_CURRENT_SCHEMA:
        return first_schema(guard);
    case SVFOP_CURRENT_CATALOG:
        return (struct guard_value){.kind = GUARD_OWN, .text = ""};
    default:
        return guard_unknown();
    }
}

struct guard_value guard_call(struct guard *guard, const FuncCall *call)
{
    struct guard_value *arguments;
    const char *schema;
    const char *name;
    size_t count;

    if (!IsA(call, FuncCall))
        return value_of_session(guard, (const SQLValueFunction *)call);
    interpret_name(call->funcname, &schema, &name);
    if ((schema && strcmp(schema, "pg_catalog") != 0) || call->agg_star || call->over)
        return guard_unknown();
    count = (size_t)list_length(call->args);
    arguments = ARENA_ARRAY(guard->arena, struct guard_value, count + 1);
    for (size_t i = 0; i < count; i++)
        arguments[i] = guard_evaluate(guard, list_nth(call->args, (int)i));
    return call_by_name(guard, name, arguments, count);
}
