/* Where the body of a program ends, in a file that has no DELIMITER lines: by counting BEGIN, IF, CASE, LOOP,
 * WHILE, REPEAT and END. Some of these words are functions, too, and BEGIN and END may be the names of columns and
 * variables; they are statements only where a statement begins, and END ends an expression only behind an operand. */
#include <string.h>
#include <strings.h>

#include "mysql/sql/parse_split.h"

/* On the stack: what END ends. */
enum {
    BLOCK = 'B',
    IF_STATEMENT = 'I',
    CASE_STATEMENT = 'C',
    CASE_EXPRESSION = 'c',
    LOOP_STATEMENT = 'L',
    DECLARATIONS = 'D'
};

static bool same(const char *word, const char *wanted)
{
    return strcmp(word, wanted) == 0;
}

static bool one_of(const char *word, const char *list)
{
    size_t length = strlen(word);

    while (*list != '\0') {
        size_t item = strcspn(list, " ");

        if (item == length && memcmp(word, list, length) == 0)
            return true;
        list += item + (list[item] == ' ');
    }
    return false;
}

static int top(const struct my_nesting *nesting)
{
    return nesting->depth == 0 ? 0 : nesting->stack[nesting->depth - 1];
}

static bool push(struct my_nesting *nesting, int what, size_t offset)
{
    if (nesting->depth >= MY_NESTING_DEPTH)
        return false;
    if (nesting->depth == 0)
        nesting->opened = offset;
    nesting->stack[nesting->depth++] = (unsigned char)what;
    return true;
}

/* True where the word begins the body, or something in it. */
static bool begin_body(struct my_nesting *nesting, enum my_head_kind kind, const char *word)
{
    if (kind == MY_HEAD_PACKAGE) {
        nesting->package = true;
        nesting->parameters_read = true;
    }
    if (kind == MY_HEAD_TRIGGER) {
        if (same(word, "ROW") && same(nesting->last, "EACH"))
            nesting->body = nesting->start = true;
        return false;
    }
    if (kind == MY_HEAD_EVENT) {
        if (same(word, "DO") && nesting->parentheses == 0)
            nesting->body = nesting->start = true;
        return false;
    }
    if (nesting->parentheses > 0)
        return false;
    if (same(word, "AS") || same(word, "IS")) {
        nesting->body = nesting->start = true;
        return true;
    }
    if (!nesting->parameters_read)
        return false;
    if (same(word, "SET") && one_of(nesting->last, "CHARACTER CHAR RETURNS"))
        return false;
    if (one_of(word, "BEGIN IF CASE LOOP WHILE REPEAT FOR")) {
        nesting->body = nesting->start = true;
        return true;
    }
    if (one_of(word,
               "RETURN SET SELECT INSERT UPDATE DELETE REPLACE CALL WITH SIGNAL RESIGNAL DO CREATE "
               "ALTER DROP TRUNCATE"))
        nesting->body = true;
    return false;
}

/* True where END is no name: what is open can end here. */
static bool can_end(const struct my_nesting *nesting, bool start)
{
    if (nesting->depth == 0)
        return false;
    if (top(nesting) == CASE_EXPRESSION)
        return nesting->operand;
    return start || (nesting->until && nesting->operand);
}

static void end_word(struct my_nesting *nesting)
{
    nesting->ended = top(nesting) != CASE_EXPRESSION;
    nesting->until = false;
    nesting->depth--;
}

/* Words behind which an operand is still to come. */
static bool wants_operand(const char *word)
{
    static const char words[] = "WHEN THEN ELSE ELSEIF CASE AND OR XOR NOT IN LIKE IS BETWEEN DIV "
                                "MOD REGEXP RLIKE BINARY SELECT DISTINCT ALL WHERE ON HAVING BY "
                                "LIMIT FROM JOIN USING INTO AS SET IF UNTIL WHILE RETURN ESCAPE "
                                "INTERVAL EXISTS VALUES";

    return one_of(word, words);
}

/* What opens a block where a statement begins. */
static bool open_word(struct my_nesting *nesting, const char *word, bool start, size_t offset)
{
    if (same(word, "CASE"))
        return push(nesting, start ? CASE_STATEMENT : CASE_EXPRESSION, offset);
    if (same(word, "BEGIN") && !start && !nesting->handler && top(nesting) != DECLARATIONS)
        return true; /* a name */
    if (same(word, "BEGIN")) {
        nesting->start = true;
        nesting->handler = false;
        if (top(nesting) == DECLARATIONS) {
            nesting->stack[nesting->depth - 1] = BLOCK;
            return true;
        }
        return push(nesting, BLOCK, offset);
    }
    if ((same(word, "AS") || same(word, "IS")) &&
        (nesting->depth == 0 ? start : nesting->package && top(nesting) == DECLARATIONS))
        return push(nesting, DECLARATIONS, offset);
    if (!start)
        return true;
    if (same(word, "IF"))
        return push(nesting, IF_STATEMENT, offset);
    if (same(word, "LOOP") || same(word, "REPEAT")) {
        nesting->start = true;
        return push(nesting, LOOP_STATEMENT, offset);
    }
    if (same(word, "WHILE") || same(word, "FOR"))
        return push(nesting, LOOP_STATEMENT, offset);
    return true;
}

static bool body_word(struct my_nesting *nesting, const char *word, size_t offset)
{
    bool start = nesting->start, ended = nesting->ended;

    nesting->start = nesting->ended = false;
    if (same(word, "END")) {
        if (can_end(nesting, start))
            end_word(nesting);
        return true;
    }
    if (start && same(word, "UNTIL") && top(nesting) == LOOP_STATEMENT) {
        nesting->until = true;
        return true;
    }
    if (ended && one_of(word, "IF CASE LOOP WHILE REPEAT FOR"))
        return true;
    if (same(word, "THEN") || same(word, "ELSE")) {
        nesting->start = top(nesting) != CASE_EXPRESSION;
        return true;
    }
    if (same(word, "DO") && top(nesting) == LOOP_STATEMENT) {
        nesting->start = true;
        return true;
    }
    if (same(nesting->last, "BEGIN") && same(word, "NOT")) {
        nesting->start = true;
        return true;
    }
    if (start && same(word, "ATOMIC")) {
        nesting->start = true;
        return true;
    }
    if (same(word, "HANDLER") && one_of(nesting->last, "EXIT CONTINUE UNDO"))
        nesting->handler = true;
    if (one_of(word, "FOLLOWS PRECEDES") && start) {
        nesting->start = nesting->skip = true;
        return true;
    }
    if (nesting->skip) {
        nesting->skip = false;
        nesting->start = true;
        return true;
    }
    return open_word(nesting, word,
                     start || (nesting->handler && one_of(word, "IF CASE LOOP WHILE REPEAT")),
                     offset);
}

bool my_nesting_word(struct my_nesting *nesting, enum my_head_kind kind, const char *word,
                     size_t length, size_t offset)
{
    char upper[sizeof nesting->last];
    bool fine = true;

    if (length >= sizeof upper)
        length = sizeof upper - 1;
    for (size_t i = 0; i < length; i++)
        upper[i] = word[i] >= 'a' && word[i] <= 'z' ? (char)(word[i] - 'a' + 'A') : word[i];
    upper[length] = '\0';
    if (kind == MY_HEAD_BLOCK && !nesting->body) {
        nesting->body = nesting->start = true;
        fine = push(nesting, BLOCK, offset);
    } else if (nesting->body || begin_body(nesting, kind, upper)) {
        fine = body_word(nesting, upper, offset);
    }
    nesting->operand = !wants_operand(upper);
    memcpy(nesting->last, upper, length + 1);
    return fine;
}

void my_nesting_mark(struct my_nesting *nesting, enum my_head_kind kind, char mark)
{
    (void)kind;
    nesting->operand = mark == '`' || mark == 'n' || mark == ')';
    if (mark == '(')
        nesting->parentheses++;
    else if (mark == ')' && nesting->parentheses > 0) {
        nesting->parentheses--;
        if (nesting->parentheses == 0)
            nesting->parameters_read = true;
    }
    if (nesting->skip && mark == '`') {
        nesting->skip = false;
        return;
    }
    if (mark == ';')
        nesting->handler = nesting->ended = nesting->until = false;
    nesting->start = mark == ';' || mark == ':' || (nesting->start && mark == 'x');
}
