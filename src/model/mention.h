/* Texts that name one another, in an order in which what is named comes first: so that whoever works through
 * them need not go deep where many build on one another. */
#ifndef PLUMB_MODEL_MENTION_H
#define PLUMB_MODEL_MENTION_H

#include <stddef.h>

struct mention {
    const char *name;
    const char *text; /* NULL: names nothing */
    void *item;       /* the caller's */
};

/* Orders the texts in place: each comes after those whose names are words of it, in any case and quoted or
 * not, but where they name each other in a circle. Otherwise they stay as they are. What is only a string or a
 * comment may count as a name: this is for going about, not for knowing. */
void mention_order(struct mention *mentions, size_t count);

#endif
