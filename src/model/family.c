/* Families of objects, and the files they are kept in. */
#include "model/family.h"

#include <ctype.h>
#include <string.h>

#include "core/buffer.h"
#include "model/fields.h"
#include "model/identity.h"

bool object_is_remark(const struct object *object)
{
    return object->kind == KIND_OWNER || object->kind == KIND_PRIVILEGE ||
           object->kind == KIND_COMMENT;
}

static bool is_view(const struct object *object)
{
    return object && (object->kind == KIND_VIEW || object->kind == KIND_MATERIALIZED_VIEW);
}

bool object_is_trait(const struct object *object)
{
    switch (object->kind) {
    case KIND_NOT_NULL:
    case KIND_IDENTITY:
    case KIND_DEFAULT:
    case KIND_OWNED_BY:
    case KIND_ATTACHMENT:
    case KIND_REPLICA_IDENTITY:
    case KIND_CLUSTER:
    case KIND_ROW_SECURITY:
    case KIND_DEFAULT_PRIVILEGE:
        return true;
    case KIND_COLUMN:
        return is_view(object->parent);
    default:
        return object_is_remark(object);
    }
}

bool object_is_rebuilt(const struct object *object)
{
    switch (object->kind) {
    case KIND_DOMAIN_CHECK:
    case KIND_FUNCTION:
    case KIND_AGGREGATE:
    case KIND_CHECK:
    case KIND_PRIMARY_KEY:
    case KIND_UNIQUE:
    case KIND_EXCLUSION:
    case KIND_VIEW:
    case KIND_MATERIALIZED_VIEW:
    case KIND_INDEX:
    case KIND_FOREIGN_KEY:
    case KIND_TRIGGER:
    case KIND_EVENT:
    case KIND_POLICY:
    case KIND_PARTITION: /* its rows go where the others take them, or a hazard says that they do not */
        return true;
    case KIND_TABLE: /* a foreign one */
        return as_table(object)->server != NULL;
    case KIND_COLUMN:
        return as_column(object)->generated != NULL;
    default:
        return false;
    }
}

bool object_is_inherited(const struct object *object)
{
    int number = kind_field(object->kind, "inherited");

    return object->implied ||
           (number >= 0 &&
            *(const bool *)field_of(object, &kind_fields(object->kind).items[number]));
}

bool object_is_single(const struct object *object)
{
    return object->kind == KIND_PRIMARY_KEY;
}

/* What a sequence is there for, if it belongs to a column. */
static const struct object *owner_of_sequence(const struct object *object)
{
    const struct object *owned_by =
        object->kind == KIND_SEQUENCE ? object_child(object, KIND_OWNED_BY, "") : NULL;

    return owned_by ? as_owned_by(owned_by)->column : NULL;
}

const struct object *object_family(const struct object *object)
{
    while (object && object->parent &&
           (object->parent->kind != KIND_SCHEMA || object_is_remark(object)))
        object = object->parent;
    return object;
}

/* A name as part of a path: letters, digits and what is harmless stay, the rest is written %2F. */
static const char *file_name(struct arena *arena, const char *name)
{
    struct buffer text = BUFFER_EMPTY;

    for (const char *at = name; *at; at++) {
        unsigned char byte = (unsigned char)*at;

        if (isalnum(byte) || byte >= 0x80 || strchr("_-", byte) || (byte == '.' && at > name))
            buffer_append_char(&text, *at);
        else
            buffer_printf(&text, "%%%02X", byte);
    }
    return buffer_take(&text, arena);
}

static const char *folder_of(enum kind kind)
{
    static const char *const folders[KIND_COUNT] = {
        [KIND_ENUM] = "types",          [KIND_DOMAIN] = "types",
        [KIND_COMPOSITE] = "types",     [KIND_RANGE] = "types",
        [KIND_SEQUENCE] = "sequences",  [KIND_FUNCTION] = "functions",
        [KIND_AGGREGATE] = "functions", [KIND_TABLE] = "tables",
        [KIND_VIEW] = "views",          [KIND_MATERIALIZED_VIEW] = "views",
        [KIND_EVENT] = "events",
    };

    return folders[kind] ? folders[kind] : "others";
}

const char *family_path(struct arena *arena, const struct object *object)
{
    const struct object *family = object_family(object);
    const struct object *column = family ? owner_of_sequence(family) : NULL;

    if (column)
        family = object_family(column);
    if (!family)
        return "others.sql";
    if (family->kind == KIND_SCHEMA)
        return family->name[0]
                   ? arena_printf(arena, "schemas/%s/schema.sql", file_name(arena, family->name))
                   : "schema.sql";
    if (family->parent && !family->parent->name[0]) /* of the one schema that needs no name */
        return arena_printf(arena, "%s/%s.sql", folder_of(family->kind),
                            file_name(arena, family->name));
    if (family->parent)
        return arena_printf(arena, "schemas/%s/%s/%s.sql", file_name(arena, family->parent->name),
                            folder_of(family->kind), file_name(arena, family->name));
    if (family->kind == KIND_EXTENSION)
        return arena_printf(arena, "extensions/%s.sql", file_name(arena, family->name));
    return arena_printf(arena, "%s.sql", kind_word(family->kind));
}
