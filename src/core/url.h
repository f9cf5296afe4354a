/* Texts that may hold a password, shown without it. Each of these hides what it is not sure of: a URL that
 * is mistyped, a parameter that nobody knows, a word that looks like part of a login. */
#ifndef PLUMB_CORE_URL_H
#define PLUMB_CORE_URL_H

#include <stdbool.h>

#include "core/arena.h"

/* A state's name, a URL or a connection string, well-formed or not, with *** in the place of whatever may
 * be secret, in the arena. What is plainly a path stays as it is. */
char *url_without_secrets(struct arena *arena, const char *text);

/* The same for a text that may have such things in it: a message, a line of a file. */
char *text_without_secrets(struct arena *arena, const char *text);

/* The end of user and password behind "scheme://": the "@", or NULL when there are none. */
const char *url_login_end(const char *rest);

/* True for names of values that nobody may see: password, sslpassword, oauth_client_secret, ... */
bool is_secret_name(const char *text, size_t length);

#endif
