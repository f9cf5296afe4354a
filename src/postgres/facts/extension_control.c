/* What control files of extensions say. */
#include "postgres/facts/extension.h"

#include <string.h>

#include "core/list.h"
#include "postgres/facts/builtin.h"

/* "x SCHEMA RELOCATABLE" begins the lines of an extension that plumb knows; NULL for another. */
static const char *control_of(const char *extension)
{
    const char *members = builtin_extension(extension);

    return members && strncmp(members, "x ", 2) == 0 ? members + 2 : NULL;
}

bool pg_extension_has_fixed_schema(const char *extension)
{
    static const char *const names[] = {
        "plv8",        "pg_tle",     "pgsodium",   "pgmq",
        "pg_graphql",  "pg_net",     "pgaudit",    "supabase_vault",
        "aws_commons", "aws_lambda", "aws_s3",     "postgis_tiger_geocoder",
        "plperl",      "plperlu",    "plpython3u", "pltcl",
        "pltclu",      "adminpack",  NULL,
    };
    const char *control = control_of(extension);

    return control ? *control != '-' : text_is_among(extension, names);
}

bool pg_extension_can_move(const char *extension)
{
    static const char *const bound[] = {"citus", "adminpack", "pgaudit", "pg_net", NULL};
    const char *control = control_of(extension);

    return control
               ? control[strcspn(control, " ")] == ' ' && control[strcspn(control, " ") + 1] == '1'
               : !text_is_among(extension, bound);
}
