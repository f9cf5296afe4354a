/* The name that the server gives to an expression whose author gave none: of result columns and of the
 * keys of indexes. */
#ifndef PLUMB_POSTGRES_FACTS_LABEL_H
#define PLUMB_POSTGRES_FACTS_LABEL_H

struct Node;

/* The name, part of the tree or constant; NULL where the expression suggests none. */
const char *pg_label(struct Node *expression);

#endif
