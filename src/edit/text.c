/* Changes to a text, and small questions about its lines and words. */
#include "edit/text.h"

#include <string.h>
#include <strings.h>

#include "core/buffer.h"

void text_changes_add(struct text_changes *changes, struct arena *arena, size_t from, size_t to,
                      const char *text)
{
    changes->items =
        list_room(arena, changes->items, changes->count, &changes->room, sizeof(*changes->items));
    changes->items[changes->count++] = (struct text_change){from, to, text};
}

void text_changes_cut(struct text_changes *changes, size_t count)
{
    if (changes->count > count)
        changes->count = count;
}

/* What is put in before a byte comes before what takes that byte out. */
static bool is_after(const struct text_change *a, const struct text_change *b)
{
    if (a->from != b->from)
        return a->from > b->from;
    return a->to > a->from && b->to == b->from;
}

static void sort(struct text_changes *changes)
{
    for (size_t i = 1; i < changes->count; i++) {
        struct text_change moved = changes->items[i];
        size_t j = i;

        for (; j && is_after(&changes->items[j - 1], &moved); j--)
            changes->items[j] = changes->items[j - 1];
        changes->items[j] = moved;
    }
}

char *text_changed(struct arena *arena, const char *text, size_t length,
                   struct text_changes *changes)
{
    struct buffer result = BUFFER_EMPTY;
    size_t at = 0;

    sort(changes);
    for (size_t i = 0; i < changes->count; i++) {
        const struct text_change *change = &changes->items[i];

        if ((change->from < at && change->to > change->from && *change->text) ||
            change->to > length) {
            buffer_free(&result);
            return NULL;
        }
        if (change->from > at)
            buffer_append_bytes(&result, text + at, change->from - at);
        buffer_append(&result, change->text);
        at = change->to > at ? change->to : at;
    }
    buffer_append_bytes(&result, text + at, length - at);
    buffer_append(&result, "");
    return buffer_take(&result, arena);
}

size_t text_line_start(const char *text, size_t at)
{
    while (at && text[at - 1] != '\n')
        at--;
    return at;
}

size_t text_line_end(const char *text, size_t length, size_t at)
{
    const char *end = at < length ? memchr(text + at, '\n', length - at) : NULL;

    return end ? (size_t)(end - text) : length;
}

bool text_is_blank(const char *text, size_t from, size_t to)
{
    while (from < to && strchr(" \t\r\n\f\v", text[from]) && text[from])
        from++;
    return from >= to;
}

char *text_indent(struct arena *arena, const char *text, size_t at)
{
    size_t start = text_line_start(text, at);

    return arena_strndup(arena, text + start, strspn(text + start, " \t"));
}

bool mark_is(const char *text, const struct text_mark *mark, const char *word)
{
    size_t length = mark->end - mark->start;

    return (mark->kind == MARK_WORD || mark->kind == MARK_OTHER) && strlen(word) == length &&
           strncasecmp(text + mark->start, word, length) == 0;
}

char *mark_name(struct arena *arena, const char *text, const struct text_mark *mark)
{
    char *name = ARENA_ARRAY(arena, char, mark->end - mark->start + 1);
    size_t length = 0;

    if (mark->kind != MARK_NAME && mark->kind != MARK_STRING)
        return arena_strndup(arena, text + mark->start, mark->end - mark->start);
    for (size_t i = mark->start + 1; i + 1 < mark->end; i++) {
        name[length++] = text[i];
        if (text[i] == text[mark->start])
            i++;
    }
    name[length] = '\0';
    return name;
}

bool mark_code(const struct dialect_layout *layout, const char *text, size_t end, size_t from,
               struct text_mark *mark)
{
    while (layout->mark(text, end, from, mark)) {
        if (mark->kind != MARK_COMMENT)
            return true;
        from = mark->end;
    }
    return false;
}
