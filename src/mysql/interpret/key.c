/* Keys: the primary key and indexes, as declared in a table, on a column, or added later. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/buffer.h"
#include "model/identity.h"
#include "mysql/facts/charset.h"
#include "mysql/interpret/internal.h"
#include "mysql/sql/quote.h"

/* --- parts as texts --------------------------------------------------------------------------- */

const char *my_part_column(struct arena *arena, const char *part)
{
    struct buffer name = BUFFER_EMPTY;

    if (*part != '`')
        return NULL;
    for (part++; *part && (*part != '`' || part[1] == '`'); part++) {
        buffer_append_char(&name, *part);
        if (*part == '`')
            part++;
    }
    return buffer_take(&name, arena);
}

struct text_list my_key_parts(struct arena *arena, const struct object *key)
{
    struct text_list parts = {0};

    if (key->kind == KIND_PRIMARY_KEY)
        return text_list_copy(&as_primary_key(key)->columns, arena);
    for (size_t i = 0; i < as_index(key)->keys.count; i++)
        text_list_add(&parts, arena, as_index(key)->keys.items[i].written);
    return parts;
}

void my_set_key_parts(struct arena *arena, struct object *key, const struct text_list *parts)
{
    struct expression_list keys = {0};

    if (key->kind == KIND_PRIMARY_KEY) {
        as_primary_key(key)->columns = *parts;
        return;
    }
    for (size_t i = 0; i < parts->count; i++)
        expression_list_add(&keys, arena, (struct expression){.written = parts->items[i]});
    as_index(key)->keys = keys;
}

/* --- finding ---------------------------------------------------------------------------------- */

struct object *my_find_key(const struct object *table, const char *name)
{
    return my_child(table, KIND_INDEX, name);
}

struct object *my_primary_key(const struct object *table)
{
    return object_next_child(table, KIND_PRIMARY_KEY, NULL);
}

const char *my_free_key_name(struct my_interpreter *interpreter, const struct object *table,
                             const char *base)
{
    const char *name = base;

    if (strcasecmp(base, "PRIMARY") == 0)
        name = arena_printf(interpreter->arena, "%s_2", base);
    for (int number = 2; my_find_key(table, name); number++)
        name = arena_printf(interpreter->arena, "%s_%d", base, number);
    return name;
}

/* --- parts ------------------------------------------------------------------------------------ */

/* What the column holds at most, in the unit of prefixes; 0: it can be indexed only with one; -1: it
 * takes none. */
static long full_length(const char *type)
{
    static const char *const lengthy[] = {"char", "varchar", "binary", "varbinary"};
    static const char *const unbounded[] = {"tinytext",          "text",
                                            "mediumtext",        "longtext",
                                            "tinyblob",          "blob",
                                            "mediumblob",        "longblob",
                                            "geometry",          "point",
                                            "linestring",        "polygon",
                                            "multipoint",        "multilinestring",
                                            "multipolygon",      "geomcollection",
                                            "geometrycollection"};

    for (size_t i = 0; i < sizeof(lengthy) / sizeof(*lengthy); i++)
        if (my_type_is(type, lengthy[i]))
            return my_type_length(type);
    for (size_t i = 0; i < sizeof(unbounded) / sizeof(*unbounded); i++)
        if (my_type_is(type, unbounded[i]))
            return 0;
    return -1;
}

static int character_width(struct my_interpreter *interpreter, const struct object *column)
{
    const char *collation = as_column(column)->collation;

    return collation ? my_charset_width(my_collation_charset(interpreter->arena, collation)) : 1;
}

/* Bytes of a key's part that the engine takes at most. */
static long most_bytes(const struct object *table)
{
    const char *engine = as_table(table)->access_method;

    if (strcmp(engine, "MyISAM") == 0)
        return 1000;
    return strcmp(engine, "Aria") == 0 ? 2000 : 3072;
}

/* The prefix that lasts, "(10)" or "". */
static enum outcome prefix_of(struct my_interpreter *interpreter, const struct object *column,
                              const struct my_key *key, const struct my_key_part *part,
                              const char **prefix)
{
    const char *type = as_column(column)->type;
    long full = full_length(type);
    long length = part->length ? strtol(part->length, NULL, 10) : 0;
    long most = most_bytes(column->parent) / character_width(interpreter, column);

    *prefix = "";
    if (key->kind == MY_KEY_FULLTEXT || key->kind == MY_KEY_SPATIAL || key->kind == MY_KEY_VECTOR)
        return OUTCOME_DONE;
    if (length <= 0 && full == 0 && !interpreter->from_server &&
        interpreter->flavor.vendor == MY_MYSQL)
        return my_fail(interpreter, part->offset,
                       "column %s of type %s is in a key without a length", column->name, type);
    if (length > 0 && (full < 0 || (full > 0 && length > full)))
        return my_fail(interpreter, part->offset, "column %s of type %s has no prefix of %ld",
                       column->name, type, length);
    if (length <= 0)
        length = full;
    if (key->kind == MY_KEY_PLAIN && length > most)
        length = most; /* the server warns, and cuts */
    if (length > 0 && length != full)
        *prefix = arena_printf(interpreter->arena, "(%ld)", length);
    return OUTCOME_DONE;
}

static const char *order_of(struct my_interpreter *interpreter, const struct my_key_part *part)
{
    return part->descending && my_can(interpreter->flavor, MY_CAN_DESCENDING_KEY) ? " DESC" : "";
}

static enum outcome column_part(struct my_interpreter *interpreter, struct object *table,
                                const struct my_key *key, const struct my_key_part *part,
                                const char **text)
{
    struct arena *arena = interpreter->arena;
    struct object *column;
    const char *prefix;

    if (part->without_overlaps) {
        *text = arena_printf(arena, "%s WITHOUT OVERLAPS", my_quote_name(arena, part->column));
        return OUTCOME_DONE;
    }
    column = my_column(interpreter, table, part->column, part->offset);
    if (!column || prefix_of(interpreter, column, key, part, &prefix) != OUTCOME_DONE)
        return interpreter->outcome;
    *text = arena_printf(arena, "%s%s%s", my_quote_name(arena, column->name), prefix,
                         order_of(interpreter, part));
    return OUTCOME_DONE;
}

static enum outcome expression_part(struct my_interpreter *interpreter,
                                    const struct my_key_part *part, const char **text)
{
    struct arena *arena = interpreter->arena;

    if (!my_can(interpreter->flavor, MY_CAN_FUNCTIONAL_KEY)) {
        my_fail(interpreter, part->offset, "MariaDB has no indexes on expressions");
        error_hint(interpreter->error, "Index a generated column with that expression.");
        return OUTCOME_FAILED;
    }
    *text = arena_printf(arena, "%s%s",
                         my_in_parentheses(arena, my_written(interpreter, part->expression)),
                         order_of(interpreter, part));
    return OUTCOME_DONE;
}

static enum outcome read_parts(struct my_interpreter *interpreter, struct object *table,
                               const struct my_key *key, struct text_list *parts)
{
    for (size_t i = 0; i < key->parts.count; i++) {
        const struct my_key_part *part = key->parts.items[i];
        const char *text = NULL;
        enum outcome outcome = part->column ? column_part(interpreter, table, key, part, &text)
                                            : expression_part(interpreter, part, &text);

        if (outcome != OUTCOME_DONE)
            return outcome;
        text_list_add(parts, interpreter->arena, text);
    }
    return OUTCOME_DONE;
}

/* --- options ---------------------------------------------------------------------------------- */

/* The method that USING asks for; NULL where it is the engine's own choice anyway. */
static const char *method_of(struct my_interpreter *interpreter, const struct object *table,
                             const char *word)
{
    bool memory = strcmp(as_table(table)->access_method, "MEMORY") == 0;
    bool hash = strcasecmp(word, "HASH") == 0;

    if (strcasecmp(word, "RTREE") == 0)
        return "rtree";
    if (memory)
        return hash ? NULL : "btree";
    return hash && interpreter->flavor.vendor == MY_MARIADB ? "hash" : NULL;
}

static const char *kind_method(enum my_key_kind kind)
{
    switch (kind) {
    case MY_KEY_FULLTEXT:
        return "fulltext";
    case MY_KEY_SPATIAL:
        return "spatial";
    case MY_KEY_VECTOR:
        return "vector";
    case MY_KEY_PLAIN:
    case MY_KEY_PRIMARY:
    case MY_KEY_UNIQUE:
        break;
    }
    return NULL;
}

static bool is_on(const char *value)
{
    return strcmp(value, "1") == 0 || strcasecmp(value, "YES") == 0;
}

static void set_index_option(struct my_interpreter *interpreter, struct object *table,
                             struct object *key, const struct my_option *option)
{
    bool primary = key->kind == KIND_PRIMARY_KEY;
    struct text_list *options = primary ? &as_primary_key(key)->options : &as_index(key)->options;
    const char *name = my_option_name(interpreter->arena, option->name);

    if (strcmp(name, "using") == 0) {
        const char *method = method_of(interpreter, table, option->value);

        if (primary)
            my_option_set(interpreter->arena, options, "using", method);
        else if (!as_index(key)->method)
            as_index(key)->method = method;
    } else if (strcmp(name, "comment") == 0) {
        my_set_comment(interpreter, key, option->value, 1024);
    } else if (strcmp(name, "visible") == 0 || strcmp(name, "ignored") == 0) {
        if (!primary)
            as_index(key)->invisible = is_on(option->value) == (name[0] == 'i');
    } else if (strcmp(name, "key_block_size") == 0) {
        if (interpreter->flavor.vendor == MY_MARIADB && strcmp(option->value, "0") != 0)
            my_option_set(interpreter->arena, options, name, option->value);
    } else if (option->value) {
        my_option_set(interpreter->arena, options, name, option->value);
    }
}

static void set_options(struct my_interpreter *interpreter, struct object *table,
                        struct object *key, const struct my_key *declared)
{
    for (size_t i = 0; i < declared->options.count; i++)
        set_index_option(interpreter, table, key, declared->options.items[i]);
}

/* --- keys ------------------------------------------------------------------------------------- */

static enum outcome add_primary(struct my_interpreter *interpreter, struct object *table,
                                const struct my_key *declared, const struct text_list *parts)
{
    struct object *key;

    if (my_primary_key(table)) {
        if (declared->if_not_exists)
            return OUTCOME_DONE;
        return my_fail_existing(interpreter, declared->offset, "%s has two primary keys",
                                identity_print(interpreter->arena, table));
    }
    key = my_add(interpreter, KIND_PRIMARY_KEY, table, "PRIMARY", declared->offset);
    if (!key)
        return interpreter->outcome;
    key->name_chosen = true;
    for (size_t i = 0; i < parts->count; i++) {
        const char *name = my_part_column(interpreter->arena, parts->items[i]);
        struct object *column = name ? my_child(table, KIND_COLUMN, name) : NULL;

        if (column)
            my_set_not_null(interpreter, column);
    }
    my_set_key_parts(interpreter->arena, key, parts);
    set_options(interpreter, table, key, declared);
    return OUTCOME_DONE;
}

/* True when the first parts of `longer` are the columns of `shorter`. */
bool my_is_prefix(struct arena *arena, const struct text_list *shorter,
                  const struct text_list *longer)
{
    if (shorter->count > longer->count)
        return false;
    for (size_t i = 0; i < shorter->count; i++) {
        const char *a = my_part_column(arena, shorter->items[i]);
        const char *b = my_part_column(arena, longer->items[i]);

        if (!a || !b || strcasecmp(a, b) != 0)
            return false;
    }
    return true;
}

/* Indexes that foreign keys made for themselves give way to one that does their work. */
static void replace_implied(struct my_interpreter *interpreter, struct object *table,
                            const struct text_list *parts)
{
    for (struct object *child = table->first_child; child;) {
        struct object *next = child->next_sibling;

        if (child->kind == KIND_INDEX && child->implied) {
            struct text_list own = my_key_parts(interpreter->arena, child);

            if (my_is_prefix(interpreter->arena, &own, parts))
                model_remove(interpreter->model, child);
        }
        child = next;
    }
}

static const char *base_name(struct my_interpreter *interpreter, const struct text_list *parts)
{
    const char *column = my_part_column(interpreter->arena, parts->items[0]);

    return column ? column : "functional_index";
}

/* Bytes that a part takes at most; 0 where the column's type has no length to speak of. */
static long part_bytes(struct my_interpreter *interpreter, const struct object *column,
                       const char *part)
{
    const char *open = strstr(part, "`(");
    long length = open ? strtol(open + 2, NULL, 10) : full_length(as_column(column)->type);

    return length > 0 ? length * character_width(interpreter, column) : 0;
}

/* MariaDB makes of a unique key over whole texts, or over too many bytes, one by hash. */
static bool is_long_unique(struct my_interpreter *interpreter, const struct object *table,
                           const struct text_list *parts)
{
    long bytes = 0;

    if (interpreter->flavor.vendor != MY_MARIADB)
        return false;
    for (size_t i = 0; i < parts->count; i++) {
        const char *name = my_part_column(interpreter->arena, parts->items[i]);
        const struct object *column = name ? my_child(table, KIND_COLUMN, name) : NULL;

        if (!column)
            continue;
        if (!strstr(parts->items[i], "`(") && full_length(as_column(column)->type) == 0)
            return true;
        bytes += part_bytes(interpreter, column, parts->items[i]);
    }
    return bytes > most_bytes(table);
}

static enum outcome add_index(struct my_interpreter *interpreter, struct object *table,
                              const struct my_key *declared, const struct text_list *parts)
{
    const char *written = declared->name ? declared->name : declared->constraint;
    const char *name = written && *written ? written : NULL;
    struct object *key;

    if (declared->kind != MY_KEY_FULLTEXT && declared->kind != MY_KEY_SPATIAL)
        replace_implied(interpreter, table, parts);
    if (name && declared->if_not_exists && my_find_key(table, name))
        return OUTCOME_DONE;
    key = my_add(interpreter, KIND_INDEX, table,
                 name ? name : my_free_key_name(interpreter, table, base_name(interpreter, parts)),
                 declared->offset);
    if (!key)
        return interpreter->outcome;
    key->name_chosen = !name;
    as_index(key)->unique = declared->kind == MY_KEY_UNIQUE;
    as_index(key)->method = kind_method(declared->kind);
    my_set_key_parts(interpreter->arena, key, parts);
    set_options(interpreter, table, key, declared);
    if (as_index(key)->unique && is_long_unique(interpreter, table, parts))
        as_index(key)->method = "hash";
    return OUTCOME_DONE;
}

enum outcome my_add_key(struct my_interpreter *interpreter, struct object *table,
                        const struct my_key *key)
{
    struct text_list parts = {0};
    enum outcome outcome = read_parts(interpreter, table, key, &parts);

    if (outcome != OUTCOME_DONE)
        return outcome;
    return key->kind == MY_KEY_PRIMARY ? add_primary(interpreter, table, key, &parts)
                                       : add_index(interpreter, table, key, &parts);
}

static enum outcome add_column_key(struct my_interpreter *interpreter, struct object *table,
                                   const struct my_column *column, enum my_key_kind kind)
{
    struct my_key_part part = {.column = column->name, .offset = column->offset};
    struct my_key key = {.kind = kind, .offset = column->offset, .end = column->end};

    pointer_list_add(&key.parts, interpreter->arena, &part);
    return my_add_key(interpreter, table, &key);
}

enum outcome my_add_column_keys(struct my_interpreter *interpreter, struct object *table,
                                const struct my_column *column, bool serial)
{
    bool unique = column->unique || serial;
    enum outcome outcome = OUTCOME_DONE;

    if (column->primary)
        outcome = add_column_key(interpreter, table, column, MY_KEY_PRIMARY);
    if (outcome == OUTCOME_DONE && unique &&
        (!column->primary || interpreter->flavor.vendor == MY_MYSQL))
        outcome = add_column_key(interpreter, table, column, MY_KEY_UNIQUE);
    return outcome;
}

/* --- what follows from columns ---------------------------------------------------------------- */

static bool is_in_key(struct my_interpreter *interpreter, const struct object *table,
                      const char *column)
{
    for (const struct object *key = table->first_child; key; key = key->next_sibling) {
        struct text_list parts;

        if (key->kind != KIND_INDEX && key->kind != KIND_PRIMARY_KEY)
            continue;
        parts = my_key_parts(interpreter->arena, key);
        for (size_t i = 0; i < parts.count; i++) {
            const char *name = my_part_column(interpreter->arena, parts.items[i]);

            if (name && strcasecmp(name, column) == 0)
                return true;
        }
    }
    return false;
}

enum outcome my_check_auto_increment(struct my_interpreter *interpreter, const struct object *table)
{
    const struct object *found = NULL;

    if (interpreter->from_server)
        return OUTCOME_DONE;
    for (const struct object *child = table->first_child; child; child = child->next_sibling) {
        if (child->kind != KIND_COLUMN || !as_column(child)->auto_increment)
            continue;
        if (found)
            return my_fail(interpreter, interpreter->statement->offset,
                           "%s has two columns that count up: %s and %s",
                           identity_print(interpreter->arena, table), found->name, child->name);
        found = child;
    }
    if (!found || is_in_key(interpreter, table, found->name))
        return OUTCOME_DONE;
    my_fail(interpreter, interpreter->statement->offset,
            "column %s of %s counts up and is in no key", found->name,
            identity_print(interpreter->arena, table));
    error_hint(interpreter->error, "Make it the primary key, or add a key on it.");
    return OUTCOME_FAILED;
}

/* The part without a prefix that its column no longer exceeds. */
static const char *settled(struct my_interpreter *interpreter, const struct object *table,
                           const char *part)
{
    const char *name = my_part_column(interpreter->arena, part);
    const struct object *column = name ? my_child(table, KIND_COLUMN, name) : NULL;
    const char *open = strstr(part, "`(");
    const char *close = open ? strchr(open, ')') : NULL;
    long full;

    if (!column || !open)
        return part;
    full = full_length(as_column(column)->type);
    if (full == 0 || (full > 0 && strtol(open + 2, NULL, 10) < full))
        return part;
    return arena_printf(interpreter->arena, "%.*s%s", (int)(open + 1 - part), part, close + 1);
}

void my_settle_prefixes(struct my_interpreter *interpreter, struct object *table)
{
    for (struct object *key = table->first_child; key; key = key->next_sibling) {
        struct text_list parts;
        struct text_list changed = {0};

        if (key->kind != KIND_INDEX && key->kind != KIND_PRIMARY_KEY)
            continue;
        parts = my_key_parts(interpreter->arena, key);
        for (size_t i = 0; i < parts.count; i++)
            text_list_add(&changed, interpreter->arena,
                          settled(interpreter, table, parts.items[i]));
        my_set_key_parts(interpreter->arena, key, &changed);
    }
}
