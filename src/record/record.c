/* Entries, steps and schemas to rows and back. */
#include "record/record.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/secret/vault.h"
#include "model/snapshot.h"
#include "record/pack.h"
#include "record/tables.h"

enum { recent_entries = 32 };

static const char secret_key[] = "secret_key";      /* a row of the meta table */
static const char database_identity[] = "database"; /* likewise */

static const uint64_t all_columns = UINT64_MAX;

static const char *number_text(struct arena *arena, int64_t number)
{
    return arena_printf(arena, "%" PRId64, number);
}

static int64_t number_of(const char *text)
{
    return text ? strtoll(text, NULL, 10) : 0;
}

/* --- formats --------------------------------------------------------------------------------- */

static bool check_format(const struct record_rows *rows, struct error *error)
{
    for (size_t i = 0; i < rows->count; i++) {
        const char *const *row = rows->items[i];

        if (row[META_NAME] && strcmp(row[META_NAME], "format") == 0 &&
            number_of(row[META_VALUE]) > record_format) {
            error_hint(error, "Use that version of plumb, or a later one.");
            return error_set(error, ERROR_REFUSED,
                             "the record was written by a later version of plumb");
        }
    }
    return true;
}

static void take_secret_key(struct store *store, const struct record_rows *rows)
{
    for (size_t i = 0; i < rows->count; i++)
        if (rows->items[i][META_NAME] && rows->items[i][META_VALUE] &&
            strcmp(rows->items[i][META_NAME], secret_key) == 0) {
            vault_use_key(rows->items[i][META_VALUE]);
            store->has_secret_key = true;
        }
}

bool record_find(struct store *store, bool *found, struct error *error)
{
    struct arena *scratch;
    struct record_rows rows;
    struct record_query query = {.table = &record_meta, .columns = all_columns};
    bool ok;

    if (!store_find(store, found, error))
        return false;
    if (!*found)
        return true;
    scratch = arena_new();
    ok = store_get(store, &query, scratch, &rows, error) && check_format(&rows, error);
    *found = ok && rows.count > 0;
    if (*found)
        take_secret_key(store, &rows);
    arena_free(scratch);
    return ok;
}

static bool put_meta(struct store *store, const char *name, const char *value, struct error *error)
{
    const char *row[META_COUNT] = {[META_NAME] = name, [META_VALUE] = value};
    const char *const *items[1] = {row};
    struct record_rows rows = {items, 1};

    return store_put(store, &record_meta, &rows, error);
}

bool record_make(struct store *store, struct error *error)
{
    struct arena *scratch = arena_new();
    bool ok = store_make(store, error) &&
              put_meta(store, "format", number_text(scratch, record_format), error);

    if (ok && !store->has_secret_key && !vault_is_empty())
        ok = store->has_secret_key = put_meta(store, secret_key, vault_key(), error);
    arena_free(scratch);
    return ok;
}

bool record_claim(struct store *store, const char *identity, bool *other, struct error *error)
{
    struct record_query query = {
        .table = &record_meta, .columns = all_columns, .key = database_identity};
    struct arena *scratch = arena_new();
    struct record_rows rows = {0};
    bool ok = store_get(store, &query, scratch, &rows, error);
    const char *known = ok && rows.count ? rows.items[0][META_VALUE] : NULL;

    *other = known && strcmp(known, identity) != 0;
    if (ok && (!known || *other))
        ok = put_meta(store, database_identity, identity, error);
    arena_free(scratch);
    return ok;
}

/* --- entries --------------------------------------------------------------------------------- */

static struct record_entry entry_of_row(const char *const *row)
{
    return (struct record_entry){
        .number = number_of(row[ENTRY_NUMBER]),
        .kind = row[ENTRY_KIND] ? row[ENTRY_KIND] : "",
        .state = row[ENTRY_STATE] ? row[ENTRY_STATE] : "",
        .begun = row[ENTRY_BEGUN],
        .ended = row[ENTRY_ENDED],
        .database_user = row[ENTRY_DATABASE_USER],
        .actor = row[ENTRY_ACTOR],
        .tool = row[ENTRY_TOOL],
        .message = row[ENTRY_MESSAGE],
        .wanted_name = row[ENTRY_WANTED_NAME],
        .files = row[ENTRY_FILES],
        .git_commit = row[ENTRY_GIT_COMMIT],
        .git_remote = row[ENTRY_GIT_REMOTE],
        .run_url = row[ENTRY_RUN_URL],
        .options = row[ENTRY_OPTIONS],
        .server_version = number_of(row[ENTRY_SERVER_VERSION]),
        .before = row[ENTRY_BEFORE],
        .after = row[ENTRY_AFTER],
        .wanted = row[ENTRY_WANTED],
        .steps = number_of(row[ENTRY_STEPS]),
        .steps_done = number_of(row[ENTRY_STEPS_DONE]),
        .error = row[ENTRY_ERROR],
    };
}

static void fill_row(const char **row, const struct record_entry *entry, struct arena *arena)
{
    row[ENTRY_NUMBER] = number_text(arena, entry->number);
    row[ENTRY_FORMAT] = number_text(arena, record_format);
    row[ENTRY_KIND] = entry->kind;
    row[ENTRY_STATE] = entry->state;
    row[ENTRY_BEGUN] = entry->begun;
    row[ENTRY_ENDED] = entry->ended;
    row[ENTRY_DATABASE_USER] = entry->database_user;
    row[ENTRY_ACTOR] = entry->actor;
    row[ENTRY_TOOL] = entry->tool;
    row[ENTRY_MESSAGE] = entry->message;
    row[ENTRY_WANTED_NAME] = entry->wanted_name;
    row[ENTRY_FILES] = entry->files;
    row[ENTRY_GIT_COMMIT] = entry->git_commit;
    row[ENTRY_GIT_REMOTE] = entry->git_remote;
    row[ENTRY_RUN_URL] = entry->run_url;
    row[ENTRY_OPTIONS] = entry->options;
    row[ENTRY_SERVER_VERSION] = number_text(arena, entry->server_version);
    row[ENTRY_BEFORE] = entry->before;
    row[ENTRY_AFTER] = entry->after;
    row[ENTRY_WANTED] = entry->wanted;
    row[ENTRY_STEPS] = number_text(arena, entry->steps);
    row[ENTRY_STEPS_DONE] = number_text(arena, entry->steps_done);
    row[ENTRY_ERROR] = entry->error;
}

static int compare_entries(const void *a, const void *b)
{
    const struct record_entry *x = a;
    const struct record_entry *y = b;

    return x->number < y->number ? -1 : x->number > y->number;
}

bool record_read_entries(struct store *store, size_t latest, struct arena *arena,
                         struct record_entries *entries, struct error *error)
{
    struct record_query query = {
        .table = &record_entries, .columns = all_columns, .latest = latest};
    struct record_rows rows;

    *entries = (struct record_entries){0};
    if (!store_get(store, &query, arena, &rows, error))
        return false;
    entries->items = ARENA_ARRAY(arena, struct record_entry, rows.count + 1);
    for (size_t i = 0; i < rows.count; i++)
        entries->items[entries->count++] = entry_of_row(rows.items[i]);
    qsort(entries->items, entries->count, sizeof(*entries->items), compare_entries);
    return true;
}

bool record_read_recent(struct store *store, struct arena *arena, struct record_entries *entries,
                        struct error *error)
{
    return record_read_entries(store, recent_entries, arena, entries, error) &&
           (record_current(entries) || entries->count < recent_entries ||
            record_read_entries(store, 0, arena, entries, error));
}

const struct record_entry *record_current(const struct record_entries *entries)
{
    for (size_t i = entries->count; i-- > 0;)
        if (entries->items[i].after)
            return &entries->items[i];
    return NULL;
}

const struct record_entry *record_entry_of(const struct record_entries *entries, int64_t number)
{
    for (size_t i = 0; i < entries->count; i++)
        if (entries->items[i].number == number)
            return &entries->items[i];
    return NULL;
}

const struct record_entry *record_unfinished(const struct record_entries *entries)
{
    const struct record_entry *last = entries->count ? &entries->items[entries->count - 1] : NULL;

    return last && strcmp(last->state, RECORD_BEGUN) == 0 ? last : NULL;
}

bool record_write_entry(struct store *store, const struct record_entry *entry, struct error *error)
{
    struct arena *scratch = arena_new();
    const char *row[ENTRY_COUNT];
    const char *const *items[1] = {row};
    struct record_rows rows = {items, 1};
    bool ok;

    fill_row(row, entry, scratch);
    ok = store_put(store, &record_entries, &rows, error);
    arena_free(scratch);
    return ok;
}

/* --- steps ----------------------------------------------------------------------------------- */

static struct record_step step_of_row(const char *const *row)
{
    return (struct record_step){
        .number = number_of(row[STEP_NUMBER]),
        .group = number_of(row[STEP_TRANSACTION_GROUP]),
        .state = row[STEP_STATE] ? row[STEP_STATE] : "",
        .action = row[STEP_ACTION] ? row[STEP_ACTION] : "",
        .object = row[STEP_OBJECT] ? row[STEP_OBJECT] : "",
        .sql = row[STEP_STATEMENT] ? row[STEP_STATEMENT] : "",
        .started = row[STEP_STARTED],
        .seconds = row[STEP_SECONDS] ? strtod(row[STEP_SECONDS], NULL) : -1,
    };
}

static int compare_steps(const void *a, const void *b)
{
    const struct record_step *x = a;
    const struct record_step *y = b;

    return x->number < y->number ? -1 : x->number > y->number;
}

bool record_read_steps(struct store *store, int64_t entry, struct arena *arena,
                       struct record_step_list *steps, struct error *error)
{
    struct record_query query = {
        .table = &record_steps, .columns = all_columns, .key = number_text(arena, entry)};
    struct record_rows rows;

    *steps = (struct record_step_list){0};
    if (!store_get(store, &query, arena, &rows, error))
        return false;
    steps->items = ARENA_ARRAY(arena, struct record_step, rows.count + 1);
    for (size_t i = 0; i < rows.count; i++)
        steps->items[steps->count++] = step_of_row(rows.items[i]);
    qsort(steps->items, steps->count, sizeof(*steps->items), compare_steps);
    return true;
}

static const char *const *row_of_step(struct arena *arena, int64_t entry,
                                      const struct record_step *step)
{
    const char **row = ARENA_ARRAY(arena, const char *, STEP_COUNT);

    row[STEP_ENTRY] = number_text(arena, entry);
    row[STEP_NUMBER] = number_text(arena, step->number);
    row[STEP_TRANSACTION_GROUP] = number_text(arena, step->group);
    row[STEP_STATE] = step->state;
    row[STEP_ACTION] = step->action;
    row[STEP_OBJECT] = step->object;
    row[STEP_STATEMENT] = step->sql;
    row[STEP_STARTED] = step->started;
    row[STEP_SECONDS] = step->seconds < 0 ? NULL : arena_printf(arena, "%.6f", step->seconds);
    return row;
}

bool record_write_steps(struct store *store, int64_t entry, const struct record_step *steps,
                        size_t count, struct error *error)
{
    struct arena *scratch = arena_new();
    const char *const **items = ARENA_ARRAY(scratch, const char *const *, count + 1);
    struct record_rows rows = {items, count};
    bool ok;

    for (size_t i = 0; i < count; i++)
        items[i] = row_of_step(scratch, entry, &steps[i]);
    ok = !count || store_put(store, &record_steps, &rows, error);
    arena_free(scratch);
    return ok;
}

/* --- schemas --------------------------------------------------------------------------------- */

static bool is_schema_there(struct store *store, const char *digest, bool *there,
                            struct error *error)
{
    struct arena *scratch = arena_new();
    struct record_query query = {
        .table = &record_schemas, .key = digest, .columns = UINT64_C(1) << SCHEMA_DIGEST};
    struct record_rows rows;
    bool ok = store_get(store, &query, scratch, &rows, error);

    *there = ok && rows.count > 0;
    arena_free(scratch);
    return ok;
}

bool record_write_schema(struct store *store, const char *digest, const char *dialect,
                         const struct record_schema *schema, struct error *error)
{
    struct arena *scratch;
    const char *row[SCHEMA_COUNT] = {[SCHEMA_DIGEST] = digest, [SCHEMA_DIALECT] = dialect};
    const char *const *items[1] = {row};
    struct record_rows rows = {items, 1};
    bool there;
    bool ok;

    if (!is_schema_there(store, digest, &there, error))
        return false;
    if (there)
        return true;
    scratch = arena_new();
    row[SCHEMA_FORMAT] = number_text(scratch, record_format);
    row[SCHEMA_SQL] = pack_text(scratch, schema->sql);
    row[SCHEMA_SNAPSHOT] = pack_text(scratch, schema->snapshot);
    ok = store_put(store, &record_schemas, &rows, error);
    arena_free(scratch);
    return ok;
}

bool record_read_schema(struct store *store, const char *digest, struct arena *arena,
                        struct record_schema *schema, struct error *error)
{
    struct record_query query = {.table = &record_schemas, .key = digest, .columns = all_columns};
    struct record_rows rows;

    *schema = (struct record_schema){0};
    if (!store_get(store, &query, arena, &rows, error))
        return false;
    if (!rows.count)
        return error_set(error, ERROR_REFUSED, "the record holds no schema of digest %.40s",
                         digest);
    schema->dialect = rows.items[0][SCHEMA_DIALECT];
    schema->sql = unpack_text(arena, rows.items[0][SCHEMA_SQL], error);
    schema->snapshot = unpack_text(arena, rows.items[0][SCHEMA_SNAPSHOT], error);
    return error->code == ERROR_NONE;
}

/* What stands before the statements: what the dialect has to know of the server they come from. */
static void read_settings(const char *sql, struct model *model)
{
    size_t prefix = strlen(RECORD_SETTING);

    while (strncmp(sql, RECORD_SETTING, prefix) == 0) {
        size_t length = strcspn(sql, "\n");

        text_list_add(&model->settings, model->arena,
                      arena_strndup(model->arena, sql + prefix, length - prefix));
        sql += length + (sql[length] == '\n');
    }
}

/* What the statements of an older record mean to this version. */
static struct model *interpret(const char *sql, const char *name, const struct dialect *dialect,
                               struct error *error)
{
    struct source_text text = {.file = name, .text = sql, .length = strlen(sql)};
    struct model *model = model_new(name);

    read_settings(sql, model);
    if (dialect->states->interpret(&text, 1, model, error)) {
        model->speaks_of_owners = model->speaks_of_privileges = model->knows_privileges = true;
        return model;
    }
    model_free(model);
    return NULL;
}

static bool find_dialect(const struct record_schema *schema, const struct dialect **dialect,
                         struct error *error)
{
    if (!*dialect && schema->dialect)
        *dialect = dialect_find(schema->dialect);
    return *dialect || error_set(error, ERROR_REFUSED,
                                 "the record is of a database that this plumb does not know");
}

struct model *record_load_model(struct store *store, const char *digest, const char *name,
                                const struct dialect **dialect, struct error *error)
{
    struct arena *scratch = arena_new();
    struct record_schema schema;
    struct model *model = NULL;

    if (record_read_schema(store, digest, scratch, &schema, error) &&
        find_dialect(&schema, dialect, error)) {
        if (schema.snapshot && snapshot_is_readable(schema.snapshot))
            model = snapshot_read(schema.snapshot, name, error);
        else if (schema.sql)
            model = interpret(schema.sql, name, *dialect, error);
        else
            error_set(error, ERROR_REFUSED, "the record keeps only what another version reads");
    }
    arena_free(scratch);
    return model;
}
