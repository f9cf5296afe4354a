/* 128-bit digests over length-prefixed values. */
#include "core/digest.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <xxhash.h>

#include "core/operation.h"

/* Changes whenever the encoding of values changes, so that stored digests of another encoding never
 * compare equal by accident. */
enum { encoding_version = 1 };

struct digest_state {
    XXH3_state_t *xxh;
};

static void release(void *xxh)
{
    XXH3_freeState(xxh);
}

struct digest_state *digest_begin(void)
{
    struct digest_state *state = memory_alloc(sizeof(*state));

    state->xxh = operation_hold(XXH3_createState(), release);
    if (!state->xxh)
        operation_fail_memory(0);
    XXH3_128bits_reset_withSeed(state->xxh, encoding_version);
    return state;
}

void digest_bytes(struct digest_state *state, const void *bytes, size_t length)
{
    digest_integer(state, (int64_t)length);
    if (length)
        XXH3_128bits_update(state->xxh, bytes, length);
}

void digest_text(struct digest_state *state, const char *text)
{
    if (text)
        digest_bytes(state, text, strlen(text));
    else
        digest_integer(state, -1);
}

void digest_integer(struct digest_state *state, int64_t value)
{
    unsigned char bytes[8];

    for (int i = 0; i < 8; i++)
        bytes[i] = (unsigned char)((uint64_t)value >> (8 * i));
    XXH3_128bits_update(state->xxh, bytes, sizeof(bytes));
}

void digest_digest(struct digest_state *state, struct digest value)
{
    digest_integer(state, (int64_t)value.high);
    digest_integer(state, (int64_t)value.low);
}

struct digest digest_end_and_reset(struct digest_state *state)
{
    XXH128_hash_t hash = XXH3_128bits_digest(state->xxh);

    XXH3_128bits_reset_withSeed(state->xxh, encoding_version);
    return (struct digest){.high = hash.high64, .low = hash.low64};
}

void digest_free(struct digest_state *state)
{
    operation_drop(state->xxh);
    XXH3_freeState(state->xxh);
    memory_free(state);
}

struct digest digest_end(struct digest_state *state)
{
    struct digest digest = digest_end_and_reset(state);

    digest_free(state);
    return digest;
}

bool digest_equal(struct digest a, struct digest b)
{
    return a.high == b.high && a.low == b.low;
}

int digest_compare(struct digest a, struct digest b)
{
    if (a.high != b.high)
        return a.high < b.high ? -1 : 1;
    if (a.low != b.low)
        return a.low < b.low ? -1 : 1;
    return 0;
}

void digest_print(struct digest digest, char text[33])
{
    snprintf(text, 33, "%016" PRIx64 "%016" PRIx64, digest.high, digest.low);
}
