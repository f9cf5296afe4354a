/* The PostgreSQL dialect's table of functions. */
#include "postgres/ask/ask.h"
#include "postgres/ask/validate.h"
#include "postgres/catalog/catalog.h"
#include "postgres/facts/flavor.h"
#include "postgres/interpret/interpret.h"
#include "postgres/postgres.h"
#include "postgres/resolve/reconcile.h"
#include "postgres/resolve/resolve.h"
#include "postgres/session/connect.h"
#include "postgres/session/record.h"
#include "postgres/write/rules.h"
#include "postgres/write/write.h"
#include "postgres/sql/layout.h"

static const struct dialect_states states = {
    .is_url = pg_is_url,
    .set_flavor = pg_set_flavor,
    .interpret = pg_interpret,
    .read = pg_read,
    .follows_includes = true,
};

static const struct dialect_comparing comparing = {
    .resolve = pg_resolve,
    .reconcile = pg_reconcile,
    .permits = pg_permits,
    .ask = pg_ask,
};

static const struct dialect_planning planning = {
    .field_rule = pg_field_rule,
    .must_replace = pg_must_replace,
    .must_end_dependent = pg_must_end_dependent,
    .is_whole = pg_is_whole,
    .carries = pg_carries,
    .stored_in = pg_stored_in,
    .folds_into = pg_folds_into,
    .place = pg_place,
    .ends_with = pg_ends_with,
    .only_ends = pg_only_ends,
    .slot = pg_slot,
};

static const struct dialect_writing writing = {
    .avoid = pg_avoid,
    .carry = pg_carry,
    .create = pg_create,
    .drop = pg_drop,
    .alter = pg_alter,
    .rename = pg_rename,
    .rename_label = pg_rename_label,
    .session = pg_session,
};

static const struct dialect_scripts scripts = {
    .include_command = "ir",
    .path = pg_script_path,
    .lock_timeout = pg_lock_timeout,
};

static const struct dialect_layout layout = {
    .cut = pg_layout_cut,
    .mark = pg_layout_mark,
    .is_keyword = pg_layout_is_keyword,
    .is_reserved = pg_layout_is_reserved,
};

static const struct dialect_running running = {
    .patient_lock = LOCK_SHARE_UPDATE_EXCLUSIVE,
    .connect = pg_connect,
    .close = pg_close,
    .begin = pg_begin,
    .commit = pg_commit,
    .rollback = pg_rollback,
    .run = pg_run,
    .ask_rows = pg_ask_rows,
    .check_made = pg_check_made,
    .run_script = pg_run_script,
    .set_lock_timeout = pg_set_lock_timeout,
    .cancel = pg_cancel,
    .server_version = pg_server_version,
    .read_only = pg_read_only,
};

static const struct dialect_locking locking = {
    .take = pg_lock,
    .holder = pg_lock_holder,
    .blockers = pg_blockers,
    .release = pg_unlock,
};

static const struct dialect_recording recording = {
    .find = pg_record_find,
    .make = pg_record_make,
    .put = pg_record_put,
    .get = pg_record_get,
    .identity = pg_record_identity,
    .publication = pg_record_publication,
};

const struct dialect postgres_dialect = {
    .name = "postgres",
    .secret_syntax = SECRET_POSTGRES,
    .states = &states,
    .comparing = &comparing,
    .planning = &planning,
    .writing = &writing,
    .scripts = &scripts,
    .layout = &layout,
    .running = &running,
    .locking = &locking,
    .recording = &recording,
};
