/* A record in a JSON file, for databases in which nobody may make tables. The file is read whole, and
 * replaced whole by renaming another over it, so that it is never half written. A second file beside
 * it is locked while an apply writes. */
#include "record/store.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/file.h"
#include "core/operation.h"
#include "core/stream.h"
#include "core/url.h"
#include "record/tables.h"

static const char title_key[] = "plumb_record";

struct file_store {
    struct store store;
    const char *path;
    json_t *root; /* NULL while there is no file */
    json_t *kept; /* what it was when a group of puts began; NULL outside */
    int lock;     /* the descriptor of the lock file; -1 none */
};

static struct file_store *as_file(struct store *store)
{
    return (struct file_store *)store;
}

static bool fail_damaged(const char *path, const char *what, struct error *error)
{
    error_hint(error, "Take it from a backup, or begin a new record with plumb baseline.");
    return error_set(error, ERROR_REFUSED, "the record %s is damaged: %s", path, what);
}

/* --- reading --------------------------------------------------------------------------------- */

static bool check_root(const json_t *root, const char *path, struct error *error)
{
    const json_t *format = json_object_get(root, title_key);
    const char *name;
    json_t *table;

    if (!json_is_integer(format))
        return fail_damaged(path, "it is no record of plumb", error);
    if (json_integer_value(format) > record_format) {
        error_hint(error, "Use the version of plumb that wrote it, or a later one.");
        return error_set(error, ERROR_REFUSED,
                         "the record %s was written by a later version of plumb", path);
    }
    if (!json_is_object(json_object_get(root, "tables")))
        return fail_damaged(path, "it has no tables", error);
    json_object_foreach(json_object_get(root, "tables"), name, table)
    {
        if (!json_is_object(table))
            return fail_damaged(path, name, error);
    }
    return true;
}

static bool load_file(struct file_store *file, struct error *error)
{
    json_error_t problem;
    FILE *stream = stream_open(file->path, "rbe");

    if (!stream && errno == ENOENT)
        return true;
    if (!stream)
        return error_set(error, ERROR_IO, "cannot open %s: %s", file->store.name, strerror(errno));
    file->root = json_loadf(stream, JSON_REJECT_DUPLICATES, &problem);
    stream_close(stream);
    if (!file->root && json_error_code(&problem) == json_error_out_of_memory)
        return error_set(error, ERROR_MEMORY, "out of memory");
    if (!file->root)
        return fail_damaged(file->store.name, problem.text, error);
    return check_root(file->root, file->store.name, error);
}

static const char *text_of(struct arena *arena, const json_t *value)
{
    if (json_is_string(value))
        return arena_strdup(arena, json_string_value(value));
    return json_is_integer(value)
               ? arena_printf(arena, "%" JSON_INTEGER_FORMAT, json_integer_value(value))
               : NULL;
}

static const char *const *read_row(const struct record_query *query, const json_t *row,
                                   struct arena *arena)
{
    const struct record_table *table = query->table;
    const char **values = ARENA_ARRAY(arena, const char *, table->count);

    for (size_t i = 0; i < table->count; i++)
        if (query->columns >> i & 1)
            values[i] = text_of(arena, json_object_get(row, table->columns[i].name));
    return values;
}

/* What the key begins with, up to the slash. */
static bool is_first_key(const char *key, const char *wanted)
{
    size_t length = strcspn(key, "/");

    return !wanted || (strlen(wanted) == length && strncmp(key, wanted, length) == 0);
}

/* Leaves out the rows whose first key is below the latest ones'. */
static int64_t lowest_wanted(const json_t *table, size_t latest)
{
    int64_t highest = 0;
    const char *key;
    json_t *row;

    json_object_foreach((json_t *)(uintptr_t)table, key, row)
    {
        int64_t number = strtoll(key, NULL, 10);

        highest = number > highest ? number : highest;
    }
    return latest ? highest - (int64_t)latest + 1 : INT64_MIN;
}

static bool get_from_file(struct store *store, const struct record_query *query,
                          struct arena *arena, struct record_rows *rows, struct error *error)
{
    json_t *table =
        json_object_get(json_object_get(as_file(store)->root, "tables"), query->table->name);
    const char *const **items =
        ARENA_ARRAY(arena, const char *const *, json_object_size(table) + 1);
    int64_t lowest = query->latest ? lowest_wanted(table, query->latest) : INT64_MIN;
    const char *key;
    json_t *row;

    (void)error;
    *rows = (struct record_rows){.items = items};
    json_object_foreach(table, key, row)
    {
        if (is_first_key(key, query->key) && (!query->latest || strtoll(key, NULL, 10) >= lowest))
            items[rows->count++] = read_row(query, row, arena);
    }
    return true;
}

static bool find_in_file(struct store *store, bool *found, struct error *error)
{
    (void)error;
    *found = as_file(store)->root != NULL;
    return true;
}

/* --- writing --------------------------------------------------------------------------------- */

static void release_text(void *text)
{
    free(text);
}

static bool save(struct file_store *file, struct error *error)
{
    char *text = operation_hold(json_dumps(file->root, JSON_INDENT(1)), release_text);
    bool ok = text ? file_write(file->path, text, strlen(text), FILE_PRIVATE, error)
                   : error_set(error, ERROR_INTERNAL, "the record cannot be written as JSON");

    operation_drop(text);
    free(text);
    return ok;
}

static bool make_file(struct store *store, struct error *error)
{
    struct file_store *file = as_file(store);
    json_t *tables;
    bool ok;

    if (file->root)
        return true;
    file->root = json_object();
    tables = json_object();
    ok = json_object_set_new(file->root, title_key, json_integer(record_format)) == 0;
    ok = json_object_set_new(file->root, "tables", tables) == 0 && ok;
    for (size_t i = 0; ok && i < record_table_count; i++)
        ok = json_object_set_new(tables, record_tables[i]->name, json_object()) == 0;
    if (ok)
        return save(file, error);
    json_decref(file->root);
    file->root = NULL;
    return error_set(error, ERROR_MEMORY, "out of memory");
}

static json_t *value_of(const char *text, bool number)
{
    if (!text)
        return json_null();
    return number ? json_integer(strtoll(text, NULL, 10)) : json_string(text);
}

static bool put_row(json_t *rows, const struct record_table *table, const char *const *values,
                    struct arena *scratch)
{
    struct text_list keys = {0};
    const char *key;
    json_t *row;
    bool ok = true;

    for (size_t i = 0; i < table->keys; i++)
        text_list_add(&keys, scratch, values[i]);
    key = text_list_join(&keys, scratch, "/");
    row = json_object();
    for (size_t i = 0; i < table->count; i++)
        ok = json_object_set_new(row, table->columns[i].name,
                                 value_of(values[i], table->columns[i].number)) == 0 &&
             ok;
    return json_object_set_new(rows, key, row) == 0 && ok;
}

static json_t *table_of(json_t *root, const char *name)
{
    json_t *tables = json_object_get(root, "tables");
    json_t *table = json_object_get(tables, name);

    if (table)
        return table;
    json_object_set_new(tables, name, json_object());
    return json_object_get(tables, name);
}

static bool put_in_file(struct store *store, const struct record_table *table,
                        const struct record_rows *rows, struct error *error)
{
    struct file_store *file = as_file(store);
    struct arena *scratch = arena_new();
    json_t *into = table_of(file->root, table->name);
    bool ok = true;

    for (size_t i = 0; i < rows->count; i++)
        ok = put_row(into, table, rows->items[i], scratch) && ok;
    arena_free(scratch);
    if (!ok)
        return error_set(error, ERROR_INTERNAL, "a text of the record is not valid UTF-8");
    return file->kept || save(file, error);
}

static bool begin_file(struct store *store, struct error *error)
{
    struct file_store *file = as_file(store);

    json_decref(file->kept);
    file->kept = json_deep_copy(file->root);
    return file->kept || error_set(error, ERROR_MEMORY, "out of memory");
}

static bool commit_file(struct store *store, struct error *error)
{
    struct file_store *file = as_file(store);

    json_decref(file->kept);
    file->kept = NULL;
    return save(file, error);
}

static void roll_back_file(struct store *store)
{
    struct file_store *file = as_file(store);

    if (!file->kept)
        return;
    json_decref(file->root);
    file->root = file->kept;
    file->kept = NULL;
}

/* --- the lock, and the end --------------------------------------------------------------------- */

static bool lock_file(struct store *store, bool *taken, struct error *error)
{
    struct file_store *file = as_file(store);
    const char *path = arena_printf(store->arena, "%s.lock", file->path);

    *taken = file->lock >= 0;
    if (*taken)
        return true;
    file->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (file->lock < 0)
        return error_set(error, ERROR_IO, "cannot write %s: %s", path, strerror(errno));
    *taken = flock(file->lock, LOCK_EX | LOCK_NB) == 0;
    if (!*taken) {
        close(file->lock);
        file->lock = -1;
        return true;
    }
    /* Another apply may have written since the file was read. */
    json_decref(file->root);
    file->root = NULL;
    return load_file(file, error);
}

static void close_file(struct store *store)
{
    struct file_store *file = as_file(store);

    operation_drop(store);
    json_decref(file->root);
    json_decref(file->kept);
    if (file->lock >= 0)
        close(file->lock);
    arena_free(store->arena);
}

static const struct store_methods file_methods = {
    .find = find_in_file,
    .make = make_file,
    .lock = lock_file,
    .put = put_in_file,
    .get = get_from_file,
    .begin = begin_file,
    .commit = commit_file,
    .rollback = roll_back_file,
    .close = close_file,
};

static void release_store(void *store)
{
    close_file(store);
}

struct store *store_of_file(const char *path, struct error *error)
{
    struct arena *arena = arena_new();
    struct file_store *file = ARENA_NEW(arena, struct file_store);

    file->path = arena_strdup(arena, path);
    file->store = (struct store){.methods = &file_methods,
                                 .name = url_without_secrets(arena, path), /* it may be none */
                                 .elsewhere = true,
                                 .arena = arena};
    file->lock = -1;
    operation_hold(&file->store, release_store);
    if (load_file(file, error))
        return &file->store;
    close_file(&file->store);
    return NULL;
}
