/* The tables of a record. Names of columns are those of the numbers in tables.h. */
#include "record/tables.h"

#define COLUMNS(table) .columns = table, .count = sizeof(table) / sizeof(*table)

static const struct record_column meta_columns[META_COUNT] = {
    [META_NAME] = {.name = "name"},
    [META_VALUE] = {.name = "content"},
};

static const struct record_column entry_columns[ENTRY_COUNT] = {
    [ENTRY_NUMBER] = {.name = "entry", .number = true},
    [ENTRY_FORMAT] = {.name = "format", .number = true},
    [ENTRY_KIND] = {.name = "kind"},
    [ENTRY_STATE] = {.name = "state"},
    [ENTRY_BEGUN] = {.name = "begun"},
    [ENTRY_ENDED] = {.name = "ended"},
    [ENTRY_DATABASE_USER] = {.name = "database_user"},
    [ENTRY_ACTOR] = {.name = "actor"},
    [ENTRY_TOOL] = {.name = "tool"},
    [ENTRY_MESSAGE] = {.name = "message"},
    [ENTRY_WANTED_NAME] = {.name = "wanted_name"},
    [ENTRY_FILES] = {.name = "files"},
    [ENTRY_GIT_COMMIT] = {.name = "git_commit"},
    [ENTRY_GIT_REMOTE] = {.name = "git_remote"},
    [ENTRY_RUN_URL] = {.name = "run_url"},
    [ENTRY_OPTIONS] = {.name = "options"},
    [ENTRY_SERVER_VERSION] = {.name = "server_version", .number = true},
    [ENTRY_BEFORE] = {.name = "digest_before"},
    [ENTRY_AFTER] = {.name = "digest_after"},
    [ENTRY_WANTED] = {.name = "digest_wanted"},
    [ENTRY_STEPS] = {.name = "steps", .number = true},
    [ENTRY_STEPS_DONE] = {.name = "steps_done", .number = true},
    [ENTRY_ERROR] = {.name = "error"},
};

static const struct record_column step_columns[STEP_COUNT] = {
    [STEP_ENTRY] = {.name = "entry", .number = true},
    [STEP_NUMBER] = {.name = "step", .number = true},
    [STEP_TRANSACTION_GROUP] = {.name = "transaction_group", .number = true},
    [STEP_STATE] = {.name = "state"},
    [STEP_ACTION] = {.name = "action"},
    [STEP_OBJECT] = {.name = "object"},
    [STEP_STATEMENT] = {.name = "statement"},
    [STEP_STARTED] = {.name = "started"},
    [STEP_SECONDS] = {.name = "seconds"},
};

static const struct record_column schema_columns[SCHEMA_COUNT] = {
    [SCHEMA_DIGEST] = {.name = "digest"},     [SCHEMA_FORMAT] = {.name = "format", .number = true},
    [SCHEMA_DIALECT] = {.name = "dialect"},   [SCHEMA_SQL] = {.name = "statements"},
    [SCHEMA_SNAPSHOT] = {.name = "snapshot"},
};

static const struct record_column equivalence_columns[EQUIVALENCE_COUNT] = {
    [EQUIVALENCE_PAIR] = {.name = "pair"},
    [EQUIVALENCE_OBJECT] = {.name = "object"},
    [EQUIVALENCE_DECLARED] = {.name = "declared"},
    [EQUIVALENCE_HELD] = {.name = "held"},
};

const struct record_table record_meta = {.name = "meta", COLUMNS(meta_columns), .keys = 1};
const struct record_table record_entries = {.name = "entry", COLUMNS(entry_columns), .keys = 1};
const struct record_table record_steps = {.name = "step", COLUMNS(step_columns), .keys = 2};
const struct record_table record_schemas = {.name = "schema", COLUMNS(schema_columns), .keys = 1};
const struct record_table record_equivalences = {
    .name = "equivalence", COLUMNS(equivalence_columns), .keys = 1};

const struct record_table *const record_tables[record_table_count] = {
    &record_meta, &record_entries, &record_steps, &record_schemas, &record_equivalences};
