/* Data types as the server stores them. One table names the server's words for types; what each class
 * does with lengths, signs and character sets is below it. */
#include "mysql/types/type.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/buffer.h"
#include "mysql/facts/charset.h"
#include "mysql/sql/quote.h"

/* --- the words -------------------------------------------------------------------------------- */

struct word {
    const char *name;
    const char *base;
    enum my_type_class class;
    bool national;
};

static const struct word words[] = {
    {"TINYINT", "tinyint", MY_TYPE_INTEGER, false},
    {"INT1", "tinyint", MY_TYPE_INTEGER, false},
    {"BOOL", "tinyint", MY_TYPE_INTEGER, false},
    {"BOOLEAN", "tinyint", MY_TYPE_INTEGER, false},
    {"SMALLINT", "smallint", MY_TYPE_INTEGER, false},
    {"INT2", "smallint", MY_TYPE_INTEGER, false},
    {"MEDIUMINT", "mediumint", MY_TYPE_INTEGER, false},
    {"MIDDLEINT", "mediumint", MY_TYPE_INTEGER, false},
    {"INT3", "mediumint", MY_TYPE_INTEGER, false},
    {"INT", "int", MY_TYPE_INTEGER, false},
    {"INTEGER", "int", MY_TYPE_INTEGER, false},
    {"INT4", "int", MY_TYPE_INTEGER, false},
    {"BIGINT", "bigint", MY_TYPE_INTEGER, false},
    {"INT8", "bigint", MY_TYPE_INTEGER, false},
    {"SERIAL", "bigint", MY_TYPE_INTEGER, false},
    {"DECIMAL", "decimal", MY_TYPE_DECIMAL, false},
    {"DEC", "decimal", MY_TYPE_DECIMAL, false},
    {"NUMERIC", "decimal", MY_TYPE_DECIMAL, false},
    {"FIXED", "decimal", MY_TYPE_DECIMAL, false},
    {"NUMBER", "decimal", MY_TYPE_DECIMAL, false},
    {"FLOAT", "float", MY_TYPE_FLOAT, false},
    {"FLOAT4", "float", MY_TYPE_FLOAT, false},
    {"DOUBLE", "double", MY_TYPE_FLOAT, false},
    {"DOUBLE PRECISION", "double", MY_TYPE_FLOAT, false},
    {"FLOAT8", "double", MY_TYPE_FLOAT, false},
    {"REAL", "double", MY_TYPE_FLOAT, false},
    {"BIT", "bit", MY_TYPE_BIT, false},
    {"DATE", "date", MY_TYPE_DATE, false},
    {"TIME", "time", MY_TYPE_TIME, false},
    {"DATETIME", "datetime", MY_TYPE_DATETIME, false},
    {"TIMESTAMP", "timestamp", MY_TYPE_TIMESTAMP, false},
    {"YEAR", "year", MY_TYPE_YEAR, false},
    {"CHAR", "char", MY_TYPE_CHAR, false},
    {"CHARACTER", "char", MY_TYPE_CHAR, false},
    {"NCHAR", "char", MY_TYPE_CHAR, true},
    {"NATIONAL CHAR", "char", MY_TYPE_CHAR, true},
    {"NATIONAL CHARACTER", "char", MY_TYPE_CHAR, true},
    {"VARCHAR", "varchar", MY_TYPE_VARCHAR, false},
    {"VARCHAR2", "varchar", MY_TYPE_VARCHAR, false},
    {"CHAR VARYING", "varchar", MY_TYPE_VARCHAR, false},
    {"CHARACTER VARYING", "varchar", MY_TYPE_VARCHAR, false},
    {"VARCHARACTER", "varchar", MY_TYPE_VARCHAR, false},
    {"NVARCHAR", "varchar", MY_TYPE_VARCHAR, true},
    {"NCHAR VARCHAR", "varchar", MY_TYPE_VARCHAR, true},
    {"NCHAR VARYING", "varchar", MY_TYPE_VARCHAR, true},
    {"NATIONAL VARCHAR", "varchar", MY_TYPE_VARCHAR, true},
    {"NATIONAL VARCHARACTER", "varchar", MY_TYPE_VARCHAR, true},
    {"NATIONAL CHAR VARYING", "varchar", MY_TYPE_VARCHAR, true},
    {"NATIONAL CHARACTER VARYING", "varchar", MY_TYPE_VARCHAR, true},
    {"TINYTEXT", "tinytext", MY_TYPE_TEXT, false},
    {"TEXT", "text", MY_TYPE_TEXT, false},
    {"MEDIUMTEXT", "mediumtext", MY_TYPE_TEXT, false},
    {"LONG", "mediumtext", MY_TYPE_TEXT, false},
    {"LONG VARCHAR", "mediumtext", MY_TYPE_TEXT, false},
    {"LONG CHAR VARYING", "mediumtext", MY_TYPE_TEXT, false},
    {"LONG CHARACTER VARYING", "mediumtext", MY_TYPE_TEXT, false},
    {"LONGTEXT", "longtext", MY_TYPE_TEXT, false},
    {"CLOB", "longtext", MY_TYPE_TEXT, false},
    {"BINARY", "binary", MY_TYPE_BINARY, false},
    {"VARBINARY", "varbinary", MY_TYPE_VARBINARY, false},
    {"RAW", "varbinary", MY_TYPE_VARBINARY, false},
    {"TINYBLOB", "tinyblob", MY_TYPE_BLOB, false},
    {"BLOB", "blob", MY_TYPE_BLOB, false},
    {"MEDIUMBLOB", "mediumblob", MY_TYPE_BLOB, false},
    {"LONG VARBINARY", "mediumblob", MY_TYPE_BLOB, false},
    {"LONGBLOB", "longblob", MY_TYPE_BLOB, false},
    {"ENUM", "enum", MY_TYPE_ENUM, false},
    {"SET", "set", MY_TYPE_SET, false},
    {"JSON", "json", MY_TYPE_JSON, false},
    {"GEOMETRY", "geometry", MY_TYPE_GEOMETRY, false},
    {"POINT", "point", MY_TYPE_GEOMETRY, false},
    {"LINESTRING", "linestring", MY_TYPE_GEOMETRY, false},
    {"POLYGON", "polygon", MY_TYPE_GEOMETRY, false},
    {"MULTIPOINT", "multipoint", MY_TYPE_GEOMETRY, false},
    {"MULTILINESTRING", "multilinestring", MY_TYPE_GEOMETRY, false},
    {"MULTIPOLYGON", "multipolygon", MY_TYPE_GEOMETRY, false},
    {"GEOMETRYCOLLECTION", "geometrycollection", MY_TYPE_GEOMETRY, false},
    {"GEOMCOLLECTION", "geometrycollection", MY_TYPE_GEOMETRY, false},
    {"VECTOR", "vector", MY_TYPE_VECTOR, false},
    {"UUID", "uuid", MY_TYPE_UUID, false},
    {"INET4", "inet4", MY_TYPE_INET, false},
    {"INET6", "inet6", MY_TYPE_INET, false},
};

static const struct word *find_word(const char *name)
{
    for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
        if (strcasecmp(words[i].name, name) == 0)
            return &words[i];
    return NULL;
}

/* The job of storing one type. */
struct storing {
    struct arena *arena;
    const struct my_type_context *context;
    struct my_flavor flavor;
    const struct my_type *type;
    struct my_stored_type *stored;
    struct error *error;
};

static bool refuse(const struct storing *job, const char *what)
{
    return error_set(job->error, ERROR_SCHEMA, "%s", what);
}

/* --- numbers and times ------------------------------------------------------------------------ */

static const char *sign_of(const struct my_stored_type *stored)
{
    return stored->zerofill ? " unsigned zerofill" : stored->is_unsigned ? " unsigned" : "";
}

/* The width that the server shows where none is written: digits and, if signed, a sign. */
static long default_width(const struct my_stored_type *stored)
{
    static const struct {
        const char *base;
        long is_signed;
        long is_unsigned;
    } widths[] = {{"tinyint", 4, 3},
                  {"smallint", 6, 5},
                  {"mediumint", 9, 8},
                  {"int", 11, 10},
                  {"bigint", 20, 20}};

    for (size_t i = 0; i < sizeof(widths) / sizeof(*widths); i++)
        if (strcmp(widths[i].base, stored->base) == 0)
            return stored->is_unsigned ? widths[i].is_unsigned : widths[i].is_signed;
    return 11;
}

static void store_integer(struct storing *job)
{
    struct my_stored_type *stored = job->stored;
    long width = stored->length > 0 ? stored->length : default_width(stored);

    if (strncasecmp(job->type->name, "BOOL", 4) == 0)
        width = 1;
    if (strcasecmp(job->type->name, "SERIAL") == 0) {
        stored->serial = stored->is_unsigned = true;
        width = 20;
    }
    stored->length = width;
    if (my_can(job->flavor, MY_CAN_DISPLAY_WIDTH) || stored->zerofill ||
        (width == 1 && !stored->is_unsigned && strcmp(stored->base, "tinyint") == 0))
        stored->text = arena_printf(job->arena, "%s(%ld)%s", stored->base, width, sign_of(stored));
    else
        stored->text = arena_printf(job->arena, "%s%s", stored->base, sign_of(stored));
}

static bool store_decimal(struct storing *job)
{
    struct my_stored_type *stored = job->stored;

    if (stored->length <= 0)
        stored->length = 10;
    if (stored->decimals < 0)
        stored->decimals = 0;
    if (stored->length > 65)
        return refuse(job, "a decimal has at most 65 digits");
    if (stored->decimals > stored->length)
        return refuse(job, "a decimal has more digits behind the point than in all");
    stored->text = arena_printf(job->arena, "decimal(%ld,%ld)%s", stored->length, stored->decimals,
                                sign_of(stored));
    return true;
}

static void store_float(struct storing *job)
{
    struct my_stored_type *stored = job->stored;

    if (strcasecmp(job->type->name, "REAL") == 0 && job->context->real_as_float)
        stored->base = "float";
    if (stored->decimals < 0) {
        if (strcasecmp(job->type->name, "FLOAT") == 0 && stored->length > 24)
            stored->base = "double";
        stored->length = -1;
        stored->text = arena_printf(job->arena, "%s%s", stored->base, sign_of(stored));
    } else {
        stored->text = arena_printf(job->arena, "%s(%ld,%ld)%s", stored->base, stored->length,
                                    stored->decimals, sign_of(stored));
    }
}

static bool store_time(struct storing *job)
{
    struct my_stored_type *stored = job->stored;

    if (stored->length > 6)
        return refuse(job, "a time has at most 6 digits behind the second");
    if (stored->length <= 0)
        stored->length = 0;
    stored->text = stored->length
                       ? arena_printf(job->arena, "%s(%ld)", stored->base, stored->length)
                       : stored->base;
    return true;
}

static void store_year(struct storing *job)
{
    struct my_stored_type *stored = job->stored;

    if (stored->length != 2 || job->flavor.vendor == MY_MYSQL)
        stored->length = 4;
    stored->text = my_can(job->flavor, MY_CAN_DISPLAY_WIDTH)
                       ? arena_printf(job->arena, "year(%ld)", stored->length)
                       : "year";
}

/* --- characters ------------------------------------------------------------------------------- */

static bool is_default(const char *name)
{
    return !name || strcasecmp(name, "DEFAULT") == 0;
}

static void hint_nearest(struct error *error, const char *nearest)
{
    if (nearest)
        error_hint(error, "Did you mean %s?", nearest);
}

const char *my_resolve_collation(struct arena *arena, const struct model *model,
                                 const char *charset, const char *collation, const char *inherited,
                                 struct error *error)
{
    struct my_flavor flavor = my_flavor_of(model);
    const char *known = NULL;
    const char *found;

    if (!is_default(charset)) {
        known = my_charset_find(arena, flavor, charset);
        if (!known) {
            error_set(error, ERROR_SCHEMA, "there is no character set %s", charset);
            hint_nearest(error, my_charset_nearest(arena, charset));
            return NULL;
        }
    }
    if (is_default(collation))
        return known ? my_charset_collation(model, known) : inherited;
    found = my_collation_find(arena, flavor, collation,
                              known ? known : my_collation_charset(arena, inherited));
    if (!found) {
        error_set(error, ERROR_SCHEMA, "%s has no collation %s",
                  flavor.vendor == MY_MYSQL ? "this MySQL" : "this MariaDB", collation);
        hint_nearest(error, my_collation_nearest(arena, flavor, collation));
    } else if (known && strcmp(my_collation_charset(arena, found), known) != 0) {
        error_set(error, ERROR_SCHEMA, "the collation %s does not belong to the character set %s",
                  found, known);
        return NULL;
    }
    return found;
}

/* Sets the collation of a type of characters. */
static bool find_collation(struct storing *job, bool national)
{
    const struct my_type *type = job->type;
    const struct model *model = job->context->model;
    const char *charset = national ? "utf8mb3" : type->charset;

    job->stored->collation = my_resolve_collation(job->arena, model, charset, type->collation,
                                                  job->context->collation, job->error);
    if (!job->stored->collation)
        return false;
    /* MySQL: BINARY counts for more than COLLATE, CHARACTER SET for more than both. */
    if (type->binary && (!type->collation || !type->charset) &&
        strcmp(job->stored->collation, "binary") != 0)
        job->stored->collation = arena_printf(
            job->arena, "%s_bin", my_collation_charset(job->arena, job->stored->collation));
    return true;
}

static int width_of(const struct storing *job)
{
    if (!job->stored->collation)
        return 1;
    return my_charset_width(my_collation_charset(job->arena, job->stored->collation));
}

/* Characters in the character set binary are bytes. */
static void become_bytes(struct storing *job)
{
    struct my_stored_type *stored = job->stored;
    static const char *const names[][2] = {{"char", "binary"},           {"varchar", "varbinary"},
                                           {"tinytext", "tinyblob"},     {"text", "blob"},
                                           {"mediumtext", "mediumblob"}, {"longtext", "longblob"}};

    if (!stored->collation || strcmp(stored->collation, "binary") != 0)
        return;
    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
        if (strcmp(stored->base, names[i][0]) == 0)
            stored->base = names[i][1];
    stored->collation = NULL;
    stored->class = stored->class == MY_TYPE_CHAR      ? MY_TYPE_BINARY
                    : stored->class == MY_TYPE_VARCHAR ? MY_TYPE_VARBINARY
                                                       : MY_TYPE_BLOB;
}

/* The smallest text or blob that holds so many bytes. */
static const char *blob_for(const char *base, long bytes)
{
    bool blob = strstr(base, "blob") || strstr(base, "binary");

    if (bytes < 256)
        return blob ? "tinyblob" : "tinytext";
    if (bytes < 65536)
        return blob ? "blob" : "text";
    if (bytes < 16777216)
        return blob ? "mediumblob" : "mediumtext";
    return blob ? "longblob" : "longtext";
}

static bool store_char(struct storing *job)
{
    struct my_stored_type *stored = job->stored;

    become_bytes(job);
    if (stored->length < 0)
        stored->length = 1;
    if (stored->length > 255)
        return refuse(
            job, "a column of type char or binary holds at most 255; use varchar, text or blob");
    stored->text = arena_printf(job->arena, "%s(%ld)", stored->base, stored->length);
    return true;
}

static bool store_varchar(struct storing *job)
{
    struct my_stored_type *stored = job->stored;
    long most = 65535 / width_of(job);
    bool text = stored->class == MY_TYPE_VARCHAR;

    if (stored->length < 0)
        return refuse(job, "varchar and varbinary need a length");
    if (stored->length > most && job->context->strict)
        return error_set(job->error, ERROR_SCHEMA,
                         "a column of %ld is too long: at most %ld; use %s", stored->length, most,
                         text ? "text" : "blob");
    if (stored->length > most) {
        stored->base = blob_for(text ? "text" : "blob", stored->length * width_of(job));
        stored->class = text ? MY_TYPE_TEXT : MY_TYPE_BLOB;
        stored->length = -1;
        become_bytes(job);
        stored->text = stored->base;
        return true;
    }
    become_bytes(job);
    stored->text = arena_printf(job->arena, "%s(%ld)", stored->base, stored->length);
    return true;
}

static void store_text(struct storing *job)
{
    struct my_stored_type *stored = job->stored;

    if (stored->length > 0)
        stored->base = blob_for(stored->base, stored->length * width_of(job));
    stored->length = -1;
    become_bytes(job);
    stored->text = stored->base;
}

static void store_values(struct storing *job)
{
    struct my_stored_type *stored = job->stored;
    bool bytes = strcmp(stored->collation, "binary") == 0;
    struct buffer text = BUFFER_EMPTY;

    buffer_printf(&text, "%s(", stored->base);
    for (size_t i = 0; i < job->type->values.count; i++) {
        const char *value = job->type->values.items[i];
        size_t length = strlen(value);

        while (!bytes && length > 0 && value[length - 1] == ' ')
            length--;
        value = arena_strndup(job->arena, value, length);
        text_list_add(&stored->values, job->arena, value);
        buffer_printf(&text, "%s%s", i ? "," : "", my_quote_text(job->arena, value));
    }
    buffer_append_char(&text, ')');
    stored->text = buffer_take(&text, job->arena);
}

static void store_json(struct storing *job)
{
    struct my_stored_type *stored = job->stored;

    if (my_can(job->flavor, MY_CAN_JSON_TYPE)) {
        stored->text = "json";
        return;
    }
    stored->base = stored->text = "longtext";
    stored->class = MY_TYPE_TEXT;
    stored->json_check = true;
    stored->collation = "utf8mb4_bin";
}

/* --- all -------------------------------------------------------------------------------------- */

static bool is_there(const struct storing *job)
{
    switch (job->stored->class) {
    case MY_TYPE_VECTOR:
        return my_can(job->flavor, MY_CAN_VECTOR_TYPE);
    case MY_TYPE_UUID:
    case MY_TYPE_INET:
        return my_can(job->flavor, MY_CAN_UUID_TYPE);
    default:
        return true;
    }
}

static void store_plain(struct storing *job, bool with_length)
{
    struct my_stored_type *stored = job->stored;

    if (with_length)
        stored->text = arena_printf(job->arena, "%s(%ld)", stored->base, stored->length);
    else
        stored->text = stored->base;
}

static bool store_characters(struct storing *job, bool national)
{
    if (!find_collation(job, national))
        return false;
    switch (job->stored->class) {
    case MY_TYPE_CHAR:
        return store_char(job);
    case MY_TYPE_VARCHAR:
        return store_varchar(job);
    case MY_TYPE_TEXT:
        store_text(job);
        return true;
    default:
        store_values(job);
        return true;
    }
}

static bool store(struct storing *job, bool national)
{
    struct my_stored_type *stored = job->stored;

    switch (stored->class) {
    case MY_TYPE_INTEGER:
        store_integer(job);
        return true;
    case MY_TYPE_DECIMAL:
        return store_decimal(job);
    case MY_TYPE_FLOAT:
        store_float(job);
        return true;
    case MY_TYPE_BIT:
        if (stored->length <= 0)
            stored->length = 1;
        store_plain(job, true);
        return true;
    case MY_TYPE_TIME:
    case MY_TYPE_DATETIME:
    case MY_TYPE_TIMESTAMP:
        return store_time(job);
    case MY_TYPE_YEAR:
        store_year(job);
        return true;
    case MY_TYPE_CHAR:
    case MY_TYPE_VARCHAR:
    case MY_TYPE_TEXT:
    case MY_TYPE_ENUM:
    case MY_TYPE_SET:
        return store_characters(job, national);
    case MY_TYPE_BINARY:
        return store_char(job);
    case MY_TYPE_VARBINARY:
        return store_varchar(job);
    case MY_TYPE_BLOB:
        store_text(job);
        return true;
    case MY_TYPE_JSON:
        store_json(job);
        return true;
    case MY_TYPE_GEOMETRY:
        if (job->flavor.vendor == MY_MYSQL && strcmp(stored->base, "geometrycollection") == 0)
            stored->base = "geomcollection";
        store_plain(job, false);
        return true;
    case MY_TYPE_VECTOR:
        if (stored->length <= 0)
            stored->length = 2048;
        store_plain(job, true);
        return true;
    case MY_TYPE_DATE:
    case MY_TYPE_UUID:
    case MY_TYPE_INET:
        break;
    }
    store_plain(job, false);
    return true;
}

static bool no_type(const struct storing *job)
{
    error_set(job->error, ERROR_SCHEMA, "%s has no type %s",
              job->flavor.vendor == MY_MYSQL ? "this MySQL" : "this MariaDB", job->type->name);
    error_hint(job->error, "The target, or --flavor, says which server the files are for.");
    return false;
}

bool my_type_store(struct arena *arena, const struct my_type_context *context,
                   const struct my_type *type, struct my_stored_type *stored, struct error *error)
{
    const struct word *word = find_word(type->name);
    struct storing job = {.arena = arena,
                          .context = context,
                          .flavor = my_flavor_of(context->model),
                          .type = type,
                          .stored = stored,
                          .error = error};

    *stored = (struct my_stored_type){0};
    if (word) {
        stored->class = word->class;
        stored->base = word->base;
    }
    if (!word || !is_there(&job))
        return no_type(&job);
    stored->length = type->length ? strtol(type->length, NULL, 10) : -1;
    stored->decimals = type->decimals ? strtol(type->decimals, NULL, 10) : -1;
    stored->is_unsigned = type->is_unsigned || type->zerofill;
    stored->zerofill = type->zerofill;
    return store(&job, word->national);
}

long my_type_length(const char *text)
{
    const char *open = strchr(text, '(');

    return open ? strtol(open + 1, NULL, 10) : -1;
}

bool my_type_is(const char *text, const char *base)
{
    size_t length = strlen(base);

    return strncmp(text, base, length) == 0 &&
           (text[length] == '\0' || text[length] == '(' || text[length] == ' ');
}
