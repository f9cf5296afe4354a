/* SHA-256, and keyed digests made with it: what stands for a secret must not tell it, which the fast digests of
 * digest.h are not made for. */
#ifndef PLUMB_CORE_SECRET_SHA256_H
#define PLUMB_CORE_SECRET_SHA256_H

#include <stddef.h>

enum { SHA256_LENGTH = 32 };

void sha256(const void *data, size_t length, unsigned char digest[SHA256_LENGTH]);

/* HMAC (RFC 2104) with SHA-256. */
void hmac_sha256(const void *key, size_t key_length, const void *data, size_t length,
                 unsigned char digest[SHA256_LENGTH]);

/* The first block of PBKDF2 (RFC 8018): a digest that takes so many rounds, and so is dear to guess from. */
void pbkdf2_sha256(const void *password, size_t password_length, const void *salt,
                   size_t salt_length, unsigned int rounds, unsigned char digest[SHA256_LENGTH]);

#endif
