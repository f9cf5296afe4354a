/* Long texts: "zlib:" and the text's length, ":" and the compressed bytes in base 64. A short text is
 * kept as it is, after "text:". */
#include "record/pack.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum { short_text = 2048 };

/* Nobody has a schema that large: a damaged length must not take all memory. */
static const unsigned long longest_text = 1UL << 30;

static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/* --- base 64 --------------------------------------------------------------------------------- */

static void encode(const unsigned char *bytes, size_t length, char *to)
{
    for (size_t i = 0; i < length; i += 3) {
        unsigned long group = (unsigned long)bytes[i] << 16 |
                              (i + 1 < length ? (unsigned long)bytes[i + 1] << 8 : 0) |
                              (i + 2 < length ? bytes[i + 2] : 0);

        *to++ = letters[group >> 18 & 63];
        *to++ = letters[group >> 12 & 63];
        *to++ = i + 1 < length ? letters[group >> 6 & 63] : '=';
        *to++ = i + 2 < length ? letters[group & 63] : '=';
    }
    *to = '\0';
}

/* Gives the number of bytes; -1 for what is no base 64. */
static long decode(const char *text, unsigned char *to)
{
    unsigned char *start = to;
    unsigned long group = 0;
    int count = 0;

    for (; *text && *text != '='; text++) {
        const char *letter = strchr(letters, *text);

        if (!letter)
            return -1;
        group = group << 6 | (unsigned long)(letter - letters);
        if (++count % 4 == 0) {
            *to++ = (unsigned char)(group >> 16 & 255);
            *to++ = (unsigned char)(group >> 8 & 255);
            *to++ = (unsigned char)(group & 255);
            group = 0;
        }
    }
    if (count % 4 == 1 || strspn(text, "=") != strlen(text))
        return -1;
    if (count % 4 >= 2)
        *to++ = (unsigned char)(group >> (count % 4 == 2 ? 4 : 10) & 255);
    if (count % 4 == 3)
        *to++ = (unsigned char)(group >> 2 & 255);
    return to - start;
}

/* --- texts ----------------------------------------------------------------------------------- */

static const char *compress_text(struct arena *arena, const char *text, size_t length)
{
    uLongf room = compressBound((uLong)length);
    unsigned char *bytes = memory_alloc(room);
    char *base64 = NULL;
    char *packed = NULL;

    if (compress2(bytes, &room, (const unsigned char *)text, (uLong)length, 6) == Z_OK) {
        base64 = memory_alloc((room + 2) / 3 * 4 + 1);
        encode(bytes, room, base64);
        packed = arena_printf(arena, "zlib:%zu:%s", length, base64);
    }
    memory_free(base64);
    memory_free(bytes);
    return packed;
}

const char *pack_text(struct arena *arena, const char *text)
{
    const char *packed = NULL;
    size_t length = text ? strlen(text) : 0;

    if (!text)
        return NULL;
    if (length >= short_text)
        packed = compress_text(arena, text, length);
    return packed ? packed : arena_printf(arena, "text:%s", text);
}

static const char *expand(struct arena *arena, const char *base64, unsigned long length)
{
    size_t size = strlen(base64);
    unsigned char *bytes = memory_alloc(size / 4 * 3 + 4);
    long count = decode(base64, bytes);
    uLongf got = length;
    char *text = NULL;

    if (count >= 0 && length / 1100 <= (unsigned long)count) { /* zlib's best is 1 to 1032 */
        text = arena_alloc(arena, length + 1);
        if (uncompress((unsigned char *)text, &got, bytes, (uLong)count) != Z_OK || got != length ||
            strlen(text) != length)
            text = NULL;
    }
    memory_free(bytes);
    return text;
}

const char *unpack_text(struct arena *arena, const char *packed, struct error *error)
{
    const char *text = NULL;
    unsigned long length;
    char *end;

    if (!packed)
        return NULL;
    if (strncmp(packed, "text:", 5) == 0)
        return packed + 5;
    if (strncmp(packed, "zlib:", 5) == 0) {
        length = strtoul(packed + 5, &end, 10);
        if (*end == ':' && length < longest_text)
            text = expand(arena, end + 1, length);
    }
    if (!text)
        error_set(error, ERROR_REFUSED, "a text of the record is damaged");
    return text;
}
