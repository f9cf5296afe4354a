/* Where a record is kept: in the target database through its dialect, or in a file. Both hold the
 * same tables of texts. */
#ifndef PLUMB_RECORD_STORE_H
#define PLUMB_RECORD_STORE_H

#include "core/error.h"
#include "dialect/dialect.h"

struct store;

/* The record in the database of the connection, which stays the caller's and must outlive the store.
 * Nothing is sent yet. */
struct store *store_of_database(const struct dialect *dialect, struct connection *connection);

/* The record in a JSON file, which need not be there yet. NULL with an error where it is there and no
 * record. */
struct store *store_of_file(const char *path, struct error *error);
void store_close(struct store *store);

/* For people: "the database", or the file's path. */
const char *store_name(const struct store *store);

/* True when what is put inside a transaction of the target is undone by its rollback. */
bool store_is_transactional(const struct store *store);

/* True for a file. */
bool store_is_elsewhere(const struct store *store);

/* *found: there is a record that can be read. Changes nothing. */
bool store_find(struct store *store, bool *found, struct error *error);

/* Makes the record where there is none. */
bool store_make(struct store *store, struct error *error);

/* Keeps other programs from writing to the record until it is closed; *taken tells. In a database the
 * lock of the apply does. */
bool store_lock(struct store *store, bool *taken, struct error *error);

bool store_put(struct store *store, const struct record_table *table,
               const struct record_rows *rows, struct error *error);
bool store_get(struct store *store, const struct record_query *query, struct arena *arena,
               struct record_rows *rows, struct error *error);

/* A group of puts that stay or go together; inside a transaction of the target's they are part of
 * that, and these do nothing. */
bool store_begin(struct store *store, struct error *error);
bool store_commit(struct store *store, struct error *error);
void store_rollback(struct store *store);

/* --- for the two of them --------------------------------------------------------------------- */

struct store_methods {
    bool (*find)(struct store *store, bool *found, struct error *error);
    bool (*make)(struct store *store, struct error *error);
    bool (*lock)(struct store *store, bool *taken, struct error *error);
    bool (*put)(struct store *store, const struct record_table *table,
                const struct record_rows *rows, struct error *error);
    bool (*get)(struct store *store, const struct record_query *query, struct arena *arena,
                struct record_rows *rows, struct error *error);
    bool (*begin)(struct store *store, struct error *error);
    bool (*commit)(struct store *store, struct error *error);
    void (*rollback)(struct store *store);
    void (*close)(struct store *store);
};

struct store {
    const struct store_methods *methods;
    const char *name;
    bool transactional;
    bool elsewhere;
    bool has_secret_key; /* known once it was found */
    struct arena *arena; /* its own */
};

#endif
