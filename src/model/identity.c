/* The one codec of identities. */
#include "model/identity.h"

#include <ctype.h>
#include <string.h>

#include "core/buffer.h"
#include "core/text/shown.h"
#include "model/fields.h"

static const char *const printed_names[] = {
    [KIND_NONE] = "nothing",
#define KIND(upper, lower, printed) [KIND_##upper] = printed,
#define FIELD(lower, type, name, flags)
#define END(upper, lower)
#include "model/kinds.def"
#undef KIND
#undef FIELD
#undef END
};

static const char *const words[] = {
    [KIND_NONE] = "none",
#define KIND(upper, lower, printed) [KIND_##upper] = #lower,
#define FIELD(lower, type, name, flags)
#define END(upper, lower)
#include "model/kinds.def"
#undef KIND
#undef FIELD
#undef END
};

const char *kind_name(enum kind kind)
{
    return printed_names[kind];
}

const char *kind_word(enum kind kind)
{
    return words[kind];
}

static void append_escaped(struct buffer *key, const char *name)
{
    for (; *name; name++) {
        if (*name == '/' || *name == '\\' || *name == '(')
            buffer_append_char(key, '\\');
        buffer_append_char(key, *name);
    }
}

char *identity_key(struct arena *arena, enum kind kind, const struct object *parent,
                   const char *name, const char *signature)
{
    struct buffer key = BUFFER_EMPTY;

    buffer_append(&key, words[kind]);
    buffer_append_char(&key, ':');
    if (parent)
        buffer_append(&key, parent->key);
    buffer_append_char(&key, '/');
    append_escaped(&key, name);
    if (signature)
        buffer_printf(&key, "(%s)", signature);
    return buffer_take(&key, arena);
}

static bool is_plain_name(const char *name)
{
    if (!islower((unsigned char)*name) && *name != '_')
        return false;
    for (; *name; name++)
        if (!islower((unsigned char)*name) && !isdigit((unsigned char)*name) && *name != '_')
            return false;
    return true;
}

static void append_name(struct buffer *path, const char *name)
{
    if (is_plain_name(name)) {
        buffer_append(path, name);
        return;
    }
    buffer_append_char(path, '"');
    for (; *name; name++) {
        if (*name == '"')
            buffer_append_char(path, '"');
        buffer_append_char(path, *name);
    }
    buffer_append_char(path, '"');
}

static void append_path(struct buffer *path, const struct object *object)
{
    if (object->parent)
        append_path(path, object->parent);
    if (object->kind == KIND_UNMODELLED) { /* its name is class and identity, written already */
        buffer_append(path, object->name);
        return;
    }
    if (object->name[0]) {
        buffer_separate(path, 0, ".");
        append_name(path, object->name);
    }
    if (object->signature)
        buffer_printf(path, "(%s)", object->signature);
}

char *identity_path(struct arena *arena, const struct object *object)
{
    struct buffer path = BUFFER_EMPTY;

    append_path(&path, object);
    return buffer_take(&path, arena);
}

static bool is_attached(const struct object *table)
{
    for (const struct object *child = table->first_child; child; child = child->next_sibling)
        if (child->kind == KIND_ATTACHMENT)
            return true;
    return false;
}

static const char *routine_name(const struct object *object)
{
    const char *routine = as_function(object)->routine;

    if (routine && strcmp(routine, "window") == 0)
        return "window function";
    return routine ? routine : printed_names[object->kind];
}

const char *object_kind_name(const struct object *object)
{
    if (object->kind == KIND_FUNCTION)
        return routine_name(object);
    if (object->kind == KIND_TABLE && as_table(object)->server)
        return "foreign table";
    if (object->kind == KIND_TABLE && is_attached(object))
        return printed_names[KIND_PARTITION];
    return printed_names[object->kind];
}

static const char *print(struct arena *arena, const struct object *object)
{
    const char *preposition = " of ";
    const char *kind = object_kind_name(object);

    if (object->kind == KIND_PRIVILEGE)
        return arena_printf(arena, "%s of %s on %s", kind, object->name,
                            object->parent ? print(arena, object->parent) : "");
    if (object->kind == KIND_COMMENT && object->name[0])
        return arena_printf(arena, "%s on %s of %s", kind, object->name,
                            print(arena, object->parent));
    if (object->name[0] || !object->parent)
        return object->kind == KIND_UNMODELLED
                   ? arena_printf(arena, "%s", object->name)
                   : arena_printf(arena, "%s %s", kind, identity_path(arena, object));
    if (object->kind == KIND_COMMENT || object->kind == KIND_NOT_NULL)
        preposition = " on ";
    return arena_printf(arena, "%s%s%s", kind, preposition, print(arena, object->parent));
}

char *identity_print(struct arena *arena, const struct object *object)
{
    return text_shown(arena, print(arena, object));
}

/* A copy of the object and of what is above it, down to which names can be given. */
static struct object *copy_named(struct arena *arena, const struct object *object, const char *name)
{
    struct object *copy = arena_copy(arena, object, kind_fields(object->kind).size);

    copy->name = name;
    return copy;
}

char *identity_print_rename(struct arena *arena, const struct object *object,
                            const char *former_name, const char *former_schema, const char *name)
{
    struct object *former = copy_named(arena, object, former_name ? former_name : object->name);
    struct object *present = copy_named(arena, object, name);
    struct buffer path = BUFFER_EMPTY;

    if (former_schema && object->parent)
        former->parent = copy_named(arena, object->parent, former_schema);
    present->signature = NULL;
    if (former_schema)
        append_path(&path, present);
    else
        append_name(&path, name);
    return text_shown(
        arena, arena_printf(arena, "%s to %s", print(arena, former), buffer_take(&path, arena)));
}

char *identity_qualify(struct arena *arena, const char *schema, const char *name)
{
    return arena_printf(arena, "%s.%s", schema, name);
}
