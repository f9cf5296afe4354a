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

const struct dialect postgres_dialect = {
    .name = "postgres",
    .secret_syntax = SECRET_POSTGRES,
    .patient_lock = LOCK_SHARE_UPDATE_EXCLUSIVE,
    .is_url = pg_is_url,
    .set_flavor = pg_set_flavor,
    .interpret = pg_interpret,
    .connect = pg_connect,
    .close = pg_close,
    .read = pg_read,
    .resolve = pg_resolve,
    .reconcile = pg_reconcile,
    .ask = pg_ask,
    .field_rule = pg_field_rule,
    .must_replace = pg_must_replace,
    .must_end_dependent = pg_must_end_dependent,
    .is_whole = pg_is_whole,
    .carries = pg_carries,
    .stored_in = pg_stored_in,
    .carry = pg_carry,
    .folds_into = pg_folds_into,
    .ends_with = pg_ends_with,
    .slot = pg_slot,
    .create = pg_create,
    .drop = pg_drop,
    .alter = pg_alter,
    .rename = pg_rename,
    .rename_label = pg_rename_label,
    .include_command = "ir",
    .follows_includes = true,
    .script_path = pg_script_path,
    .session = pg_session,
    .begin = pg_begin,
    .commit = pg_commit,
    .rollback = pg_rollback,
    .run = pg_run,
    .check_made = pg_check_made,
    .run_script = pg_run_script,
    .lock = pg_lock,
    .set_lock_timeout = pg_set_lock_timeout,
    .cancel = pg_cancel,
    .server_version = pg_server_version,
    .read_only = pg_read_only,
    .record_find = pg_record_find,
    .record_make = pg_record_make,
    .record_put = pg_record_put,
    .record_get = pg_record_get,
    .lock_holder = pg_lock_holder,
    .unlock = pg_unlock,
};
