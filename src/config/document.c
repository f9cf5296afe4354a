/* The file as a document of YAML. What libyaml has read is copied into nodes of our own, so that all that
 * is left of it is one arena. */
#include "config/document.h"

#include <string.h>
#include <yaml.h>

#include "config/place.h"
#include "core/buffer.h"
#include "core/file.h"
#include "core/operation.h"

/* --- nodes ----------------------------------------------------------------------------------- */

/* libyaml counts its nodes from 1. */
static void copy_list(struct arena *arena, struct node *nodes, struct node *node,
                      const yaml_node_t *yaml)
{
    size_t count = (size_t)(yaml->data.sequence.items.top - yaml->data.sequence.items.start);

    node->kind = NODE_LIST;
    node->items = ARENA_ARRAY(arena, const struct node *, count + 1);
    for (size_t i = 0; i < count; i++)
        node->items[node->count++] = &nodes[yaml->data.sequence.items.start[i] - 1];
}

static void copy_mapping(struct arena *arena, struct node *nodes, struct node *node,
                         const yaml_node_t *yaml)
{
    size_t count = (size_t)(yaml->data.mapping.pairs.top - yaml->data.mapping.pairs.start);

    node->kind = NODE_MAPPING;
    node->items = ARENA_ARRAY(arena, const struct node *, 2 * count + 1);
    for (size_t i = 0; i < count; i++) {
        node->items[node->count++] = &nodes[yaml->data.mapping.pairs.start[i].key - 1];
        node->items[node->count++] = &nodes[yaml->data.mapping.pairs.start[i].value - 1];
    }
}

static void copy_node(struct arena *arena, struct node *nodes, struct node *node,
                      const yaml_node_t *yaml)
{
    node->line = yaml->start_mark.line;
    node->column = yaml->start_mark.column;
    if (yaml->type == YAML_SEQUENCE_NODE)
        copy_list(arena, nodes, node, yaml);
    else if (yaml->type == YAML_MAPPING_NODE)
        copy_mapping(arena, nodes, node, yaml);
    else {
        node->is_plain = yaml->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
        node->text = arena_strdup(arena, (const char *)yaml->data.scalar.value);
    }
}

static void copy_nodes(struct document *document, const yaml_document_t *yaml)
{
    size_t count = (size_t)(yaml->nodes.top - yaml->nodes.start);
    struct node *nodes = ARENA_ARRAY(document->arena, struct node, count + 1);

    for (size_t i = 0; i < count; i++)
        copy_node(document->arena, nodes, &nodes[i], &yaml->nodes.start[i]);
    if (count)
        document->root = nodes; /* it is the first */
}

/* --- reading --------------------------------------------------------------------------------- */

static void release_parser(void *parser)
{
    yaml_parser_delete(parser);
}

static void release_yaml(void *yaml)
{
    yaml_document_delete(yaml);
}

static bool fail_parse(const struct document *document, const yaml_parser_t *parser,
                       struct error *error)
{
    error_set(error, ERROR_USAGE, "%s", parser->problem ? parser->problem : "no YAML");
    place_error(error, document->file, document->text, document->length, parser->problem_mark.line,
                parser->problem_mark.column, false);
    return false;
}

static bool parse(struct document *document, struct error *error)
{
    yaml_parser_t parser;
    yaml_document_t yaml;
    bool ok;

    if (!yaml_parser_initialize(&parser))
        return error_set(error, ERROR_MEMORY, "no memory is left");
    operation_hold(&parser, release_parser);
    yaml_parser_set_input_string(&parser, (const unsigned char *)document->text, document->length);
    ok = yaml_parser_load(&parser, &yaml);
    if (!ok)
        fail_parse(document, &parser, error);
    else {
        operation_hold(&yaml, release_yaml);
        copy_nodes(document, &yaml);
        operation_drop(&yaml);
        yaml_document_delete(&yaml);
    }
    operation_drop(&parser);
    yaml_parser_delete(&parser);
    return ok;
}

bool document_read(struct document *document, struct arena *arena, const char *file,
                   struct error *error)
{
    struct buffer text = BUFFER_EMPTY;

    *document = (struct document){.arena = arena, .file = file};
    if (!file_read(file, &text, error)) {
        buffer_free(&text);
        return false;
    }
    document->length = text.length;
    document->text = buffer_take(&text, arena);
    return parse(document, error);
}

/* --- walking --------------------------------------------------------------------------------- */

bool node_is_null(const struct node *node)
{
    return node->kind == NODE_TEXT && node->is_plain &&
           (!*node->text || strcmp(node->text, "~") == 0 || strcmp(node->text, "null") == 0);
}

/* The key of that number is a name that none before it is. */
static bool check_key(const struct document *document, const struct node *mapping, size_t number,
                      struct error *error)
{
    const struct node *key = mapping->items[number];

    if (key->kind != NODE_TEXT)
        return document_fail(document, key, error, "a key has to be a name");
    for (size_t i = 0; i < number; i += 2)
        if (strcmp(mapping->items[i]->text, key->text) == 0)
            return document_fail(document, key, error, "%s is there twice", key->text);
    return true;
}

bool document_each_key(const struct document *document, const struct node *mapping,
                       const char *what,
                       bool (*visit)(const struct node *key, const struct node *value,
                                     void *context, struct error *error),
                       void *context, struct error *error)
{
    if (node_is_null(mapping))
        return true;
    if (mapping->kind != NODE_MAPPING)
        return document_fail(document, mapping, error, "%s has to be a mapping of names to values",
                             what);
    for (size_t i = 0; i < mapping->count; i += 2)
        if (!check_key(document, mapping, i, error) ||
            !visit(mapping->items[i], mapping->items[i + 1], context, error))
            return false;
    return true;
}

/* --- errors ---------------------------------------------------------------------------------- */

bool document_fail(const struct document *document, const struct node *node, struct error *error,
                   const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    error_set_list(error, ERROR_USAGE, format, arguments);
    va_end(arguments);
    return document_place(document, node, error);
}

bool document_place(const struct document *document, const struct node *node, struct error *error)
{
    place_error(error, document->file, document->text, document->length, node->line, node->column,
                true);
    return false;
}
