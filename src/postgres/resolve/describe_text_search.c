/* Text search: configurations with their mappings, dictionaries, parsers and templates. */
#include "postgres/resolve/describe.h"

#include <string.h>

#include "core/buffer.h"
#include "postgres/sql/quote.h"

static const char *const token_types[] = {
    "asciihword", "asciiword", "email",           "entity",        "file",       "float",
    "host",       "hword",     "hword_asciipart", "hword_numpart", "hword_part", "int",
    "numhword",   "numword",   "protocol",        "sfloat",        "tag",        "uint",
    "url",        "url_path",  "version",         "word"};

/* --- configurations ------------------------------------------------------------------------------- */

static void map_token(struct describer *describer, const char *token, const char *dictionaries)
{
    describe_fact(
        describer,
        arena_printf(describer->arena, "mapping %s", pg_quote_name(describer->arena, token)),
        dictionaries);
}

static bool is_any(const char *word, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(word, words[i]) == 0)
            return true;
    return false;
}

/* The configurations that come with the server: words go to the language's stemmer, and ASCII words of
 * a language in another script to the English one. */
static void copy_builtin(struct describer *describer, const char *name)
{
    static const char *const left_out[] = {"entity", "protocol", "tag"};
    static const char *const words[] = {"asciihword",      "asciiword",  "hword",
                                        "hword_asciipart", "hword_part", "word"};
    bool foreign = strcmp(name, "russian") == 0 || strcmp(name, "hindi") == 0;
    bool simple = strcmp(name, "simple") == 0;

    describe_fact(describer, "parser", "\"default\"");
    for (size_t i = 0; i < sizeof(token_types) / sizeof(*token_types); i++) {
        const char *token = token_types[i];

        if (is_any(token, left_out, sizeof(left_out) / sizeof(*left_out)))
            continue;
        if (simple || !is_any(token, words, sizeof(words) / sizeof(*words)))
            map_token(describer, token, "simple");
        else
            map_token(describer, token,
                      arena_printf(describer->arena, "%s_stem",
                                   foreign && strstr(token, "ascii") ? "english" : name));
    }
}

static void copy(struct describer *describer, List *names)
{
    const char *schema;
    const char *name;
    const char *path = describe_path(describer, "text search configuration", names);
    struct object *other =
        model_find(describer->resolver->model, KIND_UNMODELLED, NULL,
                   arena_printf(describer->arena, "text search configuration %s", path), NULL);

    if (!other) {
        describe_parts(describer->arena, names, &schema, &name);
        if (schema && strcmp(schema, "pg_catalog") != 0)
            describer->understood = false;
        copy_builtin(describer, name);
        return;
    }
    if (other == describer->object) {
        describer->understood = false;
        return;
    }
    describe_object(describer->resolver, other);
    describer->facts = text_list_copy(&as_unmodelled(other)->facts, describer->arena);
    if (!describer->facts.count)
        describer->understood = false;
}

static void create_configuration(struct describer *describer, const DefineStmt *statement)
{
    ListCell *cell;

    foreach (cell, statement->definition) {
        const DefElem *option = lfirst_node(DefElem, cell);
        List *names = option->arg && IsA(option->arg, TypeName)
                          ? castNode(TypeName, option->arg)->names
                      : option->arg && IsA(option->arg, List) ? (List *)option->arg
                                                              : NIL;

        if (!names)
            describer->understood = false;
        else if (strcmp(option->defname, "copy") == 0)
            copy(describer, names);
        else
            describe_fact(describer, "parser",
                          describe_path(describer, "text search parser", names));
    }
}

static const char *dictionaries(struct describer *describer, List *list)
{
    struct text_list names = {0};
    ListCell *cell;

    foreach (cell, list)
        text_list_add(&names, describer->arena,
                      describe_path(describer, "text search dictionary", lfirst(cell)));
    return text_list_join(&names, describer->arena, ", ");
}

static void map_tokens(struct describer *describer, List *tokens, const char *value)
{
    ListCell *cell;

    foreach (cell, tokens)
        map_token(describer, strVal(lfirst(cell)), value);
}

/* Puts one dictionary in the place of another, in one mapping. */
static const char *replaced(struct describer *describer, const char *list, const char *from,
                            const char *to)
{
    struct buffer text = BUFFER_EMPTY;

    while (*list) {
        size_t length = strcspn(list, ",");
        bool same = length == strlen(from) && strncmp(list, from, length) == 0;

        buffer_append_bytes(&text, same ? to : list, same ? strlen(to) : length);
        list += length;
        if (*list) {
            buffer_append(&text, ", ");
            list += strlen(", ");
        }
    }
    return buffer_take(&text, describer->arena);
}

static void replace_dictionary(struct describer *describer,
                               const AlterTSConfigurationStmt *statement)
{
    const char *from = dictionaries(describer, list_make1(linitial(statement->dicts)));
    const char *to = dictionaries(describer, list_make1(lsecond(statement->dicts)));
    struct text_list before = text_list_copy(&describer->facts, describer->arena);
    const char *name;
    const char *value;
    size_t at = 0;

    while (facts_next(&before, describer->arena, "mapping", &at, &name, &value)) {
        bool meant = !statement->tokentype;
        ListCell *cell;

        foreach (cell, statement->tokentype)
            meant =
                meant || strcmp(pg_quote_name(describer->arena, strVal(lfirst(cell))), name) == 0;
        if (meant)
            describe_fact(describer, arena_printf(describer->arena, "mapping %s", name),
                          replaced(describer, value, from, to));
    }
}

static void alter_configuration(struct describer *describer,
                                const AlterTSConfigurationStmt *statement)
{
    switch (statement->kind) {
    case ALTER_TSCONFIG_ADD_MAPPING:
    case ALTER_TSCONFIG_ALTER_MAPPING_FOR_TOKEN:
        map_tokens(describer, statement->tokentype, dictionaries(describer, statement->dicts));
        break;
    case ALTER_TSCONFIG_DROP_MAPPING:
        map_tokens(describer, statement->tokentype, NULL);
        break;
    case ALTER_TSCONFIG_REPLACE_DICT:
    case ALTER_TSCONFIG_REPLACE_DICT_FOR_TOKEN:
        replace_dictionary(describer, statement);
        break;
    }
}

/* --- dictionaries, parsers, templates ------------------------------------------------------------- */

/* The server keeps numbers bare and quotes everything else. */
static void dictionary_options(struct describer *describer, List *options)
{
    ListCell *cell;

    foreach (cell, options) {
        const DefElem *option = lfirst_node(DefElem, cell);
        bool number = option->arg && (IsA(option->arg, Integer) || IsA(option->arg, Float));

        if (strcmp(option->defname, "template") == 0 && option->arg && IsA(option->arg, TypeName))
            describe_fact(describer, "template",
                          describe_path(describer, "text search template",
                                        castNode(TypeName, option->arg)->names));
        else
            describe_fact(describer,
                          arena_printf(describer->arena, "option %s",
                                       pg_quote_name(describer->arena, option->defname)),
                          number ? describe_text(describer, option->arg)
                                 : describe_literal(describer, option->arg));
    }
}

static void functions(struct describer *describer, List *definition)
{
    ListCell *cell;

    foreach (cell, definition) {
        const DefElem *option = lfirst_node(DefElem, cell);

        if (option->arg && IsA(option->arg, TypeName))
            describe_fact(describer, arena_strdup(describer->arena, option->defname),
                          describe_function(describer, castNode(TypeName, option->arg)->names));
        else
            describer->understood = false;
    }
}

static bool define(struct describer *describer, const DefineStmt *statement)
{
    switch (statement->kind) {
    case OBJECT_TSCONFIGURATION:
        create_configuration(describer, statement);
        return true;
    case OBJECT_TSDICTIONARY:
        dictionary_options(describer, statement->definition);
        return true;
    case OBJECT_TSPARSER:
    case OBJECT_TSTEMPLATE:
        functions(describer, statement->definition);
        return true;
    default:
        return false;
    }
}

bool describe_text_search(struct describer *describer, Node *statement)
{
    switch (nodeTag(statement)) {
    case T_DefineStmt:
        return define(describer, (DefineStmt *)statement);
    case T_AlterTSConfigurationStmt:
        alter_configuration(describer, (AlterTSConfigurationStmt *)statement);
        return true;
    case T_AlterTSDictionaryStmt:
        dictionary_options(describer, ((AlterTSDictionaryStmt *)statement)->options);
        return true;
    default:
        return false;
    }
}
