/* Where in the file an error is, and how much of the line may be seen. */
#ifndef PLUMB_CONFIG_PLACE_H
#define PLUMB_CONFIG_PLACE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/error.h"

/* Notes the place (from 0; the column in characters, as libyaml counts) in text, the content of file, unless
 * the error has one. is_yaml: the file could be read, so that it is known what a line is: else nothing of it
 * is shown that may be a value. */
void place_error(struct error *error, const char *file, const char *text, size_t length,
                 size_t line, size_t column, bool is_yaml);

#endif
