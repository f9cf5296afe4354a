/* What there is: settings of the server, databases, and the names of all their objects, in one round
 * trip. Names are asked for without what the server would have to open tables for. */
#include "mysql/catalog/catalog.h"

#include <stdlib.h>
#include <string.h>

#include "core/buffer.h"
#include "mysql/sql/quote.h"

/* --- classes ------------------------------------------------------------------------------------- */

static const struct my_catalog_class class_table = {.name = "table", .words = "TABLE", .text = 1};
static const struct my_catalog_class class_view = {
    .name = "view", .words = "VIEW", .text = 1, .character_set = 2};
static const struct my_catalog_class class_sequence = {
    .name = "sequence", .words = "SEQUENCE", .text = 1};
static const struct my_catalog_class class_trigger = {
    .name = "trigger", .words = "TRIGGER", .text = 2, .sql_mode = 1, .character_set = 3};
static const struct my_catalog_class class_event = {.name = "event",
                                                    .words = "EVENT",
                                                    .text = 3,
                                                    .sql_mode = 1,
                                                    .character_set = 4,
                                                    .time_zone = 2};

#define CLASS_ROUTINE(printed, upper)                                                              \
    {                                                                                              \
        .name = (printed), .words = (upper), .text = 2, .sql_mode = 1, .character_set = 3          \
    }

static const struct my_catalog_class routine_classes[] = {
    CLASS_ROUTINE("function", "FUNCTION"), CLASS_ROUTINE("procedure", "PROCEDURE"),
    CLASS_ROUTINE("package", "PACKAGE"), CLASS_ROUTINE("package body", "PACKAGE BODY")};

static const struct my_catalog_class *class_of_table(const char *type)
{
    if (strcmp(type, "VIEW") == 0 || strcmp(type, "SYSTEM VIEW") == 0)
        return &class_view;
    if (strcmp(type, "TEMPORARY") == 0 || strcmp(type, "TEMPORARY SEQUENCE") == 0)
        return NULL;
    return strcmp(type, "SEQUENCE") == 0 ? &class_sequence : &class_table;
}

static const struct my_catalog_class *class_of_routine(const char *type)
{
    for (size_t i = 0; i < sizeof(routine_classes) / sizeof(*routine_classes); i++)
        if (strcmp(routine_classes[i].words, type) == 0)
            return &routine_classes[i];
    return NULL;
}

/* --- rows ---------------------------------------------------------------------------------------- */

/* What plumb made for itself is no part of a schema, nor what others hung on it. */
static bool is_own(const char *name)
{
    static const char own[] = "plumb_";

    return name && strncmp(name, own, sizeof(own) - 1) == 0;
}

static void add_text(struct my_catalog *catalog, const struct my_catalog_class *class,
                     const char *schema, const char *name, const char *table)
{
    if (!class || is_own(name) || is_own(table))
        return;
    if (catalog->text_count == catalog->text_room) {
        catalog->text_room = catalog->text_room ? catalog->text_room * 2 : 256;
        catalog->texts =
            memory_resize(catalog->texts, catalog->text_room * sizeof(*catalog->texts));
    }
    catalog->texts[catalog->text_count++] =
        (struct my_catalog_text){.class = class,
                                 .schema = arena_strdup(catalog->arena, schema),
                                 .name = arena_strdup(catalog->arena, name),
                                 .table = arena_strdup(catalog->arena, table)};
}

/* Columns that not every server has are found by their name. */
static const char *named_value(MYSQL_RES *result, MYSQL_ROW row, const char *name)
{
    const MYSQL_FIELD *fields = mysql_fetch_fields(result);
    unsigned int count = mysql_num_fields(result);

    for (unsigned int i = 0; i < count; i++)
        if (strcasecmp(fields[i].name, name) == 0)
            return row[i];
    return NULL;
}

static void schema_row(struct my_catalog *catalog, MYSQL_RES *result, MYSQL_ROW row)
{
    const char *encryption = named_value(result, row, "DEFAULT_ENCRYPTION");
    const char *comment = named_value(result, row, "SCHEMA_COMMENT");

    if (catalog->schema_count == catalog->schema_room) {
        catalog->schema_room = catalog->schema_room ? catalog->schema_room * 2 : 16;
        catalog->schemas =
            memory_resize(catalog->schemas, catalog->schema_room * sizeof(*catalog->schemas));
    }
    catalog->schemas[catalog->schema_count++] = (struct my_catalog_schema){
        .name = arena_strdup(catalog->arena, named_value(result, row, "SCHEMA_NAME")),
        .collation =
            arena_strdup(catalog->arena, named_value(result, row, "DEFAULT_COLLATION_NAME")),
        .encrypted = encryption && strcasecmp(encryption, "YES") == 0,
        .comment = comment && *comment ? arena_strdup(catalog->arena, comment) : NULL};
}

static void table_row(struct my_catalog *catalog, MYSQL_RES *result, MYSQL_ROW row)
{
    size_t before = catalog->text_count;

    (void)result;
    add_text(catalog, class_of_table(row[2]), row[0], row[1], NULL);
    if (catalog->text_count > before && row[3] && row[4])
        catalog->texts[before].size =
            (struct table_size){true, strtoll(row[3], NULL, 10), strtoll(row[4], NULL, 10)};
}

static void routine_row(struct my_catalog *catalog, MYSQL_RES *result, MYSQL_ROW row)
{
    (void)result;
    add_text(catalog, class_of_routine(row[2]), row[0], row[1], NULL);
}

static void trigger_row(struct my_catalog *catalog, MYSQL_RES *result, MYSQL_ROW row)
{
    (void)result;
    add_text(catalog, &class_trigger, row[0], row[1], row[2]);
}

static void event_row(struct my_catalog *catalog, MYSQL_RES *result, MYSQL_ROW row)
{
    (void)result;
    add_text(catalog, &class_event, row[0], row[1], NULL);
}

static void variable_row(struct my_catalog *catalog, MYSQL_RES *result, MYSQL_ROW row)
{
    (void)result;
    my_set_setting(catalog->model, arena_strdup(catalog->arena, row[0]),
                   arena_strdup(catalog->arena, row[1]));
}

/* --- queries ------------------------------------------------------------------------------------- */

/* "@" in sql stands for what follows the column with the database's name. */
static const struct query {
    const char *sql;
    void (*row)(struct my_catalog *catalog, MYSQL_RES *result, MYSQL_ROW row);
} queries[] = {
    {"SHOW SESSION VARIABLES WHERE Variable_name IN ('collation_database', 'collation_server', "
     "'default_storage_engine', 'explicit_defaults_for_timestamp', 'character_set_collations', "
     "'default_collation_for_utf8mb4', 'lower_case_table_names', 'character_set_client', "
     "'collation_connection') OR (Variable_name IN ('foreign_key_checks', 'check_constraint_checks') "
     "AND Value = 'OFF')",
     variable_row},
    {"SELECT * FROM information_schema.schemata WHERE schema_name @ ORDER BY schema_name",
     schema_row},
    {"SELECT table_schema, table_name, table_type, table_rows, data_length + index_length "
     "FROM information_schema.tables "
     "WHERE table_schema @ ORDER BY table_type, table_schema, table_name",
     table_row},
    {"SELECT routine_schema, routine_name, routine_type FROM information_schema.routines "
     "WHERE routine_schema @ ORDER BY routine_type, routine_schema, routine_name",
     routine_row},
    {"SELECT trigger_schema, trigger_name, event_object_table FROM information_schema.triggers "
     "WHERE trigger_schema @ ORDER BY event_object_schema, event_object_table, action_timing, "
     "event_manipulation, action_order, trigger_name",
     trigger_row},
    {"SELECT event_schema, event_name FROM information_schema.events WHERE event_schema @ "
     "ORDER BY event_schema, event_name",
     event_row}};

enum { QUERY_COUNT = sizeof(queries) / sizeof(*queries) };

/* A constant, for then the servers look into that one folder only. */
const char *my_catalog_which_schemas(const struct my_catalog *catalog)
{
    const char *database = catalog->connection->database;

    if (!database)
        return "NOT IN ('mysql', 'information_schema', 'performance_schema', 'sys', 'plumb')";
    return arena_printf(catalog->scratch, "= %s", my_quote_text(catalog->scratch, database));
}

static const char *all_queries(const struct my_catalog *catalog)
{
    const char *which = my_catalog_which_schemas(catalog);
    struct buffer text = BUFFER_EMPTY;

    for (size_t i = 0; i < QUERY_COUNT; i++) {
        const char *mark = strchr(queries[i].sql, '@');

        buffer_separate(&text, 0, "; ");
        if (mark) {
            buffer_append_bytes(&text, queries[i].sql, (size_t)(mark - queries[i].sql));
            buffer_append(&text, which);
        }
        buffer_append(&text, mark ? mark + 1 : queries[i].sql);
    }
    return buffer_take(&text, catalog->scratch);
}

/* --- the round trip ------------------------------------------------------------------------------ */

static bool take_answer(struct my_catalog *catalog, size_t number)
{
    MYSQL_RES *result;
    MYSQL_ROW row;

    if (my_connection_answer(catalog->connection, number > 0, &result, catalog->error) ==
        MY_ANSWER_FAILED)
        return false;
    while (result && (row = mysql_fetch_row(result)) != NULL)
        queries[number].row(catalog, result, row);
    my_result_free(result);
    return true;
}

static void take_connection(struct my_catalog *catalog)
{
    const struct connection *connection = catalog->connection;
    struct model *model = catalog->model;

    model->server_version = connection->flavor.version;
    model->current_user = arena_strdup(catalog->arena, connection->current_user);
    model->speaks_of_owners = true;
    my_set_setting(model, "version",
                   arena_printf(catalog->arena, "%d", connection->flavor.version));
    my_set_setting(model, "database",
                   connection->database ? arena_strdup(catalog->arena, connection->database) : "");
    my_set_setting(model, "sql_mode", arena_strdup(catalog->arena, connection->global_sql_mode));
    my_set_setting(model, "current_user", model->current_user);
}

bool my_catalog_list(struct my_catalog *catalog)
{
    const char *sql = all_queries(catalog);

    take_connection(catalog);
    if (!my_connection_send(catalog->connection, sql, strlen(sql), catalog->error))
        return false;
    for (size_t i = 0; i < QUERY_COUNT; i++)
        if (!take_answer(catalog, i))
            return false;
    return true;
}

/* --- what SHOW CREATE does not say ---------------------------------------------------------------- */

/* True when a text may have a column whose values lie in some reference system. */
static bool has_geometry(const struct my_catalog *catalog)
{
    static const char *const types[] = {"geometry", "point", "linestring", "polygon"};

    for (size_t i = 0; i < catalog->text_count; i++)
        for (size_t j = 0; catalog->texts[i].text && j < sizeof(types) / sizeof(*types); j++)
            if (strstr(catalog->texts[i].text, types[j]))
                return true;
    return false;
}

static void reference_row(struct my_catalog *catalog, MYSQL_ROW row)
{
    const char *schema_name = catalog->connection->database ? "" : row[0];
    const struct object *schema = model_find(catalog->model, KIND_SCHEMA, NULL, schema_name, NULL);
    const struct object *table =
        schema ? model_find(catalog->model, KIND_TABLE, schema, row[1], NULL) : NULL;
    const struct object *column = table ? object_child(table, KIND_COLUMN, row[2]) : NULL;

    if (column)
        text_list_add(&as_column(column)->options, catalog->arena,
                      arena_printf(catalog->arena, "srid=%s", row[3]));
}

bool my_catalog_reference_systems(struct my_catalog *catalog)
{
    MYSQL_RES *result;
    MYSQL_ROW row;

    if (my_can(catalog->connection->flavor, MY_CAN_SHOW_REFERENCE_SYSTEM) || !has_geometry(catalog))
        return true;
    result = my_connection_query(
        catalog->connection,
        arena_printf(catalog->scratch,
                     "SELECT g_table_schema, g_table_name, g_geometry_column, srid FROM "
                     "information_schema.geometry_columns WHERE f_table_schema %s AND srid <> 0",
                     my_catalog_which_schemas(catalog)),
        catalog->error);
    while (result && (row = mysql_fetch_row(result)) != NULL)
        reference_row(catalog, row);
    my_result_free(result);
    return result != NULL;
}
