/* Texts for people: control characters and what is no UTF-8 are shown escaped. */
#include "core/text/shown.h"

#include <stdint.h>
#include <string.h>

/* The character at the start of the text, and how many bytes it has: 0 where that is no UTF-8. */
static size_t decode(const unsigned char *text, size_t length, uint32_t *character)
{
    static const uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    size_t bytes = text[0] < 0x80   ? 1
                   : text[0] < 0xC2 ? 0
                   : text[0] < 0xE0 ? 2
                   : text[0] < 0xF0 ? 3
                   : text[0] < 0xF5 ? 4
                                    : 0;

    if (!bytes || bytes > length)
        return 0;
    *character = bytes == 1 ? text[0] : text[0] & (0x7Fu >> bytes);
    for (size_t i = 1; i < bytes; i++) {
        if ((text[i] & 0xC0) != 0x80)
            return 0;
        *character = *character << 6 | (text[i] & 0x3F);
    }
    if (*character < smallest[bytes] || *character > 0x10FFFF ||
        (*character >= 0xD800 && *character < 0xE000))
        return 0;
    return bytes;
}

/* Control characters of both sets, line and paragraph separators, and what changes the direction of the
 * text around it. */
static bool is_control(uint32_t character)
{
    return character < 0x20 || (character >= 0x7F && character < 0xA0) || character == 0x61C ||
           character == 0x200E || character == 0x200F ||
           (character >= 0x2028 && character <= 0x202E) ||
           (character >= 0x2066 && character <= 0x2069) || character == 0xFEFF;
}

static void append_escape(struct buffer *buffer, uint32_t character)
{
    static const char letters[] = "tnvfr";

    if (character >= '\t' && character <= '\r')
        buffer_printf(buffer, "\\%c", letters[character - '\t']);
    else
        buffer_printf(buffer, character < 0x80 ? "\\x%02x" : "\\u%04x", (unsigned)character);
}

static bool may_stay(uint32_t character, bool lines)
{
    return !is_control(character) || (lines && (character == '\n' || character == '\t'));
}

static void append(struct buffer *buffer, const char *text, size_t length, bool lines,
                   size_t indent)
{
    for (size_t at = 0; at < length;) {
        const unsigned char *byte = (const unsigned char *)text + at;
        uint32_t character = 0;
        size_t bytes = decode(byte, length - at, &character);

        if (!bytes)
            buffer_printf(buffer, "\\x%02x", *byte);
        else if (may_stay(character, lines))
            buffer_append_bytes(buffer, byte, bytes);
        else
            append_escape(buffer, character);
        for (size_t i = 0; bytes && lines && character == '\n' && i < indent; i++)
            buffer_append_char(buffer, ' ');
        at += bytes ? bytes : 1;
    }
}

void buffer_append_shown(struct buffer *buffer, const char *text, size_t length)
{
    append(buffer, text, length, false, 0);
}

char *text_shown(struct arena *arena, const char *text)
{
    struct buffer shown = BUFFER_EMPTY;

    if (!text)
        return NULL;
    append(&shown, text, strlen(text), false, 0);
    return buffer_take(&shown, arena);
}

char *text_shown_lines(struct arena *arena, const char *text, size_t indent)
{
    struct buffer shown = BUFFER_EMPTY;

    if (!text)
        return NULL;
    append(&shown, text, strlen(text), true, indent);
    return buffer_take(&shown, arena);
}

bool text_is_shown_plain(const char *text, size_t length, bool lines)
{
    uint32_t character = 0;
    size_t bytes;

    for (size_t at = 0; at < length; at += bytes) {
        bytes = decode((const unsigned char *)text + at, length - at, &character);
        if (!bytes || !may_stay(character, lines))
            return false;
    }
    return true;
}
