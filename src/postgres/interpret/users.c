/* Who may use an object, by an index of the model that lasts for a row of DROP statements. */
#include "postgres/interpret/users.h"

#include <stdlib.h>

#include "model/fields.h"
#include "postgres/interpret/base/base.h"
#include "postgres/sql/quote.h"

struct user {
    struct object *object;
    size_t position; /* in the model */
};

struct user_list {
    struct user *items;
    size_t count;
    size_t room;
};

struct users {
    struct arena *arena;
    struct map references; /* an object's key -> struct user_list * */
    struct map types;      /* "schema.type" -> the same */
    struct user_list views;
    size_t ended; /* statements that had ended when the last DROP began */
};

/* --- types ------------------------------------------------------------------------------------- */

void types_named_by(const struct object *object, void (*visit)(const char *type, void *context),
                    void *context)
{
    const struct text_list *arguments;

    switch (object->kind) {
    case KIND_COLUMN:
        visit(as_column(object)->type, context);
        break;
    case KIND_ATTRIBUTE:
        visit(as_attribute(object)->type, context);
        break;
    case KIND_DOMAIN:
        visit(as_domain(object)->type, context);
        break;
    case KIND_RANGE:
        visit(as_range(object)->subtype, context);
        break;
    case KIND_TABLE:
        visit(as_table(object)->of_type, context);
        break;
    case KIND_FUNCTION:
        arguments = &as_function(object)->argument_types;
        for (size_t i = 0; i < arguments->count; i++)
            visit(arguments->items[i], context);
        visit(as_function(object)->returns, context);
        break;
    default:
        break;
    }
}

/* --- making ------------------------------------------------------------------------------------ */

static void add_user(struct user_list *list, struct arena *arena, struct user user)
{
    list->items = list_room(arena, list->items, list->count, &list->room, sizeof(*list->items));
    list->items[list->count++] = user;
}

static void add_to(struct users *users, struct map *map, const char *key, struct user user)
{
    struct user_list *list = map_get(map, key);

    if (!list) {
        list = ARENA_NEW(users->arena, struct user_list);
        map_set(map, key, list);
    }
    add_user(list, users->arena, user);
}

struct adding {
    struct users *users;
    struct user user;
};

static void add_reference(struct object *referenced, void *context)
{
    struct adding *adding = context;

    add_to(adding->users, &adding->users->references, referenced->key, adding->user);
}

/* A type's text up to its modifiers and brackets; names of the server's own have no schema. */
static void add_type(const char *text, void *context)
{
    struct adding *adding = context;
    bool quoted = false;
    bool qualified = false;
    const char *end = text;

    for (; end && *end && (quoted || (*end != '(' && *end != '[')); end++) {
        quoted ^= *end == '"';
        qualified |= *end == '.';
    }
    if (qualified)
        add_to(adding->users, &adding->users->types,
               arena_strndup(adding->users->arena, text, (size_t)(end - text)), adding->user);
}

static void add_object(struct adding *adding, struct object *object)
{
    fields_references(object, add_reference, adding);
    if (object->kind == KIND_TRIGGER || object->kind == KIND_UNMODELLED)
        for (size_t i = 0; i < object->needs.count; i++)
            add_reference(object->needs.items[i], adding);
    if (object->kind == KIND_VIEW || object->kind == KIND_MATERIALIZED_VIEW)
        add_user(&adding->users->views, adding->users->arena, adding->user);
    types_named_by(object, add_type, adding);
}

static void find_all(struct users *users, const struct model *model)
{
    users->references = map_new(users->arena);
    users->types = map_new(users->arena);
    users->views = (struct user_list){0};
    for (size_t i = 0; i < model->count; i++) {
        struct object *object = model->objects[i];
        struct adding adding = {users, {object, i}};

        if (!object->removed)
            add_object(&adding, object);
    }
}

/* True while nothing but DROP has been at work since they were found. */
static bool are_known(const struct interpreter *interpreter)
{
    const struct users *users = interpreter->users;

    return users && interpreter->statement && IsA(interpreter->statement->node, DropStmt) &&
           interpreter->other_count == users->ended;
}

static struct users *users_now(struct interpreter *interpreter)
{
    if (are_known(interpreter))
        return interpreter->users;
    if (!interpreter->users)
        interpreter->users = ARENA_NEW(interpreter->arena, struct users);
    arena_free(interpreter->users->arena);
    interpreter->users->arena = arena_new();
    interpreter->users->ended = interpreter->other_count;
    find_all(interpreter->users, interpreter->model);
    return interpreter->users;
}

void users_forget(struct interpreter *interpreter)
{
    if (interpreter->users)
        arena_free(interpreter->users->arena);
    interpreter->users = NULL;
}

/* --- asking ------------------------------------------------------------------------------------ */

static void take(struct user_list *found, struct arena *scratch, const struct user_list *list)
{
    for (size_t i = 0; list && i < list->count; i++)
        add_user(found, scratch, list->items[i]);
}

static void take_references(const struct users *users, struct user_list *found,
                            struct arena *scratch, const struct object *object)
{
    take(found, scratch, map_get(&users->references, object->key));
    for (const struct object *child = object->first_child; child; child = child->next_sibling)
        take_references(users, found, scratch, child);
}

static int compare_users(const void *a, const void *b)
{
    const struct user *one = a;
    const struct user *two = b;

    return (one->position > two->position) - (one->position < two->position);
}

static struct pointer_list in_order(struct user_list *found, struct arena *scratch)
{
    struct pointer_list list = {0};

    if (found->count)
        qsort(found->items, found->count, sizeof(*found->items), compare_users);
    for (size_t i = 0; i < found->count; i++)
        if (!i || found->items[i].position != found->items[i - 1].position)
            pointer_list_add(&list, scratch, found->items[i].object);
    return list;
}

struct pointer_list users_of(struct interpreter *interpreter, const struct object *object,
                             struct arena *scratch)
{
    const struct users *users = users_now(interpreter);
    const struct object *parent = object->parent;
    struct user_list found = {0};

    take_references(users, &found, scratch, object);
    if (object->kind == KIND_PRIMARY_KEY || object->kind == KIND_UNIQUE)
        take(&found, scratch,
             map_get(&users->references, parent->key)); /* foreign keys name the table */
    if (parent && parent->kind == KIND_SCHEMA) {
        take(&found, scratch,
             map_get(&users->types, pg_qualify(scratch, parent->name, object->name)));
        take(&found, scratch, &users->views);
    }
    return in_order(&found, scratch);
}

struct pointer_list users_by_reference(struct interpreter *interpreter, const struct object *object,
                                       struct arena *scratch)
{
    struct user_list found = {0};

    take_references(users_now(interpreter), &found, scratch, object);
    return in_order(&found, scratch);
}
