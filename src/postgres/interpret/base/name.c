/* Names in the interpreter: looking objects up under the search path, and choosing the names that
 * the server would choose. */
#include "postgres/interpret/base/interpreter.h"

#include <stdio.h>
#include <string.h>

#include "core/buffer.h"
#include "postgres/facts/name.h"
#include "postgres/interpret/base/base.h"
#include "postgres/sql/quote.h"
#include "postgres/types/types.h"
#include "postgres/facts/universe_internal.h"

const enum kind interpret_table_kinds[] = {KIND_TABLE, KIND_NONE};
const enum kind interpret_row_kinds[] = {KIND_TABLE, KIND_VIEW, KIND_MATERIALIZED_VIEW, KIND_NONE};
const enum kind interpret_index_kinds[] = {KIND_INDEX, KIND_PRIMARY_KEY, KIND_UNIQUE,
                                           KIND_EXCLUSION, KIND_NONE};
const enum kind interpret_sequence_kinds[] = {KIND_SEQUENCE, KIND_IDENTITY, KIND_NONE};
const enum kind interpret_type_kinds[] = {KIND_ENUM, KIND_DOMAIN, KIND_COMPOSITE, KIND_RANGE,
                                          KIND_NONE};

/* --- relation names --------------------------------------------------------------------------- */

struct object *interpret_relation(struct interpreter *interpreter, const char *schema,
                                  const char *name)
{
    char short_key[160];
    int length = snprintf(short_key, sizeof(short_key), "%s/%s", schema, name);
    const char *key = (size_t)length < sizeof(short_key)
                          ? short_key
                          : arena_printf(interpreter->arena, "%s/%s", schema, name);
    struct object *object = map_get(&interpreter->relations, key);

    return object && !object->removed ? object : NULL;
}

void interpret_claim_name(struct interpreter *interpreter, const struct object *schema,
                          const char *name, struct object *object)
{
    map_set(&interpreter->relations, arena_printf(interpreter->arena, "%s/%s", schema->name, name),
            object);
}

static const char *identity_sequence_name(struct interpreter *interpreter,
                                          const struct object *object)
{
    const char *sequence = as_identity(object)->sequence;
    const struct object *column = object->parent;

    return sequence ? sequence
                    : interpret_choose_name(interpreter, column->parent->name, column->name, "seq",
                                            NULL, NULL);
}

void interpret_renew_names(struct interpreter *interpreter)
{
    const struct model *model = interpreter->model;

    interpreter->relations = map_new(interpreter->arena);
    for (size_t i = 0; i < model->count; i++) {
        struct object *object = model->objects[i];

        if (object->removed)
            continue;
        if (interpret_holds_relation_name(object->kind))
            interpret_claim_name(interpreter, object_ancestor(object, KIND_SCHEMA), object->name,
                                 object);
        else if (object->kind == KIND_IDENTITY)
            interpret_claim_name(interpreter, object_ancestor(object, KIND_SCHEMA),
                                 identity_sequence_name(interpreter, object), object);
    }
}

bool interpret_relation_name_taken(struct interpreter *interpreter, const struct object *schema,
                                   const char *name)
{
    return interpret_relation(interpreter, schema->name, name) != NULL;
}

static bool is_among(const struct object *object, const enum kind *kinds)
{
    for (; *kinds != KIND_NONE; kinds++)
        if (*kinds == object->kind)
            return true;
    return false;
}

struct object *interpret_find_relation(struct interpreter *interpreter, const char *schema,
                                       const char *name, const enum kind *kinds)
{
    const struct text_list *path = interpreter->search_path;
    struct object *object = NULL;

    if (schema)
        object = interpret_relation(interpreter, schema, name);
    for (size_t i = 0; !schema && !object && i < path->count; i++)
        object = interpret_relation(interpreter, path->items[i], name);
    return object && is_among(object, kinds) ? object : NULL;
}

/* --- other objects ---------------------------------------------------------------------------- */

struct object *interpret_schema(struct interpreter *interpreter, const char *name)
{
    return model_find(interpreter->model, KIND_SCHEMA, NULL, name, NULL);
}

struct object *interpret_find(struct interpreter *interpreter, enum kind kind, const char *schema,
                              const char *name, const char *signature)
{
    const struct text_list *path = interpreter->search_path;
    struct object *found = NULL;

    for (size_t i = 0; !found && i < (schema ? 1 : path->count); i++) {
        const struct object *parent =
            interpret_schema(interpreter, schema ? schema : path->items[i]);

        if (parent)
            found = model_find(interpreter->model, kind, parent, name, signature);
    }
    return found;
}

struct object *interpret_find_type(struct interpreter *interpreter, const char *schema,
                                   const char *name)
{
    struct object *found = NULL;

    for (const enum kind *kind = interpret_type_kinds; !found && *kind != KIND_NONE; kind++)
        found = interpret_find(interpreter, *kind, schema, name, NULL);
    return found;
}

struct object *interpret_type_object(struct interpreter *interpreter, const struct pg_type *type)
{
    while (type->element)
        type = type->element;
    if (!type->user)
        return NULL;
    if (type->relation && type->type_class == PG_TYPE_COMPOSITE)
        return interpret_relation(interpreter, type->schema, type->name);
    return interpret_find_type(interpreter, type->schema, type->name);
}

void interpret_name(List *names, const char **schema, const char **name)
{
    int count = list_length(names);

    *schema = count > 1 ? strVal(list_nth(names, count - 2)) : NULL;
    *name = strVal(llast(names));
}

List *interpret_all_but_last(const List *list)
{
    List *result = NIL;

    for (int i = 0; i + 1 < list_length(list); i++)
        result = lappend(result, list_nth(list, i));
    return result;
}

const char *interpret_print_name(struct interpreter *interpreter, List *names)
{
    struct buffer text = BUFFER_EMPTY;
    ListCell *cell;

    foreach (cell, names) {
        buffer_separate(&text, 0, ".");
        buffer_append(&text, pg_quote_name(interpreter->arena, strVal(lfirst(cell))));
    }
    return buffer_take(&text, interpreter->arena);
}

/* --- names that the server chooses ------------------------------------------------------------ */

const char *interpret_cut_name(struct interpreter *interpreter, const char *name)
{
    size_t kept = pg_clip_name(name, PG_NAME_BYTES);

    return name[kept] ? arena_strndup(interpreter->arena, name, kept) : name;
}

const char *interpret_choose_name(
    struct interpreter *interpreter, const char *name1, const char *name2, const char *label,
    bool (*taken)(struct interpreter *interpreter, const char *name, void *context), void *context)
{
    const char *name = pg_chosen_name(interpreter->arena, name1, name2, label);

    for (int pass = 1; taken && taken(interpreter, name, context); pass++)
        name = pg_chosen_name(interpreter->arena, name1, name2,
                              arena_printf(interpreter->arena, "%s%d", label ? label : "", pass));
    return name;
}

/* --- types ------------------------------------------------------------------------------------ */

/* What nobody declares may be a type that comes with an extension whose members are not known. */
static bool guess_type(struct interpreter *interpreter, TypeName *name)
{
    const char *schema;
    const char *bare;
    struct pg_type type = {.type_class = PG_TYPE_BASE, .category = 'U', .user = true};

    if (!interpreter->rounds.lenient || !interpreter->unknown_extension || name->pct_type)
        return false;
    interpret_name(name->names, &schema, &bare);
    if (!schema)
        schema = interpreter->unknown_schema;
    type.schema = arena_strdup(interpreter->arena, schema);
    type.name = arena_strdup(interpreter->arena, bare);
    pg_universe_add_type(interpret_universe(interpreter), type);
    return true;
}

const struct pg_type *interpret_resolve_type(struct interpreter *interpreter, TypeName *name,
                                             int32_t *typmod)
{
    struct error *error = interpret_scratch_error(interpreter);
    int32_t found_typmod = -1;
    const struct pg_type *type =
        pg_resolve_type_name(interpret_universe(interpreter), name, &found_typmod, error);

    if (!type && interpreter->rounds.lenient && interpret_adopt_type(interpreter, name))
        type = pg_resolve_type_name(interpret_universe(interpreter), name, &found_typmod, error);
    if (!type && guess_type(interpreter, name))
        type = pg_resolve_type_name(interpret_universe(interpreter), name, &found_typmod, error);
    if (typmod)
        *typmod = found_typmod;
    if (type)
        return type;
    interpret_missing(interpreter, name->location, "%s", error->message);
    if (interpreter->rounds.reporting && error->hint[0])
        error_hint(interpreter->error, "%s", error->hint);
    return NULL;
}

const char *interpret_type(struct interpreter *interpreter, TypeName *name)
{
    int32_t typmod;
    const struct pg_type *type = interpret_resolve_type(interpreter, name, &typmod);

    return type ? pg_type_format(type, typmod, interpreter->arena) : NULL;
}

const char *interpret_collation(struct interpreter *interpreter, const CollateClause *clause)
{
    const struct text_list *path = interpreter->search_path;
    const char *schema;
    const char *name;

    if (!clause)
        return NULL;
    interpret_name(clause->collname, &schema, &name);
    if (schema && strcmp(schema, "pg_catalog") == 0)
        schema = NULL;
    else if (!schema)
        for (size_t i = 0; !schema && i < path->count; i++) {
            const char *identity =
                arena_printf(interpreter->arena, "collation %s",
                             pg_qualify(interpreter->arena, path->items[i], name));

            if (model_find(interpreter->model, KIND_UNMODELLED, NULL, identity, NULL))
                schema = path->items[i];
        }
    if (!schema && strcmp(name, "default") == 0)
        return NULL;
    return pg_qualify(interpreter->arena, schema, name);
}

/* --- routines --------------------------------------------------------------------------------- */

const char *interpret_signature(struct interpreter *interpreter, List *types)
{
    struct buffer text = BUFFER_EMPTY;
    ListCell *cell;

    foreach (cell, types) {
        const struct pg_type *type = NULL;

        if (lfirst(cell)) /* NULL: NONE, of operators */
            type = interpret_resolve_type(interpreter, lfirst(cell), NULL);
        if (!type) {
            buffer_free(&text);
            return NULL;
        }
        buffer_separate(&text, 0, ", ");
        buffer_append(&text, interpret_argument_type(interpreter, type));
    }
    return buffer_take(&text, interpreter->arena);
}

/* As format_type prints without a modifier: bpchar and bit are plain words then. */
const char *interpret_argument_type(struct interpreter *interpreter, const struct pg_type *type)
{
    const struct pg_type *element = type->element && type->category == 'A' ? type->element : type;
    const char *word = NULL;

    if (strcmp(element->schema, "pg_catalog") == 0 && strcmp(element->name, "bpchar") == 0)
        word = "character";
    else if (strcmp(element->schema, "pg_catalog") == 0 && strcmp(element->name, "bit") == 0)
        word = "bit";
    if (word)
        return element == type ? word : arena_printf(interpreter->arena, "%s[]", word);
    return pg_type_format(type, -1, interpreter->arena);
}

/* The only routine of that name in the first schema of the path that has one. */
static struct object *find_by_name(struct interpreter *interpreter, enum kind kind,
                                   const char *schema_name, const char *name, bool *ambiguous)
{
    const struct text_list *path = interpreter->search_path;
    struct object *found = NULL;

    for (size_t i = 0; !found && i < (schema_name ? 1 : path->count); i++) {
        const struct object *schema =
            interpret_schema(interpreter, schema_name ? schema_name : path->items[i]);

        for (struct object *child = schema ? schema->first_child : NULL; child;
             child = child->next_sibling) {
            if (child->kind != KIND_FUNCTION && child->kind != KIND_AGGREGATE)
                continue;
            if ((kind != KIND_NONE && child->kind != kind) || strcmp(child->name, name) != 0)
                continue;
            *ambiguous = found != NULL;
            found = child;
        }
    }
    return found;
}

struct object *interpret_find_routine(struct interpreter *interpreter, enum kind kind,
                                      ObjectWithArgs *name, int location)
{
    const char *schema;
    const char *bare;
    const char *signature = NULL;
    const char *shown = interpret_print_name(interpreter, name->objname);
    struct object *found = NULL;
    bool ambiguous = false;

    interpret_name(name->objname, &schema, &bare);
    if (name->args_unspecified) {
        found = find_by_name(interpreter, kind, schema, bare, &ambiguous);
        if (ambiguous) {
            interpret_fail(interpreter, location, "function name %s is not unique", shown);
            error_hint(interpreter->error, "Write its argument types: %s(...).", shown);
            return NULL;
        }
    } else {
        signature = interpret_signature(interpreter, name->objargs);
        if (!signature)
            return NULL;
        if (kind != KIND_AGGREGATE)
            found = interpret_find(interpreter, KIND_FUNCTION, schema, bare, signature);
        if (!found && kind != KIND_FUNCTION)
            found = interpret_find(interpreter, KIND_AGGREGATE, schema, bare, signature);
    }
    if (found)
        return found;
    interpret_missing(interpreter, location, "function %s(%s) does not exist", shown,
                      signature ? signature : "...");
    if (interpreter->rounds.reporting) {
        found = find_by_name(interpreter, kind, schema, bare, &ambiguous);
        if (found)
            error_hint(interpreter->error, "There is %s(%s).", shown, found->signature);
    }
    return NULL;
}

struct built_in_search {
    const struct pg_function *found;
    int place;
};

static void see_function(void *object, int place, void *context)
{
    struct built_in_search *search = context;

    if (!search->found || place < search->place) {
        search->found = object;
        search->place = place;
    }
}

/* Trigger functions of the server, which no expression can call. */
static bool is_trigger_function(const char *schema, const char *name)
{
    static const char *const names[] = {"suppress_redundant_updates_trigger",
                                        "tsvector_update_trigger", "tsvector_update_trigger_column",
                                        "unique_key_recheck", NULL};

    if (schema && strcmp(schema, "pg_catalog") != 0)
        return false;
    for (const char *const *known = names; *known; known++)
        if (strcmp(*known, name) == 0)
            return true;
    return schema && strncmp(name, "RI_FKey_", 8) == 0;
}

/* The server's functions on values of type internal are not among those that expressions can
 * call; no language but C can make others. */
static bool may_be_internal(const struct interpreter *interpreter, const char *schema,
                            const char *signature)
{
    return interpreter->rounds.lenient && signature && strstr(signature, "internal") &&
           (!schema || strcmp(schema, "pg_catalog") == 0);
}

static size_t count_types(const char *signature)
{
    size_t count = *signature ? 1 : 0;

    for (; *signature; signature++)
        count += *signature == ',';
    return count;
}

/* The functions of the server's own ordered-set aggregates. */
static bool is_of_ordered_set(const char *name)
{
    static const char *const names[] = {"cume_dist_final",
                                        "dense_rank_final",
                                        "mode_final",
                                        "ordered_set_transition",
                                        "ordered_set_transition_multi",
                                        "percent_rank_final",
                                        "percentile_cont_float8_final",
                                        "percentile_cont_float8_multi_final",
                                        "percentile_cont_interval_final",
                                        "percentile_cont_interval_multi_final",
                                        "percentile_disc_final",
                                        "percentile_disc_multi_final",
                                        "rank_final"};

    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

/* One that only has the name is not meant where it takes another number of arguments and the server has its own. */
static bool is_other_routine(const struct object *object, const char *schema, const char *signature)
{
    return !schema && signature && strstr(signature, "internal") && object->signature &&
           is_of_ordered_set(object->name) &&
           count_types(object->signature) != count_types(signature);
}

const char *interpret_function_name(struct interpreter *interpreter, List *names,
                                    const char *signature, struct object **found, int location)
{
    struct built_in_search search = {0};
    const char *schema;
    const char *name;
    bool ambiguous = false;

    interpret_name(names, &schema, &name);
    *found = signature ? interpret_find(interpreter, KIND_FUNCTION, schema, name, signature) : NULL;
    if (!*found) {
        universe_functions(interpret_universe(interpreter), schema, name, see_function, &search);
        if (!search.found || !signature)
            *found = find_by_name(interpreter, KIND_FUNCTION, schema, name, &ambiguous);
        if (*found && is_other_routine(*found, schema, signature))
            *found = NULL;
    }
    if (*found)
        return pg_qualify(interpreter->arena, (*found)->parent->name, name);
    if (!search.found &&
        (is_trigger_function(schema, name) || may_be_internal(interpreter, schema, signature)))
        return pg_quote_name(interpreter->arena, name);
    if (!search.found && (!interpreter->rounds.lenient || !interpreter->unknown_extension)) {
        const char *shown = interpret_print_name(interpreter, names);

        interpret_missing(interpreter, location, "function %s does not exist", shown);
        if (interpreter->rounds.reporting)
            interpret_no_object(interpreter, KIND_FUNCTION, names, location);
        return NULL;
    }
    if (search.found)
        schema = search.found->schema;
    else if (!schema)
        schema = interpreter->unknown_schema;
    if (strcmp(schema, "pg_catalog") == 0)
        schema = NULL;
    return pg_qualify(interpreter->arena, schema, name);
}
