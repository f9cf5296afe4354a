/* Flavours from version numbers and texts, the table of capabilities, and a model's settings. */
#include "mysql/flavor.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { NEWEST_MYSQL = 90704, NEWEST_MARIADB = 120002, FIRST_MARIADB = 100000 };

static const struct {
    int mysql;
    int mariadb;
} capabilities[MY_CAPABILITY_COUNT] = {
#define CAPABILITY(name, mysql, mariadb, text) [MY_CAN_##name] = {mysql, mariadb},
#include "mysql/capability.def"
#undef CAPABILITY
};

struct my_flavor my_flavor_of_version(int version)
{
    if (version <= 0)
        version = NEWEST_MYSQL;
    return (struct my_flavor){version >= FIRST_MARIADB ? MY_MARIADB : MY_MYSQL, version};
}

struct my_flavor my_flavor_of(const struct model *model)
{
    const char *version = my_setting(model, "version", NULL);

    if (model->server_version)
        return my_flavor_of_version(model->server_version);
    return my_flavor_of_version(version ? atoi(version) : 0);
}

/* 10.11.19 at the text's beginning as 101119; 0 where it begins with no number. */
static int read_version(const char *text)
{
    int parts[3] = {0, 0, 0};
    size_t count = 0;

    if (!isdigit((unsigned char)*text))
        return 0;
    while (count < 3 && isdigit((unsigned char)*text)) {
        char *end;

        parts[count++] = (int)strtol(text, &end, 10);
        if (*end != '.')
            break;
        text = end + 1;
    }
    return parts[0] * 10000 + parts[1] * 100 + parts[2];
}

static const char *after_word(const char *text, const char *word)
{
    size_t length = strlen(word);

    return strncasecmp(text, word, length) == 0 ? text + length : NULL;
}

/* What stands behind "mysql" or "mariadb": nothing, or ":8.4". */
static bool read_named(const char *rest, int newest, struct my_flavor *flavor)
{
    int version = *rest ? read_version(rest + 1) : newest;

    if ((*rest && *rest != ':') || !version)
        return false;
    *flavor = my_flavor_of_version(version);
    return true;
}

bool my_flavor_parse(const char *text, struct my_flavor *flavor)
{
    const char *rest;
    int version;

    if ((rest = after_word(text, "mysql")))
        return read_named(rest, NEWEST_MYSQL, flavor);
    if ((rest = after_word(text, "mariadb")))
        return read_named(rest, NEWEST_MARIADB, flavor) && flavor->vendor == MY_MARIADB;
    /* Replication makes old MariaDB servers say 5.5.5 first. */
    rest = after_word(text, "5.5.5-");
    version = read_version(rest && isdigit((unsigned char)*rest) ? rest : text);
    if (!version)
        return false;
    *flavor = my_flavor_of_version(version);
    return true;
}

bool my_can(struct my_flavor flavor, enum my_capability capability)
{
    int first = flavor.vendor == MY_MARIADB ? capabilities[capability].mariadb
                                            : capabilities[capability].mysql;

    return flavor.version >= first;
}

/* Where the setting of that name stands in the list; its count when it is not there. */
static size_t find_setting(const struct model *model, const char *name)
{
    size_t length = strlen(name);
    size_t i;

    for (i = 0; i < model->settings.count; i++)
        if (strncmp(model->settings.items[i], name, length) == 0 &&
            model->settings.items[i][length] == '=')
            break;
    return i;
}

const char *my_setting(const struct model *model, const char *name, const char *fallback)
{
    size_t found = find_setting(model, name);

    return found < model->settings.count ? model->settings.items[found] + strlen(name) + 1
                                         : fallback;
}

void my_set_setting(struct model *model, const char *name, const char *value)
{
    size_t found = find_setting(model, name);
    const char *text = arena_printf(model->arena, "%s=%s", name, value);

    if (found < model->settings.count)
        model->settings.items[found] = text;
    else
        text_list_add(&model->settings, model->arena, text);
}

const char *my_default_collation(const struct model *model)
{
    bool is_mariadb = my_flavor_of(model).vendor == MY_MARIADB;
    const char *fallback = is_mariadb ? "utf8mb4_general_ci" : "utf8mb4_0900_ai_ci";

    return my_setting(model, "collation_database", my_setting(model, "collation_server", fallback));
}
