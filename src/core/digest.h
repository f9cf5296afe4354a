/* 128-bit digests (XXH3) over length-prefixed values, so that no two different sequences of values
 * give the same bytes. Not cryptographic: they tell changes, not forgeries. */
#ifndef PLUMB_CORE_DIGEST_H
#define PLUMB_CORE_DIGEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct digest {
    uint64_t high;
    uint64_t low;
};

struct digest_state; /* opaque: XXH3 state */

/* Starts a digest; finish it with digest_end, which frees the state. */
struct digest_state *digest_begin(void);
void digest_bytes(struct digest_state *state, const void *bytes, size_t length);
void digest_text(struct digest_state *state, const char *text); /* NULL differs from "" */
void digest_integer(struct digest_state *state, int64_t value);
void digest_digest(struct digest_state *state, struct digest value);
struct digest digest_end(struct digest_state *state);

/* The digest so far; the state starts anew for the next object. */
struct digest digest_end_and_reset(struct digest_state *state);
void digest_free(struct digest_state *state);

bool digest_equal(struct digest a, struct digest b);
int digest_compare(struct digest a, struct digest b);

/* 32 hexadecimal digits and a zero byte. */
void digest_print(struct digest digest, char text[33]);

#endif
