/* The configuration as others see it. Each public function is an operation, or a part of the one that is
 * under way: memory that runs out is an error of its caller. */
#include "config/config.h"

#include <string.h>
#include <unistd.h>

#include "config/values.h"
#include "core/operation.h"
#include "core/plumb_error.h"

static const char default_file[] = "plumb.yaml";

/* --- checking -------------------------------------------------------------------------------- */

typedef bool check_function(const struct config_setting *setting, const char *value, void *context,
                            struct plumb_error *error);

/* What a variable stands for that is not set is not known yet. */
static bool is_unset(enum expansion done, struct error *error)
{
    if (done == EXPANSION_UNSET)
        memset(error, 0, sizeof(*error));
    return done == EXPANSION_UNSET;
}

static bool check_state(const struct config *config, const struct node *node, enum key_kind kind,
                        struct error *error)
{
    const char *text;
    enum expansion done = node ? value_expand(config, node, kind, &text, error) : EXPANSION_DONE;

    return is_unset(done, error) || done == EXPANSION_DONE;
}

static bool check_settings(const struct config *config, const struct config_settings *settings,
                           check_function *check, void *context, struct plumb_error *error)
{
    for (size_t i = 0; i < settings->count; i++) {
        const char *value;
        enum expansion done = value_of_setting(config, &settings->items[i], &value, &error->error);

        if (is_unset(done, &error->error))
            continue;
        if (done != EXPANSION_DONE)
            return false;
        if (!check(&settings->items[i], value, context, error))
            return document_place(&config->document, settings->items[i].value, &error->error);
    }
    return true;
}

static bool check_all(const struct config *config, check_function *check, void *context,
                      struct plumb_error *error)
{
    for (size_t i = 0; i < config->count; i++) {
        const struct config_environment *environment = &config->environments[i];

        if (!check_state(config, environment->url, KEY_TEXT, &error->error) ||
            !check_state(config, environment->wanted, KEY_PATH, &error->error) ||
            !check_settings(config, &environment->settings, check, context, error))
            return false;
    }
    return check_settings(config, &config->defaults, check, context, error);
}

/* --- the public functions -------------------------------------------------------------------- */

/* One call from outside, which memory may run out in. */
struct call {
    struct config *config;
    const struct config_environment *environment;
    const struct config_setting *setting;
    const char *text; /* what is given, or what is returned */
    check_function *check;
    void *context;
    bool ok;
    struct plumb_error *error;
    struct plumb_error unseen;
};

/* Runs the function as an operation, or as a part of the one that is under way. */
static void run_call(void (*function)(void *call), struct call *call, struct plumb_error *error)
{
    call->error = error ? error : &call->unseen;
    memset(call->error, 0, sizeof(*call->error));
    if (!operation_try(function, call, &call->error->error))
        call->ok = false;
}

static void open_call(void *argument)
{
    struct call *call = argument;
    struct arena *arena = arena_new();

    call->config = ARENA_NEW(arena, struct config);
    call->config->arena = arena;
    call->ok = structure_read(call->config, call->text, &call->error->error);
    if (!call->ok)
        arena_free(arena);
}

static void url_call(void *argument)
{
    struct call *call = argument;

    call->text = value_of_url(call->config, call->environment, &call->error->error);
    call->ok = call->text != NULL;
}

static void wanted_call(void *argument)
{
    struct call *call = argument;

    call->ok = value_expand(call->config, call->environment->wanted, KEY_PATH, &call->text,
                            &call->error->error) == EXPANSION_DONE;
}

static void value_call(void *argument)
{
    struct call *call = argument;

    call->ok = value_of_setting(call->config, call->setting, &call->text, &call->error->error) ==
               EXPANSION_DONE;
}

static void place_call(void *argument)
{
    const struct call *call = argument;

    document_place(&call->config->document, call->setting->value, &call->error->error);
}

static void check_call(void *argument)
{
    struct call *call = argument;

    call->ok = check_all(call->config, call->check, call->context, call->error);
}

bool config_is_there(void)
{
    return access(default_file, F_OK) == 0;
}

struct config *config_open(const char *path, struct plumb_error *error)
{
    struct call call = {.text = path ? path : default_file};

    run_call(open_call, &call, error);
    return call.ok ? call.config : NULL;
}

void config_free(struct config *config)
{
    if (config)
        arena_free(config->arena);
}

const char *config_file(const struct config *config)
{
    return config->document.file;
}

const struct config_environment *config_environment(const struct config *config, size_t number)
{
    return number < config->count ? &config->environments[number] : NULL;
}

const struct config_settings *config_defaults(const struct config *config)
{
    return &config->defaults;
}

const char *config_url(struct config *config, const struct config_environment *environment,
                       struct plumb_error *error)
{
    struct call call = {.config = config, .environment = environment};

    run_call(url_call, &call, error);
    return call.ok ? call.text : NULL;
}

bool config_wanted(struct config *config, const struct config_environment *environment,
                   const char **wanted, struct plumb_error *error)
{
    struct call call = {.config = config, .environment = environment, .ok = true};

    if (environment->wanted)
        run_call(wanted_call, &call, error);
    *wanted = call.ok ? call.text : NULL;
    return call.ok;
}

const char *config_value(struct config *config, const struct config_setting *setting,
                         struct plumb_error *error)
{
    struct call call = {.config = config, .setting = setting};

    run_call(value_call, &call, error);
    return call.ok ? call.text : NULL;
}

bool config_place(struct config *config, const struct config_setting *setting,
                  struct plumb_error *error)
{
    struct call call = {.config = config, .setting = setting, .error = error};
    struct error no_memory = {0};

    if (error)
        operation_try(place_call, &call, &no_memory);
    return false;
}

bool config_check(struct config *config, check_function *check, void *context,
                  struct plumb_error *error)
{
    struct call call = {.config = config, .check = check, .context = context};

    run_call(check_call, &call, error);
    return call.ok;
}
