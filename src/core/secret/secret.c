/* Secrets in SQL. A text is cut into words and literals, no more: what a statement means beyond its first words does
 * not matter here. A literal is a secret as a whole where a rule of the table below says so; else it may hold a
 * connection string, whose password is one; else it may hold SQL, in which the same is looked for. */
#include "core/secret/secret.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "core/buffer.h"
#include "core/secret/scan.h"
#include "core/url.h"
#include "core/secret/vault.h"

/* Bodies in bodies: deeper ones nobody writes. */
enum { deepest = 8, head_words = 4 };

struct pass {
    struct arena *arena;
    enum secret_syntax syntax;
    bool restores;
    bool failed;
    const char *missing; /* the variable */
};

static const char *change_code(struct pass *pass, const char *text, size_t *length, int depth);

/* --- the table: literals that are secrets as a whole ---------------------------------------------------- */

/* What a statement begins with, and the words before the literal. */
struct rule {
    int syntax; /* -1: either */
    const char *
        heads; /* "CREATE USER MAPPING": a "|" between words that can stand in the same place; NULL: any */
    const char *names; /* the word before the literal: one of these, "" for secret-looking ones */
    const char *harmless; /* or any but these */
};

static const struct rule rules[] = {
    /* Options of a foreign data wrapper's user are what only it may know, but for these. */
    {SECRET_POSTGRES, "CREATE|ALTER USER MAPPING", NULL,
     " user username user_name password_required sslcert sslmode use_scram_passthrough gssdelegation "},
    {SECRET_POSTGRES, "CREATE|ALTER SERVER", "", NULL},
    {SECRET_POSTGRES, "CREATE|ALTER FOREIGN TABLE|DATA", "", NULL},
    {SECRET_POSTGRES, "IMPORT FOREIGN SCHEMA", "", NULL},
    {SECRET_POSTGRES, "CREATE|ALTER ROLE|USER|GROUP", " password ", NULL},
    {SECRET_MYSQL, "CREATE|ALTER SERVER", "", NULL},
    {SECRET_MYSQL, "CREATE|ALTER|GRANT|SET", " by as using password replace old_password ", NULL},
    {SECRET_MYSQL, "CHANGE|START|STOP", "", NULL},
    {SECRET_MYSQL, "SET PASSWORD", NULL, " for to by random "},
};

struct statement {
    struct scan_piece head[head_words];
    size_t count;
    struct scan_piece last; /* the word before */
    bool identified;        /* IDENTIFIED was met */
    bool direct;            /* nothing but "=", "(", ":" stands between the last word and here */
    bool equals;
};

static bool is_listed(const char *list, struct scan_piece word)
{
    for (const char *at = list; (at = strchr(at, ' ')) != NULL && at[1]; at++)
        if (strncasecmp(at + 1, word.text, word.length) == 0 && at[1 + word.length] == ' ')
            return true;
    return false;
}

/* One of "A|B|C" up to a blank. */
static bool is_alternative(const char *alternatives, struct scan_piece word)
{
    for (;;) {
        size_t length = strcspn(alternatives, "| ");

        if (length == word.length && strncasecmp(alternatives, word.text, length) == 0)
            return true;
        if (alternatives[length] != '|')
            return false;
        alternatives += length + 1;
    }
}

static bool has_head(const struct statement *statement, const char *heads)
{
    for (size_t i = 0; heads && *heads; i++) {
        if (i >= statement->count || !is_alternative(heads, statement->head[i]))
            return false;
        heads += strcspn(heads, " ");
        heads += *heads == ' ';
    }
    return true;
}

static bool is_secret_option(struct scan_piece name)
{
    return is_secret_name(name.text, name.length) ||
           is_listed(" passfile credentials credential ", name);
}

static bool names_secret(const struct rule *rule, const struct statement *statement)
{
    if (rule->harmless)
        return statement->last.length && !is_listed(rule->harmless, statement->last);
    if (!*rule->names)
        return is_secret_option(statement->last);
    return is_listed(rule->names, statement->last);
}

/* IDENTIFIED makes a word mean what it does not in other statements; MASTER_PASSWORD and SOURCE_PASSWORD mean
 * one thing wherever they stand. */
static bool is_whole_secret(const struct pass *pass, const struct statement *statement, int depth)
{
    static const char after_identified[] = " by as using password replace old_password ";
    bool mysql = pass->syntax == SECRET_MYSQL;

    if (!statement->direct || !statement->last.length)
        return false;
    if (mysql && (is_listed(" master_password source_password ", statement->last) ||
                  (depth > 0 && !statement->equals && is_listed(" password ", statement->last))))
        return true;
    for (size_t i = 0; i < sizeof(rules) / sizeof(*rules); i++) {
        const struct rule *rule = &rules[i];

        if (rule->names && strcmp(rule->names, after_identified) == 0 && !statement->identified)
            continue;
        if ((rule->syntax < 0 || rule->syntax == (int)pass->syntax) &&
            has_head(statement, rule->heads) && names_secret(rule, statement))
            return true;
    }
    return false;
}

/* --- one secret ------------------------------------------------------------------------------------------ */

/* "${NAME}" and nothing else: the length of the name, 0 where it is none. */
static size_t variable_length(const char *text, size_t length)
{
    size_t name = 0;

    if (length < 4 || text[0] != '$' || text[1] != '{' || text[length - 1] != '}' ||
        isdigit((unsigned char)text[2]))
        return 0;
    while (isalnum((unsigned char)text[2 + name]) || text[2 + name] == '_')
        name++;
    return name == length - 3 ? name : 0;
}

static void append_token(struct buffer *out, const char *text, size_t length, enum vault_form form)
{
    size_t variable = variable_length(text, length);
    char token[VAULT_TOKEN_LENGTH + 1];

    if (variable)
        vault_put_variable(text + 2, variable, form, token);
    else
        vault_put(text, length, token);
    buffer_append(out, token);
}

/* The text with secrets for its tokens. */
static const char *fill_tokens(struct pass *pass, const char *text)
{
    struct buffer out = BUFFER_EMPTY;
    const char *token;

    while ((token = vault_token_in(text)) != NULL) {
        const char *variable;
        const char *value = vault_find(pass->arena, token, &variable);

        buffer_append_bytes(&out, text, (size_t)(token - text));
        if (value) {
            buffer_append(&out, value);
        } else if (!pass->failed) {
            pass->failed = true;
            pass->missing = variable;
        }
        text = token + VAULT_TOKEN_LENGTH;
    }
    buffer_append(&out, text);
    return buffer_take(&out, pass->arena);
}

/* What a program puts in later is no secret: "%s" of format(), "$1"; nor is what is hidden already. */
static bool is_filled_later(const char *text, size_t length)
{
    return !length || *text == '%' || vault_token_within(text, length) == text ||
           (*text == '$' && length > 1 && isdigit((unsigned char)text[1])) ||
           (length >= 3 && strspn(text, "*") == length);
}

/* --- connection strings ------------------------------------------------------------------------------------ */

static void append_part(struct buffer *out, const char *text, size_t length, enum vault_form form)
{
    if (is_filled_later(text, length))
        buffer_append_bytes(out, text, length);
    else
        append_token(out, text, length, form);
}

/* "scheme://user:password@host/...?password=...": true where it is a URL. */
static bool hide_in_url(const char *text, struct buffer *out)
{
    size_t scheme =
        strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.");
    const char *login = text + scheme + 3;
    const char *end;
    const char *colon;
    const char *at;

    if (!scheme || strncmp(text + scheme, "://", 3) != 0 || strpbrk(text, " \t\r\n"))
        return false;
    end = url_login_end(login);
    colon = end ? memchr(login, ':', (size_t)(end - login)) : NULL;
    at = text;
    if (colon) {
        buffer_append_bytes(out, text, (size_t)(colon + 1 - text));
        append_part(out, colon + 1, (size_t)(end - colon - 1), VAULT_URL);
        at = end;
    }
    while (*at) {
        size_t rest = strcspn(at, "?&");
        size_t name = at[rest] ? strcspn(at + rest + 1, "=&") : 0;
        size_t before = rest + (at[rest] ? 1 : 0) + name;

        if (at[rest] && at[before] == '=' &&
            (is_secret_name(at + rest + 1, name) ||
             (name == 8 && memcmp(at + rest + 1, "passfile", 8) == 0))) {
            size_t value = strcspn(at + before + 1, "&");

            buffer_append_bytes(out, at, before + 1);
            append_part(out, at + before + 1, value, VAULT_URL);
            at += before + 1 + value;
        } else {
            buffer_append_bytes(out, at, before);
            at += before;
        }
    }
    return true;
}

/* The length of a value in "name=value": up to a blank, or ";" and "," where parameters stand so, or in
 * quotes. */
static size_t value_length(const char *text, const char *ends)
{
    size_t length = 0;

    if (*text == '\'' || *text == '"') {
        for (length = 1; text[length] && text[length] != *text; length++)
            if (text[length] == '\\' && text[length + 1])
                length++;
        return length + (text[length] != '\0');
    }
    while (text[length] && !strchr(ends, text[length]))
        length += text[length] == '\\' && text[length + 1] ? 2 : 1;
    return length;
}

static void append_value(struct buffer *out, const char *text, size_t length)
{
    size_t quote = length >= 2 && (*text == '\'' || *text == '"') && text[length - 1] == *text;

    buffer_append_bytes(out, text, quote);
    append_part(out, text + quote, length - 2 * quote, VAULT_CONNECTION_STRING);
    buffer_append_bytes(out, text + length - quote, quote);
}

/* "host=h password=p", or "DSN=d;PWD=p": true where the whole text is such. */
static bool hide_in_parameters(const char *text, const char *ends, struct buffer *out)
{
    const char *at = text;

    while (*at) {
        size_t blank = strspn(at, " \t\r\n;,");
        size_t name =
            strspn(at + blank, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.");
        const char *equals = at + blank + name + strspn(at + blank + name, " \t\r\n");
        const char *value = equals + 1 + (*equals ? strspn(equals + 1, " \t\r\n") : 0);
        size_t length;

        if (!at[blank]) {
            buffer_append(out, at);
            return true;
        }
        if (!name || *equals != '=')
            return false;
        length = value_length(value, ends);
        buffer_append_bytes(out, at, (size_t)(value - at));
        if (is_secret_name(at + blank, name) ||
            (name == 8 && strncasecmp(at + blank, "passfile", 8) == 0))
            append_value(out, value, length);
        else
            buffer_append_bytes(out, value, length);
        at = value + length;
    }
    return true;
}

/* True where the text is a connection string, whole or the beginning of one; out gets it without secrets. What
 * stands between its parameters is a blank, or else what shows a secret. */
static bool hide_connection(const char *text, struct buffer *out)
{
    static const char *const ends[] = {" \t\r\n", ";", ","};
    const char *blank = text + strspn(text, " \t\r\n");
    bool found = false;

    if (!strstr(text, "://") && !strchr(text, '='))
        return false;
    buffer_append_bytes(out, text, (size_t)(blank - text));
    if (hide_in_url(blank, out))
        return true;
    for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++) {
        bool whole;

        buffer_truncate(out, (size_t)(blank - text));
        whole = hide_in_parameters(blank, ends[i], out);
        if (whole && (vault_token_in(text) || strcmp(buffer_text(out), text) != 0))
            return true;
        found = found || (whole && i == 0);
    }
    buffer_truncate(out, 0);
    buffer_append(out, text);
    return found;
}

/* A cheap look first: most texts have no such word. */
static bool may_hold_secret(const char *text, size_t length)
{
    static const char *const words[] = {"pass",   "pwd",        "secret", "token",   "_key",
                                        "apikey", "identified", "://",    "mapping", "credential"};

    for (size_t at = 0; at + 3 <= length; at++) {
        if (!strchr("pPsStT_aAiI:mMcC", text[at]) || !text[at])
            continue;
        for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
            if (strncasecmp(text + at, words[i], strnlen(words[i], length - at + 1)) == 0)
                return true;
    }
    return false;
}

/* --- what a literal holds ------------------------------------------------------------------------------------ */

static const char *change_content(struct pass *pass, const char *text, int depth)
{
    struct buffer out = BUFFER_EMPTY;
    bool connection = hide_connection(text, &out);
    const char *hidden = buffer_take(&out, pass->arena);
    size_t length = strlen(text);

    if (connection)
        return pass->restores ? fill_tokens(pass, text) : hidden;
    return depth < deepest ? change_code(pass, text, &length, depth + 1) : text;
}

static const char *change_whole(struct pass *pass, const char *text)
{
    struct buffer out = BUFFER_EMPTY;

    if (is_filled_later(text, strlen(text)) && *text != '%')
        return text;
    append_token(&out, text, strlen(text), VAULT_PLAIN);
    return buffer_take(&out, pass->arena);
}

static bool is_token(const char *text)
{
    return strlen(text) == VAULT_TOKEN_LENGTH && vault_token_in(text) == text;
}

/* A connection string that is none, with a password somewhere in it. */
static bool is_doubtful(const struct statement *statement, const char *text)
{
    return statement->direct && is_listed(" connection ", statement->last) &&
           may_hold_secret(text, strlen(text)) && !vault_token_in(text);
}

/* The literal as it is to be; NULL where it stays as it is. */
static const char *change_literal(struct pass *pass, const struct statement *statement,
                                  struct scan_piece literal, int depth)
{
    const char *text = scan_decode(pass->arena, pass->syntax, literal);
    const char *changed;

    if (!text || !*text || (pass->restores && !vault_token_in(text)))
        return NULL;
    if (pass->restores)
        changed = is_token(text) ? fill_tokens(pass, text) : change_content(pass, text, depth);
    else if (is_whole_secret(pass, statement, depth))
        changed = change_whole(pass, text);
    else
        changed = change_content(pass, text, depth);
    if (!pass->restores && strcmp(changed, text) == 0 && is_doubtful(statement, text))
        changed = change_whole(pass, text);
    return strcmp(changed, text) == 0 ? NULL
                                      : scan_encode(pass->arena, pass->syntax, literal, changed);
}

/* --- a text --------------------------------------------------------------------------------------------------- */

static void note_word(struct statement *statement, struct scan_piece word)
{
    static const char begins[] = " begin do then else loop repeat atomic ";
    static const char skipped[] = " or replace if not exists definer foreign_key ";

    if (is_listed(begins, word)) {
        *statement = (struct statement){.count = 0};
        return;
    }
    if (statement->count < head_words && !(statement->count && is_listed(skipped, word)))
        statement->head[statement->count++] = word;
    if (word.length == 10 && strncasecmp(word.text, "identified", 10) == 0)
        statement->identified = true;
    statement->last = word;
    statement->direct = true;
    statement->equals = false;
}

static void note_sign(struct statement *statement, char sign)
{
    if (sign == ';')
        *statement = (struct statement){.count = 0};
    else if (sign == '=' || sign == ':')
        statement->equals = true;
    else if (sign != '(')
        statement->direct = false;
}

static const char *change_code(struct pass *pass, const char *text, size_t *length, int depth)
{
    struct scan scan = {.syntax = pass->syntax, .at = text, .end = text + *length};
    struct statement statement = {.count = 0};
    struct buffer out = BUFFER_EMPTY;
    const char *copied = text;
    struct scan_piece piece;

    while (scan_next(&scan, &piece)) {
        const char *changed;

        if (piece.kind == SCAN_WORD) {
            note_word(&statement, piece);
        } else if (piece.kind == SCAN_SIGN) {
            note_sign(&statement, *piece.text);
        } else if (piece.kind == SCAN_LITERAL) {
            changed = change_literal(pass, &statement, piece, depth);
            statement.direct = false;
            if (!changed)
                continue;
            buffer_append_bytes(&out, copied, (size_t)(piece.text - copied));
            buffer_append(&out, changed);
            copied = piece.text + piece.length;
        }
    }
    if (copied == text) {
        buffer_free(&out);
        return text;
    }
    buffer_append_bytes(&out, copied, (size_t)(text + *length - copied));
    *length = out.length;
    return buffer_take(&out, pass->arena);
}

/* --- the doors -------------------------------------------------------------------------------------------------- */

const char *secret_hide(struct arena *arena, enum secret_syntax syntax, const char *text,
                        size_t *length)
{
    struct pass pass = {.arena = arena, .syntax = syntax};

    return may_hold_secret(text, *length) ? change_code(&pass, text, length, 0) : text;
}

const char *secret_hide_content(struct arena *arena, enum secret_syntax syntax, const char *text)
{
    struct pass pass = {.arena = arena, .syntax = syntax};

    return text && may_hold_secret(text, strlen(text)) ? change_content(&pass, text, 0) : text;
}

const char *secret_hide_option(struct arena *arena, enum secret_syntax syntax, const char *name,
                               size_t name_length, const char *value)
{
    struct pass pass = {.arena = arena, .syntax = syntax};

    if (value && *value &&
        is_secret_option((struct scan_piece){.text = name, .length = name_length}))
        return change_whole(&pass, value);
    return secret_hide_content(arena, syntax, value);
}

const char *secret_restore(struct arena *arena, enum secret_syntax syntax, const char *sql,
                           const char **missing)
{
    struct pass pass = {.arena = arena, .syntax = syntax, .restores = true};
    size_t length = strlen(sql);
    const char *restored = vault_token_in(sql) ? change_code(&pass, sql, &length, 0) : sql;

    if (!pass.failed && vault_token_in(restored))
        restored = fill_tokens(&pass, restored);
    *missing = pass.missing;
    return pass.failed ? NULL : restored;
}
