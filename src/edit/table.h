/* Changes to a CREATE TABLE statement as somebody wrote it: what differs between two statements that plumb would write for
 * the table, before and now, is carried over into it, element by element and clause by clause. */
#ifndef PLUMB_EDIT_TABLE_H
#define PLUMB_EDIT_TABLE_H

#include "edit/element.h"

/* How much of a column is written anew where something in it changes. */
enum table_care { TABLE_BY_CLAUSE, TABLE_BY_ELEMENT };

enum table_action { TABLE_PART_GONE, TABLE_PART_NEW, TABLE_PART_CHANGED };

/* What happens to a column or constraint of the table. */
struct table_part {
    const char *name;
    enum table_action action;
    bool constraint;
    size_t place;        /* where it was declared; (size_t)NOWHERE: not in this statement */
    const char *former;  /* of a new column: what it was called; NULL: it is new */
    const char *element; /* of a constraint that the statement now lacks: how it is written; NULL */
    bool done;           /* set where the statement has it now */
};

struct table_request {
    const struct dialect_layout *layout;
    struct arena *arena;
    const char *text; /* the author's, with the statement from here to there */
    size_t from;
    size_t to;
    const char *before; /* plumb's statements */
    const char *now;
    enum table_care care;
    bool options; /* what follows the list of elements changes as well */
    struct table_part *parts;
    size_t count;
};

/* Adds what has to be changed. False where the statement is not to be understood, or a part that is gone or changed is not
 * to be found: then nothing was added. */
bool table_edit(const struct table_request *request, struct text_changes *changes);

#endif
