/* What all of the interpreter's files use: reporting, adding and removing objects, texts of parse
 * trees. */
#include "postgres/interpret/base/interpreter.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "dialect/annotation.h"
#include "dialect/declaration.h"
#include "core/buffer.h"
#include "core/text/nearest.h"
#include "model/identity.h"
#include "model/takeover.h"
#include "postgres/interpret/base/base.h"
#include "postgres/sql/parse.h"
#include "postgres/sql/quote.h"

/* --- reporting -------------------------------------------------------------------------------- */

static void set_error(struct interpreter *interpreter, int location, const char *format,
                      va_list arguments)
{
    error_set_list(interpreter->error, ERROR_SCHEMA, format, arguments);
    interpreter->error_offset = location >= 0 ? location : interpreter->statement->offset;
}

enum outcome interpret_fail(struct interpreter *interpreter, int location, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    set_error(interpreter, location, format, arguments);
    va_end(arguments);
    return interpreter->outcome = OUTCOME_FAILED;
}

enum outcome interpret_missing(struct interpreter *interpreter, int location, const char *format,
                               ...)
{
    va_list arguments;

    if (interpreter->rounds.reporting) {
        va_start(arguments, format);
        set_error(interpreter, location, format, arguments);
        va_end(arguments);
    }
    return interpreter->outcome = OUTCOME_MISSING;
}

enum outcome interpret_failed(const struct interpreter *interpreter)
{
    return interpreter->outcome;
}

static bool kind_is_among(enum kind kind, const enum kind *kinds)
{
    while (*kinds != KIND_NONE && *kinds != kind)
        kinds++;
    return *kinds != KIND_NONE;
}

/* The nearest name among all objects of these kinds, as a hint. */
static void hint_nearest(struct interpreter *interpreter, const char *name, const enum kind *kinds)
{
    const struct model *model = interpreter->model;
    struct text_list names = {0};
    const char *nearest;

    for (size_t i = 0; i < model->count; i++)
        if (!model->objects[i]->removed && kind_is_among(model->objects[i]->kind, kinds))
            text_list_add(&names, interpreter->arena, model->objects[i]->name);
    nearest = nearest_name(name, names.items, names.count);
    for (size_t i = 0; nearest && i < model->count; i++) {
        const struct object *object = model->objects[i];

        if (object->name == nearest)
            error_hint(interpreter->error, "Did you mean %s %s?", kind_name(object->kind),
                       identity_path(interpreter->arena, object));
    }
}

/* Something of a schema that the files do not make: others may own it. */
static void hint_elsewhere(struct interpreter *interpreter, const char *name)
{
    const struct object *schema =
        name ? model_find(interpreter->model, KIND_SCHEMA, NULL, name, NULL) : NULL;

    if (!name || (schema && schema->location.file) || strcmp(name, "public") == 0 ||
        interpreter->error->hint[0])
        return;
    if (interpreter->model->lender)
        error_hint(interpreter->error, "Neither the files nor the database have it.");
    else
        error_hint(interpreter->error,
                   "The files do not declare schema %s: declare what they use of it, or compare "
                   "with a database that has it, where it is used as it is.",
                   pg_quote_name(interpreter->arena, name));
}

static const char *what_kinds(const enum kind *kinds)
{
    return kinds[0] != KIND_NONE && kinds[1] == KIND_NONE ? kind_name(kinds[0]) : "relation";
}

enum outcome interpret_no_relation(struct interpreter *interpreter, const RangeVar *name,
                                   const enum kind *kinds)
{
    enum outcome outcome = interpret_missing(
        interpreter, name->location, "%s %s%s%s does not exist", what_kinds(kinds),
        name->schemaname ? name->schemaname : "", name->schemaname ? "." : "", name->relname);

    if (interpreter->rounds.reporting) {
        hint_nearest(interpreter, name->relname, kinds);
        hint_elsewhere(interpreter, name->schemaname);
    }
    return outcome;
}

enum outcome interpret_no_object(struct interpreter *interpreter, enum kind kind, List *names,
                                 int location)
{
    const enum kind kinds[] = {kind, KIND_NONE};
    enum outcome outcome =
        interpret_missing(interpreter, location, "%s %s does not exist", kind_name(kind),
                          interpret_print_name(interpreter, names));

    if (interpreter->rounds.reporting)
        hint_nearest(interpreter, strVal(llast(names)), kinds);
    return outcome;
}

enum outcome interpret_no_child(struct interpreter *interpreter, const struct object *object,
                                enum kind kind, const char *name, int location)
{
    const char *nearest;

    interpret_missing(interpreter, location, "%s \"%s\" of %s does not exist", kind_name(kind),
                      name, identity_print(interpreter->arena, object));
    if (!interpreter->rounds.reporting)
        return OUTCOME_MISSING;
    nearest = declaration_nearest(interpreter->arena, object, kind, name);
    if (nearest)
        error_hint(interpreter->error, "Did you mean \"%s\"?", nearest);
    return OUTCOME_MISSING;
}

void interpret_note(struct interpreter *interpreter, const char *singular, const char *plural)
{
    notes_add(&interpreter->notes, interpreter->arena, singular, plural);
}

void interpret_not_run(struct interpreter *interpreter, int offset, const char *what)
{
    declaration_not_run(interpreter->model, interpret_location(interpreter, offset), what);
}

/* --- objects ---------------------------------------------------------------------------------- */

struct object *interpret_creation_schema(struct interpreter *interpreter, const char *schema,
                                         int location)
{
    const struct text_list *path = interpreter->search_path;
    struct object *found = NULL;

    if (schema) {
        found = interpret_schema(interpreter, schema);
    } else if (path->count == 0) {
        interpret_fail(interpreter, location, "no schema has been selected to create in");
        error_hint(interpreter->error, "Write schema.name, or set search_path to a schema.");
        return NULL;
    } else {
        schema = path->items[0];
        found = interpret_schema(interpreter, schema);
        for (size_t i = 1; !found && interpreter->rounds.lenient && i < path->count; i++)
            found = interpret_schema(interpreter, path->items[i]);
    }
    if (!found) {
        interpret_missing(interpreter, location, "schema %s does not exist", schema);
        if (interpreter->rounds.reporting) {
            const enum kind kinds[] = {KIND_SCHEMA, KIND_NONE};

            hint_nearest(interpreter, schema, kinds);
            error_hint(interpreter->error, "Add CREATE SCHEMA %s to the files.",
                       pg_quote_name(interpreter->arena, schema));
        }
    }
    return found;
}

bool interpret_holds_relation_name(enum kind kind)
{
    switch (kind) {
    case KIND_TABLE:
    case KIND_VIEW:
    case KIND_MATERIALIZED_VIEW:
    case KIND_SEQUENCE:
    case KIND_COMPOSITE:
    case KIND_INDEX:
    case KIND_PRIMARY_KEY:
    case KIND_UNIQUE:
    case KIND_EXCLUSION:
        return true;
    default:
        return false;
    }
}

static bool is_known_to_universe(enum kind kind)
{
    switch (kind) {
    case KIND_TABLE:
    case KIND_VIEW:
    case KIND_MATERIALIZED_VIEW:
    case KIND_COMPOSITE:
    case KIND_ENUM:
    case KIND_DOMAIN:
    case KIND_RANGE:
    case KIND_SCHEMA:
    case KIND_EXTENSION:
    case KIND_UNMODELLED:
        return true;
    default:
        return false;
    }
}

struct location interpret_location(struct interpreter *interpreter, int location)
{
    struct interpret_file *file = interpreter->file;
    size_t offset = (size_t)(location >= 0 ? location : interpreter->statement->offset);
    struct location place = {.file = file->name};

    place.line =
        lines_find(&file->lines, interpreter->arena, file->author ? file->author : file->text,
                   file->author ? file->author_length : file->length,
                   interpret_author_offset(file, offset), &place.column);
    return place;
}

static void report_duplicate(struct interpreter *interpreter, const struct object *existing,
                             int location)
{
    interpreter->exists = true;
    interpret_fail(interpreter, location, "%s is declared twice",
                   identity_print(interpreter->arena, existing));
    declaration_hint(interpreter->error, "The other declaration is", existing);
}

/* False (reported) when another object has the relation name that one is to get. */
static bool is_free_name(struct interpreter *interpreter, enum kind kind,
                         const struct object *parent, const char *name, bool declared, int location)
{
    const struct object *schema;
    const struct object *holder;

    if (!interpret_holds_relation_name(kind) || !parent)
        return true;
    schema = object_ancestor(parent, KIND_SCHEMA);
    holder = interpret_relation(interpreter, schema->name, name);
    if (!holder)
        return true;
    if (declared && holder->kind == kind && holder->parent == parent) {
        report_duplicate(interpreter, holder, location);
        return false;
    }
    interpreter->exists = true;
    interpret_fail(interpreter, location, "the name %s.%s is taken by %s", schema->name, name,
                   identity_print(interpreter->arena, holder));
    declaration_hint(interpreter->error, "It is declared", holder);
    return false;
}

/* What was adopted and turns out to be declared: it becomes what the statement makes of it; another relation of its name
 * goes. NULL: there is no such thing. */
static struct object *reclaim(struct interpreter *interpreter, enum kind kind,
                              struct object *parent, const char *name, const char *signature)
{
    struct object *existing = model_find(interpreter->model, kind, parent, name, signature);
    struct object *holder =
        interpret_holds_relation_name(kind) && parent
            ? interpret_relation(interpreter, object_ancestor(parent, KIND_SCHEMA)->name, name)
            : NULL;

    if (holder && holder != existing && holder->adopted)
        interpret_remove(interpreter, holder);
    if (!existing || !existing->adopted)
        return NULL;
    object_reclaim(interpreter->model, existing);
    interpreter->universe_stale = true;
    return existing;
}

struct object *interpret_add_implied(struct interpreter *interpreter, enum kind kind,
                                     struct object *parent, const char *name, const char *signature,
                                     int location)
{
    struct object *object;

    /* An identity or a list of names is no name that the server would cut. */
    if (kind != KIND_UNMODELLED && kind != KIND_DEFAULT_PRIVILEGE)
        name = interpret_cut_name(interpreter, name);
    object = reclaim(interpreter, kind, parent, name, signature);
    if (!object && !is_free_name(interpreter, kind, parent, name, true, location))
        return NULL;
    if (!object)
        object = model_add(interpreter->model, kind, parent, name, signature);
    if (!object) {
        report_duplicate(interpreter, model_find(interpreter->model, kind, parent, name, signature),
                         location);
        return NULL;
    }
    object->location = interpret_location(interpreter, location);
    object->search_path = interpreter->search_path;
    if (interpret_holds_relation_name(kind))
        interpret_claim_name(interpreter, object_ancestor(object, KIND_SCHEMA), name, object);
    if (kind == KIND_TABLE || kind == KIND_VIEW || kind == KIND_MATERIALIZED_VIEW ||
        kind == KIND_COMPOSITE)
        interpret_register(interpreter, object);
    else if (kind == KIND_OWNED_BY)
        pointer_list_add(&interpreter->owned, interpreter->arena, object);
    interpret_made(interpreter, object);
    return object;
}

struct object *interpret_add(struct interpreter *interpreter, enum kind kind, struct object *parent,
                             const char *name, const char *signature, int location)
{
    struct object *object =
        interpret_add_implied(interpreter, kind, parent, name, signature, location);

    if (object)
        interpret_annotate(interpreter, object, location);
    return object;
}

void interpret_remove(struct interpreter *interpreter, struct object *object)
{
    if (is_known_to_universe(object->kind))
        interpreter->universe_stale = true;
    model_remove(interpreter->model, object);
}

bool interpret_move(struct interpreter *interpreter, struct object *object, struct object *parent,
                    const char *name, const char *signature)
{
    name = interpret_cut_name(interpreter, name);
    if (!is_free_name(interpreter, object->kind, parent, name, false, -1))
        return false;
    if (interpret_holds_relation_name(object->kind))
        interpret_claim_name(interpreter, object_ancestor(object, KIND_SCHEMA), object->name, NULL);
    if (!model_rename(interpreter->model, object, parent, name, signature)) {
        interpreter->exists = true;
        interpret_fail(interpreter, -1, "%s %s exists already", kind_name(object->kind), name);
        interpret_renew_names(interpreter);
        return false;
    }
    if (object->kind == KIND_SCHEMA || object->kind == KIND_TABLE ||
        object->kind == KIND_MATERIALIZED_VIEW)
        interpret_renew_names(interpreter);
    else if (interpret_holds_relation_name(object->kind))
        interpret_claim_name(interpreter, object_ancestor(object, KIND_SCHEMA), name, object);
    if (is_known_to_universe(object->kind))
        interpreter->universe_stale = true;
    return true;
}

/* --- texts ------------------------------------------------------------------------------------ */

/* An error is some kilobytes: clearing one that is there is cheaper than making one each time. */
struct error *interpret_scratch_error(struct interpreter *interpreter)
{
    if (!interpreter->scratch_error)
        interpreter->scratch_error = ARENA_NEW(interpreter->arena, struct error);
    error_clear(interpreter->scratch_error);
    return interpreter->scratch_error;
}

const char *interpret_expression(struct interpreter *interpreter, Node *expression)
{
    struct error *error = interpret_scratch_error(interpreter);
    char *text = pg_deparse_expression(expression, interpreter->arena, error);

    if (!text)
        interpret_fail(interpreter, exprLocation(expression), "%s", error->message);
    return text;
}

struct expression interpret_written(struct interpreter *interpreter, Node *expression)
{
    struct expression written = {0};

    if (expression)
        written.written = interpret_expression(interpreter, expression);
    return written;
}

const char *interpret_statement_text(struct interpreter *interpreter)
{
    return arena_strndup(interpreter->arena,
                         interpreter->file->text + interpreter->statement->offset,
                         (size_t)interpreter->statement->length);
}

const char *interpret_value(struct interpreter *interpreter, Node *value)
{
    struct buffer text = BUFFER_EMPTY;
    ListCell *cell;

    if (!value)
        return "true";
    switch (nodeTag(value)) {
    case T_Integer:
        return arena_printf(interpreter->arena, "%d", intVal(value));
    case T_Float:
        return arena_strdup(interpreter->arena, castNode(Float, value)->fval);
    case T_Boolean:
        return boolVal(value) ? "true" : "false";
    case T_String:
        return arena_strdup(interpreter->arena, strVal(value));
    case T_A_Const:
        return interpret_value(interpreter, (Node *)&castNode(A_Const, value)->val);
    case T_A_Star:
        return "*";
    case T_TypeName:
        return interpret_value(interpreter, (Node *)castNode(TypeName, value)->names);
    case T_List:
        foreach (cell, (List *)value) {
            buffer_separate(&text, 0, ".");
            buffer_append(&text, interpret_value(interpreter, lfirst(cell)));
        }
        return buffer_take(&text, interpreter->arena);
    default:
        return interpret_expression(interpreter, value);
    }
}

const char *interpret_option_value(struct interpreter *interpreter, const DefElem *option)
{
    return interpret_value(interpreter, option->arg);
}

struct text_list interpret_options(struct interpreter *interpreter, List *options)
{
    struct text_list list = {0};
    ListCell *cell;

    foreach (cell, options) {
        const DefElem *option = lfirst_node(DefElem, cell);

        text_list_add(&list, interpreter->arena,
                      arena_printf(interpreter->arena, "%s%s%s=%s",
                                   option->defnamespace ? option->defnamespace : "",
                                   option->defnamespace ? "." : "", option->defname,
                                   interpret_option_value(interpreter, option)));
    }
    return list;
}

struct text_list interpret_names(struct interpreter *interpreter, List *names)
{
    struct text_list list = {0};
    ListCell *cell;

    foreach (cell, names)
        text_list_add(&list, interpreter->arena,
                      arena_strdup(interpreter->arena, strVal(lfirst(cell))));
    return list;
}
