/* The two kinds of store behind one face, and the one that asks the dialect. */
#include "record/store.h"

#include "record/tables.h"

const char *store_name(const struct store *store)
{
    return store->name;
}

bool store_is_transactional(const struct store *store)
{
    return store->transactional;
}

bool store_is_elsewhere(const struct store *store)
{
    return store->elsewhere;
}

bool store_find(struct store *store, bool *found, struct error *error)
{
    return store->methods->find(store, found, error);
}

bool store_make(struct store *store, struct error *error)
{
    return store->methods->make(store, error);
}

bool store_lock(struct store *store, bool *taken, struct error *error)
{
    return store->methods->lock(store, taken, error);
}

bool store_put(struct store *store, const struct record_table *table,
               const struct record_rows *rows, struct error *error)
{
    return store->methods->put(store, table, rows, error);
}

bool store_get(struct store *store, const struct record_query *query, struct arena *arena,
               struct record_rows *rows, struct error *error)
{
    return store->methods->get(store, query, arena, rows, error);
}

bool store_begin(struct store *store, struct error *error)
{
    return store->methods->begin(store, error);
}

bool store_commit(struct store *store, struct error *error)
{
    return store->methods->commit(store, error);
}

void store_rollback(struct store *store)
{
    store->methods->rollback(store);
}

void store_close(struct store *store)
{
    if (store)
        store->methods->close(store);
}

/* --- in the database ------------------------------------------------------------------------- */

struct database_store {
    struct store store;
    const struct dialect *dialect;
    struct connection *connection;
};

static struct database_store *as_database(struct store *store)
{
    return (struct database_store *)store;
}

static bool find_in_database(struct store *store, bool *found, struct error *error)
{
    struct database_store *database = as_database(store);

    *found = false;
    return !database->dialect->recording ||
           database->dialect->recording->find(database->connection, record_tables,
                                              record_table_count, found, error);
}

static bool make_in_database(struct store *store, struct error *error)
{
    struct database_store *database = as_database(store);

    if (!database->dialect->recording)
        return error_set(error, ERROR_SERVER, "plumb keeps no record in a database of %s",
                         database->dialect->name);
    return database->dialect->recording->make(database->connection, record_tables,
                                              record_table_count, error);
}

/* The lock of the apply keeps the others out. */
static bool lock_in_database(struct store *store, bool *taken, struct error *error)
{
    (void)store;
    (void)error;
    return *taken = true;
}

static bool put_in_database(struct store *store, const struct record_table *table,
                            const struct record_rows *rows, struct error *error)
{
    struct database_store *database = as_database(store);

    return !rows->count ||
           database->dialect->recording->put(database->connection, table, rows, error);
}

static bool get_from_database(struct store *store, const struct record_query *query,
                              struct arena *arena, struct record_rows *rows, struct error *error)
{
    struct database_store *database = as_database(store);

    return database->dialect->recording->get(database->connection, query, arena, rows, error);
}

static bool begin_in_database(struct store *store, struct error *error)
{
    struct database_store *database = as_database(store);

    return database->dialect->running->begin(database->connection, error);
}

static bool commit_in_database(struct store *store, struct error *error)
{
    struct database_store *database = as_database(store);

    return database->dialect->running->commit(database->connection, error);
}

static void roll_back_in_database(struct store *store)
{
    struct database_store *database = as_database(store);

    database->dialect->running->rollback(database->connection);
}

static void close_database(struct store *store)
{
    arena_free(store->arena);
}

static const struct store_methods database_methods = {
    .find = find_in_database,
    .make = make_in_database,
    .lock = lock_in_database,
    .put = put_in_database,
    .get = get_from_database,
    .begin = begin_in_database,
    .commit = commit_in_database,
    .rollback = roll_back_in_database,
    .close = close_database,
};

struct store *store_of_database(const struct dialect *dialect, struct connection *connection)
{
    struct arena *arena = arena_new();
    struct database_store *database = ARENA_NEW(arena, struct database_store);

    database->store = (struct store){.methods = &database_methods,
                                     .name = "the database",
                                     .transactional = !dialect->running->ddl_commits,
                                     .arena = arena};
    database->dialect = dialect;
    database->connection = connection;
    return &database->store;
}
