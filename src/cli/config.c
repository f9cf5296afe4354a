/* plumb.yaml. Read as a document of libyaml, so that every complaint can point at its line. Values of
 * options go the same way as those of the command line. */
#include "cli/config.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <yaml.h>

#include "core/buffer.h"
#include "core/file.h"
#include "core/text/nearest.h"

static const char default_file[] = "plumb.yaml";

/* Keys of defaults and environments that are options. */
static const char *const option_keys[] = {
    "allow",        "manage",        "schema",       "exclude",
    "ignore",       "ask",           "format",       "record",
    "lock_timeout", "transactional", "notify",       "scratch",
    "flavor",       "osc",           "osc_min_size", "ignore_column_order",
    "write_latest"};

enum { option_key_count = sizeof(option_keys) / sizeof(*option_keys) };

struct config {
    struct options *options;
    unsigned command;
    struct error *error;
    const char *file;
    const char *folder; /* of the file; "" the current one */
    struct buffer text;
    yaml_document_t document;
};

/* --- errors ---------------------------------------------------------------------------------- */

/* libyaml counts characters, we count bytes. */
static size_t byte_offset(const struct config *config, const yaml_mark_t *mark)
{
    const char *at = buffer_text(&config->text);
    const char *line = at;

    for (size_t number = 0; number < mark->line && (at = strchr(line, '\n')); number++)
        line = at + 1;
    at = line;
    for (size_t column = 0; column < mark->column && *at && *at != '\n'; column++)
        do
            at++;
        while (((unsigned char)*at & 0xC0) == 0x80);
    return (size_t)(at - buffer_text(&config->text));
}

/* Keys whose values are no secret, whatever they are. */
static bool is_open_key(const char *text, size_t length)
{
    static const char *const keys[] = {"allow",
                                       "manage",
                                       "schema",
                                       "exclude",
                                       "ignore",
                                       "ask",
                                       "format",
                                       "flavor",
                                       "lock_timeout",
                                       "transactional",
                                       "osc_min_size",
                                       "wanted",
                                       "ignore_column_order"};

    for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++)
        if (strlen(keys[i]) == length && strncmp(keys[i], text, length) == 0)
            return true;
    return false;
}

/* How much of a line may be seen: all of it where it is a word or two of a key that holds no secret;
 * else the key alone, or nothing: the rest may be a piece of a URL. */
static size_t open_length(const char *line, bool understood)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                "_-.,*/ []\"'";
    size_t indent = strspn(line, " \t");
    bool item = strncmp(line + indent, "- ", 2) == 0;
    size_t start = indent + (item ? 2 : 0);
    size_t key = strspn(line + start, plain) - strspn(line + start, " \t");
    const char *colon = line[start + key] == ':' ? line + start + key : NULL;
    size_t value = colon ? (size_t)(colon - line) + 1 : start;
    bool is_open = colon ? is_open_key(line + start, key) : item;

    if (!line[value] || (understood && is_open && !line[value + strspn(line + value, plain)]))
        return strlen(line);
    return colon ? value + strspn(line + value, " \t") : start;
}

/* understood: the file is YAML, so that it is known what the line is. */
static void place_line(struct config *config, const yaml_mark_t *mark, bool understood)
{
    struct error *error = config->error;
    size_t shown;

    if (error->line)
        return;
    error_place(error, config->file, buffer_text(&config->text), config->text.length,
                byte_offset(config, mark));
    shown = open_length(error->source, understood);
    if (!error->source[shown])
        return;
    snprintf(error->source + shown, sizeof(error->source) - shown, "***");
    if ((size_t)error->caret > shown + 1)
        error->caret = 0;
}

static void place(struct config *config, const yaml_mark_t *mark)
{
    place_line(config, mark, true);
}

static bool fail_at(struct config *config, const yaml_mark_t *mark, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static bool fail_at(struct config *config, const yaml_mark_t *mark, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    error_set_list(config->error, ERROR_USAGE, format, arguments);
    va_end(arguments);
    place(config, mark);
    return false;
}

/* An error that an option's setter made, with the place of its value. */
static bool place_error(struct config *config, const yaml_node_t *node)
{
    place(config, &node->start_mark);
    return false;
}

static bool fail_unknown_key(struct config *config, const yaml_node_t *key, const char *name,
                             const char *const *known, size_t count)
{
    const char *nearest = nearest_name(name, known, count);

    fail_at(config, &key->start_mark, "unknown key %s", name);
    if (nearest)
        error_hint(config->error, "Did you mean %s?", nearest);
    return false;
}

/* --- nodes ----------------------------------------------------------------------------------- */

static yaml_node_t *node_at(struct config *config, int number)
{
    return yaml_document_get_node(&config->document, number);
}

static const char *scalar(const yaml_node_t *node)
{
    return (const char *)node->data.scalar.value;
}

static bool is_null(const yaml_node_t *node)
{
    return node->type == YAML_SCALAR_NODE && node->data.scalar.style == YAML_PLAIN_SCALAR_STYLE &&
           (!*scalar(node) || strcmp(scalar(node), "~") == 0 || strcmp(scalar(node), "null") == 0);
}

/* Calls visit for each key of a mapping, NULL values left out. */
static bool each_key(struct config *config, const yaml_node_t *mapping, const char *what,
                     bool (*visit)(struct config *config, const yaml_node_t *key,
                                   const yaml_node_t *value, void *context),
                     void *context)
{
    if (is_null(mapping))
        return true;
    if (mapping->type != YAML_MAPPING_NODE)
        return fail_at(config, &mapping->start_mark, "%s has to be a mapping of names to values",
                       what);
    for (const yaml_node_pair_t *pair = mapping->data.mapping.pairs.start;
         pair < mapping->data.mapping.pairs.top; pair++) {
        const yaml_node_t *key = node_at(config, pair->key);

        if (key->type != YAML_SCALAR_NODE)
            return fail_at(config, &key->start_mark, "a key has to be a name");
        for (const yaml_node_pair_t *other = mapping->data.mapping.pairs.start; other < pair;
             other++)
            if (strcmp(scalar(node_at(config, other->key)), scalar(key)) == 0)
                return fail_at(config, &key->start_mark, "%s is there twice", scalar(key));
        if (!visit(config, key, node_at(config, pair->value), context))
            return false;
    }
    return true;
}

/* --- variables ------------------------------------------------------------------------------- */

/* One ${NAME} or ${NAME:-text}; *at stands behind the brace afterwards. */
static bool append_variable(struct config *config, const yaml_node_t *node, const char **at,
                            struct buffer *text)
{
    const char *name = *at + 2;
    size_t length = strcspn(name, "}");
    size_t name_length = 0;
    const char *other = NULL;
    const char *value;

    if (!name[length])
        return fail_at(config, &node->start_mark, "${ is not closed by }");
    while (name_length < length &&
           (isalnum((unsigned char)name[name_length]) || name[name_length] == '_'))
        name_length++;
    if (name_length < length && strncmp(name + name_length, ":-", 2) == 0)
        other = name + name_length + 2;
    else if (!name_length || name_length < length)
        return fail_at(config, &node->start_mark, "${...} holds no name of a variable");
    value = getenv(arena_strndup(config->options->arena, name, name_length));
    if (value && (*value || !other))
        buffer_append(text, value);
    else if (other)
        buffer_append_bytes(text, other, (size_t)(name + length - other));
    else
        return fail_at(config, &node->start_mark, "environment variable %.*s is not set",
                       (int)name_length, name);
    *at = name + length + 1;
    return true;
}

/* The scalar with its variables replaced; NULL with an error. */
static const char *expand(struct config *config, const yaml_node_t *node)
{
    struct buffer text = BUFFER_EMPTY;
    const char *at;

    if (node->type != YAML_SCALAR_NODE) {
        fail_at(config, &node->start_mark, "a text is needed here");
        return NULL;
    }
    for (at = scalar(node); *at;) {
        if (strncmp(at, "${", 2) != 0)
            buffer_append_char(&text, *at++);
        else if (!append_variable(config, node, &at, &text)) {
            buffer_free(&text);
            return NULL;
        }
    }
    return buffer_take(&text, config->options->arena);
}

/* A text, or a list of texts joined by commas. each: what is done to one; NULL nothing. */
static const char *expand_list(struct config *config, const yaml_node_t *node,
                               const char *(*each)(struct config *config, const char *item))
{
    struct text_list items = {0};
    const yaml_node_item_t *end =
        node->type == YAML_SEQUENCE_NODE ? node->data.sequence.items.top : NULL;

    if (!end) {
        const char *text = expand(config, node);

        return text && each ? each(config, text) : text;
    }
    for (const yaml_node_item_t *item = node->data.sequence.items.start; item < end; item++) {
        const char *text = expand(config, node_at(config, *item));

        if (!text)
            return NULL;
        text_list_add(&items, config->options->arena, each ? each(config, text) : text);
    }
    return text_list_join(&items, config->options->arena, ",");
}

/* A path beside the configuration; other states stay as they are. */
static const char *beside_config(struct config *config, const char *state)
{
    bool is_path = !state_dialect(state) && strncmp(state, "git:", 4) != 0 &&
                   strcmp(state, "empty:") != 0 && *state != '/';

    return is_path && *config->folder
               ? arena_printf(config->options->arena, "%s/%s", config->folder, state)
               : state;
}

/* --- options --------------------------------------------------------------------------------- */

static bool is_option_key(const char *name)
{
    for (size_t i = 0; i < option_key_count; i++)
        if (strcmp(option_keys[i], name) == 0)
            return true;
    return false;
}

static bool is_path_option(const char *name)
{
    return strcmp(name, "record") == 0 || strcmp(name, "write-latest") == 0;
}

static bool is_flag_option(const char *name)
{
    return strcmp(name, "transactional") == 0 || strcmp(name, "ignore-column-order") == 0;
}

/* Sets an option unless the command line or a nearer part of the file did, or the command has no use
 * for it. */
static bool set_option(struct config *config, const yaml_node_t *key, const yaml_node_t *value)
{
    struct arena *arena = config->options->arena;
    char *name = arena_strdup(arena, scalar(key));
    const char *const *names;
    size_t count;
    const char *text;

    for (char *at = name; *at; at++)
        if (*at == '_')
            *at = '-';
    names = option_names(arena, config->command, &count);
    if (is_null(value) || text_list_contains(&config->options->given, name))
        return true;
    text = expand_list(config, value, is_path_option(name) ? beside_config : NULL);
    if (!text)
        return false;
    for (size_t i = 0; i < count; i++)
        if (strcmp(names[i], name) == 0) {
            text_list_add(&config->options->given, arena, name);
            if (is_flag_option(name) && strcmp(text, "true") != 0)
                return strcmp(text, "false") == 0 ||
                       fail_at(config, &value->start_mark, "%s is true or false, not %s",
                               scalar(key), text);
            return option_set(config->options, name, text, config->error) ||
                   place_error(config, value);
        }
    return true;
}

static bool take_default(struct config *config, const yaml_node_t *key, const yaml_node_t *value,
                         void *context)
{
    (void)context;
    if (!is_option_key(scalar(key)))
        return fail_unknown_key(config, key, scalar(key), option_keys, option_key_count);
    config->options->may_miss = true;
    return set_option(config, key, value);
}

/* --- environments ---------------------------------------------------------------------------- */

struct environment {
    const char *name;
    const char *url;
    const char *wanted;
};

static bool take_text(const char *text, const char **field)
{
    *field = text;
    return text != NULL;
}

static bool check_environment_key(struct config *config, const yaml_node_t *key)
{
    static const char *const known[] = {"url", "wanted"};
    const char *all[option_key_count + 2];

    memcpy(all, option_keys, sizeof(option_keys));
    memcpy(all + option_key_count, known, sizeof(known));
    for (size_t i = 0; i < option_key_count + 2; i++)
        if (strcmp(all[i], scalar(key)) == 0)
            return true;
    return fail_unknown_key(config, key, scalar(key), all, option_key_count + 2);
}

/* context: the environment, or NULL where none of the states is it: then its values do not matter,
 * and the variables in them need not be set. */
static bool take_environment_key(struct config *config, const yaml_node_t *key,
                                 const yaml_node_t *value, void *context)
{
    struct environment *environment = context;

    if (!check_environment_key(config, key))
        return false;
    if (!environment)
        return true;
    if (strcmp(scalar(key), "url") == 0)
        return take_text(expand(config, value), &environment->url);
    if (strcmp(scalar(key), "wanted") == 0)
        return take_text(expand_list(config, value, beside_config), &environment->wanted);
    /* What may drift may also not be there. */
    config->options->may_miss = strcmp(scalar(key), "ignore") == 0;
    return set_option(config, key, value);
}

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

static bool take_environment(struct config *config, const yaml_node_t *key,
                             const yaml_node_t *value, void *context)
{
    struct environment *environments = context;
    const struct text_list *states = &config->options->states;

    if (!each_key(config, value, "an environment", take_environment_key, NULL))
        return false;
    for (size_t i = 0; i < states->count; i++) {
        if (strcmp(without_prefix(states->items[i]), scalar(key)) != 0)
            continue;
        environments[i].name = states->items[i];
        if (!each_key(config, value, "an environment", take_environment_key, &environments[i]))
            return false;
        if (!environments[i].url)
            return fail_at(config, &key->start_mark, "environment %s has no url", scalar(key));
    }
    return true;
}

/* Puts the environments' URLs in the place of their names, and adds what the last one wants. */
static bool place_environments(struct options *options, const struct environment *environments,
                               size_t wanted_states, struct error *error)
{
    size_t given = options->states.count;

    for (size_t i = 0; i < given; i++)
        if (environments[i].name)
            options->states.items[i] =
                with_prefix(options->arena, options->states.items[i], environments[i].url);
    if (given != 1 || wanted_states != 2 || !environments[0].name)
        return true;
    if (!environments[0].wanted) {
        error_hint(error, "Set wanted in the configuration, or name the wanted state.");
        return error_set(error, ERROR_USAGE, "environment %s does not say what is wanted",
                         environments[0].name);
    }
    text_list_add(&options->states, options->arena, environments[0].wanted);
    return true;
}

/* --- the file -------------------------------------------------------------------------------- */

static bool read_file(struct config *config)
{
    return file_read(config->file, &config->text, config->error);
}

static bool parse_file(struct config *config)
{
    yaml_parser_t parser;
    bool ok;

    yaml_parser_initialize(&parser);
    yaml_parser_set_input_string(&parser, (const unsigned char *)buffer_text(&config->text),
                                 config->text.length);
    ok = yaml_parser_load(&parser, &config->document);
    if (!ok) {
        error_set(config->error, ERROR_USAGE, "%s", parser.problem ? parser.problem : "no YAML");
        place_line(config, &parser.problem_mark, false);
    }
    yaml_parser_delete(&parser);
    return ok;
}

struct parts {
    const yaml_node_t *environments;
    const yaml_node_t *defaults;
};

static bool take_part(struct config *config, const yaml_node_t *key, const yaml_node_t *value,
                      void *context)
{
    static const char *const known[] = {"environments", "defaults"};
    struct parts *parts = context;

    if (strcmp(scalar(key), "environments") == 0)
        parts->environments = value;
    else if (strcmp(scalar(key), "defaults") == 0)
        parts->defaults = value;
    else
        return fail_unknown_key(config, key, scalar(key), known, 2);
    return true;
}

/* Environments come first: what they set is nearer than the defaults. */
static bool take_parts(struct config *config, struct parts *parts)
{
    const yaml_node_t *root = yaml_document_get_root_node(&config->document);

    return !root || each_key(config, root, "the configuration", take_part, parts);
}

static bool take_name(struct config *config, const yaml_node_t *key, const yaml_node_t *value,
                      void *context)
{
    (void)value;
    text_list_add(context, config->options->arena,
                  arena_strdup(config->options->arena, scalar(key)));
    return true;
}

/* A single word that is neither a file nor one of history's own words. */
static bool may_name_environment(const struct config *config, const char *state)
{
    static const char letters[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";
    bool word = *state && !state[strspn(state, letters)];

    if (config->command == FOR_HISTORY &&
        (strcmp(state, "diff") == 0 || strcmp(state, "show") == 0 ||
         !state[strspn(state, "0123456789")]))
        return false;
    return word && access(state, F_OK) != 0;
}

/* Whatever is no environment would be taken for a file. */
static bool check_names(struct config *config, const struct parts *parts)
{
    const struct text_list *states = &config->options->states;
    struct text_list names = {0};

    if (parts->environments &&
        !each_key(config, parts->environments, "environments", take_name, &names))
        return false;
    for (size_t i = 0; names.count && i < states->count; i++) {
        const char *state = without_prefix(states->items[i]);
        const char *nearest;

        if (text_list_contains(&names, state) || !may_name_environment(config, state))
            continue;
        error_set(config->error, ERROR_USAGE,
                  "there is no environment %s in %s, nor a file or folder of that name", state,
                  config->file);
        nearest = nearest_name(state, names.items, names.count);
        if (nearest)
            error_hint(config->error, "Did you mean %s?", nearest);
        else
            error_hint(config->error, "Environments are: %s.",
                       text_list_join(&names, config->options->arena, ", "));
        return false;
    }
    return true;
}

static bool apply_document(struct config *config, size_t wanted_states)
{
    struct parts parts = {0};
    struct environment *environments =
        ARENA_ARRAY(config->options->arena, struct environment, config->options->states.count + 1);

    if (!take_parts(config, &parts))
        return false;
    if (parts.environments &&
        !each_key(config, parts.environments, "environments", take_environment, environments))
        return false;
    if (parts.defaults && !each_key(config, parts.defaults, "defaults", take_default, NULL))
        return false;
    config->options->may_miss = false;
    return check_names(config, &parts) &&
           place_environments(config->options, environments, wanted_states, config->error);
}

static const char *folder_of_file(struct arena *arena, const char *file)
{
    const char *slash = strrchr(file, '/');

    return slash ? arena_strndup(arena, file, (size_t)(slash - file)) : "";
}

static struct config config_begin(struct options *options, unsigned command, struct error *error)
{
    struct config config = {.options = options, .command = command, .error = error};

    config.file = options->config ? options->config : default_file;
    config.folder = folder_of_file(options->arena, config.file);
    return config;
}

bool config_apply(struct options *options, unsigned command, size_t wanted_states,
                  struct error *error)
{
    struct config config = config_begin(options, command, error);
    bool ok;

    if (!options->config && access(default_file, F_OK) != 0)
        return true;
    ok = read_file(&config) && parse_file(&config);
    if (ok) {
        ok = apply_document(&config, wanted_states);
        yaml_document_delete(&config.document);
    }
    buffer_free(&config.text);
    return ok;
}

bool config_environments(struct options *options, struct text_list *names, struct error *error)
{
    struct config config = config_begin(options, FOR_ALL, error);
    struct parts parts = {0};
    bool ok = read_file(&config) && parse_file(&config);

    if (ok) {
        ok = take_parts(&config, &parts) &&
             (!parts.environments ||
              each_key(&config, parts.environments, "environments", take_name, names));
        yaml_document_delete(&config.document);
    }
    buffer_free(&config.text);
    if (ok && !names->count) {
        error_hint(error, "A configuration names them under environments.");
        return error_set(error, ERROR_USAGE, "%s has no environments", config.file);
    }
    return ok;
}
