/* Which options of tables the servers know: those of their grammar, of which each has some of its own, and on MariaDB those
 * that a table's engine defines. Whatever else stands there is an error on both, but on MariaDB under
 * IGNORE_BAD_TABLE_OPTIONS, which keeps it without effect. */
#include <string.h>
#include <strings.h>

#include "core/text/nearest.h"
#include "mysql/interpret/internal.h"

/* What the grammar of one vendor alone has. */
static const struct {
    const char *name;
    enum my_vendor vendor;
} owned[] = {
    {"AUTOEXTEND_SIZE", MY_MYSQL},     {"COMPRESSION", MY_MYSQL},
    {"ENCRYPTION", MY_MYSQL},          {"ENGINE_ATTRIBUTE", MY_MYSQL},
    {"SECONDARY_ENGINE", MY_MYSQL},    {"SECONDARY_ENGINE_ATTRIBUTE", MY_MYSQL},
    {"PAGE_CHECKSUM", MY_MARIADB},     {"SEQUENCE", MY_MARIADB},
    {"SYSTEM VERSIONING", MY_MARIADB}, {"TRANSACTIONAL", MY_MARIADB},
};

/* Engines that come with the server, and what they define; of others (CONNECT, Mroonga, SPIDER, ...) we know no list. */
static const struct {
    const char *engine;
    const char *options[5];
} engines[] = {
    {"InnoDB", {"PAGE_COMPRESSED", "PAGE_COMPRESSION_LEVEL", "ENCRYPTED", "ENCRYPTION_KEY_ID"}},
    {"CSV", {"IETF_QUOTES"}},
    {"ARCHIVE", {NULL}},
    {"Aria", {NULL}},
    {"BLACKHOLE", {NULL}},
    {"MEMORY", {NULL}},
    {"MRG_MyISAM", {NULL}},
    {"MyISAM", {NULL}},
};

enum { OPTIONS = sizeof(engines->options) / sizeof(*engines->options) };

static bool is_ignored(const struct my_interpreter *interpreter)
{
    return interpreter->flavor.vendor == MY_MARIADB &&
           strstr(my_session_value(interpreter, MY_SQL_MODE, "sql_mode", ""),
                  "IGNORE_BAD_TABLE_OPTIONS");
}

/* True where the other vendor alone has it. */
static bool is_foreign(const struct my_interpreter *interpreter, const struct my_option *option)
{
    for (size_t i = 0; i < sizeof(owned) / sizeof(*owned); i++)
        if (strcmp(option->name, owned[i].name) == 0)
            return interpreter->flavor.vendor != owned[i].vendor;
    return false;
}

static enum outcome refuse(struct my_interpreter *interpreter, const struct my_option *option)
{
    bool mariadb = interpreter->flavor.vendor == MY_MARIADB;

    my_fail(interpreter, option->offset, "%s knows no option %s", mariadb ? "MariaDB" : "MySQL",
            option->name);
    if (mariadb)
        error_hint(interpreter->error,
                   "It is one of MySQL's: /*!80000 ... */ hides it from MariaDB.");
    else
        error_hint(interpreter->error, "It is one of MariaDB's: /*M! ... */ hides it from MySQL.");
    return interpreter->outcome;
}

/* An option that belongs to an engine. */
static enum outcome check_defined(struct my_interpreter *interpreter, const char *engine,
                                  const struct my_option *option)
{
    for (size_t i = 0; i < sizeof(engines) / sizeof(*engines); i++) {
        const char *nearest;

        if (strcasecmp(engines[i].engine, engine) != 0)
            continue;
        for (size_t j = 0; j < OPTIONS && engines[i].options[j]; j++)
            if (strcasecmp(engines[i].options[j], option->name) == 0)
                return OUTCOME_DONE;
        nearest = my_nearest_option(option->name);
        if (!nearest)
            nearest = nearest_name(option->name, engines[i].options, OPTIONS);
        my_fail(interpreter, option->offset, "neither MariaDB nor its engine %s knows an option %s",
                engine, option->name);
        if (nearest)
            error_hint(interpreter->error, "Did you mean %s?", nearest);
        else
            error_hint(interpreter->error, "SET sql_mode = 'IGNORE_BAD_TABLE_OPTIONS' before the "
                                           "statement has MariaDB keep it without effect.");
        return interpreter->outcome;
    }
    return OUTCOME_DONE;
}

enum outcome my_check_table_option(struct my_interpreter *interpreter, const struct object *table,
                                   const struct my_option *option)
{
    if (interpreter->from_server || is_ignored(interpreter))
        return OUTCOME_DONE;
    if (is_foreign(interpreter, option))
        return refuse(interpreter, option);
    if (option->engine_defined)
        return check_defined(interpreter, as_table(table)->access_method, option);
    return OUTCOME_DONE;
}
