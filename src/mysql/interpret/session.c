/* What is no schema object: settings of the session, of which a few are obeyed, data, privileges, and what
 * plumb does not model; besides databases. */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "core/buffer.h"
#include "mysql/facts/charset.h"
#include "mysql/interpret/guard.h"
#include "mysql/interpret/internal.h"

/* --- variables -------------------------------------------------------------------------------- */

static const char *const variable_names[MY_SESSION_VARIABLES] = {
    [MY_SQL_MODE] = "sql_mode",
    [MY_CHARACTER_SET_CLIENT] = "character_set_client",
    [MY_COLLATION_CONNECTION] = "collation_connection",
    [MY_TIME_ZONE] = "time_zone",
    [MY_DEFAULT_STORAGE_ENGINE] = "default_storage_engine",
    [MY_EXPLICIT_TIMESTAMPS] = "explicit_defaults_for_timestamp",
    [MY_FOREIGN_KEY_CHECKS] = "foreign_key_checks",
};

static int find_variable(const char *name)
{
    if (strcasecmp(name, "storage_engine") == 0)
        name = "default_storage_engine";
    for (int i = 0; i < MY_SESSION_VARIABLES; i++)
        if (strcasecmp(variable_names[i], name) == 0)
            return i;
    return -1;
}

/* What a variable of either kind holds; NULL where nobody has said it. */
static const char *variable_value(struct my_interpreter *interpreter, const char *text)
{
    int number;

    if (strncmp(text, "@@", 2) != 0)
        return map_get(&interpreter->user_variables, text);
    text += 2;
    if (strncasecmp(text, "session.", strlen("session.")) == 0)
        text += strlen("session.");
    number = find_variable(text);
    return number < 0 ? NULL : interpreter->live.values[number];
}

static const char *value_of(struct my_interpreter *interpreter, const struct my_node *node)
{
    if (!node)
        return NULL;
    switch (node->kind) {
    case MY_STRING:
    case MY_NUMBER:
    case MY_COLUMN:
        return node->text;
    case MY_TRUE:
        return "1";
    case MY_FALSE:
        return "0";
    case MY_VARIABLE:
        return variable_value(interpreter, node->text);
    default:
        return NULL;
    }
}

/* SET NAMES: what the client sends, and the collation of its literals. */
static void set_names(struct my_interpreter *interpreter, const struct my_setting_value *setting)
{
    const char *charset = value_of(interpreter, setting->value);
    const char **values = interpreter->live.values;

    values[MY_CHARACTER_SET_CLIENT] = values[MY_COLLATION_CONNECTION] = NULL;
    if (!charset)
        return;
    charset = my_charset_find(interpreter->arena, interpreter->flavor, charset);
    if (!charset)
        return;
    values[MY_CHARACTER_SET_CLIENT] = charset;
    values[MY_COLLATION_CONNECTION] =
        setting->collation ? my_collation_find(interpreter->arena, interpreter->flavor,
                                               setting->collation, charset)
                           : my_charset_collation(interpreter->model, charset);
}

static const char *known_name(struct my_interpreter *interpreter, int variable, const char *value)
{
    const char *found = NULL;

    if (value && variable == MY_CHARACTER_SET_CLIENT)
        found = my_charset_find(interpreter->arena, interpreter->flavor, value);
    else if (value && variable == MY_COLLATION_CONNECTION)
        found = my_collation_find(interpreter->arena, interpreter->flavor, value, NULL);
    return found ? found : value;
}

static void set_one(struct my_interpreter *interpreter, const struct my_setting_value *setting)
{
    int variable = find_variable(setting->name);
    const char *value;

    if (setting->scope && strcasecmp(setting->scope, "GLOBAL") == 0)
        return;
    if (strcmp(setting->name, "names") == 0) {
        set_names(interpreter, setting);
        return;
    }
    value = value_of(interpreter, setting->value);
    if (setting->name[0] == '@') {
        struct my_guard guard = {.interpreter = interpreter, .arena = interpreter->arena};

        my_set_user_variable(interpreter, setting->name,
                             setting->value ? my_guard_evaluate(&guard, setting->value)
                                            : guard_null());
        map_set(&interpreter->user_variables, arena_strdup(interpreter->arena, setting->name),
                arena_strdup(interpreter->arena, value));
    } else if (strcmp(setting->name, "character set") == 0)
        interpreter->live.values[MY_CHARACTER_SET_CLIENT] =
            known_name(interpreter, MY_CHARACTER_SET_CLIENT, value);
    else if (variable >= 0)
        interpreter->live.values[variable] = known_name(interpreter, variable, value);
}

void my_set(struct my_interpreter *interpreter, const struct my_statement *statement)
{
    for (size_t i = 0; i < statement->settings.count; i++)
        set_one(interpreter, statement->settings.items[i]);
}

/* --- sql_mode as the server prints it ---------------------------------------------------------- */

/* In the order of the server's bits; what a combined one means as well. */
static const struct {
    const char *name;
    const char *mysql;
    const char *mariadb;
} modes[] = {
    {"REAL_AS_FLOAT", NULL, NULL},
    {"PIPES_AS_CONCAT", NULL, NULL},
    {"ANSI_QUOTES", NULL, NULL},
    {"IGNORE_SPACE", NULL, NULL},
    {"IGNORE_BAD_TABLE_OPTIONS", NULL, NULL},
    {"ONLY_FULL_GROUP_BY", NULL, NULL},
    {"NO_UNSIGNED_SUBTRACTION", NULL, NULL},
    {"NO_DIR_IN_CREATE", NULL, NULL},
    {"POSTGRESQL", NULL,
     "PIPES_AS_CONCAT,ANSI_QUOTES,IGNORE_SPACE,NO_KEY_OPTIONS,NO_TABLE_OPTIONS,NO_FIELD_OPTIONS"},
    {"ORACLE", NULL,
     "PIPES_AS_CONCAT,ANSI_QUOTES,IGNORE_SPACE,NO_KEY_OPTIONS,NO_TABLE_OPTIONS,NO_FIELD_OPTIONS,"
     "NO_AUTO_CREATE_USER,SIMULTANEOUS_ASSIGNMENT"},
    {"MSSQL", NULL,
     "PIPES_AS_CONCAT,ANSI_QUOTES,IGNORE_SPACE,NO_KEY_OPTIONS,NO_TABLE_OPTIONS,NO_FIELD_OPTIONS"},
    {"DB2", NULL,
     "PIPES_AS_CONCAT,ANSI_QUOTES,IGNORE_SPACE,NO_KEY_OPTIONS,NO_TABLE_OPTIONS,NO_FIELD_OPTIONS"},
    {"MAXDB", NULL,
     "PIPES_AS_CONCAT,ANSI_QUOTES,IGNORE_SPACE,NO_KEY_OPTIONS,NO_TABLE_OPTIONS,NO_FIELD_OPTIONS,"
     "NO_AUTO_CREATE_USER"},
    {"NO_KEY_OPTIONS", NULL, NULL},
    {"NO_TABLE_OPTIONS", NULL, NULL},
    {"NO_FIELD_OPTIONS", NULL, NULL},
    {"MYSQL323", NULL, "HIGH_NOT_PRECEDENCE"},
    {"MYSQL40", NULL, "HIGH_NOT_PRECEDENCE"},
    {"ANSI", "REAL_AS_FLOAT,PIPES_AS_CONCAT,ANSI_QUOTES,IGNORE_SPACE,ONLY_FULL_GROUP_BY",
     "REAL_AS_FLOAT,PIPES_AS_CONCAT,ANSI_QUOTES,IGNORE_SPACE"},
    {"NO_AUTO_VALUE_ON_ZERO", NULL, NULL},
    {"NO_BACKSLASH_ESCAPES", NULL, NULL},
    {"STRICT_TRANS_TABLES", NULL, NULL},
    {"STRICT_ALL_TABLES", NULL, NULL},
    {"NO_ZERO_IN_DATE", NULL, NULL},
    {"NO_ZERO_DATE", NULL, NULL},
    {"ALLOW_INVALID_DATES", NULL, NULL},
    {"ERROR_FOR_DIVISION_BY_ZERO", NULL, NULL},
    {"TRADITIONAL",
     "STRICT_TRANS_TABLES,STRICT_ALL_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,"
     "ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION",
     "STRICT_TRANS_TABLES,STRICT_ALL_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,"
     "ERROR_FOR_DIVISION_BY_ZERO,NO_AUTO_CREATE_USER,NO_ENGINE_SUBSTITUTION"},
    {"NO_AUTO_CREATE_USER", NULL, NULL},
    {"HIGH_NOT_PRECEDENCE", NULL, NULL},
    {"NO_ENGINE_SUBSTITUTION", NULL, NULL},
    {"PAD_CHAR_TO_FULL_LENGTH", NULL, NULL},
    {"EMPTY_STRING_IS_NULL", NULL, NULL},
    {"SIMULTANEOUS_ASSIGNMENT", NULL, NULL},
    {"TIME_ROUND_FRACTIONAL", NULL, NULL},
    {"TIME_TRUNCATE_FRACTIONAL", NULL, NULL},
};

enum { mode_count = sizeof(modes) / sizeof(*modes) };

static void add_modes(struct my_flavor flavor, const char *text, bool found[mode_count])
{
    while (*text) {
        size_t length = strcspn(text, ", ");

        for (int i = 0; i < mode_count; i++) {
            const char *meaning = flavor.vendor == MY_MYSQL ? modes[i].mysql : modes[i].mariadb;

            if (strlen(modes[i].name) != length || strncasecmp(modes[i].name, text, length) != 0)
                continue;
            found[i] = true;
            if (meaning)
                add_modes(flavor, meaning, found);
        }
        text += length + strspn(text + length, ", ");
    }
}

const char *my_sql_mode_print(struct arena *arena, struct my_flavor flavor, const char *text)
{
    struct buffer printed = BUFFER_EMPTY;
    bool found[mode_count] = {false};

    add_modes(flavor, text, found);
    for (int i = 0; i < mode_count; i++)
        if (found[i]) {
            buffer_separate(&printed, 0, ",");
            buffer_append(&printed, modes[i].name);
        }
    return buffer_take(&printed, arena);
}

struct text_list my_program_session(struct my_interpreter *interpreter, bool with_time_zone)
{
    const char *const *values = interpreter->session->values;
    struct text_list settings = {0};

    for (int i = MY_SQL_MODE; i <= MY_TIME_ZONE; i++) {
        const char *value = values[i];

        if (!value || (i == MY_TIME_ZONE && !with_time_zone))
            continue;
        if (i == MY_SQL_MODE)
            value = my_sql_mode_print(interpreter->arena, interpreter->flavor, value);
        text_list_add(&settings, interpreter->arena,
                      arena_printf(interpreter->arena, "%s=%s", variable_names[i], value));
    }
    return settings;
}

/* --- databases -------------------------------------------------------------------------------- */

static bool is_target(const struct my_interpreter *interpreter, const char *name)
{
    return interpreter->target && strcmp(name, interpreter->target) == 0;
}

enum outcome my_use(struct my_interpreter *interpreter)
{
    const struct my_name *name = &interpreter->statement->name;
    struct object *schema = my_schema(interpreter, name->name, interpreter->statement->offset);

    if (!schema)
        return interpreter->outcome;
    interpreter->live.database = schema->name;
    return OUTCOME_DONE;
}

static enum outcome set_database_options(struct my_interpreter *interpreter, struct object *schema,
                                         const char *inherited)
{
    const struct my_statement *statement = interpreter->statement;
    const char *charset = NULL;
    const char *collation = NULL;
    const char *found;

    for (size_t i = 0; i < statement->options.count; i++) {
        const struct my_option *option = statement->options.items[i];

        if (strcmp(option->name, "CHARSET") == 0)
            charset = option->value;
        else if (strcmp(option->name, "COLLATE") == 0)
            collation = option->value;
        else if (strcmp(option->name, "COMMENT") == 0)
            my_set_comment(interpreter, schema, option->value, 1024);
        else if (strcmp(option->name, "ENCRYPTION") == 0)
            my_option_set(interpreter->arena, &as_schema(schema)->options, "encryption",
                          toupper((unsigned char)option->value[0]) == 'Y' ? "Y" : NULL);
    }
    found = my_resolve_collation(interpreter->arena, interpreter->model, charset, collation,
                                 inherited, interpreter->error);
    if (!found)
        return my_failed_at(interpreter, statement->offset);
    as_schema(schema)->collation = found;
    return OUTCOME_DONE;
}

/* The statement's database; one that is not the target's is an error. */
static struct object *statement_database(struct my_interpreter *interpreter)
{
    const struct my_name *name = &interpreter->statement->name;

    return my_schema(interpreter, name->name, name->offset);
}

enum outcome my_create_database(struct my_interpreter *interpreter)
{
    struct object *schema = statement_database(interpreter);
    const char *inherited;

    if (!schema)
        return interpreter->outcome;
    inherited = *schema->name || is_target(interpreter, interpreter->statement->name.name)
                    ? my_setting(interpreter->model, "collation_server", NULL)
                    : NULL;
    if (is_target(interpreter, interpreter->statement->name.name))
        inherited = as_schema(schema)->collation;
    schema->location = my_location(interpreter, interpreter->statement->offset);
    return set_database_options(interpreter, schema,
                                inherited ? inherited : as_schema(schema)->collation);
}

enum outcome my_alter_database(struct my_interpreter *interpreter)
{
    struct object *schema = statement_database(interpreter);

    if (!schema)
        return interpreter->outcome;
    schema->location = my_location(interpreter, interpreter->statement->offset);
    return set_database_options(interpreter, schema, as_schema(schema)->collation);
}

enum outcome my_drop_database(struct my_interpreter *interpreter)
{
    const struct my_name *name = &interpreter->statement->name;
    struct object *schema;

    if (interpreter->target && *interpreter->target && !is_target(interpreter, name->name))
        return OUTCOME_DONE;
    schema = my_schema(interpreter, name->name, name->offset);
    if (!schema)
        return interpreter->outcome;
    for (struct object *child = schema->first_child; child;) {
        struct object *next = child->next_sibling;

        if (child->kind == KIND_TABLE)
            my_drop_table(interpreter, child);
        else
            model_remove(interpreter->model, child);
        child = next;
    }
    if (*schema->name)
        model_remove(interpreter->model, schema);
    return OUTCOME_DONE;
}

/* --- everything else -------------------------------------------------------------------------- */

static bool holds_word(const char *text, const char *word)
{
    size_t length = strlen(word);

    for (; *text; text++)
        if (strncasecmp(text, word, length) == 0)
            return true;
    return false;
}

/* What may run other statements, or sets what these will say. */
static bool runs_others(const struct my_statement *statement)
{
    static const char *const words[] = {"CALL", "PREPARE", "EXECUTE"};

    for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
        if (strcmp(words[i], statement->word) == 0)
            return true;
    return strcmp(statement->word, "SELECT") == 0 && holds_word(statement->text, "INTO") &&
           strchr(statement->text, '@');
}

enum outcome my_skip(struct my_interpreter *interpreter)
{
    if (!interpreter->from_server && runs_others(interpreter->statement))
        return my_run_statement(interpreter);
    if (interpreter->statement->kind == MY_DATA)
        my_note(interpreter, "data statement skipped", "data statements skipped");
    else if (interpreter->statement->kind == MY_PRIVILEGES)
        my_note(interpreter, "statement on users and privileges skipped",
                "statements on users and privileges skipped");
    return OUTCOME_DONE;
}

/* The next word or quoted name of a statement; "" for anything else, NULL at the end. */
static const char *next_word(struct arena *arena, const char **text)
{
    const char *start = *text + strspn(*text, " \t\r\n");
    size_t length = 0;

    if (!*start)
        return NULL;
    if (strchr("`\"'", *start)) {
        length = strcspn(start + 1, (char[]){*start, '\0'});
        *text = start + 1 + length + (start[1 + length] != '\0');
        return arena_strndup(arena, start + 1, length);
    }
    while (isalnum((unsigned char)start[length]) || strchr("_$", start[length]) ||
           (unsigned char)start[length] >= 0x80) {
        if (!start[length])
            break;
        length++;
    }
    *text = start + (length ? length : 1);
    return arena_strndup(arena, start, length);
}

/* Of "CREATE ... PACKAGE BODY IF NOT EXISTS app.p ...": the class "package body" and the name "p". False for
 * all else: servers, tablespaces and the like are no part of a database, and catalogs are read without them. */
static bool read_package(struct arena *arena, const struct my_statement *statement,
                         const char **class, const char **name)
{
    const char *text = statement->text;
    const char *word;

    *class = NULL;
    *name = NULL;
    if (!statement->word || strcmp(statement->word, "CREATE PACKAGE") != 0)
        return false;
    while (!*name && (word = next_word(arena, &text)) != NULL) {
        if (strcasecmp(word, "PACKAGE") == 0)
            *class = "package";
        else if (*class && strcasecmp(word, "BODY") == 0)
            *class = "package body";
        else if (*class && *word && strcasecmp(word, "IF") != 0 && strcasecmp(word, "NOT") != 0 &&
                 strcasecmp(word, "EXISTS") != 0)
            *name = word;
    }
    if (*name && *text == '.') {
        text++;
        *name = next_word(arena, &text);
    }
    return *name != NULL;
}

enum outcome my_unmodelled(struct my_interpreter *interpreter)
{
    const struct my_statement *statement = interpreter->statement;
    struct arena *arena = interpreter->arena;
    struct object *object;
    const char *class;
    const char *name;

    if (strcmp(statement->word, "BEGIN NOT ATOMIC") == 0)
        return my_run_statement(interpreter);
    if (strcmp(statement->word, "SET STATEMENT") == 0) {
        my_not_run(interpreter, statement->offset, "SET STATEMENT ... FOR");
        return OUTCOME_DONE;
    }
    if (!read_package(arena, statement, &class, &name)) {
        my_note(interpreter, "statement skipped that plumb does not know",
                "statements skipped that plumb does not know");
        return OUTCOME_DONE;
    }
    object = model_add(interpreter->model, KIND_UNMODELLED, NULL,
                       arena_printf(arena, "%s %s", class, name), NULL);
    if (!object)
        return my_fail(interpreter, statement->offset, "%s %s is declared twice", class, name);
    object->location = my_location(interpreter, statement->offset);
    object->verbatim = statement->text;
    as_unmodelled(object)->object_class = class;
    as_unmodelled(object)->definition = statement->text;
    return OUTCOME_DONE;
}
