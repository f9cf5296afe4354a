/* Tables: CREATE TABLE in the order in which the server works, LIKE, options, DROP, RENAME. */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "core/text/letter_case.h"
#include "model/identity.h"
#include "mysql/interpret/internal.h"
#include "mysql/sql/quote.h"

/* --- options ---------------------------------------------------------------------------------- */

const char *my_engine(struct arena *arena, const char *name)
{
    static const char *const engines[] = {"InnoDB",     "MyISAM",   "MEMORY",
                                          "CSV",        "ARCHIVE",  "BLACKHOLE",
                                          "FEDERATED",  "Aria",     "ndbcluster",
                                          "MRG_MyISAM", "SEQUENCE", "CONNECT",
                                          "SPIDER",     "ROCKSDB",  "Columnstore",
                                          "TokuDB",     "Mroonga",  "S3",
                                          "OQGRAPH",    "SPHINX",   "PERFORMANCE_SCHEMA"};
    static const char *const synonyms[][2] = {
        {"HEAP", "MEMORY"}, {"MERGE", "MRG_MyISAM"}, {"NDB", "ndbcluster"}, {"INNOBASE", "InnoDB"}};

    for (size_t i = 0; i < sizeof(synonyms) / sizeof(*synonyms); i++)
        if (strcasecmp(name, synonyms[i][0]) == 0)
            return synonyms[i][1];
    for (size_t i = 0; i < sizeof(engines) / sizeof(*engines); i++)
        if (strcasecmp(name, engines[i]) == 0)
            return engines[i];
    return arena_strdup(arena, name);
}

/* Options that are as good as not written. */
static bool is_at_default(const struct my_option *option)
{
    static const char *const zero[] = {"KEY_BLOCK_SIZE",  "MAX_ROWS",       "MIN_ROWS",
                                       "AVG_ROW_LENGTH",  "CHECKSUM",       "PAGE_CHECKSUM",
                                       "DELAY_KEY_WRITE", "AUTOEXTEND_SIZE"};

    if (!option->value || (!option->quoted && strcasecmp(option->value, "DEFAULT") == 0))
        return true;
    for (size_t i = 0; i < sizeof(zero) / sizeof(*zero); i++)
        if (strcmp(option->name, zero[i]) == 0 && strcmp(option->value, "0") == 0)
            return true;
    if (strcmp(option->name, "ENCRYPTION") == 0)
        return toupper((unsigned char)option->value[0]) == 'N';
    if (strcmp(option->name, "INSERT_METHOD") == 0)
        return strcasecmp(option->value, "NO") == 0;
    if (strcmp(option->name, "CONNECTION") == 0 || strcmp(option->name, "COMPRESSION") == 0 ||
        strcmp(option->name, "PASSWORD") == 0)
        return *option->value == '\0';
    if (strcmp(option->name, "SYSTEM VERSIONING") == 0)
        return strcmp(option->value, "0") == 0;
    return false;
}

/* Words among the values are kept in upper case. */
static const char *option_value(struct arena *arena, const struct my_option *option)
{
    if (strcmp(option->name, "ROW_FORMAT") != 0 && strcmp(option->name, "INSERT_METHOD") != 0 &&
        strcmp(option->name, "ENCRYPTION") != 0 && strcmp(option->name, "STORAGE") != 0)
        return option->value;
    return text_upper(arena, option->value);
}

enum outcome my_interpret_table_option(struct my_interpreter *interpreter, struct object *table,
                                       const struct my_option *option)
{
    struct arena *arena = interpreter->arena;

    if (strcmp(option->name, "ENGINE") == 0) {
        if (!is_at_default(option))
            as_table(table)->access_method = my_engine(arena, option->value);
    } else if (strcmp(option->name, "COMMENT") == 0) {
        my_set_comment(interpreter, table, option->value, 2048);
    } else if (strcmp(option->name, "TABLESPACE") == 0) {
        if (interpreter->flavor.vendor != MY_MARIADB) /* which reads it, and forgets it */
            as_table(table)->tablespace = option->value;
    } else if (strcmp(option->name, "AUTO_INCREMENT") != 0 &&
               strcmp(option->name, "START TRANSACTION") != 0 &&
               strcmp(option->name, "PASSWORD") != 0) {
        my_option_set(arena, &as_table(table)->options, my_option_name(arena, option->name),
                      is_at_default(option) ? NULL : option_value(arena, option));
    }
    return OUTCOME_DONE;
}

/* The table's collation comes first: columns inherit it. */
static enum outcome set_collation(struct my_interpreter *interpreter, struct object *table,
                                  const struct pointer_list *options, const char *inherited)
{
    const char *charset = NULL;
    const char *collation = NULL;
    size_t offset = interpreter->statement->offset;

    for (size_t i = 0; i < options->count; i++) {
        const struct my_option *option = options->items[i];

        if (strcmp(option->name, "CHARSET") == 0)
            charset = option->value;
        else if (strcmp(option->name, "COLLATE") == 0)
            collation = option->value;
        else
            continue;
        offset = option->offset;
    }
    as_table(table)->collation = my_resolve_collation(
        interpreter->arena, interpreter->model, charset, collation, inherited, interpreter->error);
    return as_table(table)->collation ? OUTCOME_DONE : my_failed_at(interpreter, offset);
}

static enum outcome set_options(struct my_interpreter *interpreter, struct object *table,
                                const struct pointer_list *options)
{
    as_table(table)->access_method =
        my_engine(interpreter->arena, my_session_value(interpreter, MY_DEFAULT_STORAGE_ENGINE,
                                                       "default_storage_engine", "InnoDB"));
    for (size_t i = 0; i < options->count; i++) {
        const struct my_option *option = options->items[i];

        if (strcmp(option->name, "CHARSET") != 0 && strcmp(option->name, "COLLATE") != 0 &&
            my_interpret_table_option(interpreter, table, option) != OUTCOME_DONE)
            return interpreter->outcome;
    }
    for (size_t i = 0; i < options->count; i++)
        if (my_check_table_option(interpreter, table, options->items[i]) != OUTCOME_DONE)
            return interpreter->outcome;
    return OUTCOME_DONE;
}

/* --- elements --------------------------------------------------------------------------------- */

static enum outcome add_columns(struct my_interpreter *interpreter, struct object *table,
                                const struct pointer_list *elements)
{
    for (size_t i = 0; i < elements->count; i++) {
        const struct my_element *element = elements->items[i];

        if (element->kind != MY_ELEMENT_COLUMN)
            continue;
        if (!my_declare_column(interpreter, table, NULL, element->column))
            return interpreter->outcome;
        my_place_column(interpreter, table, element->column->name, NULL, NULL);
    }
    my_number_columns(table);
    return OUTCOME_DONE;
}

static enum outcome add_column_parts(struct my_interpreter *interpreter, struct object *table,
                                     const struct my_column *column)
{
    bool serial = strcasecmp(column->type.name, "SERIAL") == 0;
    enum outcome outcome = my_add_column_keys(interpreter, table, column, serial);

    for (size_t i = 0; outcome == OUTCOME_DONE && i < column->checks.count; i++)
        outcome = my_add_check(interpreter, table, column->checks.items[i], column->name);
    if (outcome == OUTCOME_DONE && column->references &&
        my_can(interpreter->flavor, MY_CAN_INLINE_REFERENCES))
        outcome = my_add_foreign_key(interpreter, table, column->references, column->name);
    return outcome;
}

/* The columns of an application's period cannot be null; those of SYSTEM_TIME never are. */
static enum outcome add_period(struct my_interpreter *interpreter, struct object *table,
                               const struct my_period *period)
{
    struct arena *arena = interpreter->arena;
    const char *const columns[] = {period->start, period->end};
    bool system = strcasecmp(period->name, "SYSTEM_TIME") == 0;

    for (size_t i = 0; i < sizeof(columns) / sizeof(*columns); i++) {
        struct object *column =
            my_column(interpreter, table, columns[i], interpreter->statement->offset);

        if (!column)
            return interpreter->outcome;
        if (!system)
            my_set_not_null(interpreter, column);
    }
    text_list_add(&as_table(table)->periods, arena,
                  arena_printf(arena, "%s (%s, %s)",
                               system ? "SYSTEM_TIME" : my_quote_name(arena, period->name),
                               my_quote_name(arena, period->start),
                               my_quote_name(arena, period->end)));
    return OUTCOME_DONE;
}

enum outcome my_add_element(struct my_interpreter *interpreter, struct object *table,
                            const struct my_element *element)
{
    switch (element->kind) {
    case MY_ELEMENT_COLUMN:
        return add_column_parts(interpreter, table, element->column);
    case MY_ELEMENT_KEY:
        return my_add_key(interpreter, table, element->key);
    case MY_ELEMENT_FOREIGN_KEY:
        return my_add_foreign_key(interpreter, table, element->foreign_key, NULL);
    case MY_ELEMENT_CHECK:
        return my_add_check(interpreter, table, element->check, NULL);
    case MY_ELEMENT_PERIOD:
        return add_period(interpreter, table, element->period);
    }
    return OUTCOME_DONE;
}

/* What is missing in a table being made will not come later: an unknown column of a key, say. */
static enum outcome add_elements(struct my_interpreter *interpreter, struct object *table,
                                 const struct my_table *declared)
{
    const struct pointer_list *elements = &declared->elements;
    enum outcome outcome = add_columns(interpreter, table, elements);

    for (size_t i = 0; outcome == OUTCOME_DONE && i < elements->count; i++)
        outcome = my_add_element(interpreter, table, elements->items[i]);
    if (outcome == OUTCOME_DONE && declared->partitioning)
        outcome = my_set_partitioning(interpreter, table, declared->partitioning);
    return outcome;
}

/* --- LIKE ------------------------------------------------------------------------------------- */

static bool is_copied(const struct object *child)
{
    return child->kind != KIND_FOREIGN_KEY && child->kind != KIND_TRIGGER &&
           child->kind != KIND_OWNER;
}

static void copy_children(struct my_interpreter *interpreter, struct object *to,
                          const struct object *from)
{
    for (const struct object *child = from->first_child; child; child = child->next_sibling) {
        const char *name = child->name;
        struct object *copy;

        if (!is_copied(child))
            continue;
        if (child->kind == KIND_CHECK && to->kind == KIND_TABLE &&
            my_can(interpreter->flavor, MY_CAN_CHECK_NAMES_IN_SCHEMA))
            name = my_check_name(interpreter, to);
        copy = my_add_implied(interpreter, child->kind, to, name);
        my_copy_fields(copy, child);
        copy->name_chosen = child->name_chosen || name != child->name;
        copy_children(interpreter, copy, child);
    }
}

static enum outcome copy_table(struct my_interpreter *interpreter, struct object *schema,
                               const struct my_table *declared)
{
    struct object *source = my_table(interpreter, declared->like);
    struct object *table;

    if (!source)
        return interpreter->outcome;
    table = my_add(interpreter, KIND_TABLE, schema, my_table_name(interpreter, declared->name.name),
                   interpreter->statement->offset);
    if (!table)
        return interpreter->outcome;
    my_copy_fields(table, source);
    copy_children(interpreter, table, source);
    my_bind_foreign_keys(interpreter, table);
    return OUTCOME_DONE;
}

/* --- CREATE TABLE ----------------------------------------------------------------------------- */

/* Temporary tables are remembered by name, so that what is done to them can be skipped. */
static const char *temporary_key(struct my_interpreter *interpreter, const struct my_name *name)
{
    const char *schema = name->schema ? name->schema : interpreter->session->database;

    return arena_printf(interpreter->arena, "%s/%s", schema ? schema : "", name->name);
}

static enum outcome skip_temporary(struct my_interpreter *interpreter, const struct my_name *name)
{
    map_set(&interpreter->temporary, temporary_key(interpreter, name), interpreter);
    my_note(interpreter, "temporary table skipped", "temporary tables skipped");
    return OUTCOME_DONE;
}

bool my_is_temporary(struct my_interpreter *interpreter, const struct my_name *name)
{
    return interpreter->temporary.count &&
           map_get(&interpreter->temporary, temporary_key(interpreter, name));
}

static enum outcome refuse_query(struct my_interpreter *interpreter)
{
    my_fail(interpreter, interpreter->statement->offset,
            "CREATE TABLE ... AS SELECT makes columns that no declaration describes");
    error_hint(interpreter->error, "Write CREATE TABLE with its columns.");
    return OUTCOME_FAILED;
}

static enum outcome make_table(struct my_interpreter *interpreter, struct object *schema,
                               const struct my_table *declared)
{
    struct object *table =
        my_add(interpreter, KIND_TABLE, schema, my_table_name(interpreter, declared->name.name),
               interpreter->statement->offset);
    bool reporting = interpreter->rounds.reporting;
    enum outcome outcome;

    if (!table)
        return interpreter->outcome;
    outcome = set_collation(interpreter, table, &declared->options, as_schema(schema)->collation);
    if (outcome == OUTCOME_DONE)
        outcome = set_options(interpreter, table, &declared->options);
    interpreter->rounds.reporting = true;
    if (outcome == OUTCOME_DONE)
        outcome = add_elements(interpreter, table, declared);
    interpreter->rounds.reporting = reporting;
    if (outcome == OUTCOME_DONE)
        outcome = my_check_auto_increment(interpreter, table);
    if (outcome != OUTCOME_DONE) { /* a catalog reader goes on without it */
        my_drop_table(interpreter, table);
        return OUTCOME_FAILED;
    }
    my_settle_foreign_indexes(interpreter, table);
    my_bind_foreign_keys(interpreter, table);
    return OUTCOME_DONE;
}

enum outcome my_create_table(struct my_interpreter *interpreter)
{
    const struct my_table *declared = interpreter->statement->table;
    struct object *schema;
    struct object *existing;

    if (declared->temporary)
        return skip_temporary(interpreter, &declared->name);
    schema = my_schema(interpreter, declared->name.schema, declared->name.offset);
    if (!schema)
        return interpreter->outcome;
    if (declared->query)
        return refuse_query(interpreter);
    existing =
        my_find_relation(interpreter, schema, my_table_name(interpreter, declared->name.name));
    if (existing && declared->if_not_exists)
        return OUTCOME_DONE;
    if (existing && declared->or_replace && existing->kind == KIND_TABLE)
        my_drop_table(interpreter, existing);
    if (declared->like)
        return copy_table(interpreter, schema, declared);
    return make_table(interpreter, schema, declared);
}

/* --- DROP, RENAME ----------------------------------------------------------------------------- */

void my_drop_table(struct my_interpreter *interpreter, struct object *table)
{
    my_unbind_foreign_keys(interpreter, table);
    model_remove(interpreter->model, table);
}

enum outcome my_drop_tables(struct my_interpreter *interpreter)
{
    const struct my_statement *statement = interpreter->statement;
    struct pointer_list tables = {0};

    for (size_t i = 0; i < statement->names.count; i++) {
        const struct my_name *name = statement->names.items[i];
        struct object *schema;
        struct object *table;

        if (my_is_temporary(interpreter, name)) {
            map_set(&interpreter->temporary, temporary_key(interpreter, name), NULL);
            continue;
        }
        if (statement->temporary)
            continue;
        schema = my_schema(interpreter, name->schema, name->offset);
        if (!schema)
            return interpreter->outcome;
        table = model_find(interpreter->model, KIND_TABLE, schema,
                           my_table_name(interpreter, name->name), NULL);
        if (table)
            pointer_list_add(&tables, interpreter->arena, table);
        else if (!statement->if_exists && !my_table(interpreter, name))
            return interpreter->outcome;
    }
    for (size_t i = 0; i < tables.count; i++)
        my_drop_table(interpreter, tables.items[i]);
    return OUTCOME_DONE;
}

enum outcome my_interpret_rename(struct my_interpreter *interpreter, struct object *table,
                                 const struct my_name *name)
{
    struct object *schema = my_schema(interpreter, name->schema, name->offset);
    const char *former_name = table->name;
    const char *bare = my_table_name(interpreter, name->name);
    struct object *taken;

    if (!schema)
        return interpreter->outcome;
    taken = my_find_relation(interpreter, schema, bare);
    if (taken == table)
        return OUTCOME_DONE;
    if (taken || !model_rename(interpreter->model, table, schema, bare, NULL))
        return my_fail_existing(interpreter, name->offset, "%s is there already",
                                identity_print(interpreter->arena, taken));
    if (table->kind == KIND_TABLE) {
        my_rename_chosen(interpreter, table, former_name);
        my_bind_foreign_keys(interpreter, table);
    }
    return OUTCOME_DONE;
}

enum outcome my_rename_tables(struct my_interpreter *interpreter)
{
    struct my_statement *statement = interpreter->statement;

    for (size_t i = 0; i < statement->names.count; i++) {
        const struct my_name *name = statement->names.items[i];
        struct object *schema = my_schema(interpreter, name->schema, name->offset);
        struct object *table;

        if (!schema)
            return interpreter->outcome;
        table = my_find_relation(interpreter, schema, my_table_name(interpreter, name->name));
        if (!table) {
            if (statement->if_exists)
                continue;
            if (i > 0) /* the pairs before are done: they are not done again */
                return my_fail(interpreter, name->offset, "table %s does not exist", name->name);
            return my_table(interpreter, name), interpreter->outcome;
        }
        if (my_interpret_rename(interpreter, table, statement->new_names.items[i]) != OUTCOME_DONE)
            return interpreter->outcome;
    }
    return OUTCOME_DONE;
}
