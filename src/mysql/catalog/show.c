/* SHOW CREATE of every object, a few hundred in a round trip. The session's sql_mode, on which the texts
 * depend, is empty meanwhile; and where all databases are read, the session is in none of them, since a view's text leaves
 * out the one that it is in. The server ends a string of statements at the first that fails: what comes
 * after it is asked again. */
#include "mysql/catalog/catalog.h"

#include <string.h>

#include "core/buffer.h"
#include "core/operation.h"
#include "mysql/sql/quote.h"

enum { BATCH_COUNT = 400, BATCH_BYTES = 256 * 1024 };

/* Statements before the first text. */
static const char leave_database[] = "USE information_schema; ";
static const char begin_reading[] =
    "SET @plumb_sql_mode = @@SESSION.sql_mode; SET SESSION sql_mode = ''";
static const char end_reading[] = "SET SESSION sql_mode = @plumb_sql_mode";

struct show {
    struct my_catalog *catalog;
    bool begun; /* the sql_mode is empty, */
    bool ended; /* and is what it was again */
};

/* --- one text ------------------------------------------------------------------------------------ */

static const char *copy(struct my_catalog *catalog, MYSQL_ROW row, int column)
{
    return column ? arena_strdup(catalog->arena, row[column]) : NULL;
}

/* The texts of programs are their author's. */
static bool is_relation(const struct my_catalog_class *class)
{
    return strcmp(class->name, "table") == 0 || strcmp(class->name, "view") == 0;
}

/* Texts may hold zero bytes: in defaults of binary columns. */
static void take_text(struct my_catalog *catalog, struct my_catalog_text *text, MYSQL_RES *result)
{
    const struct my_catalog_class *class = text->class;
    MYSQL_ROW row = mysql_fetch_row(result);
    const unsigned long *lengths = mysql_fetch_lengths(result);

    if (!row || mysql_num_fields(result) <= (unsigned int)class->text || !row[class->text]) {
        text->fault = "this user may not see its text";
        return;
    }
    text->length = lengths[class->text];
    text->text =
        secret_hide(catalog->scratch, SECRET_MYSQL,
                    arena_strndup(catalog->scratch, row[class->text], text->length), &text->length);
    if (catalog->connection->database && is_relation(class))
        text->text = my_without_database(catalog->scratch, catalog->connection->database,
                                         text->text, &text->length);
    text->settings =
        (struct my_program_settings){.sql_mode = copy(catalog, row, class->sql_mode),
                                     .time_zone = copy(catalog, row, class->time_zone)};
    if (class->character_set) {
        text->settings.character_set_client = copy(catalog, row, class->character_set);
        text->settings.collation_connection = copy(catalog, row, class->character_set + 1);
    }
    if (mysql_warning_count(catalog->connection->handle))
        text->fault = "it names what is not there, or what its definer may not use";
}

/* A text that cannot be read is a fault of that object alone, unless the session itself is at an end. */
static bool take_fault(struct my_catalog *catalog, struct my_catalog_text *text,
                       const struct error *error)
{
    if (error->code != ERROR_SERVER) {
        *catalog->error = *error;
        return false;
    }
    text->fault = arena_strdup(catalog->arena, error->message);
    return true;
}

/* --- a batch ------------------------------------------------------------------------------------- */

static void append_show(struct my_catalog *catalog, struct buffer *sql,
                        const struct my_catalog_text *text)
{
    buffer_separate(sql, 0, "; ");
    buffer_printf(sql, "SHOW CREATE %s %s", text->class->words,
                  my_quote_qualified(catalog->scratch, text->schema, text->name));
}

/* The statements for texts from first on; the number after the last of them. */
static size_t write_batch(struct show *show, size_t first, struct buffer *sql)
{
    struct my_catalog *catalog = show->catalog;
    size_t end = first;

    if (!show->begun && !catalog->connection->database)
        buffer_append(sql, leave_database);
    if (!show->begun)
        buffer_append(sql, begin_reading);
    while (end < catalog->text_count && end - first < BATCH_COUNT && sql->length < BATCH_BYTES)
        append_show(catalog, sql, &catalog->texts[end++]);
    if (end == catalog->text_count)
        buffer_printf(sql, "; %s", end_reading);
    return end;
}

/* Reads the answers to what begins and ends the reading. */
static bool skip_answers(struct show *show, size_t count, bool next)
{
    struct my_catalog *catalog = show->catalog;
    MYSQL_RES *result;

    for (size_t i = 0; i < count; i++, next = true)
        if (my_connection_answer(catalog->connection, next, &result, catalog->error) ==
            MY_ANSWER_FAILED)
            return false;
    return true;
}

/* Reads the answers for texts [first, end). *read: up to which one was read; what comes after a failed
 * one was not run. */
static bool take_batch(struct show *show, size_t first, size_t end, size_t *read)
{
    struct my_catalog *catalog = show->catalog;
    bool next = !show->begun;

    *read = first;
    if (!show->begun && !skip_answers(show, catalog->connection->database ? 2 : 3, false))
        return false;
    show->begun = true;
    while (*read < end) {
        struct my_catalog_text *text = &catalog->texts[(*read)++];
        struct error error = {0};
        MYSQL_RES *result;

        switch (my_connection_answer(catalog->connection, next, &result, &error)) {
        case MY_ANSWER_FAILED:
            return take_fault(catalog, text, &error);
        case MY_ANSWER_ROWS:
            take_text(catalog, text, result);
            my_result_free(result);
            break;
        case MY_ANSWER_NONE:
            text->fault = "the server says nothing of it";
            break;
        }
        next = true;
    }
    if (end == catalog->text_count) {
        show->ended = true;
        return skip_answers(show, 1, next);
    }
    return true;
}

/* Sends one batch and reads what comes. A first statement that fails does so when it is sent. */
static bool show_batch(struct show *show, size_t first, size_t *read)
{
    struct my_catalog *catalog = show->catalog;
    struct error error = {0};
    struct buffer sql = BUFFER_EMPTY;
    size_t end = write_batch(show, first, &sql);
    bool sent = my_connection_send(catalog->connection, buffer_text(&sql), sql.length, &error);

    buffer_free(&sql);
    if (sent)
        return take_batch(show, first, end, read);
    *read = first + 1;
    if (show->begun)
        return take_fault(catalog, &catalog->texts[first], &error);
    *catalog->error = error;
    return false;
}

bool my_catalog_show(struct my_catalog *catalog)
{
    struct show show = {.catalog = catalog};
    struct error ignored = {0};
    bool done = true;

    for (size_t at = 0; done && at < catalog->text_count;)
        done = operation_proceeds(PHASE_READING, at, catalog->text_count, NULL, catalog->error) &&
               show_batch(&show, at, &at);
    if (show.begun && !show.ended &&
        !my_connection_execute(catalog->connection, end_reading, done ? catalog->error : &ignored))
        return false;
    return done;
}
