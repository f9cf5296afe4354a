/* The registry: the only place that names the dialects. */
#include <string.h>

#include "dialect/dialect.h"
#include "mysql/mysql.h"
#include "postgres/postgres.h"

const struct dialect *const dialects[] = {&postgres_dialect, &mysql_dialect, NULL};

const struct dialect *dialect_of_url(const char *url)
{
    for (size_t i = 0; dialects[i]; i++)
        if (dialects[i]->states->is_url(url))
            return dialects[i];
    return NULL;
}

const struct dialect *dialect_of_flavor(const char *flavor)
{
    for (size_t i = 0; dialects[i]; i++)
        if (dialects[i]->states->set_flavor && dialects[i]->states->set_flavor(NULL, flavor))
            return dialects[i];
    return NULL;
}

const struct dialect *dialect_find(const char *name)
{
    for (size_t i = 0; dialects[i]; i++)
        if (strcmp(dialects[i]->name, name) == 0)
            return dialects[i];
    return NULL;
}
