/* What is used by code that making an object runs. The server reads a body in quotes only when it runs, and it runs, or
 * is put in place of its call, when a materialized view is filled, an index built, a check tried against rows. What the body
 * names has to be there by then. No more than an order follows from that: names are looked for as words of the body,
 * also of the strings in it, which may be names or statements themselves; what only looks like a name does no harm. */
#include <ctype.h>
#include <string.h>

#include "postgres/resolve/resolve.h"
#include "postgres/sql/quote.h"
#include "postgres/sql/scan.h"

struct run {
    struct resolver *resolver;
    struct map seen;             /* keys of objects */
    struct pointer_list reached; /* struct object *, and how far they have been followed */
    size_t next;
};

static void reach(struct run *run, struct object *object)
{
    if (object && !object->removed && map_add(&run->seen, object->key))
        pointer_list_add(&run->reached, run->resolver->scratch, object);
}

static void reach_all(struct run *run, const struct pointer_list *list)
{
    for (size_t i = 0; list && i < list->count; i++)
        reach(run, list->items[i]);
}

/* --- names in a body ------------------------------------------------------------------------------ */

static void reach_in(struct run *run, const char *schema, const char *name)
{
    static const char *const classes[] = {"text search configuration", "text search dictionary",
                                          "collation"};
    struct resolver *resolver = run->resolver;
    const char *place = arena_printf(resolver->scratch, "%s\x1f%s", schema, name);

    reach(run, map_get(&resolver->relation_objects, place));
    reach(run, map_get(&resolver->type_objects, place));
    reach_all(run, map_get(&resolver->function_objects, place));
    for (size_t i = 0; i < sizeof(classes) / sizeof(*classes); i++)
        reach_all(run, resolver_find_named(resolver, classes[i], schema, name));
}

static void reach_on_path(struct run *run, const struct text_list *path, const char *name)
{
    for (size_t i = 0; i < path->count; i++)
        reach_in(run, path->items[i], name);
}

static const char *token_name(struct arena *arena, const char *text, const struct pg_token *token)
{
    const char *at = arena_strndup(arena, text + token->start, token->end - token->start);
    char *folded;

    if (token->kind == PG_TOKEN_NAME)
        return pg_take_name(arena, &at, "");
    folded = arena_strdup(arena, at);
    for (char *letter = folded; *letter; letter++)
        *letter = (char)tolower((unsigned char)*letter);
    return folded;
}

static bool is_name(const struct pg_token *token)
{
    return token->kind == PG_TOKEN_WORD || token->kind == PG_TOKEN_NAME;
}

/* "schema.name" or "name" at the token; gives where it ends. */
static size_t read_name(struct run *run, const struct text_list *path, const char *text,
                        size_t length, struct pg_token token)
{
    struct arena *arena = run->resolver->scratch;
    const char *first = token_name(arena, text, &token);
    struct pg_token dot, second;

    reach_on_path(run, path, first);
    if (!pg_scan_code(text, length, token.end, &dot) || !pg_token_is(text, &dot, ".") ||
        !pg_scan_code(text, length, dot.end, &second) || !is_name(&second))
        return token.end;
    reach_in(run, first, token_name(arena, text, &second));
    return second.end;
}

/* The text within a string constant: between quotes, or between $tag$s. */
static struct pg_token inside(const char *text, struct pg_token token)
{
    size_t fence = 1;

    while (token.start < token.end && text[token.start] != '\'' && text[token.start] != '$')
        token.start++;
    if (token.start < token.end && text[token.start] == '$') {
        while (token.start + fence < token.end && text[token.start + fence] != '$')
            fence++;
        fence++;
    }
    if (token.end - token.start < 2 * fence)
        token.start = token.end;
    else
        token = (struct pg_token){token.kind, token.start + fence, token.end - fence};
    return token;
}

static void read_code(struct run *run, const struct text_list *path, const char *text,
                      size_t length, int depth)
{
    struct pg_token token;
    size_t at = 0;

    while (pg_scan_code(text, length, at, &token)) {
        at = token.end;
        if (is_name(&token)) {
            at = read_name(run, path, text, length, token);
        } else if (token.kind == PG_TOKEN_STRING && depth < 4) {
            struct pg_token content = inside(text, token);

            read_code(run, path, text + content.start, content.end - content.start, depth + 1);
        }
    }
}

/* --- routines ------------------------------------------------------------------------------------- */

/* The path that the routine sets for itself, or else that of its author. */
static struct text_list path_of(struct run *run, const struct object *object)
{
    static const char setting[] = "search_path=";
    const struct text_list *settings = &as_function(object)->settings;
    struct arena *arena = run->resolver->scratch;
    struct text_list path = {0};

    for (size_t i = 0; i < settings->count; i++) {
        const char *at = settings->items[i] + sizeof(setting) - 1;

        if (strncmp(settings->items[i], setting, sizeof(setting) - 1) != 0)
            continue;
        for (at += strspn(at, ", "); *at; at += strspn(at, ", "))
            text_list_add(&path, arena, pg_take_name(arena, &at, ", "));
        return path;
    }
    if (object->search_path && object->search_path->count)
        return *object->search_path;
    text_list_add(&path, arena, "public");
    return path;
}

static void read_body(struct run *run, const struct object *object)
{
    const struct function *function = as_function(object);
    struct text_list path;

    if (!function->body || !function->language || strcmp(function->language, "c") == 0 ||
        strcmp(function->language, "internal") == 0)
        return;
    path = path_of(run, object);
    read_code(run, &path, function->body, strlen(function->body), 0);
}

/* What runs when the object does, or is read. */
static void follow(struct run *run, struct object *object)
{
    switch (object->kind) {
    case KIND_FUNCTION:
        read_body(run, object);
        reach_all(run, &object->needs);
        break;
    case KIND_AGGREGATE:
    case KIND_VIEW:
    case KIND_UNMODELLED:
    case KIND_DOMAIN_CHECK:
        reach_all(run, &object->needs);
        break;
    case KIND_DOMAIN:
        for (struct object *child = object->first_child; child; child = child->next_sibling)
            reach(run, child);
        break;
    default:
        break;
    }
}

/* --- what runs code when it is made --------------------------------------------------------------- */

static bool runs_code(const struct object *object)
{
    switch (object->kind) {
    case KIND_MATERIALIZED_VIEW:
        return !as_materialized_view(object)->no_data;
    case KIND_COLUMN:
    case KIND_DEFAULT:
    case KIND_CHECK:
    case KIND_EXCLUSION:
    case KIND_INDEX:
    case KIND_DOMAIN_CHECK:
        return true;
    case KIND_TABLE:
        return as_table(object)->partition_keys.count > 0;
    default:
        return false;
    }
}

static bool calls_something(const struct object *object)
{
    for (size_t i = 0; i < object->needs.count; i++) {
        const struct object *needed = object->needs.items[i];

        if (needed->kind == KIND_FUNCTION || needed->kind == KIND_AGGREGATE ||
            needed->kind == KIND_VIEW || needed->kind == KIND_UNMODELLED ||
            needed->kind == KIND_DOMAIN)
            return true;
    }
    return false;
}

static void find_uses(struct resolver *resolver, struct object *object)
{
    struct run run = {.resolver = resolver, .seen = map_new(resolver->scratch)};
    size_t direct;

    map_add(&run.seen, object->key);
    reach_all(&run, &object->needs);
    direct = run.reached.count;
    while (run.next < run.reached.count)
        follow(&run, run.reached.items[run.next++]);
    for (size_t i = direct; i < run.reached.count; i++)
        pointer_list_add(&object->uses, resolver->arena, run.reached.items[i]);
}

void resolver_bodies(struct resolver *resolver)
{
    const struct model *model = resolver->model;

    for (size_t i = 0; i < model->count; i++) {
        struct object *object = model->objects[i];

        if (!object->removed && runs_code(object) && calls_something(object))
            find_uses(resolver, object);
    }
}
