/* Which foreign keys both servers refuse whatever rows there are: asked when the files have been read, since the
 * servers' own refusal would come when a plan has run half-way. */
#include <string.h>
#include <strings.h>

#include "model/identity.h"
#include "mysql/interpret/internal.h"
#include "mysql/sql/quote.h"

/* --- types that can be compared ----------------------------------------------------------------- */

/* InnoDB compares integers of one size and sign, characters of one collation, and whatever it keeps as bytes with
 * whatever else it keeps so. NULL: it is not known how the type is kept. */
static const char *integer_class(struct arena *arena, int bytes, bool is_unsigned)
{
    return arena_printf(arena, "%d %d", bytes, is_unsigned);
}

static int integer_bytes(const char *base)
{
    static const struct {
        const char *base;
        int bytes;
    } integers[] = {{"tinyint", 1}, {"smallint", 2}, {"mediumint", 3}, {"int", 4}, {"bigint", 8}};

    for (size_t i = 0; i < sizeof(integers) / sizeof(*integers); i++)
        if (strcasecmp(integers[i].base, base) == 0)
            return integers[i].bytes;
    return 0;
}

static int set_bytes(size_t values)
{
    size_t bytes = (values + 7) / 8;

    return bytes > 4 ? 8 : (int)bytes;
}

static const char *comparison_class(struct arena *arena, const struct my_stored_type *type)
{
    switch (type->class) {
    case MY_TYPE_INTEGER:
        return integer_bytes(type->base)
                   ? integer_class(arena, integer_bytes(type->base), type->is_unsigned)
                   : NULL;
    case MY_TYPE_YEAR:
        return integer_class(arena, 1, true);
    case MY_TYPE_ENUM:
        return integer_class(arena, type->values.count > 255 ? 2 : 1, true);
    case MY_TYPE_SET:
        return integer_class(arena, set_bytes(type->values.count), true);
    case MY_TYPE_DATE:
        return integer_class(arena, 3, false);
    case MY_TYPE_FLOAT:
        return type->base;
    case MY_TYPE_CHAR:
    case MY_TYPE_VARCHAR:
        return "characters";
    case MY_TYPE_DECIMAL:
    case MY_TYPE_BIT:
    case MY_TYPE_TIME:
    case MY_TYPE_DATETIME:
    case MY_TYPE_TIMESTAMP:
    case MY_TYPE_BINARY:
    case MY_TYPE_VARBINARY:
    case MY_TYPE_UUID:
    case MY_TYPE_INET:
        return "bytes";
    default:
        return NULL;
    }
}

/* Where the files are meant for no particular server, what it takes for granted may be guessed wrong. */
static bool collations_differ(const struct my_interpreter *interpreter,
                              const struct my_stored_type *x, const struct my_stored_type *y)
{
    return interpreter->model->settings.count && x->collation && y->collation &&
           strcasecmp(x->collation, y->collation) != 0;
}

static const char *described(struct arena *arena, const struct my_stored_type *type, bool collation)
{
    return collation ? arena_printf(arena, "%s COLLATE %s", type->text, type->collation)
                     : type->text;
}

static bool refuse_types(struct my_interpreter *interpreter, const struct foreign_key *key,
                         const struct object *column, const struct object *referenced,
                         size_t offset)
{
    struct arena *arena = interpreter->arena;
    struct my_stored_type own, other;
    const char *own_class, *other_class;
    bool collation;

    if (!my_stored_type_of(interpreter, column, &own) ||
        !my_stored_type_of(interpreter, referenced, &other))
        return false;
    own_class = comparison_class(arena, &own);
    other_class = comparison_class(arena, &other);
    if (!own_class || !other_class)
        return false;
    collation = strcmp(own_class, "characters") == 0 && strcmp(other_class, "characters") == 0;
    if (strcmp(own_class, other_class) == 0 &&
        !(collation && collations_differ(interpreter, &own, &other)))
        return false;
    my_fail(interpreter, offset, "%s: column %s is %s, and %s, which it refers to, is %s",
            identity_print(arena, &key->object), column->name, described(arena, &own, collation),
            identity_print(arena, referenced), described(arena, &other, collation));
    error_hint(interpreter->error, "%s",
               collation ? "Give both columns one character set and collation."
               : own.class == MY_TYPE_INTEGER && other.class == MY_TYPE_INTEGER
                   ? "Give both columns one size, and make both UNSIGNED or neither."
                   : "Give both columns one type.");
    return true;
}

/* --- actions --------------------------------------------------------------------------------------- */

static bool is_word(const char *action, const char *word)
{
    return action && strcmp(action, word) == 0;
}

static bool refuse_actions(struct my_interpreter *interpreter, const struct foreign_key *key,
                           const struct object *column, size_t offset)
{
    const char *name = identity_print(interpreter->arena, &key->object);
    const char *nulls = is_word(key->on_delete, "SET NULL")   ? "ON DELETE SET NULL"
                        : is_word(key->on_update, "SET NULL") ? "ON UPDATE SET NULL"
                                                              : NULL;

    if (nulls && object_child(column, KIND_NOT_NULL, "")) {
        my_fail(interpreter, offset, "%s: %s on column %s, which is NOT NULL", name, nulls,
                column->name);
        error_hint(interpreter->error, "Let the column be null, or choose another action.");
        return true;
    }
    if (!as_column(column)->generated)
        return false;
    if (!nulls && is_word(key->on_update, "CASCADE"))
        nulls = "ON UPDATE CASCADE";
    if (nulls) {
        my_fail(interpreter, offset, "%s: %s on column %s, which is generated", name, nulls,
                column->name);
        error_hint(interpreter->error, "A generated column cannot be set: choose another action.");
    }
    return nulls;
}

/* --- the key that is referred to ------------------------------------------------------------------- */

/* InnoDB adds the primary key's columns to each index. */
static struct text_list parts_with_primary(struct my_interpreter *interpreter,
                                           const struct object *index)
{
    struct text_list parts = my_key_parts(interpreter->arena, index);
    const struct object *primary = my_primary_key(index->parent);
    struct text_list added = {0};

    if (primary && primary != index)
        added = my_key_parts(interpreter->arena, primary);
    for (size_t i = 0; i < added.count; i++)
        text_list_add(&parts, interpreter->arena, added.items[i]);
    return parts;
}

static bool refuse_without_index(struct my_interpreter *interpreter, const struct foreign_key *key,
                                 size_t offset)
{
    struct arena *arena = interpreter->arena;
    struct text_list wanted = {0};

    for (size_t i = 0; i < key->referenced_columns.count; i++)
        text_list_add(&wanted, arena, my_quote_name(arena, key->referenced_columns.items[i]));
    for (const struct object *index = key->table->first_child; index; index = index->next_sibling) {
        struct text_list parts;

        if (!my_serves_foreign_keys(index))
            continue;
        parts = parts_with_primary(interpreter, index);
        if (my_is_prefix(arena, &wanted, &parts))
            return false;
    }
    my_fail(interpreter, offset, "%s: no key of table %s begins with the columns that it refers to",
            identity_print(arena, &key->object), key->table->name);
    error_hint(interpreter->error, "Refer to a primary or unique key.");
    return true;
}

/* --- all of it ------------------------------------------------------------------------------------- */

bool my_check_foreign_key(struct my_interpreter *interpreter, const struct foreign_key *key,
                          size_t offset)
{
    if (interpreter->from_server || !key->table || key->table->adopted ||
        key->columns.count != key->referenced_columns.count)
        return true;
    for (size_t i = 0; i < key->columns.count; i++) {
        const struct object *column =
            my_child(key->object.parent, KIND_COLUMN, key->columns.items[i]);
        const struct object *referenced =
            my_child(key->table, KIND_COLUMN, key->referenced_columns.items[i]);

        if (!column || !referenced)
            return true;
        if (refuse_actions(interpreter, key, column, offset) ||
            refuse_types(interpreter, key, column, referenced, offset))
            return false;
    }
    return !refuse_without_index(interpreter, key, offset);
}
