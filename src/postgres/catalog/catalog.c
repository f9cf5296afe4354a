/* Reads the whole catalog into a model: all queries in one pipeline, one round trip, whatever the
 * number of tables. Nothing is asked a second time, and nothing depends on the order of rows beyond
 * what the queries say. */
#include "postgres/catalog/catalog.h"

#include <stdlib.h>
#include <string.h>

#include "core/operation.h"
#include "postgres/interpret/interpret.h"
#include "postgres/session/session.h"

/* --- the map from oids to objects ---------------------------------------------------------------- */

struct catalog_slot {
    uint64_t key; /* never 0 */
    void *value;
};

static uint64_t slot_key(enum catalog_class class_id, uint32_t oid, int number)
{
    return ((uint64_t)class_id << 48) | ((uint64_t)oid << 16) | (uint16_t)number;
}

static struct catalog_slot *find_slot(const struct catalog *catalog, uint64_t key)
{
    size_t mask = catalog->slot_room - 1;
    uint64_t hash = key * UINT64_C(0x9E3779B97F4A7C15);
    size_t at = (size_t)(hash >> 20) & mask;

    while (catalog->slots[at].key && catalog->slots[at].key != key)
        at = (at + 1) & mask;
    return &catalog->slots[at];
}

static void grow_slots(struct catalog *catalog)
{
    struct catalog_slot *old = catalog->slots;
    size_t old_room = catalog->slot_room;

    catalog->slot_room = old_room ? old_room * 4 : 1024;
    catalog->slots = ARENA_ARRAY(catalog->scratch, struct catalog_slot, catalog->slot_room);
    for (size_t i = 0; i < old_room; i++)
        if (old[i].key)
            *find_slot(catalog, old[i].key) = old[i];
}

void catalog_put(struct catalog *catalog, enum catalog_class class_id, uint32_t oid, int number,
                 void *value)
{
    struct catalog_slot *slot;

    if ((catalog->slot_count + 1) * 4 > catalog->slot_room * 3)
        grow_slots(catalog);
    slot = find_slot(catalog, slot_key(class_id, oid, number));
    if (!slot->key) {
        slot->key = slot_key(class_id, oid, number);
        catalog->slot_count++;
    }
    slot->value = value;
}

void *catalog_get(const struct catalog *catalog, enum catalog_class class_id, uint32_t oid,
                  int number)
{
    if (!catalog->slot_room)
        return NULL;
    return find_slot(catalog, slot_key(class_id, oid, number))->value;
}

/* --- objects ------------------------------------------------------------------------------------- */

struct object *catalog_add(struct catalog *catalog, enum kind kind, struct object *parent,
                           const char *name, const char *signature)
{
    struct object *object = model_add(catalog->model, kind, parent, name, signature);

    return object ? object : model_find(catalog->model, kind, parent, name, signature);
}

struct object *catalog_add_known(struct catalog *catalog, enum kind kind, struct object *parent,
                                 const char *name, enum catalog_class class_id, uint32_t oid)
{
    struct object *object = catalog_add(catalog, kind, parent, name, NULL);

    catalog_put(catalog, class_id, oid, 0, object);
    return object;
}

void catalog_refer(struct catalog *catalog, struct object **slot, enum catalog_class class_id,
                   uint32_t oid)
{
    if (catalog->reference_count == catalog->reference_room) {
        struct catalog_reference *grown;

        catalog->reference_room = catalog->reference_room ? catalog->reference_room * 2 : 64;
        grown = ARENA_ARRAY(catalog->scratch, struct catalog_reference, catalog->reference_room);
        if (catalog->reference_count)
            memcpy(grown, catalog->references, catalog->reference_count * sizeof(*grown));
        catalog->references = grown;
    }
    catalog->references[catalog->reference_count++] =
        (struct catalog_reference){.slot = slot, .class_id = class_id, .oid = oid};
}

static void resolve_references(struct catalog *catalog)
{
    for (size_t i = 0; i < catalog->reference_count; i++) {
        const struct catalog_reference *reference = &catalog->references[i];

        *reference->slot = catalog_get(catalog, reference->class_id, reference->oid, 0);
    }
}

/* --- rows ---------------------------------------------------------------------------------------- */

const char *row_raw(const struct row *row, int column)
{
    if (PQgetisnull(row->result, row->number, column))
        return NULL;
    return secret_hide_content(row->scratch, SECRET_POSTGRES,
                               PQgetvalue(row->result, row->number, column));
}

const char *row_text(const struct catalog *catalog, const struct row *row, int column)
{
    if (PQgetisnull(row->result, row->number, column))
        return NULL;
    return secret_hide_content(
        catalog->arena, SECRET_POSTGRES,
        arena_strndup(catalog->arena, PQgetvalue(row->result, row->number, column),
                      (size_t)PQgetlength(row->result, row->number, column)));
}

bool row_flag(const struct row *row, int column)
{
    return PQgetvalue(row->result, row->number, column)[0] == 't';
}

char row_letter(const struct row *row, int column)
{
    return PQgetvalue(row->result, row->number, column)[0];
}

uint32_t row_oid(const struct row *row, int column)
{
    return (uint32_t)strtoul(PQgetvalue(row->result, row->number, column), NULL, 10);
}

int64_t row_number(const struct row *row, int column)
{
    return strtoll(PQgetvalue(row->result, row->number, column), NULL, 10);
}

struct text_list row_list(const struct catalog *catalog, const struct row *row, int column)
{
    const char *text = row_raw(row, column);

    return text ? catalog_array(catalog->arena, text) : (struct text_list){0};
}

struct text_list row_options(const struct catalog *catalog, const struct row *row, int column)
{
    struct text_list options = row_list(catalog, row, column);

    for (size_t i = 0; i < options.count; i++) {
        size_t name = strcspn(options.items[i], "=");

        if (options.items[i][name])
            options.items[i] =
                arena_printf(catalog->arena, "%.*s=%s", (int)name, options.items[i],
                             secret_hide_option(catalog->arena, SECRET_POSTGRES, options.items[i],
                                                name, options.items[i] + name + 1));
    }
    return options;
}

struct expression row_expression(const struct catalog *catalog, const struct row *row, int column)
{
    return (struct expression){.written = row_text(catalog, row, column)};
}

struct text_list row_columns(const struct catalog *catalog, const struct row *row, int column,
                             uint32_t relation, int first)
{
    struct text_list list = {0};
    const char *text = row_raw(row, column);

    /* "{1,3}" of arrays, "1 3" of vectors. */
    for (int i = 0; text && *text; i++) {
        const struct catalog_column *found;
        char *end;

        text += strcspn(text, "-0123456789");
        if (!*text)
            break;
        found = catalog_column(catalog, relation, (int)strtol(text, &end, 10));
        text = end;
        if (i >= first && found)
            text_list_add(&list, catalog->arena, found->name);
    }
    return list;
}

const char *row_name(const struct catalog *catalog, const struct row *row, int column)
{
    static const char system_schema[] = "pg_catalog.";
    const char *name = row_text(catalog, row, column);

    if (!name || strcmp(name, "-") == 0)
        return NULL;
    if (strncmp(name, system_schema, sizeof(system_schema) - 1) == 0)
        return name + sizeof(system_schema) - 1;
    return name;
}

/* --- reading ------------------------------------------------------------------------------------- */

/* In this order the rows come. */
static const struct catalog_query *const queries[] = {&catalog_roles,
                                                      &catalog_members,
                                                      &catalog_schemas,
                                                      &catalog_extensions,
                                                      &catalog_offers,
                                                      &catalog_types,
                                                      &catalog_labels,
                                                      &catalog_tables,
                                                      &catalog_views,
                                                      &catalog_columns,
                                                      &catalog_defaults,
                                                      &catalog_parents,
                                                      &catalog_sequences,
                                                      &catalog_checks,
                                                      &catalog_keys,
                                                      &catalog_foreign_keys,
                                                      &catalog_indexes,
                                                      &catalog_index_parents,
                                                      &catalog_routines,
                                                      &catalog_aggregates,
                                                      &catalog_triggers,
                                                      &catalog_policies,
                                                      &catalog_unmodelled,
                                                      &catalog_unmodelled_others,
                                                      &catalog_unmodelled_needs,
                                                      &catalog_comments,
                                                      &catalog_default_privileges};

enum { QUERY_COUNT = sizeof(queries) / sizeof(queries[0]) };

/* What the server's texts depend on is the same for every reader. JIT compilation takes longer than
 * any of the queries; nobody's statement_timeout is meant for them. The server's texts need a weak lock
 * on each relation: behind somebody who changes one for long, reading gives up. */
static const char settings_sql[] =
    "SELECT pg_catalog.set_config(name, value, true) FROM (VALUES"
    " ('quote_all_identifiers', 'off'), ('DateStyle', 'ISO, MDY'),"
    " ('IntervalStyle', 'postgres'), ('TimeZone', 'UTC'), ('extra_float_digits', '1'),"
    " ('bytea_output', 'hex'), ('xmlbinary', 'base64'), ('transform_null_equals', 'off'),"
    " ('jit', 'off'), ('statement_timeout', '0'), ('lock_timeout', '10s')) AS settings (name, value)";

static const char path_sql[] = "SET LOCAL search_path = " PG_OWN_PATH;

/* The statements around the queries: in a transaction of its own, or inside an open one, which then
 * gets its settings back by the savepoint. */
struct frame {
    const char *before[4];
    const char *after[3];
    const char *on_failure[3];
};

static const struct frame own_transaction = {
    .before = {"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", path_sql, settings_sql},
    .after = {"COMMIT"},
    .on_failure = {"ROLLBACK"}};

static const struct frame open_transaction = {
    .before = {"SAVEPOINT plumb_read", path_sql, settings_sql},
    .after = {"ROLLBACK TO SAVEPOINT plumb_read", "RELEASE SAVEPOINT plumb_read"},
    .on_failure = {"ROLLBACK TO SAVEPOINT plumb_read", "RELEASE SAVEPOINT plumb_read"}};

static bool send(struct connection *connection, const char *sql)
{
    return PQsendQueryParams(connection->handle, sql, 0, NULL, NULL, NULL, NULL, 0) == 1;
}

static bool send_list(struct connection *connection, const char *const *list)
{
    for (; *list; list++)
        if (!send(connection, *list))
            return false;
    return true;
}

static bool send_all(struct catalog *catalog, struct connection *connection,
                     const struct frame *frame)
{
    if (!PQenterPipelineMode(connection->handle) || !send_list(connection, frame->before) ||
        !send(connection, pg_path_sql))
        return false;
    for (size_t i = 0; i < QUERY_COUNT; i++)
        if (!send(connection, catalog_expand(catalog->scratch, queries[i]->sql, catalog->version)))
            return false;
    connection->round_trips++;
    return send_list(connection, frame->after) && PQpipelineSync(connection->handle) == 1;
}

/* What can go wrong with a query that is right: a catalog is closed to us, or something is gone that
 * was there when the transaction began (the server's functions look at the present). */
static void hint_for_reading(const PGresult *result, const char *what, struct error *error)
{
    const char *sqlstate = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;

    if (!sqlstate || !what)
        return;
    if (strcmp(sqlstate, "42501") == 0)
        error_hint(error,
                   "Reading the %s needs SELECT on the system catalogs, which every role has "
                   "unless it was revoked.",
                   what);
    else if (strcmp(sqlstate, "55P03") == 0)
        error_hint(
            error,
            "Another session has been changing one of the %s for ten seconds: try again when "
            "it has done.",
            what);
    else if (strcmp(sqlstate, "XX000") == 0)
        error_hint(error,
                   "Reading the %s failed, perhaps because another session changed them at "
                   "the same moment: try again.",
                   what);
}

/* The next statement's result; NULL with an error. */
static PGresult *next_result(struct connection *connection, const char *what, struct error *error)
{
    PGresult *result = connection_keep(PQgetResult(connection->handle));
    ExecStatusType status = PQresultStatus(result);

    if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK) {
        connection_clear(
            PQgetResult(connection->handle)); /* the NULL that ends each statement's results */
        return result;
    }
    if (error->code == ERROR_NONE) {
        hint_for_reading(result, what, error);
        connection_fail(connection, result, NULL, error);
    }
    connection_clear(result);
    return NULL;
}

static bool skip_results(struct connection *connection, const char *const *list,
                         struct error *error)
{
    for (; *list; list++) {
        PGresult *result = next_result(connection, NULL, error);

        if (!result)
            return false;
        connection_clear(result);
    }
    return true;
}

static void take_path(struct catalog *catalog, const char *path)
{
    while (*path) {
        size_t length = strcspn(path, "\x1f");

        text_list_add(&catalog->model->default_path, catalog->arena,
                      arena_strndup(catalog->arena, path, length));
        path += length;
        path += *path == '\x1f';
    }
}

static bool take_user(struct catalog *catalog, struct connection *connection)
{
    PGresult *result = next_result(connection, NULL, catalog->error);

    if (!result)
        return false;
    catalog->model->current_user = arena_strdup(catalog->arena, PQgetvalue(result, 0, PATH_USER));
    take_path(catalog, PQgetvalue(result, 0, PATH_SCHEMAS));
    if (!connection->steps.path)
        connection->steps = step_session_make(connection->arena, result);
    catalog->model->step_path = arena_strdup(catalog->arena, connection->steps.path);
    connection_clear(result);
    return true;
}

/* A row and the numbers in its first two columns. */
struct place {
    uint64_t key;
    int row;
};

static int compare_places(const void *a, const void *b)
{
    const struct place *x = a;
    const struct place *y = b;

    return x->key < y->key ? -1 : x->key > y->key;
}

/* Sorting wide rows by two numbers is much quicker here than it is for the server. */
static void take_sorted(struct catalog *catalog, PGresult *result,
                        void (*take)(struct catalog *catalog, const struct row *row))
{
    size_t count = (size_t)PQntuples(result);
    struct place *places = memory_alloc((count + 1) * sizeof(*places));
    struct row row = {.result = result, .scratch = catalog->scratch};

    for (size_t i = 0; i < count; i++) {
        row.number = (int)i;
        places[i].row = (int)i;
        places[i].key = ((uint64_t)row_oid(&row, 0) << 32) | row_oid(&row, 1);
    }
    qsort(places, count, sizeof(*places), compare_places);
    for (size_t i = 0; i < count; i++) {
        row.number = places[i].row;
        take(catalog, &row);
    }
    memory_free(places);
}

static bool take_rows(struct catalog *catalog, struct connection *connection,
                      const struct catalog_query *query)
{
    PGresult *result = next_result(connection, query->what, catalog->error);
    struct row row = {.result = result, .scratch = catalog->scratch};
    int count;

    if (!result)
        return false;
    count = PQntuples(result);
    if (query->sorted)
        take_sorted(catalog, result, query->row);
    for (row.number = 0; !query->sorted && row.number < count; row.number++)
        query->row(catalog, &row);
    connection_clear(result);
    return true;
}

static bool take_all(struct catalog *catalog, struct connection *connection,
                     const struct frame *frame)
{
    if (!skip_results(connection, frame->before, catalog->error) || !take_user(catalog, connection))
        return false;
    for (size_t i = 0; i < QUERY_COUNT; i++)
        if (!operation_proceeds(PHASE_READING, i + 1, QUERY_COUNT, queries[i]->what,
                                catalog->error) ||
            !take_rows(catalog, connection, queries[i]))
            return false;
    pg_note_known(catalog->model);
    return skip_results(connection, frame->after, catalog->error);
}

/* A conversation that is under way. */
struct reading {
    struct connection *connection;
    const struct frame *frame;
    bool sent; /* all of it, with what ends it */
};

static void end_badly(const struct reading *reading)
{
    struct error ignored = {0};

    for (const char *const *sql = reading->frame->on_failure; *sql; sql++)
        connection_control(reading->connection, *sql, &ignored);
}

/* Where memory ran out meanwhile: the connection is as it was before. */
static void abandon(void *held)
{
    const struct reading *reading = held;

    PQpipelineSync(reading->connection->handle);
    connection_leave_pipeline(reading->connection);
    if (PQtransactionStatus(reading->connection->handle) == PQTRANS_INERROR ||
        (!reading->sent && connection_in_transaction(reading->connection)))
        end_badly(reading);
}

static bool read_once(struct catalog *catalog, struct connection *connection)
{
    const struct frame *frame =
        connection_in_transaction(connection) ? &open_transaction : &own_transaction;
    struct reading reading = {.connection = connection, .frame = frame};
    bool done;

    operation_hold(&reading, abandon);
    if (!send_all(catalog, connection, frame)) {
        connection_fail(connection, NULL, NULL, catalog->error);
        operation_drop(&reading);
        PQpipelineSync(connection->handle);
        connection_leave_pipeline(connection);
        return false;
    }
    reading.sent = true;
    done = take_all(catalog, connection, frame);
    operation_drop(&reading);
    connection_leave_pipeline(connection);
    if (!done)
        end_badly(&reading);
    return done;
}

bool pg_read(struct connection *connection, struct model *model, struct error *error)
{
    struct catalog catalog = {.model = model,
                              .arena = model->arena,
                              .scratch = arena_new(),
                              .version = connection->version,
                              .error = error};
    bool done;

    model->server_version = connection->version;
    model->knows_sizes = true;
    model->speaks_of_owners = true;
    model->speaks_of_privileges = model->knows_privileges = true;
    done = read_once(&catalog, connection);
    if (done)
        resolve_references(&catalog);
    arena_free(catalog.scratch);
    return done;
}
