/* From an action on an object to the functions that write its statements: a table of writers, one a kind. */
#ifndef PLUMB_DIALECT_WRITER_H
#define PLUMB_DIALECT_WRITER_H

#include "dialect/dialect.h"

/* A NULL function: there is nothing to write. A dialect has alter, or alter_joined, which also gets what joins the
 * object's own change (its comment, its columns). */
struct writer {
    void (*create)(struct step_sink *sink, const struct object *object,
                   const struct pointer_list *folded);
    void (*drop)(struct step_sink *sink, const struct object *object);
    void (*alter)(struct step_sink *sink, const struct object *before, const struct object *after,
                  uint64_t changed);
    void (*alter_joined)(struct step_sink *sink, const struct object *before,
                         const struct object *after, uint64_t changed,
                         const struct joined_action *actions, size_t count);
    void (*rename)(struct step_sink *sink, const struct object *object);
};

/* By enum kind; NULL for kinds that the dialect does not have. */
typedef const struct writer *const writer_table[KIND_COUNT];

/* folded NULL: nothing is. */
void writer_create(writer_table writers, struct step_sink *sink, const struct object *object,
                   const struct pointer_list *folded);
void writer_drop(writer_table writers, struct step_sink *sink, const struct object *object);
void writer_alter(writer_table writers, struct step_sink *sink, const struct object *before,
                  const struct object *after, uint64_t changed);
void writer_alter_joined(writer_table writers, struct step_sink *sink, const struct object *before,
                         const struct object *after, uint64_t changed,
                         const struct joined_action *actions, size_t count);
void writer_rename(writer_table writers, struct step_sink *sink, const struct object *object);

#endif
