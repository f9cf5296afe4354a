/* ${NAME} and ${NAME:-text}. */
#ifndef PLUMB_CONFIG_VARIABLES_H
#define PLUMB_CONFIG_VARIABLES_H

#include "core/buffer.h"
#include "core/error.h"

enum expansion {
    EXPANSION_DONE,
    EXPANSION_UNSET, /* a variable is not set, and nothing is given in its place */
    EXPANSION_WRONG  /* what is written is no variable */
};

/* Appends the text with its variables replaced. Where that cannot be, an error says why, and what was
 * appended is of no use. Text is given in a variable's place also where that is set and empty. */
enum expansion variables_expand(struct buffer *to, const char *text, struct error *error);

#endif
