/* The tables of a record, and the numbers of their columns. A later version may add columns at the
 * end; what an older one cannot read has another format number. */
#ifndef PLUMB_RECORD_TABLES_H
#define PLUMB_RECORD_TABLES_H

#include "dialect/dialect.h"

enum { record_format = 1 };

/* One row: which format the record has. Read before anything else. */
enum { META_NAME, META_VALUE, META_COUNT };

/* An entry: an apply, a baseline, a revert. */
enum {
    ENTRY_NUMBER,
    ENTRY_FORMAT,
    ENTRY_KIND,
    ENTRY_STATE,
    ENTRY_BEGUN,
    ENTRY_ENDED,
    ENTRY_DATABASE_USER,
    ENTRY_ACTOR,
    ENTRY_TOOL,
    ENTRY_MESSAGE,
    ENTRY_WANTED_NAME,
    ENTRY_FILES,
    ENTRY_GIT_COMMIT,
    ENTRY_GIT_REMOTE,
    ENTRY_RUN_URL,
    ENTRY_OPTIONS,
    ENTRY_SERVER_VERSION,
    ENTRY_BEFORE,
    ENTRY_AFTER,
    ENTRY_WANTED,
    ENTRY_STEPS,
    ENTRY_STEPS_DONE,
    ENTRY_ERROR,
    ENTRY_COUNT
};

/* A statement of an entry's plan. */
enum {
    STEP_ENTRY,
    STEP_NUMBER,
    STEP_TRANSACTION_GROUP,
    STEP_STATE,
    STEP_ACTION,
    STEP_OBJECT,
    STEP_STATEMENT,
    STEP_STARTED,
    STEP_SECONDS,
    STEP_COUNT
};

/* A schema as a text, found by its digest: each is kept once. */
enum { SCHEMA_DIGEST, SCHEMA_FORMAT, SCHEMA_DIALECT, SCHEMA_SQL, SCHEMA_SNAPSHOT, SCHEMA_COUNT };

/* Two spellings of an object that the server takes for one: what was declared, what it holds. */
enum {
    EQUIVALENCE_PAIR,
    EQUIVALENCE_OBJECT,
    EQUIVALENCE_DECLARED,
    EQUIVALENCE_HELD,
    EQUIVALENCE_COUNT
};

extern const struct record_table record_meta;
extern const struct record_table record_entries;
extern const struct record_table record_steps;
extern const struct record_table record_schemas;
extern const struct record_table record_equivalences;

/* All of them; record_meta is the first. */
enum { record_table_count = 5 };
extern const struct record_table *const record_tables[record_table_count];

#endif
