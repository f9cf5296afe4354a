/* Which server the SQL is for, and what that server can do. The vendor follows from the version: MariaDB
 * has been at 10 and above since MySQL was at 5. All questions about versions are asked here, by the
 * name of a capability (capability.def); no other file compares versions. */
#ifndef PLUMB_MYSQL_FACTS_FLAVOR_H
#define PLUMB_MYSQL_FACTS_FLAVOR_H

#include "core/error.h"
#include "model/model.h"

enum my_vendor { MY_MYSQL, MY_MARIADB };

struct my_flavor {
    enum my_vendor vendor;
    int version; /* 90704 is MySQL 9.7.4, 101119 MariaDB 10.11.19 */
};

enum my_capability {
#define CAPABILITY(name, mysql, mariadb, text) MY_CAN_##name,
#include "mysql/facts/capability.def"
#undef CAPABILITY
    MY_CAPABILITY_COUNT
};

/* The flavour of a version as model->server_version holds it; 0: the newest MySQL. */
struct my_flavor my_flavor_of_version(int version);

/* The flavour that a model comes from or is meant for: its server_version, else its setting
 * "version", else the newest MySQL. */
struct my_flavor my_flavor_of(const struct model *model);

/* Reads "mysql", "mysql:8.4", "mariadb:10.11", "8.0.36-28", "10.11.19-MariaDB-0+deb12u1",
 * "5.5.5-10.6.1-MariaDB"; false where there is no version in it. A vendor alone is its newest. */
bool my_flavor_parse(const char *text, struct my_flavor *flavor);

/* True if the flavour's version is at least the one of its vendor; for tables of words and such that
 * hold versions themselves. */
bool my_since(struct my_flavor flavor, int mysql, int mariadb);

/* True if the server takes what a comment of this version holds; mariadb: it is written / *M!. */
bool my_takes_comment(struct my_flavor flavor, int version, bool mariadb);

bool my_can(struct my_flavor flavor, enum my_capability capability);

/* A setting of the model ("sql_mode", "collation_database", ...); fallback where it has none. */
const char *my_setting(const struct model *model, const char *name, const char *fallback);

/* Sets or replaces a setting. */
void my_set_setting(struct model *model, const char *name, const char *value);

/* The collation of a new database where nobody says anything: the model's setting
 * "collation_database", else the flavour's own default. */
const char *my_default_collation(const struct model *model);

#endif
