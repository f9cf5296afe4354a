/* Character sets and collations: look-ups in charset.def, and what settings of a server say about
 * defaults. Names compare without case, as on the server. */
#include "mysql/facts/charset.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/list.h"
#include "core/text/nearest.h"

static const struct {
    const char *name;
    const char *mysql;
    const char *mariadb;
    int width;
} charsets[] = {
#define CHARSET(name, mysql, mariadb, width) {name, mysql, mariadb, width},
#include "mysql/facts/charset.def"
};

static const struct collation {
    const char *name;
    bool mysql;
    bool mariadb;
} collations[] = {
#define COLLATION(name, mysql, mariadb) {name, mysql, mariadb},
#include "mysql/facts/charset.def"
};

enum {
    charset_count = sizeof(charsets) / sizeof(*charsets),
    collation_count = sizeof(collations) / sizeof(*collations)
};

static int find_charset(const char *name)
{
    if (strcasecmp(name, "utf8") == 0)
        name = "utf8mb3";
    for (int i = 0; i < charset_count; i++)
        if (strcasecmp(charsets[i].name, name) == 0)
            return i;
    return -1;
}

/* How the server spells the three-byte set. */
static const char *utf8mb3_name(struct my_flavor flavor)
{
    return my_can(flavor, MY_CAN_UTF8MB3_NAME) ? "utf8mb3" : "utf8";
}

const char *my_charset_find(struct arena *arena, struct my_flavor flavor, const char *name)
{
    int found = find_charset(name);

    (void)arena;
    if (found < 0)
        return NULL;
    if (strcmp(charsets[found].name, "utf8mb3") == 0)
        return utf8mb3_name(flavor);
    if (strcmp(charsets[found].name, "gb18030") == 0 && flavor.vendor == MY_MARIADB)
        return NULL;
    return charsets[found].name;
}

/* "utf8mb3=utf8mb3_uca1400_ai_ci,utf8mb4=uca1400_ai_ci": the collation that stands there for the set. */
static const char *find_mapping(const struct model *model, const char *list, const char *charset)
{
    size_t length = strlen(charset);

    for (const char *at = list; at && *at; at = strchr(at, ',')) {
        at += *at == ',';
        while (*at == ' ')
            at++;
        if (strncasecmp(at, charset, length) == 0 && at[length] == '=') {
            const char *value = at + length + 1;

            return my_collation_find(model->arena, my_flavor_of(model),
                                     arena_strndup(model->arena, value, strcspn(value, ", ")),
                                     charset);
        }
        if (!strchr(at, ','))
            break;
    }
    return NULL;
}

/* What character_set_collations holds where nobody has set it. */
static const char *built_in_mapping(struct my_flavor flavor)
{
    return my_can(flavor, MY_CAN_UCA1400_DEFAULT)
               ? "utf8mb3=uca1400_ai_ci,ucs2=uca1400_ai_ci,utf8mb4=uca1400_ai_ci,"
                 "utf16=uca1400_ai_ci,utf32=uca1400_ai_ci"
               : "";
}

const char *my_charset_collation(const struct model *model, const char *charset)
{
    struct my_flavor flavor = my_flavor_of(model);
    const char *mapped =
        find_mapping(model, my_setting(model, "character_set_collations", built_in_mapping(flavor)),
                     strcasecmp(charset, "utf8") == 0 ? "utf8mb3" : charset);
    int found = find_charset(charset);

    if (mapped)
        return mapped;
    if (strcasecmp(charset, "utf8mb4") == 0 && flavor.vendor == MY_MYSQL)
        return my_setting(model, "default_collation_for_utf8mb4",
                          my_can(flavor, MY_CAN_COLLATION_0900) ? "utf8mb4_0900_ai_ci"
                                                                : "utf8mb4_general_ci");
    if (found < 0)
        return arena_printf(model->arena, "%s_general_ci", charset);
    if (strcmp(charsets[found].name, "utf8mb3") == 0)
        return arena_printf(model->arena, "%s_general_ci", utf8mb3_name(flavor));
    return flavor.vendor == MY_MYSQL ? charsets[found].mysql : charsets[found].mariadb;
}

const char *my_collation_charset(struct arena *arena, const char *collation)
{
    size_t length = strcspn(collation, "_");

    return arena_strndup(arena, collation, length);
}

static int compare_name(const void *name, const void *collation)
{
    return strcasecmp(name, ((const struct collation *)collation)->name);
}

static const struct collation *find_collation(const char *name)
{
    return bsearch(name, collations, collation_count, sizeof(*collations), compare_name);
}

/* The name with the charset before it where it has none of its own: uca1400_ai_ci. */
static const char *complete(struct arena *arena, const char *name, const char *charset)
{
    if (strncasecmp(name, "uca1400_", strlen("uca1400_")) == 0)
        return arena_printf(arena, "%s_%s", charset ? charset : "utf8mb4", name);
    if (strncasecmp(name, "utf8_", strlen("utf8_")) == 0)
        return arena_printf(arena, "utf8mb3_%s", name + strlen("utf8_"));
    return name;
}

static bool is_known(const struct collation *collation, struct my_flavor flavor)
{
    const char *tailored = collation->name + strlen("utf8mb4_");

    if (!strstr(collation->name, "_0900_"))
        return flavor.vendor == MY_MYSQL ? collation->mysql : collation->mariadb;
    if (flavor.vendor == MY_MARIADB &&
        (strncmp(tailored, "ja_", 3) == 0 || strncmp(tailored, "ru_", 3) == 0 ||
         strncmp(tailored, "zh_", 3) == 0))
        return false;
    return my_can(flavor, MY_CAN_COLLATION_0900);
}

const char *my_collation_find(struct arena *arena, struct my_flavor flavor, const char *name,
                              const char *charset)
{
    const struct collation *found = find_collation(complete(arena, name, charset));

    if (!found || !is_known(found, flavor))
        return NULL;
    if (strncmp(found->name, "utf8mb3_", strlen("utf8mb3_")) == 0)
        return arena_printf(arena, "%s_%s", utf8mb3_name(flavor), found->name + strlen("utf8mb3_"));
    return found->name;
}

int my_charset_width(const char *charset)
{
    int found = find_charset(charset);

    return found < 0 ? 1 : charsets[found].width;
}

const char *my_charset_nearest(struct arena *arena, const char *name)
{
    struct text_list names = {0};

    for (int i = 0; i < charset_count; i++)
        text_list_add(&names, arena, charsets[i].name);
    return nearest_name(name, names.items, names.count);
}

const char *my_collation_nearest(struct arena *arena, struct my_flavor flavor, const char *name)
{
    struct text_list names = {0};

    for (int i = 0; i < collation_count; i++)
        if (is_known(&collations[i], flavor))
            text_list_add(&names, arena, collations[i].name);
    return nearest_name(name, names.items, names.count);
}
