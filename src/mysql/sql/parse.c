/* The door to the grammar: statements one by one, and the sql_mode that they set on the way. */
#include "mysql/sql/parse.h"

#include <string.h>
#include <strings.h>

#include "mysql/sql/parse_build.h"
#include "mysql_parser.h"

/* A user variable that holds a sql_mode. */
struct saved_mode {
    const char *name;
    uint64_t mode;
    const char *text;
};

struct my_parser {
    struct my_splitter splitter;
    uint64_t first_mode;
    const char *mode_text;     /* NULL: never set */
    struct pointer_list saved; /* struct saved_mode * */
};

/* --- sql_mode --------------------------------------------------------------------------------- */

uint64_t my_sql_mode_parse(const char *text)
{
    static const struct {
        const char *name;
        uint64_t mode;
    } modes[] = {
        {"ANSI_QUOTES", MY_MODE_ANSI_QUOTES},
        {"PIPES_AS_CONCAT", MY_MODE_PIPES_AS_CONCAT},
        {"NO_BACKSLASH_ESCAPES", MY_MODE_NO_BACKSLASH_ESCAPES},
        {"HIGH_NOT_PRECEDENCE", MY_MODE_HIGH_NOT_PRECEDENCE},
        {"IGNORE_SPACE", MY_MODE_IGNORE_SPACE},
        {"REAL_AS_FLOAT", MY_MODE_REAL_AS_FLOAT},
        {"ANSI", MY_MODE_REAL_AS_FLOAT | MY_MODE_PIPES_AS_CONCAT | MY_MODE_ANSI_QUOTES |
                     MY_MODE_IGNORE_SPACE},
        {"ORACLE",
         MY_MODE_PIPES_AS_CONCAT | MY_MODE_ANSI_QUOTES | MY_MODE_IGNORE_SPACE | MY_MODE_ORACLE},
        {"MSSQL", MY_MODE_PIPES_AS_CONCAT | MY_MODE_ANSI_QUOTES | MY_MODE_IGNORE_SPACE},
        {"POSTGRESQL", MY_MODE_PIPES_AS_CONCAT | MY_MODE_ANSI_QUOTES | MY_MODE_IGNORE_SPACE},
        {"DB2", MY_MODE_PIPES_AS_CONCAT | MY_MODE_ANSI_QUOTES | MY_MODE_IGNORE_SPACE},
        {"MAXDB", MY_MODE_PIPES_AS_CONCAT | MY_MODE_ANSI_QUOTES | MY_MODE_IGNORE_SPACE},
    };
    uint64_t mode = 0;

    while (*text != '\0') {
        size_t length = strcspn(text, ", ");

        for (size_t i = 0; i < sizeof modes / sizeof modes[0]; i++)
            if (strlen(modes[i].name) == length && strncasecmp(text, modes[i].name, length) == 0)
                mode |= modes[i].mode;
        text += length;
        text += strspn(text, ", ");
    }
    return mode;
}

static bool is_mode_variable(const char *name)
{
    return strcasecmp(name, "@@sql_mode") == 0 || strcasecmp(name, "@@session.sql_mode") == 0 ||
           strcasecmp(name, "@@local.sql_mode") == 0;
}

static struct saved_mode *find_saved(struct my_parser *parser, const char *name)
{
    for (size_t i = 0; i < parser->saved.count; i++) {
        struct saved_mode *saved = parser->saved.items[i];

        if (strcasecmp(saved->name, name) == 0)
            return saved;
    }
    return NULL;
}

/* What a value means as a mode; text NULL: the mode at the beginning. False where nobody knows. */
static bool mode_of(struct my_parser *parser, const struct my_node *value, const char **text)
{
    struct arena *arena = parser->splitter.arena;
    struct saved_mode *saved;

    if (value == NULL) {
        *text = NULL;
        return true;
    }
    if (value->kind == MY_STRING) {
        *text = value->text;
        return true;
    }
    if (value->kind == MY_NUMBER && strcmp(value->text, "0") == 0) {
        *text = "";
        return true;
    }
    if (value->kind == MY_VARIABLE && is_mode_variable(value->text)) {
        *text = parser->mode_text;
        return true;
    }
    if (value->kind == MY_VARIABLE) {
        saved = find_saved(parser, value->text);
        *text = saved == NULL ? NULL : saved->text;
        return true;
    }
    if (value->kind == MY_CALL && strcasecmp(value->name, "CONCAT") == 0) {
        const char *whole = "", *part;

        for (size_t i = 0; i < value->children.count; i++) {
            if (!mode_of(parser, value->children.items[i], &part))
                return false;
            whole = arena_printf(arena, "%s%s", whole, part == NULL ? "" : part);
        }
        *text = whole;
        return true;
    }
    return false;
}

/* Takes over what a SET says about the sql_mode. */
static void follow_settings(struct my_parser *parser, const struct my_statement *statement)
{
    for (size_t i = 0; i < statement->settings.count; i++) {
        const struct my_setting_value *setting = statement->settings.items[i];
        const char *text;

        if (setting->name[0] == '@') {
            struct saved_mode *saved;

            if (!mode_of(parser, setting->value, &text))
                continue;
            saved = find_saved(parser, setting->name);
            if (saved == NULL) {
                saved = ARENA_NEW(parser->splitter.arena, struct saved_mode);
                saved->name = setting->name;
                pointer_list_add(&parser->saved, parser->splitter.arena, saved);
            }
            saved->text = text;
        } else if (strcmp(setting->name, "sql_mode") == 0 &&
                   strcmp(setting->scope, "GLOBAL") != 0 &&
                   mode_of(parser, setting->value, &text)) {
            parser->mode_text = text;
            parser->splitter.sql_mode = text == NULL ? parser->first_mode : my_sql_mode_parse(text);
        }
    }
}

uint64_t my_parser_mode(const struct my_parser *parser)
{
    return parser->splitter.sql_mode;
}

const char *my_parser_mode_text(const struct my_parser *parser)
{
    return parser->mode_text;
}

/* --- parsing ---------------------------------------------------------------------------------- */

int my_yylex(MY_YYSTYPE *value, MY_YYLTYPE *location, struct my_parse *parse);

int my_yylex(MY_YYSTYPE *value, MY_YYLTYPE *location, struct my_parse *parse)
{
    const struct my_token *token;

    if (parse->start != 0) {
        int start = parse->start;

        parse->start = 0;
        location->offset = location->end = 0;
        return start;
    }
    token = &parse->tokens.items[parse->next];
    if (parse->next < parse->tokens.count)
        parse->next++;
    value->token = token;
    location->offset = token->offset;
    location->end = token->end;
    if (token->kind == MY_T_BROKEN)
        parse->scan_message = token->text;
    return token->kind;
}

static bool parse_text(struct my_parse *parse, enum my_head_kind head)
{
    struct my_scanner scanner = {.arena = parse->arena,
                                 .flavor = parse->flavor,
                                 .sql_mode = parse->sql_mode,
                                 .text = parse->text,
                                 .length = parse->length};
    int result;

    parse->tokens = my_tokenize(&scanner, head);
    result = my_yyparse(parse);
    if (result == 0)
        return true;
    if (parse->error->code == ERROR_NONE)
        my_parse_fail(parse, 0, result == 2 ? "the statement is nested too deeply" : "syntax error",
                      NULL);
    return false;
}

static bool parse_chunk(struct my_parser *parser, const struct my_chunk *chunk,
                        struct my_statement *statement, struct error *error)
{
    struct my_splitter *splitter = &parser->splitter;
    struct my_parse parse = {
        .arena = splitter->arena,
        .flavor = splitter->flavor,
        .sql_mode = splitter->sql_mode,
        .text = chunk->text,
        .length = chunk->length,
        .pieces = chunk->pieces,
        .piece_count = chunk->piece_count,
        .start = MY_T_START_STATEMENT,
        .statement = statement,
        .file = splitter->file,
        .source = splitter->text,
        .source_length = splitter->length,
        .error = error,
    };

    return parse_text(&parse, chunk->head.program);
}

struct my_parser *my_parser_new(struct arena *arena, struct my_flavor flavor, uint64_t sql_mode,
                                const char *file, const char *text, size_t length)
{
    struct my_parser *parser = ARENA_NEW(arena, struct my_parser);

    parser->first_mode = sql_mode;
    parser->splitter = (struct my_splitter){
        .arena = arena,
        .flavor = flavor,
        .file = file,
        .text = text,
        .length = length,
        .sql_mode = sql_mode,
        .delimiter = ";",
        .delimiter_length = 1,
    };
    return parser;
}

bool my_parser_next(struct my_parser *parser, struct my_statement **statement, struct error *error)
{
    struct my_statement *made;
    struct my_chunk chunk;

    *statement = NULL;
    if (!my_split_next(&parser->splitter, &chunk, error))
        return false;
    if (chunk.text == NULL)
        return true;
    made = ARENA_NEW(parser->splitter.arena, struct my_statement);
    made->kind = chunk.head.kind;
    made->word = chunk.head.word;
    made->offset = chunk.offset;
    made->end = chunk.end;
    made->text = chunk.text;
    made->sql_mode = parser->splitter.sql_mode;
    if (chunk.head.parsed && !parse_chunk(parser, &chunk, made, error))
        return false;
    if (made->kind == MY_SET)
        follow_settings(parser, made);
    *statement = made;
    return true;
}

/* A text that stands alone, to be parsed as what start says. */
static bool parse_alone(struct my_parse *parse, struct arena *arena, struct my_flavor flavor,
                        uint64_t sql_mode, const char *text, int start, struct error *error)
{
    static const struct my_piece whole = {0, 0};

    *parse = (struct my_parse){
        .arena = arena,
        .flavor = flavor,
        .sql_mode = sql_mode,
        .text = text,
        .length = strlen(text),
        .pieces = &whole,
        .piece_count = 1,
        .start = start,
        .file = "",
        .source = text,
        .source_length = strlen(text),
        .error = error,
    };
    return parse_text(parse, MY_HEAD_PLAIN);
}

struct my_node *my_parse_expression(struct arena *arena, struct my_flavor flavor, uint64_t sql_mode,
                                    const char *text, struct error *error)
{
    struct my_parse parse;

    return parse_alone(&parse, arena, flavor, sql_mode, text, MY_T_START_EXPRESSION, error)
               ? parse.expression
               : NULL;
}

struct my_query *my_parse_query(struct arena *arena, struct my_flavor flavor, uint64_t sql_mode,
                                const char *text, struct error *error)
{
    struct my_parse parse;

    return parse_alone(&parse, arena, flavor, sql_mode, text, MY_T_START_QUERY, error) ? parse.query
                                                                                       : NULL;
}

struct my_type *my_parse_type(struct arena *arena, struct my_flavor flavor, const char *text,
                              struct error *error)
{
    struct my_parse parse;

    return parse_alone(&parse, arena, flavor, 0, text, MY_T_START_TYPE, error) ? parse.type : NULL;
}
