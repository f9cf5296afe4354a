/* Tables that leave their partitioned table or a table that they inherit from: what they have from there becomes their own
 * when they are let go (DETACH PARTITION, NO INHERIT), but for triggers, which end. The model of what is there is told so
 * before the comparison, and that letting go comes first. */
#include "postgres/resolve/reconcile.h"
#include <string.h>

#include "model/fields.h"
#include "postgres/facts/flavor.h"

static const struct object *parent_of(const struct object *table)
{
    const struct object *attachment = object_child(table, KIND_ATTACHMENT, "");

    return attachment ? as_attachment(attachment)->table : NULL;
}

static bool is_among(const struct pointer_list *parents, const struct object *table)
{
    for (size_t i = 0; i < parents->count; i++) {
        const struct object *parent = parents->items[i];

        if (strcmp(parent->key, table->key) == 0)
            return true;
    }
    return false;
}

static void own_reference(struct object **reference, const struct object *parent)
{
    if (*reference && object_is_below(*reference, parent))
        *reference = NULL;
}

/* What the object had from the parent is its own. */
static void make_own(struct object *object, const struct object *parent)
{
    switch (object->kind) {
    case KIND_COLUMN:
        as_column(object)->inherited = false;
        break;
    case KIND_NOT_NULL:
        as_not_null(object)->inherited = false;
        break;
    case KIND_CHECK:
        as_check_constraint(object)->inherited = false;
        break;
    case KIND_PRIMARY_KEY:
        own_reference(&as_primary_key(object)->attached_to, parent);
        break;
    case KIND_UNIQUE:
        own_reference(&as_unique_constraint(object)->attached_to, parent);
        break;
    case KIND_EXCLUSION:
        own_reference(&as_exclusion(object)->attached_to, parent);
        break;
    case KIND_INDEX:
        own_reference(&as_index(object)->attached_to, parent);
        break;
    case KIND_FOREIGN_KEY:
        own_reference(&as_foreign_key(object)->attached_to, parent);
        break;
    default:
        break;
    }
}

/* True for a table that goes, or is made anew since it is partitioned otherwise. */
static bool goes(const struct model *to, const struct object *table)
{
    const struct object *wanted = model_find_key(to, table->key);
    const struct field *fields = kind_fields(KIND_TABLE).items;

    return !wanted || !field_equal(table, wanted, &fields[field_table_partition_strategy]) ||
           !field_equal(table, wanted, &fields[field_table_partition_keys]);
}

/* True for a copy of the foreign key of a parent that goes, to a table that goes: it ends with that key, before the table is
 * let go. */
static bool ends_with_parent(const struct model *to, const struct object *object,
                             const struct object *parent)
{
    const struct object *whole =
        object->kind == KIND_FOREIGN_KEY ? as_foreign_key(object)->attached_to : NULL;

    return whole && object_is_below(whole, parent) && as_foreign_key(object)->table &&
           !model_find_key(to, parent->key) && goes(to, as_foreign_key(object)->table);
}

/* Triggers of the parent end with the attachment; so did foreign keys to partitioned tables. */
static bool ends_with_attachment(const struct model *model, const struct object *object)
{
    const struct foreign_key *key =
        object->kind == KIND_FOREIGN_KEY ? as_foreign_key(object) : NULL;

    if (object->kind == KIND_TRIGGER)
        return object->implied;
    return key && key->attached_to && key->table && as_table(key->table)->partition_strategy &&
           !pg_can(model->server_version, PG_CAN_DETACH_WITH_KEYS);
}

/* first: what has to be dropped (or altered away) before the table's parts are touched. */
static void release(struct model *model, const struct model *to, struct object *object,
                    const struct object *parent, struct object *first)
{
    for (struct object *child = object->first_child; child; child = child->next_sibling) {
        if (child->removed || child == first)
            continue;
        if (ends_with_attachment(model, child)) {
            model_remove(model, child);
            continue;
        }
        if (first && ends_with_parent(to, child, parent)) {
            model_need(model, as_foreign_key(child)->attached_to, first);
            continue;
        }
        object_forget_below(child, parent);
        make_own(child, parent);
        child->implied = false;
        if (first)
            model_need(model, first, child);
        release(model, to, child, parent, first);
    }
}

/* A partition that is to be a table of its own, or another one's partition. */
static void release_partition(struct model *from, const struct model *to, struct object *table,
                              const struct object *wanted)
{
    const struct object *parent = parent_of(table);
    const struct object *next = parent_of(wanted);

    if (!parent || (next && strcmp(parent->key, next->key) == 0))
        return;
    object_forget_below(table, parent);
    release(from, to, table, parent, object_child(table, KIND_ATTACHMENT, ""));
}

/* Columns that another parent has as well stay what they are. */
static void release_heir(struct model *from, const struct model *to, struct object *table,
                         const struct object *wanted)
{
    const struct pointer_list *parents = &as_table(table)->inherits;

    for (size_t i = 0; i < parents->count; i++)
        if (is_among(&as_table(wanted)->inherits, parents->items[i]))
            return;
    for (size_t i = 0; i < parents->count; i++)
        release(from, to, table, parents->items[i], NULL);
}

void pg_release_tables(struct model *from, const struct model *to)
{
    for (size_t i = 0; i < from->count; i++) {
        struct object *table = from->objects[i];
        const struct object *wanted;

        if (table->kind != KIND_TABLE || table->removed)
            continue;
        wanted = model_find_key(to, table->key);
        if (!wanted || wanted->removed)
            continue;
        release_partition(from, to, table, wanted);
        if (as_table(table)->inherits.count)
            release_heir(from, to, table, wanted);
    }
}

/* --- partition keys -------------------------------------------------------------------------------- */

static bool is_word(char letter)
{
    return letter == '_' || (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'z') ||
           (letter >= 'A' && letter <= 'Z');
}

static bool mentions(const char *text, const char *name)
{
    size_t length = strlen(name);

    for (const char *at = text; (at = strstr(at, name)); at++)
        if ((at == text || !is_word(at[-1])) && !is_word(at[length]))
            return true;
    return false;
}

static bool is_in_key(const struct expression_list *keys, const char *name)
{
    for (size_t i = 0; i < keys->count; i++) {
        const struct expression *key = &keys->items[i];

        if (mentions(key->canonical ? key->canonical : key->written, name))
            return true;
    }
    return false;
}

static void note_key_type(struct model *from, struct object *table, const struct object *wanted)
{
    for (const struct object *column = NULL;
         (column = object_next_child(table, KIND_COLUMN, column));) {
        const struct object *other = object_child(wanted, KIND_COLUMN, column->name);
        const char *type = as_column(column)->type;

        if (!other || !type || !is_in_key(&as_table(table)->partition_keys, column->name) ||
            (text_equal(type, as_column(other)->type) &&
             text_equal(as_column(column)->collation, as_column(other)->collation)))
            continue;
        as_table(table)->partition_strategy = arena_printf(
            from->arena, "%s of %s %s", as_table(table)->partition_strategy, column->name, type);
        return;
    }
}

void pg_note_key_types(struct model *from, const struct model *to)
{
    for (size_t i = 0; i < from->count; i++) {
        struct object *table = from->objects[i];
        const struct object *wanted;

        if (table->kind != KIND_TABLE || table->removed || !as_table(table)->partition_keys.count)
            continue;
        wanted = model_find_key(to, table->key);
        if (wanted && !wanted->removed)
            note_key_type(from, table, wanted);
    }
}
