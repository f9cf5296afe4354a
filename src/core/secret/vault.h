/* Where secrets are while plumb runs: in this process's memory, and nowhere else. Every other text has a token in
 * the place of a secret, {secret-...} with a keyed digest of it: equal secrets have equal tokens under one key, and
 * without the secret nothing leads back to it. A key belongs to a record, or to a plan's file; what has met none yet
 * is under a key that the process makes up. */
#ifndef PLUMB_CORE_SECRET_VAULT_H
#define PLUMB_CORE_SECRET_VAULT_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"
#include "core/buffer.h"

enum { VAULT_KEY_LENGTH = 32, VAULT_TOKEN_LENGTH = 8 + 32 + 1 };

/* How a variable's value stands in its text. */
enum vault_form { VAULT_PLAIN, VAULT_CONNECTION_STRING, VAULT_URL };

/* Notes a secret, and prints its token under the process's key. */
void vault_put(const char *text, size_t length, char token[VAULT_TOKEN_LENGTH + 1]);

/* The same for the value of an environment variable, which may not be set yet: then the name stands for the
 * value, and what it is has to be known when it is asked for. */
void vault_put_variable(const char *name, size_t length, enum vault_form form,
                        char token[VAULT_TOKEN_LENGTH + 1]);

/* True while no secret was met. */
bool vault_is_empty(void);

/* The key that this thread's tokens are under: 32 digits. One that the process makes up, until vault_use_key. */
const char *vault_key(void);
void vault_use_key(const char *key);

/* The secret of a token under whatever key, in the arena; NULL where it is not known. *variable: the environment
 * variable it comes from, NULL for none. */
const char *vault_find(struct arena *arena, const char *token, const char **variable);

/* True when the token stands for a variable that was not set when it was met: it can be compared with nothing. */
bool vault_is_unknown(const char *token);

/* The variable of the first token in the text that comes from one, in the arena; NULL for none. */
const char *vault_variable(struct arena *arena, const char *text);

/* The token in the text from there on, the first one; NULL for none. */
const char *vault_token_in(const char *text);
const char *vault_token_within(const char *text, size_t length);

/* Puts all tokens of known secrets in the arena's texts under that key: they keep their length. */
void vault_rekey(struct arena *arena, const char *key);

/* Makes the tokens that the secrets known so far have under that key known. */
void vault_learn_key(const char *key);

/* The text as people see it: *** for each token, or ${NAME} where it comes from a variable. */
char *vault_shown(struct arena *arena, const char *text);
void vault_show(struct buffer *text);

/* The same for what a server says, which has the secrets themselves: all that are known are taken out too. */
char *vault_without(struct arena *arena, const char *text);

/* Makes up a key. */
void vault_new_key(char key[VAULT_KEY_LENGTH + 1]);

#endif
