/* SHA-256 as FIPS 180-4 describes it, and HMAC and PBKDF2 on top. */
#include "core/secret/sha256.h"

#include <stdint.h>
#include <string.h>

enum { block_length = 64 };

struct state {
    uint32_t hash[8];
    unsigned char block[block_length];
    size_t used;     /* of the block */
    uint64_t length; /* of everything so far, in bytes */
};

static const uint32_t round_constants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

static uint32_t rotate(uint32_t word, int bits)
{
    return (word >> bits) | (word << (32 - bits));
}

static void fill_schedule(uint32_t schedule[64], const unsigned char *block)
{
    for (size_t i = 0; i < 16; i++)
        schedule[i] = (uint32_t)block[4 * i] << 24 | (uint32_t)block[4 * i + 1] << 16 |
                      (uint32_t)block[4 * i + 2] << 8 | (uint32_t)block[4 * i + 3];
    for (size_t i = 16; i < 64; i++) {
        uint32_t early = schedule[i - 15];
        uint32_t late = schedule[i - 2];

        schedule[i] = schedule[i - 16] + (rotate(early, 7) ^ rotate(early, 18) ^ (early >> 3)) +
                      schedule[i - 7] + (rotate(late, 17) ^ rotate(late, 19) ^ (late >> 10));
    }
}

static void take_block(struct state *state, const unsigned char *block)
{
    uint32_t schedule[64];
    uint32_t v[8];

    fill_schedule(schedule, block);
    memcpy(v, state->hash, sizeof(v));
    for (size_t i = 0; i < 64; i++) {
        uint32_t first = v[7] + (rotate(v[4], 6) ^ rotate(v[4], 11) ^ rotate(v[4], 25)) +
                         ((v[4] & v[5]) ^ (~v[4] & v[6])) + round_constants[i] + schedule[i];
        uint32_t second = (rotate(v[0], 2) ^ rotate(v[0], 13) ^ rotate(v[0], 22)) +
                          ((v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]));

        memmove(v + 1, v, 7 * sizeof(*v));
        v[4] += first;
        v[0] = first + second;
    }
    for (size_t i = 0; i < 8; i++)
        state->hash[i] += v[i];
}

static void begin(struct state *state)
{
    *state = (struct state){.hash = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f,
                                     0x9b05688c, 0x1f83d9ab, 0x5be0cd19}};
}

static void take(struct state *state, const void *data, size_t length)
{
    const unsigned char *at = data;

    state->length += length;
    while (length) {
        size_t part = block_length - state->used < length ? block_length - state->used : length;

        memcpy(state->block + state->used, at, part);
        state->used += part;
        at += part;
        length -= part;
        if (state->used == block_length) {
            take_block(state, state->block);
            state->used = 0;
        }
    }
}

static void end(struct state *state, unsigned char digest[SHA256_LENGTH])
{
    static const unsigned char padding[block_length] = {0x80};
    uint64_t bits = state->length * 8;
    unsigned char length[8];

    for (int i = 0; i < 8; i++)
        length[i] = (unsigned char)(bits >> (56 - 8 * i));
    take(state, padding, (state->used < 56 ? 56 : 120) - state->used);
    take(state, length, sizeof(length));
    for (size_t i = 0; i < SHA256_LENGTH; i++)
        digest[i] = (unsigned char)(state->hash[i / 4] >> (24 - 8 * (i % 4)));
}

void sha256(const void *data, size_t length, unsigned char digest[SHA256_LENGTH])
{
    struct state state;

    begin(&state);
    take(&state, data, length);
    end(&state, digest);
}

void hmac_sha256(const void *key, size_t key_length, const void *data, size_t length,
                 unsigned char digest[SHA256_LENGTH])
{
    unsigned char pads[2][block_length] = {{0}, {0}};
    unsigned char whole[SHA256_LENGTH];
    struct state state;

    if (key_length > block_length) {
        sha256(key, key_length, whole);
        key = whole;
        key_length = sizeof(whole);
    }
    memcpy(pads[0], key, key_length);
    memcpy(pads[1], key, key_length);
    for (size_t i = 0; i < block_length; i++) {
        pads[0][i] ^= 0x36;
        pads[1][i] ^= 0x5c;
    }
    begin(&state);
    take(&state, pads[0], block_length);
    take(&state, data, length);
    end(&state, digest);
    memcpy(whole, digest, sizeof(whole));
    begin(&state);
    take(&state, pads[1], block_length);
    take(&state, whole, sizeof(whole));
    end(&state, digest);
}

void pbkdf2_sha256(const void *password, size_t password_length, const void *salt,
                   size_t salt_length, unsigned int rounds, unsigned char digest[SHA256_LENGTH])
{
    unsigned char numbered[block_length * 2] = {0};
    unsigned char round[SHA256_LENGTH];

    if (salt_length > sizeof(numbered) - 4)
        salt_length = sizeof(numbered) - 4;
    memcpy(numbered, salt, salt_length);
    numbered[salt_length + 3] = 1;
    hmac_sha256(password, password_length, numbered, salt_length + 4, round);
    memcpy(digest, round, sizeof(round));
    for (unsigned int i = 1; i < rounds; i++) {
        hmac_sha256(password, password_length, round, sizeof(round), round);
        for (size_t j = 0; j < SHA256_LENGTH; j++)
            digest[j] ^= round[j];
    }
}
