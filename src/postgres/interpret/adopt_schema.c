/* Schemas that others own: the database has them, the files use what they hold and do not declare it (auth.users,
 * storage.objects). The model gets all that such a schema holds, marked as adopted, so that keys, triggers, policies
 * and views can stand on it; whatever the files put there is theirs, all else stays as it is (reconcile_others.c). */
#include "postgres/interpret/base/interpreter.h"

#include <string.h>

#include "model/takeover.h"
#include "postgres/interpret/base/base.h"
#include "postgres/sql/scan.h"

struct adoption {
    struct text_list used; /* names of schemas */
    struct takeover takeover;
    struct pointer_list
        lacking; /* of its copies: those that refer to what the model lacks so far */
};

/* --- what is used ----------------------------------------------------------------------------- */

/* A text that is read word by word. */
struct reading {
    struct interpreter *interpreter;
    const char *text;
    size_t length;
    struct pg_token token;
    const char *last;
};

static void note_used(struct interpreter *interpreter, const char *schema)
{
    if (strcmp(schema, "public") != 0 &&
        text_list_contains(&interpreter->model->known_schemas, schema) &&
        !text_list_contains(&interpreter->adoption->used, schema))
        text_list_add(&interpreter->adoption->used, interpreter->arena, schema);
}

/* The name that a token stands for; "" where it is none. */
static const char *name_of(const struct reading *reading)
{
    struct arena *arena = reading->interpreter->arena;
    const struct pg_token *token = &reading->token;
    const char *text = reading->text + token->start;
    size_t length = token->end - token->start;
    char *name;

    if (token->kind == PG_TOKEN_NAME || (token->kind == PG_TOKEN_STRING && *text == '\''))
        return length > 2 ? arena_strndup(arena, text + 1, length - 2) : "";
    if (token->kind != PG_TOKEN_WORD)
        return "";
    name = arena_strndup(arena, text, length);
    for (char *at = name; *at; at++)
        if (*at >= 'A' && *at <= 'Z')
            *at = (char)(*at - 'A' + 'a');
    return name;
}

static bool next(struct reading *reading)
{
    return pg_scan_code(reading->text, reading->length, reading->token.end, &reading->token);
}

static bool is_sign(const struct reading *reading, char sign)
{
    return reading->token.kind == PG_TOKEN_OTHER && reading->text[reading->token.start] == sign;
}

/* True for schema.name where the database has a thing of that name: an alias and a column look alike. */
static bool is_there(const struct interpreter *interpreter, const char *schema, const char *name)
{
    const struct object *parent =
        model_find(interpreter->model->lender, KIND_SCHEMA, NULL, schema, NULL);

    for (const struct object *child = parent ? parent->first_child : NULL; child;
         child = child->next_sibling)
        if (strcmp(child->name, name) == 0)
            return true;
    return false;
}

/* The names behind "search_path =" and "ON SCHEMA", up to what is no list any more. */
static void read_list(struct reading *reading)
{
    bool more = true;

    while (more && next(reading)) {
        const char *name = name_of(reading);

        more = is_sign(reading, ',') || is_sign(reading, '=');
        if (!more && *name) {
            note_used(reading->interpreter, name);
            more = strcmp(name, "to") == 0;
            if (!more) {
                size_t end = reading->token.end;

                more = next(reading) && is_sign(reading, ',');
                if (!more)
                    reading->token.end = end;
            }
        }
    }
}

static bool is_made_or_dropped(const char *word)
{
    static const char *const words[] = {"create", "drop", "set", NULL};

    return text_is_among(word, words);
}

static void read_text(struct interpreter *interpreter, const char *text, size_t length, int depth);

static void read_token(struct reading *reading, int depth)
{
    const char *name;

    if (reading->token.kind == PG_TOKEN_STRING) {
        if (depth < 3 && reading->token.end - reading->token.start > 2)
            read_text(reading->interpreter, reading->text + reading->token.start + 1,
                      reading->token.end - reading->token.start - 2, depth + 1);
        reading->last = "";
        return;
    }
    name = name_of(reading);
    if (strcmp(name, "search_path") == 0 ||
        (strcmp(name, "schema") == 0 && !is_made_or_dropped(reading->last))) {
        read_list(reading);
        name = "";
    } else if (*name && reading->token.end < reading->length &&
               reading->text[reading->token.end] == '.') {
        size_t end = reading->token.end;
        const char *schema = name;

        reading->token.end++;
        name = next(reading) ? name_of(reading) : "";
        if (*name && is_there(reading->interpreter, schema, name))
            note_used(reading->interpreter, schema);
        else
            reading->token.end = end + 1;
    }
    reading->last = name;
}

/* Strings are read too: bodies stand in them. */
static void read_text(struct interpreter *interpreter, const char *text, size_t length, int depth)
{
    struct reading reading = {
        .interpreter = interpreter, .text = text, .length = length, .last = ""};

    while (next(&reading))
        read_token(&reading, depth);
}

void interpret_note_used(struct interpreter *interpreter, const struct interpret_file *file)
{
    const struct model *target = interpreter->model->lender;

    if (!target || !target->schema_names.count)
        return;
    if (!interpreter->adoption)
        interpreter->adoption = ARENA_NEW(interpreter->arena, struct adoption);
    interpreter->adoption->takeover.to = interpreter->model;
    interpreter->adoption->takeover.arena = interpreter->arena;
    read_text(interpreter, file->text, file->length, 0);
}

/* --- what is declared ------------------------------------------------------------------------- */

static bool is_relation_or_type(enum kind kind)
{
    switch (kind) {
    case KIND_TABLE:
    case KIND_VIEW:
    case KIND_MATERIALIZED_VIEW:
    case KIND_SEQUENCE:
    case KIND_ENUM:
    case KIND_DOMAIN:
    case KIND_COMPOSITE:
    case KIND_RANGE:
        return true;
    default:
        return false;
    }
}

/* The schema that a statement which has to wait makes something in: NULL for one that makes nothing there. */
static const char *schema_made_in(const struct interpret_statement *statement)
{
    const RangeVar *relation = NULL;

    switch (nodeTag(statement->node)) {
    case T_CreateStmt:
        relation = castNode(CreateStmt, statement->node)->relation;
        break;
    case T_CreateForeignTableStmt:
        relation = castNode(CreateForeignTableStmt, statement->node)->base.relation;
        break;
    case T_ViewStmt:
        relation = castNode(ViewStmt, statement->node)->view;
        break;
    case T_CreateTableAsStmt:
        relation = castNode(CreateTableAsStmt, statement->node)->into->rel;
        break;
    case T_CreateSeqStmt:
        relation = castNode(CreateSeqStmt, statement->node)->sequence;
        break;
    case T_CompositeTypeStmt:
        relation = castNode(CompositeTypeStmt, statement->node)->typevar;
        break;
    default:
        return NULL;
    }
    if (relation->schemaname)
        return relation->schemaname;
    return statement->search_path->count ? statement->search_path->items[0] : NULL;
}

/* True where the files make the schema, or a relation or type in it: then they are meant to say all that it holds. */
static bool is_declared(const struct interpreter *interpreter, const struct object *schema)
{
    const struct pointer_list *waiting = &interpreter->rounds.waiting;

    if (schema->location.file)
        return true;
    for (const struct object *child = schema->first_child; child; child = child->next_sibling)
        if (is_relation_or_type(child->kind) && child->location.file)
            return true;
    for (size_t i = 0; i < waiting->count; i++) {
        const char *name = schema_made_in(waiting->items[i]);

        if (name && strcmp(name, schema->name) == 0)
            return true;
    }
    return false;
}

/* --- adopting --------------------------------------------------------------------------------- */

/* A file may have granted something on the schema already: what was held before stays. */
static void merge_privileges(const struct interpreter *interpreter, struct object *schema,
                             const struct object *source)
{
    for (struct object *held = NULL; (held = object_next_child(source, KIND_PRIVILEGE, held));) {
        struct object *granted = object_child(schema, KIND_PRIVILEGE, held->name);

        for (size_t i = 0; granted && i < as_privilege(held)->privileges.count; i++) {
            const char *word = as_privilege(held)->privileges.items[i];

            if (!text_list_contains(&as_privilege(granted)->privileges, word))
                text_list_add(&as_privilege(granted)->privileges, interpreter->arena, word);
        }
    }
}

/* What the files have made there already stays as it is, with what is below it. */
static void take_over_below(struct takeover *takeover, const struct object *source)
{
    for (const struct object *child = source->first_child; child; child = child->next_sibling) {
        if (model_find_key(takeover->to, child->key))
            continue;
        takeover_add(takeover, child)->adopted = true;
        take_over_below(takeover, child);
    }
}

static void adopt_schema(struct interpreter *interpreter, const char *name)
{
    struct object *schema = model_find(interpreter->model, KIND_SCHEMA, NULL, name, NULL);
    const struct object *source =
        model_find(interpreter->model->lender, KIND_SCHEMA, NULL, name, NULL);

    if (!schema || !source || is_declared(interpreter, schema))
        return;
    schema->adopted = true;
    merge_privileges(interpreter, schema, source);
    take_over_below(&interpreter->adoption->takeover, source);
}

/* What belongs to another role than the one that plumb connects as is not the files' to end by saying nothing of it. */
static bool is_somebody_elses(const struct model *target, const struct object *schema)
{
    const struct object *owner = object_child(schema, KIND_OWNER, "");

    return target->current_user && owner &&
           strcmp(as_owner(owner)->role, target->current_user) != 0;
}

static void spare_schemas(struct interpreter *interpreter)
{
    struct model *model = interpreter->model;

    for (size_t i = 0; i < model->known_schemas.count; i++) {
        const char *name = model->known_schemas.items[i];
        const struct object *source = model_find(model->lender, KIND_SCHEMA, NULL, name, NULL);
        const struct object *schema = model_find(model, KIND_SCHEMA, NULL, name, NULL);

        if (!source || !schema || strcmp(name, "public") == 0 ||
            text_list_contains(&interpreter->adoption->used, name) ||
            !is_somebody_elses(model->lender, source) || is_declared(interpreter, schema))
            continue;
        if (!schema->first_child)
            text_list_add(&model->spared_schemas, interpreter->arena, name);
        adopt_schema(interpreter, name);
    }
}

static void adopt_used(struct interpreter *interpreter)
{
    struct adoption *adoption = interpreter->adoption;

    spare_schemas(interpreter);
    for (size_t i = 0; i < adoption->used.count; i++)
        adopt_schema(interpreter, adoption->used.items[i]);
    if (!adoption->takeover.copies.count)
        return;
    takeover_finish(&adoption->takeover, &adoption->lacking);
    for (size_t i = 0; i < adoption->takeover.copies.count; i++) {
        struct object *object = adoption->takeover.copies.items[i];

        if (object->kind == KIND_OWNED_BY)
            pointer_list_add(&interpreter->owned, interpreter->arena, object);
    }
    interpret_renew_names(interpreter);
    interpreter->universe_stale = true;
}

/* True while a file's CREATE EXTENSION waits for something. */
static bool waits_for_extension(const struct interpreter *interpreter)
{
    const struct pointer_list *waiting = &interpreter->rounds.waiting;

    for (size_t i = 0; i < waiting->count; i++) {
        const struct interpret_statement *statement = waiting->items[i];

        if (IsA(statement->node, CreateExtensionStmt))
            return true;
    }
    return false;
}

void interpret_adopt_schemas(struct interpreter *interpreter)
{
    if (!interpreter->adoption)
        return;
    if (!waits_for_extension(interpreter))
        interpret_adopt_extensions(interpreter);
    adopt_used(interpreter);
}

/* What still refers to what nobody has goes with it. */
static void finish_lacking(const struct interpreter *interpreter)
{
    const struct adoption *adoption = interpreter->adoption;

    for (size_t i = 0; i < adoption->lacking.count; i++) {
        struct object *object = adoption->lacking.items[i];
        const struct object *original = model_find_key(interpreter->model->lender, object->key);

        if (!object->removed && object->adopted &&
            !object_copy_fields(interpreter->model, object, original))
            model_remove(interpreter->model, object);
    }
}

/* The schema in which an extension lies that is left alone stays, though the files may not use it. */
static void keep_schemas_of_extensions(const struct model *model)
{
    for (size_t i = 0; i < model->count; i++) {
        const struct object *object = model->objects[i];
        struct object *schema;

        if (object->removed || object->kind != KIND_EXTENSION || !object->adopted)
            continue;
        schema = model_find(model, KIND_SCHEMA, NULL, as_extension(object)->schema, NULL);
        if (schema && !schema->location.file && !schema->first_child)
            schema->adopted = true;
    }
}

void interpret_finish_adoption(struct interpreter *interpreter)
{
    if (!interpreter->adoption)
        return;
    finish_lacking(interpreter);
    keep_schemas_of_extensions(interpreter->model);
}
