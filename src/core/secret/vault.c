/* Secrets and their tokens, for all threads of the process. Nothing is ever taken out again, and there are few. */
#include "core/secret/vault.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/list.h"
#include "core/secret/sha256.h"

/* Guessing at a short password from its digest is to be dear. */
enum { digest_rounds = 1000 };

/* Shorter ones are not looked for in what a server says: they would be found in every other word. */
enum { shortest_found = 4 };

static const char begins[] = "{secret-";
enum { begins_length = sizeof(begins) - 1 };

struct token {
    struct token *next;
    char key[VAULT_KEY_LENGTH + 1];
    char text[VAULT_TOKEN_LENGTH + 1];
};

struct secret {
    struct secret *next;
    struct token *tokens;
    size_t length;
    char *text;     /* NULL: of a variable that is not set */
    char *variable; /* NULL: it stands in the files or in the database */
    enum vault_form form;
};

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static struct secret *secrets; /* the newest first; what is in the list stays there */
static char process_key[VAULT_KEY_LENGTH + 1];
static _Thread_local char thread_key[VAULT_KEY_LENGTH + 1];

/* --- keys ------------------------------------------------------------------------------------------- */

static void print_hex(const unsigned char *bytes, size_t length, char *text)
{
    static const char digits[] = "0123456789abcdef";

    for (size_t i = 0; i < length; i++) {
        text[2 * i] = digits[bytes[i] >> 4];
        text[2 * i + 1] = digits[bytes[i] & 15];
    }
    text[2 * length] = '\0';
}

void vault_new_key(char key[VAULT_KEY_LENGTH + 1])
{
    unsigned char bytes[VAULT_KEY_LENGTH / 2] = {0};

    if (getentropy(bytes, sizeof(bytes)) !=
        0) { /* a kernel without it: what differs from run to run */
        const void *places[] = {&bytes, secrets, (const void *)(size_t)getpid()};
        unsigned char digest[SHA256_LENGTH];

        sha256(places, sizeof(places), digest);
        memcpy(bytes, digest, sizeof(bytes));
    }
    print_hex(bytes, sizeof(bytes), key);
}

const char *vault_key(void)
{
    if (thread_key[0])
        return thread_key;
    pthread_mutex_lock(&mutex);
    if (!process_key[0])
        vault_new_key(process_key);
    pthread_mutex_unlock(&mutex);
    return process_key;
}

void vault_use_key(const char *key)
{
    if (strlen(key) == VAULT_KEY_LENGTH)
        memmove(thread_key, key, sizeof(thread_key));
}

/* --- tokens ----------------------------------------------------------------------------------------- */

/* A variable's name is no value that anybody could have: it is digested apart. */
static void print_token(const struct secret *secret, const char *key, char *token)
{
    unsigned char digest[SHA256_LENGTH];
    unsigned char salt[VAULT_KEY_LENGTH + 1];
    const char *text = secret->text ? secret->text : secret->variable;

    memcpy(salt, key, VAULT_KEY_LENGTH);
    salt[VAULT_KEY_LENGTH] = secret->text ? '=' : '$';
    pbkdf2_sha256(text, secret->text ? secret->length : strlen(text), salt, sizeof(salt),
                  digest_rounds, digest);
    memcpy(token, begins, begins_length);
    print_hex(digest, 16, token + begins_length);
    token[VAULT_TOKEN_LENGTH - 1] = '}';
    token[VAULT_TOKEN_LENGTH] = '\0';
}

static struct secret *first_secret(void)
{
    struct secret *first;

    pthread_mutex_lock(&mutex);
    first = secrets;
    pthread_mutex_unlock(&mutex);
    return first;
}

static struct token *first_token(const struct secret *secret)
{
    struct token *first;

    pthread_mutex_lock(&mutex);
    first = secret->tokens;
    pthread_mutex_unlock(&mutex);
    return first;
}

/* The token of a secret under a key. */
static const char *token_of(struct secret *secret, const char *key)
{
    struct token *token;

    for (token = first_token(secret); token; token = token->next)
        if (strcmp(token->key, key) == 0)
            return token->text;
    token = memory_take(sizeof(*token));
    memcpy(token->key, key, sizeof(token->key));
    print_token(secret, key, token->text);
    pthread_mutex_lock(&mutex);
    token->next = secret->tokens;
    secret->tokens = token;
    pthread_mutex_unlock(&mutex);
    return token->text;
}

static char *copy(const char *text, size_t length)
{
    char *made;

    if (!text)
        return NULL;
    made = memory_take(length + 1);
    memcpy(made, text, length);
    made[length] = '\0';
    return made;
}

static struct secret *add_secret(const struct secret *like)
{
    struct secret *secret;

    for (secret = first_secret(); secret; secret = secret->next)
        if (text_equal(secret->text, like->text) && text_equal(secret->variable, like->variable) &&
            secret->form == like->form)
            return secret;
    secret = memory_take(sizeof(*secret));
    *secret = (struct secret){.length = like->length, .form = like->form};
    secret->text = copy(like->text, like->length);
    secret->variable = copy(like->variable, like->variable ? strlen(like->variable) : 0);
    pthread_mutex_lock(&mutex);
    secret->next = secrets;
    secrets = secret;
    pthread_mutex_unlock(&mutex);
    return secret;
}

void vault_put(const char *text, size_t length, char token[VAULT_TOKEN_LENGTH + 1])
{
    struct arena *scratch = arena_new();
    const char *whole = arena_strndup(scratch, text, length);
    const struct secret like = {.text = arena_strdup(scratch, whole), .length = strlen(whole)};

    memcpy(token, token_of(add_secret(&like), vault_key()), VAULT_TOKEN_LENGTH + 1);
    arena_free(scratch);
}

/* The value as it is written where it stands. */
static char *written(struct arena *arena, const char *value, enum vault_form form)
{
    struct buffer text = BUFFER_EMPTY;

    buffer_append(&text, "");
    for (; *value; value++)
        if (form == VAULT_URL &&
            !strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~", *value))
            buffer_printf(&text, "%%%02X", (unsigned char)*value);
        else if (form == VAULT_CONNECTION_STRING && strchr("\\' \t", *value))
            buffer_printf(&text, "\\%c", *value);
        else
            buffer_append_char(&text, *value);
    return buffer_take(&text, arena);
}

void vault_put_variable(const char *name, size_t length, enum vault_form form,
                        char token[VAULT_TOKEN_LENGTH + 1])
{
    struct arena *scratch = arena_new();
    const char *variable = arena_strndup(scratch, name, length);
    const char *value = getenv(variable);
    struct secret like = {.variable = arena_strdup(scratch, variable), .form = form};

    if (value) {
        like.text = written(scratch, value, form);
        like.length = strlen(like.text);
    }
    memcpy(token, token_of(add_secret(&like), vault_key()), VAULT_TOKEN_LENGTH + 1);
    arena_free(scratch);
}

bool vault_is_empty(void)
{
    return !first_secret();
}

static bool is_token(const char *text, size_t length)
{
    if (length < VAULT_TOKEN_LENGTH || memcmp(text, begins, begins_length) != 0 ||
        text[VAULT_TOKEN_LENGTH - 1] != '}')
        return false;
    for (size_t i = begins_length; i < VAULT_TOKEN_LENGTH - 1; i++)
        if (!strchr("0123456789abcdef", text[i]) || !text[i])
            return false;
    return true;
}

const char *vault_token_within(const char *text, size_t length)
{
    const char *end = text + length;

    while (text < end && (text = memchr(text, '{', (size_t)(end - text))) != NULL) {
        if (is_token(text, (size_t)(end - text)))
            return text;
        text++;
    }
    return NULL;
}

const char *vault_token_in(const char *text)
{
    return vault_token_within(text, strlen(text));
}

static struct secret *secret_of(const char *token)
{
    for (struct secret *secret = first_secret(); secret; secret = secret->next)
        for (const struct token *known = first_token(secret); known; known = known->next)
            if (strncmp(known->text, token, VAULT_TOKEN_LENGTH) == 0)
                return secret;
    return NULL;
}

const char *vault_find(struct arena *arena, const char *token, const char **variable)
{
    const struct secret *secret = secret_of(token);
    const char *value;

    *variable = secret ? secret->variable : NULL;
    if (!secret || secret->text)
        return secret ? arena_strdup(arena, secret->text) : NULL;
    value = getenv(secret->variable);
    return value ? written(arena, value, secret->form) : NULL;
}

bool vault_is_unknown(const char *token)
{
    const struct secret *secret = secret_of(token);

    return secret && !secret->text;
}

const char *vault_variable(struct arena *arena, const char *text)
{
    while ((text = vault_token_in(text)) != NULL) {
        const struct secret *secret = secret_of(text);

        if (secret && secret->variable)
            return arena_strdup(arena, secret->variable);
        text += VAULT_TOKEN_LENGTH;
    }
    return NULL;
}

/* --- other keys --------------------------------------------------------------------------------------- */

static void rekey_piece(char *bytes, size_t length, void *context)
{
    char *end = bytes + length;
    char *at = bytes;
    const char *found;

    while ((found = vault_token_within(at, (size_t)(end - at))) != NULL) {
        struct secret *secret = secret_of(found);

        at += found - at;
        if (secret)
            memcpy(at, token_of(secret, context), VAULT_TOKEN_LENGTH);
        at += VAULT_TOKEN_LENGTH;
    }
}

void vault_rekey(struct arena *arena, const char *key)
{
    char own[VAULT_KEY_LENGTH + 1];

    memcpy(own, key, sizeof(own));
    vault_learn_key(own);
    arena_visit(arena, rekey_piece, own);
}

void vault_learn_key(const char *key)
{
    for (struct secret *secret = first_secret(); secret; secret = secret->next)
        token_of(secret, key);
}

/* --- for people --------------------------------------------------------------------------------------- */

char *vault_shown(struct arena *arena, const char *text)
{
    struct buffer shown = BUFFER_EMPTY;
    const char *token;

    buffer_append(&shown, "");
    while ((token = vault_token_in(text)) != NULL) {
        const struct secret *secret = secret_of(token);

        buffer_append_bytes(&shown, text, (size_t)(token - text));
        if (secret && secret->variable)
            buffer_printf(&shown, "${%s}", secret->variable);
        else
            buffer_append(&shown, "***");
        text = token + VAULT_TOKEN_LENGTH;
    }
    buffer_append(&shown, text);
    return buffer_take(&shown, arena);
}

void vault_show(struct buffer *text)
{
    struct arena *scratch;
    const char *shown;

    if (!text->length || !vault_token_in(buffer_text(text)))
        return;
    scratch = arena_new();
    shown = vault_shown(scratch, buffer_text(text));
    buffer_truncate(text, 0);
    buffer_append(text, shown);
    arena_free(scratch);
}

static const char *replace(struct arena *arena, const char *text, const char *secret)
{
    struct buffer shown = BUFFER_EMPTY;
    size_t length = strlen(secret);
    const char *at;

    if (!strstr(text, secret))
        return text;
    while ((at = strstr(text, secret)) != NULL) {
        buffer_append_bytes(&shown, text, (size_t)(at - text));
        buffer_append(&shown, "***");
        text = at + length;
    }
    buffer_append(&shown, text);
    return buffer_take(&shown, arena);
}

char *vault_without(struct arena *arena, const char *text)
{
    for (const struct secret *secret = first_secret(); secret; secret = secret->next)
        if (secret->text && secret->length >= shortest_found)
            text = replace(arena, text, secret->text);
    return vault_shown(arena, text);
}
