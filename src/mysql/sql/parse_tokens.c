/* From the scanner's tokens to those of the grammar: keywords, phrases that are one token, functions with a
 * grammar of their own (which they have before a parenthesis only), and stretches that are kept
 * verbatim: window frames, index hints, JSON_TABLE. So one look ahead is enough for the grammar. */
#include <string.h>
#include <strings.h>

#include "core/buffer.h"
#include "mysql_parser.h"
#include "mysql/sql/scan.h"

#define PHRASE_WORDS 8

struct phrase {
    const char *words;
    int token;
    const char *value;
};

static const struct phrase phrases[] = {
#define PHRASE(words, token, value) {words, MY_T_##token, value},
#include "mysql/sql/phrase.def"
#undef PHRASE
};

static const size_t phrase_count = sizeof phrases / sizeof phrases[0];

/* One run over a statement's tokens: in is read, what is done replaces what lies before. */
struct joiner {
    struct my_scanner *scanner;
    struct my_token *items;
    size_t count; /* without the end */
    size_t in;
    size_t out;
    enum my_head_kind head;
    size_t clauses_from; /* of JSON_VALUE: the stretch that is one token */
    size_t clauses_to;
};

static char upper_of(char letter)
{
    return letter >= 'a' && letter <= 'z' ? (char)(letter - 'a' + 'A') : letter;
}

static bool is_word(const struct joiner *joiner, size_t i, const char *word, size_t length)
{
    const struct my_token *token = &joiner->items[i];

    return i < joiner->count && token->bare && token->end - token->offset == length &&
           strncasecmp(joiner->scanner->text + token->offset, word, length) == 0;
}

bool my_token_is(const struct my_scanner *scanner, const struct my_token *token, const char *word)
{
    size_t length = strlen(word);

    return token->bare && token->end - token->offset == length &&
           strncasecmp(scanner->text + token->offset, word, length) == 0;
}

static bool word_at(const struct joiner *joiner, size_t i, const char *word)
{
    return is_word(joiner, i, word, strlen(word));
}

static int kind_at(const struct joiner *joiner, size_t i)
{
    return i < joiner->count ? joiner->items[i].kind : 0;
}

static int last_kind(const struct joiner *joiner, size_t back)
{
    return joiner->out >= back ? joiner->items[joiner->out - back].kind : 0;
}

/* Makes count tokens from the current one a single token. */
static void emit(struct joiner *joiner, int kind, const char *text, size_t count)
{
    struct my_token token = joiner->items[joiner->in];

    token.kind = kind;
    token.end = joiner->items[joiner->in + count - 1].end;
    if (text != NULL) {
        token.text = text;
        token.length = strlen(text);
    }
    joiner->items[joiner->out++] = token;
    joiner->in += count;
}

/* How many tokens the phrase takes here; 0: it does not stand here. */
static size_t phrase_length(const struct joiner *joiner, const char *words)
{
    size_t count = 0;

    while (*words != '\0') {
        size_t length = strcspn(words, " ");

        if (!is_word(joiner, joiner->in + count, words, length))
            return 0;
        count++;
        words += length + (words[length] == ' ');
    }
    return count;
}

static size_t first_phrase(char letter)
{
    size_t low = 0, high = phrase_count;

    while (low < high) {
        size_t middle = (low + high) / 2;

        if (phrases[middle].words[0] < letter)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool join_phrase(struct joiner *joiner)
{
    char letter = upper_of(joiner->scanner->text[joiner->items[joiner->in].offset]);

    for (size_t i = first_phrase(letter); i < phrase_count && phrases[i].words[0] == letter; i++) {
        size_t length = phrase_length(joiner, phrases[i].words);

        if (length > 0) {
            emit(joiner, phrases[i].token, phrases[i].value, length);
            joiner->items[joiner->out - 1].bare = false;
            return true;
        }
    }
    return false;
}

/* The parenthesis that closes the one at open; the last token if none does. */
static size_t closing(const struct joiner *joiner, size_t open)
{
    size_t depth = 0;

    for (size_t i = open; i < joiner->count; i++) {
        int kind = joiner->items[i].kind;

        if (kind == '(')
            depth++;
        else if (kind == ')' && --depth == 0)
            return i;
    }
    return joiner->count - 1;
}

/* True if there is a comma directly between the parentheses. */
static bool has_comma(const struct joiner *joiner, size_t open)
{
    size_t depth = 0;

    for (size_t i = open; i < joiner->count; i++) {
        int kind = joiner->items[i].kind;

        if (kind == '(')
            depth++;
        else if (kind == ')' && --depth == 0)
            return false;
        else if (kind == ',' && depth == 1)
            return true;
    }
    return false;
}

/* Where in JSON_VALUE( ... ) the clauses behind the arguments begin. */
static void find_clauses(struct joiner *joiner, size_t open)
{
    size_t close = closing(joiner, open), depth = 0;

    joiner->clauses_from = joiner->clauses_to = 0;
    for (size_t i = open; i < close; i++) {
        int kind = joiner->items[i].kind;

        depth += kind == '(';
        depth -= kind == ')';
        if (depth != 1)
            continue;
        if (word_at(joiner, i, "RETURNING") ||
            (word_at(joiner, i + 1, "ON") &&
             (word_at(joiner, i, "NULL") || word_at(joiner, i, "ERROR"))) ||
            (word_at(joiner, i, "DEFAULT") && kind_at(joiner, i + 1) != '(')) {
            joiner->clauses_from = i;
            joiner->clauses_to = close;
            return;
        }
    }
}

static const struct {
    const char *word;
    int token;
    bool adjacent; /* the parenthesis has to follow at once, unless IGNORE_SPACE is set */
} functions[] = {
    {"AGAINST", MY_T_AGAINST, false},
    {"CAST", MY_T_FN_CAST, true},
    {"EXTRACT", MY_T_FN_EXTRACT, true},
    {"GROUP_CONCAT", MY_T_FN_GROUP_CONCAT, true},
    {"JSON_TABLE", MY_T_JSON_TABLE_TEXT, false},
    {"JSON_VALUE", MY_T_FN_JSON_VALUE, false},
    {"LASTVAL", MY_T_FN_LASTVAL, false},
    {"MID", MY_T_FN_SUBSTRING, true},
    {"NEXTVAL", MY_T_FN_NEXTVAL, false},
    {"POSITION", MY_T_FN_POSITION, true},
    {"ROW", MY_T_FN_ROW, false},
    {"SETVAL", MY_T_FN_SETVAL, false},
    {"SUBSTR", MY_T_FN_SUBSTRING, true},
    {"SUBSTRING", MY_T_FN_SUBSTRING, true},
    {"TRIM", MY_T_FN_TRIM, true},
    {"WEIGHT_STRING", MY_T_FN_WEIGHT_STRING, false},
};

static bool is_comparison(int kind)
{
    return kind == '=' || kind == '<' || kind == '>' || kind == MY_T_NOT_EQUAL ||
           kind == MY_T_LESS_EQUAL || kind == MY_T_GREATER_EQUAL || kind == MY_T_NULL_SAFE;
}

/* Tokens that a name follows: what has a parenthesis behind it is a function nowhere else. */
static bool name_follows(int kind)
{
    switch (kind) {
    case MY_T_TABLE:
    case MY_T_KEY:
    case MY_T_INDEX:
    case MY_T_UNIQUE:
    case MY_T_FULLTEXT:
    case MY_T_SPATIAL:
    case MY_T_PRIMARY_KEY:
    case MY_T_FOREIGN_KEY:
    case MY_T_PROCEDURE:
    case MY_T_FUNCTION:
    case MY_T_VIEW:
    case MY_T_IF_NOT_EXISTS:
    case MY_T_REFERENCES:
        return true;
    default:
        return false;
    }
}

static int function_token(const struct joiner *joiner)
{
    const struct my_token *token = &joiner->items[joiner->in];
    bool adjacent =
        token->end == token[1].offset || (joiner->scanner->sql_mode & MY_MODE_IGNORE_SPACE);

    for (size_t i = 0; i < sizeof functions / sizeof functions[0]; i++)
        if (word_at(joiner, joiner->in, functions[i].word) && (adjacent || !functions[i].adjacent))
            return functions[i].token;
    if (word_at(joiner, joiner->in, "INTERVAL") && has_comma(joiner, joiner->in + 1))
        return MY_T_FN_INTERVAL;
    if ((word_at(joiner, joiner->in, "ANY") || word_at(joiner, joiner->in, "SOME")) &&
        is_comparison(last_kind(joiner, 1)))
        return MY_T_ANY;
    return 0;
}

/* A word before a parenthesis. */
static bool join_function(struct joiner *joiner)
{
    int token = name_follows(last_kind(joiner, 1)) ? 0 : function_token(joiner);

    if (token == 0)
        return false;
    if (token == MY_T_JSON_TABLE_TEXT) {
        size_t close = closing(joiner, joiner->in + 1);

        emit(joiner, token, "", close - joiner->in + 1);
        return true;
    }
    if (token == MY_T_FN_JSON_VALUE)
        find_clauses(joiner, joiner->in + 1);
    emit(joiner, token, NULL, 1);
    return true;
}

/* FOR UPDATE OF t NOWAIT, LOCK IN SHARE MODE; how many tokens, 0: none of them. */
static size_t locking_length(const struct joiner *joiner)
{
    size_t i = joiner->in;

    if (word_at(joiner, i, "LOCK") && word_at(joiner, i + 1, "IN") &&
        word_at(joiner, i + 2, "SHARE") && word_at(joiner, i + 3, "MODE"))
        i += 4;
    else if (word_at(joiner, i, "FOR") &&
             (word_at(joiner, i + 1, "UPDATE") || word_at(joiner, i + 1, "SHARE")))
        i += 2;
    else
        return 0;
    while (word_at(joiner, i, "OF") || kind_at(joiner, i) == ',' || kind_at(joiner, i) == '.' ||
           (i < joiner->count && joiner->items[i].kind == MY_T_IDENT &&
            (word_at(joiner, i - 1, "OF") || kind_at(joiner, i - 1) == ',' ||
             kind_at(joiner, i - 1) == '.')))
        i++;
    if (word_at(joiner, i, "NOWAIT"))
        i++;
    else if (word_at(joiner, i, "SKIP") && word_at(joiner, i + 1, "LOCKED"))
        i += 2;
    else if (word_at(joiner, i, "WAIT") && kind_at(joiner, i + 1) == MY_T_NUMBER)
        i += 2;
    return i - joiner->in;
}

/* USE INDEX FOR JOIN (a, b). */
static size_t hint_length(const struct joiner *joiner)
{
    size_t i = joiner->in;

    if (!(word_at(joiner, i, "USE") || word_at(joiner, i, "IGNORE") ||
          word_at(joiner, i, "FORCE")) ||
        !(word_at(joiner, i + 1, "INDEX") || word_at(joiner, i + 1, "KEY")))
        return 0;
    for (i += 2; i < joiner->count && joiner->items[i].bare; i++)
        ;
    return kind_at(joiner, i) == '(' ? closing(joiner, i) - joiner->in + 1 : 0;
}

/* ROWS BETWEEN ... up to the parenthesis that closes the window. */
static size_t frame_length(const struct joiner *joiner)
{
    size_t i = joiner->in, depth = 0;

    if (!(word_at(joiner, i, "ROWS") || word_at(joiner, i, "RANGE") ||
          word_at(joiner, i, "GROUPS")) ||
        !(word_at(joiner, i + 1, "BETWEEN") || word_at(joiner, i + 1, "UNBOUNDED") ||
          word_at(joiner, i + 1, "CURRENT") || word_at(joiner, i + 1, "INTERVAL") ||
          kind_at(joiner, i + 1) == MY_T_NUMBER))
        return 0;
    for (; i < joiner->count; i++) {
        int kind = joiner->items[i].kind;

        if (kind == ')' && depth == 0)
            break;
        depth += kind == '(';
        depth -= kind == ')';
    }
    return i - joiner->in;
}

/* Stretches that the grammar does not look into. */
static bool join_verbatim(struct joiner *joiner)
{
    size_t length;

    if (joiner->clauses_to > 0 && joiner->in == joiner->clauses_from) {
        length = joiner->clauses_to - joiner->clauses_from;
        joiner->clauses_to = 0;
        emit(joiner, MY_T_JSON_CLAUSES, "", length);
        return true;
    }
    if ((length = locking_length(joiner)) > 0) {
        emit(joiner, MY_T_LOCKING, "", length);
        return true;
    }
    if ((length = hint_length(joiner)) > 0) {
        emit(joiner, MY_T_INDEX_HINT, "", length);
        return true;
    }
    if ((length = frame_length(joiner)) > 0) {
        emit(joiner, MY_T_FRAME, "", length);
        return true;
    }
    return false;
}

/* How long ALTER TABLE waits, and ONLINE. */
static bool is_waiting(const struct joiner *joiner)
{
    static const char *const changes[] = {"ADD",    "DROP",    "MODIFY", "CHANGE", "ALTER",
                                          "RENAME", "CONVERT", "ENGINE", "FORCE"};
    size_t i = joiner->in;

    if (joiner->out == 0 || joiner->items[0].kind != MY_T_ALTER)
        return false;
    if (joiner->out == 1)
        return word_at(joiner, i, "ONLINE") || word_at(joiner, i, "OFFLINE");
    if (last_kind(joiner, 1) != MY_T_IDENT)
        return false;
    if (word_at(joiner, i, "WAIT"))
        return kind_at(joiner, i + 1) == MY_T_NUMBER;
    for (size_t c = 0; word_at(joiner, i, "NOWAIT") && c < sizeof changes / sizeof changes[0]; c++)
        if (word_at(joiner, i + 1, changes[c]))
            return true;
    return false;
}

/* Words of windows that say what holds anyway, and of points in time. */
static bool skip_noise(struct joiner *joiner)
{
    size_t i = joiner->in;

    if (word_at(joiner, i, "FROM") && word_at(joiner, i + 1, "FIRST") &&
        (word_at(joiner, i + 2, "OVER") || word_at(joiner, i + 2, "RESPECT"))) {
        joiner->in += 2;
        return true;
    }
    if (word_at(joiner, i, "RESPECT") && word_at(joiner, i + 1, "NULLS") &&
        word_at(joiner, i + 2, "OVER")) {
        joiner->in += 2;
        return true;
    }
    if (is_waiting(joiner)) {
        joiner->in += word_at(joiner, i, "WAIT") ? 2 : 1;
        return true;
    }
    if (word_at(joiner, i, "TRANSACTION") && kind_at(joiner, i + 1) == MY_T_NUMBER) {
        joiner->in++;
        return true;
    }
    return false;
}

/* DATABASE and SCHEMA are names in MariaDB, but not in these places. */
static bool is_database_word(const struct joiner *joiner, int next)
{
    int last = last_kind(joiner, 1);

    if (!word_at(joiner, joiner->in, "DATABASE") && !word_at(joiner, joiner->in, "SCHEMA"))
        return false;
    if (next == '(')
        return !name_follows(last);
    return joiner->out <= 2 && (last == MY_T_CREATE || last == MY_T_ALTER || last == MY_T_DROP ||
                                last == MY_T_OR_REPLACE);
}

static bool is_select_option(const struct joiner *joiner)
{
    size_t i = joiner->in;

    switch (last_kind(joiner, 1)) {
    case MY_T_SELECT:
    case MY_T_SELECT_OPTION:
    case MY_T_DISTINCT:
    case MY_T_ALL:
        return word_at(joiner, i, "SQL_BUFFER_RESULT") || word_at(joiner, i, "SQL_CACHE") ||
               word_at(joiner, i, "SQL_NO_CACHE");
    default:
        return false;
    }
}

/* ESCAPE '|', also with an introducer. */
static bool is_escape(const struct joiner *joiner, int next)
{
    size_t i = joiner->in + 1;
    bool introduced = kind_at(joiner, i + 1) == MY_T_STRING &&
                      joiner->scanner->text[joiner->items[i].offset] == '_';

    return (next == MY_T_STRING || next == '?' || next == MY_T_USER_VARIABLE ||
            word_at(joiner, i, "NULL") || introduced) &&
           word_at(joiner, joiner->in, "ESCAPE");
}

/* Words that are what they are only where certain tokens follow or precede. */
static int contextual(const struct joiner *joiner)
{
    size_t i = joiner->in;
    int next = kind_at(joiner, i + 1);

    if (next == MY_T_NUMBER) {
        if (word_at(joiner, i, "PARTITIONS"))
            return MY_T_PARTITIONS;
        if (word_at(joiner, i, "SUBPARTITIONS"))
            return MY_T_SUBPARTITIONS;
    }
    if ((next == MY_T_NUMBER || next == '?' || next == MY_T_USER_VARIABLE) &&
        word_at(joiner, i, "OFFSET"))
        return MY_T_OFFSET;
    if (next == ')' && word_at(joiner, i, "ARRAY") && last_kind(joiner, 1) != '(' &&
        last_kind(joiner, 1) != ',')
        return MY_T_ARRAY;
    if (is_escape(joiner, next))
        return MY_T_ESCAPE;
    if (is_database_word(joiner, next))
        return MY_T_DATABASE;
    if (is_select_option(joiner))
        return MY_T_SELECT_OPTION;
    if (last_kind(joiner, 2) == MY_T_PARTITION &&
        (word_at(joiner, i, "HISTORY") || word_at(joiner, i, "CURRENT")))
        return MY_T_PARTITION_KIND;
    if (last_kind(joiner, 2) == MY_T_OFFSET &&
        (word_at(joiner, i, "ROWS") || word_at(joiner, i, "ROW")))
        return MY_T_ROWS;
    if (word_at(joiner, i, "TABLES") && joiner->out <= 2 &&
        (last_kind(joiner, 1) == MY_T_DROP || last_kind(joiner, 1) == MY_T_RENAME ||
         last_kind(joiner, 1) == MY_T_TEMPORARY))
        return MY_T_TABLE;
    if (word_at(joiner, i, "WINDOW") && next == MY_T_IDENT && word_at(joiner, i + 2, "AS") &&
        kind_at(joiner, i + 3) == '(')
        return MY_T_WINDOW;
    return 0;
}

/* ENABLE and DISABLE of events. */
static bool join_event_word(struct joiner *joiner)
{
    size_t i = joiner->in;

    if (word_at(joiner, i, "ENABLE")) {
        emit(joiner, MY_T_EVENT_STATUS, "ENABLE", 1);
        return true;
    }
    if (word_at(joiner, i, "DISABLE") && word_at(joiner, i + 1, "ON") &&
        (word_at(joiner, i + 2, "SLAVE") || word_at(joiner, i + 2, "REPLICA"))) {
        emit(joiner, MY_T_EVENT_STATUS, "DISABLE ON SLAVE", 3);
        return true;
    }
    if (word_at(joiner, i, "DISABLE")) {
        emit(joiner, MY_T_EVENT_STATUS, "DISABLE", 1);
        return true;
    }
    return false;
}

/* The words of sequences that take no value. */
static bool join_sequence_word(struct joiner *joiner)
{
    static const char *const flags[] = {"NOMINVALUE", "NOMAXVALUE", "NOCACHE", "NOCYCLE", "CYCLE"};
    size_t i = joiner->in;

    for (size_t f = 0; f < sizeof flags / sizeof flags[0]; f++) {
        if (word_at(joiner, i, flags[f])) {
            emit(joiner, MY_T_FLAG_WORD, flags[f], 1);
            return true;
        }
        if (word_at(joiner, i, "NO") && strncmp(flags[f], "NO", 2) == 0 &&
            word_at(joiner, i + 1, flags[f] + 2)) {
            emit(joiner, MY_T_FLAG_WORD, flags[f], 2);
            return true;
        }
    }
    if (word_at(joiner, i, "RESTART") && kind_at(joiner, i + 1) != MY_T_NUMBER &&
        kind_at(joiner, i + 1) != '=' && kind_at(joiner, i + 1) != '-' &&
        !word_at(joiner, i + 1, "WITH")) {
        emit(joiner, MY_T_FLAG_WORD, "RESTART", 1);
        return true;
    }
    return false;
}

static bool is_literal_kind(int kind)
{
    return kind == MY_T_STRING || kind == MY_T_HEX || kind == MY_T_BIT;
}

/* DATE '2020-01-01' and _utf8mb4'x'. */
static bool join_prefix(struct joiner *joiner)
{
    const struct my_token *token = &joiner->items[joiner->in];
    const char *text = joiner->scanner->text + token->offset;
    size_t length = token->end - token->offset;
    struct my_token joined = token[1];

    if (!is_literal_kind(kind_at(joiner, joiner->in + 1)) || joined.charset != NULL)
        return false;
    if (text[0] == '_' && length > 1 && my_is_introducer(text + 1, length - 1)) {
        joined.charset = arena_strndup(joiner->scanner->arena, text + 1, length - 1);
    } else if (joined.kind == MY_T_STRING &&
               (word_at(joiner, joiner->in, "DATE") || word_at(joiner, joiner->in, "TIME") ||
                word_at(joiner, joiner->in, "TIMESTAMP"))) {
        char *name = arena_strndup(joiner->scanner->arena, text, length);

        for (char *letter = name; *letter != '\0'; letter++)
            *letter = upper_of(*letter);
        joined.charset = name;
        joined.kind = MY_T_TEMPORAL;
    } else {
        return false;
    }
    joiner->items[joiner->in + 1] = joined;
    joiner->items[joiner->in + 1].offset = token->offset;
    joiner->in++;
    return true;
}

/* 'a' 'b' is 'ab'. */
static void join_strings(struct joiner *joiner)
{
    struct my_token token = joiner->items[joiner->in++];
    struct buffer text = BUFFER_EMPTY;

    if (kind_at(joiner, joiner->in) == MY_T_STRING && joiner->items[joiner->in].charset == NULL) {
        buffer_append_bytes(&text, token.text, token.length);
        while (kind_at(joiner, joiner->in) == MY_T_STRING &&
               joiner->items[joiner->in].charset == NULL) {
            buffer_append_bytes(&text, joiner->items[joiner->in].text,
                                joiner->items[joiner->in].length);
            token.end = joiner->items[joiner->in++].end;
        }
        token.length = text.length;
        token.text = buffer_take(&text, joiner->scanner->arena);
    }
    joiner->items[joiner->out++] = token;
}

static const char *word_text(const struct joiner *joiner, const struct my_token *token)
{
    return arena_strndup(joiner->scanner->arena, joiner->scanner->text + token->offset,
                         token->end - token->offset);
}

/* A word that is on its own: a keyword or a name. */
static void join_word(struct joiner *joiner)
{
    struct my_token token = joiner->items[joiner->in++];
    const struct my_keyword *keyword =
        my_keyword_find(joiner->scanner->text + token.offset, token.end - token.offset);

    token.length = token.end - token.offset;
    if (keyword != NULL &&
        (keyword->stays || my_keyword_reserved(keyword, joiner->scanner->flavor))) {
        token.kind = keyword->token;
        if (token.kind == MY_T_NOT && (joiner->scanner->sql_mode & MY_MODE_HIGH_NOT_PRECEDENCE))
            token.kind = MY_T_NOT2;
        else if (token.kind == MY_T_RESERVED_FUNCTION)
            token.kind = kind_at(joiner, joiner->in) == '(' ? MY_T_IDENT : MY_T_RESERVED_WORD;
        token.text = token.kind == MY_T_IDENT || token.kind == MY_T_COLUMN_OPTION
                         ? word_text(joiner, &token)
                         : keyword->word;
    } else {
        token.text = word_text(joiner, &token);
    }
    joiner->items[joiner->out++] = token;
}

static void join_bare(struct joiner *joiner)
{
    int kind;

    if (joiner->head == MY_HEAD_EVENT && join_event_word(joiner))
        return;
    if (joiner->head == MY_HEAD_SEQUENCE && join_sequence_word(joiner))
        return;
    if (joiner->head == MY_HEAD_ROUTINE && (joiner->scanner->sql_mode & MY_MODE_ORACLE) &&
        word_at(joiner, joiner->in, "RETURN")) {
        emit(joiner, MY_T_RETURNS, NULL, 1);
        return;
    }
    if (kind_at(joiner, joiner->in + 1) == '(' && join_function(joiner))
        return;
    if (join_prefix(joiner) || skip_noise(joiner) || join_verbatim(joiner) || join_phrase(joiner))
        return;
    kind = contextual(joiner);
    if (kind != 0)
        emit(joiner, kind, word_text(joiner, &joiner->items[joiner->in]), 1);
    else
        join_word(joiner);
}

static void join_all(struct joiner *joiner)
{
    while (joiner->in < joiner->count) {
        if (joiner->items[joiner->in].bare)
            join_bare(joiner);
        else if (joiner->items[joiner->in].kind == MY_T_STRING)
            join_strings(joiner);
        else
            joiner->items[joiner->out++] = joiner->items[joiner->in++];
    }
    joiner->items[joiner->out] = joiner->items[joiner->count];
}

static struct my_tokens scan_all(struct my_scanner *scanner)
{
    struct my_tokens tokens = {0};
    struct my_token token;

    tokens.room = scanner->length / 4 + 16;
    tokens.items = ARENA_ARRAY(scanner->arena, struct my_token, tokens.room);
    do {
        my_scan(scanner, &token);
        if (tokens.count == tokens.room) {
            struct my_token *more = ARENA_ARRAY(scanner->arena, struct my_token, tokens.room * 2);

            memcpy(more, tokens.items, sizeof *more * tokens.count);
            tokens.items = more;
            tokens.room *= 2;
        }
        tokens.items[tokens.count++] = token;
    } while (token.kind != 0);
    tokens.count--;
    return tokens;
}

static int joined_kind(const struct my_tokens *tokens, size_t i)
{
    return i < tokens->count ? tokens->items[i].kind : 0;
}

/* Behind the type that begins at i, with its attributes. */
static size_t skip_type(const struct my_tokens *tokens, size_t i)
{
    i++;
    if (joined_kind(tokens, i) == '(')
        while (i < tokens->count && tokens->items[i++].kind != ')')
            ;
    for (;; i++) {
        switch (joined_kind(tokens, i)) {
        case MY_T_UNSIGNED:
        case MY_T_SIGNED:
        case MY_T_ZEROFILL:
        case MY_T_ASCII:
        case MY_T_UNICODE:
        case MY_T_BYTE:
        case MY_T_BINARY:
            break;
        case MY_T_CHARACTER_SET:
        case MY_T_CHARSET:
        case MY_T_COLLATE:
            i++;
            break;
        default:
            return i;
        }
    }
}

/* PROCEDURE p AS ... in Oracle's way. */
static bool is_oracle_body(const struct my_tokens *tokens, size_t i)
{
    return joined_kind(tokens, i) == MY_T_AS || joined_kind(tokens, i) == MY_T_IS;
}

/* The first token of a routine's body: what is none of the words before it. */
static size_t routine_body(const struct my_tokens *tokens)
{
    size_t i = 0, depth = 0;

    while (i < tokens->count && tokens->items[i].kind != '(' && !is_oracle_body(tokens, i) &&
           tokens->items[i].kind != MY_T_RETURNS)
        i++;
    for (; joined_kind(tokens, i) == '(' || depth > 0; i++) {
        depth += joined_kind(tokens, i) == '(';
        depth -= joined_kind(tokens, i) == ')';
        if (i >= tokens->count)
            return i;
    }
    if (joined_kind(tokens, i) == MY_T_RETURNS)
        i = skip_type(tokens, i + 1);
    for (;;) {
        switch (joined_kind(tokens, i)) {
        case MY_T_DETERMINISTIC:
        case MY_T_NOT_DETERMINISTIC:
        case MY_T_DATA_ACCESS:
        case MY_T_LANGUAGE_SQL:
            i++;
            break;
        case MY_T_COMMENT:
        case MY_T_LANGUAGE:
        case MY_T_SQL_SECURITY:
            i += 2;
            break;
        default:
            return i;
        }
    }
}

static size_t trigger_body(const struct my_tokens *tokens)
{
    size_t i = 0;

    while (i < tokens->count && tokens->items[i].kind != MY_T_FOR_EACH_ROW)
        i++;
    i++;
    if (joined_kind(tokens, i) == MY_T_FOLLOWS || joined_kind(tokens, i) == MY_T_PRECEDES)
        i += 2;
    return i;
}

static size_t event_body(const struct my_scanner *scanner, const struct my_tokens *tokens)
{
    for (size_t i = 0; i < tokens->count; i++)
        if (my_token_is(scanner, &tokens->items[i], "DO")) {
            for (size_t j = i; j + 1 < tokens->count; j++)
                tokens->items[j] = tokens->items[j + 1];
            return i;
        }
    return tokens->count;
}

/* Makes one token of the program's body. */
static void cut_body(const struct my_scanner *scanner, struct my_tokens *tokens,
                     enum my_head_kind head)
{
    size_t body, count = tokens->count;

    if (head == MY_HEAD_EVENT)
        body = event_body(scanner, tokens);
    else
        body = head == MY_HEAD_TRIGGER ? trigger_body(tokens) : routine_body(tokens);
    if (body >= count)
        return;
    tokens->items[body].kind = MY_T_BODY;
    tokens->items[body].bare = false;
    tokens->items[body].end = scanner->length;
    tokens->items[body + 1] = (struct my_token){.offset = scanner->length, .end = scanner->length};
    tokens->count = body + 1;
}

struct my_tokens my_tokenize(struct my_scanner *scanner, enum my_head_kind head)
{
    struct my_tokens tokens = scan_all(scanner);
    struct joiner joiner = {.scanner = scanner, .items = tokens.items, .count = tokens.count};

    joiner.head = head;
    join_all(&joiner);
    tokens.count = joiner.out;
    if (head == MY_HEAD_EVENT || head == MY_HEAD_TRIGGER || head == MY_HEAD_ROUTINE)
        cut_body(scanner, &tokens, head);
    return tokens;
}
