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

const struct dialect mysql_dialect = {
    .name = "mysql",
    .secret_syntax = SECRET_MYSQL,
    .begin_client = my_begin_client,
    .end_client = my_end_client,
    .end_thread = my_end_thread,
    .patient_lock = LOCK_NONE,
    .is_url = my_is_url,
    .set_flavor = my_set_flavor,
    .recognizes = my_recognizes,
    .interpret = my_interpret,
    .connect = my_connect,
    .close = my_close,
    .read = my_read,
    .resolve = my_resolve,
    .reconcile = my_reconcile,
    .ask = my_ask,
    .field_rule = my_field_rule,
    .must_replace = my_must_replace,
    .must_end_dependent = my_must_end_dependent,
    .holds = my_holds,
    .folds_into = my_folds_into,
    .joins = my_joins,
    .ends_with = my_ends_with,
    .slot = my_slot,
    .create = my_create,
    .drop = my_drop,
    .alter = my_alter,
    .alter_joined = my_alter_joined,
    .rename = my_rename,
    .rename_label = my_rename_label,
    .include_command = ".",
    .script_head = "SET NAMES utf8mb4",
    .is_compound = my_is_compound,
    .session = my_session,
    .begin = my_begin,
    .commit = my_commit,
    .rollback = my_rollback,
    .run = my_run,
    .lock = my_lock,
    .set_lock_timeout = my_set_lock_timeout,
    .run_script = my_run_script,
    .empty = my_empty,
    .table_size = my_table_size,
    .connection_value = my_connection_value,
    .password_variable = "MYSQL_PWD",
    .ddl_commits = true,
    .record_find = my_record_find,
    .record_make = my_record_make,
    .record_put = my_record_put,
    .record_get = my_record_get,
    .lock_holder = my_lock_holder,
    .unlock = my_unlock,
    .cancel = my_cancel,
    .server_version = my_server_version,
    .read_only = my_read_only,
};
