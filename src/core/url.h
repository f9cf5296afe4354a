/* What the connection URLs of all dialects have in common: showing them without their secrets. */
#ifndef PLUMB_CORE_URL_H
#define PLUMB_CORE_URL_H

#include <stdbool.h>

#include "core/buffer.h"

/* Appends the URL, whose "scheme://" has prefix bytes, with *** in place of its password and of the
 * parameters whose value nobody may see. */
void url_append_shown(struct buffer *shown, const char *url, size_t prefix);

/* True for names of parameters whose value nobody may see: password, scram_client_key, ..., and whatever
 * is called like them. */
bool url_is_secret_name(const char *text, size_t length);

/* The end of user and password behind "scheme://": the "@", or NULL when there are none. */
const char *url_login_end(const char *rest);

#endif
