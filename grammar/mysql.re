/* The scanner of MySQL's and MariaDB's SQL. It knows characters only: what a word means, and which words
 * belong together, is decided in src/mysql/sql/parse_tokens.c. */
#include <string.h>

#include "mysql_parser.h"
#include "mysql/sql/scan.h"

/* What stands between quotes: up to the closing one, which must be there. */
static bool scan_quoted(struct my_scanner *scanner, struct my_token *token, size_t from, char quote,
                        bool escapes)
{
    const char *text = scanner->text;
    size_t i = from;

    for (; i < scanner->length; i++) {
        if (text[i] == quote) {
            if (i + 1 < scanner->length && text[i + 1] == quote)
                i++;
            else
                break;
        } else if (escapes && text[i] == '\\') {
            i++;
        }
    }
    if (i >= scanner->length) {
        token->text = "a quote is never closed";
        token->kind = MY_T_BROKEN;
        scanner->position = scanner->length;
        return false;
    }
    token->text = my_unquote(scanner->arena, text + from, i - from, quote, escapes, &token->length);
    scanner->position = i + 1;
    return true;
}

static void take_text(struct my_scanner *scanner, struct my_token *token, const char *from,
                      const char *to)
{
    token->length = (size_t)(to - from);
    token->text = arena_strndup(scanner->arena, from, token->length);
}

static bool is_name_byte(unsigned char byte)
{
    return byte >= 0x80 || byte == '_' || byte == '$' || (byte >= '0' && byte <= '9')
           || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

/* After "name.": any word is a name, and may begin with a digit. */
static bool scan_after_dot(struct my_scanner *scanner, struct my_token *token)
{
    const char *text = scanner->text;
    size_t i = scanner->position;

    if (scanner->last != '.' || !is_name_byte((unsigned char)text[i]))
        return false;
    while (i < scanner->length && is_name_byte((unsigned char)text[i]))
        i++;
    token->kind = MY_T_IDENT;
    take_text(scanner, token, text + scanner->position, text + i);
    scanner->position = i;
    return true;
}

/* @name, @'name', @`name`; @@scope.name. */
static void scan_variable(struct my_scanner *scanner, struct my_token *token)
{
    const char *text = scanner->text;
    size_t start = scanner->position, i = start + 1;
    bool host = start > 0 && (is_name_byte((unsigned char)text[start - 1])
                              || strchr("'\"`", text[start - 1]) != NULL);

    token->kind = MY_T_USER_VARIABLE;
    if (text[i] == '\'' || text[i] == '"' || text[i] == '`') {
        if (!scan_quoted(scanner, token, i + 1, text[i], text[i] != '`'))
            return;
        token->text = arena_printf(scanner->arena, "@%s", token->text);
        token->length++;
        return;
    }
    if (text[i] == '@') {
        token->kind = MY_T_SYSTEM_VARIABLE;
        i++;
    }
    while (is_name_byte((unsigned char)text[i]) || text[i] == '.' || text[i] == '`'
           || (host && text[i] == '-'))
        i++;
    take_text(scanner, token, text + start, text + i);
    scanner->position = i;
}

static void end_of_comment(struct my_scanner *scanner)
{
    const char *end = strstr(scanner->text + scanner->position, "*/");

    scanner->position = end == NULL ? scanner->length : (size_t)(end - scanner->text) + 2;
}

static void end_of_line(struct my_scanner *scanner)
{
    while (scanner->position < scanner->length && scanner->text[scanner->position] != '\n')
        scanner->position++;
}

#define KIND(value) (token->kind = (value))

/* Scans what begins here. False where that was a blank or a comment. */
static bool scan_next(struct my_scanner *scanner, struct my_token *token)
{
    const char *YYCURSOR = scanner->text + scanner->position;
    const char *YYMARKER = YYCURSOR;
    const char *start = YYCURSOR;
    bool escapes = !(scanner->sql_mode & MY_MODE_NO_BACKSLASH_ESCAPES);
    bool ansi = scanner->sql_mode & MY_MODE_ANSI_QUOTES;

    if (*start == '@') {
        scan_variable(scanner, token);
        return true;
    }
    if (scan_after_dot(scanner, token))
        return true;
    if (*start == '.' && scanner->last == MY_T_IDENT && start > scanner->text
        && (is_name_byte((unsigned char)start[-1]) || start[-1] == '`' || start[-1] == '"')
        && is_name_byte((unsigned char)start[1])) {
        token->kind = '.';
        scanner->position++;
        return true;
    }

    /*!re2c
    re2c:define:YYCTYPE = "unsigned char";
    re2c:yyfill:enable = 0;
    re2c:indent:string = "    ";
    re2c:indent:top = 1;

    letter = [a-zA-Z_$\x80-\xff];
    digit = [0-9];
    hex = [0-9a-fA-F];
    exponent = [eE] [+-]? digit+;

    [ \t\r\n\v\f]+ { scanner->position = (size_t)(YYCURSOR - scanner->text); return false; }
    "#" { end_of_line(scanner); return false; }
    "--" / [\x00-\x20] { end_of_line(scanner); return false; }
    "/" "*" { scanner->position += 2; end_of_comment(scanner); return false; }

    "\x00" {
        KIND(scanner->position >= scanner->length ? 0 : MY_T_BROKEN);
        if (token->kind == 0)
            YYCURSOR--;
        goto done;
    }

    "'" { KIND(MY_T_STRING); return scan_quoted(scanner, token, scanner->position + 1, '\'', escapes), true; }
    [nN] "'" {
        KIND(MY_T_STRING);
        token->charset = "N";
        return scan_quoted(scanner, token, scanner->position + 2, '\'', escapes), true;
    }
    ["] {
        KIND(ansi ? MY_T_IDENT : MY_T_STRING);
        return scan_quoted(scanner, token, scanner->position + 1, '"', escapes && !ansi), true;
    }
    "`" { KIND(MY_T_IDENT); return scan_quoted(scanner, token, scanner->position + 1, '`', false), true; }

    [xX] "'" hex* "'" { KIND(MY_T_HEX); take_text(scanner, token, start + 2, YYCURSOR - 1); goto done; }
    "0x" hex+ { KIND(MY_T_HEX); take_text(scanner, token, start + 2, YYCURSOR); goto done; }
    [bB] "'" [01]* "'" { KIND(MY_T_BIT); take_text(scanner, token, start + 2, YYCURSOR - 1); goto done; }
    "0b" [01]+ { KIND(MY_T_BIT); take_text(scanner, token, start + 2, YYCURSOR); goto done; }

    digit+ { KIND(MY_T_NUMBER); take_text(scanner, token, start, YYCURSOR); goto done; }
    digit+ "." digit* exponent? { KIND(MY_T_NUMBER); take_text(scanner, token, start, YYCURSOR); goto done; }
    "." digit+ exponent? { KIND(MY_T_NUMBER); take_text(scanner, token, start, YYCURSOR); goto done; }
    digit+ exponent { KIND(MY_T_NUMBER); take_text(scanner, token, start, YYCURSOR); goto done; }

    letter (letter | digit)* { KIND(MY_T_IDENT); token->bare = true; goto done; }
    digit+ letter (letter | digit)* { KIND(MY_T_IDENT); token->bare = true; goto done; }

    ":=" { KIND(MY_T_ASSIGN); goto done; }
    "<=>" { KIND(MY_T_NULL_SAFE); goto done; }
    "<>" | "!=" { KIND(MY_T_NOT_EQUAL); goto done; }
    "<=" { KIND(MY_T_LESS_EQUAL); goto done; }
    ">=" { KIND(MY_T_GREATER_EQUAL); goto done; }
    "<<" { KIND(MY_T_SHIFT_LEFT); goto done; }
    ">>" { KIND(MY_T_SHIFT_RIGHT); goto done; }
    "->" { KIND(MY_T_ARROW); goto done; }
    "->>" { KIND(MY_T_ARROW_TEXT); goto done; }
    "&&" { KIND(MY_T_AND2); goto done; }
    "||" { KIND(scanner->sql_mode & MY_MODE_PIPES_AS_CONCAT ? MY_T_CONCAT : MY_T_OR2); goto done; }
    "!" { KIND(MY_T_NOT2); goto done; }
    [-+*/%(),.;:=<>^~&|?{}] { KIND(*start); goto done; }
    * { KIND(MY_T_BROKEN); goto done; }
    */
done:
    scanner->position = (size_t)(YYCURSOR - scanner->text);
    return true;
}

void my_scan(struct my_scanner *scanner, struct my_token *token)
{
    *token = (struct my_token){0};
    do {
        token->offset = scanner->position;
    } while (!scan_next(scanner, token));
    token->end = scanner->position;
    scanner->last = token->kind == '.' && scanner->last != MY_T_IDENT ? 0 : token->kind;
}
