/* Statements that run others: CALL of a procedure that the files declare, PREPARE and EXECUTE, MariaDB's BEGIN NOT
 * ATOMIC. Their control flow is followed as far as the model can tell it, and the statements that are
 * reached are interpreted as if they stood in the place of the caller. What cannot be followed and may make something
 * is named; nothing is guessed. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/buffer.h"
#include "core/text/letter_case.h"
#include "mysql/interpret/guard.h"
#include "mysql/sql/scan.h"

enum { most_rounds = 10000, most_calls = 32 };

/* What the handlers around take care of. */
struct forgiven {
    bool existing;
    bool missing;
};

struct piece {
    size_t offset;
    size_t end;
    bool bare;
};

struct program {
    struct my_interpreter *interpreter;
    struct my_guard guard;
    const char *text;
    struct piece *pieces;
    size_t count;
    size_t at;
    struct map locals;
    struct forgiven forgiven;
    bool guarded; /* inside an IF */
    bool harmful; /* something was passed over that may make an object */
    bool left;    /* by LEAVE, RETURN, SIGNAL: nothing more is run */
    bool left_loop;
    bool failed; /* the interpreter has an error */
    size_t loops;
    size_t rounds;
};

static void run_statement(struct program *program, bool execute);
static void run_list(struct program *program, bool execute);

/* --- tokens -------------------------------------------------------------------------------------- */

static bool is_at(const struct program *program, size_t at, const char *word)
{
    const struct piece *piece = &program->pieces[at];
    size_t length = strlen(word);

    return at < program->count && piece->end - piece->offset == length &&
           (piece->bare || !isalpha((unsigned char)*word)) &&
           strncasecmp(program->text + piece->offset, word, length) == 0;
}

static bool is(const struct program *program, const char *word)
{
    return is_at(program, program->at, word);
}

static bool is_one_of(const struct program *program, const char *const *words)
{
    for (; *words; words++)
        if (is(program, *words))
            return true;
    return false;
}

static bool take(struct program *program, const char *word)
{
    bool found = is(program, word);

    program->at += found;
    return found;
}

/* The source between two tokens. */
static const char *slice(const struct program *program, size_t from, size_t to)
{
    if (from >= to)
        return "";
    return arena_strndup(program->guard.arena, program->text + program->pieces[from].offset,
                         program->pieces[to - 1].end - program->pieces[from].offset);
}

/* Moves to the word, over parentheses and CASE expressions; to the end where it does not come. */
static void seek(struct program *program, const char *word)
{
    int depth = 0;

    for (; program->at < program->count; program->at++) {
        if (depth == 0 && is(program, word))
            return;
        depth += is(program, "(") || is(program, "CASE");
        depth -= is(program, ")") || (depth > 0 && is(program, "END"));
    }
}

static bool scan_text(struct program *program)
{
    struct my_scanner scanner = {.arena = program->guard.arena,
                                 .flavor = program->interpreter->flavor,
                                 .sql_mode = program->interpreter->statement->sql_mode,
                                 .text = program->text,
                                 .length = strlen(program->text)};
    struct my_token token;

    program->pieces = ARENA_ARRAY(program->guard.arena, struct piece, scanner.length + 1);
    for (my_scan(&scanner, &token); token.kind != 0; my_scan(&scanner, &token)) {
        if (token.end <= token.offset)
            return false;
        program->pieces[program->count++] = (struct piece){token.offset, token.end, token.bare};
    }
    return true;
}

/* --- naming -------------------------------------------------------------------------------------- */

static void name_not_run(struct program *program, const char *what)
{
    my_not_run(program->interpreter, program->interpreter->statement->offset, what);
}

/* --- values -------------------------------------------------------------------------------------- */

static struct guard_value evaluate(struct program *program, const char *text)
{
    struct error unseen = {0};
    struct my_node *node =
        my_parse_expression(program->guard.arena, program->interpreter->flavor,
                            program->interpreter->statement->sql_mode, text, &unseen);

    return node ? my_guard_evaluate(&program->guard, node) : guard_unknown();
}

/* A number is true unless it is 0. */
static struct guard_value as_truth(struct guard_value value)
{
    char *end;
    long number;

    if (value.kind != GUARD_TEXT || guard_is_true(value) || guard_is_false(value))
        return value;
    number = strtol(value.text, &end, 10);
    return end > value.text && !*end ? guard_truth(number != 0) : guard_unknown();
}

static void set_local(struct program *program, const char *name, struct guard_value value)
{
    struct guard_value *copy = ARENA_NEW(program->guard.arena, struct guard_value);

    *copy = value;
    map_set(&program->locals, text_lower(program->guard.arena, name), copy);
}

/* "name" or "@name" */
static void assign(struct program *program, const char *name, struct guard_value value)
{
    size_t length = strlen(name);

    if (name[0] == '@')
        my_set_user_variable(program->interpreter, name, value);
    else if (length > 2 && name[0] == '`')
        set_local(program, arena_strndup(program->guard.arena, name + 1, length - 2), value);
    else
        set_local(program, name, value);
}

/* --- simple statements --------------------------------------------------------------------------- */

/* The words with which statements begin that make nothing which a model has. */
static const char *const harmless_words[] = {
    "SET",     "SELECT",   "WITH",    "INSERT", "REPLACE", "UPDATE",     "DELETE",   "TRUNCATE",
    "COMMIT",  "ROLLBACK", "START",   "FETCH",  "OPEN",    "CLOSE",      "SIGNAL",   "RESIGNAL",
    "RETURN",  "LEAVE",    "ITERATE", "GRANT",  "REVOKE",  "DEALLOCATE", "DO",       "SHOW",
    "DECLARE", "LOCK",     "UNLOCK",  "GET",    "FLUSH",   "ANALYZE",    "OPTIMIZE", NULL};

static bool is_harmless(const struct program *program)
{
    return is_one_of(program, harmless_words);
}

static void run_text(struct program *program, const char *text)
{
    struct attempt nested = {.guarded = program->guarded,
                             .forgives_existing = program->forgiven.existing,
                             .forgives_missing = program->forgiven.missing};

    if (!my_run_nested(program->interpreter, text, &nested))
        program->failed = true;
}

/* SET a = 1, @b = 2: parsed as a statement of its own. */
static void run_set(struct program *program, const char *text)
{
    struct error unseen = {0};
    struct my_parser *parser =
        my_parser_new(program->guard.arena, program->interpreter->flavor,
                      program->interpreter->statement->sql_mode, "", text, strlen(text));
    struct my_statement *statement;

    if (!my_parser_next(parser, &statement, &unseen) || !statement)
        return;
    for (size_t i = 0; i < statement->settings.count; i++) {
        const struct my_setting_value *setting = statement->settings.items[i];

        if (setting->scope && *setting->scope)
            continue;
        assign(program, setting->name,
               setting->value ? my_guard_evaluate(&program->guard, setting->value)
                              : guard_unknown());
    }
}

/* SELECT ... INTO a, b FROM ...: the query without its INTO is evaluated. */
static void run_select(struct program *program, size_t from, size_t to)
{
    struct arena *arena = program->guard.arena;
    struct guard_value value = guard_unknown();
    struct guard_value found;
    struct error unseen = {0};
    struct my_query *query;
    size_t into;
    size_t after;

    program->at = from;
    seek(program, "INTO");
    into = program->at;
    if (into >= to)
        return;
    for (after = into + 1; after + 1 < to && is_at(program, after + 1, ",");)
        after += 2;
    query = my_parse_query(
        arena, program->interpreter->flavor, program->interpreter->statement->sql_mode,
        arena_printf(arena, "%s %s", slice(program, from, into), slice(program, after + 1, to)),
        &unseen);
    if (query && after == into + 1)
        value = my_guard_query(&program->guard, query, &found);
    for (size_t i = into + 1; i <= after && i < to; i += 2)
        assign(program, slice(program, i, i + 1), value);
}

static void run_fetch(struct program *program, size_t from, size_t to)
{
    program->at = from;
    seek(program, "INTO");
    for (size_t i = program->at + 1; i < to; i += 2)
        assign(program, slice(program, i, i + 1), guard_unknown());
}

static void run_prepare(struct program *program, size_t from, size_t to)
{
    struct guard_value *text = ARENA_NEW(program->guard.arena, struct guard_value);

    program->at = from;
    seek(program, "FROM");
    *text = program->at + 1 < to ? evaluate(program, slice(program, program->at + 1, to))
                                 : guard_unknown();
    map_set(&program->interpreter->prepared, slice(program, from + 1, from + 2), text);
}

static void execute_text(struct program *program, struct guard_value text)
{
    if (text.kind == GUARD_TEXT)
        run_text(program, text.text);
    else
        name_not_run(program, "EXECUTE of a text that plumb cannot tell");
}

static void run_execute(struct program *program, size_t from, size_t to)
{
    const struct guard_value *text;

    if (is_at(program, from + 1, "IMMEDIATE")) {
        program->at = from + 2;
        seek(program, "USING");
        execute_text(program, evaluate(program, slice(program, from + 2,
                                                      program->at < to ? program->at : to)));
        return;
    }
    text = map_get(&program->interpreter->prepared, slice(program, from + 1, from + 2));
    execute_text(program, text ? *text : guard_unknown());
}

static void run_call(struct program *program, size_t from, size_t to)
{
    my_call_procedure(program->interpreter, &program->guard, slice(program, from + 1, to),
                      &(struct attempt){.guarded = program->guarded,
                                        .forgives_existing = program->forgiven.existing,
                                        .forgives_missing = program->forgiven.missing},
                      &program->failed);
}

/* Up to the semicolon; at stands behind it afterwards. */
static void run_simple(struct program *program, bool execute)
{
    size_t from = program->at;
    size_t to;

    program->harmful |= !is_harmless(program);
    seek(program, ";");
    to = program->at;
    program->at = from;
    if (execute && from < to) {
        if (is(program, "SET"))
            run_set(program, slice(program, from, to));
        else if (is(program, "SELECT"))
            run_select(program, from, to);
        else if (is(program, "FETCH"))
            run_fetch(program, from, to);
        else if (is(program, "PREPARE"))
            run_prepare(program, from, to);
        else if (is(program, "EXECUTE"))
            run_execute(program, from, to);
        else if (is(program, "CALL"))
            run_call(program, from, to);
        else if (is(program, "LEAVE") && program->loops)
            program->left_loop = true;
        else if (is(program, "LEAVE") || is(program, "RETURN") || is(program, "SIGNAL"))
            program->left = true;
        else if (is(program, "ITERATE"))
            name_not_run(program, "ITERATE in a loop");
        else if (!is_harmless(program))
            run_text(program, slice(program, from, to));
    }
    program->at = to + (to < program->count);
}

/* --- declarations -------------------------------------------------------------------------------- */

static bool is_number_in(const char *text, const char *const *numbers)
{
    for (; *numbers; numbers++)
        if (strcmp(*numbers, text) == 0)
            return true;
    return false;
}

/* One condition of a handler. */
static void take_condition(struct program *program, struct forgiven *forgiven)
{
    static const char *const existing[] = {"1050", "1060", "1061", "1068",  "1022",  "1826", "1304",
                                           "1359", "1537", "3822", "42S01", "42S21", NULL};
    static const char *const missing[] = {"1051", "1091", "1146",  "1054",  "1305",
                                          "1360", "1176", "42S02", "42S22", NULL};
    const char *text = slice(program, program->at, program->at + 1);
    size_t length = strlen(text);

    if (is(program, "SQLEXCEPTION"))
        *forgiven = (struct forgiven){true, true};
    if (length > 2 && strchr("'\"", text[0]))
        text = arena_strndup(program->guard.arena, text + 1, length - 2);
    forgiven->existing |= is_number_in(text, existing) || strcmp(text, "42000") == 0;
    forgiven->missing |= is_number_in(text, missing) || strcmp(text, "42000") == 0;
}

static void run_handler(struct program *program, bool execute)
{
    struct forgiven forgiven = program->forgiven;
    bool outer = program->harmful;

    seek(program, "FOR");
    for (program->at++; program->at < program->count; program->at++) {
        if (is(program, "SQLSTATE") || is(program, "VALUE") || is(program, "NOT") ||
            is(program, ","))
            continue;
        take_condition(program, &forgiven);
        if (!is_at(program, program->at + 1, ",")) {
            program->at++;
            break;
        }
    }
    program->harmful = false;
    run_statement(program, false);
    if (execute && program->harmful)
        name_not_run(program, "a statement in a handler");
    program->harmful = outer;
    if (execute)
        program->forgiven = forgiven;
}

static void run_declare(struct program *program, bool execute)
{
    size_t names = ++program->at;
    size_t end;
    struct guard_value value = guard_null();

    if (is_at(program, names + 1, "HANDLER")) {
        run_handler(program, execute);
        return;
    }
    seek(program, ";");
    end = program->at;
    program->at = names;
    seek(program, "DEFAULT");
    if (execute && program->at < end)
        value = evaluate(program, slice(program, program->at + 1, end));
    for (size_t i = names; execute && i < end; i += 2) {
        assign(program, slice(program, i, i + 1), value);
        if (!is_at(program, i + 1, ","))
            break;
    }
    program->at = end + (end < program->count);
}

/* --- compound statements ------------------------------------------------------------------------- */

static void take_end(struct program *program, const char *what)
{
    take(program, "END");
    if (what)
        take(program, what);
    while (program->at < program->count && !is(program, ";"))
        program->at++;
    take(program, ";");
}

static bool runs(const struct program *program)
{
    return !program->left && !program->left_loop && !program->failed;
}

/* Passes over a list; true if there is something in it that may make an object. */
static bool pass_over(struct program *program)
{
    bool outer = program->harmful;
    bool found;

    program->harmful = false;
    run_list(program, false);
    found = program->harmful;
    program->harmful |= outer;
    return found;
}

static void run_block(struct program *program, bool execute)
{
    struct forgiven outer = program->forgiven;

    program->at++;
    if (take(program, "NOT"))
        take(program, "ATOMIC");
    run_list(program, execute);
    take_end(program, NULL);
    program->forgiven = outer;
}

static void run_if(struct program *program, bool execute)
{
    bool decided = !execute;
    bool outer = program->guarded;
    bool unknown = false;
    bool harmful = false;
    bool more = true;

    program->guarded = true;
    while (more) {
        struct guard_value condition = guard_truth(true);

        if (!take(program, "ELSE")) {
            size_t from = ++program->at; /* behind IF or ELSEIF */

            seek(program, "THEN");
            if (!decided && runs(program))
                condition = as_truth(evaluate(program, slice(program, from, program->at)));
            program->at++;
        }
        unknown |= !decided && condition.kind == GUARD_UNKNOWN;
        if (!decided && !unknown && guard_is_true(condition)) {
            decided = true;
            run_list(program, runs(program));
        } else {
            harmful |= pass_over(program);
        }
        more = is(program, "ELSEIF") || is(program, "ELSE");
    }
    take_end(program, "IF");
    program->guarded = outer;
    if (execute && unknown && harmful && runs(program))
        name_not_run(program, "IF with a condition that plumb cannot tell");
}

/* WHILE condition DO ... END WHILE */
static void run_while(struct program *program, bool execute)
{
    size_t condition = program->at + 1;
    struct guard_value holds = guard_truth(false);
    size_t body;

    seek(program, "DO");
    body = program->at + 1;
    program->loops++;
    while (execute && runs(program) && program->rounds++ < most_rounds) {
        holds = as_truth(evaluate(program, slice(program, condition, body - 1)));
        if (!guard_is_true(holds))
            break;
        program->at = body;
        run_list(program, true);
    }
    program->loops--;
    program->left_loop = false;
    program->at = body;
    if (pass_over(program) && execute &&
        (holds.kind == GUARD_UNKNOWN || program->rounds >= most_rounds))
        name_not_run(program, "a loop that plumb cannot follow");
    take_end(program, "WHILE");
}

/* Loops and choices that are not followed. */
static void pass_compound(struct program *program, bool execute)
{
    static const char *const ends[] = {"LOOP", "REPEAT", "CASE", "FOR"};
    const char *what = NULL;
    bool harmful = false;

    for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++)
        if (is(program, ends[i]))
            what = ends[i];
    program->at++;
    if (strcmp(what, "FOR") == 0)
        seek(program, "DO"), program->at++;
    if (strcmp(what, "CASE") == 0)
        seek(program, "WHEN");
    do {
        if (take(program, "WHEN"))
            seek(program, "THEN"), program->at++;
        take(program, "ELSE");
        harmful |= pass_over(program);
    } while (is(program, "WHEN") || is(program, "ELSE"));
    if (is(program, "UNTIL"))
        seek(program, "END");
    take_end(program, what);
    program->harmful |= harmful;
    if (execute && harmful)
        name_not_run(program, "a loop or CASE that plumb cannot follow");
}

static void run_statement(struct program *program, bool execute)
{
    static const char *const compounds[] = {"LOOP", "REPEAT", "CASE", "FOR", NULL};

    execute = execute && runs(program);
    if (is_at(program, program->at + 1, ":"))
        program->at += 2; /* a label */
    if (is(program, "BEGIN"))
        run_block(program, execute);
    else if (is(program, "IF"))
        run_if(program, execute);
    else if (is(program, "WHILE"))
        run_while(program, execute);
    else if (is(program, "DECLARE"))
        run_declare(program, execute);
    else if (is_one_of(program, compounds))
        pass_compound(program, execute);
    else
        run_simple(program, execute);
}

/* Up to what ends a list. */
static void run_list(struct program *program, bool execute)
{
    static const char *const ends[] = {"END", "ELSEIF", "ELSE", "WHEN", "UNTIL", NULL};

    while (program->at < program->count && !is_one_of(program, ends)) {
        size_t before = program->at;

        run_statement(program, execute);
        if (program->at == before)
            program->at++;
    }
}

/* --- the doors ----------------------------------------------------------------------------------- */

static struct program begin(struct my_interpreter *interpreter, const char *text,
                            const struct attempt *nested)
{
    return (struct program){.interpreter = interpreter,
                            .guard = {.interpreter = interpreter, .arena = interpreter->arena},
                            .text = text,
                            .locals = map_new(interpreter->arena),
                            .guarded = nested->guarded,
                            .forgiven = {nested->forgives_existing, nested->forgives_missing}};
}

static bool run_program(struct program *program)
{
    program->guard.locals = &program->locals;
    if (!scan_text(program)) {
        name_not_run(program, "a program that does not parse");
        return true;
    }
    run_statement(program, true);
    return !program->failed;
}

static enum outcome run_alone(struct my_interpreter *interpreter, const char *text)
{
    struct program program = begin(interpreter, text, &(struct attempt){0});

    return run_program(&program) ? OUTCOME_DONE : OUTCOME_FAILED;
}

static const struct object *find_procedure(struct my_interpreter *interpreter,
                                           const struct my_node *call)
{
    const struct object *schema =
        my_schema(interpreter, call->schema, interpreter->statement->offset);

    for (const struct object *child = schema ? schema->first_child : NULL; child;
         child = child->next_sibling)
        if (child->kind == KIND_FUNCTION && !child->removed &&
            strcasecmp(child->name, call->name) == 0 &&
            strcmp(as_function(child)->routine, "procedure") == 0)
            return child;
    return NULL;
}

enum outcome my_call_procedure(struct my_interpreter *interpreter, struct my_guard *guard,
                               const char *text, const struct attempt *nested, bool *failed)
{
    struct error unseen = {0};
    const char *with = strchr(text, '(') ? text : arena_printf(interpreter->arena, "%s()", text);
    const struct my_node *call = my_parse_expression(
        interpreter->arena, interpreter->flavor, interpreter->statement->sql_mode, with, &unseen);
    const struct object *procedure =
        call && call->kind == MY_CALL ? find_procedure(interpreter, call) : NULL;
    struct program program;

    if (!procedure || !as_function(procedure)->body || interpreter->calls >= most_calls) {
        if (!nested->guarded && call && !procedure && !interpreter->rounds.reporting)
            return my_missing(interpreter, interpreter->statement->offset, "no procedure");
        my_not_run(interpreter, interpreter->statement->offset, "CALL");
        return OUTCOME_DONE;
    }
    program = begin(interpreter, as_function(procedure)->body, nested);
    for (size_t i = 0; i < as_function(procedure)->argument_names.count; i++)
        set_local(&program, as_function(procedure)->argument_names.items[i],
                  i < call->children.count ? my_guard_evaluate(guard, call->children.items[i])
                                           : guard_unknown());
    interpreter->calls++;
    *failed = !run_program(&program);
    interpreter->calls--;
    return *failed ? OUTCOME_FAILED : OUTCOME_DONE;
}

/* The statement as it stands in the file: its own text may be cut. */
static const char *whole_text(const struct my_interpreter *interpreter)
{
    const struct my_statement *statement = interpreter->statement;

    return arena_strndup(interpreter->arena, interpreter->file->text + statement->offset,
                         statement->end - statement->offset);
}

enum outcome my_run_statement(struct my_interpreter *interpreter)
{
    const char *text = whole_text(interpreter);
    struct my_guard guard = {.interpreter = interpreter, .arena = interpreter->arena};
    bool failed = false;

    if (strcmp(interpreter->statement->word, "CALL") == 0)
        return my_call_procedure(interpreter, &guard, text + strlen("CALL"), &(struct attempt){0},
                                 &failed);
    return run_alone(interpreter, text);
}
