/* Texts without what stands around them. */
#ifndef PLUMB_CORE_TEXT_TRIM_H
#define PLUMB_CORE_TEXT_TRIM_H

#include <stddef.h>

/* Moves the start and the end of a text past the blanks there. */
void trim_blanks(const char **start, const char **end);

/* The length of a statement's text without the semicolons and blanks that it ends with. */
size_t trim_statement(const char *text, size_t length);

#endif
