/* The way through a model that is resolved. */
#include "dialect/resolve.h"

#include <stdio.h>
#include <string.h>

#include "core/buffer.h"
#include "core/file.h"
#include "core/operation.h"
#include "core/text/word.h"
#include "model/mention.h"

/* A syntax error inside an expression of a file is one of the parser's, found already; what is left
 * comes from a server text that this parser does not know. */

/* Where the word stands by itself; 0 where it does not. */
static size_t place_of_text(const char *statement, const char *word)
{
    size_t length = strlen(word);

    for (const char *at = length ? strstr(statement, word) : NULL; at; at = strstr(at + 1, word))
        if ((at == statement || !is_letter_of_word(at[-1]) || !is_letter_of_word(*word)) &&
            (!is_letter_of_word(at[length]) || !is_letter_of_word(at[length - 1])))
            return (size_t)(at - statement);
    return 0;
}

/* Where in the file the word is, or what the error names where word is NULL: the text was given back once it was a model, so it is read anew. False
 * where that cannot be done: a state that is no file of its own (a commit, a pipe). */
static bool place_at_word(const struct object *object, const char *word, struct error *error)
{
    struct buffer text = BUFFER_EMPTY;
    struct error unseen = {0};
    bool placed = file_read(object->location.file, &text, &unseen);
    const char *at = placed ? buffer_text(&text) : "";
    size_t statement;

    for (int line = 1; line < object->location.line && *at; line++)
        at += strcspn(at, "\n") + (at[strcspn(at, "\n")] == '\n');
    placed = placed && strcspn(at, "\n") >= (size_t)object->location.column - 1;
    if (placed) {
        at += object->location.column - 1;
        statement = (size_t)(at - buffer_text(&text));
        error_place(error, object->location.file, buffer_text(&text), text.length,
                    statement + (word ? place_of_text(at, word)
                                      : place_of_message(at, strcspn(at, ";"), error->message)));
    }
    buffer_free(&text);
    return placed;
}

void resolve_place_error_at(const struct object *object, const char *word, struct error *error)
{
    if (!object->location.file || error->file[0] || place_at_word(object, word, error))
        return;
    snprintf(error->file, sizeof(error->file), "%s", object->location.file);
    error->line = object->location.line;
    error->column = object->location.column;
    error->source[0] = '\0';
}

void resolve_place_error(const struct object *object, struct error *error)
{
    resolve_place_error_at(object, NULL, error);
}

static bool resolve_one(struct resolver *resolver, struct object *object, resolve_function *resolve,
                        struct error *error)
{
    if (resolve(resolver, object))
        return true;
    resolve_place_error(object, error);
    return false;
}

/* The queries of a model, each after what it reads, in the arena. */
static struct mention *order_queries(struct arena *arena, const struct model *model,
                                     query_text_function *query_text, size_t *count)
{
    struct mention *queries = ARENA_ARRAY(arena, struct mention, model->count + 1);

    *count = 0;
    for (size_t i = 0; i < model->count; i++) {
        struct object *object = model->objects[i];
        const char *text = object->removed ? NULL : query_text(object);

        if (text)
            queries[(*count)++] = (struct mention){object_present_name(object), text, object};
    }
    mention_order(queries, *count);
    return queries;
}

/* --- errors that are kept -------------------------------------------------------------------- */

/* What could not be resolved so far. */
struct failures {
    struct error first;
    struct pointer_list objects;
    struct arena *arena;
};

/* It speaks of what could not be resolved itself. */
static bool follows_from_others(const struct failures *failures, const struct error *error)
{
    for (size_t i = 0; i < failures->objects.count; i++) {
        const struct object *object = failures->objects.items[i];
        const char *name = object_present_name(object);

        if (name && find_word(error->message, strlen(error->message), name, strlen(name)))
            return true;
    }
    return false;
}

/* Keeps the error, so that other objects can be looked at too. False where that makes no sense. */
static bool keep(struct failures *failures, const struct object *object, struct error *error)
{
    if (error->code != ERROR_SCHEMA && error->code != ERROR_SYNTAX)
        return false;
    if (!object->location.file) /* a server's own text, of which one problem says enough */
        return false;
    if (!failures->objects.count)
        failures->first = *error;
    else if (!follows_from_others(failures, error))
        operation_note_error(error);
    pointer_list_add(&failures->objects, failures->arena, (void *)(uintptr_t)object);
    error_clear(error);
    return operation_error_count() < OPERATION_MOST_ERRORS;
}

/* Ends with the first of them, if there is any and nothing worse. */
static bool finish(const struct failures *failures, bool done, struct error *error)
{
    if (failures->objects.count && !error->code)
        *error = failures->first;
    arena_free(failures->arena);
    return done && !failures->objects.count;
}

/* --- the way ----------------------------------------------------------------------------------- */

bool resolve_queries(struct resolver *resolver, const struct model *model,
                     query_text_function *query_text, resolve_function *resolve,
                     struct error *error)
{
    struct failures failures = {.arena = arena_new()};
    size_t count;
    const struct mention *queries = order_queries(failures.arena, model, query_text, &count);
    bool done = true;

    for (size_t i = 0; done && i < count; i++)
        done =
            operation_goes_on(error) && (resolve_one(resolver, queries[i].item, resolve, error) ||
                                         keep(&failures, queries[i].item, error));
    return finish(&failures, done, error);
}

bool resolve_objects(struct resolver *resolver, const struct model *model,
                     resolve_function *resolve, struct error *error)
{
    struct failures failures = {.arena = arena_new()};
    bool done = true;

    for (size_t i = 0; done && i < model->count; i++) {
        struct object *object = model->objects[i];

        if (!object->removed)
            done =
                operation_proceeds(PHASE_RESOLVING, i + 1, model->count, model->source, error) &&
                (resolve_one(resolver, object, resolve, error) || keep(&failures, object, error));
    }
    return finish(&failures, done, error);
}
