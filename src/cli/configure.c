/* From plumb.yaml into the options of a command. What is set there goes the same way as what stands on the
 * command line. */
#include "cli/configure.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/messages.h"
#include "core/text/nearest.h"

/* --- options --------------------------------------------------------------------------------- */

/* "lock_timeout" -> "lock-timeout" */
static const char *option_of_key(struct arena *arena, const char *key)
{
    char *name = arena_strdup(arena, key);

    for (char *at = name; *at; at++)
        if (*at == '_')
            *at = '-';
    return name;
}

static bool is_of_command(const struct options *options, const char *name)
{
    size_t count;
    const char *const *names = option_names(options->arena, options->command, &count);

    for (size_t i = 0; i < count; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

static bool set_value(struct options *options, const char *name, const char *value,
                      struct plumb_error *error)
{
    if (option_is_flag(name) && strcmp(value, "true") != 0)
        return true;
    return option_set(options, name, arena_strdup(options->arena, value), error);
}

/* Sets an option unless the command line or a nearer part of the file did, or the command has no use
 * for it. */
static bool set_option(struct options *options, struct config *config,
                       const struct config_setting *setting, struct plumb_error *error)
{
    const char *name = option_of_key(options->arena, setting->key);
    const char *value;

    if (text_list_contains(&options->given, name))
        return true;
    value = config_value(config, setting, error);
    if (!value || !is_of_command(options, name))
        return value != NULL;
    text_list_add(&options->given, options->arena, name);
    return set_value(options, name, value, error) || config_place(config, setting, error);
}

/* of_target: the settings are of an environment, so that what they name should be there, but for what may
 * drift: that may also be gone. */
static bool set_options(struct options *options, struct config *config,
                        const struct config_settings *settings, bool of_target,
                        struct plumb_error *error)
{
    bool ok = true;

    for (size_t i = 0; ok && i < settings->count; i++) {
        options->may_miss = !of_target || strcmp(settings->items[i].key, "ignore") == 0;
        ok = set_option(options, config, &settings->items[i], error);
    }
    options->may_miss = false;
    return ok;
}

/* Sets it in options that are thrown away. Those of drift take what any command takes. */
static bool check_value(const struct config_setting *setting, const char *value, void *context,
                        struct plumb_error *error)
{
    const struct options *options = context;
    struct options scratch = {.arena = options->arena, .command = FOR_DRIFT};

    return set_value(&scratch, option_of_key(options->arena, setting->key), value, error);
}

/* --- environments ---------------------------------------------------------------------------- */

/* What a state stands for. */
struct target {
    const char *name; /* NULL: itself */
    const char *url;
    const char *wanted;
};

/* "recorded:prod" stands for what was recorded of the environment. */
static const char recorded_prefix[] = "recorded:";

static const char *without_prefix(const char *state)
{
    size_t length = strlen(recorded_prefix);

    return strncmp(state, recorded_prefix, length) == 0 ? state + length : state;
}

static const char *with_prefix(struct arena *arena, const char *state, const char *url)
{
    return without_prefix(state) == state ? url : arena_printf(arena, "%s%s", recorded_prefix, url);
}

/* The state is that environment. */
static bool take_environment(struct options *options, struct config *config,
                             const struct config_environment *environment, struct target *target,
                             struct plumb_error *error)
{
    const char *url = config_url(config, environment, error);

    if (!url || !config_wanted(config, environment, &target->wanted, error))
        return false;
    target->url = arena_strdup(options->arena, url);
    target->wanted = arena_strdup(options->arena, target->wanted);
    return set_options(options, config, &environment->settings, true, error);
}

/* Those that are states, in the order of the file: what the first of them sets holds. */
static bool take_environments(struct options *options, struct config *config,
                              struct target *targets, struct plumb_error *error)
{
    const struct config_environment *environment;

    for (size_t i = 0; (environment = config_environment(config, i)); i++)
        for (size_t j = 0; j < options->states.count; j++) {
            if (strcmp(without_prefix(options->states.items[j]), environment->name) != 0)
                continue;
            targets[j].name = options->states.items[j];
            if (!take_environment(options, config, environment, &targets[j], error))
                return false;
        }
    return true;
}

/* Puts the environments' URLs in the place of their names, and adds what the last one wants. */
static bool place_environments(struct options *options, const struct target *targets,
                               size_t wanted_states, struct plumb_error *error)
{
    size_t given = options->states.count;

    for (size_t i = 0; i < given; i++)
        if (targets[i].name)
            options->states.items[i] =
                with_prefix(options->arena, options->states.items[i], targets[i].url);
    if (given != 1 || wanted_states != 2 || !targets[0].name)
        return true;
    if (!targets[0].wanted) {
        fail_with(error, PLUMB_USAGE, "environment %s does not say what is wanted",
                  targets[0].name);
        return advise(error, "Set wanted in the configuration, or name the wanted state.");
    }
    text_list_add(&options->states, options->arena, targets[0].wanted);
    return true;
}

/* --- names ----------------------------------------------------------------------------------- */

/* A single word that is neither a file nor one of history's own words. */
static bool may_name_environment(const struct options *options, const char *state)
{
    static const char letters[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";
    bool word = *state && !state[strspn(state, letters)];

    if (options->command == FOR_HISTORY &&
        (strcmp(state, "diff") == 0 || strcmp(state, "show") == 0 ||
         !state[strspn(state, "0123456789")]))
        return false;
    return word && access(state, F_OK) != 0;
}

static bool fail_no_environment(const struct options *options, const char *state, const char *file,
                                const struct text_list *names, struct plumb_error *error)
{
    const char *nearest = nearest_name(state, names->items, names->count);

    fail_with(error, PLUMB_USAGE,
              "there is no environment %s in %s, nor a file or folder of that name", state, file);
    return nearest ? advise(error, "Did you mean %s?", nearest)
                   : advise(error, "Environments are: %s.",
                            text_list_join(names, options->arena, ", "));
}

/* Whatever is no environment would be taken for a file. */
static bool check_names(const struct options *options, const struct config *config,
                        struct plumb_error *error)
{
    const struct config_environment *environment;
    struct text_list names = {0};

    for (size_t i = 0; (environment = config_environment(config, i)); i++)
        text_list_add(&names, options->arena, environment->name);
    for (size_t i = 0; names.count && i < options->states.count; i++) {
        const char *state = without_prefix(options->states.items[i]);

        if (!text_list_contains(&names, state) && may_name_environment(options, state))
            return fail_no_environment(options, state, config_file(config), &names, error);
    }
    return true;
}

/* --- the file -------------------------------------------------------------------------------- */

struct config *open_config(const struct options *options, struct plumb_error *error)
{
    struct config *config = config_open(options->config, error);

    if (!config || config_check(config, check_value, (void *)(uintptr_t)options, error))
        return config;
    config_free(config);
    return NULL;
}

bool configure(struct options *options, struct config *config, size_t wanted_states,
               struct plumb_error *error)
{
    struct target *targets = ARENA_ARRAY(options->arena, struct target, options->states.count + 1);

    return take_environments(options, config, targets, error) &&
           set_options(options, config, config_defaults(config), false, error) &&
           check_names(options, config, error) &&
           place_environments(options, targets, wanted_states, error);
}

bool configure_from_file(struct options *options, size_t wanted_states, struct plumb_error *error)
{
    struct config *config;
    bool ok;

    if (!options->config && !config_is_there())
        return true;
    config = open_config(options, error);
    ok = config && configure(options, config, wanted_states, error);
    config_free(config);
    return ok;
}
