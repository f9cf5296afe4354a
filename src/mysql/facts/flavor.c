/* Flavours: what a version string says, and the one table of what which server can do. */
#include "mysql/facts/flavor.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* What a vendor's name alone means. */
enum { NEWEST_MYSQL = 90704, NEWEST_MARIADB = 120002, FIRST_MARIADB = 100000 };

static const struct {
    int mysql;
    int mariadb;
} capabilities[MY_CAPABILITY_COUNT] = {
#define CAPABILITY(name, mysql, mariadb, text) [MY_CAN_##name] = {mysql, mariadb},
#include "mysql/facts/capability.def"
#undef CAPABILITY
};

struct my_flavor my_flavor_of_version(int version)
{
    if (version == 0)
        version = NEWEST_MYSQL;
    return (struct my_flavor){version >= FIRST_MARIADB ? MY_MARIADB : MY_MYSQL, version};
}

struct my_flavor my_flavor_of(const struct model *model)
{
    if (model->server_version != 0)
        return my_flavor_of_version(model->server_version);
    return my_flavor_of_version(atoi(my_setting(model, "version", "0")));
}

/* Reads "10.11.19"; what is missing is the newest there can be. False where there is no number. */
static bool read_version(const char *text, int *version)
{
    int parts[3] = {0, 99, 99};

    for (int i = 0; i < 3; i++) {
        char *end;
        long part = strtol(text, &end, 10);

        if (end == text || part < 0 || part > 99)
            return i > 0;
        parts[i] = (int)part;
        *version = parts[0] * 10000 + parts[1] * 100 + parts[2];
        if (*end != '.')
            return true;
        text = end + 1;
    }
    return true;
}

bool my_flavor_parse(const char *text, struct my_flavor *flavor)
{
    bool mysql = strncasecmp(text, "mysql", 5) == 0, mariadb = strncasecmp(text, "mariadb", 7) == 0;
    const char *number = text + (mysql ? 5 : mariadb ? 7 : 0);
    int version = 0;

    if (mysql || mariadb) {
        if (*number == ':' || *number == '-' || *number == ' ')
            number++;
        if (*number == '\0') {
            *flavor = my_flavor_of_version(mysql ? NEWEST_MYSQL : NEWEST_MARIADB);
            return true;
        }
    }
    if (strncmp(number, "5.5.5-", 6) == 0) /* how MariaDB hid its own version from old replicas */
        number += 6;
    if (*number < '0' || *number > '9' || !read_version(number, &version))
        return false;
    if ((mysql && version >= FIRST_MARIADB) || (mariadb && version < FIRST_MARIADB))
        return false;
    *flavor = my_flavor_of_version(version);
    return true;
}

bool my_since(struct my_flavor flavor, int mysql, int mariadb)
{
    return flavor.version >= (flavor.vendor == MY_MARIADB ? mariadb : mysql);
}

/* MariaDB leaves to MySQL what MySQL has had since it went its own ways with 5.7. */
bool my_takes_comment(struct my_flavor flavor, int version, bool mariadb)
{
    if (version > flavor.version)
        return false;
    return flavor.vendor == MY_MYSQL || mariadb || version < 50700 || version > 99999;
}

bool my_can(struct my_flavor flavor, enum my_capability capability)
{
    return my_since(flavor, capabilities[capability].mysql, capabilities[capability].mariadb);
}

const char *my_setting(const struct model *model, const char *name, const char *fallback)
{
    size_t length = strlen(name);

    for (size_t i = 0; i < model->settings.count; i++)
        if (strncmp(model->settings.items[i], name, length) == 0 &&
            model->settings.items[i][length] == '=')
            return model->settings.items[i] + length + 1;
    return fallback;
}

void my_set_setting(struct model *model, const char *name, const char *value)
{
    const char *setting = arena_printf(model->arena, "%s=%s", name, value);
    size_t length = strlen(name);

    for (size_t i = 0; i < model->settings.count; i++)
        if (strncmp(model->settings.items[i], setting, length + 1) == 0) {
            model->settings.items[i] = setting;
            return;
        }
    text_list_add(&model->settings, model->arena, setting);
}

const char *my_default_collation(const struct model *model)
{
    struct my_flavor flavor = my_flavor_of(model);
    const char *fallback = my_can(flavor, MY_CAN_UCA1400_DEFAULT)  ? "utf8mb4_uca1400_ai_ci"
                           : flavor.vendor == MY_MARIADB           ? "utf8mb4_general_ci"
                           : my_can(flavor, MY_CAN_COLLATION_0900) ? "utf8mb4_0900_ai_ci"
                                                                   : "latin1_swedish_ci";

    return my_setting(model, "collation_database", my_setting(model, "collation_server", fallback));
}
