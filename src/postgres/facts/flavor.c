/* What server files are for where no database tells ("postgres", "postgres:17", "postgresql:16.3"), and the one
 * table of what which server can do. */
#include <stdlib.h>
#include <string.h>

#include "postgres/facts/flavor.h"

static const int capabilities[PG_CAPABILITY_COUNT] = {
#define CAPABILITY(name, major, text) [PG_CAN_##name] = (major)*10000,
#include "postgres/facts/capability.def"
#undef CAPABILITY
};

bool pg_can(int server_version, enum pg_capability capability)
{
    return server_version == 0 || server_version >= capabilities[capability];
}

/* The version as server_version_num has it: "17" is 170000, "16.3" 160003. False where it is none. */
static bool parse_version(const char *text, int *version)
{
    char *end;
    long major = strtol(text, &end, 10);
    long minor = 0;

    if (end == text || major < 10 || major > 999)
        return false;
    if (*end == '.')
        minor = strtol(end + 1, &end, 10);
    *version = (int)(major * 10000 + minor);
    return *end == '\0' && minor >= 0 && minor < 10000;
}

bool pg_set_flavor(struct model *model, const char *flavor)
{
    size_t length = strcspn(flavor, ":");
    int version = 0;

    if (!(length == 8 && strncmp(flavor, "postgres", 8) == 0) &&
        !(length == 10 && strncmp(flavor, "postgresql", 10) == 0))
        return false;
    if (flavor[length] && !parse_version(flavor + length + 1, &version))
        return false;
    if (model)
        model->server_version = version;
    return true;
}
