/* What is set: variables are replaced, and paths are beside the file, when a value is asked for and not
 * before. An environment that nobody asks for needs none of its variables. */
#include "config/values.h"

#include <string.h>

#include "core/buffer.h"
#include "core/list.h"
#include "load/load.h"

/* A path beside the configuration; other states stay as they are. */
static const char *beside_config(const struct config *config, const char *state)
{
    bool is_path = state_is_path(state) && *state != '/';

    return is_path && *config->folder ? arena_printf(config->arena, "%s/%s", config->folder, state)
                                      : state;
}

/* A text with its variables replaced, and as a path where the key is one. */
static enum expansion expand_text(const struct config *config, const struct node *node,
                                  enum key_kind kind, const char **text, struct error *error)
{
    struct buffer expanded = BUFFER_EMPTY;
    enum expansion done;

    if (node->kind != NODE_TEXT) {
        document_fail(&config->document, node, error, "a text is needed here");
        return EXPANSION_WRONG;
    }
    done = variables_expand(&expanded, node->text, error);
    *text = buffer_take(&expanded, config->arena);
    if (done != EXPANSION_DONE)
        document_place(&config->document, node, error);
    else if (kind == KEY_PATH)
        *text = beside_config(config, *text);
    return done;
}

enum expansion value_expand(const struct config *config, const struct node *node,
                            enum key_kind kind, const char **text, struct error *error)
{
    struct text_list items = {0};

    if (node->kind != NODE_LIST)
        return expand_text(config, node, kind, text, error);
    for (size_t i = 0; i < node->count; i++) {
        enum expansion done = expand_text(config, node->items[i], kind, text, error);

        if (done != EXPANSION_DONE)
            return done;
        text_list_add(&items, config->arena, *text);
    }
    *text = text_list_join(&items, config->arena, ",");
    return EXPANSION_DONE;
}

enum expansion value_of_setting(const struct config *config, const struct config_setting *setting,
                                const char **text, struct error *error)
{
    enum key_kind kind = key_find(setting->key, strlen(setting->key))->kind;
    enum expansion done = value_expand(config, setting->value, kind, text, error);

    if (done != EXPANSION_DONE || kind != KEY_FLAG || strcmp(*text, "true") == 0 ||
        strcmp(*text, "false") == 0)
        return done;
    document_fail(&config->document, setting->value, error, "%s is true or false, not %s",
                  setting->key, *text);
    return EXPANSION_WRONG;
}

const char *value_of_url(const struct config *config, const struct config_environment *environment,
                         struct error *error)
{
    const char *url;

    if (environment->url)
        return expand_text(config, environment->url, KEY_TEXT, &url, error) == EXPANSION_DONE
                   ? url
                   : NULL;
    document_fail(&config->document, environment->key, error, "environment %s has no url",
                  environment->name);
    return NULL;
}
