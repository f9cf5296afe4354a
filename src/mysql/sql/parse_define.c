/* Makers of definitions: types, columns, keys, options, partitions. */
#include <string.h>
#include <strings.h>

#include "core/text/letter_case.h"
#include "core/text/nearest.h"
#include "mysql/sql/parse_build.h"

/* --- options ---------------------------------------------------------------------------------- */

struct my_option *my_option_new(struct my_parse *parse, struct my_location location,
                                const char *name, const char *value)
{
    struct my_option *option = ARENA_NEW(parse->arena, struct my_option);

    option->name = name;
    option->value = value;
    option->offset = my_source_offset(parse, location.offset);
    return option;
}

/* The options that the servers know by themselves; what else there is belongs to an engine. */
static const char *const known_options[] = {
    "ENGINE",
    "AUTO_INCREMENT",
    "AVG_ROW_LENGTH",
    "CHECKSUM",
    "TABLE_CHECKSUM",
    "COMMENT",
    "COMPRESSION",
    "CONNECTION",
    "DATA DIRECTORY",
    "INDEX DIRECTORY",
    "DELAY_KEY_WRITE",
    "ENCRYPTION",
    "INSERT_METHOD",
    "KEY_BLOCK_SIZE",
    "MAX_ROWS",
    "MIN_ROWS",
    "PACK_KEYS",
    "PASSWORD",
    "ROW_FORMAT",
    "STATS_AUTO_RECALC",
    "STATS_PERSISTENT",
    "STATS_SAMPLE_PAGES",
    "TABLESPACE",
    "STORAGE",
    "AUTOEXTEND_SIZE",
    "ENGINE_ATTRIBUTE",
    "SECONDARY_ENGINE",
    "SECONDARY_ENGINE_ATTRIBUTE",
    "TRANSACTIONAL",
    "PAGE_CHECKSUM",
    "SEQUENCE",
    "TYPE",
    "COLUMN_FORMAT",
    "SRID",
    "REF_SYSTEM_ID",
    "CLUSTERING",
    "START",
    "INCREMENT",
    "MINVALUE",
    "MAXVALUE",
    "CACHE",
    "RESTART",
    "NODEGROUP",
    "WAIT",
    "EXTENT_SIZE",
};

const char *my_nearest_option(const char *name)
{
    return nearest_name(name, known_options, sizeof known_options / sizeof known_options[0]);
}

static struct my_option *unknown_option(struct my_parse *parse, struct my_location location,
                                        const char *name)
{
    const char *nearest = my_nearest_option(name);

    my_parse_fail(parse, location.offset,
                  arena_printf(parse->arena, "MySQL knows no option \"%s\"", name),
                  nearest ? arena_printf(parse->arena, "Did you mean %s?", nearest) : NULL);
    return NULL;
}

struct my_option *my_option_named(struct my_parse *parse, struct my_location location,
                                  const struct my_token *name, const struct my_option *value)
{
    struct my_option *option = my_option_new(parse, location, name->text, value->value);
    const char *upper = text_upper(parse->arena, name->text);

    option->quoted = value->quoted;
    option->engine_defined = true;
    for (size_t i = 0; i < sizeof known_options / sizeof known_options[0]; i++)
        if (strcmp(upper, known_options[i]) == 0) {
            option->name = strcmp(upper, "TYPE") == 0             ? "ENGINE"
                           : strcmp(upper, "TABLE_CHECKSUM") == 0 ? "CHECKSUM"
                                                                  : upper;
            option->engine_defined = false;
        }
    if (option->engine_defined && !my_can(parse->flavor, MY_CAN_ENGINE_DEFINED_OPTIONS))
        return unknown_option(parse, location, name->text);
    return option;
}

struct my_option *my_option_of_engine(struct my_parse *parse, struct my_location location,
                                      const struct my_token *name, const struct my_option *value)
{
    struct my_option *option = my_option_named(parse, location, name, value);

    if (option != NULL && strcasecmp(name->text, "COMMENT") != 0)
        option->engine_defined = true;
    return option;
}

struct my_option *my_option_flag(struct my_parse *parse, struct my_location location,
                                 const char *word)
{
    if (strcmp(word, "CYCLE") == 0)
        return my_option_new(parse, location, word, "1");
    if (strcmp(word, "NOCYCLE") == 0)
        return my_option_new(parse, location, "CYCLE", "0");
    if (strcmp(word, "NOCACHE") == 0)
        return my_option_new(parse, location, "CACHE", "0");
    return my_option_new(parse, location, strncmp(word, "NO", 2) == 0 ? word + 2 : word, NULL);
}

/* --- types ------------------------------------------------------------------------------------ */

struct my_type *my_type_new(struct my_parse *parse, struct my_location location, const char *word,
                            const my_texts *arguments)
{
    struct my_type *type = ARENA_NEW(parse->arena, struct my_type);

    type->name = word;
    type->offset = my_source_offset(parse, location.offset);
    type->end = my_source_offset(parse, location.end - 1) + 1;
    if (arguments != NULL) {
        type->length = arguments->items[0];
        type->decimals = arguments->count > 1 ? arguments->items[1] : NULL;
    }
    return type;
}

struct my_type *my_type_of_name(struct my_parse *parse, struct my_location location,
                                const struct my_token *word, const my_texts *arguments)
{
    static const char *const types[] = {
        "BIT",
        "BOOL",
        "BOOLEAN",
        "DATE",
        "DATETIME",
        "TIME",
        "TIMESTAMP",
        "YEAR",
        "TEXT",
        "ENUM",
        "FIXED",
        "JSON",
        "NCHAR",
        "NVARCHAR",
        "GEOMETRY",
        "POINT",
        "LINESTRING",
        "POLYGON",
        "MULTIPOINT",
        "MULTILINESTRING",
        "MULTIPOLYGON",
        "GEOMETRYCOLLECTION",
        "GEOMCOLLECTION",
        "SERIAL",
        "VECTOR",
        "UUID",
        "INET4",
        "INET6",
        "XMLTYPE",
        "NUMBER",
        "VARCHAR2",
        "CLOB",
        "RAW",
    };
    const char *upper = text_upper(parse->arena, word->text);

    for (size_t i = 0; word->bare && i < sizeof types / sizeof types[0]; i++)
        if (strcmp(upper, types[i]) == 0)
            return my_type_new(parse, location, types[i], arguments);
    my_parse_fail(parse, word->offset,
                  arena_printf(parse->arena, "there is no data type \"%s\"", word->text), NULL);
    return NULL;
}

static unsigned digit_of(char byte)
{
    if (byte >= '0' && byte <= '9')
        return (unsigned)(byte - '0');
    return (unsigned)(byte | 32) - 'a' + 10;
}

/* The bytes that the digits mean, each of so many bits; a first byte may be incomplete. */
static const char *bytes_of(struct my_parse *parse, const char *digits, size_t bits)
{
    size_t length = strlen(digits), per_byte = 8 / bits, count = (length + per_byte - 1) / per_byte;
    char *bytes = arena_alloc(parse->arena, count + 1);
    size_t missing = count * per_byte - length;

    for (size_t i = 0; i < length; i++) {
        size_t place = (i + missing) / per_byte;

        bytes[place] = (char)(((unsigned int)(unsigned char)bytes[place] << bits) |
                              (unsigned int)digit_of(digits[i]));
    }
    return bytes;
}

const char *my_bytes_of_hex(struct my_parse *parse, const char *digits)
{
    return bytes_of(parse, digits, 4);
}

const char *my_bytes_of_bits(struct my_parse *parse, const char *digits)
{
    return bytes_of(parse, digits, 1);
}

/* --- columns and keys ------------------------------------------------------------------------- */

struct my_column *my_column_new(struct my_parse *parse, struct my_location location,
                                const char *name, const struct my_type *type)
{
    struct my_column *column = ARENA_NEW(parse->arena, struct my_column);

    column->name = name;
    column->type = *type;
    column->offset = my_source_offset(parse, location.offset);
    column->end = my_source_offset(parse, location.end - 1) + 1;
    return column;
}

struct my_check *my_check_new(struct my_parse *parse, struct my_location location,
                              struct my_node *expression, bool not_enforced)
{
    struct my_check *check = ARENA_NEW(parse->arena, struct my_check);

    check->expression = expression;
    check->not_enforced = not_enforced;
    check->offset = my_source_offset(parse, location.offset);
    return check;
}

struct my_foreign_key *my_foreign_key_new(struct my_parse *parse, struct my_location location,
                                          const struct my_name *table, const my_texts *columns)
{
    struct my_foreign_key *foreign = ARENA_NEW(parse->arena, struct my_foreign_key);

    foreign->table = *table;
    foreign->referenced = my_texts_of(columns);
    foreign->offset = my_source_offset(parse, location.offset);
    return foreign;
}

struct my_key *my_key_new(struct my_parse *parse, struct my_location location, const char *name,
                          const char *using, const my_list *parts, const my_list *options)
{
    struct my_key *key = ARENA_NEW(parse->arena, struct my_key);

    key->name = name;
    key->parts = *parts;
    if (using != NULL)
        pointer_list_add(&key->options, parse->arena,
                         my_option_new(parse, location, "USING", text_upper(parse->arena, using)));
    for (size_t i = 0; options != NULL && i < options->count; i++)
        pointer_list_add(&key->options, parse->arena, options->items[i]);
    key->offset = my_source_offset(parse, location.offset);
    key->end = my_source_offset(parse, location.end - 1) + 1;
    return key;
}

struct my_key_part *my_key_part_new(struct my_parse *parse, struct my_location location,
                                    const char *column, const char *length,
                                    struct my_node *expression, bool descending)
{
    struct my_key_part *part = ARENA_NEW(parse->arena, struct my_key_part);

    part->column = column;
    part->length = length;
    part->expression = expression;
    part->descending = descending;
    part->offset = my_source_offset(parse, location.offset);
    return part;
}

struct my_element *my_element_new(struct my_parse *parse, enum my_element_kind kind, void *content)
{
    struct my_element *element = ARENA_NEW(parse->arena, struct my_element);

    element->kind = kind;
    switch (kind) {
    case MY_ELEMENT_COLUMN:
        element->column = content;
        break;
    case MY_ELEMENT_KEY:
        element->key = content;
        break;
    case MY_ELEMENT_FOREIGN_KEY:
        element->foreign_key = content;
        break;
    case MY_ELEMENT_CHECK:
        element->check = content;
        break;
    case MY_ELEMENT_PERIOD:
        element->period = content;
        break;
    }
    return element;
}

struct my_element *my_key_element(struct my_parse *parse, struct my_location location,
                                  struct my_key *key)
{
    key->offset = my_source_offset(parse, location.offset);
    return my_element_new(parse, MY_ELEMENT_KEY, key);
}

struct my_element *my_period_new(struct my_parse *parse, const char *name, const char *start,
                                 const char *end)
{
    struct my_period *period = ARENA_NEW(parse->arena, struct my_period);

    period->name = strcasecmp(name, "SYSTEM_TIME") == 0 ? "SYSTEM_TIME" : name;
    period->start = start;
    period->end = end;
    return my_element_new(parse, MY_ELEMENT_PERIOD, period);
}

void my_constraint_name(struct my_parse *parse, struct my_location location,
                        struct my_element *element, const char *name, bool if_not_exists)
{
    size_t offset = my_source_offset(parse, location.offset);

    switch (element->kind) {
    case MY_ELEMENT_KEY:
        element->key->constraint = name == NULL ? "" : name;
        element->key->offset = offset;
        element->key->if_not_exists |= if_not_exists;
        break;
    case MY_ELEMENT_FOREIGN_KEY:
        element->foreign_key->constraint = name;
        element->foreign_key->offset = offset;
        element->foreign_key->if_not_exists |= if_not_exists;
        break;
    case MY_ELEMENT_CHECK:
        element->check->constraint = name;
        element->check->offset = offset;
        element->check->if_not_exists |= if_not_exists;
        break;
    case MY_ELEMENT_COLUMN:
    case MY_ELEMENT_PERIOD:
        break;
    }
}

/* --- partitions ------------------------------------------------------------------------------- */

struct my_partitioning *my_partitioning_new(struct my_parse *parse, struct my_location location,
                                            const char *method, struct my_node *expression,
                                            const my_texts *columns)
{
    struct my_partitioning *partitioning = ARENA_NEW(parse->arena, struct my_partitioning);

    partitioning->method = method;
    partitioning->expression = expression;
    partitioning->columns = my_texts_of(columns);
    partitioning->offset = my_source_offset(parse, location.offset);
    partitioning->end = my_source_offset(parse, location.end - 1) + 1;
    return partitioning;
}

struct my_partition *my_partition_new(struct my_parse *parse, const char *kind,
                                      const my_list *values)
{
    struct my_partition *partition = ARENA_NEW(parse->arena, struct my_partition);

    partition->kind = kind;
    partition->values = my_list_of(values);
    return partition;
}

/* --- settings --------------------------------------------------------------------------------- */

struct my_setting_value *my_setting_new(struct my_parse *parse, const char *scope, const char *name,
                                        struct my_node *value)
{
    struct my_setting_value *setting = ARENA_NEW(parse->arena, struct my_setting_value);

    setting->scope = scope;
    setting->name = text_lower(parse->arena, name);
    setting->value = value;
    return setting;
}

struct my_setting_value *my_setting_of_variable(struct my_parse *parse, const char *variable,
                                                struct my_node *value)
{
    static const struct {
        const char *prefix;
        const char *scope;
    } scopes[] = {
        {"global.", "GLOBAL"},  {"session.", "SESSION"},     {"local.", "SESSION"},
        {"persist.", "GLOBAL"}, {"persist_only.", "GLOBAL"},
    };
    const char *scope = "", *name = variable;

    if (strncmp(variable, "@@", 2) == 0) {
        name = variable + 2;
        for (size_t i = 0; i < sizeof scopes / sizeof scopes[0]; i++) {
            size_t length = strlen(scopes[i].prefix);

            if (strncasecmp(name, scopes[i].prefix, length) == 0) {
                scope = scopes[i].scope;
                name += length;
                break;
            }
        }
    }
    return my_setting_new(parse, scope, name, value);
}

struct my_setting_value *my_setting_text(struct my_parse *parse, struct my_location location,
                                         const char *name, const char *value, const char *collation)
{
    struct my_node *node =
        strcmp(value, "DEFAULT") == 0 ? NULL : my_node_word(parse, location, value);
    struct my_setting_value *setting = my_setting_new(parse, "", name, node);

    setting->collation = collation;
    return setting;
}

void my_add_setting(struct my_parse *parse, struct my_setting_value *setting)
{
    pointer_list_add(&parse->statement->settings, parse->arena, setting);
}
