/* From an author's text to one that the parser takes, as psql -f would send it: backslash commands and the data of
 * COPY ... FROM stdin are overwritten by spaces, and variables are put in. Offsets are those of the author's file but
 * behind variables, for which the file knows where they stood. */
#include "postgres/interpret/base/preparation.h"

#include <string.h>

#include "core/secret/secret.h"
#include "postgres/interpret/base/base.h"
#include "postgres/sql/keyword.h"
#include "postgres/sql/psql.h"
#include "postgres/sql/scan.h"

/* --- what comes out ---------------------------------------------------------------------------- */

/* The author's text up to there, as it is. */
void preparation_copy(struct preparation *preparation, size_t end)
{
    if (end > preparation->copied)
        buffer_append_bytes(&preparation->out, preparation->text + preparation->copied,
                            end - preparation->copied);
    preparation->copied = end > preparation->copied ? end : preparation->copied;
}

/* The author's text up to there as spaces, but for its lines. */
void preparation_blank(struct preparation *preparation, size_t end)
{
    for (; preparation->copied < end; preparation->copied++)
        buffer_append_char(&preparation->out,
                           preparation->text[preparation->copied] == '\n' ? '\n' : ' ');
}

void preparation_end_statement(struct preparation *preparation)
{
    buffer_append_char(&preparation->out, ';');
    preparation->copied++;
    preparation->statement = preparation->out.length;
}

bool preparation_is_open(const struct preparation *preparation)
{
    return preparation->depth == 0 || preparation->conditions[preparation->depth - 1].open;
}

/* From that offset on the text stands where the author's does, or (fixed) all of it where one variable does. */
static void add_shift(struct interpret_shifts *shifts, struct arena *arena, size_t offset,
                      size_t author, bool fixed)
{
    shifts->items =
        list_room(arena, shifts->items, shifts->count, &shifts->room, sizeof(*shifts->items));
    shifts->items[shifts->count++] = (struct interpret_shift){offset, author, fixed};
}

static size_t shift_back(const struct interpret_shifts *shifts, size_t offset)
{
    size_t low = 0;
    size_t high = shifts->count;
    const struct interpret_shift *shift;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (shifts->items[middle].offset <= offset)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == 0)
        return offset;
    shift = &shifts->items[low - 1];
    return shift->author + (shift->fixed ? 0 : offset - shift->offset);
}

size_t interpret_author_offset(const struct interpret_file *file, size_t offset)
{
    return shift_back(&file->variables, shift_back(&file->quotes, offset));
}

void interpret_place_error(struct error *error, const struct interpret_file *file, size_t offset)
{
    if (file->author)
        error_place(error, file->name, file->author, file->author_length,
                    interpret_author_offset(file, offset));
    else
        error_place(error, file->name, file->text, file->length, offset);
}

bool preparation_refuse(struct preparation *preparation, size_t at)
{
    error_place(preparation->error, preparation->file->name, preparation->text, preparation->length,
                at);
    return false;
}

/* --- variables --------------------------------------------------------------------------------- */

bool preparation_refuse_unknown(struct preparation *preparation, size_t at, const char *what)
{
    error_set(preparation->error, ERROR_SYNTAX, "what %s is cannot be known here", what);
    error_hint(preparation->error, "Only values that the files give by \\set are known: write "
                                   "\\set NAME VALUE before it.");
    return preparation_refuse(preparation, at);
}

/* A secret may have come in by the variable: the statement so far is looked through again. */
static void hide_secrets(struct preparation *preparation)
{
    struct buffer *out = &preparation->out;
    const char *text = buffer_text(out) + preparation->statement;
    size_t length = out->length - preparation->statement;
    const char *hidden = secret_hide(preparation->arena, SECRET_POSTGRES, text, &length);

    if (hidden == text)
        return;
    hidden = arena_strndup(preparation->arena, hidden, length);
    buffer_truncate(out, preparation->statement);
    buffer_append_bytes(out, hidden, length);
}

/* A colon outside of quotes; *end: of what it takes. */
static bool take_variable(struct preparation *preparation, size_t at, size_t *end)
{
    struct buffer value = BUFFER_EMPTY;
    size_t taken;
    enum psql_standing standing =
        psql_substitute(&preparation->interpreter->variables, preparation->text,
                        preparation->length, at, &taken, &value);

    *end = at + taken;
    if (standing == PSQL_VALUE) {
        preparation_copy(preparation, at);
        add_shift(&preparation->file->variables, preparation->arena, preparation->out.length, at,
                  true);
        buffer_append_bytes(&preparation->out, buffer_text(&value), value.length);
        hide_secrets(preparation);
        preparation->copied = *end;
        add_shift(&preparation->file->variables, preparation->arena, preparation->out.length, *end,
                  false);
    }
    buffer_free(&value);
    return standing != PSQL_UNKNOWN ||
           preparation_refuse_unknown(
               preparation, at,
               arena_printf(preparation->arena, "psql's variable %s",
                            psql_variable_at(preparation->arena, preparation->text,
                                             preparation->length, at)));
}

bool interpret_name_variable(struct error *error, struct arena *arena,
                             const struct interpret_file *file, size_t offset)
{
    const char *name = psql_variable_at(arena, file->text, file->length, offset);

    if (!name)
        return false;
    error_clear(error);
    error_set(error, ERROR_SYNTAX, "psql's variable %s is not set", name);
    error_hint(error,
               "Set it in the file, before it is used: \\set %s VALUE. What psql is given "
               "by -v is not known here.",
               name);
    return true;
}

/* --- data -------------------------------------------------------------------------------------- */

static size_t line_end(const struct preparation *preparation, size_t at)
{
    const char *end = memchr(preparation->text + at, '\n', preparation->length - at);

    return end ? (size_t)(end - preparation->text) : preparation->length;
}

size_t preparation_take_data(struct preparation *preparation, size_t at)
{
    size_t start = line_end(preparation, at);
    size_t line = start < preparation->length ? start + 1 : start;

    while (line < preparation->length) {
        size_t end = line_end(preparation, line);
        size_t length = end - line;

        if (length > 0 && preparation->text[end - 1] == '\r')
            length--;
        if (length == 2 && memcmp(preparation->text + line, "\\.", 2) == 0) {
            line = end;
            break;
        }
        line = end < preparation->length ? end + 1 : end;
    }
    preparation_copy(preparation, start);
    preparation_blank(preparation, line);
    return line;
}

/* Follows statements as far as needed to see COPY ... FROM stdin. */
struct copy_watch {
    bool in_statement;
    bool copy;
    bool from;
    bool stdin_named;
};

static void watch(struct copy_watch *watch, const char *text, const struct pg_token *token)
{
    if (!watch->in_statement) {
        watch->in_statement = true;
        watch->copy = pg_token_is(text, token, "copy");
    } else if (watch->copy && watch->from) {
        watch->stdin_named |= pg_token_is(text, token, "stdin");
        watch->from = false;
    } else if (watch->copy) {
        watch->from = pg_token_is(text, token, "from");
    }
}

/* --- the whole text ---------------------------------------------------------------------------- */

/* A token between statements or in one; *end: of what it takes. */
static bool take_token(struct preparation *preparation, const struct pg_token *token,
                       struct copy_watch *copy, size_t *end)
{
    const char *text = preparation->text;

    *end = token->end;
    if (text[token->start] == '\\')
        return (*end = preparation_take_command(preparation, token->start)) != 0;
    if (!preparation_is_open(preparation))
        return preparation_blank(preparation, token->end), true;
    if (pg_token_is(text, token, ":"))
        return take_variable(preparation, token->start, end);
    if (!pg_token_is(text, token, ";"))
        return watch(copy, text, token), true;
    preparation_copy(preparation, token->end);
    preparation->statement = preparation->out.length;
    if (copy->stdin_named)
        *end = preparation_take_data(preparation, token->end);
    *copy = (struct copy_watch){0};
    return true;
}

static bool take_all(struct preparation *preparation)
{
    struct pg_token token = {0};
    struct copy_watch copy = {0};
    size_t end = 0;

    while (!preparation->ended &&
           pg_scan_code(preparation->text, preparation->length, end, &token)) {
        if (!take_token(preparation, &token, &copy, &end))
            return false;
    }
    if (preparation->depth > 0 && !preparation->ended) {
        error_set(preparation->error, ERROR_SYNTAX, "psql's command \\if has no \\endif");
        return preparation_refuse(preparation,
                                  preparation->conditions[preparation->depth - 1].offset);
    }
    if (preparation->ended)
        preparation_blank(preparation, preparation->length);
    preparation_copy(preparation, preparation->length);
    return true;
}

bool interpret_take_out(struct interpreter *interpreter, struct interpret_file *file,
                        struct error *error)
{
    struct preparation preparation = {.interpreter = interpreter,
                                      .file = file,
                                      .arena = interpreter->arena,
                                      .text = file->text,
                                      .length = file->length,
                                      .error = error};
    bool done;

    file->taken_out = true;
    error_clear(error);
    done = take_all(&preparation);
    if (file->variables.count) {
        file->author = file->text;
        file->author_length = file->length;
    }
    file->length = preparation.out.length;
    file->text = buffer_take(&preparation.out, interpreter->arena);
    return done;
}

/* True when a line begins with a backslash: psql's, or the end of COPY's data. */
static bool has_command_line(const char *text)
{
    for (const char *at = strchr(text, '\\'); at; at = strchr(at + 1, '\\')) {
        const char *before = at;

        while (before > text && (before[-1] == ' ' || before[-1] == '\t'))
            before--;
        if (before == text || before[-1] == '\n')
            return true;
    }
    return false;
}

struct interpret_file *interpret_prepare(struct interpreter *interpreter,
                                         const struct source_text *source, struct error *error)
{
    struct interpret_file *file = ARENA_NEW(interpreter->arena, struct interpret_file);
    char *text = arena_strndup(interpreter->arena, source->text, source->length);

    file->name = arena_strdup(interpreter->arena, source->file ? source->file : "");
    file->source = source;
    file->text = text;
    file->length = strlen(file->text);
    if (file->length < source->length) {
        error_set(error, ERROR_SYNTAX, "the file holds a zero byte");
        error_place(error, file->name, file->text, file->length, file->length);
        return NULL;
    }
    if (file->length >= 3 && memcmp(file->text, "\xEF\xBB\xBF", 3) == 0)
        memset(text, ' ', 3);
    if (!has_command_line(file->text) && !interpreter->variables.count)
        return file;
    return interpret_take_out(interpreter, file, error) ? file : NULL;
}

/* --- versions ---------------------------------------------------------------------------------- */

/* With includes of its own, whose offsets are to change. */
static struct interpret_file *copy_file(struct arena *arena, const struct interpret_file *file)
{
    struct interpret_file *copy = ARENA_NEW(arena, struct interpret_file);

    *copy = *file;
    copy->includes.items = ARENA_ARRAY(arena, struct interpret_include, file->includes.count + 1);
    if (file->includes.count)
        memcpy(copy->includes.items, file->includes.items,
               file->includes.count * sizeof(*copy->includes.items));
    if (!copy->author) {
        copy->author = file->text;
        copy->author_length = file->length;
    }
    return copy;
}

struct interpret_file *interpret_as_of(struct interpreter *interpreter, struct interpret_file *file,
                                       int version)
{
    struct pg_keyword_walk walk = {.text = file->text, .length = file->length, .version = version};
    struct interpret_file *quoted = NULL;
    struct buffer text = BUFFER_EMPTY;
    struct pg_token word;
    size_t copied = 0;
    size_t include = 0;

    if (!pg_version_has_later_keywords(version))
        return file;
    while (pg_next_later_keyword(&walk, &word)) {
        if (!quoted)
            quoted = copy_file(interpreter->arena, file);
        buffer_append_bytes(&text, file->text + copied, word.start - copied);
        for (; include < quoted->includes.count &&
               quoted->includes.items[include].offset <= word.start;
             include++)
            quoted->includes.items[include].offset += text.length - word.start;
        add_shift(&quoted->quotes, interpreter->arena, text.length, word.start, true);
        pg_append_folded_name(&text, file->text, &word);
        add_shift(&quoted->quotes, interpreter->arena, text.length, word.end, false);
        copied = word.end;
    }
    if (!quoted)
        return file;
    for (; include < quoted->includes.count; include++)
        quoted->includes.items[include].offset += text.length - copied;
    buffer_append(&text, file->text + copied);
    quoted->length = text.length;
    quoted->text = buffer_take(&text, interpreter->arena);
    return quoted;
}
