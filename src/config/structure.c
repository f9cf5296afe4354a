/* What stands where in the file: environments and defaults with their settings. What these say is not looked
 * at here. */
#include "config/structure.h"

#include <string.h>

#include "config/keys.h"
#include "core/text/nearest.h"

static bool fail_unknown_key(const struct config *config, const struct node *key,
                             const char *const *known, size_t count, struct error *error)
{
    const char *nearest = nearest_name(key->text, known, count);

    document_fail(&config->document, key, error, "unknown key %s", key->text);
    if (nearest)
        error_hint(error, "Did you mean %s?", nearest);
    return false;
}

static bool check_key(const struct config *config, const struct node *key, bool of_environment,
                      struct error *error)
{
    const struct key *known = key_find(key->text, strlen(key->text));
    const char *names[KEY_MOST];

    if (known && (of_environment || !known->of_environment))
        return true;
    return fail_unknown_key(config, key, names, key_names(of_environment, names), error);
}

/* What is being read: a part of the file whose keys are visited. */
struct reading {
    struct config *config;
    struct config_environment *environment; /* NULL: the defaults */
    struct config_setting *settings;        /* with room for one more */
    size_t count;
};

static bool take_key(const struct node *key, const struct node *value, void *context,
                     struct error *error)
{
    struct reading *reading = context;
    struct config_environment *environment = reading->environment;

    if (!check_key(reading->config, key, environment != NULL, error))
        return false;
    if (node_is_null(value))
        return true;
    if (environment && strcmp(key->text, "url") == 0)
        environment->url = value;
    else if (environment && strcmp(key->text, "wanted") == 0)
        environment->wanted = value;
    else
        reading->settings[reading->count++] = (struct config_setting){key->text, value};
    return true;
}

/* Reads the settings of a part. environment: NULL for the defaults. */
static bool read_settings(struct config *config, const struct node *part, const char *what,
                          struct config_environment *environment, struct config_settings *settings,
                          struct error *error)
{
    struct reading reading = {.config = config, .environment = environment};

    reading.settings = ARENA_ARRAY(config->arena, struct config_setting, part->count / 2 + 1);
    if (!document_each_key(&config->document, part, what, take_key, &reading, error))
        return false;
    *settings = (struct config_settings){reading.settings, reading.count};
    return true;
}

static bool take_environment(const struct node *key, const struct node *value, void *context,
                             struct error *error)
{
    struct config *config = context;
    struct config_environment *environment = &config->environments[config->count++];

    *environment = (struct config_environment){.name = key->text, .key = key};
    return read_settings(config, value, "an environment", environment, &environment->settings,
                         error);
}

static bool take_part(const struct node *key, const struct node *value, void *context,
                      struct error *error)
{
    static const char *const known[] = {"environments", "defaults"};
    struct config *config = context;

    if (strcmp(key->text, "defaults") == 0)
        return read_settings(config, value, "defaults", NULL, &config->defaults, error);
    if (strcmp(key->text, "environments") != 0)
        return fail_unknown_key(config, key, known, 2, error);
    config->environments =
        ARENA_ARRAY(config->arena, struct config_environment, value->count / 2 + 1);
    return document_each_key(&config->document, value, "environments", take_environment, config,
                             error);
}

static const char *folder_of_file(struct arena *arena, const char *file)
{
    const char *slash = strrchr(file, '/');

    return slash ? arena_strndup(arena, file, (size_t)(slash - file)) : "";
}

bool structure_read(struct config *config, const char *path, struct error *error)
{
    const char *file = arena_strdup(config->arena, path);

    config->folder = folder_of_file(config->arena, file);
    if (!document_read(&config->document, config->arena, file, error))
        return false;
    return !config->document.root ||
           document_each_key(&config->document, config->document.root, "the configuration",
                             take_part, config, error);
}
