/* Finds rename annotations. One walk over the text's tokens keeps where the current statement
 * and, in its outermost parentheses, the current element began. */
#include "dialect/annotation.h"

#include <ctype.h>
#include <string.h>

#include "core/buffer.h"
#include "core/text/nearest.h"

struct walk {
    const char *text;
    size_t length;
    struct arena *arena;
    struct annotation *items;
    size_t count;
    size_t room;
    size_t open;      /* the first annotation that waits for the next token; count when none does */
    size_t statement; /* where the current (or, behind a semicolon, the last) statement began */
    size_t element;   /* where the last element of it began; the statement when none did */
    bool started;     /* the statement has begun: a token was seen since the semicolon */
    bool at_element;  /* the next token begins an element */
    int depth;
    struct pointer_list *strays; /* NULL: nobody asks */
};

static const char marker[] = "@renamed";

/* All that there are, without the "@". */
static const char *const words[] = {"renamed"};

enum { word_count = sizeof(words) / sizeof(*words) };

/* The target of an annotation that nothing follows. */
#define NOWHERE ((size_t)-1)

/* Where the annotation's word stands in the comment, or NULL. The text is terminated. */
static const char *find_marker(const char *text, const struct annotation_token *comment)
{
    const char *found = strstr(text + comment->start, marker);

    return found && found < text + comment->end ? found : NULL;
}

static const char *skip_space(const char *at, const char *end)
{
    while (at < end && isspace((unsigned char)*at))
        at++;
    return at;
}

/* One part of the name, quoted or not; NULL when there is none. */
static const char *read_part(const char *at, const char *end, struct buffer *name)
{
    size_t start = name->length;

    if (at < end && strchr("\"'`", *at)) {
        char quote = *at++;

        for (; at < end && (*at != quote || (at + 1 < end && at[1] == quote)); at++) {
            buffer_append_char(name, *at);
            if (*at == quote)
                at++;
        }
        return at < end && name->length > start ? at + 1 : NULL;
    }
    while (at < end &&
           (isalnum((unsigned char)*at) || strchr("_$-", *at) || (unsigned char)*at >= 0x80)) {
        buffer_append_char(name, *at);
        at++;
    }
    return name->length > start ? at : NULL;
}

/* The name behind "@renamed from="; NULL when it cannot be read. */
static const char *read_name(struct arena *arena, const char *at, const char *end)
{
    struct buffer name = BUFFER_EMPTY;

    at = skip_space(at + sizeof(marker) - 1, end);
    if (end - at < 4 || strncmp(at, "from", 4) != 0)
        return NULL;
    at = skip_space(at + 4, end);
    if (at >= end || *at != '=')
        return NULL;
    at = read_part(skip_space(at + 1, end), end, &name);
    while (at && at < end && *at == '.') {
        buffer_append_char(&name, '.');
        at = read_part(at + 1, end, &name);
    }
    if (!at) {
        buffer_free(&name);
        return NULL;
    }
    return buffer_take(&name, arena);
}

static bool is_alone_on_line(const char *text, size_t at)
{
    while (at > 0 && text[at - 1] != '\n')
        if (!isspace((unsigned char)text[--at]))
            return false;
    return true;
}

static struct annotation *add(struct walk *walk)
{
    walk->items =
        list_room(walk->arena, walk->items, walk->count, &walk->room, sizeof(*walk->items));
    return &walk->items[walk->count++];
}

static size_t word_length(const char *text)
{
    size_t length = 0;

    while (isalnum((unsigned char)text[length]) || text[length] == '_' || text[length] == '-')
        length++;
    return length;
}

/* The annotation that the word behind an "@" is or was perhaps meant for; NULL: it is a word like any. */
static const char *meant_by(struct arena *arena, const char *word)
{
    size_t length = word_length(word);

    return length ? nearest_name(arena_strndup(arena, word, length), words, word_count) : NULL;
}

/* A comment that begins with a word that looks like an annotation. */
static void see_stray(struct walk *walk, const struct annotation_token *comment)
{
    const char *at = walk->text + comment->start;
    const char *end = walk->text + comment->end;
    struct annotation_stray *stray;
    const char *meant;

    while (at < end && (strchr("-/*#!", *at) || isspace((unsigned char)*at)))
        at++;
    if (!walk->strays || at >= end || *at != '@')
        return;
    meant = meant_by(walk->arena, at + 1);
    if (!meant)
        return;
    stray = ARENA_NEW(walk->arena, struct annotation_stray);
    stray->offset = (size_t)(at - walk->text);
    stray->word = arena_strndup(walk->arena, at, word_length(at + 1) + 1);
    stray->meant = arena_printf(walk->arena, "@%s", meant);
    pointer_list_add(walk->strays, walk->arena, stray);
}

/* Whether a walk over the tokens would find anything: most texts have nothing like it. */
static bool may_have_any(const char *text)
{
    struct arena *scratch = arena_new();
    bool found = false;

    for (const char *at = strchr(text, '@'); at && !found; at = strchr(at + 1, '@'))
        found = meant_by(scratch, at + 1) != NULL;
    arena_free(scratch);
    return found;
}

static bool see_comment(struct walk *walk, const struct annotation_token *comment, size_t *place,
                        struct error *error)
{
    const char *found = find_marker(walk->text, comment);
    struct annotation *annotation;
    const char *name;

    if (!found) {
        see_stray(walk, comment);
        return true;
    }
    name = read_name(walk->arena, found, walk->text + comment->end);
    *place = (size_t)(found - walk->text);
    if (!name) {
        error_set(error, ERROR_SYNTAX, "the annotation %s does not say from what", marker);
        error_hint(error, "Write -- @renamed from=old_name; quote the name if it needs quotes.");
        return false;
    }
    annotation = add(walk);
    *annotation = (struct annotation){.former_name = name,
                                      .offset = *place,
                                      .statement = walk->statement,
                                      .target = walk->element};
    /* One on a line of its own, before anything of its statement or between elements, is about what
     * comes next; all others are about what has begun. */
    if (is_alone_on_line(walk->text, comment->start)) {
        annotation->target = annotation->statement = NOWHERE;
        return true;
    }
    if (walk->open == walk->count - 1)
        walk->open = walk->count;
    return true;
}

static bool is_character(const char *text, const struct annotation_token *token, char character)
{
    return token->end == token->start + 1 && text[token->start] == character;
}

static void see_code(struct walk *walk, const struct annotation_token *token)
{
    const char *text = walk->text;

    if (is_character(text, token, ';')) {
        walk->started = false;
        walk->depth = 0;
        walk->at_element = false;
        walk->open = walk->count;
        walk->element = walk->statement;
        return;
    }
    if (!walk->started) {
        walk->started = true;
        walk->statement = walk->element = token->start;
    }
    if (walk->at_element)
        walk->element = token->start;
    for (; walk->open < walk->count; walk->open++) {
        walk->items[walk->open].target = token->start;
        walk->items[walk->open].statement = walk->statement;
    }
    walk->at_element = false;
    if (is_character(text, token, '('))
        walk->at_element = ++walk->depth == 1;
    else if (is_character(text, token, ')'))
        walk->depth--;
    else if (is_character(text, token, ','))
        walk->at_element = walk->depth == 1;
    if (walk->depth == 0)
        walk->element = walk->statement;
}

bool annotations_find(annotation_scan *scan, const char *text, size_t length, struct arena *arena,
                      struct annotation **annotations, size_t *count, struct pointer_list *strays,
                      size_t *place, struct error *error)
{
    struct walk walk = {.text = text, .length = length, .arena = arena, .strays = strays};
    struct annotation_token token = {0};

    *annotations = NULL;
    *count = 0;
    if (!may_have_any(text))
        return true;
    while (scan(text, length, token.end, &token)) {
        if (token.comment) {
            if (!see_comment(&walk, &token, place, error))
                return false;
        } else {
            see_code(&walk, &token);
        }
    }
    *annotations = walk.items;
    *count = walk.count;
    return true;
}

/* --- their use ---------------------------------------------------------------------------------- */

static int line_of(const char *text, size_t offset)
{
    int line = 1;

    for (size_t i = 0; i < offset; i++)
        line += text[i] == '\n';
    return line;
}

static void note_strays(const struct annotated_text *annotated, const struct pointer_list *strays,
                        struct arena *arena, struct text_list *notes)
{
    for (size_t i = 0; i < strays->count; i++) {
        const struct annotation_stray *stray = strays->items[i];

        text_list_add(notes, arena,
                      arena_printf(arena, "%s:%d: %s is no annotation: did you mean %s?",
                                   annotated->file, line_of(annotated->text, stray->offset),
                                   stray->word, stray->meant));
    }
}

bool annotations_read(annotation_scan *scan, struct annotated_text *annotated,
                      struct pointer_list *all, struct arena *arena, struct text_list *notes,
                      struct error *error)
{
    struct pointer_list strays = {0};
    size_t place;

    if (annotations_find(scan, annotated->text, annotated->length, arena, &annotated->annotations,
                         &annotated->count, &strays, &place, error)) {
        note_strays(annotated, &strays, arena, notes);
        if (annotated->count)
            pointer_list_add(all, arena, annotated);
        return true;
    }
    error_place(error, annotated->file, annotated->text, annotated->length, place);
    return false;
}

static bool reaches(const struct annotation *annotation, size_t statement,
                    enum annotation_reach reach)
{
    if (annotation->statement != statement || reach == REACH_ELEMENT)
        return false;
    return reach == REACH_STATEMENT || annotation->target == annotation->statement;
}

struct annotation *annotation_take(const struct annotated_text *annotated, size_t declaration,
                                   size_t statement, enum annotation_reach reach)
{
    for (size_t i = 0; i < annotated->count; i++) {
        struct annotation *annotation = &annotated->annotations[i];

        if (!annotation->used &&
            (annotation->target == declaration || reaches(annotation, statement, reach))) {
            annotation->used = true;
            return annotation;
        }
    }
    return NULL;
}

bool annotations_check(const struct pointer_list *all, struct error *error)
{
    for (size_t i = 0; i < all->count; i++) {
        const struct annotated_text *annotated = all->items[i];

        for (size_t j = 0; j < annotated->count; j++)
            if (!annotated->annotations[j].used) {
                error_set(error, ERROR_SCHEMA, "the annotation @renamed belongs to nothing");
                error_hint(error, "Put it on the line above the declaration of the renamed object, "
                                  "or behind it on the same line.");
                error_place(error, annotated->file, annotated->text, annotated->length,
                            annotated->annotations[j].offset);
                return false;
            }
    }
    return true;
}
