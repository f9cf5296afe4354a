/* The MySQL and MariaDB dialect's table of functions. */
#include "mysql/ask/ask.h"
#include "mysql/catalog/catalog.h"
#include "mysql/interpret/interpret.h"
#include "mysql/mysql.h"
#include "mysql/resolve/reconcile.h"
#include "mysql/resolve/resolve.h"
#include "mysql/session/connect.h"
#include "mysql/session/record.h"
#include "mysql/session/script.h"
#include "mysql/session/tool.h"
#include "mysql/sql/recognize.h"
#include "mysql/write/rules.h"
#include "mysql/write/write.h"
#include "mysql/sql/layout.h"

static const struct dialect_client client = {
    .begin = my_begin_client,
    .end = my_end_client,
    .end_thread = my_end_thread,
};

static const struct dialect_states states = {
    .is_url = my_is_url,
    .set_flavor = my_set_flavor,
    .recognizes = my_recognizes,
    .interpret = my_interpret,
    .read = my_read,
};

static const struct dialect_comparing comparing = {
    .resolve = my_resolve,
    .reconcile = my_reconcile,
    .ask = my_ask,
};

static const struct dialect_planning planning = {
    .field_rule = my_field_rule,
    .must_replace = my_must_replace,
    .must_end_dependent = my_must_end_dependent,
    .holds = my_holds,
    .folds_into = my_folds_into,
    .joins = my_joins,
    .ends_with = my_ends_with,
    .slot = my_slot,
};

/* ALTER TABLE takes LOCK=; everything else holds the table's metadata lock. */
static const char *const lock_names[LOCK_COUNT] = {
    [LOCK_NONE] = "none",
    [LOCK_ACCESS_SHARE] = "shared metadata lock",
    [LOCK_ROW_SHARE] = "shared metadata lock",
    [LOCK_ROW_EXCLUSIVE] = "shared metadata lock",
    [LOCK_SHARE_UPDATE_EXCLUSIVE] = "LOCK=NONE",
    [LOCK_SHARE] = "LOCK=SHARED",
    [LOCK_SHARE_ROW_EXCLUSIVE] = "exclusive metadata lock",
    [LOCK_EXCLUSIVE] = "LOCK=EXCLUSIVE",
    [LOCK_ACCESS_EXCLUSIVE] = "exclusive metadata lock",
};

static const enum lock_block lock_blocks[LOCK_COUNT] = {
    [LOCK_SHARE_UPDATE_EXCLUSIVE] = BLOCK_SCHEMA_CHANGES,
    [LOCK_SHARE] = BLOCK_WRITERS,
    [LOCK_SHARE_ROW_EXCLUSIVE] = BLOCK_READERS_AND_WRITERS,
    [LOCK_EXCLUSIVE] = BLOCK_READERS_AND_WRITERS,
    [LOCK_ACCESS_EXCLUSIVE] = BLOCK_READERS_AND_WRITERS,
};

static const struct dialect_writing writing = {
    .lock_names = lock_names,
    .lock_blocks = lock_blocks,
    .avoid = my_avoid,
    .create = my_create,
    .drop = my_drop,
    .alter = my_alter,
    .alter_joined = my_alter_joined,
    .rename = my_rename,
    .is_compound = my_is_compound,
    .session = my_session,
};

static const struct dialect_scripts scripts = {
    .include_command = ".",
    .head = "SET NAMES utf8mb4",
    .lock_timeout = my_lock_timeout,
};

static const struct dialect_layout layout = {
    .cut = my_layout_cut,
    .mark = my_layout_mark,
    .is_keyword = my_layout_is_keyword,
    .is_reserved = my_layout_is_reserved,
};

static const struct dialect_running running = {
    .patient_lock = LOCK_NONE,
    .connect = my_connect,
    .close = my_close,
    .begin = my_begin,
    .commit = my_commit,
    .rollback = my_rollback,
    .run = my_run,
    .ask_rows = my_ask_rows,
    .set_lock_timeout = my_set_lock_timeout,
    .run_script = my_run_script,
    .empty = my_empty,
    .ddl_commits = true,
    .cancel = my_cancel,
    .server_version = my_server_version,
    .read_only = my_read_only,
};

static const struct dialect_locking locking = {
    .take = my_lock,
    .holder = my_lock_holder,
    .blockers = my_blockers,
    .release = my_unlock,
};

static const struct dialect_recording recording = {
    .find = my_record_find,
    .make = my_record_make,
    .put = my_record_put,
    .get = my_record_get,
    .identity = my_record_identity,
};

static const struct dialect_tools tools = {
    .table_size = my_table_size,
    .connection_value = my_connection_value,
    .password_variable = "MYSQL_PWD",
};

const struct dialect mysql_dialect = {
    .name = "mysql",
    .secret_syntax = SECRET_MYSQL,
    .client = &client,
    .states = &states,
    .comparing = &comparing,
    .planning = &planning,
    .writing = &writing,
    .scripts = &scripts,
    .layout = &layout,
    .running = &running,
    .locking = &locking,
    .recording = &recording,
    .tools = &tools,
};
